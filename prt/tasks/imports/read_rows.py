"""A plain sheet as rows of a log: which log and which year, what its headings are, each row checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import repeat

from prt.console import context
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.provenance import HeadingRecord
from prt.imports.plain.cells import PlainCells
from prt.imports.plain.digests import digest_columns, digest_headings
from prt.imports.plain.heading_words import column_spellings, find_column, say_column, written_names
from prt.imports.plain.headings import (
    CONSTANT,
    Headings,
    map_headings,
    may_be_constant,
    unfilled_columns,
    without_rivals,
)
from prt.imports.plain.left_out import LeftOutLines
from prt.imports.plain.sheet_problems import settle_rows_clock, sheet_problems
from prt.imports.plain.sheet_table import PlainSheet, SheetTable, read_table
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.sheet_rows import SheetRow, new_sheet_row
from prt.model.columns import LogRecord
from prt.problems import JoinedTexts, Mistake, Place, Problem, PrtError, errors
from prt.tasks.entry.many_rows import Entering
from prt.tasks.imports.asking.ask_headings import HeadingForm
from prt.tasks.imports.asking.ask_order import with_order
from prt.tasks.imports.import_options import ImportOptions, import_command, possible_days
from prt.text import did_you_mean, fold_text
from prt.values import dataclass, field

MOST_SHOWN = 40
"""Mistakes of a sheet; the others are counted."""


@dataclass(frozen=True)
class RowsImport:
    """What a sheet comes to: its rows with what tells each again, and the headings to remember."""

    file: ExportFile
    model: type[LogRecord]
    headings: Headings
    given: Mapping[str, str]
    rows: tuple[SheetRow, ...]
    left_out: tuple[str, ...] = ()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What words of the sheet are in the log, by column and text."""

    @property
    def log(self) -> str:
        return self.model.log


def open_rows_year(file: ExportFile, model: type[LogRecord], told: ImportOptions) -> Year:
    """The plan year that contains the first day of the sheet."""
    headings = map_headings(model, file.export.header, parse_columns(told, model, file.shown))
    clock, problems = settle_rows_clock(
        model, file.shown, file.export, headings, told.order, partial(possible_days, told)
    )
    if wrong := errors(problems):
        raise PrtError(*wrong)
    name = next((heading for heading, column in headings.columns.items() if column == "date"), "")
    days = map(clock.moment, file.export.columns[name] if name else ())
    first = next((moment.date() for moment in days if moment), None)
    return context.load_year(told.project, told.year, None if told.year else first, logs_needed(model.log))


def parse_columns(told: ImportOptions, model: type[LogRecord], shown: str) -> dict[str, str]:
    """`--column "Heures=hours"`: the headings, folded, with their columns, which the log has."""
    found = {}
    for text in told.columns or ():
        heading, sign, column = text.rpartition("=")
        if not sign:
            mistake = Mistake("no_equals_sign", option="--column", text=text, wanted="Heading=column")
            raise PrtError(mistake, code=2)
        if column.strip() == model.id_column:
            raise PrtError(Mistake("ids_are_given", shown=shown), code=2)
        found[fold_text(heading)] = find_named_column(model, column, "--column") if column.strip() else ""
    return found


def find_named_column(model: type[LogRecord], text: str, option: str) -> str:
    """A column by any of its names, as the dialogue takes them. Raises PrtError."""
    spellings = column_spellings(model)
    found = spellings.get(fold_text(text))
    if found is None:
        written = {**spellings, **{fold_text(name): name for name, _ in written_names(model)}}
        hint = did_you_mean(text.strip(), [*model.header(), *spellings], written)
        mistake = Mistake("not_of_log", option=option, column=text.strip(), log=model.log, hint=hint)
        raise PrtError(mistake, code=2)
    return found


def read_rows_import(file: ExportFile, model: type[LogRecord], year: Year, told: ImportOptions) -> RowsImport:
    """Every row checked; all mistakes at once. On a terminal it is asked what headings stand for, and asked
    again where a mistake may be of an answer."""
    given = {**parse_columns(told, model, file.shown), **parse_values(told, model)}
    refuse_absent_headings(given, file, told.columns or ())
    header = file.export.header
    known, offered = known_headings(year, model, header)
    known = without_rivals(model, header, known, given)
    form = HeadingForm(file.export, model, year, given, known, offered)
    if told.is_asking:
        told.drafts.wait(form, year, import_command([file]), "headings")
    while True:
        said = form.ask() if told.is_asking else given
        try:
            return with_order(told, partial(check_sheet, file, model, year, form.known, said))[0]
        except PrtError as error:
            if not told.is_asking or not form.done:
                raise
            if not form.goes_back(error):
                raise PrtError(*filter(None, [told.drafts.stay()])) from None


