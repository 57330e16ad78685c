"""Plain values and dataclasses as JSON, and back.

The reader says what shape it expects, by an annotation. Decoding calls the constructors that the
annotation names and nothing else, so that a file in the cache cannot run code, whoever has written
it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]
"""Takes a value as JSON has it. Raises ValueError for one of another shape."""

FAILURES = (ValueError, TypeError, KeyError, RecursionError, MemoryError)


def encode(value: Any) -> bytes:
    """A value as JSON. Raises TypeError for one that is neither plain nor a dataclass."""
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode(text: bytes, shape: Any) -> Any | None:
    """The value, or None if it has another shape, whatever the text may hold."""
    try:
        return _decoder(shape)(json.loads(text.decode("utf-8", "surrogatepass")))
    except FAILURES:
        return None


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return {"base64": b64encode(value).decode()}  # which is no text
        case dict():
            if all(type(key) is str for key in value):
                return {key: _plain(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return [_plain(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"{type(value).__qualname__} is not plain data")


@cache
def _decoder(shape: Any) -> Decoder:
    """Annotations are taken apart once, not once per value."""
    origin, inner = get_origin(shape), get_args(shape)
    if shape is Any:
        return lambda value: value
    if shape in (str, int, bool, NoneType, None):
        return _only(lambda value: type(value) is (NoneType if shape is None else shape))
    if shape is float:
        return _only(lambda value: type(value) in (int, float))
    if shape is bytes:
        return lambda value: b64decode(value["base64"], validate=True)
    if origin is Literal:
        return _only(lambda value: value in inner)
    if origin in (Union, UnionType):
        return _either([_decoder(one) for one in inner])
    if origin is dict and inner[0] is str:
        return _mapping(_decoder(inner[1]))
    if origin is tuple and inner[-1:] != (...,):
        return _parts(tuple, [_decoder(one) for one in inner])
    if origin in (list, set, frozenset, tuple):
        return _collection(origin, _decoder(inner[0]))
    hints = get_type_hints(shape)
    if not is_dataclass(shape):
        parts = [_decoder(hints[name]) for name in shape._fields]
        return _parts(lambda values: _shared(shape(*values)), parts)
    return _parts(
        lambda values: shape(*values),  # type: ignore[operator]
        [_decoder(hints[one.name]) for one in fields(shape)],
    )


_known: dict[Any, Any] = {}


def _shared(value: Any) -> Any:
    """A named tuple once for all records: a thousand pages mention the same numbers."""
    return _known.setdefault(value, value)


def _only(fits: Callable[[Any], bool]) -> Decoder:
    def read(value: Any) -> Any:
        if not fits(value):
            raise ValueError(value)
        return value

    return read


def _either(decoders: list[Decoder]) -> Decoder:
    def read(value: Any) -> Any:
        for decoder in decoders:
            try:
                return decoder(value)
            except FAILURES:
                continue
        raise ValueError(value)

    return read


def _mapping(decoder: Decoder) -> Decoder:
    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise ValueError(value)
        return {key: decoder(one) for key, one in value.items()}

    return read


def _collection(make: Callable[[Any], Any], decoder: Decoder) -> Decoder:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise ValueError(value)
        return make(map(decoder, value))

    return read


def _parts(make: Callable[[Any], Any], decoders: list[Decoder]) -> Decoder:
    def read(value: Any) -> Any:
        if type(value) is not list or len(value) != len(decoders):
            raise ValueError(value)
        return make([decoder(one) for decoder, one in zip(decoders, value, strict=True)])

    return read
