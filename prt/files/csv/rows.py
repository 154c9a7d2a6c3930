"""A CSV file as rows of a log: every distinct text is converted once, and mistakes are gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from types import NoneType
from typing import Any

from prt.files.csv.reader import CsvFile, Record, Texts
from prt.model.cells import ExactCell, Known, TextCell
from prt.model.columns import Column, LogRecord
from prt.model.columns import Record as Model
from prt.model.rows import Row
from prt.problems import MOST_ALIKE, Finding, Gathered, Mistake, Place, Problem, PrtError, errors
from prt.text import before_more, compose_accents, did_you_mean


def read_rows(model: type[Model], file: CsvFile, known: Known) -> tuple[list[Row], list[Problem]]:
    """The rows without errors, in the order of the file, and every problem of the file.

    A row with an error is left out; a row without id counts and is warned of.
    """
    if not file.header:
        return [], list(file.problems)
    columns, found = model.columns(), Gathered(file.shown, silent=file.marked)
    found.take(column_mistakes(model, file))
    if any(column.essential and column.name not in file.header for column in columns):
        return [], [*file.problems, *found.told]
    texts, starts = file.texts, file.starts
    values = [convert_column(column, texts.get(column.name), len(starts), known) for column in columns]
    found.take(cell_mistakes(columns, values, file))
    found.take(empty_since(columns, values, starts))
    rows = list(map(Row, repeat(model), repeat(file.shown), starts, zip(*values, strict=True)))
    if found.wrong:
        rows = [row for row in rows if row.line not in found.wrong]
    if model.has_mistakes():
        found.take(Finding(row.line, one, path=name) for row in rows for name, one in model.mistakes(row))
    if issubclass(model, LogRecord):
        found.take(id_mistakes(values[0], starts))
    good = [row for row in rows if row.line not in found.wrong] if found.wrong else rows
    return good, [*file.problems, *found.told, *found.counted()]


def read_written(
    model: type[Model], shown: str, lines: Sequence[int], cells: Mapping[str, Sequence[str]], known: Known
) -> list[Row]:
    """Rows that were checked and are written on these lines, as `read_rows` reads them from the file."""
    texts = {name: Texts(some) for name, some in cells.items()}
    columns = [convert_column(one, texts.get(one.name), len(lines), known) for one in model.columns()]
    return list(map(Row, repeat(model), repeat(shown), lines, zip(*columns, strict=True)))


class ColumnReader(dict[str, Any]):
    """Text → value of one column; a text is read once for a project, and an unreadable one is its Mistake."""

    def __init__(self, column: Column, known: Known) -> None:
        super().__init__({"": column.empty})
        self.column = column
        self.known = known
        self.failed = False

    def __missing__(self, text: str) -> Any:
        value: Any = self.column.empty
        if plain := text.strip():
            try:
                value = self.column.cell.read(plain, self.known, self.column.name)
            except Mistake as mistake:
                self.failed, value = True, mistake
        self[text] = value
        return value


class ColumnValues(list[Any]):
    """The values of one column; `failed` where some are Mistakes or a required one is empty."""

    failed = False

    def of_rows(self, texts: Texts) -> ColumnValues:
        """For each row, where these are of the texts of a column, each once."""
        found = ColumnValues(texts.spread(self))
        found.failed = self.failed
        return found


def convert_column(column: Column, found: Texts | None, length: int, known: Known) -> ColumnValues:
    """A value, or a Mistake, for each row; what is empty where the file has no such column."""
    empty = column.empty
    if found is None:
        return ColumnValues([empty] * length)
    texts = found.texts
    if type(column.cell) in (TextCell, ExactCell):  # most texts are of one row only, and all can be read
        values = ColumnValues([text.strip() or empty for text in texts])
        if type(column.cell) is TextCell and not "".join(texts).isascii():
            values = ColumnValues([text and compose_accents(text) for text in values])
        values.failed = column.essential and None in values
    else:
        reading = known.read.setdefault(column, ColumnReader(column, known))
        values = ColumnValues(map(reading.__getitem__, texts))
        values.failed = reading.failed or (column.essential and NoneType in map(type, values))
    return values if found.places is None else values.of_rows(found)


def column_mistakes(model: type[Model], file: CsvFile) -> Iterator[Finding]:
    names = model.header()
    absent = [name for name in names if name not in file.header]
    unknown = [name for name in file.header if name and name not in names]
    missing = [one.name for one in model.columns() if one.essential and one.name in absent]
    line = file.head.line if (unknown or missing) and file.head else 1
    for name in unknown[:MOST_ALIKE]:
        if not absent and issubclass(model, LogRecord):  # it can be no other name of a column of this log
            rows = sum(map(bool, map(str.strip, file.column(name))))
            mistake = Mistake("column_of_no_plan", column=name, log=model.log, rows=rows)
            yield Finding(line, mistake, "warning", value=name)
            continue
        hint, columns = before_more(did_you_mean(name, absent)), ", ".join(names)
        mistake = Mistake("unknown_column", column=name, log=model.log, hint=hint, columns=columns)
        yield Finding(line, mistake, value=name)
    if more := len(unknown[MOST_ALIKE:]):
        yield Finding(line, Mistake("more_columns_unknown", number=more, log=model.log))
    for name in missing:
        yield Finding(line, Mistake("column_missing", column=name))


def cell_mistakes(
    columns: Sequence[Column], table: Sequence[ColumnValues], file: CsvFile
) -> Iterator[Finding]:
    """Cells that cannot be read, and cells missing that every row needs."""
    for column, values in zip(columns, table, strict=True):
        if values.failed:
            at, missing = file.header.index(column.name), missing_mistake(column)
            for record, value in zip(file.records, values, strict=True):
                if isinstance(value, Mistake):
                    yield Finding(record.line, value, path=column.name, value=record.cells[at])
                elif value is None and column.essential:
                    yield Finding(record.line, missing, path=column.name)


def empty_since(
    columns: Sequence[Column], table: Sequence[ColumnValues], starts: Sequence[int]
) -> Iterator[Finding]:
    """Cells missing of a column that the plan has added, in rows below the first that has one: rows from
    before may lack it."""
    for column, values in zip(columns, table, strict=True):
        if column.required and not column.essential:
            first = next((at for at, value in enumerate(values) if value is not None), len(values))
            empty = Mistake("own_value_missing", column=column.name, option=column.option)
            for at in range(first, len(values)):
                if values[at] is None:
                    yield Finding(starts[at], empty, "warning", column.name)


def missing_mistake(column: Column) -> Mistake:
    wanted, description = column.cell.says, column.description
    return Mistake("value_missing", column=column.name, wanted=wanted, description=description)


def id_mistakes(ids: Sequence[str | None], lines: Sequence[int]) -> Iterator[Finding]:
    """A doubled id is an error of the later row: it may be the same thing counted twice.

    Capitals tell no two ids apart: neither spreadsheets nor people see them.
    """
    if all(ids) and len({*map(str.casefold, filter(None, ids))}) == len(ids):  # as nearly always
        return
    seen: dict[str, int] = {}
    without = Mistake("row_without_id")
    for name, line in zip(ids, lines, strict=True):
        if not name:
            yield Finding(line, without, "warning", "id")
        elif (first := seen.setdefault(name.casefold(), line)) != line:
            mistake = Mistake("id_repeated", id=name, line=first)
            yield Finding(line, mistake, path="id", value=name)


def unread_rows(model: type[Model], file: CsvFile, rows: Sequence[Row]) -> dict[str, Place]:
    """Where the rows with an error stand, by id; the file itself, by "", where none of it can be read."""
    if len(rows) == len(file.starts) and not errors(file.problems):
        return {}
    read = {row.line for row in rows}
    ids = file.column(model.id_column)
    lines = [
        (name, record.line)
        for name, record in zip(ids, file.records, strict=False)
        if name and record.line not in read
    ]
    for problem in errors(file.problems):
        lines += [
            (name, problem.where.line)
            for name in unreadable_ids(file, problem.where.line, model.id_column)
            if name or not file.records
        ]
    return {name: Place(file.shown, line) for name, line in reversed(lines)}


def unreadable_ids(file: CsvFile, line: int, column: str) -> Iterator[str]:
    """The id of the row on a line that has an error; an empty one where the error is of the whole file."""
    if line <= (file.head.line if file.head else 0) or not file.header:
        yield ""
    elif column in file.header and line <= len(file.lines):
        cells = file.lines[line - 1].split(file.dialect.delimiter)  # an id has none
        yield from (cell.strip(' "') for cell in cells[file.header.index(column) :][:1])


def refuse_marked(file: CsvFile, lines: Iterable[int]) -> None:
    """PrtError where a row is between the marks of git: it may be there twice, and which is right is open."""
    if marked := sorted(file.marked.intersection(lines)):
        raise PrtError(Problem.of(Place(file.shown, marked[0]), Mistake("row_between_marks")))


def find_record(
    file: CsvFile, model: type[Model], row: str, match: Mapping[str, str] | None = None
) -> Record:
    """The one record with this id, and with these cells; refused where there are several."""
    wanted = {model.id_column: row, **(match or {})}
    found = [
        record
        for record in file.records
        if all(file.cell(record, name).strip() == text for name, text in wanted.items())
    ]
    if len(found) == 1:
        return found[0]
    mistake = Mistake("no_row_of_id", id=row)
    refuse_marked(file, (record.line for record in found))
    if found:
        lines = ", ".join(str(record.line) for record in found)
        mistake = Mistake("id_of_several_rows", id=row, lines=lines)
    raise PrtError(Problem.of(Place(file.shown), mistake))
