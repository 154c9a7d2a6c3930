"""A plain sheet as rows of a log: which log and which year, what its headings are, each row checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.form import Form
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.roster import make_roster
from prt.figures.moved import needed
from prt.files.project import Year
from prt.files.provenance import HeadingRecord
from prt.files.yaml.words import say_phrase
from prt.imports.people.roster import is_roster
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.rows import (
    Headings,
    SheetRows,
    column_spellings,
    digest_columns,
    find_column,
    fitting_logs,
    map_headings,
    settle_rows_clock,
    unfilled_columns,
)
from prt.imports.proposing.sheet_rows import SheetRow
from prt.imports.sources.sheet import explain_no_presences
from prt.model.columns import LogRecord
from prt.model.records import LOGS, row_kinds
from prt.problems import JoinedTexts, Mistake, Place, Problem, PrtError, errors
from prt.tasks.entry.many_rows import Entering
from prt.tasks.imports.import_sessions import ImportOptions
from prt.text import did_you_mean, fold_text
from prt.values import dataclass, replace

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

    @property
    def log(self) -> str:
        return self.model.log


def find_log_model(file: ExportFile, told: ImportOptions) -> type[LogRecord]:
    """The log of `--into`, by its name or that of its rows."""
    log = row_kinds().get(told.into or "", told.into or "")
    if log in LOGS:
        return LOGS[log]
    if told.into:
        hint = did_you_mean(told.into, [*LOGS, *row_kinds()])
        raise PrtError(say_phrase("no_log", text=told.into, hint=hint).rstrip(), code=2)
    raise PrtError(suggest_target(file, told), code=2)


def suggest_target(file: ExportFile, told: ImportOptions) -> Problem:
    """What a sheet is for that no log was named: hours, a list of people, a list of who came."""
    header, place = file.export.header, Place(file.shown)
    likely = [f"--into {log}" for log in fitting_logs(header)]
    why_not = explain_no_presences(file.export)
    if is_roster(header) and told.as_ is None:
        return Problem.of(place, Mistake("people_not_rows", file=file.shown))
    if why_not and (told.as_ or not likely):
        return Problem.of(place, Mistake("presences_or_rows", mistake=why_not))
    return Problem.of(
        place, Mistake("rows_of_any_log", targets=say_phrase("or").join(likely or ["--into LOG"]))
    )


def open_rows_year(file: ExportFile, model: type[LogRecord], told: ImportOptions) -> Year:
    """The plan year that contains the first day of the sheet."""
    headings = map_headings(model, file.export.header, parse_columns(told, model, file.shown))
    clock, problems = settle_rows_clock(model, file.shown, file.export, headings, told.order)
    if wrong := errors(problems):
        raise PrtError(*wrong)
    name = next((heading for heading, column in headings.columns.items() if column == "date"), "")
    days = (clock.moment(cells[name]) for _, cells in file.export.rows) if name else iter(())
    first = next((moment.date() for moment in days if moment), None)
    return context.load_year(told.project, told.year, None if told.year else first, needed(model.log))


def parse_columns(told: ImportOptions, model: type[LogRecord], shown: str) -> dict[str, str]:
    """`--column "Heures=hours"`: the headings, folded, with their columns, which the log has."""
    found = {}
    for text in told.columns or ():
        heading, sign, column = text.rpartition("=")
        if not sign:
            raise PrtError(say_phrase("column_without_sign", text=text), code=2)
        column = column.strip()
        if column == model.id_column:
            raise PrtError(say_phrase("column_of_ids", file=shown), code=2)
        if column and model.column_named(column) is None:
            hint = did_you_mean(column, model.header())
            raise PrtError(say_phrase("not_of_log", column=column, log=model.log, hint=hint).rstrip(), code=2)
        found[fold_text(heading)] = column
    return found


def read_rows_import(file: ExportFile, model: type[LogRecord], year: Year, told: ImportOptions) -> RowsImport:
    """Every row checked; all mistakes at once."""
    given = parse_columns(told, model, file.shown)
    known = {
        row.id.removeprefix(f"{model.log}."): row["column"] or ""
        for row in read_record_rows(year, HeadingRecord)
    }
    refuse_absent_headings(given, file)
    found = map_headings(model, file.export.header, given, known)
    given |= ask_headings(found, model, {**known, **given}, told)
    found = map_headings(model, file.export.header, given, known)
    refuse_missing(file, model, found, year)
    roster, people = make_roster(year.project.names()), [post["id"] for post in year.data.people]
    sheet = SheetRows(model, file.shown, file.export, found, roster, people)
    rows = check_rows(sheet, {**known, **given}, year, told)
    return RowsImport(file, model, found, given, rows, tuple(sheet.count_left_out()))


def refuse_absent_headings(given: Mapping[str, str], file: ExportFile) -> None:
    """A heading of --column that the sheet does not have, or two for one column, was meant otherwise."""
    header = {fold_text(heading): heading for heading in file.export.header}
    for heading, column in given.items():
        if not any(find_column(one, {heading: column}) is not None for one in header.values()):
            hint = did_you_mean(heading, header)
            said = say_phrase("no_heading", file=file.shown, heading=heading, hint=hint)
            raise PrtError(said.rstrip(), code=2)
    twice = [column for column, number in Counter(given.values()).items() if column and number > 1]
    if twice:
        raise PrtError(say_phrase("column_twice", column=twice[0]), code=2)


def ask_headings(
    found: Headings, model: type[LogRecord], known: Mapping[str, str], told: ImportOptions
) -> dict[str, str]:
    """On a terminal: what headings stand for that nobody knows yet; the answers are remembered."""
    unknown = [one for one in found.left if fold_text(one) not in known]
    if told.yes or told.dry_run or not unknown or not terminal.is_at_terminal():
        return {}
    form = HeadingForm(terminal.open_talk(), unknown, column_spellings(model))
    messages.print_line(say_phrase("columns_of", log=model.log, columns=", ".join(model.header()[1:])))
    while not form.fill():
        form.talk.tell(INDENT + form.talk.say("first"))
    return form.answers


class HeadingForm(Form[str]):
    """What each heading stands for: a column, or "" where it is left behind."""

    def __init__(self, talk: Talk, headings: Sequence[str], columns: Mapping[str, str]) -> None:
        super().__init__(talk)
        self.headings, self.columns, self.answers = headings, columns, dict[str, str]()

    def order(self) -> Sequence[str]:
        return self.headings

    def inquiry(self, key: str) -> Inquiry[str]:
        before = self.answers.get(fold_text(key), "")
        return Inquiry(
            self.talk.say("heading", heading=key),
            self.read_column,
            enter=before,
            bracket=before,
            hint=self.talk.say("heading_hint"),
            words=list(self.columns),
            understood=lambda text: self.columns.get(fold_text(text), ""),
            text=before,
        )

    def read_column(self, text: str) -> str:
        if text and fold_text(text) not in self.columns:
            raise Mistake("no_column_so_called", text=text)
        return self.columns[fold_text(text)] if text else ""

    def keep(self, key: str, answer: str) -> None:
        self.answers[fold_text(key)] = answer


def refuse_missing(file: ExportFile, model: type[LogRecord], found: Headings, year: Year) -> None:
    own = model.worker_columns()[:1]
    me = own if context.me(year.project.root) else ()
    if lacking := unfilled_columns(model, found, me):
        mistake = explain_missing(model, lacking, found.left)
        raise PrtError(Problem.of(Place(file.shown), mistake), code=2)


def explain_missing(model: type[LogRecord], lacking: Sequence[str], left: Sequence[str]) -> Mistake:
    """Which columns no heading is, which headings are left, and of hours that they may be one's own."""
    options = " ".join(f'--column "HEADING={name}"' for name in lacking)
    mistake = Mistake("heading_missing", columns=JoinedTexts(lacking, "or"), log=model.log, options=options)
    if left:
        mistake = Mistake("headings_left", mistake=mistake, left=", ".join(left))
    return Mistake("own_hours", mistake=mistake) if tuple(lacking) == model.worker_columns()[:1] else mistake


