"""Ids of rows: given when a row is written, and to rows that were typed in a spreadsheet without one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from prt.files.csv.edit import add_columns, edited_row_text, rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.project import Year
from prt.files.store.staging import stage
from prt.model.columns import LogRecord
from prt.model.columns import Record as Model
from prt.model.ids import Draw, new_ids
from prt.model.records import LOGS


def with_ids(
    model: type[Model], rows: Sequence[Mapping[str, str]], file: CsvFile, draw: Draw
) -> list[dict[str, str]]:
    """The rows of a log, each with an id; a person or an organisation comes with its own."""
    if not issubclass(model, LogRecord):
        return [dict(row) for row in rows]
    taken = {*file.column("id"), *filter(None, (row.get("id") for row in rows))}
    without = [row for row in rows if not row.get("id")]
    drawn = iter(new_ids(model.prefix, list(map(row_day, without)), taken, draw))
    return [{**row, "id": row.get("id") or next(drawn)} for row in rows]


def row_day(row: Mapping[str, str]) -> dt.date | None:
    """The date of a row, which its id has; that of its session's id where it has none of its own (feedback).

    Raises ValueError for what is no date.
    """
    if day := row.get("date"):
        return dt.date.fromisoformat(day.strip())
    found = re.search("-([0-9]{8})-", row.get("session", ""))
    return dt.date.fromisoformat(found[1]) if found else None


def fill_ids(year: Year, when: dt.datetime, draw: Draw) -> list[tuple[str, int]]:
    """(file, how many rows got an id) of each log that had such rows; no other byte changes."""
    found = []
    with stage(year.project, "prt check --fill-ids", when):
        for log, model in LOGS.items():
            file = file_with_ids(year, log)
            lines = {
                record.line: edited_row_text(file, record, {"id": name})
                for record, name in drawn_ids(file, model, draw)
            }
            if lines:
                rewrite(file, lines)
                found.append((file.shown, len(lines)))
    return found


def file_with_ids(year: Year, log: str) -> CsvFile:
    """The file of a log, which has the column of ids from now on."""
    file = year.read_table(log)
    if log not in LOGS or not file.records or not file.head or "id" in file.header:
        return file
    add_columns(file, ["id"])
    return year.read_table(log)


def drawn_ids(file: CsvFile, model: type[LogRecord], draw: Draw) -> Iterable[tuple[Record, str]]:
    """Each record without an id, and one for it."""
    records = [record for record in file.records if not file.cell(record, "id").strip()]
    days = [row_day_or_none(file, record) for record in records]
    return zip(records, new_ids(model.prefix, days, set(file.column("id")), draw), strict=True)


def row_day_or_none(file: CsvFile, record: Record) -> dt.date | None:
    """The date of a row; nothing where it has a mistake, which is named elsewhere."""
    try:
        return row_day(file.cells(record))
    except ValueError:
        return None
