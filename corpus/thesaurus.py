"""Read the equivalent terms of an archive from its list, a SKOS file and the names of countries.

In ``muniment.toml``::

    [thesaurus]
    equivalent = [["LGBTI", "LGBTIQ+", "LGBT"], ["CSO", "civil society organisation"]]
    skos = "thesaurus.rdf"   # SKOS in RDF/XML: the labels of a concept are equivalent
    countries = false        # without the built-in names, former names and adjectives of countries
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from corpus.deferred import Deferred
from corpus.errors import SettingsError
from corpus.trust.untrusted_files import read_regular

if TYPE_CHECKING:
    from xml.etree.ElementTree import fromstring as parse_xml
else:
    parse_xml = Deferred("xml.etree.ElementTree:fromstring")

MAX_SKOS_BYTES = 64 << 20
"""Size of the largest SKOS file that is read, as all of it is parsed in memory."""
_SKOS = "{http://www.w3.org/2004/02/skos/core#}"
_LABELS = frozenset({f"{_SKOS}prefLabel", f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel"})


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of terms that mean the same. A term is one word or several; the first of a group is the usual one.

    Attributes:
        groups: the groups.
        skos_file: the SKOS file that some of them were read from; None where there is none.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    skos_file: Path | None = field(default=None, compare=False)


@cache
def country_synonyms() -> tuple[tuple[str, ...], ...]:
    """Return a group for each country: its name, former names and adjectives in English."""
    table = get_data(__package__, "nations.csv") or b""
    return tuple(tuple(line.split(";")) for line in table.decode().splitlines())


def default_thesaurus() -> Thesaurus:
    """Return the thesaurus of an archive whose settings have none: the names of countries."""
    return Thesaurus(country_synonyms())


def read_thesaurus(content: Mapping[str, Any], path: Path) -> Thesaurus:
    """Return the thesaurus of the ``[thesaurus]`` section of the settings file ``path``, the types of which are right.

    Raises:
        SettingsError: a group has an empty term, or the SKOS file cannot be read or is outside the archive.
    """
    skos_file = path.parent / content["skos"] if content.get("skos") else None
    if skos_file and ("\0" in str(skos_file) or not _is_inside(skos_file, path.parent)):
        raise SettingsError("settings.skos-outside", path=path)
    return Thesaurus(tuple(_groups(content, skos_file, path)), skos_file)


def _groups(content: Mapping[str, Any], skos_file: Path | None, path: Path) -> Iterator[tuple[str, ...]]:
    equivalent = content.get("equivalent", [])
    if not all(_is_group(group) for group in equivalent):
        raise SettingsError("settings.thesaurus-equivalent", path=path)
    yield from map(tuple, equivalent)
    if skos_file:
        yield from _concepts(skos_file)
    if content.get("countries", True):
        yield from country_synonyms()


def _is_inside(file: Path, folder: Path) -> bool:
    """Return whether a file is inside a folder, links followed: settings from somebody else name no other file."""
    return file.resolve().is_relative_to(folder.resolve())


def _is_group(terms: list[str]) -> bool:
    return len(terms) > 1 and all(term.strip() for term in terms)


def _concepts(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the labels of each concept of a SKOS file that has several."""
    try:
        data = read_regular(path, MAX_SKOS_BYTES, follow=True)
        if len(data) > MAX_SKOS_BYTES:
            raise SettingsError("settings.skos-too-large", path=path, limit=MAX_SKOS_BYTES >> 20)
        root = parse_xml(data)
    except OSError as error:
        raise SettingsError("settings.skos-unreadable", path=path, error=error.strerror) from error
    except SyntaxError as error:  # of XML
        raise SettingsError("settings.skos-invalid", path=path, error=error) from error
    for concept in root:
        labels = (label.text.strip() for label in concept if label.tag in _LABELS and label.text)
        if len(terms := tuple(dict.fromkeys(filter(None, labels)))) > 1:
            yield terms
