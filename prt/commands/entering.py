"""From the words of a command to a row: dates as people type them, what is filled in, every mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from prt.commands.answers import boards_of, is_all
from prt.figures.entering import has_post, link_mistakes, posts_of, several_posts
from prt.figures.questions import allowed
from prt.files.write import unreadable
from prt.model.cells import DayCell, TextCell
from prt.model.dates import read_day
from prt.model.entry import Entry, checked
from prt.model.provenance import PRIVATE
from prt.model.records import LogRecord
from prt.problems import Mistake, Place, Problem, PrtError

if TYPE_CHECKING:
    from prt.files.project import Project, Year
    from prt.model.records import Record

Mistakes = list[tuple[str, Mistake]]


def entered(
    model: type[Record], cells: Mapping[str, str], year: Year, today: dt.date, me: str | None
) -> Entry:
    """The row that these cells make, completed, with every mistake that can be known before it is written."""
    cells, wrong = with_iso_dates(model, with_all_boards(model, cells, year), today)
    wrong += [(name, Mistake(*found)) for name, text in cells.items() if (found := unreadable(text))]
    entry = checked(model, with_defaults(model, cells, today, me), year.known)
    entry, more = with_post(entry, year)
    links = link_mistakes(year.plan, year.data, entry.row)
    own = [narrowed(model, year, *one) for one in entry.mistakes]
    return replace(entry, mistakes=first_of_each([*wrong, *own, *more, *links]))


def kept_apart(model: type[Record], entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry with a mistake for each text that names somebody: once it is kept, it stays for good."""
    if anyway or model.log in PRIVATE:
        return entry
    texts = {name: text for name, text in entry.cells.items() if is_text(model, name)}
    return replace(entry, mistakes=(*entry.mistakes, *personal(texts, year.project)))


def is_text(model: type[Record], name: str) -> bool:
    column = model.column_named(name)
    return column is not None and isinstance(column.cell, TextCell) and name != model.id_column


def personal(texts: Mapping[str, str], project: Project) -> Mistakes:
    """The texts in which check would find something personal."""
    from prt.files.carried import known_names, said
    from prt.model.personal import traces

    names, found = known_names(project), Mistakes()
    for name, text in texts.items():
        for one in traces(text, names):
            what, remedy = said(one.kind, one.person)
            found.append((name, Mistake(what, f"{remedy} Or keep it all the same: --anyway.")))
    return found


def with_all_boards(model: type[Record], cells: Mapping[str, str], year: Year) -> dict[str, str]:
    """`--boards all` as the codes of every board that counts."""
    boards = "; ".join(boards_of(year.data))
    columns = {column.name: column for column in model.columns()}
    return {
        name: boards if name in columns and is_all(columns[name], text) else text
        for name, text in cells.items()
    }


def narrowed(model: type[Record], year: Year, name: str, mistake: Mistake) -> tuple[str, Mistake]:
    """Of a line, only those are listed that read the log; all that the plan has is no help."""
    column = model.column_named(name)
    if name != "line" or column is None or not issubclass(model, LogRecord):
        return name, mistake
    before, sign, _ = mistake.remedy.partition("One of:")
    if not sign:
        return name, mistake
    return name, Mistake(mistake.what, before + allowed(model, column, year.plan, year.known))


def with_iso_dates(
    model: type[Record], cells: Mapping[str, str], today: dt.date
) -> tuple[dict[str, str], Mistakes]:
    """`yesterday`, `-2d`, `oct 16` as the dates that a file has."""
    dates = {column.name for column in model.columns() if isinstance(column.cell, DayCell)}
    found, wrong = dict(cells), Mistakes()
    for name, text in cells.items():
        if name in dates and text.strip():
            try:
                found[name] = read_day(text.strip(), today).isoformat()
            except Mistake as mistake:
                wrong.append((name, mistake))
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
    row = entry.row
    if not has_post(row.model) or row["person"] is None or row["date"] is None:
        return entry, []
    if row["role"] is not None and row["board"] is not None:
        return entry, []
    posts = posts_of(year.data, row["person"], row["date"], {"role": row["role"], "board": row["board"]})
    if len(posts) > 1:
        return entry, [("person", several_posts(row["person"], row["date"], posts))]
    if not posts:
        return entry, []
    role, board = posts[0]
    return checked(row.model, {**entry.cells, "role": role, "board": board}, year.known), []


def first_of_each(mistakes: Iterable[tuple[str, Mistake]]) -> tuple[tuple[str, Mistake], ...]:
    """One mistake for each column: the first says most."""
    found: dict[str, Mistake] = {}
    for name, mistake in mistakes:
        found.setdefault(name, mistake)
    return tuple(found.items())


def refuse(model: type[Record], entry: Entry) -> None:
    """Stop the command if the row has a mistake; all of them are said."""
    if entry.mistakes:
        raise PrtError(*(problem(model, entry, name, found) for name, found in entry.mistakes), code=2)


def problem(model: type[Record], entry: Entry, name: str, mistake: Mistake) -> Problem:
    column = model.column_named(name)
    place = Place(column.option if column else name)
    return Problem(place, mistake.what, mistake.remedy, value=entry.cells.get(name, ""))
