"""Title, authors, date and language of XML documents, by the vocabulary that their root belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer.readers.head_values import MAX_AUTHORS
from indexer.readers.markup.marc import is_marc, read_marc_head

ISO_DATE_CHARACTERS = 10
"""Length of a date with a day, the most exact one."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")  # in titles of feeds, which may be HTML
_NOTES = ("xref", "fn", "note")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The places of metadata in documents of one vocabulary.

    Attributes:
        name: shown as provenance.
        paths: field and ElementPath from the root, in any namespace; the first with a value wins. Each step is a name
            (``front/article-meta``), a leading ``//`` finds it at any depth, ``@name`` at the end is an attribute.
    """

    name: str
    paths: tuple[tuple[str, str], ...]


_JATS = _Vocabulary("JATS", (
    ("title", "front/article-meta/title-group/article-title"), ("title", "book-meta/book-title-group/book-title"),
    ("author", "front/article-meta//contrib"), ("author", "book-meta//contrib"),
    ("date", "front/article-meta/pub-date"), ("date", "book-meta/pub-date"),
    ("language", "@lang"),
))  # fmt: skip
_TEI = _Vocabulary("TEI", (
    ("title", "teiHeader/fileDesc/titleStmt/title"),
    ("author", "teiHeader/fileDesc/titleStmt/author"), ("author", "teiHeader//biblStruct//author"),
    ("date", "teiHeader/profileDesc/creation/date"), ("date", "teiHeader/fileDesc/publicationStmt/date"),
    ("date", "teiHeader/fileDesc/publicationStmt//date"), ("date", "teiHeader/fileDesc/sourceDesc//date"),
    ("language", "text@lang"), ("language", "@lang"), ("language", "teiHeader//langUsage/language@ident"),
))  # fmt: skip
_AKOMA_NTOSO = _Vocabulary("Akoma Ntoso", (
    ("title", "//docTitle"), ("title", "//shortTitle"), ("title", "//FRBRWork/FRBRalias@value"),
    ("title", "//FRBRWork/FRBRname@value"), ("title", "//FRBRWork/FRBRtitle@value"),
    ("author", "//FRBRWork/FRBRauthor"), ("date", "//FRBRWork/FRBRdate@date"),
    ("date", "//FRBRExpression/FRBRdate@date"), ("language", "//FRBRExpression/FRBRlanguage@language"),
))  # fmt: skip
_DOCBOOK = _Vocabulary("DocBook", (
    *((field, f"{info}{path}")
     for field, paths in (
         ("title", ("title",)), ("author", ("author", "authorgroup/author")),
         ("date", ("pubdate", "date", "copyright/year")),
     )
     for path in paths
     for info in ("info/", "articleinfo/", "bookinfo/", "")),
    ("language", "@lang"),
))  # fmt: skip
_NITF = _Vocabulary("NITF", (
    ("title", "body//hedline/hl1"), ("title", "head/title"), ("author", "body//byline/person"),
    ("author", "body//byline"), ("date", "head/docdata/date.issue@norm"), ("date", "body//story.date@norm"),
    ("language", "@lang"),
))  # fmt: skip
_NEWSML = _Vocabulary("NewsML", (
    ("title", "//contentMeta/headline"), ("title", "//NewsLines/HeadLine"), ("author", "//contentMeta/creator/name"),
    ("author", "//NewsLines/ByLine"), ("date", "//contentMeta/contentCreated"), ("date", "//DateLine"),
    ("date", "//versionCreated"), ("language", "//contentMeta/language@tag"), ("language", "@lang"),
))  # fmt: skip
_RSS = _Vocabulary("RSS", (("title", "channel/title"), ("language", "channel/language")))
_ATOM = _Vocabulary("Atom", (("title", "title"), ("author", "author/name"), ("date", "updated"), ("language", "@lang")))
_EAD = _Vocabulary("EAD", (
    ("title", "//filedesc/titlestmt/titleproper"), ("title", "archdesc/did/unittitle"),
    ("author", "//filedesc/titlestmt/author"), ("date", "//publicationstmt/date"),
    ("language", "//langusage/language@langcode"),
))  # fmt: skip
_FICTION_BOOK = _Vocabulary("FictionBook", (
    ("title", "description/title-info/book-title"), ("author", "description/title-info/author"),
    ("date", "description/title-info/date"), ("language", "description/title-info/lang"),
))  # fmt: skip
_MODS = _Vocabulary("MODS", (
    ("title", "//titleInfo/title"), ("author", "//name"), ("date", "//originInfo/dateIssued"),
    ("language", "//language/languageTerm"),
))  # fmt: skip
_DITA = _Vocabulary("DITA", (
    ("title", "title"), ("author", "prolog/author"), ("date", "prolog/critdates/created@date"), ("language", "@lang"),
))  # fmt: skip
_SVG = _Vocabulary("SVG", (
    ("title", "title"), ("title", "metadata//Work/title"), ("title", "metadata/title"),
    ("author", "metadata//Work/creator"), ("author", "metadata/creator"), ("date", "metadata//Work/date"),
    ("date", "metadata/date"), ("language", "@lang"), ("language", "metadata//Work/language"),
))  # fmt: skip
_TTML = _Vocabulary("TTML", (("title", "head//title"), ("language", "@lang")))
_OPML = _Vocabulary("OPML", (("title", "head/title"), ("author", "head/ownerName"), ("date", "head/dateCreated")))
# Any other document that states Dublin Core.
_DUBLIN_CORE = _Vocabulary("Dublin Core", (
    *((field, f"//{{http://purl.org/dc/{space}/}}{name}")
     for field, names in (("title", ("title",)), ("author", ("creator",)), ("date", ("date", "issued", "created")),
                          ("language", ("language",)))
     for name in names
     for space in ("elements/1.1", "terms")),
    ("language", "@lang"),
))  # fmt: skip

_LISTS = frozenset({"collection", "modsCollection", "OAI-PMH", "ListRecords", "records"})
"""Roots of documents that list records. The values of one record are none of a list of several."""

_BY_ROOT = {
    "TEI": _TEI, "TEI.2": _TEI, "teiCorpus": _TEI, "akomaNtoso": _AKOMA_NTOSO, "nitf": _NITF, "newsItem": _NEWSML,
    "NewsML": _NEWSML, "newsMessage": _NEWSML, "rss": _RSS, "feed": _ATOM, "ead": _EAD, "FictionBook": _FICTION_BOOK,
    "mods": _MODS, "modsCollection": _MODS, "topic": _DITA, "concept": _DITA, "task": _DITA, "reference": _DITA,
    "tt": _TTML, "opml": _OPML,
    "svg": _SVG, "book": _DOCBOOK, "chapter": _DOCBOOK, "section": _DOCBOOK, "book-part": _JATS,
}  # fmt: skip


_NO_DOCUMENTS = frozenset({"rss", "feed", "opml", "svg"})
DOCUMENT_ROOTS = frozenset({*_BY_ROOT, "article", "wordDocument"}) - _NO_DOCUMENTS
"""Root elements of XML that is a document. Feeds, outlines and drawings of a web site belong to its pages."""


def read_head(root: Any) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the fields and printed values that an XML document states, and the name of its vocabulary."""
    record = _only_record(root)
    if record is None:
        return (), ""
    if is_marc(record):
        return tuple(read_marc_head(record)), "MARC"
    vocabulary = _vocabulary(root)
    entries: dict[str, tuple[str, ...]] = {}
    for field, path in vocabulary.paths:
        if field not in entries and (values := tuple(_values(root, field, path))):
            if path.endswith("pub-date"):  # of several editions: the most exact
                values = tuple(sorted(values, key=lambda value: -min(len(value), ISO_DATE_CHARACTERS)))
            if vocabulary in (_RSS, _ATOM):
                values = tuple(_TAG.sub("", value) for value in values)
            entries[field] = values if field == "author" else values[:1]
    return tuple((field, value) for field, values in entries.items() for value in values), vocabulary.name


