"""The settings of an archive in ``muniment.toml``. All are optional; an unknown key or value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.categories import DEFAULT_CATEGORIES, Categories, read_categories
from corpus.deferred import Deferred
from corpus.engines import DEFAULT_ENGINE, ENGINES, OPENSEARCH, engine_name
from corpus.errors import SettingsError
from corpus.languages import language_code
from corpus.messages import message
from corpus.settings.setting_table import (
    CATEGORIES,
    DEFAULT_COMMIT_WORDS,
    DEFAULT_CPU_SECONDS,
    DEFAULT_MEMORY_MB,
    DEFAULT_REPLICAS,
    DEFAULT_SECONDS,
    DEFAULT_SHARDS,
    GROUP,
    SECTIONS,
    SETTING_TABLE,
    THESAURUS,
    SettingKind,
    SettingRow,
    check_type,
    rows_of,
)
from corpus.thesaurus import Thesaurus, default_thesaurus, read_thesaurus
from corpus.trust.untrusted_files import MAX_TOML_BYTES, parse_toml, read_regular

if TYPE_CHECKING:
    from corpus.engine_address import parse_engine_address
    from corpus.trust.confirmed_places import ConfirmedPlaces
    from corpus.trust.user_table import real_path
else:
    parse_engine_address = Deferred("corpus.engine_address:parse_engine_address")
    ConfirmedPlaces = Deferred("corpus.trust.confirmed_places:ConfirmedPlaces")
    real_path = Deferred("corpus.trust.user_table:real_path")

SETTINGS_FILE = "muniment.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """An archive's settings, with defaults for those that the file does not set.

    Attributes:
        name: of the archive, for people.
        share: who may read the archive's data beside this user: ``""`` for nobody, `GROUP` for the user's group.
        languages: BCP 47 codes to expect; empty lets detection choose among all it knows.
        day_first: how to read ``04/03/2019``: True for 4 March, False for April 3, None for the year alone.
        categories: the archive's own list, or the default one.
        exclude: glob patterns of paths that are not documents, matched against each file's path and name.
        engine: the search engine, a name of `corpus.engines` or a URL whose scheme is one.
        shards: number of parts that the index is divided into on a cluster.
        replicas: copies of each part there beside the first.
        store_documents: whether a new index there stores metadata and texts too.
        jobs: number of processes that extract; 0 means one per core.
        thesaurus: terms that mean the same.
        commit_words: number of words after which the index is committed; memory grows with it.
        seconds: most wall time for one file.
        cpu_seconds: most processor time for one file.
        memory_mb: largest address space of one reader.
    """

    name: str = ""
    share: str = ""
    languages: tuple[str, ...] = ()
    day_first: bool | None = None
    categories: Categories = field(default_factory=lambda: DEFAULT_CATEGORIES)
    thesaurus: Thesaurus = field(default_factory=default_thesaurus)
    exclude: tuple[str, ...] = ()
    engine: str = DEFAULT_ENGINE
    shards: int = DEFAULT_SHARDS
    replicas: int = DEFAULT_REPLICAS
    store_documents: bool = False
    jobs: int = 0
    commit_words: int = DEFAULT_COMMIT_WORDS
    seconds: int = DEFAULT_SECONDS
    cpu_seconds: int = DEFAULT_CPU_SECONDS
    memory_mb: int = DEFAULT_MEMORY_MB


MAX_LIST_ITEMS, MAX_TEXT_CHARACTERS = 1000, 1000
"""Items of a list, and characters of a text, that a setting may have."""


def load_settings(archive: Path) -> Settings:
    """Read the settings of the archive folder ``archive``.

    Raises:
        SettingsError: the file cannot be read, is a link to a place outside that this user has not named, is not TOML,
            or has an unknown key or value.
    """
    return _settings(_read_table(archive), archive / SETTINGS_FILE)


@dataclass(frozen=True, slots=True)
class EffectiveSetting:
    """A setting as it counts in an archive: its row, its value, and whether the archive's file sets it."""

    row: SettingRow
    value: object
    is_set: bool


