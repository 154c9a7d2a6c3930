"""`prt check --fix`: what is certain is put right in one action, which `prt undo` takes back whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from prt.files.csv.dialect import MARKS, NEW_FILES
from prt.files.csv.edit import edited_row_text, rewrite
from prt.files.csv.repairs import TableRepairs, repairs_of
from prt.files.project import Year, table_model
from prt.files.store.disk import write_atomic
from prt.files.store.row_ids import drawn_ids, file_with_ids
from prt.files.store.store import Action, file_mode
from prt.model.columns import LogRecord
from prt.model.records import LOGS, ROSTERS, NameRecord

WHY = "prt check --fix: {}"


def find_repairs(year: Year) -> list[TableRepairs]:
    """What is certain, in each table that people write in programs of their own, and where something is
    although rows cannot be told apart."""
    found = (repairs_in(year, table) for table in (*LOGS, *ROSTERS, NameRecord.log))
    return [one for one in found if one.anything or one.doubled]


def repairs_in(year: Year, table: str) -> TableRepairs:
    days = year.plan.window if table in LOGS else None
    known = year.known.at(table) if table in LOGS else year.known
    return repairs_of(table, table_model(year.plan, table), year.read_table(table), known, days)


def put_right(action: Action, repairs: Sequence[TableRepairs]) -> None:
    """Everything that was found, if the files are as they were; `action` has the lock."""
    action.refuse_changed(*(one.file for one in repairs))
    for one in (one for one in repairs if one.anything):
        if one.table == NameRecord.log:
            action.lock_private()
        if one.shape:
            reshape(action, one)
        for why, cells in groupby(sorted(repairs_in(action.year, one.table).cells, key=WHY_OF), key=WHY_OF):
            changes: dict[str, dict[str, str]] = {}
            for cell in cells:
                changes.setdefault(cell.row, {})[cell.column] = cell.new
            action.edit_all(one.table, changes, WHY.format(why))


WHY_OF = attrgetter("why")


def reshape(action: Action, repairs: TableRepairs) -> None:
    """Ids for rows that have none, the line ends of the header, the mark for Excel; no other cell changes."""
    table, ends = repairs.table, dict(repairs.ends)
    file, model = file_with_ids(action.year, table), table_model(action.year.plan, table)
    texts, given = dict[int, str](), list[str]()
    for record, name in drawn_ids(file, model, action.draw) if issubclass(model, LogRecord) else ():
        texts[record.line] = edited_row_text(file, record, {"id": name})
        given.append(name)
    for record in file.records if ends else ():
        if record.line in ends:
            text = texts.get(record.line) or "".join(file.text(record))
            texts[record.line] = text.rstrip("\r\n") + file.dialect.newline
    step = action.step(
        "reshaped", table, [(name, {}) for name in given], mark=repairs.mark, breaks=list(ends.items()),
        lines=len(file.lines),
    )  # fmt: skip
    action.remember([step])
    if texts:
        rewrite(file, texts)
    if repairs.mark:
        file = action.year.read_table(table)
        write_atomic(file.path, MARKS[NEW_FILES] + file.raw, file.shown, file_mode(table), file.raw)
