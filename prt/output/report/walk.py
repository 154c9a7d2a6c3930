"""Every piece of a report, to the last cell: which texts it has, and how much it still misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from prt.output.report.document import Prose, Report


def pieces(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, tuple):
        for one in value:
            yield from pieces(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from pieces(getattr(value, field.name))


def texts(report: Report) -> Iterator[str]:
    return (one for one in pieces(report) if isinstance(one, str))


def gaps(report: Report) -> int:
    """How many things are still to be written."""
    return sum(isinstance(one, Prose) and one.gap for one in pieces(report))
