"""From the words of a command to a row: dates as people type them, what is filled in, every mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from prt.console import context
from prt.entry.persons import person_may_be
from prt.figures.entering import days_to_come, has_post, link_mistakes, posts_of, several_posts
from prt.figures.questions import choices
from prt.files.csv.edit import why_unreadable
from prt.files.privacy.personal import traces
from prt.files.privacy.walk import known_names, trace_mistake
from prt.files.provenance import PRIVATE
from prt.model.calendar import Window, read_day
from prt.model.cells import (
    DayCell,
    OrganisationCell,
    PersonCell,
    PlanNumberCell,
    RowIdCell,
    TextCell,
    Value,
    cell_of_one,
    choices_list,
)
from prt.model.columns import LogRecord
from prt.model.rows import Entry, Row, checked
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.answers import boards_of, is_all
from prt.tasks.next_report import typed_report_mistakes
from prt.values import replace

if TYPE_CHECKING:
    from prt.files.project import Project, Year
    from prt.model.columns import Record

Mistakes = list[tuple[str, Mistake]]


def complete_entry(
    model: type[Record], cells: Mapping[str, str], year: Year, today: dt.date, me: str | None
) -> Entry:
    """The row that these cells make, completed, with every mistake that can be known before it is written."""
    cells, wrong = with_iso_dates(model, with_all_boards(model, cells, year), today, year.plan.window)
    cells, unclear = with_person_ids(model, cells, year)
    wrong += unclear
    wrong += [(name, found) for name, text in cells.items() if (found := why_refused(model, name, text))]
    entry = checked(model, with_defaults(model, cells, today, me), year.known)
    entry, more = with_post(entry, year)
    links = [*link_mistakes(year.plan, year.data, entry.row), *report_mistakes(year, entry.row)]
    own = [narrow_remedy(model, year, *one) for one in entry.mistakes]
    to_come = days_to_come(entry.row, today)
    return replace(entry, mistakes=first_of_each([*wrong, *own, *more, *links, *to_come]))


def report_mistakes(year: Year, row: Row) -> Mistakes:
    """Why a progress report is not typed."""
    if row.log != "deliverables":
        return []
    return list(typed_report_mistakes(year, row))


def why_refused(model: type[Record], name: str, text: str) -> Mistake | None:
    """Why a text cannot be kept as it is: it could not be read again, or a title would break the lists."""
    if name == model.title_column and is_text(model, name) and len(text.strip().splitlines()) > 1:
        return Mistake("line_end_in_title")
    return why_unreadable(text)


def refuse_names(model: type[Record], entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry with a mistake for each text that names somebody: once it is kept, it stays for good."""
    if anyway or model.log in PRIVATE:
        return entry
    texts = {name: text for name, text in entry.cells.items() if is_text(model, name)}
    return replace(entry, mistakes=(*entry.mistakes, *personal_mistakes(texts, year.project)))


def is_text(model: type[Record], name: str) -> bool:
    column = model.column_named(name)
    return column is not None and isinstance(column.cell, TextCell) and name != model.id_column


def personal_mistakes(texts: Mapping[str, str], project: Project) -> Mistakes:
    """The texts in which check would find something personal."""
    names, found = known_names(project), Mistakes()
    for name, text in texts.items():
        for one in traces(text, names):
            found.append((name, Mistake("kept_anyway", mistake=trace_mistake(one))))
    return found


def with_all_boards(model: type[Record], cells: Mapping[str, str], year: Year) -> dict[str, str]:
    """`--boards all` as the codes of every board that counts."""
    columns = {name: model.column_named(name) for name in cells}
    everyone = [name for name, column in columns.items() if column and is_all(column, cells[name])]
    return {**cells, **dict.fromkeys(everyone, "; ".join(boards_of(year.data)) if everyone else "")}


def narrow_remedy(model: type[Record], year: Year, name: str, mistake: Mistake) -> tuple[str, Mistake]:
    """Of a line, only those are listed that read the log; a person may be written by name."""
    if mistake.code == "not_a_person_id":
        return name, Mistake("not_a_person", **mistake.values)
    column = model.column_named(name)
    if name != "line" or column is None or not issubclass(model, LogRecord):
        return name, mistake
    if mistake.code != "not_a_line":
        return name, mistake
    lines = [code for code, _ in choices(model, column, year.plan, year.known, {})]
    return name, Mistake("not_a_line", **mistake.values | {"choices": choices_list(lines)})


