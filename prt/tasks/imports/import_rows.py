"""`prt import hours.xlsx --into accompaniment`: the rows of a plain sheet, each checked as `prt log` does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import suppress

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.form import Form
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.roster import make_roster
from prt.figures.moved import needed
from prt.files.project import Year
from prt.files.provenance import HeadingRecord, ImportedRow, ImportRecord
from prt.files.store.store import Action, WrittenRow
from prt.imports.people.roster import is_roster
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.preview import describe_file, describe_log
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.rows import (
    Headings,
    ReadRow,
    SheetRows,
    column_spellings,
    digest_rows,
    find_column,
    fitting_logs,
    map_headings,
    unfilled_columns,
)
from prt.imports.proposing.sheet_rows import (
    KnownRows,
    SheetChanges,
    SheetRow,
    compare_sheet,
    describe_changed,
    leave_doubles,
    write_cell,
)
from prt.imports.proposing.write import IMPORT_REASON
from prt.imports.sources.sheet import explain_no_presences
from prt.model.columns import LogRecord
from prt.model.ids import new_id
from prt.model.records import LOGS, row_kinds
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.tasks.entry.log_rows import Entering
from prt.tasks.imports.import_sessions import NOTHING_NEW, ImportOptions, confirm_import, print_lines
from prt.tasks.open_action import open_action
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


def import_rows(files: Sequence[ExportFile], told: ImportOptions) -> None:
    """Show what would be added, ask, and write all of it, or nothing."""
    if len(files) > 1:
        raise PrtError("One plain sheet at a time: its columns are its own.", code=2)
    file, model = files[0], find_log_model(files[0], told)
    year = open_rows_year(file, model, told)
    rows = read_rows_import(file, model, year, told)
    changes = compare_with_year(year, rows)
    print_lines(describe_sheet(rows, changes))
    if changes.is_nothing and not changes.gone:
        messages.print_line(NOTHING_NEW)
    elif changes.is_nothing and not asks_removal(told):
        context.say(f"Not removed, for nobody was asked: {remove_command(changes.gone)}")
        messages.print_line(NOTHING_NEW)
    elif told.dry_run or changes.is_nothing or confirm_import(told):
        write_rows(rows, year, told, changes, confirm_removal(changes.gone, told))
    else:
        context.say("Nothing was written.")


def asks_removal(told: ImportOptions) -> bool:
    """Can somebody be asked? --yes never says that rows are to be removed."""
    return not (told.yes or told.dry_run) and terminal.is_at_terminal()


def confirm_removal(gone: Sequence[Row], told: ImportOptions) -> frozenset[str]:
    """The ids of the rows that are to be removed, because somebody said so."""
    if not gone:
        return frozenset()
    if not asks_removal(told):
        context.say(f"Not removed, for nobody was asked: {remove_command(gone)}")
        return frozenset()
    talk = terminal.open_talk()
    word = "remove_one" if len(gone) == 1 else "remove_several"
    agreed = talk.is_agreed(talk.say(word, number=len(gone)), False)
    return frozenset(row.id for row in gone) if agreed else frozenset()


def remove_command(gone: Sequence[Row]) -> str:
    return f'prt remove {gone[0].id} --why "Gone from the sheet"' + (" …" if len(gone) > 1 else "")


def find_log_model(file: ExportFile, told: ImportOptions) -> type[LogRecord]:
    """The log of `--into`, by its name or that of its rows."""
    log = row_kinds().get(told.into or "", told.into or "")
    if log in LOGS:
        return LOGS[log]
    if told.into:
        known = [*LOGS, *row_kinds()]
        raise PrtError(f'--into: "{told.into}" is no log. {did_you_mean(told.into, known)}'.rstrip(), code=2)
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
    return Problem.of(place, Mistake("rows_of_any_log", targets=" or ".join(likely or ["--into LOG"])))


def open_rows_year(file: ExportFile, model: type[LogRecord], told: ImportOptions) -> Year:
    """The plan year that contains the first day of the sheet."""
    sheet = SheetRows(
        model,
        file.shown,
        file.export,
        map_headings(model, file.export.header, parse_columns(told)),
        make_roster({}),
        (),
    )
    clock, problems = sheet.clock(told.order)
    if wrong := errors(problems):
        raise PrtError(*wrong)
    name = next((heading for heading, column in sheet.headings.columns.items() if column == "date"), "")
    days = (clock.moment(cells[name]) for _, cells in file.export.rows) if name else iter(())
    first = next((moment.date() for moment in days if moment), None)
    return context.load_year(told.project, told.year, None if told.year else first, needed(model.log))


def parse_columns(told: ImportOptions) -> dict[str, str]:
    """`--column "Heures=hours"`: the headings, folded, with their columns."""
    found = {}
    for text in told.columns or ():
        heading, sign, column = text.rpartition("=")
        if not sign:
            raise PrtError(f'--column: "{text}" has no "=". Write "Heading=column".', code=2)
        found[fold_text(heading)] = column.strip()
    return found


def read_rows_import(file: ExportFile, model: type[LogRecord], year: Year, told: ImportOptions) -> RowsImport:
    """Every row checked; all mistakes at once."""
    given = parse_columns(told)
    for column in given.values():
        if column == model.id_column:
            raise PrtError(f"--column: prt gives its rows their ids, and {file.shown} keeps its own.", code=2)
        if column and model.column_named(column) is None:
            hint = did_you_mean(column, model.header())
            raise PrtError(f'--column: "{column}" is not a column of {model.log}. {hint}'.rstrip(), code=2)
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
            raise PrtError(f'--column: {file.shown} has no heading "{heading}". {hint}'.rstrip(), code=2)
    twice = [column for column, number in Counter(given.values()).items() if column and number > 1]
    if twice:
        raise PrtError(f"--column: two headings for {twice[0]}. One of them is it.", code=2)


def ask_headings(
    found: Headings, model: type[LogRecord], known: Mapping[str, str], told: ImportOptions
) -> dict[str, str]:
    """On a terminal: what headings stand for that nobody knows yet; the answers are remembered."""
    unknown = [one for one in found.left if fold_text(one) not in known]
    if told.yes or told.dry_run or not unknown or not terminal.is_at_terminal():
        return {}
    form = HeadingForm(terminal.open_talk(), unknown, column_spellings(model))
    messages.print_line(f"Columns of {model.log}: {', '.join(model.header()[1:])}")
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
    me = ["staff"] if context.me(year.project.root) else []
    if lacking := unfilled_columns(model, found, me):
        mistake = explain_missing(model.log, lacking, found.left)
        raise PrtError(Problem.of(Place(file.shown), mistake), code=2)


def explain_missing(log: str, lacking: Sequence[str], left: Sequence[str]) -> Mistake:
    """Which columns no heading is, which headings are left, and of hours that they may be one's own."""
    options = " ".join(f'--column "HEADING={name}"' for name in lacking)
    mistake = Mistake("heading_missing", columns=" or ".join(lacking), log=log, options=options)
    if left:
        mistake = Mistake("headings_left", mistake=mistake, left=", ".join(left))
    return Mistake("own_hours", mistake=mistake) if lacking == ["staff"] else mistake


