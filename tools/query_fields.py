"""Print the table of fields of docs/query-language.md: ``python -m tools.query_fields``."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.fields import FIELDS, Field, FieldKind


def field_table() -> str:
    """Return the Markdown table of the fields that a query may name."""
    cells = ((f"`{field.name}:`", " ".join(_other_spellings(field)), field.help) for field in FIELDS)
    rows = (f"| {' | '.join(row)} |".replace("|  |", "| |") for row in cells)
    return "\n".join(("| field | also written | searches |", "|---|---|---|", *rows))


def _other_spellings(field: Field) -> Iterator[str]:
    yield from (f"`{alias}:`" for alias in field.aliases)
    if field.kind is FieldKind.TEXT:
        yield f"`in:{field.name}`"
    if field.name == "state":
        yield "`is:`"


if __name__ == "__main__":
    print(field_table())