def with_iso_dates(
    model: type[Record], cells: Mapping[str, str], today: dt.date, year: Window
) -> tuple[dict[str, str], Mistakes]:
    """`yesterday`, `-2d`, `oct 16` as the dates that a file has, those of the plan `year`."""
    found, wrong = dict(cells), Mistakes()
    for name, text in cells.items():
        column = model.column_named(name)
        if column and isinstance(column.cell, DayCell) and text.strip():
            try:
                found[name] = read_day(text.strip(), today, year).isoformat()
            except Mistake as mistake:
                wrong.append((name, mistake))
    return found, wrong


def with_person_ids(
    model: type[Record], cells: Mapping[str, str], year: Year
) -> tuple[dict[str, str], Mistakes]:
    """Names and e-mails as ids, where they are certain; else who may be meant."""
    found, wrong = dict(cells), Mistakes()
    for name in model.person_columns():
        parts = [part.strip() for part in cells.get(name, "").split(";") if part.strip()]
        meant = [(part, year.person_finder.find(part)) for part in parts]
        found |= {name: "; ".join(one.certain or part for part, one in meant)} if meant else {}
        wrong += [
            (name, person_may_be(part, one, year.person_finder))
            for part, one in meant
            if one.kind in ("enough", "candidates")
        ]
    return found, wrong


def with_defaults(
    model: type[Record], cells: Mapping[str, str], today: dt.date, me: str | None
) -> dict[str, str]:
    """Who gave the hours is who types them; what is still to come is planned."""
    filled = dict(cells)
    if model.column_named("staff") and me:
        filled.setdefault("staff", me)
    if model.column_named("status") and cells.get("date", "") > today.isoformat():
        filled.setdefault("status", "planned")
    return filled


def with_post(entry: Entry, year: Year) -> tuple[Entry, Mistakes]:
    """Role and board from the post that the person held that day; several are a question, or a mistake."""
    row, posts = entry.row, posts_for(entry.row, year)
    if len(posts) > 1:
        return entry, [("person", several_posts(row["person"], row["date"], posts))]
    if not posts:
        return entry, []
    role, board = posts[0]
    return checked(row.model, {**entry.cells, "role": role, "board": board}, year.known), []


def posts_for(row: Row, year: Year) -> list[tuple[str, str]]:
    """The posts that a person of whom the role or the board is not given held on the day of the row."""
    if not has_post(row.model) or row["person"] is None or row["date"] is None:
        return []
    if row["role"] is not None and row["board"] is not None:
        return []
    return posts_of(year.data, row["person"], row["date"], {"role": row["role"], "board": row["board"]})


def first_of_each(mistakes: Iterable[tuple[str, Mistake]]) -> tuple[tuple[str, Mistake], ...]:
    """One mistake for each column: the first says most."""
    found: dict[str, Mistake] = {}
    for name, mistake in mistakes:
        found.setdefault(name, mistake)
    return tuple(found.items())


def raise_mistakes(model: type[Record], entry: Entry) -> None:
    """Stop the command if the row has a mistake; all of them are said."""
    if entry.mistakes:
        raise PrtError(*(entry_problem(model, entry, name, found) for name, found in entry.mistakes), code=2)


def entry_problem(model: type[Record], entry: Entry, name: str, mistake: Mistake) -> Problem:
    column = model.column_named(name)
    place = Place(column.option if column else name)
    return Problem.of(place, mistake, value=entry.cells.get(name, ""))


LINKS = (RowIdCell, PersonCell, PlanNumberCell)
"""The kinds of cells that tie a row to other rows, to people, or to the plan."""
POST = ("role", "board")
LOOKED_UP = (DayCell, OrganisationCell, PersonCell)
"""The kinds of cells of which somebody may type another text than stands in the file."""


