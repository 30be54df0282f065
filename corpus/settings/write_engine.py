"""Write the search engine of an archive into its ``muniment.toml``, and leave all else there as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from corpus.errors import SettingsError
from corpus.settings.settings_file import SETTINGS_FILE, load_settings
from corpus.trust.untrusted_files import MAX_TOML_BYTES, parse_toml, read_regular

_VALUE = re.compile(r"""(?<=engine)["']?[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*')""")
_SECTION = re.compile(r"^[ \t]*\[[ \t]*index[ \t]*\][ \t]*(?:#.*)?\r?$", re.MULTILINE)
_INLINE = re.compile(r"^[ \t]*index[ \t]*=[ \t]*\{[ \t]*", re.MULTILINE)
_MAX_PLACES = 20
"""Places of each kind where the engine may be written; parsing the largest file takes a tenth of a second."""


def require_writable(archive: Path, engine: str) -> None:
    """Check that `write_engine` can write an engine.

    Raises:
        SettingsError: as `write_engine`.
    """
    with _draft(archive, engine):
        pass


def write_engine(archive: Path, engine: str) -> None:
    """Write ``engine`` into the settings of an archive; the file appears whole or not at all.

    Args:
        archive: the archive's folder.
        engine: an engine's name, or an address in its one spelling.

    Raises:
        SettingsError: the file cannot be read or written, or writes the setting in a way that is not understood.
    """
    if load_settings(archive).engine == engine:
        return
    with _draft(archive, engine) as (draft, path):
        draft.replace(path)


@contextmanager
def _draft(archive: Path, engine: str) -> Iterator[tuple[Path, Path]]:
    """Yield a file beside the settings that names the engine, and the path of the settings."""
    path = Path(os.path.realpath(archive / SETTINGS_FILE))
    try:
        before = read_regular(path, MAX_TOML_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        before = ""
    line = f'engine = "{engine}"'
    text = _with_engine(before, engine)
    if text is None:
        raise SettingsError("settings.engine-by-hand", path=path, line=line)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        if path.exists():
            path.open("ab").close()  # a file that its owner made read-only is not replaced
        draft.write_text(text, encoding="utf-8", newline="")
        yield draft, path
    except OSError as error:
        raise SettingsError("settings.not-writable", path=path, reason=error.strerror, line=line) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _with_engine(text: str, engine: str) -> str | None:
    """Return a settings file that names an engine and is otherwise the same; None where there is no place for it."""
    wanted = parse_toml(text.encode())
    wanted["index"] = {**wanted.get("index", {}), "engine": engine}
    for new in _candidates(text, engine):
        with suppress(ValueError):
            if parse_toml(new.encode()) == wanted:
                return new
    return None


def _candidates(text: str, engine: str) -> Iterator[str]:
    """Yield a settings file with the engine in each place that may be the right one."""
    for value in islice(_VALUE.finditer(text), _MAX_PLACES):
        yield f'{text[: value.start(1)]}"{engine}"{text[value.end(1) :]}'
    for section in islice(_SECTION.finditer(text), _MAX_PLACES):
        yield f'{text[: section.end()]}\nengine = "{engine}"{text[section.end() :]}'
    for table in islice(_INLINE.finditer(text), _MAX_PLACES):
        for separator in (", ", ""):
            yield f'{text[: table.end()]}engine = "{engine}"{separator}{text[table.end() :]}'
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    yield f'{text}{gap}[index]\nengine = "{engine}"\n'
    yield f'index.engine = "{engine}"\n{text}'
