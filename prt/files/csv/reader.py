"""CSV bytes → records that know their line, and problems. The only place that reads a CSV file.

It knows header names and cells of text, not what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from prt.files.csv.dialect import (
    Dialect,
    declared_delimiter,
    decode,
    format_row,
    guess_delimiter,
    header_newline,
    split_lines,
)
from prt.files.csv.shape import (
    CELLS,
    MERGE_SIGNS,
    Record,
    broken_mistakes,
    damaged_file,
    fit_widths,
    has_strange,
    header_mistakes,
    lines_between,
    merge_mistakes,
    nameless_columns,
    parse_records,
    repeated_headers,
    strange_mistakes,
    swallowed_rows,
    usual_width,
)
from prt.files.store.disk import read_bytes
from prt.files.trace.disk_questions import is_on_disk, is_stored_file
from prt.problems import Finding, Gathered, Mistake, Place, Problem
from prt.values import NamedTuple, dataclass, field

__all__ = ["Body", "CsvFile", "Dialect", "Record", "Texts", "format_row", "parse_csv", "read_csv"]

T = TypeVar("T")

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .xls


class Texts(NamedTuple):
    """The texts of a column: one for each row, or each once and for each row its place among them."""

    texts: Sequence[str]
    places: Sequence[int] | None = None

    def spread(self, values: Sequence[T]) -> list[T]:
        """For each row the value of its text; `values` are those of the texts."""
        if self.places is None:
            return list(values)
        if len(values) == 1:
            return [values[0]] * len(self.places)
        return [values[place] for place in self.places]

    def of_rows(self) -> list[str]:
        return self.spread(self.texts)

    def of_row(self, at: int) -> str:
        return self.texts[at if self.places is None else self.places[at]]

    def plus(self, other: Texts) -> Texts:
        """The rows of one table, and those of another below them."""
        more = other.of_rows()
        if self.places is None:
            return Texts([*self.texts, *more])
        first = len(self.texts)
        return Texts([*self.texts, *more], [*self.places, *range(first, first + len(more))])

    def each_once(self) -> Texts:
        """The texts of these rows with each different one kept once, unless nearly every row has its own."""
        rows = self.of_rows()
        different = list(dict.fromkeys(rows))
        if 2 * len(different) > len(rows):
            return Texts(rows)
        place = {text: number for number, text in enumerate(different)}
        return Texts(different, [place[text] for text in rows])


class Body(Protocol):
    """The rows of a file: neither its header, nor empty lines, nor rows with a problem are among them."""

    @property
    def records(self) -> list[Record]: ...

    @property
    def lines(self) -> list[str]: ...

    @property
    def head(self) -> Record | None: ...

    @property
    def height(self) -> int: ...

    @property
    def last_line(self) -> str: ...

    @property
    def starts(self) -> Sequence[int]: ...

    @property
    def columns(self) -> list[Texts]: ...


@dataclass(frozen=True)
class ParsedBody:
    """The rows of a file that was parsed."""

    records: list[Record] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    head: Record | None = None

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def last_line(self) -> str:
        return self.lines[-1] if self.lines else ""

    @cached_property
    def starts(self) -> Sequence[int]:
        return [record.line for record in self.records]

    @cached_property
    def columns(self) -> list[Texts]:
        return [Texts(texts) for texts in zip(*map(CELLS, self.records), strict=True)]


@dataclass(frozen=True)
class CsvFile:
    """A CSV file as it was read: its bytes, its header, its rows, and what is wrong with it."""

    path: Path
    shown: str  # the path as users see it
    raw: bytes
    dialect: Dialect = field(default_factory=Dialect)
    header: list[str] = field(default_factory=list)
    body: Body = field(default_factory=ParsedBody)
    problems: list[Problem] = field(default_factory=list)
    open_quote: int = 0  # the line from which no row can be told from the next; 0 where all can
    marked: frozenset[int] = frozenset()  # the lines of rows between the marks of git
    left_out: int = 0  # how many rows, or lines that cannot be read, are not in `records`
    wider: bool = False  # most rows have more cells than the header as it is written

    @property
    def records(self) -> list[Record]:
        """The rows as texts, each with its lines."""
        return self.body.records

    @property
    def lines(self) -> list[str]:
        """The physical lines with their line ends."""
        return self.body.lines

    @property
    def head(self) -> Record | None:
        """The header with the line where it stands."""
        return self.body.head

    @property
    def height(self) -> int:
        """How many physical lines it has."""
        return self.body.height

    @property
    def last_line(self) -> str:
        """The last physical line with its line end, if it has one; empty in an empty file."""
        return self.body.last_line

    @property
    def starts(self) -> Sequence[int]:
        """For each row the line where it begins."""
        return self.body.starts

    @property
    def texts(self) -> dict[str, Texts]:
        """The texts of all columns, by name; none where there is no row."""
        columns = self.body.columns
        return dict(zip(self.header, columns, strict=True)) if columns else {}

    def column(self, name: str) -> list[str]:
        """The texts of one column; none where the file does not have it."""
        texts = self.texts.get(name, Texts(()))
        return texts.spread([text.strip() for text in texts.texts])

    @property
    def is_clean(self) -> bool:
        """Has the table rows, and nothing that a user must be told of? One in UTF-16 is parsed each time; so
        is one with wider rows, for how many cells most rows have is known of all rows alone."""
        told = self.problems or self.marked or self.left_out or self.open_quote or self.wider
        return not told and bool(self.starts) and not self.dialect.encoding.startswith("utf-16")

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each column stands: the first of two that have one name."""
        found: dict[str, int] = {}
        for at, name in enumerate(self.header):
            found.setdefault(name, at)
        return found

    def text_of(self, at: int, name: str) -> str:
        """The text of a cell of one row, counted from 0; empty where the file has no such column."""
        texts = self.texts.get(name)
        return texts.of_row(at) if texts else ""

    def cell(self, record: Record, name: str) -> str:
        """The text of one cell as it stands; empty where the file has no such column."""
        at = self.places.get(name)
        return "" if at is None else record.cells[at]

    def cells(self, record: Record) -> dict[str, str]:
        return {name: record.cells[at] for name, at in self.places.items() if name}

    def text(self, record: Record) -> tuple[str, str]:
        """The record as it stands in the file, and the line end after it."""
        text = "".join(self.lines[record.line - 1 : record.end - 1])
        body = text.rstrip("\r\n")
        return body, text[len(body) :]