class Entering:
    """Many rows of one log. What a text stands for is found out once; a row in which nothing is wrong is made
    of that, and any other is looked at by itself, so that its mistakes are said as `entered` says them."""

    def __init__(self, model: type[Record], year: Year, today: dt.date, me: str | None) -> None:
        self.model, self.year, self.today, self.me = model, year, today, me
        self.texts = Texts(model, year, today)
        self.linked: set[tuple[Value, ...]] = set()
        self.ties = [
            one.name
            for one in model.columns()
            if isinstance(cell_of_one(one.cell), LINKS) or one.name in POST
        ]
        self.columns = [(one.name, one.required, one.empty) for one in model.columns()]

    def entered(self, cells: Mapping[str, str]) -> Entry:
        return self.right(cells) or complete_entry(self.model, cells, self.year, self.today, self.me)

    def right(self, cells: Mapping[str, str]) -> Entry | None:
        """The completed row; None if anything is wrong with it."""
        entry = self.completed(self.texts.read(cells))
        posts = posts_for(entry.row, self.year) if entry else []
        if entry and posts:
            post = {name: text for name, text in zip(("role", "board"), posts[0], strict=True) if text}
            entry = self.completed(self.texts.read({**entry.cells, **post})) if len(posts) == 1 else None
        if not entry or not self.is_linked(entry.row):
            return None
        return (
            None if any(self.model.mistakes(entry.row)) or any(days_to_come(entry.row, self.today)) else entry
        )

    def completed(self, read: dict[str, Read] | None) -> Entry | None:
        """The row with what is filled in; None without a cell that it needs."""
        if read is None:
            return None
        written = {name: one.written for name, one in read.items()}
        filled = with_defaults(self.model, written, self.today, self.me)
        if len(filled) > len(written):
            more = self.texts.read({name: text for name, text in filled.items() if name not in read})
            if more is None:
                return None
            read |= more
            written |= {name: one.written for name, one in more.items()}
        values = list[Value]()
        for name, required, empty in self.columns:
            one = read.get(name)
            if one is None and required:
                return None
            values.append(empty if one is None else one.value)
        return Entry(written, Row(self.model, "", 0, tuple(values)))

    def is_linked(self, row: Row) -> bool:
        """Is nothing wrong between this row and others? What ties it to them is looked at once."""
        ties = tuple(row[name] for name in self.ties)
        if ties not in self.linked and not any(link_mistakes(self.year.plan, self.year.data, row)):
            self.linked.add(ties)
        return ties in self.linked and not report_mistakes(self.year, row)


class Read(NamedTuple):
    """A text as the log writes it, and its value."""

    written: str
    value: Value


class Texts(dict[tuple[str, str], Read | None]):
    """What a text of a column stands for, by (column, text); None of one that cannot be read, or is blank."""

    def __init__(self, model: type[Record], year: Year, today: dt.date) -> None:
        self.model, self.year, self.today, self.known = model, year, today, year.known.at(model.log)
        self.plain = {one.name for one in model.columns() if not isinstance(cell_of_one(one.cell), LOOKED_UP)}

    def read(self, cells: Mapping[str, str]) -> dict[str, Read] | None:
        """Every cell; None if one of them cannot be read."""
        found = {name: one for name, text in cells.items() if (one := self[name, text])}
        return found if len(found) == len(cells) else None

    def __missing__(self, key: tuple[str, str]) -> Read | None:
        name, text = key
        self[key] = found = self.one(name, text)
        return found

    def one(self, name: str, text: str) -> Read | None:
        """As `entered` reads it; what it would say of a text that is wrong is not asked here."""
        column = self.model.column_named(name)
        cells, wrong, unclear = {name: text}, Mistakes(), Mistakes()
        if name not in self.plain:
            cells = with_all_boards(self.model, cells, self.year)
            cells, wrong = with_iso_dates(self.model, cells, self.today, self.year.plan.window)
            cells, unclear = with_person_ids(self.model, cells, self.year)
        text = cells[name].strip()
        if column is None or wrong or unclear or not text or why_refused(self.model, name, cells[name]):
            return None
        try:
            value = column.cell.read(text, self.known, name)
        except Mistake:
            return None
        return Read(column.cell.write(value), value)


def checked_cells(model: type[Record], given: Mapping[str, str | None], year: Year) -> dict[str, str]:
    """The cells as they are written; every mistake stops the command."""

    entry = complete_entry(
        model, {name: value for name, value in given.items() if value}, year, context.today(), None
    )
    raise_mistakes(model, entry)
    return entry.cells
