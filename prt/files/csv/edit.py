"""Adding, changing and removing rows of CSV files: each in the file's own dialect, and no other byte touched.

Whoever calls `append_rows`, `rewrite` or `add_columns` has the lock.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain
from pathlib import Path

from prt.files.csv.dialect import (
    MARKS,
    NEW_FILES,
    byte_order_mark,
    ends_line,
    format_row,
    format_rows,
    line_ends,
    split_lines,
)
from prt.files.csv.reader import CsvFile, Record, read_csv
from prt.files.csv.rows import refuse_marked
from prt.files.csv.shape import (
    LONGEST_CELL,
    MERGE_LINE,
    MERGE_SIGNS,
    STRANGE,
    has_strange,
    strange_character,
)
from prt.files.store.disk import ANYONE, append_bytes, read_bytes, write_atomic
from prt.files.store.draft import draft_of, drafted_file
from prt.files.store.refusals import changed_meanwhile
from prt.problems import Mistake, Place, Problem, PrtError, errors

CellColumns = Mapping[str, Sequence[str]]
"""The cells of rows by column, one for each row in all of them; an empty text is no cell."""


def append_rows(
    path: Path,
    shown: str,
    header: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    numeric: AbstractSet[str] = frozenset(),
    known: CsvFile | None = None,
    mode: int = ANYONE,
) -> list[int]:
    """`append_table` of rows that are cells by column."""
    table = by_columns(rows, header)
    return append_table(path, shown, header, table, numeric=numeric, known=known, mode=mode)


def by_columns(rows: Sequence[Mapping[str, str]], header: Sequence[str]) -> dict[str, list[str]]:
    """The cells of rows as columns: those that a row fills, and those of the header."""
    filled = dict.fromkeys(chain.from_iterable(rows))
    columns = {name: [row.get(name, "") for row in rows] for name in filled}
    return columns | {name: [""] * len(rows) for name in header if name not in filled}


def append_table(
    path: Path,
    shown: str,
    header: Sequence[str],
    columns: CellColumns,
    *,
    numeric: AbstractSet[str],
    known: CsvFile | None,
    mode: int,
) -> list[int]:
    """Adds rows at the end of a file, in its own dialect and order of columns; returns their lines.

    `header` is that of a new file; an older one may lack columns that no row fills. Cells of `numeric`
    columns get the decimal comma of a file that has it. `known`, the file as already read, spares a second
    reading. When this returns, all rows are on the disk. A new file has a byte order mark, for Excel.
    """
    file = known if known and is_unchanged(known) else read_csv(path, shown)
    opening = text_before_rows(file, header)
    texts = table_texts(file, columns, numeric, file.header or header)
    added, mark = "".join(texts), b"" if file.raw else MARKS[NEW_FILES]
    append_bytes(path, shown, mark + encode_text(opening + added, file), file.raw, mode)
    first = max(0, file.height - 1) + len(split_lines(file.last_line + opening)) + 1
    if line_ends(added) == len(texts):  # no cell has a line end
        return list(range(first, first + len(texts)))
    return list(accumulate(map(line_ends, texts), initial=first))[:-1]


def is_unchanged(file: CsvFile) -> bool:
    """Whether the file is still the one that was read, to the byte; an action asks the disk at its end."""
    if draft_of(file.path) and not drafted_file(file.path):
        return True
    try:
        return read_bytes(file.path) == file.raw
    except FileNotFoundError:
        return not file.raw and not file.problems
    except OSError:
        return False


def text_before_rows(file: CsvFile, header: Sequence[str]) -> str:
    """What comes before the first new row: the end of a line left open, the header of an empty file."""
    refuse_open_end(file)
    if stopping := [
        problem for problem in errors(file.problems) if not file.head or problem.where.line == file.head.line
    ]:
        raise PrtError(*stopping, Problem.of(Place(file.shown), Mistake("no_row_added")))
    opening = "" if not file.height or ends_line(file.last_line) else file.dialect.newline
    return opening if file.head else opening + format_row(header, file.dialect)


def refuse_open_end(file: CsvFile) -> None:
    """A row added after an open quotation mark, or half a character, would become part of a cell."""
    half = file.dialect.encoding.startswith("utf-16") and len(file.raw) % 2 == 1
    if line := len(file.lines) if half else file.open_quote:
        stopping = [problem for problem in file.problems if problem.where.line == line]
        raise PrtError(*stopping, Problem.of(Place(file.shown), Mistake("no_row_told_apart")))


def row_text(
    file: CsvFile,
    row: Mapping[str, str],
    numeric: AbstractSet[str] = frozenset(),
    columns: Sequence[str] | None = None,
) -> str:
    """A row as a line of this file; what it may not hold is refused with a PrtError."""
    header = columns or file.header
    return table_texts(file, by_columns([row], header), numeric, header)[0]


def table_texts(
    file: CsvFile, columns: CellColumns, numeric: AbstractSet[str], header: Sequence[str]
) -> list[str]:
    """Each row as `row_text` writes it; they are looked at one by one only if something is wrong with any."""
    commas = numeric if file.dialect.decimal_comma else frozenset[str]()
    blank = [""] * max(map(len, columns.values()), default=0)
    cells = [columns.get(name, blank) for name in header]
    written = [
        map(decimal_comma, texts) if name in commas else texts
        for name, texts in zip(header, cells, strict=True)
    ]
    texts = format_rows(zip(*written, strict=True), file.dialect)
    is_fit = not any(any(columns[name]) for name in columns.keys() - {*header})
    if not is_fit or not are_readable(texts):
        for row in zip(*columns.values(), strict=True):
            refuse_row(file, header, dict(zip(columns, row, strict=True)))
    return texts


def edited_row_text(file: CsvFile, record: Record, new: Mapping[str, str]) -> str:
    """The record with other cells, and with its own line end."""
    row = dict(zip(file.header, record.cells, strict=True)) | dict(new)
    return row_text(file, row).removesuffix(file.dialect.newline) + file.text(record)[1]


def refuse_row(file: CsvFile, columns: Sequence[str], row: Mapping[str, str]) -> None:
    """A row that would not read back as it is."""
    problems = []
    for name, cell in row.items():
        if cell and name not in columns:
            absent_column = Mistake("column_not_in_file", column=name)
            problems.append(Problem.of(Place(file.shown, path=name), absent_column))
        if mistake := why_unreadable(cell):
            problems.append(Problem.of(Place(file.shown, path=name), mistake))
    if problems:
        raise PrtError(*problems)


def are_readable(texts: Collection[str]) -> bool:
    """Can each of these texts surely be read again? They are looked at as one, which is soon done."""
    every = "".join(texts)
    strange = has_strange(every) or any(sign in every for sign in MERGE_SIGNS)
    return not strange and max(map(len, texts), default=0) <= LONGEST_CELL


def why_unreadable(text: str) -> Mistake | None:
    """Why a cell or a line could not be read again."""
    if found := STRANGE.search(text):
        return strange_character(found[0], "utf-8")
    if any(sign in text for sign in MERGE_SIGNS) and any(map(MERGE_LINE.match, split_lines(text))):
        return Mistake("begins_as_merge")
    if len(text) > LONGEST_CELL:
        return Mistake("text_too_long", most=f"{LONGEST_CELL:,}")
    return None


def decimal_comma(number: str) -> str:
    """1.25 → 1,25; 1.125 → 1,1250, because 1,125 might be a thousand and some."""
    whole, point, decimals = number.partition(".")
    return f"{whole},{decimals}{'0' * (len(decimals) == 3)}" if point else number


def encode_text(text: str, file: CsvFile) -> bytes:
    try:
        return file.dialect.encode(text)
    except UnicodeEncodeError as error:
        character = text[error.start]
        mistake = Mistake("not_in_encoding", character=character, number=f"{ord(character):04X}")
        raise PrtError(Problem.of(Place(file.shown), mistake)) from error


def rewrite(
    file: CsvFile, changes: Mapping[int, str | None], insert: Mapping[int, str] | None = None
) -> None:
    """Replaces the records that begin on the lines of `changes` by texts with their line ends; None deletes.

    `insert` puts a text after a line, but never before the header or inside a record, and never glued to the
    next line. All other bytes are copied. Refused if the file is no longer the one that was read.
    """
    refuse_open_end(file)
    data = rewritten_bytes(file, changes, insert or {})
    if not is_unchanged(file):
        raise changed_meanwhile(file.shown)
    write_atomic(file.path, data, file.shown, known=file.raw)


def change_rows(
    file: CsvFile, changes: Mapping[int, str | None], insert: Mapping[int, str] | None = None
) -> None:
    """`rewrite`, for what a user changes: refused (PrtError) where a row is between the marks of git."""
    refuse_marked(file, (*changes, *(insert or ())))
    rewrite(file, changes, insert)


def rewritten_bytes(file: CsvFile, changes: Mapping[int, str | None], insert: Mapping[int, str]) -> bytes:
    """The bytes of the file with the changes made; the others are copied, not decoded and encoded."""
    starts = line_starts(file)
    ends = {record.line: record.end for record in (*filter(None, [file.head]), *file.records)}
    edits = [(starts[line - 1], starts[ends[line] - 1], text or "") for line, text in changes.items()]
    begun = [record.line for record in file.records] if insert else []
    for line, text in insert.items():
        after = end_of_record(file, line, begun)
        at_open_end = after and after == len(file.lines) and not ends_line(file.lines[-1])
        glued = after < len(file.lines) and not ends_line(text)
        text = file.dialect.newline * at_open_end + text + file.dialect.newline * glued
        edits.append((starts[after], starts[after], text))
    pieces, copied = [], 0
    for begin, end, text in sorted(edits):
        if mistake := why_unreadable(text):
            raise PrtError(Problem.of(Place(file.shown), mistake))
        pieces += [file.raw[copied:begin], encode_text(text, file)]
        copied = end
    return b"".join([*pieces, file.raw[copied:]])


def line_starts(file: CsvFile) -> list[int]:
    """The byte where each physical line begins, and at last the end of the file."""
    mark = len(byte_order_mark(file.raw, file.dialect.encoding))
    return list(accumulate((file.dialect.size(line) for line in file.lines), initial=mark))


def end_of_record(file: CsvFile, line: int, begun: Sequence[int]) -> int:
    """The last line of the record that has this line; of the header, for a line before it. `begun` are the
    lines on which records begin."""
    line = min(max(line, file.head.end - 1 if file.head else 0), len(file.lines))
    at = bisect_right(begun, line) - 1
    return max(line, file.records[at].end - 1) if at >= 0 else line


def widen_table(file: CsvFile, names: Sequence[str]) -> CsvFile:
    """The file, which has these columns from now on; one with rows that cannot be read stays as it is, for a
    cell too many in one of them would become a value of a new column."""
    lacking = [name for name in names if name not in file.header]
    if not lacking or not file.head or file.marked or errors(file.problems):
        return file
    add_columns(file, lacking)
    return read_csv(file.path, file.shown)


def as_wide(line: str, file: CsvFile) -> str:
    """A line that was taken out of the file before it had its last columns, with an empty cell for each."""
    cells = next(csv.reader([line], delimiter=file.dialect.delimiter), [])
    return line + file.dialect.delimiter * (len(file.header) - len(cells))


def add_columns(file: CsvFile, names: Sequence[str]) -> None:
    """Adds empty columns at the end of the header and of every row."""
    if not file.head:
        raise ValueError(f"{file.shown} has no header")
    empty = [""] * len(names)
    rows = {record.line: format_row([*record.cells, *empty], file.dialect) for record in file.records}
    rewrite(file, rows | {file.head.line: format_row([*file.head.cells, *names], file.dialect)})
