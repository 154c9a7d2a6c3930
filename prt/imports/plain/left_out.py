"""Lines of a sheet that are no rows of a log: totals and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prt.files.yaml.words import say_phrase
from prt.imports.plain.cell_texts import is_total_row
from prt.imports.plain.cells import HAS_DIGIT
from prt.imports.reading.marks import is_total
from prt.model.cells import HoursCell
from prt.model.columns import LogRecord
from prt.text import join_labels


class LeftOutLines:
    """Totals, and remarks, which have neither a date nor hours. Only a log of hours has those, but for totals
    that say so in the place of the date."""

    def __init__(self, model: type[LogRecord]) -> None:
        self.hours = {one.name for one in model.columns() if isinstance(one.cell, HoursCell)}
        self.totals: list[str] = []
        self.remarks: list[str] = []

    def takes(self, line: str, given: Mapping[str, str], texts: Mapping[str, str]) -> bool:
        """Is the line no row? Then it is remembered by what it is. `given` are its cells by column, `texts`
        by heading."""
        date = given.get("date", "")
        if is_dated(date) or not (self.hours or is_named_total(date)) or not any(texts.values()):
            return False
        if is_total_row(texts.values()):
            self.totals.append(line)
        elif self.hours and not self.hours & given.keys():
            self.remarks.append(line)
        else:
            return False
        return True

    def count(self) -> Iterator[str]:
        """How many lines are totals or remarks and no rows, and which."""
        for lines, word in ((self.totals, "total_lines"), (self.remarks, "remark_lines")):
            if lines:
                yield say_phrase(word, len(lines), lines=join_labels(lines, 8))


def is_dated(date: str) -> bool:
    """Does the text tell a day, as that of a row does?"""
    return bool(HAS_DIGIT.search(date)) and not is_named_total(date)


def is_named_total(date: str) -> bool:
    return date[:1].isalpha() and is_total(date)