def check_rows(
    sheet: SheetRows, said: Mapping[str, str], year: Year, told: ImportOptions
) -> tuple[SheetRow, ...]:
    """The rows as they will be written, each with what tells it again."""
    clock, problems = sheet.clock(told.order)
    problems += [*sheet.rival_headings(), *sheet.unread_values(said), *sheet.repeated_ids()]
    me, today = context.me(year.project.root), context.today()
    entering = Entering(sheet.model, year, today, me)
    read: list[ReadRow] = []
    written: list[Mapping[str, str]] = []
    for row in sheet.rows(clock):
        entry = entering.entered(row.cells)
        unread = {name for name, _ in row.mistakes}
        checked = [(name, mistake) for name, mistake in entry.mistakes if name not in unread]
        for name, mistake in (*row.mistakes, *checked):
            place = replace(row.place, path=sheet.heading_of(name))
            problems.append(Problem.of(place, mistake, value=row.cells.get(name, "")))
        problems += outside_year(entry.cells, row.place, year, told)
        read.append(row)
        written.append(entry.cells)
    raise_problems(problems)
    contents = digest_rows(sheet.model.log, (row.cells for row in read))
    rows = zip(read, written, contents, strict=True)
    return tuple(SheetRow(row.place, cells, content, row.key) for row, cells, content in rows)