def _only_record(root: Any) -> Any:
    """Return the record in a list of one, None for a list of several, and any other root itself."""
    if not isinstance(root.tag, str) or root.tag.rpartition("}")[2] not in _LISTS:
        return root
    records = (record for record in root.iter("{*}record", "{*}mods") if record.find(".//{*}record") is None)
    innermost = list(islice(records, 2))
    return innermost[0] if len(innermost) == 1 else root if not innermost else None


def _vocabulary(root: Any) -> _Vocabulary:
    name = root.tag.rpartition("}")[2] if isinstance(root.tag, str) else ""
    if name == "article":  # of JATS and of DocBook
        return _JATS if root.find("{*}front") is not None else _DOCBOOK
    return _BY_ROOT.get(name, _DUBLIN_CORE)


def _values(root: Any, field: str, path: str) -> Iterator[str]:
    element_path, _, attribute = path.partition("@")
    for element in _elements(root, element_path):
        value = _attribute(element, attribute) if attribute else _VALUES.get(field, _text)(element)
        if value.strip():
            yield value


def _elements(root: Any, path: str) -> list[Any]:
    if not path:
        return [root]
    if path.startswith("//{"):
        return list(root.iterfind(f".{path}"))[: MAX_AUTHORS + 1]
    anywhere = path.startswith("//")
    steps = "/".join(f"{{*}}{step}" if step else "" for step in path.lstrip("/").split("/"))
    return list(root.iterfind(f".//{steps}" if anywhere else steps))[: MAX_AUTHORS + 1]


