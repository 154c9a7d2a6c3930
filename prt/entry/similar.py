"""The earlier row that a new one is like, and what the new one may take from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from prt.figures.doubles import agree_in
from prt.model.columns import LogRecord
from prt.model.rows import Row
from prt.text import fold_text

SAME_TITLE = 0.8
"""How much of two titles must agree that may be the same workshop given again."""


def similar_row(model: type[LogRecord], rows: Iterable[Row], values: Mapping[str, Any]) -> Row | None:
    """The newest row of the same line, kind or organisation, of what comes later only where nothing else is;
    one with nearly the same title before others.

    `values` are those of the new row that are known by now. None where one of the columns that must agree is
    not known yet, or the log has none.
    """
    names = model.similar
    if not names or any(values.get(name) is None for name in names):
        return None
    like = [row for row in rows if all(row[name] == values[name] for name in names)]
    title = str(values.get(model.title_column) or "")
    named = [row for row in like if has_title(row, title)]
    last = values.get("date") or dt.date.max
    return max(named or like, key=lambda row: (row["date"] <= last, row["date"], row.line), default=None)


def has_title(row: Row, title: str) -> bool:
    """Has it nearly this title?"""
    folded = fold_text(title)
    return bool(folded) and agree_in(fold_text(str(row[row.model.title_column] or "")), folded, SAME_TITLE)


def repeated_cells(row: Row, title: str) -> dict[str, str]:
    """The cells that a new row of this title may take from this one, as they are written; none that are empty
    here."""
    model = row.model
    assert issubclass(model, LogRecord)
    names = (*model.repeated, *(model.repeated_if_titled if has_title(row, title) else ()))
    return written_cells(row, names)


def offered_cells(row: Row, title: str) -> dict[str, str]:
    """The cells that stand in brackets where a new row of this title is like this one."""
    model = row.model
    assert issubclass(model, LogRecord)
    return written_cells(row, model.offered_if_titled if has_title(row, title) else ())


def written_cells(row: Row, names: Iterable[str]) -> dict[str, str]:
    columns = ((name, row.model.column_named(name)) for name in names)
    return {name: column.cell.write(row[name]) for name, column in columns if column and row[name]}
