"""Every mistake that the shape of a CSV file can have: what spreadsheets, editors, git and power cuts leave.

Each function looks for one kind and returns problems with the physical line. The reader leaves out the rows
that an error names.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from prt.files.csv.dialect import ends_line
from prt.problems import Place, Problem
from prt.text import plural

MERGE_SIGNS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
MERGE_LINE = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
# Control characters but TAB and line ends, those that turn the direction of text or have no width (but the
# joiners U+200C and U+200D, which words and emoji need), tags, and bytes that are none.
STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
CLOSE_IT = 'Close it, or delete it. A quotation mark inside a cell is written twice: "the ""right"" word".'
LONGEST_CELL = 131_072  # characters: the limit of the csv module
ROW_ID = re.compile("[a-z]{1,2}-[0-9][0-9a-z-]*")
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
                    records.append(Record(start, end, cells))
                start = end
            return records, broken
        except csv.Error as error:
            broken.append(Broken(start, reader.line_num + 1, str(error)))
            if broken[-1].open:
                return records, broken
            start = reader.line_num + 1


def merge_mistakes(shown: str, lines: Sequence[str]) -> list[Problem]:
    """The lines that git writes around two versions of the same rows."""
    signs = ((number, MERGE_LINE.match(line)) for number, line in enumerate(lines, 1))
    return [
        Problem(
            Place(shown, number),
            f"a merge that git could not finish left this line: {sign[0]}",
            "Delete this line and the others that begin with <<<<<<<, |||||||, ======= or >>>>>>>.\n"
            "Between them are the rows of both sides: of a row that stands there twice, keep the right one.",
        )
        for number, sign in signs
        if sign
    ]


def broken_mistakes(shown: str, lines: Sequence[str], broken: Sequence[Broken]) -> Iterator[Problem]:
    for line, end, why in broken:
        place = Place(shown, line)
        if end - line > 1:  # over several lines
            yield Problem(
                place,
                f'a quotation mark (") here is not closed: lines {line} to {len(lines)} are not read',
                CLOSE_IT,
            )
        elif "field limit" in why:
            yield Problem(
                place, f"a cell has more than {LONGEST_CELL:,} characters", "Shorten it, or delete the line."
            )
        elif is_last_and_open(lines, line):
            yield cut_line(place, "in the middle of a cell")
        else:
            yield Problem(
                place,
                'a quotation mark (") on this line is not closed, or text follows the one that closes it',
                CLOSE_IT,
            )


def is_last_and_open(lines: Sequence[str], line: int) -> bool:
    """Whether this is the file's last line and has no line end."""
    return line == len(lines) and not ends_line(lines[-1])


def cut_line(place: Place, where: str) -> Problem:
    return Problem(
        place,
        f"the last line was cut while it was being written, {where}",
        "It was never reported as saved. Complete it, or delete it.",
    )


def header_mistakes(shown: str, head: Record) -> list[Problem]:
    """What makes it impossible to say which column a cell belongs to."""
    if not head.cells:
        remedy = "Write the names of the columns on this line, or delete the file: prt makes a new one."
        return [Problem(Place(shown, head.line), "the header has no names", remedy)]
    return [
        Problem(
            Place(shown, head.line, path=name),
            f"the header has this column {times} times, so no row can be read",
            "Keep one of them; rename or delete the others.",
        )
        for name, times in Counter(name.strip() for name in head.cells).items()
        if name and times > 1
    ]


def repeated_headers(shown: str, head: Record, records: Sequence[Record]) -> list[Problem]:
    return [
        Problem(
            Place(shown, record.line),
            "the header stands here a second time",
            "Delete this line. If the rows below it are also above it, delete them too.",
        )
        for record in records
        if record.cells == head.cells
    ]


def nameless_columns(shown: str, head: Record, records: Sequence[Record]) -> Iterator[Problem]:
    """Rows with a value under an empty header cell that other names follow: a name deleted by mistake."""
    empty = [column for column, name in enumerate(head.cells) if not name.strip()]
    for record in records if empty else ():
        filled = [column for column in empty if record.cells[column]]
        if filled:
            yield nameless_column(shown, head, record, filled[0] + 1)


def nameless_column(shown: str, head: Record, record: Record, column: int) -> Problem:
    return Problem(
        Place(shown, record.line),
        f"a value stands in column {column}, which has no name in the header",
        f"Write the name of the column in the header (line {head.line}), or empty the cell.",
    )


def usual_width(records: Sequence[Record]) -> int:
    """How many cells more than half of the rows have, two at least; 0 where no number is as frequent.

    A spreadsheet ends every line alike; a single line with one cell more has a comma that divides a value.
    """
    [(size, times)] = Counter(len(record.cells) for record in records).most_common(1) or [(0, 0)]
    return size if times > 1 and 2 * times > len(records) else 0


def fit_widths(
    shown: str, lines: Sequence[str], records: list[Record], width: int, widest: int
) -> tuple[list[Record], list[Problem]]:
    """The records with as many cells as the header, and those that have too few or too many.

    Excel saves rows in blocks of sixteen and omits the last columns that are empty in the whole block: rows
    in succession that lack the same number are read, with a warning. A single one elsewhere may be damaged.
    Empty cells beyond the header are dropped, of rows that have up to `widest` cells.
    """
    fitted: list[Record] = []
    problems: list[Problem] = []
    if records and len(records[-1].cells) < width and is_last_and_open(lines, records[-1].end - 1):
        torn = records.pop()
        problems.append(
            cut_line(Place(shown, torn.line), f"after {plural(len(torn.cells), 'cell')} of {width}")
        )
    for size, run in groupby(records, key=lambda record: len(record.cells)):
        if size == width:
            fitted.extend(run)
        else:
            unfit = list(run)
            problems += misfits(shown, lines, unfit, width, widest)
            fitted += [resize_record(record, width) for record in unfit]
    return fitted, problems


