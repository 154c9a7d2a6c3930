"""A report as plain data that JSON can hold, and back: each piece is its kind, then its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from types import NoneType
from typing import Any

from markupsafe import Markup

from prt.output import shapes, tables
from prt.output.document import content, first_page, indicator_parts, report_document, year_pages
from prt.output.document.report_document import Report
from prt.output.numbers import Raised, Value
from prt.values import fields, is_dataclass

AS_THEY_ARE = (str, int, bool, float, NoneType)
MODULES = (content, first_page, indicator_parts, report_document, year_pages, tables, shapes)


def is_named(kind: type) -> bool:
    """Is it a tuple with named fields?"""
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


def is_piece(kind: object) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or is_named(kind))


PIECES: dict[str, Any] = {
    kind.__name__: kind
    for module in MODULES
    for kind in vars(module).values()
    if is_piece(kind) and kind.__module__ == module.__name__
}
"""The classes that a report is made of."""


def plain_of(value: Any) -> Any:
    """TypeError where JSON cannot hold it, or it would not come back as it is."""
    kind = type(value)
    if kind in AS_THEY_ARE:
        return value
    if kind is tuple:
        return ["tuple", *map(plain_of, value)]
    if kind is Fraction:
        return ["fraction", value.numerator, value.denominator]
    if kind is dt.date:
        return ["date", value.isoformat()]
    if kind is Markup:
        return ["markup", str(value)]
    if kind is Value:
        return ["value", str(value), plain_of(value.amount), value.unit]
    if kind is Raised:
        return ["raised", str(value), value.html, plain_of(value.amount), value.unit]
    if PIECES.get(kind.__name__) is kind:
        parts = value if is_named(kind) else (getattr(value, one.name) for one in fields(kind))
        return [kind.__name__, *map(plain_of, parts)]
    raise TypeError(f"no piece of a report: {value!r}")


def value_of(data: Any) -> Any:
    """The value that `plain_of` made this data of. KeyError, TypeError or ValueError where it made none."""
    if type(data) is not list:
        return data
    kind, *parts = data
    return MAKE[kind](*map(value_of, parts))


MAKE: dict[str, Callable[..., Any]] = {
    "tuple": lambda *parts: parts,
    "fraction": Fraction,
    "date": dt.date.fromisoformat,
    "markup": Markup,
    "value": Value,
    "raised": Raised,
    **PIECES,
}


def report_of(data: Any) -> Report:
    """TypeError where it is no report."""
    found = value_of(data)
    if not isinstance(found, Report):
        raise TypeError(found)
    return found