def outside_year(cells: Mapping[str, str], place: Place, year: Year, told: ImportOptions) -> list[Problem]:
    """A row of another plan year would count on the first or the last day of this one."""
    day = cells.get("date", "")
    if told.year or not day or year.plan.starts.isoformat() <= day <= year.plan.ends.isoformat():
        return []
    return [Problem.of(place, Mistake("row_of_another_year", day=day, year=year.plan.year))]


def raise_problems(problems: Sequence[Problem]) -> None:
    wrong = errors(problems)
    if not wrong:
        return
    others = len(wrong) - MOST_SHOWN
    more = [f"… and {others} more mistakes."] if others > 0 else []
    raise PrtError(*wrong[:MOST_SHOWN], *more, "Nothing was written: all rows of a sheet, or none.")


def describe_sheet(rows: RowsImport, changes: SheetChanges) -> Iterator[str]:
    """What is read, what each heading is taken for, and which rows of the log become others."""
    yield from describe_file(rows.file)
    if rows.left_out:
        yield f"  not taken: {', '.join(rows.left_out)}"
    yield f"→ {rows.log}.csv"
    yield from (f"  {heading} → {column}" for heading, column in rows.headings.columns.items())
    if rows.headings.own_id:
        yield f"  {rows.headings.own_id}: tells a row again; prt's rows have ids of their own"
    if rows.headings.left:
        yield f"  columns left behind: {', '.join(rows.headings.left)}"
    yield from describe_changed(rows.model, changes)


def compare_with_year(year: Year, rows: RowsImport) -> SheetChanges:
    """What the sheet does to the rows of the year as they are now."""
    there = {row.id: row for row in year.data.logs[rows.log]}
    imports = read_record_rows(year, ImportRecord)
    again = {row.id for row in imports if row["digest"] == rows.file.digest and row["kind"] == rows.log}
    imported = read_record_rows(year, ImportedRow)
    known = KnownRows(there, imported, again, read_corrected(year, rows.model, there))
    ids = {row.id for row in imported}
    typed = (row for row in there.values() if row.id not in ids)
    return leave_doubles(rows.model, compare_sheet(rows.model, rows.rows, known), typed, year.known)