def known_headings(
    year: Year, model: type[LogRecord], header: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What headings of sheets stood for earlier, and the values that all rows of a sheet with these headings
    had: they are offered again, and never taken unasked."""
    told = {
        row.id.removeprefix(f"{model.log}."): row["column"] or ""
        for row in read_record_rows(year, HeadingRecord)
        if row.id.startswith(f"{model.log}.")
    }
    sheet = sheet_prefix(header)
    return (
        {heading: column for heading, column in told.items() if not heading.startswith(CONSTANT)},
        {CONSTANT + name.removeprefix(sheet): text for name, text in told.items() if name.startswith(sheet)},
    )


def sheet_prefix(header: Sequence[str]) -> str:
    """What stands before a value of all rows under which it is kept: `=`, and which sheets have it."""
    return f"{CONSTANT}{digest_headings(header)}."


def check_sheet(
    file: ExportFile,
    model: type[LogRecord],
    year: Year,
    known: Mapping[str, str],
    given: Mapping[str, str],
    told: ImportOptions,
) -> RowsImport:
    found = map_headings(model, file.export.header, given, known, texts=file.export.columns)
    refuse_missing(file, model, found, year)
    sheet = PlainSheet(
        file.shown, file.export, PlainCells(model, found, year.person_finder, year.known.at(model.log))
    )
    clock, problems = settle_rows_clock(
        model, file.shown, file.export, found, told.order, partial(possible_days, told)
    )
    problems += sheet_problems(sheet, {**known, **given})
    left = LeftOutLines(model)
    table = read_table(sheet, clock, left)
    rows = check_rows(sheet, table, problems, year, told)
    return RowsImport(file, model, found, given, rows, tuple(left.count()), table.words)


def parse_values(told: ImportOptions, model: type[LogRecord]) -> dict[str, str]:
    """`--value "objective=plan-action"`: what all rows have of a column that no heading is."""
    found = {}
    for text in told.values or ():
        column, sign, value = text.partition("=")
        if not sign or not value.strip():
            raise PrtError(Mistake("value_without_sign", text=text), code=2)
        found[f"{CONSTANT}{find_named_column(model, column, '--value')}"] = value.strip()
    return found


def refuse_absent_headings(given: Mapping[str, str], file: ExportFile, typed: Sequence[str]) -> None:
    """A heading of --column that the sheet does not have, or two for one column, was meant otherwise."""
    header = {fold_text(heading): heading for heading in file.export.header}
    headings = {one: column for one, column in given.items() if not one.startswith(CONSTANT)}
    for heading, column in headings.items():
        if not any(find_column(one, {heading: column}) is not None for one in header.values()):
            texts = (text.rpartition("=")[0] for text in typed)
            written = next((text for text in texts if fold_text(text) == heading), heading)
            hint = did_you_mean(heading, header.values())
            raise PrtError(Mistake("no_heading", file=file.shown, heading=written, hint=hint), code=2)
    twice = [column for column, number in Counter(headings.values()).items() if column and number > 1]
    if twice:
        raise PrtError(Mistake("two_headings", column=twice[0]), code=2)


def refuse_missing(file: ExportFile, model: type[LogRecord], found: Headings, year: Year) -> None:
    own = model.worker_columns()[:1]
    me = own if context.me(year.project.root) else ()
    if lacking := unfilled_columns(model, found, me):
        mistake = explain_missing(model, lacking, found.left)
        raise PrtError(Problem.of(Place(file.shown), mistake), code=2)


def explain_missing(model: type[LogRecord], lacking: Sequence[str], left: Sequence[str]) -> Mistake:
    """Which columns no heading is, which headings are left, and of hours that they may be one's own."""
    options = " ".join(f'--column "HEADING={name}"' for name in lacking)
    names = [say_column(model, name) for name in lacking]
    mistake = Mistake("heading_missing", columns=JoinedTexts(names, "or"), log=model.log, options=options)
    if constant := [name for name in lacking if may_be_constant(name)]:
        values = " ".join(f'--value "{name}=…"' for name in constant)
        mistake = Mistake("or_value_of_all", mistake=mistake, values=values)
    if left:
        mistake = Mistake("headings_left", mistake=mistake, left=", ".join(left))
    return Mistake("own_hours", mistake=mistake) if tuple(lacking) == model.worker_columns()[:1] else mistake


def check_rows(
    sheet: PlainSheet, table: SheetTable, problems: list[Problem], year: Year, told: ImportOptions
) -> tuple[SheetRow, ...]:
    """The rows as they will be written, each with what tells it again. PrtError for all that is wrong."""
    model = sheet.cells.model
    entering = Entering(model, year, context.today(), context.me(year.project.root))
    entered = entering.entered_together(table.columns, table.files, table.lines)
    days = entered.columns.get("date", [""] * len(table.lines))
    others = {day for day in {*days} if outside_year(day, Place(sheet.shown), year, told)}
    outside = {at for at, day in enumerate(days) if day in others}
    for at in sorted({*entered.mistakes, *table.mistakes, *outside}):
        unread, wrong = table.mistakes.get(at, {}), dict(entered.mistakes.get(at, ()))
        for name, mistake in {**unread, **wrong, **unread}.items():
            value = table.columns[name][at] if name in table.columns else ""
            has_heading = name in sheet.cells.headings.filled
            column = sheet.cells.heading_of(name) if has_heading else say_column(model, name)
            place = table.place(at, column)
            problems.append(Problem.of(place, mistake, value=value))
        problems += outside_year(days[at], table.place(at), year, told)
    raise_problems(problems)
    names, texts = repeat(tuple(entered.columns)), zip(*entered.columns.values(), strict=True)
    contents = digest_columns(model.log, table.columns)
    parts = (table.files, table.lines, names, texts, contents, table.keys, entered.rows)
    return tuple(map(new_sheet_row, zip(*parts, strict=False)))


def outside_year(day: str, place: Place, year: Year, told: ImportOptions) -> list[Problem]:
    """A row of another plan year would count on the first or the last day of this one."""
    first, last = year.plan.iso_days
    if told.year or not day or first <= day <= last:
        return []
    return [Problem.of(place, Mistake("row_of_another_year", day=day, year=year.plan.year))]


def raise_problems(problems: Sequence[Problem]) -> None:
    wrong = errors(problems)
    if not wrong:
        return
    others = len(wrong) - MOST_SHOWN
    more = [Mistake("more_mistakes", number=others)] if others > 0 else []
    raise PrtError(*wrong[:MOST_SHOWN], *more, Mistake("all_or_none"))