def read_csv(
    path: Path,
    shown: str,
    read: Callable[[Path], bytes] = read_bytes,
    parse: Callable[[bytes, Path, str], CsvFile] | None = None,
) -> CsvFile:
    """The file on disk; one that does not exist yet is empty."""
    try:
        if not is_stored_file(path) and is_on_disk(path):  # reading a pipe or a device could wait for ever
            return unreadable_file(path, shown, b"", Mistake("csv_not_a_file"))
        return (parse or parse_csv)(read(path), path, shown)
    except FileNotFoundError:
        return (parse or parse_csv)(b"", path, shown)
    except OSError as error:
        return unreadable_file(path, shown, b"", Mistake("csv_unreadable", error=error.strerror))


def unreadable_file(path: Path, shown: str, raw: bytes, mistake: Mistake) -> CsvFile:
    return CsvFile(path, shown, raw, problems=[Problem.of(Place(shown), mistake)])


def parse_csv(raw: bytes, path: Path, shown: str) -> CsvFile:
    """The records and problems of any bytes; never an exception."""
    if raw.startswith(WORKBOOKS):
        return unreadable_file(path, shown, raw, Mistake("csv_is_workbook"))
    text, encoding = decode(raw)
    found = Gathered(shown)
    lines = split_checked_lines(text, encoding, found)
    if damaged := damaged_file(lines, found):
        found = Gathered(shown)
        found.take([damaged])
        return CsvFile(
            path, shown, raw, body=ParsedBody(lines=lines), problems=found.told, left_out=len(lines)
        )
    merge = merge_mistakes(lines) if any(sign in text for sign in MERGE_SIGNS) else []
    found.silent = marked = lines_between(merge)
    plain, delimiter = blank_other_lines(lines, merge)
    records, broken = parse_records(plain, delimiter)
    found.take(broken_mistakes(lines, broken))
    head = header_record(records, found.wrong)
    newline = header_newline(lines[head.end - 2] if head else text)
    found.take(merge)
    kept = without_errors(records[1:], found.wrong)
    widest = max(len(records[0].cells), usual_width(kept)) if head else 0
    rows = fit_rows(lines, delimiter, head, widest, kept, found) if head else []
    return CsvFile(
        path,
        shown,
        raw,
        Dialect(encoding, delimiter, newline, decimal_comma=delimiter == ";"),
        [name.strip() for name in head.cells] if head else [],
        ParsedBody(rows, lines, head),
        [*sorted(found.told), *found.counted()],
        marked=marked,
        open_quote=next((one.line for one in broken if one.open), 0),
        left_out=max(0, len(records) - 1) + len(broken) - len(rows),
        wider=bool(head) and widest > len(records[0].cells),
    )


def split_checked_lines(text: str, encoding: str, found: Gathered) -> list[str]:
    """The physical lines; those that have characters that no row may have are `found`."""
    if has_strange(text):
        lines = split_lines(text)
        found.take(strange_mistakes(lines, encoding))
        return lines
    # splitlines() now splits where the csv module does, and is three times faster.
    return text.splitlines(keepends=True)


def blank_other_lines(lines: list[str], merge: Sequence[Finding]) -> tuple[list[str], str]:
    """The lines, those that are no rows made empty so that numbers stay; and the delimiter.

    A first line `sep=;` declares it, else the header shows it.
    """
    declared = declared_delimiter(lines[0]) if lines else ""
    empty = [one.line for one in merge] + [1] * bool(declared)
    plain = lines.copy() if empty else lines
    for number in empty:
        plain[number - 1] = ""
    first = next((line for line in plain if line.strip()), "")
    return plain, declared or guess_delimiter(first)


def header_record(records: Sequence[Record], wrong: AbstractSet[int]) -> Record | None:
    """The first record without the empty cells at its end; None if it, or a line before it, has an error."""
    if not records or any(line < records[0].end for line in wrong):
        return None
    line, end, cells = records[0]
    named = [column for column, name in enumerate(cells, 1) if name.strip()]
    return Record(line, end, cells[: max(named, default=0)])


def fit_rows(
    lines: Sequence[str], delimiter: str, head: Record, widest: int, records: list[Record], found: Gathered
) -> list[Record]:
    """The rows that fit the header; what is wrong with the header and the others is `found`.

    Rows may have up to `widest` cells, if those beyond the header are empty.
    """
    if unusable := header_mistakes(head):
        found.take(unusable)
        return []
    rows = fit_widths(lines, records, len(head.cells), widest, found)
    found.take(swallowed_rows(lines, delimiter, len(head.cells), rows))
    found.take(repeated_headers(head, rows))
    found.take(nameless_columns(head, rows))
    return without_errors(rows, found.wrong)


def without_errors(records: list[Record], wrong: AbstractSet[int]) -> list[Record]:
    """The records on whose lines there is no error."""
    if not wrong:
        return records
    return [record for record in records if wrong.isdisjoint(range(record.line, record.end))]
