"""Write the JSON Schemas of all JSON that commands print: ``python -m tools.json_schemas --write docs/schemas``.

A schema allows the keys that there are and no other. Values that commands print as they are come from the dataclasses,
so that a key that is added, renamed or dropped changes the page and is seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.catalogue.events import LogEntry
from corpus.document import Candidate, Role, Source, State
from corpus.fields import METADATA, Field
from corpus.listing import FieldChange, ListingForm, Severity
from corpus.settings.setting_table import SettingKind
from indexer.archivist.bagit.export_bag import Bag
from indexer.archivist.conflicts import DisputedDocument
from indexer.archivist.corrections import Change
from indexer.archivist.failures import FailureGroup
from indexer.archivist.related.language_versions import LanguageVersions
from indexer.archivist.related.near_duplicates import NearDuplicates
from indexer.archivist.status import Status
from indexer.archivist.verify.report import Difference
from indexer.index.index_backend import OrphanedFile
from indexer.ingest.run_events import Summary
from indexer.listings.claims.undo_import import UndoReport
from search.presentation.json_format import PASSAGE_LAYOUT
from search.quote_check.quote_values import QuoteResult, WordChange
from search.results import Advice, Diagnostic, FacetCount, Passage, Suggestion
from tools.record_schemas import schemas_of_records
from tools.research_schemas import schemas_of_research, schemas_of_words
from tools.schema_types import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    array,
    choice,
    nullable,
    of_fields,
    of_type,
    record,
    values_by_name,
)

ID: Schema = {"type": "string", "pattern": "^[a-z2-7]{10}$"}
"""The schema of a document's public id."""


def metadata(chosen: Iterable[Field] = METADATA, *, empty: Schema | None = None) -> dict[str, Schema]:
    """Return the schemas of metadata fields by key; a single value that is missing is null, or ``empty``."""
    return {
        field.key: array(TEXT) if field.several else empty or nullable(TEXT)
        for field in sorted(chosen, key=lambda field: field.position)
    }


def _page() -> Schema:
    hit = record({
        "id": ID, **metadata(field for field in METADATA if field.in_hits), "path": TEXT, "score": NUMBER,
        "passages": array(_optional(_passage(), "last_page", "role")), "pages": INTEGER,
    })  # fmt: skip
    query = record({"text": TEXT, "understood": TEXT, "diagnostics": array(of_fields(Diagnostic))})
    return record(
        {
            "query": query, "total": INTEGER, "took_ms": NUMBER, "hits": array(hit),
            "facets": values_by_name(array(of_fields(FacetCount))), "advice": nullable(of_fields(Advice)),
            "explanations": array(_explanation()),
        },
        optional=["explanations"],
    )  # fmt: skip


def _passage() -> Schema:
    schema = of_fields(Passage)
    properties = {name: of_name for name, of_name in schema["properties"].items() if name not in PASSAGE_LAYOUT}
    return {**schema, "properties": properties, "required": [*properties]}


def _optional(schema: Schema, *keys: str) -> Schema:
    return {**schema, "required": [name for name in schema["required"] if name not in keys]}


def _explanation() -> Schema:
    numbers = {"count": NUMBER, "length": NUMBER, "norm": NUMBER, "weight": NUMBER}
    part = {
        "part": TEXT, "documents": NUMBER, "idf": NUMBER, "factor": NUMBER, "tf": NUMBER, "score": NUMBER,
        "fields": array(record({"field": TEXT, **numbers})),
    }  # fmt: skip
    return record({
        "id": ID, "matches": BOOLEAN, "score": NUMBER, "parts": array(record(part)), "bonuses": values_by_name(NUMBER),
    })  # fmt: skip


def _document() -> Schema:
    text = record({
        "page": INTEGER, "label": nullable(TEXT), "role": choice(Role), "ocr": BOOLEAN, "language": nullable(TEXT),
        "text": TEXT, "spans": array(of_type(tuple[int, int])),
    })  # fmt: skip
    return record({
        "id": ID, **metadata(), "path": TEXT, "format": TEXT, "state": choice(State), "reason": TEXT,
        "pages": INTEGER, "characters": INTEGER, "metadata": values_by_name(of_fields(Candidate)),
        "candidates": array(of_fields(Candidate)), "texts": array(text), "duplicate_of": nullable(ID),
        "copies": array(TEXT),
    })  # fmt: skip


