"""Entities that an XML document declares itself: expanded as text, within bounds, before it is parsed."""

from __future__ import annotations

import re

HEAD_CHARACTERS = 200_000
"""Characters from the beginning of a document that declarations of entities are searched for in."""
MAX_ENTITY_CHARACTERS = 2_000
"""Longest text of one entity. A longer one is left as written: nested entities can make it grow without end."""
MAX_EXPANDED_CHARACTERS = 1_000_000
"""Characters that the entities of one document are expanded to; any further are left as written."""
_DECLARED = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,79})\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,79});")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


def expand_entities(source: str) -> str:
    """Return the source of a document with its own entities replaced by their text.

    Entities in other files, and those beyond the bounds, are left as written.
    """
    head = source[:HEAD_CHARACTERS]
    if "<!ENTITY" not in head or "<!DOCTYPE" not in head:
        return source
    entities: dict[str, str] = {}
    end = 0
    for match in _DECLARED.finditer(head):
        end = match.end()
        name, double_quoted, single_quoted = match.groups()
        text = _expand(double_quoted or single_quoted or "", entities, MAX_ENTITY_CHARACTERS)
        if name not in _PREDEFINED and name not in entities and len(text) <= MAX_ENTITY_CHARACTERS:
            entities[name] = text
    return source[:end] + _expand(source[end:], entities, MAX_EXPANDED_CHARACTERS)


def _expand(text: str, entities: dict[str, str], budget: int) -> str:
    remaining = budget

    def expanded(match: re.Match[str]) -> str:
        nonlocal remaining
        value = entities.get(match.group(1))
        if value is None or len(value) > remaining:
            return match.group()
        remaining -= len(value)
        return value

    return _REFERENCE.sub(expanded, text)
