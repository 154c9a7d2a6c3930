"""Values as plain data that JSON can hold, and back, by what their classes declare. All that is kept between
runs is written and read here; answers alone, which are nothing but texts, need no more than JSON.

A value is a list: the place of its kind among the kinds that are named, then what the class is called with.
Nothing but such a class is ever called: of tuples, days and exact numbers, or one of ours that declares its
fields. Nothing is converted or checked on the way back, for it was when the value was first made.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar

from prt.model.base import Base
from prt.values import is_dataclass

Made = TypeVar("Made")
Kind = tuple[str, ...]
"""The name of a class, and the names of what it is called with, where the order does not tell them."""
Parts = Callable[[Any], Iterable[Any]]
AS_THEY_ARE = frozenset({str, int, bool, float, NoneType})
NOT_PLAIN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)
PARTS: dict[type, Parts] = {
    tuple: iter,
    dict: dict.items,
    Fraction: Fraction.as_integer_ratio,
    dt.date: attrgetter("year", "month", "day"),
    range: attrgetter("start", "stop", "step"),
}
"""What values of classes that are not ours are made of."""


def as_json(value: Any) -> bytes:
    """TypeError where a value would not come back as it is, ValueError where JSON cannot hold it."""
    return json.dumps(to_plain(value), separators=(",", ":")).encode()


def from_json(text: bytes, wanted: type[Made]) -> Made:
    """The value of which `as_json` made this text. ValueError where that is none of the wanted class."""
    try:
        return from_plain(json.loads(text), wanted)
    except RecursionError as error:
        raise ValueError(wanted) from error


def to_plain(value: Any) -> list[Any]:
    """TypeError where a value would not come back as it is."""
    writer = Writer()
    plain = writer.write(value)
    return [[*writer.kinds], plain]


class Writer:
    """Makes plain data of the parts of one value; `kinds` are those that were met, each with its place."""

    def __init__(self) -> None:
        self.kinds: dict[Kind, int] = {}
        self.known: dict[type, tuple[Kind, Parts]] = {}

    def write(self, value: Any) -> Any:
        """A list, which may hold nothing but texts and numbers, stays one: there may be many of these."""
        cls = type(value)
        if cls in AS_THEY_ARE:
            return value
        if cls is list and AS_THEY_ARE.issuperset(map(type, value)):
            return {"list": value}
        kind, parts = self.known.get(cls) or self.learn(cls)
        if parts is given_parts:  # only what was given is told
            kind = (*kind, *[one for one in cls.fields if one in value.given])
        place = self.kinds.setdefault(kind, len(self.kinds))
        return [place, *[one if type(one) in AS_THEY_ARE else self.write(one) for one in parts(value)]]

    def learn(self, cls: type) -> tuple[Kind, Parts]:
        """TypeError where values of this class are not plain."""
        name, parts = f"{cls.__module__}.{cls.__qualname__}", parts_of(cls)
        if class_named(name) is not cls:
            raise TypeError(f"another class has this name: {name}")
        self.known[cls] = (name,), parts
        return self.known[cls]


def given_parts(value: Base) -> list[Any]:
    return [one for name, one in value.items() if name in value.given]


def parts_of(cls: type) -> Parts:
    """What tells the parts of a value of this class."""
    if cls in PARTS:
        return PARTS[cls]
    if issubclass(cls, Base):
        return given_parts
    if is_dataclass(cls):
        names = cls.given_names  # type: ignore[attr-defined]
        return lambda value: [getattr(value, one) for one in names]
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return iter
    if issubclass(cls, str) and (cls.__getnewargs__ is not str.__getnewargs__ or not cls.__dictoffset__):
        return cls.__getnewargs__  # it says of what a copy is made, or has nothing beside its text
    raise TypeError(f"no plain data: {cls}")


def from_plain(data: Any, wanted: type[Made]) -> Made:
    """The value of which `to_plain` made this data. ValueError where that is none of the wanted class."""
    try:
        kinds, plain = data
        found = read_plain([maker(*one) for one in kinds], plain)
    except NOT_PLAIN as error:
        raise ValueError(wanted) from error
    if not isinstance(found, wanted):
        raise ValueError(wanted)
    return found


def read_plain(makers: Sequence[Callable[[list[Any]], Any]], data: Any) -> Any:
    if type(data) is not list:
        return data["list"] if type(data) is dict else data
    parts = [one if type(one) in AS_THEY_ARE else read_plain(makers, one) for one in data]
    return makers[parts[0]](parts[1:])


def maker(name: str, *names: str) -> Callable[[list[Any]], Any]:
    """What makes a value of a kind of its parts."""
    cls = class_named(name)
    if cls in (tuple, dict):
        return cls
    if issubclass(cls, Base):
        return lambda parts: cls(**dict(zip(names, parts, strict=True)))
    return lambda parts: cls(*parts)


def class_named(name: str) -> type[Any]:
    """A class of a module that is loaded. TypeError where it is none whose values are plain."""
    module, _, own = name.rpartition(".")
    found = getattr(sys.modules.get(module), own, None)
    if not isinstance(found, type):
        raise TypeError(f"no class: {name}")
    parts_of(found)
    return found
