"""The one way rows are written: added, edited and removed, so that nothing entered is ever lost.

An action writes the rows, what corrections.csv keeps of them and what `prt undo` needs, all of it or nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import repeat

from prt.files.csv.edit import (
    CellColumns,
    append_rows,
    append_table,
    by_columns,
    change_rows,
    decimal_comma,
    edited_row_text,
    refuse_row,
    widen_table,
)
from prt.files.csv.reader import CsvFile, Record
from prt.files.csv.rows import find_record, read_written
from prt.files.project import Year, table_model
from prt.files.provenance import PRIVATE
from prt.files.store import undo_log
from prt.files.store.disk import ANYONE, OWNER_FILE, digest_of, write_atomic
from prt.files.store.journal import hold_private_lock
from prt.files.store.refusals import changed_meanwhile
from prt.files.store.row_ids import with_ids
from prt.files.store.staging import stage
from prt.files.store.undo_log import PLAN, Step
from prt.model.cells import HoursCell, NumberCell
from prt.model.columns import Record as Model
from prt.model.ids import Draw, new_id
from prt.model.records import LOGS, ROSTERS, Correction, NameRecord
from prt.model.rows import Row
from prt.problems import Place
from prt.values import NamedTuple

UNDATED = dt.datetime.min
"""When a new project is filled: where that is cut off, nobody asks when it was begun."""


class WrittenRow(NamedTuple):
    """A row and where it stands."""

    id: str
    file: str
    line: int

    @property
    def place(self) -> Place:
        return Place(self.file, self.line)


class WrittenTable(NamedTuple):
    """Rows that were written together, and where they stand."""

    ids: Sequence[str]
    file: str
    lines: Sequence[int]

    def rows(self) -> list[WrittenRow]:
        return [*map(WrittenRow, self.ids, repeat(self.file), self.lines)]


def file_mode(log: str) -> int:
    return OWNER_FILE if log in PRIVATE else ANYONE


def decimal_columns(model: type[Model]) -> frozenset[str]:
    """The columns that a file with a decimal comma writes with one."""
    return frozenset(one.name for one in model.columns() if isinstance(one.cell, (HoursCell, NumberCell)))


def append_written(file: CsvFile, model: type[Model], columns: CellColumns) -> WrittenTable:
    """Rows that have their ids, added to the file that was just read."""
    lines = append_table(
        file.path,
        file.shown,
        model.header(),
        columns,
        numeric=decimal_columns(model),
        known=file,
        mode=file_mode(model.log),
    )
    return WrittenTable(columns[model.id_column], file.shown, lines)


def add_rows(year: Year, log: str, rows: Sequence[Mapping[str, str]], draw: Draw) -> list[WrittenRow]:
    """Many rows at once, all of them or none, without a way back: what a new project begins with.

    `rows` are cells as they are written (`checked(…).cells`), without ids.
    """
    with stage(year.project, "a new project", UNDATED):
        file = year.read_table(log)
        model = table_model(year.plan, log)
        columns = with_ids(model, by_columns(rows, model.header()), file, draw)
        return append_written(file, model, columns).rows()


def cell_as_written(file: CsvFile, model: type[Model], name: str, text: str) -> str:
    """The text of a cell as this file writes its numbers."""
    return decimal_comma(text) if file.dialect.decimal_comma and name in decimal_columns(model) else text


class Action:
    """What one command changes: one lock, one entry of `prt undo`, however many rows."""

    def __init__(
        self, year: Year, who: str, when: dt.datetime, draw: Draw, locks: ExitStack, *, private: bool = False
    ) -> None:
        self.year = year
        self.locks = locks
        self.who = who
        self.when = when
        self.draw = draw
        self.number = new_id("u", when.date(), (), draw)
        self.corrected: set[str] = set()
        self.has_private = private
        self.undoable = True  # until a step of it could not be noted
        self.only_adds = True  # until a row that is there becomes another one, or there is somebody new
        self.added: list[tuple[str, CellColumns, WrittenTable]] = []

    def of_year(self, year: Year) -> Action:
        """The same action in another plan year: whoever writes in several needs the corrections of each."""
        return Action(year, self.who, self.when, self.draw, self.locks, private=self.has_private)

    def add(self, log: str, rows: Sequence[Mapping[str, str]]) -> list[WrittenRow]:
        """Rows of cells as they are written; ids are given here. On the disk when the action is complete."""
        return self.add_table(log, by_columns(rows, table_model(self.year.plan, log).header())).rows()

    def add_table(self, log: str, columns: CellColumns) -> WrittenTable:
        """Add rows whose cells stand by column; ids are given here, as in `add`."""
        if log in PRIVATE:
            self.lock_private()
        model = table_model(self.year.plan, log)
        file = self.table_with(log, [name for name, texts in columns.items() if any(texts)])
        named = with_ids(model, columns, file, self.draw)
        marks = undo_log.column_marks(log, named)
        added = list(named[model.id_column])
        self.remember([self.step("added", log, added, marks=marks, size=len(file.raw))])
        written = append_written(file, model, named)
        self.added.append((log, named, written))
        return written

    def table_with(self, log: str, names: Iterable[str]) -> CsvFile:
        """The table of a log, which has from now on those of its columns that are filled; one that lacks a
        column of every row is no table of this log."""
        filled, model = {*names}, table_model(self.year.plan, log)
        columns = [one.name for one in model.columns() if one.name in filled and not one.essential]
        return widen_table(self.year.read_table(log), columns)

    def year_after(self, now: Year, logs: Collection[str]) -> Year:
        """The plan year as it is `now` with what was written: where rows of logs were only added, they are
        read from their cells, and else its files are read."""
        return now.plus(*self.added_rows(now)) if self.only_adds else now.again(logs)

    def added_rows(self, now: Year) -> Iterator[Row]:
        """The rows of logs that were added, as they stand in their files."""
        for log, cells, written in self.added:
            if log in LOGS:
                model, known = table_model(now.plan, log), now.known.at(log)
                yield from read_written(model, written.file, written.lines, cells, known)

    def restore(self, log: str, row: Mapping[str, str], why: str) -> WrittenRow:
        """A row that was removed is there again, under its id."""
        file, model = self.year.read_table(log), table_model(self.year.plan, log)
        self.correct(log, [self.correction("restored", file, row[model.id_column], why)])
        return self.add(log, [row])[0]

    def edit(
        self,
        log: str,
        row: str,
        changes: Mapping[str, str],
        why: str,
        match: Mapping[str, str] | None = None,
    ) -> tuple[WrittenRow, list[dict[str, str]]]:
        """Other texts in some cells of one row; an empty text empties. Returns what was corrected too."""
        file = self.table_with(log, (name for name, text in changes.items() if text))
        record = find_record(file, table_model(self.year.plan, log), row, match)
        new, notes = self.change(log, file, record, changes, why)
        if notes:
            self.remember([self.edited_step(log, file, record, new, notes)])
            self.correct(log, notes)
            change_rows(file, {record.line: edited_row_text(file, record, new)})
        return WrittenRow(row, file.shown, record.line), notes

    def edit_all(self, log: str, changes: Mapping[str, Mapping[str, str]], why: str) -> None:
        """Other texts in cells of many rows, by their ids, in one rewrite; each is undone as one edit."""
        file = self.table_with(log, (name for one in changes.values() for name, text in one.items() if text))
        model = table_model(self.year.plan, log)
        texts, notes, steps = {}, list[dict[str, str]](), list[Step]()
        for record, wanted in zip(find_records(file, model, list(changes)), changes.values(), strict=True):
            new, found = self.change(log, file, record, wanted, why)
            if found:
                notes += found
                steps.append(self.edited_step(log, file, record, new, found))
            texts[record.line] = edited_row_text(file, record, new)
        if notes:
            self.remember(steps)
            self.correct(log, notes)
            change_rows(file, texts)

    def change(
        self, log: str, file: CsvFile, record: Record, changes: Mapping[str, str], why: str
    ) -> tuple[dict[str, str], list[dict[str, str]]]:
        """The cells of a record that become others, and their corrections."""
        refuse_row(file, file.header, changes)
        model = table_model(self.year.plan, log)
        texts = {name: cell_as_written(file, model, name, text) for name, text in changes.items()}
        new = {name: text for name, text in texts.items() if text != file.cell(record, name).strip()}
        row = file.cell(record, model.id_column).strip()
        notes = [
            self.correction("edited", file, row, why, column=name, old=file.cell(record, name), new=text)
            for name, text in new.items()
        ]
        return new, notes

    def edited_step(
        self,
        log: str,
        file: CsvFile,
        record: Record,
        new: Mapping[str, str],
        notes: Sequence[Mapping[str, str]],
    ) -> Step:
        """What undo needs of a record with new cells."""
        row = file.cell(record, table_model(self.year.plan, log).id_column).strip()
        marks = undo_log.cell_marks(log, {**file.cells(record), **new})
        numbers, encoding = [note["id"] for note in notes], file.dialect.encoding
        return self.step("edited", log, [(row, marks)], corrections=numbers, encoding=encoding)

    def remove(self, log: str, rows: Sequence[str], why: str) -> list[WrittenRow]:
        """Rows taken out; corrections.csv keeps their lines."""
        file, model = self.year.read_table(log), table_model(self.year.plan, log)
        records = find_records(file, model, rows)
        notes = [
            self.correction("removed", file, row, why, old=file.text(record)[0])
            for row, record in zip(rows, records, strict=True)
        ]
        above = {one.line: file.records[at - 1] if at else None for at, one in enumerate(file.records)}
        before = [position_of(file, model, record, above[record.line]) for record in records]
        ends = [file.text(record)[1] for record in records]
        step = self.step(
            "removed", log, [(row, {}) for row in rows], corrections=[note["id"] for note in notes],
            encoding=file.dialect.encoding, before=before, ends=ends, header=file.header,
        )  # fmt: skip
        self.remember([step])
        self.correct(log, notes)
        change_rows(file, {record.line: None for record in records})
        return [WrittenRow(row, file.shown, record.line) for row, record in zip(rows, records, strict=True)]

    def extend_plan(self, before: bytes, after: bytes, at: int, size: int, handle: str) -> None:
        """Write the plan of the year: `size` bytes at `at` are new, all others are those of `before`."""
        path, project = self.year.path, self.year.project
        if project.cache.read_bytes(path) != before:
            raise changed_meanwhile(project.shown(path))
        mark = digest_of(after[at : at + size])
        self.remember(
            [self.step("extended", PLAN, [(handle, {})], at=at, size=size, whole=len(after), mark=mark)]
        )
        write_atomic(path, after, project.shown(path), known=before)
        project.plans.pop(path, None)

    def correction(self, action: str, file: CsvFile, row: str, why: str, **more: str) -> dict[str, str]:
        """A row of corrections.csv."""
        if not self.corrected:
            self.corrected = self.known_corrections()
        note = {
            "id": new_id(Correction.prefix, self.when.date(), self.corrected, self.draw),
            "when": self.when.isoformat(),
        }
        self.corrected.add(note["id"])
        return note | {"who": self.who, "action": action, "file": file.shown, "row": row, "why": why} | more

    def known_corrections(self) -> set[str]:
        """The ids of corrections that were drawn before, here and in the private folder."""
        paths = (self.year.corrections_path, self.year.corrections_path_of(NameRecord.log))
        return {one for path in paths for one in self.year.project.read_csv(path).column("id")}

    def correct(self, log: str, notes: Sequence[Mapping[str, str]]) -> None:
        """Old values of rows of this log."""
        path = self.year.corrections_path_of(log)
        if notes:
            shown = self.year.project.shown(path)
            known = self.year.project.read_csv(path)
            append_rows(path, shown, Correction.header(), notes, known=known, mode=file_mode(log))

    def refuse_changed(self, *tables: CsvFile) -> None:
        """PrtError where a table is not as it was read: what was made of it may not fit any more."""
        for read in tables:
            if self.year.project.read_csv(read.path).raw != read.raw:
                raise changed_meanwhile(read.shown)

    def lock_private(self) -> None:
        """A private folder that several laptops share has one writer until the action is complete."""
        if not self.has_private:
            self.locks.enter_context(hold_private_lock(self.year.project))
            self.has_private = True

    def step(self, step: str, log: str, rows: Sequence[object], **more: object) -> Step:
        """What undo needs to know of rows that were added, edited or removed."""
        begins = {
            "action": self.number,
            "who": self.who,
            "when": f"{self.when:%Y-%m-%dT%H:%M}",
            "year": self.year.plan.year,
            "step": step,
            "log": log,
        }
        return {**begins, "rows": rows, **more}

    def remember(self, steps: Sequence[Step]) -> None:
        """Note steps for undo; of an action of which one could not be noted, none."""
        self.only_adds &= all(one["step"] == "added" and one["log"] not in ROSTERS for one in steps)
        if self.undoable:
            self.undoable = undo_log.note_steps(self.year.project.root, steps)


def find_records(file: CsvFile, model: type[Model], rows: Sequence[str]) -> list[Record]:
    """The one record of each id; refused where there are several, or none."""
    ids = file.column(model.id_column)
    number, known = Counter(ids), dict(zip(ids, file.records, strict=False))
    return [known[row] if number[row] == 1 else find_record(file, model, row) for row in rows]


def position_of(
    file: CsvFile, model: type[Model], record: Record, above: Record | None
) -> tuple[str, int, int]:
    """The row above this one, by its id and by its line (none and 0 where it is the first), and how many
    lines that are no rows stand between: empty ones, which a spreadsheet leaves."""
    end = above.end if above else file.head.end if file.head else record.line
    name = file.cell(above, model.id_column).strip() if above else ""
    return name, above.line if above else 0, record.line - end


@contextmanager
def start_action(
    year: Year,
    who: str | None,
    when: dt.datetime,
    draw: Draw,
    doing: str = "prt",
    *,
    keep: bool = True,
    private: bool = False,
) -> Iterator[Action]:
    """The one writer of this project for a while: what the action writes is there at its end, all or none.

    `doing` is what is said of it where it is cut off; see `stage` for the others.
    """
    with stage(year.project, doing, when, keep=keep, private=private) as locks:
        yield Action(year, who or "", when, draw, locks, private=private)