def read_corrected(
    year: Year, model: type[LogRecord], there: Container[str]
) -> dict[tuple[str, str], set[str]]:
    """What cells said before somebody corrected them, as the log writes it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for note in year.corrections():
        column = model.column_named(note["column"] or "")
        if column and note["row"] in there and note["why"] != IMPORT_REASON and note["old"]:
            with suppress(Mistake):
                old = column.cell.read(note["old"].strip(), year.known.at(model.log), column.name)
                found[note["row"], column.name].add(write_cell(column, old))
    return found


def write_rows(
    rows: RowsImport, year: Year, told: ImportOptions, shown: SheetChanges, removed: frozenset[str]
) -> None:
    """One action, all of it or nothing; then what moved. What is new is seen under the lock."""
    keep = not told.dry_run
    with open_action(year, "prt import", keep=keep, private=True) as action:
        now = year.as_now(needed(rows.log))
        changes = compare_with_year(now, rows)
        gone = [row.id for row in changes.gone if row.id in removed]
        if changes.is_nothing and not gone:
            messages.print_line(NOTHING_NEW)
            return
        if now is not year:
            refuse_changed(rows, now)
            refuse_unshown(shown, changes)
        added = write_sheet(action, rows, changes, gone)
        remember_headings(action, rows)
        after = action.year.again(needed(rows.log))
    if keep:
        messages.note_written(f"Imported {rows.file.shown}")
    messages.print_line(describe_log(rows.log, len(added), len(changes.edited), changes.same, len(gone)))
    messages.tell_import(messages.before(now, rows.log), after, rows.log, keep=keep)
    if keep:
        written = [*(one.id for one in added), *(one.row.id for one in changes.edited)]
        messages.tell_warnings(after, rows.log, written)
        context.say("Not right? prt undo takes all of it back.")


def write_sheet(
    action: Action, rows: RowsImport, changes: SheetChanges, gone: Sequence[str]
) -> list[WrittenRow]:
    """New rows, changed rows, rows taken out, and what the next version of the sheet is compared with."""
    imports = action.year.read_table(ImportRecord.log)
    number = new_id(ImportRecord.prefix, action.when.date(), set(imports.column("id")), action.draw)
    header = action.year.read_table(ImportedRow.log).header or ImportedRow.header()
    added = action.add(rows.log, [one.cells for one in changes.added]) if changes.added else []
    if changes.edited:
        edits = {one.row.id: one.changes for one in changes.edited}
        action.edit_all(rows.log, edits, IMPORT_REASON)
    if changes.changed:
        marks = {one.row.id: known_cells(one.found, number, header) for one in changes.changed}
        action.edit_all(ImportedRow.log, marks, IMPORT_REASON)
    if gone:
        action.remove(rows.log, gone, IMPORT_REASON)
        action.remove(ImportedRow.log, gone, IMPORT_REASON)
    pairs = zip(added, changes.added, strict=True)
    if added:
        marks_added = [{"id": one.id, **known_cells(row, number, header)} for one, row in pairs]
        action.add(ImportedRow.log, marks_added)
    action.add(ImportRecord.log, [import_cells(action, rows, number, len(added))])
    return added


def known_cells(row: SheetRow, number: str, header: Collection[str]) -> dict[str, str]:
    """What tells a row again; an older file does not have every column."""
    cells = {"content": row.content, "file": number, "line": str(row.place.line), "key": row.key}
    return {name: text for name, text in cells.items() if text and name in header}


def refuse_changed(rows: RowsImport, year: Year) -> None:
    """Whom or what a row names may be gone meanwhile: somebody was erased, a session removed."""
    entering = Entering(rows.model, year, context.today(), context.me(year.project.root))
    for row in rows.rows:
        for name, mistake in entering.entered(row.cells).mistakes:
            problem = Problem.of(replace(row.place, path=name), mistake, value=row.cells.get(name, ""))
            raise PrtError(problem, "The files were changed meanwhile. Nothing was written; try again.")


def refuse_unshown(shown: SheetChanges, changes: SheetChanges) -> None:
    """No cell becomes another one than was shown."""
    pairs = [(one.row.id, one.row.values, one.changes) for one in shown.edited]
    if any((one.row.id, one.row.values, one.changes) not in pairs for one in changes.edited):
        raise PrtError("The files were changed meanwhile. Nothing was written; try again.")


def remember_headings(action: Action, rows: RowsImport) -> None:
    """What somebody said a heading is, for the next sheet of this kind."""
    wanted = {f"{rows.log}.{heading}": column for heading, column in rows.given.items()}
    known = {row.id: row["column"] or "" for row in read_record_rows(action.year, HeadingRecord)}
    changed = {
        name: {"column": text} for name, text in wanted.items() if name in known and known[name] != text
    }
    if changed:
        action.edit_all("headings", changed, "imported")
    new = [{"id": name, "column": text} for name, text in wanted.items() if name not in known]
    if new:
        action.add("headings", new)


def import_cells(action: Action, rows: RowsImport, number: str, added: int) -> dict[str, str]:
    return {
        "id": number,
        "when": action.when.isoformat(),
        "who": action.who,
        "digest": rows.file.digest,
        "source": rows.file.export.source,
        "kind": rows.log,
        "rows": str(added),
    }
