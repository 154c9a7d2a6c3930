"""The rows of a plan year as a workbook to be filled: columns, labels, and the lists to choose from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from prt.console import context
from prt.figures.questions import OF_PLAN, choices
from prt.files.project import Year
from prt.files.workbook.given_book import (
    PEOPLE_LIST,
    GivenBook,
    GivenColumn,
    GivenRow,
    GivenSheet,
    Shown,
    plain_cell,
)
from prt.imports.proposing.sheet_rows import write_cell
from prt.model.cells import (
    DayCell,
    HoursCell,
    NumberCell,
    OneOf,
    OrganisationCell,
    PersonCell,
    Value,
    WordCell,
    YesNoCell,
    cell_of_one,
    decimals_of,
    names_person,
)
from prt.model.columns import Column, LogRecord
from prt.model.plan import Plan
from prt.model.records import STAFF
from prt.model.rows import Row
from prt.model.selections import several
from prt.output.listings import capital
from prt.output.words import Words
from prt.tasks.entry.answers import boards_of
from prt.tasks.imports.show_rows import person_labels
from prt.text import fold_text

LabelledCodes = list[tuple[str, str]]
LONGEST_TITLE = 31
"""Characters that Excel allows a sheet's name."""
NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
MOST_DECIMALS = 9


class BookMaker:
    """What a workbook shows of a plan year. Without `named` nobody's name or id is in it."""

    def __init__(self, year: Year, me: str, *, named: bool) -> None:
        self.year, self.me, self.named = year, me, named
        self.words = Words(context.language(None), year.plan, year.data.organisations)
        self.people = person_labels(year.person_finder)
        self.lists = dict[str, LabelledCodes]()
        self.called = dict[tuple[str, str], LabelledCodes]()

    def make(self, logs: Sequence[str], number: str, made: dt.date) -> GivenBook:
        sheets = tuple(self.sheet(self.year.plan.record_of(log)) for log in logs)
        texts = {name: self.words(f"sheet.{name}") for name in ("heading", "stop", "warning")}
        asked = any(column.choices == PEOPLE_LIST for sheet in sheets for column in sheet.columns)
        posts = list(self.posts()) if asked else []
        plan, words = self.year.plan, texts | {"id": capital(self.words("column.id"))}
        title, owner = project_title(plan), self.me if self.named else ""
        return GivenBook(title, plan.year, number, str(made), sheets, self.lists, posts, words, owner)

    def posts(self) -> Iterator[tuple[str, str, str]]:
        """(board, label, id) of whoever may be named; the team itself is nobody's client."""
        for person, posts in self.year.data.posts.items():
            if person in self.people and not all(post["role"] == STAFF for post in posts):
                for board in dict.fromkeys(post["board"] or "" for post in posts):
                    yield board, self.people[person], person

    def sheet(self, model: type[LogRecord]) -> GivenSheet:
        columns = shown_columns(model, named=self.named)
        given = tuple(self.column(model, column) for column in columns)
        rows = [self.row(row.as_read(), columns) for row in own_rows(self.year, model, self.me)]
        return GivenSheet(model.log, sheet_title(self.words, model.log), given, tuple(rows))

    def column(self, model: type[LogRecord], column: Column) -> GivenColumn:
        cell = cell_of_one(column.cell)
        heading = capital(self.words.column_name(model.log, column.name))
        form = "date" if isinstance(cell, DayCell) else "text"
        form = "number" if cell.numeric else form
        chosen, pairs = f"{model.log}.{column.name}", self.labels(model.log, column)
        if pairs:
            self.lists[chosen] = pairs
        if isinstance(cell, PersonCell):
            return GivenColumn(column.name, heading, form, PEOPLE_LIST if self.people else "", firm=False)
        listed = pairs and not column.cell.many
        return GivenColumn(column.name, heading, form, chosen if listed else "")

    def labels(self, log: str, column: Column) -> LabelledCodes:
        """Each value of a list with what it is called; looked up once."""
        if (log, column.name) not in self.called:
            self.called[log, column.name] = list(self.pairs(self.year.plan.record_of(log), column))
        return self.called[log, column.name]

    def pairs(self, model: type[LogRecord], column: Column) -> Iterable[tuple[str, str]]:
        """A board and a line are called by their codes, others by their labels unless two have the same."""
        cell, known, codes = cell_of_one(column.cell), self.year.known.at(model.log), LabelledCodes()
        if isinstance(cell, YesNoCell):
            return [(self.words("value.any.yes"), "yes"), (self.words("value.any.no"), "no")]
        if isinstance(cell, OrganisationCell):
            boards = column.name in ("board", "boards")
            every = boards_of(self.year.data) if boards else cell.choices(known, column.name)
            codes = [(code, code) for code in every]
        elif isinstance(cell, OF_PLAN):
            found = choices(model, column, self.year.plan, known, {})
            codes = [(code, code) for code, _ in found]
        elif isinstance(cell, (OneOf, WordCell)):
            every = cell.choices(known, column.name)
            called = {code: self.words.label(model.log, column.name, code) for code in every}
            times = Counter(map(fold_text, called.values()))
            codes = [(text if times[fold_text(text)] == 1 else code, code) for code, text in called.items()]
        return codes

    def row(self, row: Row, columns: Sequence[Column]) -> GivenRow:
        cells = {one.name: plain_cell(write_cell(one, row[one.name])) for one in columns}
        return GivenRow(
            row.id, cells, {one.name: self.shown(row.model.log, one, row[one.name]) for one in columns}
        )

    def shown(self, log: str, column: Column, value: Value) -> Shown:
        """A value as its cell shows it: a real date, a real number, or what it is called."""
        cell = cell_of_one(column.cell)
        if value is None or value == ():
            return None
        if isinstance(cell, DayCell) or (isinstance(value, int) and not isinstance(value, bool)):
            return value  # type: ignore[return-value]
        if isinstance(cell, (HoursCell, NumberCell)):
            digits = decimals_of(value)  # type: ignore[arg-type]
            exact = digits is not None and digits <= MOST_DECIMALS
            return float(value) if exact else column.cell.write(value)  # type: ignore[arg-type]
        texts = column.cell.write(value).split("; ") if column.cell.many else [column.cell.write(value)]
        labels = {code: text for text, code in self.labels(log, column)}
        labels = self.people if isinstance(cell, PersonCell) else labels
        return "; ".join(labels.get(text, text) for text in texts)


