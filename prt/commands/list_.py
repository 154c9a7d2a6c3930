"""`prt list KIND`: the rows of a log, the newest last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

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
from prt.output.screens.cell_words import name_cell
from prt.output.screens.row_list import NarrowList, RowList
from prt.output.tables import Heading, Table, render, text_width
from prt.output.words import Words
from prt.problems import JoinedTexts, Mistake, PrtError
from prt.tasks.entry import log_rows
from prt.tasks.entry.summary import name_rows
from prt.tasks.find.find_logs import find_logs
from prt.tasks.find.pick_row import RowsByWords
from prt.text import before_more, did_you_mean

Kind = Annotated[str | None, Argument("workshop, hours, tool … as in prt log.", metavar="KIND")]
RowWords = Annotated[
    list[str] | None,
    Argument("Only rows with these words: a name, a board, a day.", metavar="WORDS"),
]
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
    kind: Kind = None,
    having: RowWords = None,
    where: Where = None,
    missing: Missing = None,
    filled: Filled = None,
    planned: Planned = False,
    period: Period = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """The rows of one log, the newest last; of hours those of both."""
    how, logs = check_format(form), find_logs(kind or "")
    if len(logs) > 1 and how in ("csv", "json"):
        raise PrtError(Mistake("one_log_each", kind=kind, format=how, logs=commands_of(logs)), code=2)
    opened = context.open_year(year, logs=set().union(*map(logs_needed, logs)))
    conditions = [*(where or ()), *(["status=planned"] if planned else ())]
    tests, window = (conditions, missing or (), filled or ()), window_of(opened, period)
    every = {log: rows_having(opened, log, window, *tests) for log in logs_with_columns(opened, logs, *tests)}
    found = narrow_to_words(opened, every, having or ())
    for number, (log, rows) in enumerate(found.items()):
        if number:
            print()
        print_rows(opened, log, rows, how)
    context.left_out_notice(opened)


def narrow_to_words(
    year: Year, found: Mapping[str, list[Row]], having: Sequence[str]
) -> Mapping[str, list[Row]]:
    """The rows that have the words that were typed; of several logs those with such rows. Raises PrtError
    where there are none."""
    if not having:
        return found
    finder = RowsByWords(year, context.session_language())
    narrowed = {log: finder.having(rows, " ".join(having).split()) for log, rows in found.items()}
    if not any(narrowed.values()):
        raise PrtError(Mistake("no_row_fits", words=" ".join(having)), code=2)
    return {log: rows for log, rows in narrowed.items() if rows}


def commands_of(logs: Sequence[str]) -> JoinedTexts:
    """`prt list accompaniment or prt list partner-support`"""
    return JoinedTexts([f"prt list {log}" for log in logs], "or")


def print_rows(opened: Year, log: str, rows: Sequence[Row], how: str) -> None:
    words = Words(context.session_language() if how == "table" else "en", opened.plan)
    model = opened.plan.record_of(log)
    if how in ("csv", "json"):
        print(render(raw_table(model, rows, words), how))
        return
    names, width = name_rows(opened, words), screen.width() if how == "table" else None
    wide, window = RowList(model, words, names), opened.plan.window
    narrow = (NarrowList(model, words, names, window, short_ids=short) for short in (False, True))
    table, in_all = wide.table(rows), ""
    while width and text_width(table) > width and (shown := next(narrow, None)):
        table, in_all = shown.table(rows), shown.in_every_row(rows)
    print(render(table, how, width))
    if how == "table":
        context.say(say_phrase("rows_listed", len(rows), log=log, year=opened.plan.year) + in_all)


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


def raw_table(model: type[LogRecord], rows: Sequence[Row], words: Words) -> Table:
    """For JSON and CSV all columns as they are, with file and line."""
    names = model.header()
    headings = [Heading(name, name_cell(words, model.log, name)) for name in names]
    headings += [Heading("file"), Heading("line_in_file")]
    return Table(tuple(headings), tuple((*(row[name] for name in names), row.file, row.line) for row in rows))
