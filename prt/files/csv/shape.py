"""Every mistake that the shape of a CSV file can have: what spreadsheets, editors, git and power cuts leave.

Each function looks for one kind and says on which physical line it is. The reader leaves out the rows that an
error names.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter

from prt.files.csv.dialect import ends_line
from prt.files.yaml.words import say_phrase
from prt.problems import Finding, Gathered, Mistake
from prt.text import compile_later
from prt.values import NamedTuple

MERGE_SIGNS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
MERGE_LINE = compile_later(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
# Control characters but TAB and line ends, those that turn the direction of text or have no width (but the
# joiners U+200C and U+200D, which words and emoji need), tags, and bytes that are none.
STRANGE = compile_later(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
NOT_STRANGE = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
"""The ASCII characters that are none of those: of most texts little is left without them, or nothing."""
LONGEST_CELL = 131_072  # characters: the limit of the csv module
ROW_ID = compile_later("[a-z]{1,2}-[0-9][0-9a-z-]*")
FEW = 5  # so many strange lines may each be named
DAMAGED = range(0xD800, 0xE000)  # what stands for bytes that are no character


class Record(NamedTuple):
    """One CSV record. A named tuple, for a file may have a million."""

    line: int  # the physical line where it begins, from 1
    end: int  # the physical line after its last one: lines[line - 1 : end - 1] is its text
    cells: list[str]  # as many as the header has

    @property
    def tall(self) -> bool:
        """Whether a cell holds a line end, so that the record has several lines."""
        return self.end - self.line > 1


CELLS = attrgetter("cells")
new_record: Callable[[tuple[int, int, list[str]]], Record] = partial(tuple.__new__, Record)
"""A record of its parts, in half the time."""


class Broken(NamedTuple):
    """Lines that the csv module refused, and its words."""

    line: int
    end: int
    why: str

    @property
    def open(self) -> bool:
        """Whether a quotation mark is never closed: where this row ends, nobody knows."""
        return self.end - self.line > 1 or "unexpected end" in self.why


def parse_records(lines: Sequence[str], delimiter: str) -> tuple[list[Record], list[Broken]]:
    """The records that are not empty, and what could not be read.

    A quotation mark closed wrongly within one line spoils that line; one that runs over several lines spoils
    all that follows, for nobody can tell where the next row begins.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records: list[Record] = []
    broken: list[Broken] = []
    start = 1
    while True:
        try:
            for cells in reader:
                end = reader.line_num + 1
                if any(cells):
                    records.append(new_record((start, end, cells)))
                start = end
            return records, broken
        except csv.Error as error:
            broken.append(Broken(start, reader.line_num + 1, str(error)))
            if broken[-1].open:
                return records, broken
            start = reader.line_num + 1


def merge_mistakes(lines: Sequence[str]) -> list[Finding]:
    """The lines that git writes around two versions of the same rows."""
    signs = ((number, MERGE_LINE.match(line)) for number, line in enumerate(lines, 1))
    return [Finding(number, Mistake("merge_line", sign=sign[1])) for number, sign in signs if sign]


def lines_between(marks: Sequence[Finding]) -> frozenset[int]:
    """The lines of rows between the marks of git: those of both versions, of which one has to be chosen."""
    found, begun = set[int](), 0
    for mark in marks:
        sign = mark.mistake.values["sign"]
        if sign == MERGE_SIGNS[0]:
            begun = mark.line
        elif sign == MERGE_SIGNS[-1] and begun:
            found |= {*range(begun, mark.line)} - {one.line for one in marks}
            begun = 0
    return frozenset(found)


def broken_mistakes(lines: Sequence[str], broken: Sequence[Broken]) -> Iterator[Finding]:
    return (Finding(one.line, broken_mistake(lines, one)) for one in broken)


