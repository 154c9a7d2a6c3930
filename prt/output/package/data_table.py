"""A table of a Data Package: its fields, its lines as CSV, and what datapackage.json says of it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from prt.model.cells import (
    Cell,
    DayCell,
    HoursCell,
    MinutesCell,
    NumberCell,
    PlanNumberCell,
    WholeCell,
    YesNoCell,
    decimals_of,
    plain_number,
)
from prt.output.tables import guard_formula
from prt.values import NamedTuple, dataclass

TYPES: dict[type[Cell], str] = {
    DayCell: "date",
    YesNoCell: "boolean",
    WholeCell: "integer",
    MinutesCell: "integer",
    PlanNumberCell: "integer",
    NumberCell: "number",
    HoursCell: "number",
}
"""The type of a field, by the kind of its cells; all others are strings."""


class DataField(NamedTuple):
    """A column: its name, its type as Table Schema calls it, and what it says."""

    name: str
    type: str = "string"
    description: str = ""


class ForeignKey(NamedTuple):
    """A column that names a line of another table by one of its columns."""

    field: str
    table: str
    of: str


@dataclass(frozen=True)
class DataTable:
    """`path` is that of its file, `lines` have a value for each field; `key` are the fields that tell them
    apart."""

    path: str
    fields: tuple[DataField, ...]
    lines: Iterable[Sequence[Any]]
    key: tuple[str, ...] = ()
    foreign: tuple[ForeignKey, ...] = ()

    @property
    def name(self) -> str:
        return table_name(self.path)

    def as_bytes(self) -> bytes:
        """UTF-8 with commas, ISO dates, decimal points, true and false."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in self.fields])
        writer.writerows([csv_text(value) for value in line] for line in self.lines)
        return file.getvalue().encode()

    def describe(self, data: bytes) -> dict[str, Any]:
        """The table in datapackage.json, with the digest of its file."""
        return {
            "name": self.name,
            "path": self.path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "schema": self.schema(),
        }

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"fields": [describe_field(field) for field in self.fields]}
        if self.key:
            found["primaryKey"] = list(self.key)
        if self.foreign:
            found["foreignKeys"] = [
                {"fields": [one.field], "reference": {"resource": one.table, "fields": [one.of]}}
                for one in self.foreign
            ]
        return found


def table_name(path: str) -> str:
    """`rows-partner-support` of `rows/partner-support.csv`."""
    return path.removesuffix(".csv").replace("/", "-")


def describe_field(field: DataField) -> dict[str, str]:
    return {name: text for name, text in field._asdict().items() if text}


def type_of(cell: Cell) -> str:
    return next((name for kind, name in TYPES.items() if isinstance(cell, kind)), "string")


def csv_text(value: Any) -> str:
    """A value as every reader of CSV takes it; of text nothing that a spreadsheet would run."""
    return TEXTS_OF.get(type(value), any_text)(value)


def any_text(value: Any) -> str:
    return plain_text(str(value))


def tuple_text(values: tuple[Any, ...]) -> str:
    return "; ".join(map(csv_text, values))


@lru_cache(maxsize=1 << 16)
def plain_text(value: str) -> str:
    return guard_formula(value.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(maxsize=1 << 12)
def number_text(value: Fraction) -> str:
    """With a decimal point: exact where a decimal number is, else to 17 digits, as of a third."""
    return repr(float(value)) if decimals_of(value) is None else plain_number(value)


TEXTS_OF: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    Fraction: number_text,
    dt.date: lru_cache(maxsize=1 << 10)(dt.date.isoformat),
    tuple: tuple_text,
    str: plain_text,
}
"""The kinds of values; the same one stands in many rows, and is written once."""