def check_rows(
    sheet: SheetRows, said: Mapping[str, str], year: Year, told: ImportOptions
) -> tuple[SheetRow, ...]:
    """The rows as they will be written, each with what tells it again."""
    clock, problems = settle_rows_clock(sheet.model, sheet.shown, sheet.export, sheet.headings, told.order)
    problems += [*sheet.rival_headings(), *sheet.unread_values(said), *sheet.repeated_ids()]
    me, today = context.me(year.project.root), context.today()
    entering = Entering(sheet.model, year, today, me)
    table = sheet.table(clock)
    entries = entering.entered_together(table.columns) if table.places else []
    for at, (place, entry) in enumerate(zip(table.places, entries, strict=True)):
        if entry.mistakes or at in table.mistakes:
            unread = table.mistakes.get(at, {})
            for name, mistake in ({**unread, **dict(entry.mistakes)} | unread).items():
                value = table.columns[name][at] if name in table.columns else ""
                problems.append(Problem.of(replace(place, path=sheet.heading_of(name)), mistake, value=value))
        problems += outside_year(entry.cells, place, year, told)
        entry.row.file, entry.row.line = place.file, place.line
    raise_problems(problems)
    contents = digest_columns(sheet.model.log, table.columns)
    rows = zip(table.places, entries, contents, table.keys, strict=True)
    return tuple(SheetRow(place, entry.cells, content, key, entry.row) for place, entry, content, key in rows)


def outside_year(cells: Mapping[str, str], place: Place, year: Year, told: ImportOptions) -> list[Problem]:
    """A row of another plan year would count on the first or the last day of this one."""
    day = cells.get("date", "")
    first, last = year.plan.iso_days
    if told.year or not day or first <= day <= last:
        return []
    return [Problem.of(place, Mistake("row_of_another_year", day=day, year=year.plan.year))]


def raise_problems(problems: Sequence[Problem]) -> None:
    wrong = errors(problems)
    if not wrong:
        return
    others = len(wrong) - MOST_SHOWN
    more = [f"… and {others} more mistakes."] if others > 0 else []
    raise PrtError(*wrong[:MOST_SHOWN], *more, say_phrase("all_or_none"))
