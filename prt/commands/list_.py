"""`prt list KIND`: the rows of a log, the newest last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from prt.console import context, screen
from prt.console.options import FormatOption, YearOption, check_format
from prt.console.signature import Argument, Option
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.calendar import Window
from prt.model.columns import Column, LogRecord
from prt.model.rows import Row
from prt.model.selections import Condition
from prt.output.screens.cell_words import is_whole, name_cell, say_cell
from prt.output.screens.hours_lines import short_day
from prt.output.tables import Heading, Table, as_text, render
from prt.output.words import Words
from prt.problems import JoinedTexts, Mistake, PrtError
from prt.tasks.entry.summary import name_rows
from prt.tasks.find.find_logs import find_logs
from prt.text import before_more, cell_width, did_you_mean

Kind = Annotated[str, Argument("workshop, hours, tool … as in prt log.", metavar="KIND")]
Where = Annotated[
    list[str] | None,
    Option("Only rows with this value; may be repeated.", name="--where", metavar="COLUMN=VALUE"),
]
Missing = Annotated[
    list[str] | None, Option("Only rows where it is empty.", name="--missing", metavar="COLUMN")
]
Filled = Annotated[
    list[str] | None, Option("Only rows where it is not empty.", name="--filled", metavar="COLUMN")
]
Planned = Annotated[bool, Option("Only sessions that are planned.", name="--planned")]
Period = Annotated[int | None, Option("Only rows of period N.", name="--period", metavar="N")]


def list_(
    kind: Kind,
    where: Where = None,
    missing: Missing = None,
    filled: Filled = None,
    planned: Planned = False,
    period: Period = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """The rows of one log, the newest last; of hours those of both."""
    how, logs = check_format(form), find_logs(kind)
    if len(logs) > 1 and how in ("csv", "json"):
        raise PrtError(Mistake("one_log_each", kind=kind, format=how, logs=commands_of(logs)), code=2)
    opened = context.open_year(year, logs=set().union(*map(logs_needed, logs)))
    conditions = [*(where or ()), *(["status=planned"] if planned else ())]
    tests, window = (conditions, missing or (), filled or ()), window_of(opened, period)
    found = {log: rows_having(opened, log, window, *tests) for log in logs_with_columns(opened, logs, *tests)}
    for number, (log, rows) in enumerate(found.items()):
        if number:
            print()
        print_rows(opened, log, rows, how)
    context.left_out_notice(opened)


def commands_of(logs: Sequence[str]) -> JoinedTexts:
    """`prt list accompaniment or prt list partner-support`"""
    return JoinedTexts([f"prt list {log}" for log in logs], "or")


def print_rows(opened: Year, log: str, rows: Sequence[Row], how: str) -> None:
    words = Words(context.session_language() if how == "table" else "en", opened.plan)
    names, model = name_rows(opened, words), opened.plan.record_of(log)
    table, width = list_table(model, rows, how, words, names), screen.width()
    if how == "table" and width and max(map(cell_width, as_text(table).splitlines())) > width:
        table = list_table(model, rows, how, words, names, opened.plan.window)
    print(render(table, how, width))
    if how == "table":
        context.say(say_phrase("rows_listed", len(rows), log=log, year=opened.plan.year))


def window_of(year: Year, period: int | None) -> Window:
    """The days of a period, or of the whole year."""
    if period is None:
        return year.plan.window
    found = year.plan.calendar.period(period)
    if found is None:
        known = ", ".join(str(one.id) for one in year.plan.periods)
        raise PrtError(Mistake("plan_without_period", number=period, known=known), code=2)
    return Window(found.first, found.last)


def rows_having(
    year: Year,
    log: str,
    window: Window,
    conditions: Sequence[str],
    missing: Sequence[str],
    filled: Sequence[str],
) -> list[Row]:
    """The rows of these days that meet every condition. Values are read as cells are."""
    tests, model = [], year.plan.record_of(log)
    for text in conditions:
        name, given, value = text.partition("=")
        column = listed_column(model, name.strip())
        if not given:
            raise PrtError(Mistake("condition_without_value", text=text, column=column.name), code=2)
        try:
            test = Condition(any_of=(typed_value(year, model, column, value.strip()),)).test(
                column, year.known.at(log)
            )
        except Mistake as mistake:
            raise PrtError(Mistake("of_option", option=f"--where {text}", mistake=mistake), code=2) from None
        tests.append((column.name, test))
    cells = [
        (listed_column(model, name).name, empty)
        for names, empty in ((missing, True), (filled, False))
        for name in names
    ]
    return [
        row
        for row in year.data.logs[log]
        if row.day in window
        and all(test(row[name]) for name, test in tests)
        and all((row[name] in (None, ())) == empty for name, empty in cells)
    ]


def typed_value(year: Year, model: type[LogRecord], column: Column, text: str) -> str:
    """The value as the log has it, of what `prt log` takes for it: a beginning, a label, a day in words, the
    name of a person. Raises Mistake."""
    from prt.tasks.entry import log_rows  # 7 ms, where there is a condition

    today = context.today()
    cells, wrong = log_rows.with_words(model, {column.name: text}, year, today)
    cells, not_days = log_rows.with_iso_dates(model, cells, today, year.plan.window)
    cells, unclear = log_rows.with_person_ids(model, log_rows.with_persons_told(model, cells, year), year)
    for _, mistake in (*wrong, *not_days, *unclear):
        raise mistake
    return cells[column.name]


def logs_with_columns(
    year: Year, logs: Sequence[str], conditions: Sequence[str], missing: Sequence[str], filled: Sequence[str]
) -> Sequence[str]:
    """Of several logs those that have every column that is asked about; all, where none has."""
    names = [*(text.partition("=")[0].strip() for text in conditions), *missing, *filled]
    found = [log for log in logs if all(find_column(year.plan.record_of(log), one) for one in names)]
    return found or logs


def find_column(model: type[LogRecord], name: str) -> Column | None:
    return model.column_named(name.replace("-", "_"))


def listed_column(model: type[LogRecord], name: str) -> Column:
    column = find_column(model, name)
    if column is None:
        header = model.header()
        hint, known = before_more(did_you_mean(name, header)), ", ".join(header)
        raise PrtError(Mistake("no_column", log=model.log, name=name, hint=hint, known=known), code=2)
    return column


def list_table(
    model: type[LogRecord],
    rows: Sequence[Row],
    how: str,
    words: Words,
    said: Mapping[str, str],
    year: Window | None = None,
) -> Table:
    """The columns that matter, in words; for JSON and CSV all of them as they are, with file and line. `said`
    are the names and titles of ids; days of the `year` are written without it."""
    every = how in ("json", "csv")
    names = model.header() if every else list(model.listed)
    headings = [list_heading(model, name, words) for name in names]
    if every:
        headings += [Heading("file"), Heading("line_in_file")]
        return Table(tuple(headings), tuple(raw_values(row, names) for row in rows))
    shown = (tuple(shown_value(row, name, words, said, year) for name in names) for row in rows)
    return Table(tuple(headings), tuple(shown))


def list_heading(model: type[LogRecord], name: str, words: Words) -> Heading:
    column = model.column_named(name)
    number = column is not None and column.cell.numeric
    title = name_cell(words, model.log, name)
    title = "people" if title == "participants" and words.language == "en" else title
    return Heading(name, title, "right" if number else "left", whole=is_whole(model, name))


def raw_values(row: Row, names: Sequence[str]) -> tuple[Any, ...]:
    return (*(row[name] for name in names), row.file, row.line)


def shown_value(row: Row, name: str, words: Words, said: Mapping[str, str], year: Window | None) -> str:
    """The value; of a session that was not held its status instead of its participants."""
    if year and isinstance(day := row[name], dt.date) and day in year:
        return short_day(day, words, weekday=False)
    not_held = row.model.plannable and name == "participants" and row["status"] != "held"
    return say_cell(words, row, "status" if not_held else name, said)
