"""What is odd about rows just written, said before or after they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from prt import spoken
from prt.console import context
from prt.console.messages import known_names
from prt.figures.doubts import doubts, out_of_time, rows_of_hours, too_many_hours, worked_rows
from prt.figures.questions import counting_test, lacking_test
from prt.figures.uncounted import Uncounted
from prt.figures.year import IN_ORDER
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.figure import LeftOut
from prt.model.records import LOGS
from prt.model.rows import Row, cells_of
from prt.model.selections import several
from prt.output.figure_text import left_out_text
from prt.output.screens.cell_words import name_cell, say_cell
from prt.output.words import Words
from prt.problems import Mistake, Problem
from prt.text import join_labels, option_name


def tell_warnings(year: Year, log: str, ids: Iterable[str], *, asked: bool = False) -> None:
    """What is odd about rows just written: they count nowhere, their day is to come, or outside the year. Of
    what people are `asked` about before rows are written, nothing was found in these."""
    for text in list_warnings(year, log, ids, asked=asked):
        context.say(text)


def list_warnings(year: Year, log: str, ids: Iterable[str], *, asked: bool = False) -> Iterator[str]:
    """The sentences of `tell_warnings`: an import says them before the rows are written."""
    if log not in LOGS:
        return  # of an organisation or a role nothing is counted by itself
    wanted, warnings = dict.fromkeys(ids), Warnings(year, log, context.today(), asked=asked)
    rows = [row for name in wanted for row in year.data.rows_with(log, id=name or None)]
    for row in warnings.worth_a_look(sorted(rows, key=IN_ORDER)):
        for warning in dict.fromkeys(warnings.of(row)):
            yield say_phrase("warning", text=warning)


class Warnings:
    """What is odd about rows of one log. What does not change between them is looked up once."""

    def __init__(self, year: Year, log: str, today: dt.date, *, asked: bool) -> None:
        self.year, self.log, self.today, self.asked = year, log, today, asked
        self.words = Words(spoken.language, year.plan)
        self.posts: dict[tuple[Any, ...], list[str]] = {}
        model = year.plan.record_of(log)
        self.workers = [model.indexes()[name] for name in model.worker_columns()]
        self.counts = counting_test(year.plan, year.known, log)
        self.lacks = lacking_test(year.plan, year.known, log)
        self.long_days: dict[dt.date, dict[int, Mistake]] = {}
        self.problems: dict[tuple[str, int], list[Problem]] = {}
        for one in year.problems:
            self.problems.setdefault((one.where.file, one.where.line), []).append(one)

    def worth_a_look(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows about which `of` may say anything, those among them that no figure counts yet: an import
        has tens of thousands of others."""
        model = self.year.plan.record_of(self.log)
        if not rows or not self.asked or model.plannable or model.once_a_period:
            return rows
        told = {line for file, line in self.problems if file == rows[0].file}
        days = [row.day for row in rows]
        posts = list(zip(days, *(cells_of(rows, name) for name in model.worker_columns()), strict=True))
        firsts = dict(zip(posts, rows, strict=True))
        odd = {post for post, row in firsts.items() if post[0] > self.today or self.posts_ended(row)}
        uncounted = {*map(id, self.uncounted.find_uncounted(rows))}
        return [
            row
            for row, post in zip(rows, posts, strict=True)
            if post in odd or row.line in told or row.left_out or id(row) in uncounted or self.lacks(row)
        ]

    def of(self, row: Row) -> list[str]:
        here_are = self.problems.get((row.file, row.line), ()) if self.problems else ()
        found = [self.describe(one.where.path, one.mistake or one) for one in here_are]
        if not self.asked:
            found += [self.describe(name, mistake) for name, mistake in doubts(self.year.data, row)]
            found += [self.describe("hours", one) for one in [self.long_day(row)] if one]
        found += self.posts_ended(row)
        if row.model.once_a_period:
            found += sent_before(self.year, row, self.words)
        return found + self.why_uncounted(row)

    def posts_ended(self, row: Row) -> list[str]:
        """`out_of_post`, looked up once for everybody's days."""
        key = (row.day, *[row.values[at] for at in self.workers])
        if key not in self.posts:
            self.posts[key] = self.out_of_post(row)
        return self.posts[key]

    def out_of_post(self, row: Row) -> list[str]:
        """Hours of somebody whose roles had all ended, or not begun: PRT_ME may be that of another year."""
        data = self.year.data
        return [
            say_phrase("no_role_that_day", person=self.names.get(one, one), day=row.day)
            for name in row.model.worker_columns()
            for one in several(row[name])
            if one in data.posts and not data.roles_held(one, row.day)
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        return known_names(self.year)

    def describe(self, column: str, odd: Problem | Mistake) -> str:
        """`hours: 26 h on one day. …`, of a whole row without a column."""
        what = odd.say("what", names=self.names) if isinstance(odd, Mistake) else odd.what
        text = f"{what}. {odd.remedy}"
        name = name_cell(self.words, self.log, column) if column else ""
        return say_phrase("colon", name=name, text=text) if column else text

    def long_day(self, row: Row) -> Mistake | None:
        """Why it gives a person more hours than a day has. The rows of each day are looked at once."""
        if not row.model.gives_hours():
            return None
        day = row["date"]
        if day not in self.long_days:
            found = too_many_hours(worked_rows(rows_of_hours(self.year.data, day)))
            self.long_days[day] = {id(one): mistake for one, mistake in found}
        return self.long_days[day].get(id(row))

    def why_uncounted(self, row: Row) -> list[str]:
        """Why the row counts in no figure, or not yet: nothing is saved in silence that nobody counts."""
        counts = self.counts(row)
        if not counts and LOGS[self.log].is_for_record(row):
            return []
        found = [*never_counts(row), *self.why_partly(row)]
        if not counts and not found:
            found.append(say_phrase("read_by_no_indicator", id=row.id, look=nowhere(row, self.words)))
        status = row["status"] if row.model.plannable else ""
        if out_of_time(row, self.today, self.year.plan.ends):
            found.append(
                say_phrase("held_to_come" if status == "held" else "planned_gone_by", day=row["date"])
            )
        elif row.day > self.today and not status and not has_period(row):
            found.append(say_phrase("counts_from", day=row.day))
        left = None if found else self.uncounted.why(row)
        if left and left.reason != "after" and status != "cancelled":
            found.append(say_phrase("counts_in_no_figure", id=row.id, reason=self.reason_text(left)))
        return found

    def why_partly(self, row: Row) -> list[str]:
        """Indicators that would count the row with one cell more."""
        if row.model.plannable and row["status"] != "held":
            return []
        return [
            say_phrase(
                "counts_only_with",
                id=row.id,
                indicators=join_labels(indicators),
                column=name_cell(self.words, self.log, name),
                option=option_name(name),
            )
            for name, indicators in self.lacks(row).items()
        ]

    @cached_property
    def uncounted(self) -> Uncounted:
        return Uncounted(context.evaluated(self.year), self.log)

    def reason_text(self, left: LeftOut) -> str:
        return left_out_text(Words(spoken.language, self.year.plan, self.year.data.organisations), left)


def has_period(row: Row) -> bool:
    """Does the row count on the last day of the period that it reports on, whatever its date?"""
    column = row.model.reports_on
    return bool(column) and row[column] is not None


def never_counts(row: Row) -> list[str]:
    """Presences that no measure counts."""
    if not row.left_out:
        return []
    return [say_phrase(f"{row.left_out}_never_counts", id=row.id)]


def sent_before(year: Year, row: Row, words: Words) -> list[str]:
    """The same document of the same period logged a second time would count twice."""
    what, period = row.model.once_a_period, row.model.reports_on
    alike = year.data.logs[row.log] if has_period(row) else ()
    return [
        say_phrase("document_twice", kind=say_cell(words, row, what), period=row[period], id=other.id)
        for other in alike
        if other.id != row.id and same(other, row, what, period)
    ]


def same(one: Row, other: Row, *columns: str) -> bool:
    return all(one[column] == other[column] for column in columns)


def nowhere(row: Row, words: Words) -> str:
    """What to check about a row that no indicator reads: its line and format, or the row."""
    if {"line", "format"} <= row.index.keys():
        return say_phrase("check_line_format", line=row["line"], format=say_cell(words, row, "format"))
    return say_phrase("check_it", id=row.id)
