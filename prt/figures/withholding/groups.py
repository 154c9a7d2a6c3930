"""Every cell about people that a report prints, as the sums that `withhold` reasons with.

A cell printed in several places (in brief, in the results, in an annex) is one cell and has one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.evaluate import Evaluation, Result, SeenFacts, rows_counted
from prt.figures.withholding.cell import Cell, Worth
from prt.figures.withholding.equations import Key
from prt.figures.withholding.terms import more_of
from prt.model.cells import RowIdCell, names_person
from prt.model.facts import (
    NOT_AMONG,
    About,
    Facts,
    Frequency,
    Head,
    Heads,
    heads_of,
    of_column,
    of_persons,
    of_rows,
    rows_of,
)
from prt.model.figure import Figure, LeftOut, share
from prt.model.measures import Measure
from prt.model.records import LOGS
from prt.model.rows import Row, cells_of
from prt.model.selections import column_of, is_person
from prt.model.view import View, group_by, rows_by_name
from prt.values import replace

Breakdowns = Mapping[str, Sequence[str]]
"""The columns by which an annex breaks down the rows of a log."""
Pair = tuple[Key, Cell]

TO_DATE = 0


def figure_key(handle: str, reading: int, window: int) -> Key:
    """`reading` 0 is the measure itself, then its second readings; `window` is the period, or TO_DATE."""
    return ("figure", handle, reading, window)


def group_key(handle: str, column: str, value: Any) -> Key:
    return ("group", handle, column, value)


def item_key(handle: str, values: tuple[Any, ...]) -> Key:
    return ("item", handle, *values)


def rows_key(handle: str) -> Key:
    """How many rows about persons are behind a figure."""
    return ("rows", handle)


def outside_key(handle: str) -> Key:
    """How many people are named that are not in the population."""
    return ("outside", handle)


def not_due_key(handle: str) -> Key:
    """Of how many people nothing was due yet."""
    return ("not_due", handle)


def left_out_key(handle: str, one: LeftOut) -> Key:
    """How many rows a figure leaves out for the same reason."""
    return ("left_out", handle, one.reason, one.row.log, one.column)


def row_key(row: Row, column: str, whole: str = "") -> Key:
    """A cell of a row, or its percentage of another one."""
    return ("row", *row.key, column, whole)


def annex_key(log: str, column: str, value: Any) -> Key:
    return ("annex", log, column, value)


def cells(evaluation: Evaluation, breakdowns: Breakdowns) -> dict[Key, Cell]:
    """All cells about people, by key."""
    found: dict[Key, Cell] = {}
    for result in evaluation.results:
        found.update(of_result(result))
    rows = rows_counted(evaluation.results)
    for some in rows.values():
        for row in some if some[0].model.chain or some[0].model.shares else ():
            found.update(of_row(row))
    for log, columns in breakdowns.items():
        found.update(of_annex(log, columns, rows.get(log, [])))
    found = {key: cell for key, cell in found.items() if cell.about.part or cell.about.whole}
    return found | dict(of_nobody_else(evaluation.results, found))


def of_nobody_else(results: Iterable[Result], found: Mapping[Key, Cell]) -> Iterator[Pair]:
    """The numbers of all who are named: whoever could be, and is not, counts as nobody among them."""
    heads = frozenset[Head]().union(*(cell.about.part for cell in found.values()))
    nobody: dict[str, set[Head]] = {}
    for head in heads:
        times = Frequency.of(head)
        one = at_no_time(head, times) if times else head
        if one.person and one.what.startswith(NOT_AMONG):
            nobody.setdefault(one.what, set()).add(one)
    for result in results if nobody else ():
        measure, own = result.measure, figure_key(result.handle, 0, TO_DATE)
        rule = (result.view.data.flat(measure.main), measure.naming or "person")
        others = nobody.get(f"{NOT_AMONG}{rule!r}", set())
        members = {head.person for head in found[own].about.whole} if own in found else set()
        for key in (outside_key(result.handle), *(() if members else (own, rows_key(result.handle)))):
            if key in found:
                part = found[key].about.part
                among = members | {head.person for head in part}
                more = {one for one in others if one.person not in among}
                if any(head.log for head in part):  # of rows: who could be there could be there oftener
                    more |= {more_of(one) for one in more}
                yield key, replace(found[key], about=About(part | more))


def at_no_time(member: Head, times: Frequency) -> Head:
    """Somebody of whom it is told how often, as whom no row would name."""
    return member._replace(what=f"{NOT_AMONG}{times.rule}", number=0, place=-1)


def of_result(result: Result) -> Iterator[Pair]:
    """The figures of an indicator and of its other readings, its breakdowns, and the rows behind it."""
    handle = result.handle
    yield from of_reading(result, 0, result.measure, result.seen, (*result.periods, result.to_date))
    for number, second in enumerate(result.also, 1):
        figures = (*(None for _ in result.views[1:]), second.period, second.to_date)
        for key, cell in of_reading(result, number, second.reading.measure, second.seen, figures):
            yield key, replace(cell, worth=Worth.SECOND_READING)
    yield from of_groups(result)
    yield from of_remarks(result)
    rows = About(of_rows(result.to_date.rows))
    yield rows_key(handle), Cell(rows, listed=False, worth=Worth.BREAKDOWN)


def of_reading(
    result: Result, reading: int, measure: Measure, seen: SeenFacts, figures: Sequence[Figure | None]
) -> Iterator[Pair]:
    """The figures of one reading: those of the periods, where it has them, and to date."""
    last = len(result.views)
    for window, (view, figure) in enumerate(zip((*result.views, result.view), figures, strict=True), 1):
        if figure is not None:
            place = window if window <= last else TO_DATE
            found = of_figure(measure, figure, seen[view], view)
            key = figure_key(result.handle, reading, place)
            version = (*key, view.window.last)
            yield key, replace(found, version=version, worth=worth_of(result, found, place))


def worth_of(result: Result, cell: Cell, window: int) -> Worth:
    if cell.share is None and not cell.listed:
        return Worth.NUMBER
    if window == TO_DATE:
        return Worth.TARGET if result.indicator.target else Worth.TO_DATE
    return Worth.PERIOD if window == len(result.views) else Worth.EARLIER_PERIOD


def of_figure(measure: Measure, figure: Figure, seen: Facts, view: View) -> Cell:
    """A percentage, or a part of a population, is about the whole; a plain number is no breakdown.

    Where the whole is 0, the cell says only that. `seen` are the facts of the window.
    """
    about = About() if figure.absent == "no_data" else measure.people(seen, view)
    if not about.whole or figure.whole is None:
        return Cell(about, listed=False)
    if figure.part is None or not figure.whole:
        return Cell(About(about.whole))
    return Cell(about, share(figure.part, figure.whole).value)


def of_groups(result: Result) -> Iterator[Pair]:
    """Cells of the breakdowns and of a list with numbers, to date."""
    measure, handle, view = result.measure, result.handle, result.view
    for column, groups in result.to_date.splits:
        for group in () if names_persons(result, [column]) else groups:
            about = measure.group_people(group.facts, view)
            family = ("group", handle, column)
            yield group_key(handle, column, group.value), Cell(about, family=family, worth=Worth.BREAKDOWN)
    listed = measure.counts_items and not names_persons(result, measure.naming_columns("part"))
    for item in result.to_date.items if listed else ():
        about = measure.group_people(item.facts, view)
        yield item_key(handle, item.values), Cell(about, family=("item", handle), worth=Worth.BREAKDOWN)
    if not listed and result.to_date.items and measure.people(result.seen[view], view).part:
        yield from of_lines(result)


def of_lines(result: Result) -> Iterator[Pair]:
    """Who counts the lines of a list by one of its columns counts people."""
    columns = result.measure.naming_columns("part")
    for place, column in enumerate(columns):
        values: dict[Any, list[Row]] = {}
        for item in result.to_date.items:
            values.setdefault(item.values[place], []).extend(rows_of(item.facts))
        for value, rows in values.items():
            about = About(of_rows(rows))
            key = ("lines", result.handle, column, value)  # people, where each line is one of them
            yield key, Cell(about, listed=False, worth=Worth.BREAKDOWN)


def names_persons(result: Result, columns: Iterable[str]) -> bool:
    """Would a table by these columns of an indicator's rows say who? Then nobody else sees it.

    So does a row about a person, by its id.
    """
    log = result.view.data.flat(result.measure.main).log
    return any(is_person(log, column) or is_row_of_person(log, column) for column in columns)


def is_row_of_person(log: str, column: str) -> bool:
    """Does the column name a row about a person: this one, or another that it belongs to?"""
    cell = column_of(log, column).cell
    named = log if column == LOGS[log].id_column else cell.log if isinstance(cell, RowIdCell) else ""
    return bool(named) and LOGS[named].persons


def of_remarks(result: Result) -> Iterator[Pair]:
    """The people and the rows about people that the figure to date does not count: how many is said."""
    measure, handle, figure = result.measure, result.handle, result.to_date
    log = result.view.data.flat(measure.main).log
    if measure.naming and is_person(log, measure.naming):
        yield outside_key(handle), remark(of_persons(log, figure.outside))
        yield not_due_key(handle), remark(of_persons(log, figure.not_due))
    for key, left in group_by(figure.left_out, lambda one: left_out_key(handle, one)).items():
        yield key, remark(of_rows(one.row for one in left))


def remark(heads: Heads) -> Cell:
    return Cell(About(heads), listed=False, worth=Worth.BREAKDOWN)


def of_row(row: Row) -> Iterator[Pair]:
    """Heads of a row that a report lists, and its percentages."""
    says = said_of(row) if row.model.chain else ""
    for column in row.model.chain:
        place, about = f"{column} {says}", of_column([row], column)
        if row.model.gathering:
            worth = Worth.ANNEX if about.whole else Worth.NUMBER  # who was there saw how many came
            yield row_key(row, column), Cell(about, listed=bool(about.whole), worth=worth, place=place)
        else:
            family = ("row", row.log, column)
            yield row_key(row, column), Cell(about, family=family, worth=Worth.ANNEX, place=place)
    for part, whole in row.model.shares:
        if row[part] is not None and row[whole] is not None:
            about = About(heads_of(row, part), heads_of(row, whole))
            value = share(Fraction(row[part]), Fraction(row[whole])).value
            key, shown = row_key(row, part, whole), about if row[whole] else About(about.whole)
            place = f"{part} {whole} {says}"
            yield key, Cell(shown, value, version=key, worth=Worth.ROW_SHARE, place=place)


def said_of(row: Row) -> str:
    """What a row says, but for ids."""
    columns = (one for one in row.model.columns() if one.name != row.model.id_column)
    named = (one.name for one in columns if not (isinstance(one.cell, RowIdCell) or names_person(one.cell)))
    return repr([row[name] for name in named])


def of_annex(log: str, columns: Sequence[str], rows: list[Row]) -> Iterator[Pair]:
    """The number of rows by each column, those without a value, and the total."""
    for column in columns:
        groups: dict[Any, list[Row]] = dict(rows_by_name(rows, column))
        cells_said = zip(rows, cells_of(rows, column), strict=True)
        groups[None] = [row for row, value in cells_said if value is None]
        for value, some in groups.items():
            family = ("annex", log, column)
            yield annex_key(log, column, value), Cell(About(of_rows(some)), family=family, worth=Worth.ANNEX)
    yield annex_key(log, "", ""), Cell(About(of_rows(rows)), listed=False, worth=Worth.ANNEX)