def project_title(plan: Plan) -> str:
    """What tells a project from others, on whatever laptop its folder is."""
    return plan.title.as_one("en")


def shown_columns(model: type[LogRecord], *, named: bool) -> list[Column]:
    """The columns to be filled in, a board before its people; the owner of the sheet gave the hours."""
    found = [one for one in model.columns() if one.name != model.id_column]
    own = model.worker_columns()[:1] if model.gives_hours() else ()
    found = [one for one in found if one.name not in own]
    people = [one for one in found if names_person(one.cell)]
    boards = [one for one in found if one.name == "board" and people]
    at = min((found.index(one) for one in people), default=0)
    ordered = [*found[:at], *boards, *(one for one in found[at:] if one not in boards)]
    return [one for one in ordered if named or one not in people]


def own_rows(year: Year, model: type[LogRecord], me: str) -> list[Row]:
    """The rows of a log that have an id; of hours those that are one's own."""
    rows = [row for row in year.data.logs[model.log] if row.id]
    return (
        [row for row in rows if me in several(row[model.worker_columns()[0]])]
        if model.gives_hours()
        else rows
    )


def sheet_title(words: Words, log: str) -> str:
    """What the sheet of a log is called, in as many letters as Excel allows."""
    text = words(f"sheet.title.{log}") if f"sheet.title.{log}" in words else words(f"log.{log}")
    return capital(text).translate(NOT_IN_TITLES)[:LONGEST_TITLE].strip().strip("'")


def list_sizes(book: GivenBook) -> Mapping[str, int]:
    """How many boards, names and objectives there are to choose from."""
    lists = {name.partition(".")[2]: len(pairs) for name, pairs in book.lists.items()}
    names = {code for _, _, code in book.people}
    return {
        "boards": lists.get("board", lists.get("boards", 0)),
        "names": len(names),
        "objectives": lists.get("objective", 0),
    }
