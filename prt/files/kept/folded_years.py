"""What the rows of a year gave to figures, kept between runs: who adds a row to a log reads no other.

It is known by the log that is added to, and by digests of all that it was made of. Of each log it has as much
as is needed to add a row, and to find the rows in which a text stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from prt.files.csv.reader import Body, CsvFile, ParsedBody, Record, Texts, parse_csv
from prt.files.kept.fact_columns import FactColumns
from prt.files.kept.folded_data import Folded
from prt.files.kept.kept_bodies import read_kept
from prt.files.kept.kept_files import keep_file
from prt.files.kept.log_tables import LogShape, UnparsedBody, heading_size, is_worth_keeping, read_log
from prt.files.kept.plain_data import as_json, from_json
from prt.files.kept.year_digests import Digest, Raws, as_told, digests_of
from prt.model.rows import Row
from prt.values import dataclass


@dataclass(frozen=True)
class UnreadBody(UnparsedBody):
    """The rows of a log, each on a line of its own. They are read, as kept or parsed, for whoever asks."""

    folder: Path | None

    @cached_property
    def read(self) -> Body:
        return read_log(self.raw, self.path, "", self.folder).body

    @property
    def starts(self) -> Sequence[int]:
        return self.read.starts

    @property
    def columns(self) -> list[Texts]:
        return self.read.columns

    def with_text(self, text: str) -> list[tuple[int, bytes]]:
        """The lines in which a text stands, each with its number."""
        wanted, found, number, counted = self.dialect.encode(text), list[tuple[int, bytes]](), 1, 0
        at = self.raw.find(wanted, self.heading)
        while at >= 0:
            begin, end = self.raw.rfind(b"\n", 0, at) + 1, self.raw.index(b"\n", at) + 1
            number += self.raw.count(b"\n", counted, begin)
            found.append((number, self.raw[begin:end]))
            at, counted = self.raw.find(wanted, end), begin
        return found


def rows_with_text(table: CsvFile, text: str) -> CsvFile:
    """The rows in which a text stands, as a table; the table itself where its rows were read, or where some
    cannot be read alone."""
    body = table.body
    if not isinstance(body, UnreadBody) or not (text.isascii() and text.replace("-", "").isalnum()):
        return table
    lines = body.with_text(text)
    some = parse_csv(body.raw[: body.heading] + b"".join(line for _, line in lines), table.path, table.shown)
    is_told = some.problems or len(some.records) != len(lines)
    if is_told or (some.dialect, some.header) != (body.dialect, body.header):
        return table
    numbers = [number for number, _ in lines]
    rows = [Record(at, at + 1, one.cells) for at, one in zip(numbers, some.records, strict=True)]
    return CsvFile(table.path, table.shown, table.raw, table.dialect, table.header, ParsedBody(rows))


@dataclass(frozen=True)
class KeptYear:
    """What the rows of a year of these files gave, and what is known of its logs."""

    folded: Folded
    digests: Mapping[str, Digest]
    shapes: Mapping[str, LogShape]

    def table(self, log: str, path: Path, shown: str, folder: Path | None) -> CsvFile:
        """The table of a log of which no row was read."""
        raw = self.digests[log].raw
        body = UnreadBody(path, raw, *self.shapes[log], folder)
        return CsvFile(path, shown, raw, body.dialect, body.header, body)


def shape_of_log(file: CsvFile, raw: bytes) -> LogShape | None:
    """What is known of a log of these bytes, which are those of the table and one row more, or none. None
    where it is small, or a row has several lines."""
    body, added = file.body, raw[len(file.raw) :]
    if not isinstance(body, UnreadBody) and not (is_worth_keeping(file.raw) and has_row_a_line(file)):
        return None
    if added and (added.count(b"\n") != 1 or not added.endswith(b"\n")):
        return None
    heading = body.heading if isinstance(body, UnparsedBody) else heading_size(file)
    return LogShape(file.dialect, file.header, heading, file.height + bool(added))


def has_row_a_line(file: CsvFile) -> bool:
    """Has the table nothing but its header and rows of one line each, every line ended by one sign?"""
    if not file.is_clean or not file.head or not file.raw.endswith(b"\n"):
        return False
    first, last = file.starts[0], file.starts[-1]
    is_whole = (first, last, last - first + 1) == (file.head.end, file.height, len(file.starts))
    return is_whole and file.raw.count(b"\n") == file.height


def read_folded(path: Path, raws: Raws, nothing: Row) -> KeptYear:
    """What was kept of a year of these files; `nothing` stands for each row. One of `NO_DATA` where that is
    nothing, or of other files."""
    told, _, rest = read_kept(path).partition(b"\n")
    digests = digests_of(raws)
    if from_json(told, dict) != as_told(digests):
        raise ValueError(path)
    columns, shapes = from_json(rest, tuple)
    return KeptYear(columns.folded(nothing), digests, shapes)


def keep_folded(path: Path, kept: KeptYear) -> None:
    """Write what `read_folded` reads. One of `NO_DATA` where the disk refuses."""
    columns = FactColumns.of(kept.folded)
    keep_file(path, as_json(as_told(kept.digests)) + b"\n" + as_json((columns, {**kept.shapes})))
