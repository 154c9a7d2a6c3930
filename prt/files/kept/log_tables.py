"""What was read of each log, kept between runs: of a log that has grown, only what was added is parsed.

A log is known by its path and by a digest of its beginning; where that differs it is parsed anew. The texts
of its columns are kept, so that mistakes, values and rows come of them as of the file. A log that something
must be told of is not kept.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from prt.files.csv.dialect import Dialect, byte_order_mark, codec, split_lines
from prt.files.csv.reader import Body, CsvFile, Record, Texts, parse_csv
from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import drop_kept, keep_file, kept_path
from prt.files.kept.plain_data import as_json, from_json
from prt.files.kept.year_digests import Digest, begins_as, begun_of, forget_years_unlike
from prt.values import NamedTuple, dataclass, replace

SMALLEST = 4_000
"""Bytes of a log: less is parsed as soon as what was kept of it is read."""
WIDTHS = ("B", "H", "I")
"""Arrays of places, by how many texts a column may have: 256, 65,536, or more."""
GROWN = 8
"""A log is kept anew when an eighth of it was added."""


@dataclass(frozen=True)
class UnparsedBody:
    """The rows of a log of which enough is known to add to it: its bytes are parsed only for whoever asks for
    lines or records.

    The header ends at byte `heading`; the whole log has `height` lines.
    """

    path: Path
    raw: bytes
    dialect: Dialect
    header: list[str]
    heading: int
    height: int

    @cached_property
    def parsed(self) -> Body:
        return parse_csv(self.raw, self.path, "").body

    @property
    def records(self) -> list[Record]:
        return self.parsed.records

    @property
    def lines(self) -> list[str]:
        return self.parsed.lines

    @cached_property
    def head(self) -> Record | None:
        return parse_csv(self.raw[: self.heading], self.path, "").head

    @property
    def last_line(self) -> str:
        last = self.raw[self.raw.rfind(b"\n", 0, -1) + 1 :]
        return split_lines(last.decode(codec(self.dialect.encoding)))[-1]


@dataclass(frozen=True)
class KeptBody(UnparsedBody):
    """The rows of a log as they were kept."""

    starts: Sequence[int]
    columns: list[Texts]


class LogShape(NamedTuple):
    """What an unparsed body knows of a log beside its bytes."""

    dialect: Dialect
    header: list[str]
    heading: int
    height: int


class KeptTable(NamedTuple):
    """What is kept of a log that begins as is told; of each column its texts, and the kind of the array that
    holds its places."""

    told: str
    shape: LogShape
    starts: Sequence[int]
    columns: Sequence[tuple[list[str], str]]


def read_log(raw: bytes, path: Path, shown: str, folder: Path | None) -> CsvFile:
    """The table of a log of these bytes, with what was kept of it in the folder, where that is the same.

    Where it is not, nothing stays of what the log held before: it may have been a name in a note.
    """
    kept, is_worth_it = kept_log_path(path, folder), is_worth_keeping(raw)
    with suppress(*NO_DATA):
        begun = read_beginning(kept, path, raw) if kept and is_worth_it else None
        if begun and (len(raw) - len(begun.raw)) * GROWN < len(raw):
            return with_rest(begun, raw, path, shown)
    found = parse_csv(raw, path, shown)
    with suppress(*NO_DATA):
        if kept and is_worth_it and found.is_clean:
            keep_log(kept, found)
        elif kept:
            drop_kept(kept)
    return found


def is_worth_keeping(raw: bytes) -> bool:
    return len(raw) >= SMALLEST


def kept_log_path(path: Path, folder: Path | None) -> Path | None:
    """Where a log is kept in the folder, by where it lies."""
    return kept_path(folder, "log", sys.byteorder, str(path.absolute()))


def read_beginning(kept: Path, path: Path, raw: bytes) -> KeptBody:
    """What was kept of a log. One of `NO_DATA` where that is nothing, or the log begins with other bytes."""
    text, _, rest = read_kept(kept).partition(b"\n")
    told, shape, starts, texts = from_json(text, KeptTable)
    if not begins_as(raw, told):
        raise ValueError(kept)
    columns = [*columns_from(texts, len(starts), memoryview(rest))]
    return KeptBody(path, begun_of(raw, told), *shape, starts, columns)


def columns_from(found: Sequence[tuple[list[str], str]], length: int, rest: memoryview) -> Iterator[Texts]:
    """The columns of so many rows: their texts, and of those that have places `rest` holds them."""
    for texts, width in found:
        if not width:
            yield Texts(texts)
            continue
        size = length * array(width).itemsize
        yield Texts(texts, array(width, bytes(rest[:size])))
        rest = rest[size:]


def with_rest(begun: KeptBody, raw: bytes, path: Path, shown: str) -> CsvFile:
    """The table of all bytes, of which the beginning was kept. ValueError as `add_rest`."""
    body = begun if len(begun.raw) == len(raw) else add_rest(begun, raw)
    return CsvFile(path, shown, raw, body.dialect, body.header, replace(body, raw=raw))


def add_rest(begun: KeptBody, raw: bytes) -> KeptBody:
    """The kept rows, and below them those that were added. ValueError where these cannot be read alone."""
    if not begun.raw.endswith(b"\n"):
        raise ValueError(begun.path)
    rest = parse_csv(raw[: begun.heading] + raw[len(begun.raw) :], begun.path, "")
    if not rest.is_clean or (rest.dialect, rest.header) != (begun.dialect, begun.header) or not rest.head:
        raise ValueError(begun.path)
    above = begun.height - (rest.head.end - 1)
    return replace(
        begun,
        height=rest.height + above,
        starts=[*begun.starts, *(line + above for line in rest.starts)],
        columns=[one.plus(other) for one, other in zip(begun.columns, rest.body.columns, strict=True)],
    )


def heading_size(file: CsvFile) -> int:
    """The byte at which the header of a clean table ends."""
    assert file.head
    above = "".join(file.lines[: file.head.end - 1])
    return len(byte_order_mark(file.raw, file.dialect.encoding)) + file.dialect.size(above)


def keep_log(kept: Path, file: CsvFile) -> None:
    """Write what `read_beginning` reads; what was kept of a year with other texts goes. One of `NO_DATA`
    where the disk refuses."""
    told = Digest(file.raw).told
    forget_years_unlike(kept.parent, file.path.parent, file.path.stem, told)
    columns = [one.each_once() for one in file.body.columns]
    table = KeptTable(
        told,
        LogShape(file.dialect, file.header, heading_size(file), file.height),
        plain_lines(file.starts),
        tuple(([*one.texts], width_of(one)) for one in columns),
    )
    places = (array(width_of(one), one.places).tobytes() for one in columns if one.places is not None)
    keep_file(kept, as_json(table) + b"\n" + b"".join(places))


def width_of(texts: Texts) -> str:
    """The kind of the array that can hold its places; "" where it has none."""
    if texts.places is None:
        return ""
    return next(width for width in WIDTHS if len(texts.texts) <= 256 ** array(width).itemsize)


def plain_lines(starts: Sequence[int]) -> Sequence[int]:
    """Lines in succession, as of a log where each row has one, are told by the first and the last."""
    first, last = starts[0], starts[-1]
    return range(first, last + 1) if last - first == len(starts) - 1 else [*starts]
