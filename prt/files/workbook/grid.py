"""A foreign file → grids of cells, by its bytes: text, Excel workbook, or a zip that holds one of them.

The name of a file says nothing: Teams calls a text with tabs in UTF-16 `.csv`. Any bytes give grids or a
problem; limits keep a small file from becoming a large table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from prt.files.csv.dialect import QUOTED, declared_delimiter, decode, split_lines
from prt.files.csv.shape import CELLS, broken_mistakes, has_strange, parse_records
from prt.files.store.disk import open_to_read
from prt.files.trace.disk_questions import is_stored_file
from prt.files.workbook.cell_text import DAMAGED, without_unseen
from prt.files.workbook.workbook import (
    MOST_BYTES,
    ZIP,
    Grid,
    no_table,
    packed_grids,
    too_heavy_problem,
    too_large_problem,
)
from prt.problems import Mistake, Place, Problem, errors
from prt.text import compile_later
from prt.values import dataclass

MOST_LINES = 1_000_000  # answers may have several lines
MOST_BROKEN = 100  # lines with a wrong quotation mark; with more it is no table

FOREIGN = {  # what begins so is something else
    b"\xd0\xcf\x11\xe0": Mistake("old_workbook"),
    b"%PDF": Mistake("pdf"),
    b"{\\rtf": Mistake("text_document"),
}
PAGE = compile_later(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|meta|style|div|table|\?xml)\b", re.I | re.S
)
EXCEL_XML = compile_later(r"\s*<\?xml[^>]*>\s*(?:<\?mso-application[^>]*Excel|<(?:\w+:)?Workbook\b)", re.I)
MESSAGE = compile_later(r"\s*(?:MIME-Version|From|Content-Type) ?:", re.I)
"""How a page begins that a browser or Excel saved as one file (.mht)."""
CALENDAR = compile_later(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.I)
FOLD = compile_later(rb"\r?\n[ \t]")
"""Where a line of a calendar goes on in the next one (RFC 5545, 3.1), in the middle of a letter perhaps."""
FIRST_LINE_END = compile_later(r'(?:[^"\r\n]++|"[^"]*+(?:"|\Z))*+(\r\n|\r|\n)')
LONE_RETURN = compile_later(r"\r(?!\n)")
CONTROL = compile_later("[\x01-\x08\x0e-\x1f\x7f]")
TIGHT = {  # a comma before a space is prose, one between digits a decimal
    ",": compile_later(r",(?=\s*$)|,(?![ \d])|(?<!\d),(?! )"),
    ";": compile_later(";"),
}
DIVIDES = compile_later(r"\t|;|,(?! )")


@dataclass(frozen=True)
class ForeignFile:
    """The tables of a file, what is wrong with it, and the digest by which it is known again."""

    grids: list[Grid]
    problems: list[Problem]
    digest: str = ""


def read_foreign(path: Path, shown: str) -> ForeignFile:
    """The tables of a file: one of a text, one for each visible sheet of a workbook. It is read once."""
    try:
        if not is_stored_file(path):  # reading a pipe or a device could wait for ever
            return ForeignFile([], [no_table(shown, Mistake("import_not_a_file"))])
        with open_to_read(path) as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        return ForeignFile([], [no_table(shown, Mistake("import_unreadable", error=error.strerror))])
    return ForeignFile(*grids_of(raw, shown), hashlib.sha256(raw).hexdigest())


def read_grids(path: Path, shown: str) -> tuple[list[Grid], list[Problem]]:
    found = read_foreign(path, shown)
    return found.grids, found.problems


def grids_of(raw: bytes, name: str) -> tuple[list[Grid], list[Problem]]:
    """The tables in any bytes, and what is wrong with them; never an exception."""
    if len(raw) > MOST_BYTES:
        return [], [too_heavy_problem(name)]
    if raw.startswith(ZIP):
        return packed_grids(raw, name, grids_of)
    for begins, mistake in FOREIGN.items():
        if raw.startswith(begins):
            return [], [no_table(name, mistake)]
    return calendar_grids(raw, name) if CALENDAR.match(raw) else text_grids(raw, name)


def calendar_grids(raw: bytes, name: str) -> tuple[list[Grid], list[Problem]]:
    """A calendar (.ics): its unfolded lines, each a row of one cell."""
    text, encoding = decode(FOLD.sub(b"", raw))
    plain, problems = readable_text(text, name)
    lines = split_lines(plain)
    if errors(problems):
        return [], problems
    if len(lines) > MOST_LINES:
        return [], [no_table(name, Mistake("too_many_lines", most=f"{MOST_LINES:,}"))]
    rows = tuple((line,) for line in lines)
    return [Grid(name, rows, tuple(range(1, len(lines) + 1)), encoding)], problems


def text_grids(raw: bytes, name: str) -> tuple[list[Grid], list[Problem]]:
    text, encoding = decode(raw)
    if EXCEL_XML.match(text):
        return [], [no_table(name, Mistake("excel_xml"))]
    if PAGE.match(text) or (MESSAGE.match(text) and "<table" in text.lower()):
        return [], [no_table(name, Mistake("web_page"))]
    plain, problems = readable_text(text, name)
    if errors(problems):
        return [], problems
    if not plain.strip():
        return [], [no_table(name, Mistake("file_empty"))]
    grid, more = text_table(split_lines(one_line_end(plain)), name, encoding)
    return ([grid] if grid else []), [*problems, *more]


def readable_text(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text without what no cell may hold, and a word on what was damaged."""
    if not has_strange(text):
        return text, []
    damaged = len(DAMAGED.findall(text))
    if damaged + len(CONTROL.findall(text)) > len(text) / 25:
        return "", [no_table(name, Mistake("neither_text_nor_workbook"))]
    plain = without_unseen(text)
    if not (damaged := damaged + text.count("\0")):
        return plain, []
    mistake = Mistake("characters_damaged", number=damaged, sign="\ufffd")
    return plain, [Problem.of(Place(name), mistake, "warning")]


