"""Rules that need the plan or another row: what is odd of rows that count. Each finds warnings.

What makes a row an error, so that it counts nowhere, is found when the rows are put together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from itertools import chain
from operator import attrgetter
from typing import Any

from prt.figures.doubts import (
    hours_beyond,
    hours_of_others,
    hours_worked,
    out_of_time,
    rows_of_others,
    rules_of,
    say_hours,
)
from prt.figures.entering import day_to_come
from prt.figures.year import follows_from
from prt.model.cells import RowIdCell
from prt.model.plan import Plan
from prt.model.records import LOGS, TypedFigure
from prt.model.rows import Row, Tests
from prt.model.selections import Selection, several
from prt.model.view import Data, group_by, session_tests
from prt.problems import MOST_ALIKE, Finding, Gathered, Mistake, Problem
from prt.text import before_more, did_you_mean
from prt.values import NamedTuple


class Odd(NamedTuple):
    """What is odd of a row, which is put into words only where it is told."""

    row: Row
    column: str
    mistake: Mistake

    def finding(self) -> Finding:
        value = self.row[self.column] if self.column else None
        said = "" if value is None else str(value)
        return Finding(self.row.line, self.mistake, "warning", self.column, said)

    @property
    def file(self) -> str:
        return self.row.file

    @property
    def times(self) -> int:
        return self.mistake.times

    def first(self) -> list[Odd]:
        return [self]


class OddRows(NamedTuple):
    """Rows of one file of which the same is odd, each once and with what `say` makes its mistake of: most of
    many rows are only counted."""

    column: str
    code: str
    rows: Sequence[tuple[Row, Any]]
    say: Callable[[Any], Mistake]

    @property
    def file(self) -> str:
        return self.rows[0][0].file

    @property
    def times(self) -> int:
        return len(self.rows)

    def first(self) -> list[Odd]:
        """Those on the first lines of the file, as many as are told of a kind."""
        found = nsmallest(MOST_ALIKE, self.rows, key=lambda one: one[0].line)
        return [Odd(row, self.column, self.say(of)) for row, of in found]


def odd_of_files(
    column: str, code: str, found: Iterable[tuple[Row, Any]], say: Callable[[Any], Mistake]
) -> Iterator[OddRows]:
    """Rows of which the same is odd, in the files that they are in."""
    for rows in group_by(found, lambda one: one[0].file).values():
        yield OddRows(column, code, rows, say)


Rule = Callable[[Plan, Data, dt.date], Iterator[Odd | OddRows]]


def check(plan: Plan, data: Data, today: dt.date) -> list[Problem]:
    """Every problem that the rules find, in the order of files and lines; those that are counted are last."""
    found = group_by(every_odd(plan, data, today), attrgetter("file"))
    files = [gather(file, found[file]) for file in sorted(found)]
    return [*chain(*(one.told for one in files)), *chain(*(one.counted() for one in files))]


def count_odd(plan: Plan, data: Data, today: dt.date) -> int:
    """How many warnings `check` tells and counts, of which none is put into words."""
    return sum(odd.times for odd in every_odd(plan, data, today))


def every_odd(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd | OddRows]:
    return (odd for rule in RULES for odd in rule(plan, data, today))


def gather(file: str, found: Iterable[Odd | OddRows]) -> Gathered:
    every, gathered = list(found), Gathered(file)
    for odd in sorted(chain.from_iterable(one.first() for one in every), key=attrgetter("row.line")):
        if gathered.is_told("warning", odd.mistake, odd.column):
            gathered.tell(odd.finding())
    for one in every:
        if isinstance(one, OddRows):
            gathered.count("warning", one.code, one.column, max(one.times - MOST_ALIKE, 0))
    return gathered


NOWHERE = Mistake("counts_nowhere")


def counts_nowhere(plan: Plan, data: Data, today: dt.date) -> Iterator[OddRows]:
    """Rows that no indicator reads, whatever their day or status."""
    for log, rows in rows_unread(plan, data).items():
        model = LOGS[log]
        found = ((row, NOWHERE) for row in rows if not model.is_for_record(row))
        column = "line" if "line" in model.indexes() else ""
        yield from odd_of_files(column, NOWHERE.code, found, itself)


def itself(mistake: Mistake) -> Mistake:
    """What `OddRows.say` is where rows share their mistakes."""
    return mistake


def rows_unread(plan: Plan, data: Data) -> dict[str, Sequence[Row]]:
    """The rows of each log that no measure would take, held or not; rows of child logs are not looked at."""
    asked: dict[str, list[Tests]] = {log: [] for log in data.logs if not LOGS[log].parent}
    for measure in (measure for _, _, indicator in plan.indicators() for _, measure in indicator.measures()):
        if measure.by_hand:
            asked[TypedFigure.log].append([])
        for _, selection in measure.selections():
            log, tests = selection_tests(data, selection)
            asked[log].append(tests)
    return {log: rows_untaken(data, log, tests) for log, tests in asked.items()}


def rows_untaken(data: Data, log: str, asked: Sequence[Tests]) -> Sequence[Row]:
    """The rows of a log that pass none of these; of rows that agree in what is tested one is looked at."""
    if not all(asked):  # a selection that tests nothing takes every row
        return ()
    rows, names = data.logs[log], [*dict.fromkeys(name for tests in asked for name, _ in tests)]
    cells = [*zip(*(data.cells(log, name) for name in names), strict=True)] if names else [()] * len(rows)
    untaken = {*cells}
    for tests in asked:
        places = [(names.index(name), test) for name, test in tests]
        untaken = {one for one in untaken if not all(test(one[at]) for at, test in places)}
    return [row for row, one in zip(rows, cells, strict=True) if one in untaken] if untaken else ()


def selection_tests(data: Data, selection: Selection) -> tuple[str, Tests]:
    """The log and the conditions of a selection; of a child log those of the sessions.

    What the plan names with `not`, such as travel, it leaves out on purpose: that is no oversight.
    """
    flat = data.flat(selection)
    if parent := LOGS[flat.log].parent:
        return parent, session_tests(flat, data)
    on_purpose = {"status"} | {name for name, condition in flat.conditions if condition.none_of}
    return flat.log, [(name, test) for name, test in flat.tests(data, data.known) if name not in on_purpose]


def taken_rows(data: Data, selection: Selection) -> Sequence[Row]:
    """Rows that pass a selection's conditions; of a child log the sessions that do."""
    log, tests = selection_tests(data, selection)
    return data.table(log).passing(tests).rows


