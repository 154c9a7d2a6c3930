"""A row that is about to be written, and what is odd about it: it may be right, so a person is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt.console import context
from prt.figures.doubts import doubts_of_new
from prt.files.project import Year
from prt.model.columns import LogRecord
from prt.model.rows import Entry, Row
from prt.problems import Mistake
from prt.tasks.entry.log_rows import complete_entry, refuse_names


def checked_entry(model: type[LogRecord], cells: Mapping[str, str], year: Year, anyway: bool) -> Entry:
    """The row of these cells with all that is wrong with it, odd, or names somebody."""
    entry = complete_entry(model, cells, year, context.today(), context.me(year.project.root))
    return refuse_odd(entry, year, anyway)


def refuse_odd(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry with a mistake for all that is odd, and for each name in a text; with `anyway` as it is."""
    if anyway:
        return entry
    odd = tuple((name, Mistake("kept_anyway", mistake=one)) for name, one in odd_of(entry, year))
    return refuse_names(entry._replace(mistakes=(*entry.mistakes, *odd)), year, anyway)


def without_anyway(mistake: Mistake) -> Mistake:
    """The mistake itself where nobody can type --anyway: in a dialogue of lines."""
    alone = mistake.values.get("mistake") if mistake.code == "kept_anyway" else None
    return alone if isinstance(alone, Mistake) else mistake


def odd_of(entry: Entry, year: Year) -> list[tuple[str, Mistake]]:
    """(column, Mistake) of all that is odd about a row in which nothing is wrong."""
    found = [] if entry.mistakes else odd_of_rows([entry.row], year)
    return [(name, mistake) for _, name, mistake in found]


def odd_of_rows(rows: Sequence[Row], year: Year) -> Iterator[tuple[Row, str, Mistake]]:
    """The same of several rows of one log, which are to be written together."""
    parent = rows[0].model.parent if rows else None
    known = {one.id: one for one in year.data.logs[parent]} if parent else {}
    for row in rows if parent else ():
        row.session = known.get(row["session"])
    yield from doubts_of_new(year.data, rows)