def effective_settings(archive: Path) -> tuple[EffectiveSetting, ...]:
    """Return every setting of an archive folder in the order of the table.

    Of the archive's own categories there is one each, and of the built-in list the one row of the table.

    Raises:
        SettingsError: as for `load_settings`.
    """
    table = _read_table(archive)
    settings = _settings(table, archive / SETTINGS_FILE)
    effective: list[EffectiveSetting] = []
    for row in SETTING_TABLE:
        content = table.get(row.section, {})
        if row.section == CATEGORIES and content:
            rows = (replace(row, name=name) for name in settings.categories.names)
            effective += [
                EffectiveSetting(named, list(aliases), is_set=True)
                for named, (_, aliases) in zip(rows, settings.categories.rows, strict=True)
            ]
            continue
        value = _effective_value(row, settings, content)
        effective.append(EffectiveSetting(row, list(value) if isinstance(value, tuple) else value, row.name in content))
    return tuple(effective)


def _effective_value(row: SettingRow, settings: Settings, content: Mapping[str, Any]) -> object:
    if row.section == CATEGORIES:
        return settings.categories.names
    if row.section == THESAURUS:
        default = {SettingKind.GROUPS: [], SettingKind.TEXT: "", SettingKind.BOOLEAN: True}[row.kind]
        return content.get(row.name, default)
    return getattr(settings, row.name)


def _read_table(archive: Path) -> Mapping[str, Any]:
    path = archive / SETTINGS_FILE
    if path.is_symlink() and not ConfirmedPlaces(archive).allow(path):
        raise SettingsError("settings.link-outside", path=path, target=real_path(path))
    try:
        return parse_toml(read_regular(path, MAX_TOML_BYTES, follow=True))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError("settings.unreadable", path=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise SettingsError("settings.not-toml", path=path, reason=message("settings.not-utf-8")) from error
    except ValueError as error:
        raise SettingsError("settings.not-toml", path=path, reason=error) from error


def _settings(table: Mapping[str, Any], path: Path) -> Settings:
    values: dict[str, Any] = {}
    for section, content in table.items():
        if section == CATEGORIES:
            values[CATEGORIES] = read_categories(content)
        elif section in SECTIONS and not isinstance(content, dict):
            raise SettingsError("settings.not-a-section", path=path, section=section)
        elif section not in SECTIONS:
            known = ", ".join(f"[{name}]" for name in SECTIONS)
            raise SettingsError("settings.unknown-section", path=path, section=section, known=known)
        elif section == THESAURUS:
            _check_keys(section, content, path)
            values[THESAURUS] = read_thesaurus(content, path)
        else:
            _check_keys(section, content, path)
            values |= {key: _value(key, value, path) for key, value in content.items()}
    return Settings(**values)


def _check_keys(section: str, content: Mapping[str, Any], path: Path) -> None:
    """Refuse an unknown key, and a value of the wrong type or out of its range."""
    rows = rows_of(section)
    for key, value in content.items():
        if key not in rows:
            raise SettingsError("settings.unknown-key", path=path, key=key, section=section, known=", ".join(rows))
        check_type(rows[key], value, path)
        _check_range(rows[key], value, path)


def _check_range(row: SettingRow, value: object, path: Path) -> None:
    """Refuse a number out of its range, and lists and texts that are too long."""
    if row.kind is SettingKind.NUMBER and isinstance(value, int) and not row.low <= value <= row.high:
        raise SettingsError(
            "settings.out-of-range", path=path, key=row.name, section=row.section, low=row.low, high=row.high
        )
    texts = value if isinstance(value, list) else [value]
    if len(texts) > MAX_LIST_ITEMS or any(isinstance(text, str) and len(text) > MAX_TEXT_CHARACTERS for text in texts):
        raise SettingsError(
            "settings.too-long", path=path, key=row.name, section=row.section, items=MAX_LIST_ITEMS,
            characters=MAX_TEXT_CHARACTERS,
        )  # fmt: skip


def _check_engine(engine: str, path: Path) -> None:
    """Refuse an unknown engine, and an address that cannot be one."""
    if engine_name(engine) not in ENGINES:
        raise SettingsError(
            "settings.unknown-engine", path=path, engine=engine, engines=", ".join(ENGINES), default=DEFAULT_ENGINE
        )
    if engine not in ENGINES or engine == OPENSEARCH:
        try:
            parse_engine_address(engine)
        except ValueError as error:
            raise SettingsError("settings.engine-address", path=path, reason=error) from error


def _value(key: str, value: Any, path: Path) -> Any:
    if key == "engine":
        _check_engine(value, path)
    if key == "share" and value not in ("", GROUP):
        raise SettingsError("settings.unknown-share", path=path, value=value)
    if key != "languages":
        return tuple(value) if isinstance(value, list) else value
    codes = [language_code(item) for item in value]
    if None in codes:
        raise SettingsError("settings.unknown-language", path=path, language=value[codes.index(None)])
    return tuple(dict.fromkeys(codes))