def resize_record(record: Record, width: int) -> Record:
    return record._replace(cells=record.cells[:width] + [""] * (width - len(record.cells)))


def misfits(
    shown: str, lines: Sequence[str], run: Sequence[Record], width: int, widest: int
) -> list[Problem]:
    """What is wrong with records in succession that all have the same number of cells, not the header's."""
    if len(run[0].cells) > width:
        shifted = len(run[0].cells) > widest
        return [misfit(shown, record, width) for record in run if shifted or any(record.cells[width:])]
    alone = len(run) == 1 and not begins_block(lines, run[0])
    damaged = [misfit(shown, record, width) for record in run if alone or record.tall]
    omitted = [record for record in run if not (alone or record.tall)]
    return [*damaged, shortened_rows(shown, omitted, width)] if omitted else damaged


def begins_block(lines: Sequence[str], record: Record) -> bool:
    """Whether Excel may have saved this row as the only one of its block."""
    return record.line % 16 == 1 and lines[record.line - 1].endswith("\r\n")


def misfit(shown: str, record: Record, width: int) -> Problem:
    subject = "this line"
    if record.tall:
        subject = f"the row on lines {record.line} to {record.end - 1}"
        remedy = f'A quotation mark (") that opens on line {record.line} may take in the lines below it.'
    elif len(record.cells) > width:
        remedy = 'A cell that contains the delimiter stands in quotation marks: "one, two".'
    else:
        remedy = "Complete it (a delimiter between cells, also the empty ones), or delete it."
    what = f"{subject} has {plural(len(record.cells), 'cell')}, the header has {width}"
    return Problem(Place(shown, record.line), what, remedy)


def swallowed_rows(
    shown: str, lines: Sequence[str], delimiter: str, width: int, records: Sequence[Record]
) -> Iterator[Problem]:
    """Records that have a whole row inside a cell: a stray quotation mark opens it, a later one closes it."""
    for record in records:
        below = range(record.line + 1, record.end)
        number = next((one for one in below if is_row(lines[one - 1], delimiter, width)), 0)
        if number:
            yield Problem(
                Place(shown, record.line),
                f'a quotation mark (") opened on line {record.line} seems to have swallowed line {number}',
                f"Lines {record.line} to {record.end - 1} were read as one row and left out. {CLOSE_IT}",
            )


def is_row(line: str, delimiter: str, width: int) -> bool:
    """Whether a line begins with an id, or has the delimiters of a row; prose has a space after a comma."""
    if begun := ROW_ID.match(line):
        return line[begun.end() : begun.end() + 1] == delimiter
    tight = line.count(delimiter) - line.count(f"{delimiter} ")
    return width > FEW and tight >= width - 1  # of fewer columns, a line of prose may have as many


def shortened_rows(shown: str, records: Sequence[Record], width: int) -> Problem:
    first, last = records[0].line, records[-1].line
    subject = "this line has" if first == last else f"lines {first} to {last} have"
    return Problem(
        Place(shown, first),
        f"{subject} {plural(len(records[0].cells), 'cell')}, the header has {width}",
        "The missing ones, at the end, are read as empty. Excel omits them when it saves.",
        "warning",
    )


def strange_mistakes(shown: str, lines: Sequence[str], encoding: str) -> Iterator[Problem]:
    """The first strange character of each line that has one."""
    for number, line in enumerate(lines, 1):
        if not (found := STRANGE.search(line)):
            continue
        if encoding != "cp1252" and ord(found[0]) in DAMAGED and is_last_and_open(lines, number):
            yield cut_line(Place(shown, number), "in the middle of a character")
        else:
            yield Problem(Place(shown, number, found.start() + 1), *strange_character(found[0], encoding))


def damaged_file(shown: str, lines: Sequence[str], strange: Sequence[Problem]) -> Problem | None:
    """One problem instead of one for each line, where most lines are strange: these bytes are no table."""
    if len(strange) < FEW or 2 * len(strange) <= len(lines):
        return None
    what = (
        f"{len(strange)} of {len(lines)} lines have characters that no text has; the first: {strange[0].what}"
    )
    remedy = (
        "This is no CSV file, or it was damaged, and no row of it is read. Put a copy back, or delete it."
    )
    return Problem(Place(shown, strange[0].where.line), what, remedy)


def strange_character(character: str, encoding: str) -> tuple[str, str]:
    """What a character that no cell may have is, and the remedy."""
    code = ord(character)
    again = "Delete the cell and type it again: such characters come with text that was pasted."
    if code == 0:
        return (
            "a NUL character",
            "A power cut or a full disk leaves those. Restore the line from a copy, or delete it.",
        )
    if code in DAMAGED:
        what = f"bytes that are no character in {encoding}"
        return what, 'Type the word again, and save the file as "CSV UTF-8".'
    if code < 0xA0:
        return f"a control character (U+{code:04X})", again
    return f"an invisible character (U+{code:04X})", again
