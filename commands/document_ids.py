"""The ids of documents on the command line: in any case, and shortened as far as they are unambiguous."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import ids_beginning_with
from corpus.errors import MunimentError, UsageError

_MAX_CANDIDATES = 10
"""Candidates that an ambiguous beginning is answered with."""


class _DocumentId(click.ParamType[Any]):
    """An argument that names a document by its id or the beginning of it."""

    name = "ID"

    def convert(self, value: Any, _param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the whole id; what names no document is returned as it is, and the command says so."""
        if not value or ctx is None or not isinstance(ctx.obj, Path):
            return value
        try:
            with closing(open_catalogue(ctx.obj.resolve())) as catalogue:
                prefix = value.encode(errors="replace").decode().lower()
                ids = ids_beginning_with(catalogue, prefix, _MAX_CANDIDATES + 1)
        except MunimentError:
            return value  # the command opens the catalogue as well, and may convert it first
        if value in ids or not ids:
            return value
        if prefix in ids or len(ids) == 1:
            return ids[0]
        candidates = ", ".join(ids[:_MAX_CANDIDATES]) + (", …" if len(ids) > _MAX_CANDIDATES else "")
        raise UsageError("command.ambiguous-id", id=value, candidates=candidates)


DOCUMENT_ID = _DocumentId()