def _attribute(element: Any, name: str) -> str:
    return str(element.get(_LANG) or element.get("lang") or "") if name == "lang" else str(element.get(name) or "")


def _text(element: Any) -> str:
    if any(element.find(f".//{{*}}{name}") is not None for name in _NOTES):  # the mark of a footnote at a title
        element = deepcopy(element)
        for note in [note for name in _NOTES for note in element.iterfind(f".//{{*}}{name}")]:
            note.text, note.tail = "", note.tail
            note[:] = []
    return " ".join("".join(element.itertext()).split())


def _author(element: Any) -> str:
    """Return a person's or a body's name; ``""`` for contributors of another kind, as editors."""
    if element.get("contrib-type", "author") not in {"author", ""}:
        return ""
    if reference := element.get("href"):  # of Akoma Ntoso: the name is at the entry that it refers to
        return next(
            (str(entry.get("showAs", "")) for entry in element.getroottree().getroot().iterfind(".//{*}references/*")
             if f"#{entry.get('eId') or entry.get('id')}" == reference), "",
        )  # fmt: skip
    if element.find("{*}namePart") is not None:
        return _mods_name(element)
    family = _part(element, "surname", "last-name")
    if family:
        return f"{_part(element, 'given-names', 'forename', 'firstname', 'first-name')} {family}".strip()
    named = next((part for name in ("collab", "string-name", "personname", "orgname", "persName", "name")
                  if (part := element.find(f".//{{*}}{name}")) is not None), element)  # fmt: skip
    return _text(named)


def _mods_name(element: Any) -> str:
    """Return a name of MODS, given name first; ``""`` for a person whose roles are others than the author's."""
    roles = {_text(role).lower() for role in element.iterfind(".//{*}roleTerm")}
    if roles and not roles & {"author", "aut", "creator", "cre"}:
        return ""
    parts = {kind: _text(part) for part in element.iterfind("{*}namePart") for kind in [part.get("type", "")]}
    return parts.get("") or f"{parts.get('given', '')} {parts.get('family', '')}".strip()


def _part(element: Any, *names: str) -> str:
    parts = (_text(part) for name in names for part in element.iterfind(f".//{{*}}{name}"))
    return " ".join(dict.fromkeys(filter(None, parts)))


def _date(element: Any) -> str:
    for name in ("when", "when-iso", "iso-8601-date", "value", "notBefore"):
        if value := element.get(name):
            return str(value)
    year, month, day = (_part(element, name) for name in ("year", "month", "day"))
    if year.isdecimal():
        figures = (year, *(f"{int(part):02}" for part in (month, day) if part.isdecimal()))
        return "-".join(figures) if month.isdecimal() or not month else f"{day} {month} {year}"
    return _text(element)


_VALUES: dict[str, Callable[[Any], str]] = {"author": _author, "date": _date}
