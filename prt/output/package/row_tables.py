"""The rows of each log, with the day that each counts on and why it counts in nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from prt.model.columns import Column, LogRecord
from prt.model.rows import Row
from prt.model.view import is_held
from prt.output.package.data_table import DataField, DataTable, ForeignKey, table_name, type_of
from prt.output.package.team_edition import TeamEdition

ROW_ID = DataField("id", "string", "Id of the row")
PLACED = (
    DataField("day", "date", "Day it counts on, inside the plan year"),
    DataField("left_out", "string", "Why it counts in no figure: staff, short, planned, cancelled, after"),
)


def row_tables(edition: TeamEdition) -> Iterator[DataTable]:
    """A table for each log; its columns of several values once more with a line for each value."""
    for model in edition.logs:
        columns = edition.columns(model)
        rows = edition.evaluation.data.logs[model.log]
        path = f"rows/{model.log}.csv"
        yield DataTable(
            path,
            (ROW_ID, *(DataField(one.name, type_of(one.cell), one.description) for one in columns), *PLACED),
            [line_of(edition, row, columns) for row in rows],
            ("id",),
            foreign_keys(model),
        )
        for column in columns:
            if column.cell.many:
                yield values_table(edition, path, column, rows)


def line_of(edition: TeamEdition, row: Row, columns: list[Column]) -> list[Any]:
    values = [edition.value(row, one) for one in columns]
    return [row.name, *values, row.day, reason_left_out(row, edition.evaluation.cut_off)]


def reason_left_out(row: Row, cut_off: dt.date) -> str | None:
    """Why figures to date do not count the row, unless one asks for its very status."""
    if row.left_out:
        return row.left_out
    if not is_held(row):
        return str((row.session or row)["status"])
    return "after" if row.day > cut_off else None


def foreign_keys(model: type[LogRecord]) -> tuple[ForeignKey, ...]:
    """Rows of sessions name theirs; other ids may be of a row that is not there."""
    return (ForeignKey("session", table_name(f"rows/{model.parent}.csv"), "id"),) if model.parent else ()


def values_table(edition: TeamEdition, path: str, column: Column, rows: Any) -> DataTable:
    lines = [(row.name, value) for row in rows for value in edition.value(row, column) or ()]
    of_row = ForeignKey("id", table_name(path), "id")
    fields = (ROW_ID, DataField("value", "string", column.description))
    return DataTable(path.replace(".csv", f"_{column.name}.csv"), fields, lines, ("id", "value"), (of_row,))
