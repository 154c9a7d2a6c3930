"""Every cell about people that a report prints, as the sums that `withhold` reasons with.

A cell printed in several places (in brief, in the results, in an annex) is one cell and has one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.evaluate import Evaluation, Result, SeenFacts
from prt.figures.withholding.cell import Cell, Worth
from prt.figures.withholding.equations import Key
from prt.model.cells import RowIdCell, names_person
from prt.model.facts import (
    NOBODY,
    About,
    Facts,
    Heads,
    by_member,
    heads_of,
    heads_of_rows,
    of_column,
    of_named,
    of_rows,
    rows_of,
)
from prt.model.figure import Figure, Group, LeftOut, share
from prt.model.measures import Measure
from prt.model.records import LOGS
from prt.model.rows import NO_ROWS, Row, RowTable
from prt.model.selections import Records, column_mistake, column_of, is_person
from prt.model.view import View, by_name, group_by
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
    """The key of the number of people of whom nothing was due yet."""
    return ("not_due", handle)


def left_out_key(handle: str, one: LeftOut) -> Key:
    """How many rows a figure leaves out for the same reason."""
    return ("left_out", handle, one.reason, one.row.log, one.column)


def lines_key(handle: str, column: str, value: Any) -> Key:
    """The lines of a list that have a value."""
    return ("lines", handle, column, value)


def row_key(row: Row, column: str, whole: str = "") -> Key:
    """A cell of a row, or its percentage of another one."""
    return ("row", *row.key, column, whole)


def annex_key(log: str, column: str, value: Any) -> Key:
    return ("annex", log, column, value)


def cells_of_rows(evaluation: Evaluation, breakdowns: Breakdowns) -> dict[Key, Cell]:
    """All cells that may be about people, by key: of the rows that there are."""
    found: dict[Key, Cell] = {}
    for result in evaluation.results:
        found.update(of_result(result))
    tables = evaluation.rows_counted
    for rows in (table.rows for table in tables.values()):
        for row in rows if rows[0].model.chain or rows[0].model.shares else ():
            found.update(of_row(row))
    for log, columns in breakdowns.items():
        found.update(of_annex(log, columns, tables.get(log, NO_ROWS)))
    return found


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
    rows = About(of_rows(result.rows))
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
    about = About() if figure.absent == "no_data" else measure.people_of(figure, seen, view)
    if not about.whole or figure.whole is None:
        return Cell(about, listed=False)
    told = measure.share_told(figure, about)
    return Cell(About(about.whole)) if told is None else Cell(about, told)


def of_groups(result: Result) -> Iterator[Pair]:
    """Cells of the breakdowns and of a list with numbers, to date."""
    measure, handle, view = result.measure, result.handle, result.view
    for column, groups in result.to_date.splits:
        for group in () if names_persons(result, [column]) else groups:
            yield group_key(handle, column, group.value), of_group(result, column, group)
    listed = measure.counts_items and not names_persons(result, measure.naming_columns("part"))
    for item in result.to_date.items if listed else ():
        about = measure.group_people(item.facts, view)
        yield item_key(handle, item.values), Cell(about, family=("item", handle), worth=Worth.BREAKDOWN)
    if not listed and result.to_date.items and measure.people(result.seen[view], view).part:
        yield from of_lines(result)


def of_group(result: Result, column: str, group: Group) -> Cell:
    """A group of a breakdown. A percentage of it in a later report is another version: the people by which
    the two differ answered one or the other.
    """
    measure, family = result.measure.of_group(column, group.value), ("group", result.handle, column)
    if not measure.is_level:
        about = measure.group_people(group.facts, result.view)
        return Cell(about, family=family, worth=Worth.BREAKDOWN)
    cell = of_figure(measure, group.figure, group.facts, result.view)
    version = group_key(result.handle, column, group.value)
    return replace(cell, listed=True, family=family, version=version, worth=Worth.BREAKDOWN)


def of_lines(result: Result) -> Iterator[Pair]:
    """A cell for each value in a list of people: a reader may count the lines that have it."""
    columns = result.measure.naming_columns("part")
    for place, column in enumerate(columns):
        values: dict[Any, list[Row]] = {}
        for item in result.to_date.items:
            values.setdefault(item.values[place], []).extend(rows_of(item.facts))
        for value, rows in values.items():
            about = About(of_rows(rows))  # people, where each line is one of them
            yield lines_key(result.handle, column, value), Cell(about, listed=False, worth=Worth.BREAKDOWN)


def names_persons(result: Result, columns: Iterable[str]) -> bool:
    """Would a table by these columns of an indicator's rows say who? Then nobody else sees it.

    So does a row about a person, by its id. No column of a roster by which its members are told apart does.
    """
    data = result.view.data
    logs = result.measure.source_logs(data.selections)
    pairs = [(log, one) for one in columns for log in logs if not column_mistake(data, log, one)]
    return any(is_person(data, *pair) or is_row_of_person(data, *pair) for pair in pairs)


def is_row_of_person(records: Records, log: str, column: str) -> bool:
    """Does the column name a row about a person: this one, or another that it belongs to?"""
    cell = column_of(records, log, column).cell
    named = log if column == LOGS[log].id_column else cell.log if isinstance(cell, RowIdCell) else ""
    return bool(named) and LOGS[named].persons


def of_remarks(result: Result) -> Iterator[Pair]:
    """The people and the rows about people that the figure to date does not count: how many is said."""
    measure, handle, figure = result.measure, result.handle, result.to_date
    logs = measure.source_logs(result.view.data.selections)
    if measure.naming and is_person(result.view.data, logs[0], measure.naming):
        named = by_member(result.seen[result.view])
        yield outside_key(handle), remark(of_named(logs, named, figure.outside))
        yield not_due_key(handle), remark(of_named(logs, named, figure.not_due))
    for key, left in group_by(figure.left_out, lambda one: left_out_key(handle, one)).items():
        yield key, remark(of_rows(one.row for one in left))


def remark(heads: Heads) -> Cell:
    return Cell(About(heads), listed=False, worth=Worth.BREAKDOWN)


def of_row(row: Row) -> Iterator[Pair]:
    """Heads of a row that a report lists, and its percentages.

    The narrowest are what they answered, the others how many they are.
    """
    says = said_of(row) if row.model.chain else ""
    for column in row.model.chain:
        place, size = f"{column} {says}", column != row.model.chain[0]
        cell = Cell(of_column([row], column), worth=Worth.ANNEX, is_size=size, place=place)
        if not row.model.gathering:
            cell = replace(cell, family=("row", row.log, column))
        elif not cell.about.whole:  # who was there saw how many came
            cell = replace(cell, listed=False, worth=Worth.NUMBER)
        yield row_key(row, column), cell
    for part, whole in row.model.shares:
        if row[part] is not None and row[whole] is not None:
            about = About(heads_of(row, part), heads_of(row, whole))
            value = share(Fraction(row[part]), Fraction(row[whole])).value
            key, shown = row_key(row, part, whole), about if row[whole] else About(about.whole)
            place, size = f"{part} {whole} {says}", part != row.model.chain[0]
            yield key, Cell(shown, value, version=key, worth=Worth.ROW_SHARE, is_size=size, place=place)


def said_of(row: Row) -> str:
    """The cells of a row as one text, without its id and ids of persons or rows."""
    columns = (one for one in row.model.columns() if one.name != row.model.id_column)
    named = (one.name for one in columns if not (isinstance(one.cell, RowIdCell) or names_person(one.cell)))
    return repr([row[name] for name in named])


def of_annex(log: str, columns: Sequence[str], table: RowTable) -> Iterator[Pair]:
    """The number of rows by each column, those without, and the total, where rows are about persons."""
    heads = heads_of_rows(table.rows)
    for column in columns if LOGS[log].persons else ():
        cells = table.cells(column)
        groups: dict[Any, list[Heads]] = {**by_name(heads, cells)}
        groups[None] = [some for some, value in zip(heads, cells, strict=True) if value is None]
        for value, some in groups.items():
            cell = Cell(About(NOBODY.union(*some)), family=("annex", log, column), worth=Worth.ANNEX)
            yield annex_key(log, column, value), cell
    yield annex_key(log, "", ""), Cell(About(NOBODY.union(*heads)), listed=False, worth=Worth.ANNEX)
