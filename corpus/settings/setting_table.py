"""The table of settings: type, range, default, example and purpose of every key of ``muniment.toml``.

``corpus.settings`` checks a file by it, ``muniment settings`` prints by it, and docs/settings.md is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.engines import DEFAULT_ENGINE, ENGINES
from corpus.errors import SettingsError
from corpus.messages import message

GROUP = "group"
"""Value of ``[archive] share`` that lets the user's group read and write the archive's data."""

CATEGORIES, THESAURUS = "categories", "thesaurus"
"""Sections with a file format of their own, which `corpus.categories` and `corpus.thesaurus` read."""

ANY_KEY = "NAME"
"""Stands for the keys of a section that the archive names itself."""


class SettingKind(StrEnum):
    """The type of a setting's value, as `muniment settings --json` names it."""

    TEXT = "text"
    TEXTS = "texts"
    BOOLEAN = "boolean"
    NUMBER = "number"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One key of ``muniment.toml``.

    Attributes:
        section: the section it stands in.
        name: the key.
        kind: the type of its value.
        example: a value as the file has it.
        purpose: what it is for, as a noun phrase.
        default: what counts where the file does not set it, for people.
        low, high: the range of a number; an archive from somebody else cannot lift a limit beyond it.
        choices: the values that a text may have; empty for any.
    """

    section: str
    name: str
    kind: SettingKind
    example: str
    purpose: str
    default: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


DEFAULT_SECONDS = 60
DEFAULT_CPU_SECONDS = 30
DEFAULT_MEMORY_MB = 2048
"""Limits for reading one file, where ``[limits]`` sets none."""
DEFAULT_COMMIT_WORDS = 8_000_000
DEFAULT_SHARDS, DEFAULT_REPLICAS = 3, 1

SETTING_TABLE: tuple[SettingRow, ...] = (
    SettingRow(
        "archive", "name", SettingKind.TEXT, '"Archive of the Coalition"',
        "the archive's name for people, shown by `status` and kept in a bag", "the folder's path",
    ),
    SettingRow(
        "archive", "share", SettingKind.TEXT, f'"{GROUP}"',
        "who may read and write the archive's data beside you: your group, or nobody", '`""`, nobody',
        choices=("", GROUP),
    ),
    SettingRow(
        "archive", "languages", SettingKind.TEXTS, '["en", "fr"]',
        "the languages of the documents, which make detection and OCR more certain", "every known language",
    ),
    SettingRow(
        "dates", "day_first", SettingKind.BOOLEAN, "true",
        "whether `04/03/2019` is 4 March (true) or April 3 (false)",
        "not set: only the year of a document's is certain, and one that you type is refused",
    ),
    SettingRow(
        "index", "engine", SettingKind.TEXT, f'"{DEFAULT_ENGINE}"',
        "the search engine: a name, or `NAME://host/index`", f"`{DEFAULT_ENGINE}`", choices=tuple(ENGINES),
    ),
    SettingRow(
        "index", "exclude", SettingKind.TEXTS, '["drafts/*", "*.bak"]',
        "patterns of paths that are not documents, compared with each file's path and name", "none",
    ),
    SettingRow(
        "index", "jobs", SettingKind.NUMBER, "4", "the number of processes that read files", "one for each core", 1, 64,
    ),
    SettingRow(
        "index", "commit_words", SettingKind.NUMBER, "4000000",
        "the number of words after which the index is written; a larger one takes more memory",
        f"`{DEFAULT_COMMIT_WORDS}`", 1, 50_000_000,
    ),
    SettingRow(
        "index", "shards", SettingKind.NUMBER, "6",
        "the number of parts that an index on a cluster is divided into when it is rebuilt", f"`{DEFAULT_SHARDS}`", 1,
        64,
    ),
    SettingRow(
        "index", "replicas", SettingKind.NUMBER, "2",
        "the number of copies of each part of an index on a cluster, beside the first one", f"`{DEFAULT_REPLICAS}`", 0,
        8,
    ),
    SettingRow(
        "index", "store_documents", SettingKind.BOOLEAN, "true",
        "whether an index on a cluster also stores metadata and texts when it is rebuilt, for `search --read-from`",
        "`false`",
    ),
    SettingRow(
        "limits", "seconds", SettingKind.NUMBER, "120", "the longest time that reading one file may take, in seconds",
        f"`{DEFAULT_SECONDS}`", 1, 3600,
    ),
    SettingRow(
        "limits", "cpu_seconds", SettingKind.NUMBER, "60",
        "the longest processor time that reading one file may take, in seconds", f"`{DEFAULT_CPU_SECONDS}`", 1, 3600,
    ),
    SettingRow(
        "limits", "memory_mb", SettingKind.NUMBER, "4096",
        "the most memory that the process which reads a file may take, in megabytes", f"`{DEFAULT_MEMORY_MB}`", 256,
        16_384,
    ),
    SettingRow(
        CATEGORIES, ANY_KEY, SettingKind.TEXTS, '["Statements", "Déclaration"]',
        "a category of the archive's own list, and the words that announce it; the list replaces the built-in one",
        "the built-in list",
    ),
    SettingRow(
        THESAURUS, "equivalent", SettingKind.GROUPS, '[["LGBTI", "LGBTIQ+"], ["CSO", "civil society organisation"]]',
        "groups of terms that a search takes for one another", "none",
    ),
    SettingRow(
        THESAURUS, "skos", SettingKind.TEXT, '"thesaurus.rdf"',
        "a SKOS file (RDF/XML) inside the archive, the labels of whose concepts are taken for one another", "none",
    ),
    SettingRow(
        THESAURUS, "countries", SettingKind.BOOLEAN, "false",
        "whether names, former names and adjectives of countries are taken for one another", "`true`",
    ),
)  # fmt: skip
"""Every setting, in the order in which people meet them."""


_EXPECTED = {
    SettingKind.TEXT: "settings.text",
    SettingKind.TEXTS: "settings.texts",
    SettingKind.BOOLEAN: "settings.boolean",
    SettingKind.NUMBER: "settings.number",
    SettingKind.GROUPS: "settings.groups",
}
"""Message codes that describe the values of each kind."""


def check_type(row: SettingRow, value: object, path: Path) -> None:
    """Check that a value has the type of its row.

    Raises:
        SettingsError: it has another type.
    """
    if not _fits(value, row.kind):
        raise SettingsError(
            "settings.wrong-type", path=path, key=row.name, section=row.section, wanted=message(_EXPECTED[row.kind]),
            example=row.example,
        )  # fmt: skip


def _fits(value: object, kind: SettingKind) -> bool:
    if kind is SettingKind.GROUPS:
        return isinstance(value, list) and all(_are_texts(group) and len(group) > 1 for group in value)
    if kind is SettingKind.TEXTS:
        return _are_texts(value)
    if kind is SettingKind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, bool if kind is SettingKind.BOOLEAN else str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def rows_of(section: str) -> dict[str, SettingRow]:
    """Return the rows of a section by key; empty for an unknown section."""
    return {row.name: row for row in SETTING_TABLE if row.section == section}


SECTIONS = tuple(dict.fromkeys(row.section for row in SETTING_TABLE))
"""The sections, in the order of the table."""
