"""Rows of cells as a table for the terminal, Markdown, CSV or JSON: one way for every command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from prt.problems import unknown_format
from prt.text import Align, cell_width, compile_later, escape_signs, one_line, pad, shorten
from prt.values import dataclass

T = TypeVar("T")
FEWEST = 5
"""So many signs of a column always stay."""
LEAST_HEAD = 8
"""So many of a heading, and of a cell, while other cells can give way."""
FORMULA = compile_later(r"[=+\-@\t\r]")
NUMBER = compile_later(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True)
class Heading:
    """`key` is the name in JSON and CSV, `title` what a person reads. What is `whole` is never cropped, what
    is `cropped_last` only where other columns have given what they can.
    """

    key: str
    title: str = ""
    align: Align = "left"
    whole: bool = False
    cropped_last: bool = False

    @property
    def crops(self) -> bool:
        return self.align == "left" and not self.whole


@dataclass(frozen=True)
class Table:
    """Rows of values; None is an empty cell."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Any, ...], ...]

    def without(self, key: str) -> Table:
        """The table without one of its columns."""
        kept = [at for at, heading in enumerate(self.headings) if heading.key != key]
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return Table(tuple(self.headings[at] for at in kept), rows)

    def texts(self) -> list[list[str]]:
        return [[cell_text(value) for value in row] for row in self.rows]


def make_table(columns: Mapping[Heading, Callable[[T], Any]], things: Iterable[T]) -> Table:
    """A row for each of these things: under each heading what is read of it."""
    rows = (tuple(read(one) for read in columns.values()) for one in things)
    return Table(tuple(columns), tuple(rows))


def cell_text(value: Any) -> str:
    """One line of text: what a person reads in a cell."""
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return "; ".join(map(cell_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return json.dumps(json_value(value))
    return one_line(str(value))


def json_value(value: Any) -> Any:
    """A JSON number for a number; dates and the rest as text."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, (tuple, list)):
        return [json_value(one) for one in value]
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    return str(value)


def guard_formula(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is neutralised; numbers are spared."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def as_json(table: Table) -> str:
    keys = [heading.key for heading in table.headings]
    rows = [dict(zip(keys, map(json_value, row), strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_csv(table: Table) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heading.key for heading in table.headings)
    writer.writerows([guard_formula(cell) for cell in row] for row in table.texts())
    return file.getvalue().rstrip("\n")


def as_markdown(table: Table) -> str:
    titles = [heading.title or heading.key for heading in table.headings]
    rule = ["--:" if heading.align == "right" else "---" for heading in table.headings]
    rows = [[escape_signs(cell) for cell in row] for row in table.texts()]
    return "\n".join("| " + " | ".join(row) + " |" for row in (titles, rule, *rows))


def as_text(table: Table, width: int | None = None) -> str:
    """Columns for a terminal; `width` crops headings that are wider than what stands below them, then the
    widest left-aligned column, what is `cropped_last` after the others. None (a pipe) crops nothing."""
    titles = [heading.title or heading.key for heading in table.headings]
    rows = [titles, *table.texts()]
    contents = [max(map(cell_width, column)) for column in zip(*(rows[1:] or rows), strict=True)]
    heads = [max(cell_width(title), most) for title, most in zip(titles, contents, strict=True)]
    crops = [heading.crops for heading in table.headings]
    first = [heading.crops and not heading.cropped_last for heading in table.headings]
    widths = narrow(heads, [max(most, LEAST_HEAD) for most in contents], [True] * len(crops), width)
    widths = narrow(widths, [LEAST_HEAD] * len(crops), first, width)
    widths = narrow(widths, [FEWEST] * len(crops), crops, width)
    return "\n".join(join_cells(row, widths, table.headings) for row in rows)


def text_width(table: Table) -> int:
    """How wide it is on a terminal where nothing is cropped."""
    titles = [heading.title or heading.key for heading in table.headings]
    columns = zip(titles, *table.texts(), strict=True)
    return sum(max(map(cell_width, column)) for column in columns) + 2 * (len(titles) - 1)


def narrow(
    widths: Sequence[int], least: Sequence[int], crops: Sequence[bool], width: int | None
) -> list[int]:
    """The columns on lines of this width, if they can give so much: the widest that may first, none below its
    least width."""
    found = list(widths)
    while width and sum(found) + 2 * (len(found) - 1) > width:
        giving = [at for at, may in enumerate(crops) if may and found[at] > least[at]]
        if not giving:
            break
        found[max(giving, key=found.__getitem__)] -= 1
    return found


def join_cells(row: Sequence[str], widths: Sequence[int], headings: Sequence[Heading]) -> str:
    padded = [
        pad(shorten(cell, width), width, heading.align)
        for cell, width, heading in zip(row, widths, headings, strict=True)
    ]
    return "  ".join(padded).rstrip()


FORMATS: dict[str, Callable[[Table], str]] = {
    "table": as_text,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}


def render(table: Table, how: str, width: int | None = None) -> str:
    """The table in one of the FORMATS; `width` is that of the terminal, None for a pipe."""
    if how not in FORMATS:
        raise unknown_format(how, FORMATS)
    return as_text(table, width) if how == "table" else FORMATS[how](table)
