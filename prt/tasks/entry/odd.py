"""A row that is about to be written, and what is odd about it: it may be right, so a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prt.figures.doubts import doubts_of_new
from prt.problems import Mistake
from prt.values import replace

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.rows import Entry


def refuse_odd(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry with a mistake for all that is odd; with `anyway` as it is."""
    if anyway:
        return entry
    odd = tuple((name, Mistake("kept_anyway", mistake=one)) for name, one in odd_of(entry, year))
    return replace(entry, mistakes=(*entry.mistakes, *odd))


def odd_of(entry: Entry, year: Year) -> list[tuple[str, Mistake]]:
    """(column, Mistake) of all that is odd about a row in which nothing is wrong."""
    if entry.mistakes:
        return []
    row, parent = entry.row, entry.row.model.parent
    if parent:
        row.session = next((one for one in year.data.logs[parent] if one.id == row["session"]), None)
    return list(doubts_of_new(year.data, row))
