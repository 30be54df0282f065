"""Make JSON Schemas from types: dataclasses, enumerations, lists and mappings."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from corpus.messages import Message

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}


def record(properties: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    """Return the schema of an object with these keys and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def array(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def values_by_name(schema: Schema) -> Schema:
    """Return the schema of an object whose keys are names of any kind."""
    return {"type": "object", "additionalProperties": schema}


def choice(kind: type[StrEnum]) -> Schema:
    """Return the schema of a value of an enumeration."""
    return {"type": "string", "enum": [member.value for member in kind]}


_SIMPLE: dict[Any, Schema] = {str: TEXT, int: INTEGER, float: NUMBER, bool: BOOLEAN, Message: TEXT, Any: {}}


def of_type(annotation: Any) -> Schema:
    """Return the schema of the JSON of a value of a type."""
    annotation = getattr(annotation, "__supertype__", annotation)  # of a NewType
    if annotation in _SIMPLE:
        return dict(_SIMPLE[annotation])
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return choice(annotation)
    if is_dataclass(annotation) or hasattr(annotation, "_fields"):
        return of_fields(annotation)
    return _of_generic(get_origin(annotation), get_args(annotation))


def _of_generic(origin: Any, arguments: Sequence[Any]) -> Schema:
    """Return the schema of a union, a mapping, a list, or a tuple of a fixed length."""
    if origin in (Union, types.UnionType):
        return _of_union(arguments)
    if issubclass(origin, Mapping):
        return values_by_name(of_type(arguments[1]))
    if origin is not tuple or Ellipsis in arguments:
        return array(of_type(arguments[0]))
    members = [of_type(argument) for argument in arguments]
    return {"type": "array", "prefixItems": members, "items": False, "minItems": len(members)}


def _of_union(members: Sequence[Any]) -> Schema:
    others = [of_type(member) for member in members if member is not types.NoneType]
    unique = [schema for number, schema in enumerate(others) if schema not in others[:number]]
    value = unique[0] if len(unique) == 1 else {"anyOf": unique}
    return nullable(value) if types.NoneType in members else value


def of_fields(kind: Any, **other: Schema) -> Schema:
    """Return the schema of a dataclass or named tuple, with other schemas for some of its fields."""
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else [field.name for field in fields(kind)]
    described = _descriptions(kind)
    properties = {name: other.get(name) or of_type(hints[name]) for name in names}
    return record({
        name: {**schema, "description": described[name]} if name in described else schema
        for name, schema in properties.items()
    })  # fmt: skip


def _descriptions(kind: Any) -> dict[str, str]:
    """Return what the docstring of a class says of each of its attributes."""
    part = (kind.__doc__ or "").partition("Attributes:")[2]
    rows = re.findall(r"^ {4,8}(\w[\w, ]*): (.+?)(?=^ {4,8}\w[\w, ]*: |\n\n|\Z)", part, re.MULTILINE | re.DOTALL)
    return {name.strip(): " ".join(text.split()) for names, text in rows for name in names.split(",")}
