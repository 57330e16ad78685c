"""Plain values and records of this project as JSON, and back. Reading runs no code but the records' own constructors.

What is written has the shape that is asked for when it is read, or it is as if nothing were there.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hooks.box import Box

RECORDS = frozenset(
    (
        "hooks.feeds.press.Head",
        "hooks.feeds.publication.Leaf",
        "hooks.kept.keeper.Body",
        "hooks.kept.keeper.Facts",
        "hooks.kept.keeper.Record",
        "hooks.live.scripts.Says",
        "hooks.page.fill.Told",
        "hooks.page.reference.Reference",
        "hooks.page.reference.Term",
        "hooks.pictures.drawing.Picture",
        "hooks.rows.Place",
        "hooks.search.section.Section",
        "hooks.series.route.Around",
        "hooks.series.stop.Label",
        "hooks.series.stop.Need",
        "hooks.series.stop.Stop",
        "hooks.series.tag.Tag",
        "hooks.words.prose.Section",
        "hooks.words.uses.Page",
        "hooks.words.uses.Spot",
    )
)
"""The records that may be kept. Others are refused, when they are written and when they are read."""

COLLECTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
}


def written(value: Any) -> bytes:
    """A value as JSON. Refuses a record that is not in the list."""
    told = json.dumps(_told(value), ensure_ascii=False, separators=(",", ":"))
    return told.encode("utf-8", "surrogatepass")


def read(text: bytes, shape: Any, sound: Callable[[Any], bool] = lambda _: True) -> Any | None:
    """The value, if it has the shape and is `sound`, else None, whatever the text may hold."""
    boxes: list[Box[Any]] = []
    try:
        value = _heard(json.loads(text.decode("utf-8", "surrogatepass")), boxes)
        if not (fits(value, shape) and sound(value)):
            return None
        for box in boxes:
            box.pack()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError):
        return None
    return value


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has the shape that an annotation says. What a record holds was looked at when it was made."""
    return _check(shape)(value)


Check = Callable[[Any], bool]


@cache
def _check(shape: Any) -> Check:
    """Tells whether values have a shape: annotations are taken apart once, not once a value."""
    origin, inner = get_origin(shape), get_args(shape)
    if shape is Any or isinstance(shape, TypeVar):
        return lambda _: True
    if origin is Literal:
        return lambda value: value in inner
    if shape is None or shape is NoneType:
        return lambda value: value is None
    if shape is float:
        return lambda value: type(value) in (int, float)
    if shape in (int, str, bytes, bool):
        return lambda value: type(value) is shape
    checks = [_check(one) for one in inner if one is not ...]
    if origin in (Union, UnionType):
        return lambda value: any(check(value) for check in checks)
    if origin is None:
        return lambda value: isinstance(value, shape)
    if origin is Box:
        return lambda value: isinstance(value, Box) and checks[0](value.open())
    if origin is tuple and inner[-1:] != (...,):
        return lambda value: (
            type(value) is tuple
            and len(value) == len(checks)
            and all(check(one) for check, one in zip(checks, value, strict=True))
        )
    if len(checks) == 2:
        keys, values = checks
        return lambda value: (
            isinstance(value, origin) and all(map(keys, value)) and all(map(values, value.values()))
        )
    return lambda value: isinstance(value, origin) and all(map(checks[0], value))


def _told(value: Any) -> Any:
    """A value as JSON can say it: an object has one key, which says what it is."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list():
            return [_told(one) for one in value]
        case bytes():
            try:
                return {"text": value.decode()}
            except UnicodeDecodeError:
                return {"bytes": b64encode(value).decode()}
        case dict() if all(type(key) is str for key in value):
            if all(type(one) is str for one in value.values()):
                return {"texts": value}
            return {"dict": {key: _told(one) for key, one in value.items()}}
        case dict():
            return {"pairs": [[_told(key), _told(one)] for key, one in value.items()]}
        case date():
            return {"date": value.isoformat()}
        case Box():
            return {"Box": _told(value.open())}
    kind: Any = type(value)
    if kind.__name__ in COLLECTIONS and kind.__module__ == "builtins":
        return {kind.__name__: [_told(one) for one in value]}
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name not in RECORDS:
        raise TypeError(f"{name} is no record that may be kept: hooks/plain.py lists them")
    return {name: [_told(getattr(value, field)) for field in _fields(kind)]}


def _heard(told: Any, boxes: list[Box[Any]]) -> Any:
    if isinstance(told, list):
        return [one if type(one) is str else _heard(one, boxes) for one in told]
    if not isinstance(told, dict):
        return told
    [(what, held)] = told.items()
    match what:
        case "texts" if all(type(one) is str for one in held.values()):
            return held
        case "dict":
            return {key: _heard(one, boxes) for key, one in held.items()}
        case "pairs":
            return {_heard(key, boxes): _heard(one, boxes) for key, one in held}
        case "text":
            return held.encode()
        case "bytes":
            return b64decode(held, validate=True)
        case "date":
            return date.fromisoformat(held)
        case "Box":
            boxes.append(Box(_heard(held, boxes), packed=False))
            return boxes[-1]
    parts = [one if type(one) is str else _heard(one, boxes) for one in held]
    if what in COLLECTIONS:
        return COLLECTIONS[what](parts)
    made, checks = _record(what)
    if len(checks) != len(parts) or not all(
        check(part) for check, part in zip(checks, parts, strict=True)
    ):
        raise ValueError(what)
    return made(*parts)


@cache
def _record(name: str) -> tuple[Any, tuple[Check, ...]]:
    """A record's class, and what tells of each of its fields whether it fits."""
    if name not in RECORDS:
        raise ValueError(name)
    module, _, kind = name.rpartition(".")
    made = getattr(import_module(module), kind)
    shapes = get_type_hints(made)
    return made, tuple(_check(shapes[field]) for field in _fields(made))


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    names: tuple[str, ...] = kind._fields
    return names
