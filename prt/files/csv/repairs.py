"""What can only mean one thing although a table does not say so: days and lines as spreadsheets write them,
letters read in another encoding; and how the file is written: ids, line ends, the mark Excel asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prt.files.csv.dialect import decode, split_lines
from prt.files.csv.reader import CsvFile
from prt.model.calendar import MONTHS, Window, certain_day, place_of
from prt.model.cells import DayCell, Known, LineCell, TextCell
from prt.model.columns import Column, LogRecord
from prt.model.columns import Record as Model
from prt.problems import Mistake, Place, Problem
from prt.text import compile_later, fold_text
from prt.values import NamedTuple, dataclass

TWICE = compile_later("[ÂÃÅâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
"""What the two or three bytes of one letter look like where each was taken for a letter."""
MAC = compile_later("(?<=[a-z])[ŽˆƒÕ‰](?![A-Z])|\\bƒ(?=[a-z]{2})")
"""What é, à, É, the apostrophe and â of an old Mac look like in Windows."""
GARBLED = {TWICE: "ÂÃÅâ", MAC: "ŽˆƒÕ‰"}
"""Each with the signs of which it has one."""
WORD = compile_later(r"[^ \t\r\n,;\"]+")


class Garbled(NamedTuple):
    """A word on a line, as it should be, and whether an old Mac wrote it."""

    line: int
    text: str
    right: str
    of_mac: bool


def garbled_problems(file: CsvFile) -> Iterator[Problem]:
    """A warning for each line of a table that has such a word: with it, as it should be."""
    for one in garbled_lines(decode(file.raw)[0]) if may_be_garbled(file) else ():
        twice = Mistake("text_read_twice", text=one.text, right=one.right)
        mac = Mistake("text_of_old_mac", text=one.text, right=one.right)
        yield Problem.of(Place(file.shown, one.line), mac if one.of_mac else twice, "warning")


def may_be_garbled(file: CsvFile) -> bool:
    """May any line of a table have such a word? Of one that can be read, each different text is looked at."""
    if file.raw.isascii() or not file.is_clean:
        return not file.raw.isascii()
    columns = (one.texts for one in file.body.columns)
    return any(map(has_garbled, map("\n".join, [file.header, *columns])))


def has_garbled(text: str) -> bool:
    """Are there letters that look like those of another encoding?"""
    if text.isascii():
        return False
    return any(any(sign in text for sign in signs) and kind.search(text) for kind, signs in GARBLED.items())


def garbled_lines(text: str) -> Iterator[Garbled]:
    """The first such word of each line of a text; most have none, and are not split."""
    for number, line in enumerate(split_lines(text) if has_garbled(text) else (), 1):
        odd = not line.isascii() and (TWICE.search(line) or MAC.search(line))
        if odd and (found := next(garbled_words(number, line), None)):
            yield found


def garbled_words(number: int, line: str) -> Iterator[Garbled]:
    for word in WORD.findall(line):
        if (right := mended_text(word)) != word:
            yield Garbled(number, word, right, of_mac=False)
        elif MAC.search(word):
            yield Garbled(
                number, word, MAC.sub(lambda found: byte_of(found[0]).decode("mac-roman"), word), of_mac=True
            )


def mended_text(text: str) -> str:
    """The text with each letter that was read twice as it should be."""
    return TWICE.sub(lambda found: read_again(found[0]), text)


def read_again(text: str) -> str:
    """The letter whose bytes these were; the text itself where they are those of none that people write."""
    try:
        found = b"".join(map(byte_of, text)).decode("utf-8")
        found.encode("cp1252")
    except UnicodeError:
        return text
    return found


def byte_of(letter: str) -> bytes:
    """The byte that Windows shows as this letter; of those that it has no letter for, the number."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


DAY, LINE, LETTERS = "a day written otherwise", "a line made a date", "letters read in another encoding"
"""Why a cell is put right: the words that corrections.csv keeps."""
DAY_OF_MONTH = compile_later(r"([0-9]{1,2})[/ ]?([a-z]+)\.?")


