"""Values of known types as bytes and back: JSON, with long texts beside it. Nothing is unpickled.

What is decoded may come from a process that a hostile file has taken over. So the type says what is accepted, every
value is checked, and the size is limited before anything is built from it.
"""

from __future__ import annotations

import json
import math
import struct
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

MAX_STRUCTURE_BYTES = 48 << 20
"""Size of the JSON beyond which it is refused. The smallest values take some thirty times their size in memory;
100,000 embedded documents take 20 MB."""
LONG_TEXT_CHARACTERS = 200
"""Length from which a text is stored beside the JSON, as it is."""
_LENGTH = struct.Struct("<I")
_MAX_INTEGER = 2**63 - 1  # SQLite takes none that is larger

_Decode = Callable[[Any, list[str]], Any]


class DecodeError(ValueError):
    """Bytes are not a value of the expected type."""


def encode(value: object) -> bytes:
    """Return a value of dataclasses, tuples, texts, numbers, days and enums as bytes.

    Raises:
        TypeError: it contains a value of another type.
        UnicodeEncodeError: a text contains half of a surrogate pair.
        OverflowError: its structure is larger than is accepted.
    """
    texts: list[bytes] = []
    plain = _plain(value, texts)
    structure = json.dumps([plain, [len(text) for text in texts]], ensure_ascii=False, check_circular=False).encode()
    if len(structure) > MAX_STRUCTURE_BYTES:
        raise OverflowError(f"{len(structure):,} bytes beside its texts")
    return b"".join((_LENGTH.pack(len(structure)), structure, *texts))


def decode(kind: type[T], data: bytes) -> T:
    """Return the value of type ``kind`` that `encode` made bytes of.

    Raises:
        DecodeError: the bytes are not such a value.
    """
    if len(data) < _LENGTH.size:
        raise DecodeError("too short")
    end = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    if end > min(len(data), _LENGTH.size + MAX_STRUCTURE_BYTES):
        raise DecodeError("too large")
    try:
        plain, lengths = json.loads(data[_LENGTH.size : end].decode())
        texts = _split(memoryview(data)[end:], lengths)
        value: T = _decoder(kind)(plain, texts)  # type: ignore[arg-type]
    except DecodeError:
        raise
    except (ValueError, TypeError, IndexError, RecursionError, OverflowError) as error:
        raise DecodeError(type(error).__name__) from error
    return value


def _plain(value: object, texts: list[bytes]) -> Any:  # noqa: PLR0911 - a line for each type
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        if len(value) < LONG_TEXT_CHARACTERS:
            return value
        texts.append(value.encode())
        return {"text": len(texts) - 1}
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item, texts) for item in value]
    if isinstance(value, Mapping):
        return [[_plain(key, texts), _plain(item, texts)] for key, item in value.items()]
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name), texts) for field in fields(value) if field.init]
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _split(data: memoryview, lengths: object) -> list[str]:
    texts: list[str] = []
    start = 0
    for length in _items(lengths):
        if not isinstance(length, int) or not 0 <= length <= len(data) - start:
            raise DecodeError("wrong length of a text")
        texts.append(str(data[start : start + length], "utf-8"))
        start += length
    return texts


def _items(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise DecodeError("no list")
    return value


@cache
def _decoder(kind: Any) -> _Decode:  # noqa: PLR0911 - a line for each kind of type
    """Return the function that checks and builds a value of a type.

    Raises:
        TypeError: values of this type cannot be sent.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional_decoder(arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda value, texts: tuple([item(element, texts) for element in _items(value)])
    if origin is tuple:
        return _row_decoder([_decoder(argument) for argument in arguments], lambda *values: tuple(values))
    if origin in (dict, Mapping):
        pairs = _decoder(tuple[tuple[arguments], ...])  # type: ignore[valid-type]
        return lambda value, texts: dict(pairs(value, texts))
    if isinstance(kind, typing.NewType):
        return _decoder(kind.__supertype__)
    if isinstance(kind, type) and kind not in _SCALARS:
        return _class_decoder(kind)
    return _SCALARS[kind]


def _class_decoder(kind: type) -> _Decode:
    if issubclass(kind, Enum):
        return lambda value, _: kind(value)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return _row_decoder([_decoder(hints[field.name]) for field in fields(kind) if field.init], kind)
    raise TypeError(f"{kind.__name__} cannot be sent")


def _row_decoder(columns: list[_Decode], build: Callable[..., Any]) -> _Decode:
    def decode_row(value: Any, texts: list[str]) -> Any:
        row = _items(value)
        if len(row) != len(columns):
            raise DecodeError("wrong number of values")
        return build(*[column(element, texts) for column, element in zip(columns, row, strict=True)])

    return decode_row


def _optional_decoder(arguments: tuple[Any, ...]) -> _Decode:
    (kind,) = (argument for argument in arguments if argument is not types.NoneType)
    inner = _decoder(kind)
    return lambda value, texts: None if value is None else inner(value, texts)


def _decode_text(value: Any, texts: list[str]) -> str:
    if isinstance(value, dict):
        index = value["text"]
        if not isinstance(index, int) or index < 0:
            raise DecodeError("no text")
        return texts[index]
    if not isinstance(value, str):
        raise DecodeError("no text")
    value.encode()  # half of a surrogate pair, which no later step accepts, raises an error here
    return value


def _decode_integer(value: Any, _: list[str]) -> int:
    if type(value) is not int or abs(value) > _MAX_INTEGER:
        raise DecodeError("no integer")
    return value


def _decode_float(value: Any, _: list[str]) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise DecodeError("no number")
    return float(value)


def _decode_boolean(value: Any, _: list[str]) -> bool:
    if type(value) is not bool:
        raise DecodeError("no truth value")
    return value


def _decode_scalar(value: Any, texts: list[str]) -> Any:
    """Decode a value of any type but those that contain others."""
    if isinstance(value, str | dict):
        return _decode_text(value, texts)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _decode_integer(value, texts) if isinstance(value, int) else _decode_float(value, texts)
    return None if value is None else _decode_boolean(value, texts)


def _decode_day(value: Any, texts: list[str]) -> date:
    return date.fromisoformat(_decode_text(value, texts))


_SCALARS: dict[Any, _Decode] = {
    str: _decode_text, int: _decode_integer, float: _decode_float, bool: _decode_boolean, date: _decode_day,
    Any: _decode_scalar,
}  # fmt: skip