def _quotes() -> Schema:
    place = record({"id": ID, "title": TEXT, "page": nullable(INTEGER), "label": nullable(TEXT), "text": TEXT})
    quote = record({
        "line": INTEGER, "paragraph": nullable(INTEGER), "quote": TEXT, "id": nullable(TEXT), "page": nullable(TEXT),
        "result": choice(QuoteResult), "found": nullable(place), "distance": INTEGER,
        "changes": array(of_fields(WordChange)), "notes": array(TEXT),
    })  # fmt: skip
    counts = record({result.value: INTEGER for result in QuoteResult})
    return record({"faultless": BOOLEAN, "counts": counts, "ignored": INTEGER, "quotes": array(quote)})


def _import() -> Schema:
    item = {
        "row": INTEGER, **metadata(empty=TEXT), "link": TEXT, "identifier": TEXT, "digest": TEXT,
        "printed": values_by_name(TEXT),
    }  # fmt: skip
    claim = record({"value": TEXT, "source": choice(Source), "detail": TEXT})
    return record({
        "listing": record({"name": TEXT, "form": choice(ListingForm), "digest": TEXT}), "dry_run": BOOLEAN,
        "items": array(record(item)),
        "matched": array(record({"row": INTEGER, "document": ID, "by": TEXT})),
        "changes": array(of_fields(FieldChange, document=ID)), "new": array(ID),
        "missing_here": array(record({"row": INTEGER, "title": TEXT, "link": TEXT})), "not_listed": array(ID),
        "gone": array(ID), "arrivals": {"type": "array", "maxItems": 0}, "changed": BOOLEAN,
        "diagnostics": array(record({"level": choice(Severity), "message": TEXT, "row": INTEGER})),
        "conflicts": array(record({"document": ID, "field": TEXT, "values": array(claim)})),
    })  # fmt: skip


def _state_list() -> Schema:
    document = record({
        "id": nullable(ID), **metadata(), "path": TEXT, "reason": TEXT, "since": nullable(TEXT), "link": TEXT,
        "identifier": TEXT, "listed_in": array(TEXT), "duplicate_of": nullable(ID),
    })  # fmt: skip
    return record({"state": choice(State), "total": INTEGER, "documents": array(document)})


def _settings() -> Schema:
    value = {"anyOf": [TEXT, INTEGER, BOOLEAN, array(TEXT), array(array(TEXT)), {"type": "null"}]}
    setting = record({
        "section": TEXT, "key": TEXT, "value": value, "source": {"type": "string", "enum": ["file", "default"]},
        "type": choice(SettingKind), "range": nullable(of_type(tuple[int, int])), "choices": array(TEXT),
    })  # fmt: skip
    return record({"file": nullable(TEXT), "settings": array(setting)})


def _verification() -> Schema:
    balance = record({"label": TEXT, "total": INTEGER, "holds": BOOLEAN, "parts": values_by_name(INTEGER)})
    counts = ("files", "digested", "bytes", "index_bytes", "catalogue_bytes")
    return record({
        "holds": BOOLEAN, "differences": array(of_fields(Difference)), "balances": array(balance),
        "leavings": array(of_fields(OrphanedFile)), **dict.fromkeys(counts, INTEGER), "seconds": NUMBER,
        "texts": INTEGER,
    })  # fmt: skip


def schemas() -> dict[str, tuple[str, Schema]]:
    """Return every schema by its name, with what it describes."""
    hit_metadata = metadata(field for field in METADATA if field.in_hits)
    return {
        **_schemas_of_finding(), **_schemas_of_keeping(), **_schemas_of_changing(),
        **schemas_of_records(ID, hit_metadata), **schemas_of_research(ID),
        **schemas_of_words(),
    }  # fmt: skip


def _schemas_of_finding() -> dict[str, tuple[str, Schema]]:
    return {
        "search": ("a page of hits; search --batch prints one on each line", _page()),
        "suggest": ("completions of a query", array(of_fields(Suggestion))),
        "check-quotes": ("quotations with what was found of each", _quotes()),
        "cite": (
            "documents or pages cited in every format",
            array(
                record(
                    {
                        "id": ID,
                        "page": nullable(INTEGER),
                        "page_label": nullable(TEXT),
                        "csl": {"type": "object"},
                        **dict.fromkeys(("ris", "bibtex", "chicago", "apa", "un"), TEXT),
                        "warnings": array(TEXT),
                    }
                )
            ),
        ),
        "show": ("a document, its metadata and its text", _document()),
    }


