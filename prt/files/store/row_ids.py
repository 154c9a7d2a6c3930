"""Ids of rows: given when a row is written, and to rows that were typed in a spreadsheet without one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from prt.files.csv.edit import CellColumns, add_columns, edited_row_text, rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.project import Year
from prt.files.store.staging import stage
from prt.model.columns import LogRecord
from prt.model.columns import Record as Model
from prt.model.ids import Draw, new_ids
from prt.model.records import LOGS


def with_ids(model: type[Model], columns: CellColumns, file: CsvFile, draw: Draw) -> dict[str, Sequence[str]]:
    """The rows of a log, each with an id; a person or an organisation comes with its own."""
    if not issubclass(model, LogRecord):
        return dict(columns)
    blank = [""] * max(map(len, columns.values()), default=0)
    own, dates, sessions = (columns.get(name, blank) for name in ("id", "date", "session"))
    taken = TextsIn(file) if len(blank) == 1 else {*file.column("id"), *filter(None, own)}
    every = zip(own, dates, sessions, strict=True)
    days = [row_day(day, session) for name, day, session in every if not name]
    drawn = iter(new_ids(model.prefix, days, taken, draw))
    return {**columns, "id": [name or next(drawn) for name in own]}


class TextsIn(Container[str]):
    """All texts that stand anywhere in a file. Whether one does, its bytes tell, of which no row is read."""

    def __init__(self, file: CsvFile) -> None:
        self.file = file

    def __contains__(self, text: object) -> bool:
        return self.file.dialect.encode(str(text)) in self.file.raw


@lru_cache(maxsize=1000)
def row_day(date: str, session: str) -> dt.date | None:
    """The date of a row, which its id has; that of its session's id where it has none of its own (feedback).

    Raises ValueError for what is no date.
    """
    if date:
        return dt.date.fromisoformat(date.strip())
    found = re.search("-([0-9]{8})-", session)
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
        return row_day(file.cell(record, "date"), file.cell(record, "session"))
    except ValueError:
        return None
