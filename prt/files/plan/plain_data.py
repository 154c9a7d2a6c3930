"""Values of our classes as plain data that JSON can hold, and back: by the same declarations as the border.

Every value stands in one list, after those that it holds: a field names them by their places. Only what was
given is written. Nothing is converted or checked on the way back, for it was when the value was first made;
data of another shape is a ValueError, a TypeError, a KeyError or an IndexError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from prt.model.base import Base

Reader = Callable[[Sequence[Base], Any], Any]
"""Makes a value of the values before it and of the data."""
AS_THEY_ARE = (str, int, bool, float, NoneType)
NOT_OF_TYPE = (ValueError, TypeError, KeyError, IndexError)


def to_plain(value: Base) -> list[Any]:
    """TypeError where JSON cannot hold it."""
    found: list[Any] = []
    add_plain(value, found)
    return found


def add_plain(value: Any, found: list[Any]) -> Any:
    """The data of one value; the values of our classes in it are added to those that were found."""
    if isinstance(value, Base):
        given = {name: add_plain(one, found) for name, one in value.items() if name in value.given}
        found.append([name_of_class(type(value)), given])
        return len(found) - 1
    if type(value) is dict:
        return [[add_plain(key, found), add_plain(one, found)] for key, one in value.items()]
    if type(value) is tuple:
        return [add_plain(one, found) for one in value]
    if type(value) is Fraction:
        return [value.numerator, value.denominator]
    if type(value) is dt.date:
        return value.isoformat()
    if type(value) in AS_THEY_ARE:
        return value
    raise TypeError(f"no plain data: {value!r}")


def name_of_class(piece: type[Base]) -> str:
    return f"{piece.__module__}.{piece.__qualname__}"


def from_plain(data: Sequence[Any]) -> Base:
    """The value that `to_plain` made this data of: the last of the list."""
    pieces = {name_of_class(one): one for one in subclasses_of(Base)}
    made: list[Base] = []
    for name, given in data:
        piece = pieces[name]
        made.append(
            piece(**{field: reader_of_field(piece, field)(made, one) for field, one in given.items()})
        )
    return made[-1]


def subclasses_of(piece: type[Base]) -> Iterator[type[Base]]:
    for one in piece.__subclasses__():
        yield one
        yield from subclasses_of(one)


@cache
def reader_of_field(piece: type[Base], name: str) -> Reader:
    return reader_of_any(piece.fields[name].alternatives)


def reader_of_any(hints: tuple[Any, ...]) -> Reader:
    if all(one in AS_THEY_ARE for one in hints):
        return partial(read_as_it_is, frozenset(hints))
    readers = tuple(map(reader_of, hints))
    return partial(read_any_of, readers) if readers[1:] else readers[0]


@cache
def reader_of(hint: Any) -> Reader:
    if hint in AS_THEY_ARE:
        return partial(read_as_it_is, frozenset({hint}))
    if hint is Fraction:
        return lambda made, data: Fraction(*data)
    if hint is dt.date:
        return lambda made, data: dt.date.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, Base):
        return partial(read_instance, hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return reader_of(args[0])
    if origin is Literal:
        return lambda made, data: args[args.index(data)]
    if origin in (Union, UnionType):
        return reader_of_any(args)
    if origin is tuple:
        return partial(read_all, reader_of(args[0])) if args[1:] == (...,) else partial(read_each, args)
    if origin is dict:
        return partial(read_pairs, reader_of(args[0]), reader_of(args[1]))
    raise TypeError(f"no plain data: {hint}")


def read_as_it_is(kinds: frozenset[type], made: Sequence[Base], data: Any) -> Any:
    if type(data) not in kinds:
        raise TypeError(f"of none of these types: {data!r}")
    return data


def read_instance(piece: type[Base], made: Sequence[Base], data: Any) -> Base:
    if type(data) is not int or not isinstance(made[data], piece):
        raise TypeError(f"no {piece.__name__}: {data!r}")
    return made[data]


def read_any_of(readers: Sequence[Reader], made: Sequence[Base], data: Any) -> Any:
    """The value of a union: read as the first of its types that fits the data."""
    for reader in readers:
        try:
            return reader(made, data)
        except NOT_OF_TYPE:
            pass
    raise ValueError(f"of none of these types: {data!r}")


def read_all(reader: Reader, made: Sequence[Base], data: Any) -> tuple[Any, ...]:
    if type(data) is not list:
        raise TypeError(f"no list: {data!r}")
    return tuple([reader(made, one) for one in data])


def read_each(hints: Sequence[Any], made: Sequence[Base], data: Any) -> tuple[Any, ...]:
    return tuple(reader_of(hint)(made, one) for hint, one in zip(hints, data, strict=True))


def read_pairs(read_key: Reader, read_value: Reader, made: Sequence[Base], data: Any) -> dict[Any, Any]:
    return {read_key(made, key): read_value(made, value) for key, value in data}


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