def broken_mistake(lines: Sequence[str], broken: Broken) -> Mistake:
    line, end, why = broken
    if end - line > 1:  # over several lines
        return Mistake("quotation_mark_open", line=line, last=len(lines))
    if "field limit" in why:
        return Mistake("cell_too_long", most=f"{LONGEST_CELL:,}")
    return (
        Mistake("line_cut_in_cell") if is_last_and_open(lines, line) else Mistake("quotation_mark_misplaced")
    )


def is_last_and_open(lines: Sequence[str], line: int) -> bool:
    """Whether this is the file's last line and has no line end."""
    return line == len(lines) and not ends_line(lines[-1])


def header_mistakes(head: Record) -> list[Finding]:
    """What makes it impossible to say which column a cell belongs to."""
    if not head.cells:
        return [Finding(head.line, Mistake("header_without_names"))]
    return [
        Finding(head.line, Mistake("column_repeated", times=times), path=name)
        for name, times in Counter(name.strip() for name in head.cells).items()
        if name and times > 1
    ]


def repeated_headers(head: Record, records: Sequence[Record]) -> Iterator[Finding]:
    return (Finding(one.line, Mistake("header_repeated")) for one in records if one.cells == head.cells)


def nameless_columns(head: Record, records: Sequence[Record]) -> Iterator[Finding]:
    """Rows with a value under an empty header cell that other names follow: a name deleted by mistake."""
    empty = [column for column, name in enumerate(head.cells) if not name.strip()]
    for record in records if empty else ():
        filled = [column for column in empty if record.cells[column]]
        if filled:
            mistake = Mistake("column_without_name", column=filled[0] + 1, line=head.line)
            yield Finding(record.line, mistake)


def usual_width(records: Sequence[Record]) -> int:
    """How many cells more than half of the rows have, two at least; 0 where no number is as frequent.

    A spreadsheet ends every line alike; a single line with one cell more has a comma that divides a value.
    """
    sizes = Counter(map(len, map(CELLS, records)))
    size, times = max(sizes.items(), key=itemgetter(1), default=(0, 0))
    return size if times > 1 and 2 * times > len(records) else 0


def fit_widths(
    lines: Sequence[str], records: list[Record], width: int, widest: int, found: Gathered
) -> list[Record]:
    """The records with as many cells as the header; those that have too few or too many are `found`.

    Excel saves rows in blocks of sixteen and omits the last columns that are empty in the whole block: rows
    in succession that lack the same number are read, with a warning. A single one elsewhere may be damaged.
    Empty cells beyond the header are dropped, of rows that have up to `widest` cells.
    """
    fitted: list[Record] = []
    if records and len(records[-1].cells) < width and is_last_and_open(lines, records[-1].end - 1):
        torn = records.pop()
        cut = Mistake("line_cut_after_cells", cells=say_phrase("cells", len(torn.cells)), width=width)
        found.take([Finding(torn.line, cut)])
    if {*map(len, map(CELLS, records))} <= {width}:  # as nearly always
        return records
    for size, run in groupby(records, key=lambda record: len(record.cells)):
        if size == width:
            fitted.extend(run)
        else:
            unfit = list(run)
            found.take(misfits(lines, unfit, width, widest))
            fitted += [resize_record(one, width) for one in unfit if one.line not in found.wrong]
    return fitted


def resize_record(record: Record, width: int) -> Record:
    return record._replace(cells=record.cells[:width] + [""] * (width - len(record.cells)))


def misfits(lines: Sequence[str], run: Sequence[Record], width: int, widest: int) -> Iterator[Finding]:
    """What is wrong with records in succession that all have the same number of cells, not the header's."""
    if len(run[0].cells) > width:
        shifted = len(run[0].cells) > widest
        yield from (misfit(record, width) for record in run if shifted or any(record.cells[width:]))
        return
    alone = len(run) == 1 and not begins_block(lines, run[0])
    yield from (misfit(record, width) for record in run if alone or record.tall)
    if omitted := [record for record in run if not (alone or record.tall)]:
        yield shortened_rows(omitted, width)


