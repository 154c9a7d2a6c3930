"""Rows as tables for a reader: which columns of a log are shown, breakdowns, and the rows behind a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.withholding.groups import row_key, rows_key
from prt.figures.withholding.published import Withheld
from prt.model.cells import TextCell
from prt.model.figure import Figure, Group
from prt.model.measures import Measure
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.selections import column_of, is_organisation, is_person, several
from prt.model.text import ForeignText
from prt.model.view import group_by
from prt.output.document.content import Grid
from prt.output.document.indicator_parts import Behind
from prt.output.figure_text import amount, group_parts
from prt.output.numbers import NBSP, Raised, Value, day_text, format_figure
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.text import Align, fold_text
from prt.values import replace


def is_shown(log: str) -> bool:
    """Does a report show the rows of this log? Of those about persons it shows only numbers."""
    return log in LOGS and bool(LOGS[log].shown) and not LOGS[log].persons


def capital(text: str) -> str:
    """The first letter of a heading or of a cell as a capital: `été` → `Été`."""
    return text if isinstance(text, (Value, ForeignText)) else text[:1].upper() + text[1:]


def named(line: str, label: str) -> str:
    """`4 · CDAs who answered`: the id of the line stands apart, for 4 CDAs are something else."""
    return f"{line}{NBSP}· {capital(label)}"


def heading(words: Words, log: str, column: str) -> Heading:
    align: Align = "right" if column_of(words.plan, log, column).cell.numeric else "left"
    return Heading(column, capital(words.column_name(log, column)), align)


def keep_on_line(text: str) -> str:
    """A date of a narrow column, kept on one line."""
    kept = text.replace(" ", NBSP)
    if isinstance(text, Raised) and isinstance(text.amount, dt.date):
        return Raised(kept, text.html.replace(" ", NBSP), text.amount, text.unit)
    return text.printed(kept) if isinstance(text, Value) else kept


def label(words: Words, log: str, column: str, value: Any) -> str:
    """One value for a reader: the label of a code with a capital, other text as it was typed."""
    if isinstance(value, dt.date):
        return keep_on_line(day_text(value, words.language, "medium"))
    text = words.value(log, column, value)
    typed = value and isinstance(column_of(words.plan, log, column).cell, TextCell)
    return text if typed else capital(text)


def cell(words: Words, log: str, column: str, value: Any) -> str:
    """As `label`, but an empty cell stays empty, and of several school boards only the names are said."""
    if column_of(words.plan, log, column).cell.many and is_organisation(words.plan, log, column):
        return ", ".join(board_names(words, log, column, several(value)))
    return label(words, log, column, value) if several(value) else ""


def board_names(words: Words, log: str, column: str, codes: Sequence[Any]) -> list[str]:
    """`English-Montréal`, `Riverside`: the heading says what they are; in the order of the language."""
    before, _, after = words("report.board", name="|").partition("|")
    names = (words.value(log, column, code) for code in codes)
    return sorted((name.removeprefix(before).removesuffix(after) for name in names), key=fold_text)


MOST_LISTED = 2_000
"""So many rows a table lists; of the others it says how many they are, of which days, and what lists them."""


def rows_grid(
    words: Words,
    log: str,
    caption: str,
    rows: Sequence[Row],
    withheld: Withheld,
    command: str,
    until: dt.date,
) -> Grid:
    """The rows of one log with the columns that a reader is shown; `command` lists all of them.

    A row of the time up to a day may have got later what it has: such a day is not shown, but its own date,
    which it is listed for.
    """
    model, listed = words.plan.record_of(log), rows[:MOST_LISTED]
    names = model.shown
    head = tuple(heading(words, log, name) for name in names)
    lasts = {name: dt.date.max if name == "date" else until for name in names}
    columns = [column_texts(words, log, name, listed, withheld, lasts[name]) for name in names]
    chain = [name for name in model.chain if name in names]
    notes = (
        [footnote(words)] if any(row_key(row, name) in withheld for name in chain for row in listed) else []
    )
    notes += [others] if (others := not_listed(words, rows, command)) else []
    return Grid(caption, Table(head, tuple(zip(*columns, strict=True))), ". ".join(notes))


def not_listed(words: Words, rows: Sequence[Row], command: str) -> str:
    """`The first 2,000 are listed; 24,334 more, of November 5, 2024 to March 31, 2025: prt explain …`

    Nothing where all are listed.
    """
    days, others = {row.day for row in rows[MOST_LISTED:]}, len(rows) - MOST_LISTED
    if not days:
        return ""
    first, last = (day_text(day, words.language) for day in (min(days), max(days)))
    most = format_figure(Fraction(MOST_LISTED), "", words.language)
    return words.counted("report.not_listed", others, most=most, first=first, last=last, command=command)


def column_texts(
    words: Words, log: str, name: str, rows: Sequence[Row], withheld: Withheld, until: dt.date
) -> Iterator[str]:
    """The cells of one column, each value said once; only numbers of people may be withheld."""

    def said_once(value: Any) -> str:
        return "" if isinstance(value, dt.date) and value > until else cell(words, log, name, value)

    said = cache(said_once)
    if name not in LOGS[log].chain:
        return (said(row[name]) for row in rows)
    hidden = words("figure.withheld")
    return (hidden if row_key(row, name) in withheld else said(row[name]) for row in rows)


def traced_grid(
    words: Words, log: str, rows: Sequence[Row], withheld: Withheld, command: str, until: dt.date
) -> Grid:
    """A list of rows for who retraces them: before each its id and the day that it counts on, after it its
    document, its file and its line.
    """
    grid = rows_grid(words, log, capital(words(f"log.{log}")), rows, withheld, command, until)
    evidence, rows = "evidence", rows[:MOST_LISTED]
    head = (
        *(Heading("id", words("audit.row")), Heading("day", words("audit.day"))),
        *grid.table.headings,
        *(heading(words, log, evidence), Heading("place", words("audit.place"))),
    )
    texts = (
        (row.name, label(words, log, "day", row.day), *shown, row[evidence] or "", str(row.place()))
        for row, shown in zip(rows, grid.table.rows, strict=True)
    )
    return replace(grid, table=Table(head, tuple(texts)))


def footnote(words: Words) -> str:
    """What `x` means, below every table that has one."""
    return words("report.withheld", n=str(words.plan.privacy.smallest_group))


def footnotes(words: Words, number: bool, status: bool) -> str:
    """What `x` means below a table that has one in place of a number, or of a status."""
    n = str(words.plan.privacy.smallest_group)
    found = [footnote(words)] if number else []
    return "; ".join([*found, words("report.withheld_status", n=n)] if status else found)


def behind(
    words: Words, label: str, result: Result, seen: dict[frozenset[int], str], withheld: Withheld
) -> Behind:
    """The rows behind a figure, or only their number where they are about persons.

    `seen` are the sets of rows, as they are in memory, already shown with this line, and the label of the
    figure they stand at.
    """
    rows = result.to_date.rows
    by_log = group_by(rows, lambda row: row.log)
    if rows_key(result.handle) in withheld:
        return Behind(words("report.confidential"))
    if not all(map(is_shown, by_log)):
        return Behind(words.counted("report.private", len(rows)))
    same = seen.setdefault(frozenset(map(id, rows)), label)
    if rows and same != label:
        return Behind(words.counted("report.same_rows", len(rows), label=same))
    until = result.view.window.last
    command = f"prt explain {result.handle} --as-of {until} --all"
    grids = (traced_grid(words, log, some, withheld, command, until) for log, some in sorted(by_log.items()))
    return Behind(words.counted("report.rows", len(rows)), tuple(grids))


def figure_grids(words: Words, measure: Measure, figure: Figure) -> tuple[Grid, ...]:
    """The tables that belong to a figure: one for each breakdown, or the items of a list."""
    if measure.has_items:
        return (items_grid(words, measure, figure),) if figure.items else ()
    splits = [(column, groups) for column, groups in figure.splits if groups]
    return tuple(split_grid(words, measure, column, groups, figure.value) for column, groups in splits)


def split_grid(
    words: Words, measure: Measure, column: str, groups: Sequence[Group], total: Fraction | None
) -> Grid:
    log = measure.split_logs(words.plan.selections)[0]
    rows = [
        (label(words, log, column, group.value), group_text(words, measure, group))
        for group in sorted(groups, key=lambda group: words.order(log, column, group.value))
    ]
    many = column_of(words.plan, log, column).cell.many
    overlaps = measure.counts_values or any(
        len(several(row[column])) > 1 for group in groups if many for row in group.rows
    )
    name = words.column_name(log, column)
    named = (
        "report.figure" if measure.is_level else "column.hours" if measure.unit == "h" else "report.number"
    )
    head = (Heading(column, capital(name)), Heading("amount", capital(words(named)), "right"))
    persons = bool(measure.naming) and is_person(words.plan, log, measure.naming)
    notes = [overlap(words, groups, total, persons)] if overlaps and len(groups) > 1 else []
    notes += [footnote(words)] if any(group.figure.absent == "withheld" for group in groups) else []
    return Grid(words("report.by", column=name), Table(head, tuple(rows)), " ".join(filter(None, notes)))


def group_text(words: Words, measure: Measure, group: Group) -> str:
    """The figure of a group, with the base of a share: `80.0% (8 of 10)`."""
    number, base = group_parts(words, measure, group, measure.unit)
    return number.printed(f"{number} ({base})") if base and isinstance(number, Value) else number


def overlap(words: Words, groups: Sequence[Group], total: Fraction | None, persons: bool) -> str:
    """That groups overlap, where their sum is not the total; of what is withheld only that they may."""
    amounts = [group.amount for group in groups if group.amount is not None]
    hidden = total is None or len(amounts) < len(groups)
    if not hidden and sum(amounts) == total:
        return ""
    what = words("remark.person" if persons else "remark.entry")
    return words("remark.may_overlap" if hidden else "remark.overlap", what=what)


def items_grid(words: Words, measure: Measure, figure: Figure) -> Grid:
    """Each combination once; with its number where grouped, the most frequent first.

    What is withheld is last: its place among the others would tell how much it is.
    """
    log, names = words.flat(measure.main).log, measure.naming_columns("part")
    head = tuple(heading(words, log, name) for name in names)
    rows = [
        (item.number, tuple(label(words, log, *pair) for pair in zip(names, item.values, strict=True)))
        for item in figure.items
    ]
    if not measure.counts_items:
        return Grid("", Table(head, tuple(texts for _, texts in rows)))
    rows.sort(key=lambda row: (-(row[0] or 0), tuple(map(fold_text, row[1])), row[1]))
    numbered = tuple(
        (*texts, amount(words, None if number is None else Fraction(number))) for number, texts in rows
    )
    note = footnote(words) if any(number is None for number, _ in rows) else ""
    return Grid("", Table((*head, Heading("number", words("report.number"), "right")), numbered), note)
