"""The annexes: one declaration for each log that a report shows in full.

An annex has the rows that count in at least one indicator, so that its totals are those of the results.
It is printed where the plan has an indicator on its log, and only then.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from string import ascii_uppercase
from typing import Any

from prt.figures.evaluate import Evaluation
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import annex_key, row_key
from prt.figures.withholding.published import Withheld
from prt.figures.withholding.sent_report import unlisted_key
from prt.model.facts import total
from prt.model.figure import share
from prt.model.plan import Plan
from prt.model.records import LOGS, Session
from prt.model.rows import NO_ROWS, Row, RowTable, cells_of
from prt.model.view import rows_by_name
from prt.output.document.content import Grid
from prt.output.document.report_document import Annex
from prt.output.figure_text import amount
from prt.output.listings import capital, cell, footnote, heading, keep_on_line, label, rows_grid
from prt.output.numbers import Value, day_text, format_figure
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class Listing:
    """All rows of a log, one by one."""

    log: str

    def grids(self, words: Words, counted: RowTable, withheld: Withheld, until: dt.date) -> Iterator[Grid]:
        command = f"prt list {LOGS[self.log].kinds[0]}"
        yield rows_grid(words, self.log, "", rows_by_day(counted), withheld, command, until)


@dataclass(frozen=True)
class Activities:
    """The sessions of each line with the seven columns that the plan asks for in line 1.3c."""

    log: str

    def grids(self, words: Words, counted: RowTable, withheld: Withheld, until: dt.date) -> Iterator[Grid]:
        rows = sorted(rows_by_day(counted), key=lambda row: order_of(words, row["line"]))
        for line, some in groupby(rows, key=lambda row: row["line"]):
            own = list(some)
            table = Table(activity_head(words), tuple(activity(words, row, withheld) for row in own))
            hidden = any(key in withheld for row in own for key in activity_keys(row))
            yield Grid(words("report.line", id=line), table, footnote(words) if hidden else "")


@dataclass(frozen=True)
class Breakdown:
    """How many rows, and how many hours, by each of some columns: never by two of them at once."""

    log: str

    @property
    def hours(self) -> bool:
        return LOGS[self.log].column_named("hours") is not None

    def grids(self, words: Words, counted: RowTable, withheld: Withheld, until: dt.date) -> Iterator[Grid]:
        hours = Amounts.of(counted.cells("hours") if self.hours else [Fraction(0)] * len(counted.rows))
        for column in words.plan.record_of(self.log).broken_down:
            named = Heading(column, capital(words.column_name(self.log, column)))
            head = [named, Heading("number", words("report.number"), "right")]
            if self.hours:
                head.append(heading(words, self.log, "hours"))
            listed = unlisted_key("annex", self.log, column) not in withheld
            found = self.groups(words, counted, hours, column)
            groups = [one for one in found if listed or one[0] not in withheld]
            table = Table(tuple(head), tuple(self.row(words, *group, withheld) for group in groups))
            hidden = any(key in withheld for key, *_ in groups)
            caption = words("report.by", column=words.column_name(self.log, column))
            notes = [footnote(words)] if hidden else []
            notes += [words("annex.hours_shown")] if hidden and self.hours else []
            yield Grid(caption, table, ". ".join(notes))

    def groups(
        self, words: Words, counted: RowTable, hours: Amounts, column: str
    ) -> Iterator[tuple[Key, str, int, Fraction]]:
        """How many rows, and how many hours, of each value, of *unknown*, and of all of them."""
        found = sums_by(counted.cells(column), hours)
        unknown = found.pop(None, None)
        for value in sorted(found, key=lambda value: words.order(self.log, column, value)):
            yield annex_key(self.log, column, value), label(words, self.log, column, value), *found[value]
        if unknown:
            yield annex_key(self.log, column, None), capital(words("value.any.unknown")), *unknown
        yield annex_key(self.log, "", ""), words("annex.total"), len(counted.rows), hours.total

    def row(
        self, words: Words, key: Key, name: str, rows: int, hours: Fraction, withheld: Withheld
    ) -> tuple[str, ...]:
        number = amount(words, None if key in withheld else Fraction(rows))
        return (name, number, *((format_figure(hours, "", words.language),) if self.hours else ()))


@dataclass(frozen=True)
class Amounts:
    """The amounts of rows: equal ones of a table are one object, and are known by its identity."""

    ids: Sequence[int]
    different: Mapping[int, Fraction]
    total: Fraction

    @classmethod
    def of(cls, amounts: Sequence[Fraction]) -> Amounts:
        ids = [*map(id, amounts)]
        return cls(ids, dict(zip(ids, amounts, strict=True)), total(amounts))


def sums_by(cells: Sequence[Any], amounts: Amounts) -> dict[Any, tuple[int, Fraction]]:
    """How many rows have each value of a column, and the sum of their amounts; a cell may hold several
    values, or none. Rows that agree are added up at once."""
    found = dict[Any, tuple[int, Fraction]]()
    for (said, one), times in Counter(zip(cells, amounts.ids, strict=True)).items():
        for value in said if isinstance(said, tuple) else (said,):
            rows, summed = found.get(value, (0, Fraction(0)))
            found[value] = rows + times, summed + amounts.different[one] * times
    return found


def named_groups(
    words: Words, log: str, column: str, rows: Iterable[Row]
) -> Iterator[tuple[Any, str, list[Row]]]:
    """The rows of each value of a column, in the order of the plan's words; those without one last."""
    rows = list(rows)
    found = rows_by_name(rows, column)
    for value in sorted(found, key=lambda value: words.order(log, column, value)):
        yield value, label(words, log, column, value), found[value]
    cells = cells_of(rows, column)
    if unknown := [row for row, value in zip(rows, cells, strict=True) if value is None]:
        yield None, capital(words("value.any.unknown")), unknown


