"""CSV files as tables that can be merged, and the bytes of a file after a merge: in its own dialect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from prt.files.csv.dialect import MARKS, format_row
from prt.files.csv.edit import rewritten_bytes, row_text
from prt.files.csv.reader import CsvFile, Record, parse_csv
from prt.files.project import table_models
from prt.files.store.store import cell_as_written, decimal_columns
from prt.model.columns import Record as Model
from prt.model.merging.tables import Cells, Key, Merged, Table
from prt.model.records import Correction
from prt.problems import Mistake, Place, Problem, errors


def mergeable_models() -> dict[str, type[Model]]:
    """Every table that prt writes, by the name of its file."""
    return {**table_models(), Correction.log: Correction}


GROWING = frozenset(log for log, model in mergeable_models().items() if model.grows)
"""Tables from which no row goes."""


def table_of(file: CsvFile, model: type[Model]) -> Table:
    names = [name for name in file.header if name]
    return Table(names, [file.cells(record) for record in file.records], model.identity())


def as_ours(file: CsvFile, ours: CsvFile, model: type[Model]) -> Table:
    """The rows of a version, with numbers as our file writes them."""
    found = table_of(file, model)
    commas = file.dialect.decimal_comma and not ours.dialect.decimal_comma
    return Table(found.columns, with_points(found.rows, model, commas=commas), model.identity())


def with_points(rows: Iterable[Cells], model: type[Model], *, commas: bool) -> list[Cells]:
    """The rows with a decimal point, where their file has a comma."""
    numeric = decimal_columns(model) if commas else ()
    return [{**row, **{name: row[name].replace(",", ".") for name in numeric if name in row}} for row in rows]


def unmergeable(ours: CsvFile, theirs: CsvFile, model: type[Model]) -> list[Problem]:
    """Why the rows of two versions cannot be told apart, or not all be read: then nothing is merged."""
    if found := [*errors(ours.problems), *errors(theirs.problems)]:
        return found
    own, other = table_of(ours, model), table_of(theirs, model)
    doubled = [
        (file, name) for file, table in ((ours, own), (theirs, other)) for name in ids_of(table.doubled)
    ]
    found = [Problem.of(Place(file.shown), Mistake("id_of_rows_to_merge", id=name)) for file, name in doubled]
    for key, their in own.spelt_otherwise(other):
        mistake = Mistake("id_with_other_capitals", id=key[0], other=their[0])
        found.append(Problem.of(Place(ours.shown), mistake))
    return found


def ids_of(keys: Iterable[Key]) -> list[str]:
    return sorted({key[0] for key in keys})


def merged_bytes(
    file: CsvFile, model: type[Model], merged: Merged, placed: Mapping[int, Sequence[Cells]] | None
) -> bytes:
    """The bytes of our file after a merge; `placed` are rows that come before one of ours, by its place.

    Bytes of rows that nobody changed are copied. What its encoding cannot hold makes it UTF-8.
    """
    if not file.head:
        return new_bytes(model, merged)
    before = [row for rows in (placed or {}).values() for row in rows]
    texts = "".join("".join(row.values()) for row in (*merged.changed.values(), *merged.added, *before))
    try:
        file.dialect.encode(texts)
    except UnicodeEncodeError:
        file = as_unicode(file)
    changes = changed_texts(file, model, merged)
    inserted = {file.records[at].line - 1: rows for at, rows in (placed or {}).items()}
    inserted[len(file.lines)] = merged.added
    lines = {
        line: "".join(new_row_text(file, model, row, merged.columns) for row in rows)
        for line, rows in inserted.items()
        if rows
    }
    return rewritten_bytes(file, changes, lines)


def new_bytes(model: type[Model], merged: Merged) -> bytes:
    """A file that was not here."""
    file = CsvFile(Path(), model.log, b"")
    header = [name for name in model.header() if name in merged.columns]
    header += [name for name in merged.columns if name not in header]
    rows = "".join(row_text(file, row, columns=header) for row in merged.added)
    return MARKS["utf-8-sig"] + (format_row(header, file.dialect) + rows).encode()


def as_unicode(file: CsvFile) -> CsvFile:
    """The same file as UTF-8 with a byte order mark, which Excel knows."""
    return parse_csv(MARKS["utf-8-sig"] + "".join(file.lines).encode(), file.path, file.shown)


def changed_texts(file: CsvFile, model: type[Model], merged: Merged) -> dict[int, str | None]:
    """The lines that become others, the header too where there are new columns."""
    new = [name for name in merged.columns if name not in file.header]
    changes: dict[int, str | None] = {}
    if new and file.head:
        header = format_row([*file.head.cells, *new], file.dialect).removesuffix(file.dialect.newline)
        changes[file.head.line] = header + file.text(file.head)[1]
        changes |= {record.line: changed_text(file, model, record, {}, new) for record in file.records}
    for at, row in merged.changed.items():
        record = file.records[at]
        changes[record.line] = changed_text(file, model, record, row, new)
    return changes | {file.records[at].line: None for at in merged.removed}


def changed_text(
    file: CsvFile, model: type[Model], record: Record, row: Cells, new: Sequence[str] = ()
) -> str:
    """A record with other cells, written as the file writes them, and with its own line end."""
    cells = file.cells(record)
    texts = [
        cell if name not in row or row[name] == cells[name] else cell_as_written(file, model, name, row[name])
        for name, cell in zip(file.header, record.cells, strict=True)
    ]
    texts += [cell_as_written(file, model, name, row.get(name, "")) for name in new]
    return format_row(texts, file.dialect).removesuffix(file.dialect.newline) + file.text(record)[1]


def new_row_text(file: CsvFile, model: type[Model], row: Cells, columns: Sequence[str]) -> str:
    """A row of the other version in the manner of our file."""
    names = [*file.header, *(name for name in columns if name not in file.header)]
    known = {name: text for name, text in row.items() if name in names}
    return row_text(file, known, decimal_columns(model), names)
