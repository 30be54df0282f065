"""Search engines on other machines, as a command line names them: nothing is sent there before the user says so."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus.engine_address import EngineAddress, parse_engine_address
from corpus.engines import ENGINES, OPENSEARCH
from corpus.errors import ArchiveError, UsageError
from corpus.messages import message
from corpus.settings import load_settings
from corpus.trust.archive_copies import require_sole_owner
from corpus.trust.confirmed_engines import confirm_engine, is_confirmed
from corpus.trust.unsafe_characters import safe_text


def confirmed_engine(archive: Path, engine: str, *, yes: bool) -> str:
    """Return an engine's setting, an address only after the user has said that it may have the documents' words.

    Raises:
        UsageError: it is no engine, or nobody can be asked.
        ArchiveError: the archive is a copy of another folder, which is searched there.
    """
    if engine in ENGINES and engine != OPENSEARCH:
        return engine
    address = _read_address(engine, "command.no-engine")
    if not is_confirmed(archive, address):
        require_sole_owner(archive, address)
        if not yes:
            _ask(archive, address)
        confirm_engine(archive, address)
    return address.text


def _ask(archive: Path, address: EngineAddress) -> None:
    if not sys.stdin.isatty():
        raise UsageError("command.engine-yes")
    code = "command.engine-confirm-all" if load_settings(archive).store_documents else "command.engine-confirm"
    click.confirm(str(message(code, archive=archive, address=address.text)), abort=True, err=True)


def typed_cluster(archive: Path, place: str) -> str:
    """Return the address of a cluster to read from; that the user typed it confirms it.

    Raises:
        UsageError: it is none.
        ArchiveError: there is no such folder, or it is a copy of another one, which is searched there.
    """
    address = _read_address(place, "command.no-place")
    if not archive.is_dir():
        raise ArchiveError("archive.no-such-folder", folder=archive)
    if not is_confirmed(archive, address):
        require_sole_owner(archive, address)
        confirm_engine(archive, address)
    return address.text


def _read_address(text: str, code: str) -> EngineAddress:
    try:
        return parse_engine_address(text)
    except ValueError as error:
        _, secret, rest = text.rpartition("@")  # what is before it may be a user and a password
        raise UsageError(code, engine=safe_text(f"…@{rest}" if secret else text), reason=error) from error