def begins_block(lines: Sequence[str], record: Record) -> bool:
    """Whether Excel may have saved this row as the only one of its block."""
    return record.line % 16 == 1 and lines[record.line - 1].endswith("\r\n")


def misfit(record: Record, width: int) -> Finding:
    return Finding(record.line, misfit_mistake(record, width))


def misfit_mistake(record: Record, width: int) -> Mistake:
    cells = say_phrase("cells", len(record.cells))
    if record.tall:
        last = record.end - 1
        return Mistake("misfit_over_lines", line=record.line, last=last, cells=cells, width=width)
    if len(record.cells) > width:
        return Mistake("too_many_cells", cells=cells, width=width)
    return Mistake("too_few_cells", cells=cells, width=width)


def swallowed_rows(
    lines: Sequence[str], delimiter: str, width: int, records: Sequence[Record]
) -> Iterator[Finding]:
    """Records that have a whole row inside a cell: a stray quotation mark opens it, a later one closes it."""
    for record in records:
        if record.end - record.line == 1:  # as nearly all
            continue
        below = range(record.line + 1, record.end)
        number = next((one for one in below if is_row_line(lines[one - 1], delimiter, width)), 0)
        if number:
            last = record.end - 1
            mistake = Mistake("line_swallowed", line=record.line, swallowed=number, last=last)
            yield Finding(record.line, mistake)


def is_row_line(line: str, delimiter: str, width: int) -> bool:
    """Whether a line begins with an id, or has the delimiters of a row; prose has a space after a comma."""
    if begun := ROW_ID.match(line):
        return line[begun.end() : begun.end() + 1] == delimiter
    tight = line.count(delimiter) - line.count(f"{delimiter} ")
    return width > FEW and tight >= width - 1  # of fewer columns, a line of prose may have as many


def shortened_rows(records: Sequence[Record], width: int) -> Finding:
    line, last, cells = records[0].line, records[-1].line, say_phrase("cells", len(records[0].cells))
    mistake = Mistake("last_cells_omitted", cells=cells, width=width)
    if line != last:
        mistake = Mistake("last_cells_omitted_on_lines", line=line, last=last, cells=cells, width=width)
    return Finding(line, mistake, "warning")


def has_strange(text: str) -> bool:
    """Is there any strange character? In a tenth of the time that the expression takes for all of a file."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, NOT_STRANGE)
    others = rest.decode("utf-8", "surrogatepass").replace("\u00a0", "").replace("\u202f", "")  # of French
    return not others.isprintable() and STRANGE.search(others) is not None


def strange_mistakes(lines: Sequence[str], encoding: str) -> Iterator[Finding]:
    """The first strange character of each line that has one."""
    for number, line in enumerate(lines, 1):
        if not (found := STRANGE.search(line)):
            continue
        if encoding != "cp1252" and ord(found[0]) in DAMAGED and is_last_and_open(lines, number):
            yield Finding(number, Mistake("line_cut_in_character"))
        else:
            yield Finding(number, strange_character(found[0], encoding), column=found.start() + 1)


def damaged_file(lines: Sequence[str], strange: Gathered) -> Finding | None:
    """One problem instead of one for each line, where most lines are strange: these bytes are no table."""
    number = len(strange.wrong)
    if number < FEW or 2 * number <= len(lines):
        return None
    first = strange.told[0]
    mistake = Mistake("no_lines_of_text", strange=number, lines=len(lines), first=first.mistake)
    return Finding(first.where.line, mistake)


def strange_character(character: str, encoding: str) -> Mistake:
    """The mistake that names a character which no cell may have."""
    code = ord(character)
    if code == 0:
        return Mistake("nul_character")
    if code in DAMAGED:
        return Mistake("damaged_character", encoding=encoding)
    if code < 0xA0:
        return Mistake("control_character", number=f"{code:04X}")
    return Mistake("invisible_character", number=f"{code:04X}")
