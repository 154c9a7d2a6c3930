"""`prt check --fill-ids`: an id for every row that was typed in a spreadsheet without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prt.files.csv.edit import add_columns, rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.project import Year
from prt.files.store.disk import locked
from prt.files.store.store import cell_of, cells, column_of, day_of, edited_text, read
from prt.model.ids import Draw, new_id
from prt.model.records import LOGS, LogRecord


def fill_ids(year: Year, draw: Draw) -> Iterator[tuple[str, int]]:
    """(file, how many rows got an id) of each log that had such rows; no other byte changes."""
    with locked(year.project.root):
        for log, model in LOGS.items():
            file = read(year, log)
            if file.records and file.head and "id" not in file.header:
                add_columns(file, ["id"])
                file = read(year, log)
            lines = dict(with_id(file, model, draw))
            if lines:
                rewrite(file, lines)
                yield file.shown, len(lines)


def with_id(file: CsvFile, model: type[LogRecord], draw: Draw) -> Iterator[tuple[int, str]]:
    """The line of each record without an id, and its text with one."""
    taken = set(column_of(file, "id"))
    for record in file.records:
        if not cell_of(file, record, "id").strip():
            found = new_id(model.prefix, day_or_none(file, record), taken, draw)
            taken.add(found)
            yield record.line, edited_text(file, record, {"id": found})


def day_or_none(file: CsvFile, record: Record) -> dt.date | None:
    """The date of a row; nothing where it has a mistake, which is named elsewhere."""
    try:
        return day_of(cells(file, record))
    except ValueError:
        return None
