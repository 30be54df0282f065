"""The settings of an archive in ``muniment.toml``. All are optional; an unknown key or value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.categories import DEFAULT_CATEGORIES, Categories, read_categories
from corpus.deferred import Deferred
from corpus.engines import DEFAULT_ENGINE, ENGINES, engine_name
from corpus.errors import SettingsError
from corpus.languages import language_code
from corpus.messages import message
from corpus.thesaurus import Thesaurus, default_thesaurus, read_thesaurus

if TYPE_CHECKING:
    from tomllib import loads as parse_toml
else:
    parse_toml = Deferred("tomllib:loads")

SETTINGS_FILE = "muniment.toml"

DEFAULT_SECONDS = 60
DEFAULT_CPU_SECONDS = 30
DEFAULT_MEMORY_MB = 2048
"""Limits for reading one file, where ``[limits]`` sets none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """An archive's settings, with defaults for those that the file does not set.

    Attributes:
        name: of the archive, for people.
        languages: BCP 47 codes to expect; empty lets detection choose among all it knows.
        day_first: how to read ``04/03/2019``: True for 4 March, False for April 3, None for the year alone.
        categories: the archive's own list, or the default one.
        exclude: glob patterns of paths that are not documents, matched against each file's path and name.
        engine: the search engine, a name of `corpus.engines` or a URL whose scheme is one.
        jobs: number of processes that extract; 0 means one per core.
        thesaurus: terms that mean the same.
        commit_words: number of words after which the index is committed; memory grows with it.
        seconds: most wall time for one file.
        cpu_seconds: most processor time for one file.
        memory_mb: largest address space of one reader.
    """

    name: str = ""
    languages: tuple[str, ...] = ()
    day_first: bool | None = None
    categories: Categories = field(default_factory=lambda: DEFAULT_CATEGORIES)
    thesaurus: Thesaurus = field(default_factory=default_thesaurus)
    exclude: tuple[str, ...] = ()
    engine: str = DEFAULT_ENGINE
    jobs: int = 0
    commit_words: int = 8_000_000
    seconds: int = DEFAULT_SECONDS
    cpu_seconds: int = DEFAULT_CPU_SECONDS
    memory_mb: int = DEFAULT_MEMORY_MB


_KEYS: dict[str, dict[str, tuple[type, str]]] = {
    "archive": {"name": (str, '"Archive of the Coalition"'), "languages": (list, '["en", "fr"]')},
    "dates": {"day_first": (bool, "true")},
    "index": {
        "engine": (str, f'"{DEFAULT_ENGINE}"'),
        "exclude": (list, '["drafts/*", "*.bak"]'),
        "jobs": (int, "4"),
        "commit_words": (int, "4000000"),
    },
    "limits": {"seconds": (int, "120"), "cpu_seconds": (int, "60"), "memory_mb": (int, "4096")},
}
"""The type of each key's values, and an example as the file has it."""


def load_settings(archive: Path) -> Settings:
    """Read the settings of the archive folder ``archive``.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or has an unknown key or value.
    """
    path = archive / SETTINGS_FILE
    try:
        if path.exists() and not path.is_file():  # a named pipe, say, which would be waited for
            raise SettingsError("settings.not-a-file", path=path)
        table = parse_toml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError("settings.unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:  # of decoding UTF-8 or TOML
        raise SettingsError("settings.not-toml", path=path, reason=error) from error
    return _settings(table, path)


def _settings(table: Mapping[str, Any], path: Path) -> Settings:
    values: dict[str, Any] = {}
    for section, content in table.items():
        if section == "categories":
            values["categories"] = read_categories(content)
        elif section == "thesaurus":
            values["thesaurus"] = read_thesaurus(content, path)
        elif section in _KEYS and isinstance(content, dict):
            values |= _section(section, content, path)
        else:
            known = ", ".join(f"[{name}]" for name in (*_KEYS, "categories", "thesaurus"))
            raise SettingsError("settings.unknown-section", path=path, section=section, known=known)
    return Settings(**values)


def _section(section: str, content: Mapping[str, Any], path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in _KEYS[section]:
            raise SettingsError(
                "settings.unknown-key", path=path, key=key, section=section, known=", ".join(_KEYS[section])
            )
        kind, example = _KEYS[section][key]
        if not _fits(value, kind):
            raise SettingsError(
                "settings.wrong-type", path=path, key=key, section=section, wanted=message(_EXPECTED[kind]),
                example=example,
            )  # fmt: skip
        values[key] = _value(key, value, path)
    return values


_EXPECTED = {str: "settings.text", list: "settings.texts", bool: "settings.boolean", int: "settings.number"}
"""Message codes that describe the values of each type."""


def _fits(value: object, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    return isinstance(value, kind)


def _value(key: str, value: Any, path: Path) -> Any:
    if key == "engine" and engine_name(value) not in ENGINES:
        raise SettingsError(
            "settings.unknown-engine", path=path, engine=value, engines=", ".join(ENGINES), default=DEFAULT_ENGINE
        )
    if key != "languages":
        return tuple(value) if isinstance(value, list) else value
    codes = [language_code(item) for item in value]
    if None in codes:
        raise SettingsError("settings.unknown-language", path=path, language=value[codes.index(None)])
    return tuple(dict.fromkeys(codes))