def placed_in_another_year(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd]:
    """Rows that a selection places by a date which is not in the plan's year: there they count nowhere."""
    named = {
        (data.flat(selection).when, id(row)): (row, data.flat(selection).when)
        for _, _, indicator in plan.indicators()
        for _, measure in indicator.measures()
        for _, selection in measure.selections()
        for row in (taken_rows(data, selection) if data.flat(selection).when else ())
    }
    for row, column in named.values():
        if column and row[column] and not plan.starts <= row[column] <= plan.ends:
            mistake = Mistake("placed_in_another_year", column=column, day=row[column], year=plan.year)
            yield Odd(row, column, mistake)


def figures_of_one_day(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd]:
    """Two typed figures of one indicator and day: the one that was entered later holds."""
    first: dict[tuple[object, ...], Row] = {}
    for row in data.logs[TypedFigure.log]:
        earlier = first.setdefault((row["indicator"], row["date"]), row)
        if earlier is not row:
            mistake = Mistake("figure_of_one_day", indicator=row["indicator"], earlier=earlier.place())
            yield Odd(row, "date", mistake)


def unknown_people(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd]:
    """Ids that people.csv does not have. Without people.csv nobody is known, and nothing is said."""
    known = {row.id for row in data.people}
    for log, rows in data.logs.items() if known else ():
        for column in plan.record_of(log).person_columns():
            for row, person in naming_others(rows, data.cells(log, column), known):
                hint = before_more(did_you_mean(person, known))
                found = follows_from(data.unread, "people", person)
                yield Odd(row, column, found or Mistake("not_in_people", person=person, hint=hint))


def naming_others(
    rows: Sequence[Row], cells: Sequence[Any], known: AbstractSet[str]
) -> Iterator[tuple[Row, str]]:
    """The rows of which a cell names what is not known, with each such name; each different cell is looked at
    once."""
    others = {value for value in {*cells} if not known >= set(several(value))}
    for row, cell in zip(rows, cells, strict=True) if others else ():
        if cell in others:
            yield from ((row, name) for name in several(cell) if name not in known)


def unknown_rows(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd]:
    """Ids of rows of another log that are not there, such as the request that hours answer."""
    for log, rows in data.logs.items():
        for column in plan.record_of(log).columns():
            cell = column.cell
            if isinstance(cell, RowIdCell) and cell.log != LOGS[log].parent:
                known = {row.id for row in data.logs[cell.log]}
                naming = naming_others(rows, data.cells(log, column.name), known)
                yield from unknown_ids(data, naming, column.name, cell.log)


def unknown_ids(data: Data, naming: Iterable[tuple[Row, str]], column: str, log: str) -> Iterator[Odd]:
    for row, name in naming:
        found = follows_from(data.unread, log, name)
        mistake = found or Mistake("unknown_row_of_kind", kind=LOGS[log].kinds[0], id=name)
        yield Odd(row, column, mistake)


def planned_out_of_time(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd]:
    """Rows that may be planned ahead: held although still to come, or planned although past."""
    for row in chain.from_iterable(rows for log, rows in data.logs.items() if LOGS[log].plannable):
        if odd := out_of_time(row, today, plan.ends):
            yield Odd(row, *odd)


def happened_but_to_come(plan: Plan, data: Data, today: dt.date) -> Iterator[OddRows]:
    """Days of what has happened, such as hours given, that are still to come; of a row the first."""
    for log, rows in data.logs.items():
        told = set[int]()
        for column in plan.record_of(log).happened:
            cells = data.cells(log, column)
            late = {day: day_to_come(day, log) for day in {*cells} if day is not None and day > today}
            if late:
                days = zip(rows, cells, strict=True)
                found = [(row, late[day]) for row, day in days if day in late and id(row) not in told]
                told.update(id(row) for row, _ in found)
                yield from odd_of_files(column, "day_to_come", found, itself)


def odd_rows(plan: Plan, data: Data, today: dt.date) -> Iterator[Odd | OddRows]:
    """What is odd about a row, and hours that add up to more than a day has."""
    worked = hours_worked(data)
    by_others = rows_of_others(data, worked)
    for log, rows in data.logs.items():
        for rule in rules_of(plan.record_of(log)):
            some = rows
            if rule is hours_of_others:
                some = [row for row in rows if id(row) in by_others] if by_others else ()
            for row in some:
                for column, mistake in rule(data, row):
                    yield Odd(row, column, mistake)
    yield from odd_of_files("hours", "more_hours_than_a_day", hours_beyond(worked), say_hours)


RULES: tuple[Rule, ...] = (
    counts_nowhere,
    placed_in_another_year,
    figures_of_one_day,
    unknown_people,
    unknown_rows,
    planned_out_of_time,
    happened_but_to_come,
    odd_rows,
)
