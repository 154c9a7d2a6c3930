"""Values of our classes as plain data that JSON can hold, and back: by the same declarations as the border.

Only what was given is written. Nothing is converted or checked on the way back, for it was when the value was
first made; data of another shape is a ValueError, a TypeError or a KeyError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from prt.model.base import Base, ByKind
from prt.model.measures import kind_name

Reader = Callable[[Any], Any]
AS_THEY_ARE = (str, int, bool, float, NoneType)


def to_plain(value: Any) -> Any:
    """TypeError where JSON cannot hold it."""
    if isinstance(value, Base):
        return {name: to_plain(one) for name, one in value.items() if name in value.given}
    if type(value) is dict:
        return [[to_plain(key), to_plain(one)] for key, one in value.items()]
    if type(value) is tuple:
        return [to_plain(one) for one in value]
    if type(value) is Fraction:
        return [value.numerator, value.denominator]
    if type(value) is dt.date:
        return value.isoformat()
    if type(value) in AS_THEY_ARE:
        return value
    raise TypeError(f"no plain data: {value!r}")


def from_plain(hint: Any, data: Any) -> Any:
    """The value that `to_plain` made this data of, where it is of that type."""
    return reader_of(hint)(data)


@cache
def reader_of(hint: Any) -> Reader:
    if hint in AS_THEY_ARE:
        return partial(read_as_is, hint)
    if hint is Fraction:
        return lambda data: Fraction(*data)
    if hint is dt.date:
        return dt.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Base):
        return partial(read_instance, hint)
    return reader_of_parts(get_origin(hint), get_args(hint))


def reader_of_parts(origin: Any, args: Sequence[Any]) -> Reader:
    """Of `tuple[str, ...]` and the like."""
    if origin is Annotated:
        return partial(read_kind, args[1].kinds) if isinstance(args[1], ByKind) else reader_of(args[0])
    if origin is Literal:
        return partial(read_literal, args)
    if origin in (Union, UnionType):
        return partial(read_any_of, tuple(map(reader_of, args)))
    if origin is tuple:
        return partial(read_all, reader_of(args[0])) if args[1:] == (...,) else partial(read_each, args)
    if origin is dict:
        return partial(read_pairs, *map(reader_of, args))
    raise TypeError(f"no plain data: {origin} of {args}")


def read_as_is(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise TypeError(f"no {kind.__name__}: {data!r}")
    return data


def read_instance(piece: type[Base], data: Any) -> Base:
    return piece(**{name: reader_of_field(piece, name)(one) for name, one in data.items()})


@cache
def reader_of_field(piece: type[Base], name: str) -> Reader:
    return reader_of(piece.fields[name].hint)


def read_kind(kinds: Sequence[Any], data: Any) -> Base:
    [kind] = (kind for kind in kinds if kind_name(kind) == data["kind"])
    return read_instance(kind, data)


def read_literal(choices: Sequence[Any], data: Any) -> Any:
    return choices[choices.index(data)]


def read_any_of(readers: Sequence[Reader], data: Any) -> Any:
    """As the first type of a union that the data is of."""
    for reader in readers:
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            return reader(data)
    raise ValueError(f"of none of these types: {data!r}")


def read_all(reader: Reader, data: Any) -> tuple[Any, ...]:
    return tuple(map(reader, read_as_is(list, data)))


def read_each(hints: Sequence[Any], data: Any) -> tuple[Any, ...]:
    return tuple(reader_of(hint)(one) for hint, one in zip(hints, data, strict=True))


def read_pairs(read_key: Reader, read_value: Reader, data: Any) -> dict[Any, Any]:
    return {read_key(key): read_value(value) for key, value in data}


def is_same(one: Any, other: Any) -> bool:
    """Are two values equal, and was the same given in each?"""
    return bool(one == other) and list(given_in(one)) == list(given_in(other))


def given_in(value: Any) -> Iterator[frozenset[str]]:
    """What was given in each value of our classes that there is in it."""
    if isinstance(value, Base):
        yield value.given
        value = dict(value.items())
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    for one in inside:
        yield from given_in(one)
