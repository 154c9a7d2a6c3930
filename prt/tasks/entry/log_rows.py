"""From the words of a command to a row: dates as people type them, what is filled in, every mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from prt.console import context
from prt.entry.persons import PersonsInWords
from prt.figures.entering import days_to_come, has_post, link_mistakes, posts_of, several_posts
from prt.figures.questions import choices
from prt.files.csv.edit import why_unreadable
from prt.files.privacy.personal import Names, Trace, traces
from prt.files.privacy.walk import known_names, trace_mistake
from prt.files.project import Project, Year
from prt.files.provenance import PRIVATE
from prt.files.yaml.words import say_phrase
from prt.model.calendar import Window, read_day
from prt.model.cells import (
    DayCell,
    TextCell,
    choices_list,
)
from prt.model.columns import LogRecord, Record
from prt.model.rows import Entry, Row, read_entry
from prt.model.text import LANGUAGES
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.answers import Reader, boards_of, is_all, read_words
from prt.tasks.next_report import typed_report_mistakes

Mistakes = list[tuple[str, Mistake]]


def complete_entry(
    model: type[Record], cells: Mapping[str, str], year: Year, today: dt.date, me: str | None
) -> Entry:
    """The row that these cells make, completed, with every mistake that can be known before it is written."""
    cells, wrong = with_words(model, with_all_boards(model, cells, year), year, today)
    cells, not_days = with_iso_dates(model, cells, today, year.plan.window)
    cells, unclear = with_person_ids(model, cells, year)
    wrong += [*not_days, *unclear]
    wrong += [(name, found) for name, text in cells.items() if (found := why_refused(model, name, text))]
    entry = read_entry(model, with_defaults(model, cells, today, me), year.known)
    entry, more = with_post(entry, year)
    links = [*link_mistakes(year.plan, year.data, entry.row), *report_mistakes(year, entry.row)]
    own = [narrow_remedy(model, year, *one) for one in entry.mistakes]
    to_come = days_to_come(entry.row, today)
    return entry._replace(mistakes=first_of_each([*wrong, *own, *more, *links, *to_come]))


def with_words(
    model: type[Record], cells: Mapping[str, str], year: Year, today: dt.date
) -> tuple[dict[str, str], Mistakes]:
    """The cells with every word that a prompt takes as the value that it stands for."""
    return read_words(model, cells, year.known, partial(make_reader, model.log, year, today))


def make_reader(log: str, year: Year, today: dt.date) -> Reader:
    """Reads what a prompt would, of which nobody is asked."""
    words = [Words(one, year.plan, year.data.organisations) for one in LANGUAGES]
    return Reader(log, year.known, today, year=year.plan.window, words=words)


def report_mistakes(year: Year, row: Row) -> Mistakes:
    """Why a progress report is not typed."""
    return list(typed_report_mistakes(year, row)) if row.model.logged_by_submit else []


def why_refused(model: type[Record], name: str, text: str) -> Mistake | None:
    """Why a text cannot be kept as it is: it could not be read again, or a title would break the lists."""
    if name == model.title_column and is_text(model, name) and len(text.strip().splitlines()) > 1:
        return Mistake("line_end_in_title")
    return why_unreadable(text)


def refuse_names(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry with a mistake for each text that names somebody: once it is kept, it stays for good."""
    model = entry.row.model
    if anyway or model.log in PRIVATE:
        return entry
    texts = words_in(model, entry.cells)
    if not texts:
        return entry
    return entry._replace(mistakes=(*entry.mistakes, *personal_mistakes(texts, year.project)))


def is_text(model: type[Record], name: str) -> bool:
    column = model.column_named(name)
    return column is not None and isinstance(column.cell, TextCell) and name != model.id_column


def personal_mistakes(texts: Mapping[str, str], project: Project) -> Mistakes:
    """The texts in which check would find something personal."""
    found = personal_texts(texts, known_names(project), project)
    return [(name, Mistake("kept_anyway", mistake=mistake)) for name, mistake in found]


def personal_texts(texts: Mapping[str, str], names: Names, project: Project) -> Iterator[tuple[str, Mistake]]:
    """(name of the text, mistake) of each name, e-mail address and telephone number in these texts."""
    for name, text in texts.items():
        yield from ((name, typed_mistake(one, project)) for one in traces(text, names))


def typed_mistake(trace: Trace, project: Project) -> Mistake:
    """What is personal in a text before it is kept. Who typed a name is told whose it is, in words."""
    row = project.names().get(trace.person)
    return Mistake("name_typed", name=row["name"], person=trace.person) if row else trace_mistake(trace)


def words_in(model: type[Record], cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that somebody writes in words of one's own."""
    return {name: text for name, text in cells.items() if is_text(model, name)}


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
        team = name in model.workers
        meant = [(part, year.person_finder.find(part, team=team)) for part in parts]
        found |= {name: "; ".join(one.certain or part for part, one in meant)} if meant else {}
        wrong += [
            (name, year.person_finder.person_may_be(part, one))
            for part, one in meant
            if one.kind in ("enough", "candidates")
        ]
    return found, wrong


def with_persons_told(model: type[Record], cells: Mapping[str, str], year: Year) -> dict[str, str]:
    """A first or last name alone that one person of the column has as the id; who that is, is told."""
    found, finder = dict(cells), year.person_finder
    for name in model.person_columns():
        parts = [part.strip() for part in cells.get(name, "").split(";") if part.strip()]
        team = name in model.workers
        meant = {part: one for part in parts if (one := finder.find(part, team=team)).kind == "enough"}
        for part, one in meant.items():
            context.say(say_phrase("taken_as", text=part, person=PersonsInWords([one.taken], finder)))
        if meant:
            found[name] = "; ".join(meant[part].taken if part in meant else part for part in parts)
    return found


def with_defaults(
    model: type[Record], cells: Mapping[str, str], today: dt.date, me: str | None
) -> dict[str, str]:
    """Who gave the hours is who types them; what is still to come is planned."""
    filled = dict(cells)
    if me:
        filled |= {name: me for name in model.worker_columns()[:1] if name not in filled}
    if model.column_named("status") and cells.get("date", "") > today.isoformat():
        filled.setdefault("status", "planned")
    return filled


def with_post(entry: Entry, year: Year) -> tuple[Entry, Mistakes]:
    """Role and board from the post that the person held that day; several are a question, or a mistake."""
    row, posts = entry.row, posts_for(entry.row, year)
    if len(posts) > 1:
        return entry, [("person", several_posts(row["person"], row["date"], posts, year.known))]
    if not posts:
        return entry, []
    role, board = posts[0]
    return read_entry(row.model, {**entry.cells, "role": role, "board": board}, year.known), []


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
    return Problem.of(place, mistake.told_at("option"), value=entry.cells.get(name, ""))


def checked_cells(model: type[Record], given: Mapping[str, str | None], year: Year) -> dict[str, str]:
    """The cells as they are written; every mistake stops the command."""

    entry = complete_entry(
        model, {name: value for name, value in given.items() if value}, year, context.today(), None
    )
    raise_mistakes(model, entry)
    return entry.cells