def _schemas_of_keeping() -> dict[str, tuple[str, Schema]]:
    failures = record({"total": INTEGER, "groups": array(of_fields(FailureGroup))})
    conflicts = record({"total": INTEGER, "documents": array(of_fields(DisputedDocument))})
    pairs, groups = array(of_fields(NearDuplicates)), array(of_fields(LanguageVersions))
    bag = of_fields(Bag, left_out=array(record({"path": TEXT, "reason": TEXT})))
    return {
        "status": ("what the archive contains", of_fields(Status)),
        "status-list": ("the documents in a state", _state_list()),
        "settings": ("every setting, its value and where that comes from", _settings()),
        "failures": ("what could not be read, by reason", failures),
        "failures-conflicts": ("documents whose sources disagree on their metadata", conflicts),
        "verify": ("what a verification found", _verification()),
        "log": ("one event; log prints one on each line", of_fields(LogEntry)),
        "versions": (
            "documents that may be versions of one another", record({"near_duplicates": pairs, "languages": groups}),
        ),
        "export": ("what a bag contains", bag),
    }  # fmt: skip


def _schemas_of_changing() -> dict[str, tuple[str, Schema]]:
    state = record({"id": ID, "state": choice(State), "reason": TEXT})
    edited = record({"id": ID, "changes": array(of_fields(Change)), "warnings": array(TEXT)})
    erased = record({"documents": array(state), "files": array(TEXT), "containers": array(TEXT)})
    return {
        "index": ("what a run did; index --watch prints one on each line", of_fields(Summary)),
        "import": ("what a listing says and changes", _import()),
        "import-undo": ("what undoing an import changes", of_fields(UndoReport)),
        "edit": ("what a correction changed", edited),
        "state": ("the state of a document after withdraw or restore", state),
        "erase": ("what was erased", erased),
    }


COMMAND_SCHEMAS: dict[str, dict[str, str]] = {
    "index": {"": "index"},
    "reindex": {"": "index"},
    "reread": {"": "index"},
    "search": {"": "search"},
    "kwic": {"": "kwic"},
    "trend": {"": "trend"},
    "frequencies": {"": "frequencies"},
    "collocates": {"": "collocates"},
    "compare": {"": "compare"},
    "first-use": {"": "first-use"},
    "similar": {"": "search"},
    "suggest": {"": "suggest"},
    "cite": {"": "cite"},
    "check-quotes": {"": "check-quotes"},
    "show": {"": "show"},
    "import": {"": "import", "--undo": "import-undo"},
    "status": {"": "status", "--list": "status-list"},
    "settings": {"": "settings"},
    "failures": {"": "failures", "--conflicts": "failures-conflicts"},
    "verify": {"": "verify"},
    "log": {"": "log"},
    "edit": {"": "edit"},
    "withdraw": {"": "state"},
    "restore": {"": "state"},
    "erase": {"": "erase"},
    "versions": {"": "versions"},
    "export": {"": "export"},
    "record": {
        "make": "record", "list": "record-list", "show": "record", "diff": "record-diff", "export": "prisma-s",
    },
    "saved": {"add": "saved", "list": "saved-list", "run": "saved-run"},
    "review": {
        "new": "review", "list": "review-list", "show": "review", "next": "review-next", "decide": "review-document",
        "export": "review",
    },
}  # fmt: skip
"""The schemas of what each command prints with ``--json``, by the option or the part of the command that
decides; ``""`` without any of them."""


def schema_name(words: Sequence[str]) -> str:
    """Return the name of the schema of what a call prints, by the words after ``muniment``."""
    by_option = COMMAND_SCHEMAS[words[0]]
    return next((name for option, name in by_option.items() if option in words[1:]), by_option.get("", ""))


def pages() -> dict[str, str]:
    """Return the text of every file of ``docs/schemas`` by its name."""
    files = {
        f"{name}.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema},
            ensure_ascii=False, indent=2,
        ) + "\n"
        for name, (title, schema) in schemas().items()
    }  # fmt: skip
    rows = (
        f"| `{command}{f' {option}' if option else ''}` | [{name}.json]({name}.json) | {schemas()[name][0]} |\n"
        for command, by_option in COMMAND_SCHEMAS.items()
        for option, name in by_option.items()
    )
    return {**files, "README.md": f"{HEAD}{''.join(rows)}"}


HEAD = """# The JSON of the commands

With `--json` a command prints JSON on standard output and nothing else. Each output has a
[JSON Schema](https://json-schema.org) (2020-12) here, which the tests compare with what the commands print. Keys are
only ever added. Values are as stored, without the changes that make cells safe for spreadsheets. These files are
generated by `make schemas`.

| command | schema | content |
|---|---|---|
"""


def main() -> None:
    """Write the schemas into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FOLDER", required=True)
    folder: Path = parser.parse_args().write
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