FORMS: dict[str, type[Activities | Listing | Breakdown]] = {
    "activities": Activities,
    "rows": Listing,
    "numbers": Breakdown,
}
"""How the rows of a log are shown, by what the log says of its annex."""


def annex_breakdowns(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The columns by which annexes count rows."""
    return {log: plan.record_of(log).broken_down for log in LOGS}


def annexes(evaluation: Evaluation, words: Words, withheld: Withheld) -> tuple[Annex, ...]:
    return tuple(
        annex_of(log, letter, annex_rows(evaluation, log), words, withheld, evaluation.cut_off)
        for log, letter in annex_letters(evaluation, words).items()
    )


def annex_letters(evaluation: Evaluation, words: Words) -> dict[str, str]:
    """The letter of each log that has an annex, of those that the plan has an indicator on."""
    named = words.plan.selections
    read = {log for result in evaluation.results for log in result.measure.source_logs(named)}
    places = {log: annex.place for log in read if (annex := LOGS[log].annex)}
    return dict(zip(sorted(places, key=places.__getitem__), ascii_uppercase, strict=False))


def annex_of(
    log: str, letter: str, counted: RowTable, words: Words, withheld: Withheld, until: dt.date
) -> Annex:
    """An annex with what was known of its rows on the day `until`."""
    title = words("report.annex", letter=letter, title=words(f"annex.{log}"))
    notes = [words("annex.counted" if counted.rows else "annex.empty")]
    if "role" in LOGS[log].broken_down:
        notes.append(words("annex.never_crossed"))
    annex = LOGS[log].annex
    form = FORMS[annex.form if annex else "numbers"](log)
    grids = tuple(form.grids(words, counted, withheld, until)) if counted.rows else ()
    return Annex(letter, f"annex-{letter.lower()}", title, " ".join(notes), grids)


def annex_rows(evaluation: Evaluation, log: str) -> RowTable:
    """The rows of a log that count in an indicator and that an annex is of.

    While a period lasts, a document of a later date is not submitted yet, whatever day it counts on.
    """
    table, cut_off = evaluation.rows_counted.get(log, NO_ROWS), evaluation.cut_off
    if table.rows and cut_off < evaluation.period.last and "date" in table.rows[0].index:
        return table.where([day <= cut_off for day in table.cells("date")])
    return table


def rows_by_day(table: RowTable) -> list[Row]:
    return sorted(table.rows, key=attrgetter("day", "name"))


def order_of(words: Words, line: str) -> int:
    """Where a line stands in the plan."""
    return next((place for place, one in enumerate(words.plan.lines()) if one.id == line), 0)


def activity_head(words: Words) -> tuple[Heading, ...]:
    names = ("title_theme", "audience", "date", "participants", "boards", "responses", "positive")
    return tuple(
        Heading(name, words(f"annex.{name}"), "right" if place > 2 else "left")
        for place, name in enumerate(names)
    )


RESPONSE, POSITIVE = Session.shares


def activity_keys(row: Row) -> tuple[Key, Key, Key]:
    """The cells about people: participants, response to forms, positive feedback."""
    return row_key(row, "participants"), row_key(row, *RESPONSE), row_key(row, *POSITIVE)


def activity(words: Words, row: Row, withheld: Withheld) -> tuple[str, ...]:
    boards = len(row["boards"] or ())
    return (
        " / ".join(text for text in (row["title"], row["theme"]) if text),
        cell(words, row.log, "audience", row["audience"]),
        days(words, row),
        headcount(words, row, withheld),
        amount(words, Fraction(boards)) if boards else "",
        words("annex.no_form")
        if row["feedback_form"] is False
        else format_share(words, row, *RESPONSE, withheld),
        format_share(words, row, *POSITIVE, withheld),
    )


def headcount(words: Words, row: Row, withheld: Withheld) -> str:
    if row["participants"] is None:
        return ""
    return amount(words, None if row_key(row, "participants") in withheld else Fraction(row["participants"]))


def format_share(words: Words, row: Row, part: str, whole: str, withheld: Withheld) -> str:
    """A percentage of one session, or nothing where one of the numbers is not known or the whole is 0."""
    if row_key(row, part, whole) in withheld:
        return words("figure.withheld")
    if row[part] is None or row[whole] is None:
        return ""
    value = share(Fraction(row[part]), Fraction(row[whole])).value
    return "" if value is None else format_figure(value, "%", words.language)


def days(words: Words, row: Row) -> str:
    def say(day: dt.date) -> str:
        return keep_on_line(day_text(day, words.language, "medium"))

    said = words.days(row, say)
    return said if isinstance(said, Value) else day_text(row["date"], words.language, "medium").printed(said)


def to_come(words: Words, rows: Iterable[Row]) -> Table:
    """Sessions to come: when, for which line, what, for whom."""
    head = tuple(heading(words, "sessions", name) for name in ("date", "line", "title", "audience"))
    texts = (
        (days(words, row), row["line"], row["title"], cell(words, row.log, "audience", row["audience"]))
        for row in rows
    )
    return Table(head, tuple(texts))