class CellRepair(NamedTuple):
    """A cell that can only mean one thing, though it does not say so. `row` is empty where it has no id."""

    line: int
    row: str
    column: str
    old: str
    new: str
    why: str


@dataclass(frozen=True)
class TableRepairs:
    """What can be put right in one table."""

    table: str
    file: CsvFile
    cells: tuple[CellRepair, ...]
    doubled: int
    """How many cells stay as they are because the id of their row stands twice."""
    ids: int
    """How many rows have no id."""
    ends: tuple[tuple[int, str], ...]
    """The lines of the records that end otherwise than the header, with their ends."""
    mark: bool
    """Is the mark missing without which Excel does not show the accents?"""

    @property
    def shape(self) -> bool:
        """Is anything to be done to the file beside its cells?"""
        return bool(self.ids or self.ends or self.mark)

    @property
    def anything(self) -> bool:
        return bool(self.cells) or self.shape


def repairs_of(
    table: str, model: type[Model], file: CsvFile, known: Known, days: Window | None
) -> TableRepairs:
    """What is certain; nothing of rows that cannot be told from others, nor of lines that are no rows."""
    ids = file.column(model.id_column)
    without = sum(not one for one in ids) if ids else len(file.records)
    numbers, every = Counter(ids), tuple(cell_repairs(model, file, known, days))
    certain = tuple(one for one in every if not one.row or numbers[one.row] == 1)
    return TableRepairs(
        table,
        file,
        certain,
        len(every) - len(certain),
        without if issubclass(model, LogRecord) and file.head else 0,
        tuple(other_ends(file)),
        file.dialect.encoding == "utf-8" and not file.raw.isascii() and bool(file.records),
    )


def other_ends(file: CsvFile) -> Iterator[tuple[int, str]]:
    own = ("", file.dialect.newline)
    for record in file.records:
        line = file.lines[record.end - 2]
        if (end := line[len(line.rstrip("\r\n")) :]) not in own:
            yield record.line, end


def cell_repairs(
    model: type[Model], file: CsvFile, known: Known, days: Window | None
) -> Iterator[CellRepair]:
    columns = [column for column in model.columns() if column.name in file.header]
    places = [(file.header.index(column.name), column) for column in columns]
    own = {column.name: at for at, column in places}.get(model.id_column)
    read = dict[tuple[int, str], tuple[str, str]]()  # each text of a column is looked at once
    for record in file.records:
        row = record.cells[own].strip() if own is not None else ""
        for at, column in places:
            if (text := record.cells[at].strip()) and at != own:
                if (at, text) not in read:
                    read[at, text] = certain_text(column, text, known, days)
                new, why = read[at, text]
                if new not in ("", text):
                    yield CellRepair(record.line, row, column.name, text, new, why)


def certain_text(column: Column, text: str, known: Known, days: Window | None) -> tuple[str, str]:
    """What a cell is to be, and why; empty where it is right, or may mean several things."""
    cell = column.cell
    if isinstance(cell, TextCell):
        return ("", "") if text.isascii() else (mended_text(text), LETTERS)
    if not isinstance(cell, (DayCell, LineCell)):
        return "", ""
    try:
        cell.read(text, known, column.name)
    except Mistake:
        day = certain_day(text, days) if isinstance(cell, DayCell) else None
        if day and days and day not in days:  # rather a slip in its year
            return "", ""
        return (day.isoformat(), DAY) if day else (certain_line(text, known), LINE)
    return "", ""


def certain_line(text: str, known: Known) -> str:
    """The one line that a spreadsheet can have made `01-janv` of: 1.1, or the day and the month turned."""
    found = DAY_OF_MONTH.fullmatch(fold_text(text))
    month = place_of(found[2], MONTHS) if found else None
    if found is None or month is None:
        return ""
    day = int(found[1])
    lines = {f"{day}.{month + 1}", f"{month + 1}.{day}"} & known.lines
    return lines.pop() if len(lines) == 1 else ""