def one_line_end(text: str) -> str:
    """A lone CR ends a line only where it ends the first one (Excel on an old Mac); else it is a space."""
    first = FIRST_LINE_END.match(text)
    is_plain = text.count("\r") == text.count("\r\n")
    return text if is_plain or (first and first[1] == "\r") else LONE_RETURN.sub(" ", text)


def text_table(lines: Sequence[str], name: str, encoding: str) -> tuple[Grid | None, list[Problem]]:
    """The grid of a text, and the lines where a quotation mark makes it unreadable."""
    if len(lines) > MOST_LINES:
        return None, [no_table(name, Mistake("too_many_lines", most=f"{MOST_LINES:,}"))]
    declared = declared_delimiter(lines[0])
    body = ["", *lines[1:]] if declared else lines  # the numbers of the lines stay
    delimiter = declared or delimiter_of_table(body)
    found, broken = parse_records(body, delimiter)
    records = [one for one in found if not "".join(one.cells).isspace()]
    if len(broken) > MOST_BROKEN:
        return None, [no_table(name, Mistake("too_many_quotation_marks", number=f"{len(broken):,}"))]
    problems = [Problem.of(Place(name, one.line), one.mistake) for one in broken_mistakes(body, broken)]
    if too_large := too_large_problem(
        name, len(records), max((len(one.cells) for one in records), default=0)
    ):
        return None, [*problems, too_large]
    if not records:
        return None, problems or [no_table(name, Mistake("file_without_rows"))]
    rows = tuple(map(tuple, map(CELLS, records)))
    return Grid(name, rows, tuple([one.line for one in records]), encoding, delimiter), problems


def delimiter_of_table(lines: Sequence[str]) -> str:
    """TAB where lines have it; else what the first line that is divided uses most, outside quotation marks.

    Where nothing divides there is one column, which a `;` that does not occur leaves whole.
    """
    sample = [QUOTED.sub('""', line) for line in islice(filter(str.strip, lines), 60)]
    if 2 * sum("\t" in line for line in sample) > sum(bool(DIVIDES.search(line)) for line in sample):
        return "\t"
    for line in sample:
        uses = {one: len(tight.findall(line)) for one, tight in TIGHT.items()}
        if any(uses.values()):
            return max(uses, key=lambda one: uses[one])
    return "," if sample and "," in sample[0] else ";"
