"""A CSV file as rows of a log: every distinct text is converted once, and mistakes are gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prt.files.csv.reader import MOST_NAMED, CsvFile, Record
from prt.model.cells import Known
from prt.model.columns import Column, LogRecord
from prt.model.columns import Record as Model
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem
from prt.text import before_more, did_you_mean


def read_rows(model: type[Model], file: CsvFile, known: Known) -> tuple[list[Row], list[Problem]]:
    """The rows without errors, in the order of the file, and every problem of the file.

    A row with an error is left out; a row without id counts and is warned of.
    """
    if not file.header:
        return [], list(file.problems)
    problems = [*file.problems, *header_problems(model, file)]
    if any(column.required and column.name not in file.header for column in model.columns()):
        return [], problems
    table = [record.cells for record in file.records]
    cells = dict(zip(file.header, zip(*table, strict=True), strict=True)) if table else {}
    columns = [
        convert_column(column, cells.get(column.name), len(table), known) for column in model.columns()
    ]
    rows = [
        Row(model, file.shown, record.line, values)
        for record, values in zip(file.records, zip(*columns, strict=True), strict=True)
    ]
    found = list(row_problems(model, rows, columns, file.records, file.header))
    wrong = {problem.where.line for problem in found if problem.severity == "error"}
    return [row for row in rows if row.line not in wrong], problems + found


class ColumnReader(dict[str, Any]):
    """Text → value of one column; a text is read once for a project, and an unreadable one is its Mistake."""

    def __init__(self, column: Column, known: Known) -> None:
        super().__init__({"": column.empty})
        self.column = column
        self.known = known
        self.failed = False

    def __missing__(self, text: str) -> Any:
        self[text] = value = self.read(text.strip())
        return value

    def read(self, text: str) -> Any:
        if not text:
            return self.column.empty
        try:
            return self.column.cell.read(text, self.known, self.column.name)
        except Mistake as mistake:
            self.failed = True
            return mistake


class ColumnValues(list[Any]):
    """The values of one column; `failed` where some are Mistakes or a required one is empty."""

    failed = False


def convert_column(column: Column, texts: Sequence[str] | None, length: int, known: Known) -> ColumnValues:
    if texts is None:
        return ColumnValues([column.empty] * length)
    reading = known.read.setdefault(column, ColumnReader(column, known))
    values = ColumnValues(map(reading.__getitem__, texts))
    values.failed = reading.failed or (column.required and None in reading.values() and None in values)
    return values


def header_problems(model: type[Model], file: CsvFile) -> Iterable[Problem]:
    names = model.header()
    place = Place(file.shown, file.head.line if file.head else 1)
    absent = [name for name in names if name not in file.header]
    unknown = [name for name in file.header if name and name not in names]
    for name in unknown[:MOST_NAMED]:
        hint, columns = before_more(did_you_mean(name, absent)), ", ".join(names)
        mistake = Mistake("unknown_column", column=name, log=model.log, hint=hint, columns=columns)
        yield Problem.of(place, mistake, value=name)
    if more := len(unknown[MOST_NAMED:]):
        yield Problem.of(place, Mistake("more_columns_unknown", number=more, log=model.log))
    for column in model.columns():
        if column.required and column.name not in file.header:
            yield Problem.of(place, Mistake("column_missing", column=column.name))


def row_problems(
    model: type[Model],
    rows: list[Row],
    columns: list[ColumnValues],
    records: list[Record],
    header: list[str],
) -> Iterable[Problem]:
    """Cells that cannot be read, cells missing, ids doubled or missing, rows that contradict themselves."""
    bad: set[int] = set()
    for column, values in zip(model.columns(), columns, strict=True):
        if values.failed:
            at = header.index(column.name)
            for number, value in enumerate(values):
                if isinstance(value, Mistake) or (value is None and column.required):
                    bad.add(number)
                    yield cell_problem(rows[number], column, value, records[number].cells[at])
    good = [row for number, row in enumerate(rows) if number not in bad] if bad else rows
    for row in good if model.has_mistakes() else ():
        for name, mistake in model.mistakes(row):
            yield Problem.of(row.place(name), mistake)
    if issubclass(model, LogRecord):
        yield from id_problems(rows)


def cell_problem(row: Row, column: Column, value: Mistake | None, text: str) -> Problem:
    if value is None:
        wanted, description = column.cell.says, column.description
        value = Mistake("value_missing", column=column.name, wanted=wanted, description=description)
        text = ""
    return Problem.of(row.place(column.name), value, value=text)


def id_problems(rows: list[Row]) -> Iterable[Problem]:
    """A doubled id is an error of the later row: it may be the same thing counted twice."""
    ids = {row.id for row in rows}
    if len(ids) == len(rows) and "" not in ids:
        return
    seen: dict[str, Row] = {}
    for row in rows:
        if not row.id:
            yield Problem.of(row.place("id"), Mistake("row_without_id"), "warning")
        elif row.id in seen:
            mistake = Mistake("id_repeated", id=row.id, line=seen[row.id].line)
            yield Problem.of(row.place("id"), mistake, value=row.id)
        else:
            seen[row.id] = row


def unreadable_ids(file: CsvFile, line: int, column: str) -> Iterator[str]:
    """The id of the row on a line that has an error; an empty one where the error is of the whole file."""
    if line <= (file.head.line if file.head else 0) or not file.header:
        yield ""
    elif column in file.header and line <= len(file.lines):
        cells = file.lines[line - 1].split(file.dialect.delimiter)  # an id has none
        yield from (cell.strip(' "') for cell in cells[file.header.index(column) :][:1])
