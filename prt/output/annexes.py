"""The annexes: one declaration for each log that a report shows in full.

An annex has the rows that count in at least one indicator, so that its totals are those of the results.
It is printed where the plan has an indicator on its log, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from string import ascii_uppercase

from prt.figures.evaluate import Evaluation
from prt.model.measures.base import total
from prt.model.rows import Row
from prt.model.text import folded
from prt.model.view import named
from prt.output.document import Annex, Grid
from prt.output.listings import capital, cell, heading, label, rows_table, unbroken
from prt.output.numbers import day_text, shown
from prt.output.tables import Heading, Table
from prt.output.words import Words


@dataclass(frozen=True)
class Listing:
    """All rows of a log, one by one."""

    log: str

    def grids(self, words: Words, rows: list[Row]) -> Iterator[Grid]:
        yield Grid("", rows_table(words, self.log, rows))


@dataclass(frozen=True)
class Activities:
    """The sessions of each line with the seven columns that the plan asks for in line 1.3c."""

    log: str = "sessions"

    def grids(self, words: Words, rows: list[Row]) -> Iterator[Grid]:
        rows = sorted(rows, key=lambda row: order_of(words, row["line"]))
        for line, some in groupby(rows, key=lambda row: row["line"]):
            table = Table(activity_head(words), tuple(activity(words, row) for row in some))
            yield Grid(words("report.line", id=line), table)


@dataclass(frozen=True)
class Breakdown:
    """How many rows, and how many hours, by each of some columns: never by two of them at once."""

    log: str
    columns: tuple[str, ...]
    hours: bool = True

    def grids(self, words: Words, rows: list[Row]) -> Iterator[Grid]:
        for column in self.columns:
            head = [heading(words, self.log, column), Heading("number", words("report.number"), "right")]
            if self.hours:
                head.append(heading(words, self.log, "hours"))
            table = Table(tuple(head), tuple(self.rows(words, rows, column)))
            yield Grid(words("report.by", column=words.column_name(self.log, column)), table)

    def rows(self, words: Words, rows: list[Row], column: str) -> Iterator[tuple[str, ...]]:
        """A row for each value, *unknown* last, then the total."""
        groups = {label(words, self.log, column, value): some for value, some in named(rows, column).items()}
        for name in sorted(groups, key=folded):
            yield self.row(words, name, groups[name])
        if unknown := [row for row in rows if row[column] is None]:
            yield self.row(words, capital(words("value.any.unknown")), unknown)
        yield self.row(words, words("annex.total"), rows)

    def row(self, words: Words, name: str, rows: list[Row]) -> tuple[str, ...]:
        number = shown(Fraction(len(rows)), "", words.language)
        hours = (shown(total(rows, "hours"), "", words.language),) if self.hours else ()
        return (name, number, *hours)


ANNEXES: tuple[Listing | Activities | Breakdown, ...] = (
    Activities(),
    Listing("tools"),
    Listing("updates"),
    Breakdown("accompaniment", ("objective", "role", "board")),
    Breakdown("partner-support", ("organisation", "purpose")),
    Listing("partnerships"),
    Listing("surveys"),
    Breakdown("journals", ("round",), hours=False),
    Listing("deliverables"),
)
"""In the order of the plan."""


def annexes(evaluation: Evaluation, words: Words) -> tuple[Annex, ...]:
    letters = annex_letters(evaluation, words)
    return tuple(
        annex_of(one, letters[one.log], counted(evaluation, one.log), words)
        for one in ANNEXES
        if one.log in letters
    )


def annex_letters(evaluation: Evaluation, words: Words) -> dict[str, str]:
    """The letter of each log that has an annex: those that the plan has an indicator on."""
    read = {words.flat(result.indicator.measure.main).log for result in evaluation.results}
    return dict(zip((one.log for one in ANNEXES if one.log in read), ascii_uppercase, strict=False))


def annex_of(one: Listing | Activities | Breakdown, letter: str, rows: list[Row], words: Words) -> Annex:
    title = words("report.annex", letter=letter, title=words(f"annex.{one.log}"))
    notes = [words("annex.counted" if rows else "annex.empty")]
    if isinstance(one, Breakdown) and "role" in one.columns:
        notes.append(words("annex.never_crossed"))
    grids = tuple(one.grids(words, rows)) if rows else ()
    return Annex(letter, f"annex-{letter.lower()}", title, " ".join(notes), grids)


def counted(evaluation: Evaluation, log: str) -> list[Row]:
    """The rows of a log that count to date in at least one indicator, by day."""
    found = {row.key: row for result in evaluation.results for row in result.to_date.rows if row.log == log}
    return sorted(found.values(), key=lambda row: (row.day, row.key))


def order_of(words: Words, line: str) -> int:
    """Where a line stands in the plan."""
    return next((place for place, one in enumerate(words.plan.lines()) if one.id == line), 0)


def activity_head(words: Words) -> tuple[Heading, ...]:
    names = ("title_theme", "audience", "date", "participants", "boards", "responses", "positive")
    return tuple(
        Heading(name, words(f"annex.{name}"), "right" if place > 2 else "left")
        for place, name in enumerate(names)
    )


def activity(words: Words, row: Row) -> tuple[str, ...]:
    language = words.language
    boards = len(row["boards"] or ())
    return (
        " / ".join(text for text in (row["title"], row["theme"]) if text),
        cell(words, row.log, "audience", row["audience"]),
        days(words, row),
        "" if row["participants"] is None else shown(Fraction(row["participants"]), "", language),
        shown(Fraction(boards), "", language) if boards else "",
        words("annex.no_form")
        if row["feedback_form"] is False
        else share(words, row, "respondents", "participants"),
        share(words, row, "positive", "answered"),
    )


def share(words: Words, row: Row, part: str, whole: str) -> str:
    """A percentage of one session, or nothing where one of the numbers is not known or the whole is 0."""
    if row[part] is None or not row[whole]:
        return ""
    return shown(Fraction(row[part], row[whole]), "%", words.language)


def days(words: Words, row: Row) -> str:
    first = unbroken(day_text(row["date"], words.language, "medium"))
    if row["last_day"] in (None, row["date"]):
        return first
    last = unbroken(day_text(row["last_day"], words.language, "medium"))
    return words("report.short_span", first=first, last=last)


def to_come(words: Words, rows: Iterable[Row]) -> Table:
    """Sessions to come: when, for which line, what, for whom."""
    head = tuple(heading(words, "sessions", name) for name in ("date", "line", "title", "audience"))
    texts = (
        (
            days(words, row),
            row["line"],
            row["title"],
            cell(words, row.log, "audience", row["audience"]),
        )
        for row in rows
    )
    return Table(head, tuple(texts))
