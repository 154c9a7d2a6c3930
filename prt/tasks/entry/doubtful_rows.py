"""A row that is about to be written, what is odd about it, and the one that is like it: it may be right, so a
person is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

from prt.console import context
from prt.console.dialogue.inquiry import Back, Choice, Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.figures.doubles import find_double
from prt.figures.doubts import doubts_of_new
from prt.files.project import Year
from prt.model.columns import LogRecord
from prt.model.rows import Entry, Row, read_entry
from prt.output.words import Words
from prt.problems import Mistake, Problem, PrtError, ValueInWords
from prt.tasks.at_entry import EnteredToday
from prt.tasks.entry.ask_cells import read_reason
from prt.tasks.entry.log_rows import complete_entry, refuse_names
from prt.tasks.entry.summary import describe_row, name_rows

ORDINAL = {2: "nd", 3: "rd"}


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
    """All that is odd about several rows of one log, which are to be written together."""
    parent = rows[0].model.parent if rows else None
    known = {one.id: one for one in year.data.logs[parent]} if parent else {}
    for row in rows if parent else ():
        row.session = known.get(row["session"])
    yield from doubts_of_new(year.data, rows)


def refuse_double(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry, if no row is alike; with `anyway` as another one. PrtError where it may be logged twice."""
    twin = double_of(entry, year)
    if twin and not anyway:
        raise PrtError(Problem.of(twin.place(), alike_mistake(twin, year)), code=2)
    return as_another(entry, year) if twin else entry


def ask_difference(talk: Talk, twin: Row, year: Year, name: str) -> str | None:
    """How a new row differs from the one that is alike, which becomes its note; None where it does not."""
    talk.tell(f"     {talk.say('looks_like', id=name, cells=TwinCells(twin, year).text(talk.language))}")
    differs = Inquiry(f"     {talk.say('what_differs')}", lambda text: read_reason(text, year.project))
    choices = [
        Choice(False, ["drop", "enlever"], talk.say("drop")),
        Choice(True, ["other", "autre"], talk.say("other")),
    ]
    while (answer := talk.choose("    ", choices)) is not False:
        if answer is True and not isinstance(note := talk.ask(differs), Back):
            return note
        if isinstance(answer, Back):
            talk.tell(INDENT + talk.say("first"))
    return None


class TwinCells(ValueInWords):
    """A row that is alike, as a person says it, and when whoever types entered it."""

    def __init__(self, twin: Row, year: Year) -> None:
        self.twin, self.year = twin, year

    def text(self, language: str) -> str:
        words = Words("fr" if language == "fr" else "en", self.year.plan, self.year.data.organisations)
        cells = describe_row(self.twin, words, name_rows(self.year, words, self.twin))
        return " · ".join(filter(None, (cells, EnteredToday(self.twin, self.year).text(language))))


def alike_mistake(twin: Row, year: Year, *, of_line: bool = False) -> Mistake:
    """The mistake of a row that looks like another; for a line of hours with the remedy of such lines."""
    if of_line:
        return Mistake("line_looks_like_another", id=twin.name, cells=TwinCells(twin, year))
    return Mistake("looks_like_another", id=twin.name, cells=TwinCells(twin, year))


def double_of(entry: Entry, year: Year, more: Sequence[Row] = ()) -> Row | None:
    """The row of the log that may be the same thing, or the one of `more`, which are to be written too."""
    row, data = entry.row, year.data
    by_day = issubclass(row.model, LogRecord) and "date" in row.model.same
    known = data.rows_with(row.log, date=row["date"]) if by_day else data.logs[row.log]
    return find_double(row, chain(known, (one for one in more if one.log == row.log)))


def as_another(entry: Entry, year: Year, more: Sequence[Row] = ()) -> Entry:
    """The entry with a note that tells it from the row that is alike, and from those told apart before."""
    others = (with_note(entry, f"{number}{ORDINAL.get(number, 'th')}", year) for number in count(2))
    return next(one for one in others if double_of(one, year, more) is None)


def with_note(entry: Entry, note: str, year: Year) -> Entry:
    """The entry with more in its note."""
    cells = {**entry.cells, "note": f"{entry.cells.get('note', '')} {note}".strip()}
    return read_entry(entry.row.model, cells, year.known)._replace(mistakes=entry.mistakes)
