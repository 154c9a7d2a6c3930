"""`prt import hours.xlsx --into accompaniment`: the rows of a plain sheet, each checked as `prt log` does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import suppress

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.figures.standings import logs_needed
from prt.files.privacy.personal import find_telling, traces
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.files.provenance import IMPORT_REASON, HeadingRecord, ImportedRow, ImportRecord
from prt.files.store.store import Action
from prt.files.yaml.words import read_topic, say_phrase
from prt.imports.plain.heading_words import say_column
from prt.imports.plain.headings import CONSTANT
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.preview import describe_file, describe_log
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.sheet_rows import (
    KnownRows,
    SheetChanges,
    SheetRow,
    compare_sheet,
    leave_doubles,
    write_cell,
)
from prt.imports.proposing.write import import_cells
from prt.model.columns import LogRecord
from prt.model.ids import new_id
from prt.model.rows import Row
from prt.output.words import Words
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.entry.doubtful_rows import odd_of_rows
from prt.tasks.entry.log_rows import personal_texts, words_in
from prt.tasks.entry.many_rows import Entering
from prt.tasks.imports.asking.ask_order import with_order
from prt.tasks.imports.asking.choose_log import find_log_model, name_headings
from prt.tasks.imports.import_options import ImportOptions, confirm_import
from prt.tasks.imports.import_sessions import print_lines
from prt.tasks.imports.read_rows import (
    MOST_SHOWN,
    RowsImport,
    open_rows_year,
    raise_problems,
    read_rows_import,
    sheet_prefix,
)
from prt.tasks.imports.show_rows import RowScreen, person_labels
from prt.tasks.open_action import open_action
from prt.tasks.row_warnings import tell_warnings
from prt.values import replace

MOST_GONE = 10
"""Rows that may be gone from a sheet by design; if there are more, a part of it was perhaps left out."""


def import_rows(files: Sequence[ExportFile], told: ImportOptions) -> None:
    """The rows of one sheet; what somebody answers about its headings waits until they are written."""
    if len(files) > 1:
        raise PrtError(Mistake("one_sheet_at_a_time"), code=2)
    plan = context.open_plan(told.project, told.year)
    file, likely = files[0], find_log_model(files[0], told, plan)
    year, told = with_order(told, lambda said: open_rows_year(file, likely, said))
    model = year.plan.record_of(likely.log)
    import_checked_rows(read_rows_import(file, model, year, told), year, told)


def import_checked_rows(rows: RowsImport, year: Year, told: ImportOptions) -> None:
    """Show what these rows would add, ask, and write all of it, or nothing."""
    changes = compare_with_year(year, rows)
    print_lines(describe_sheet(rows, changes, year))
    odd = [] if told.anyway else list(find_odd(year, rows, changes))
    tell_odd(odd, told)
    if changes.is_nothing and not changes.gone:
        messages.print_line(say_phrase("nothing_new"))
    elif changes.is_nothing and not told.is_asking:
        context.say(say_phrase("not_removed", command=remove_command(changes.gone)))
        messages.print_line(say_phrase("nothing_new"))
    elif told.dry_run or changes.is_nothing or agree_to_import(rows, year, told, changes, sure=not odd):
        removed = confirm_removal(changes.gone, told)
        write_rows(rows, year, told, changes, removed, sure=not odd and not told.anyway)
    else:
        context.say(told.drafts.stay() or say_phrase("unwritten"))


def find_odd(year: Year, rows: RowsImport, changes: SheetChanges) -> Iterator[Problem]:
    """What is odd about rows that are new or change, or names somebody, as `prt log` asks about it."""
    headings = {column: heading for heading, column in rows.headings.columns.items()}
    yield from find_personal(year, rows, changes, headings)
    made = [one.new_row for one in changes.added]
    made += [one.found.new_row.at(one.found.place, one.row.id) for one in changes.edited]
    sheet_rows = (*changes.added, *(one.found for one in changes.edited))
    found = dict(zip(map(id, made), sheet_rows, strict=True))
    for row, name, mistake in odd_of_rows(made, year):
        one = found[id(row)]
        place = replace(one.place, path=headings.get(name, name))
        yield Problem.of(place, Mistake("kept_anyway", mistake=mistake), "warning", one.cells.get(name, ""))


def find_personal(
    year: Year, rows: RowsImport, changes: SheetChanges, headings: Mapping[str, str]
) -> Iterator[Problem]:
    """Names, addresses and numbers in words that git would keep for good; one value of all rows once."""
    names, told = known_names(year.project), set[str]()
    columns = words_in(rows.model, dict.fromkeys(rows.model.header(), ""))
    edited = [(one.found, one.changes) for one in changes.edited]
    every = {text for name in columns for text in changes.new_columns.get(name, ())}
    every |= {cells[name] for name in columns for _, cells in edited if name in cells}
    telling = find_telling(every - {""}, names)
    written = [*((one, one.cells) for one in changes.added), *edited] if telling else []
    for row, cells in written:
        texts = {name: cells[name] for name in columns if cells.get(name) in telling and name not in told}
        for name, mistake in personal_texts(texts, names, year.project):
            told |= {name} & rows.headings.constants.keys()
            where = replace(row.place, path=headings.get(name, say_column(rows.model, name)))
            yield Problem.of(where, Mistake("kept_anyway", mistake=mistake), "warning")


def tell_odd(odd: Sequence[Problem], told: ImportOptions) -> None:
    """Name what is odd. PrtError in a script, which cannot be asked whether it is really so."""
    if told.yes:
        raise_problems([replace(one, severity="error") for one in odd])
    for problem in odd[:MOST_SHOWN]:
        context.say(str(problem))


def confirm_removal(gone: Sequence[Row], told: ImportOptions) -> frozenset[str]:
    """The ids of the rows that are to be removed, because somebody said so; of many only with --gone."""
    if gone and told.gone and told.yes and not told.dry_run:
        return frozenset(row.id for row in gone)
    if not gone:
        return frozenset()
    if len(gone) > MOST_GONE and not told.gone:
        context.say(read_topic("sheet")[f"sheet.too_many_gone.{context.language(None)}"].format(n=len(gone)))
        return frozenset()
    if not told.is_asking:  # --yes never says that rows are to be removed
        context.say(say_phrase("not_removed", command=remove_command(gone)))
        return frozenset()
    talk = terminal.open_talk()
    word = "remove_one" if len(gone) == 1 else "remove_several"
    agreed = talk.is_agreed(talk.say(word, number=len(gone)), False)
    return frozenset(row.id for row in gone) if agreed else frozenset()


def remove_command(gone: Sequence[Row]) -> str:
    return f'prt remove {gone[0].id} --why "Gone from the sheet"' + (" …" if len(gone) > 1 else "")


def describe_sheet(rows: RowsImport, changes: SheetChanges, year: Year) -> Iterator[str]:
    """What is read, what each heading is taken for, and which rows of the log become others."""
    yield from describe_file(rows.file)
    if rows.left_out:
        yield say_phrase("not_taken", what=", ".join(rows.left_out))
    yield f"→ {rows.log}.csv"
    yield from (
        f"  {heading} → {say_column(rows.model, column)}" for heading, column in rows.headings.columns.items()
    )
    if rows.headings.span:
        yield f"  {', '.join(rows.headings.span)} → {say_column(rows.model, 'hours')}"
    for column, text in rows.headings.constants.items():
        yield say_phrase("of_all_rows", column=say_column(rows.model, column), text=text)
    if rows.headings.own_id:
        yield say_phrase("own_id", heading=rows.headings.own_id)
    if rows.headings.left:
        yield say_phrase("columns_left", what=", ".join(rows.headings.left))
    screen = screen_of(year)
    yield from screen.words_read(rows.model, rows.words)
    yield from screen.sheet_lines(rows.model, changes, rows.file.shown)


def screen_of(year: Year) -> RowScreen:
    words = Words(context.language(None), year.plan, year.data.organisations)
    return RowScreen(words, person_labels(year.person_finder))


def agree_to_import(
    rows: RowsImport, year: Year, told: ImportOptions, changes: SheetChanges, *, sure: bool
) -> bool:
    """Show somebody who is asked which figures would move, from a draft that nobody keeps; then ask."""
    if not told.yes and terminal.is_at_terminal():
        with open_action(year, "prt import", keep=False, private=True) as action:
            write_sheet(action, rows, changes, [])
            after = action.year_after(action.year, logs_needed(rows.log))
        print_lines(messages.moved_lines(messages.before(year, rows.log), after, rows.log))
    return confirm_import(told, sure=sure)


def compared_bytes(year: Year) -> list[bytes]:
    """The files beside the logs on which the comparison depends."""
    tables = [year.read_table(one) for one in (ImportRecord.log, ImportedRow.log)]
    return [one.raw for one in (*tables, year.project.read_csv(year.corrections_path))]


def compare_with_year(year: Year, rows: RowsImport) -> SheetChanges:
    """What the sheet does to the rows of the year as they are now."""
    there = {row.id: row for row in year.data.logs[rows.log]}
    imports = read_record_rows(year, ImportRecord)
    again = {row.id for row in imports if row["digest"] == rows.file.digest and row["kind"] == rows.log}
    imported = read_record_rows(year, ImportedRow)
    known = KnownRows(there, imported, again, read_corrected(year, rows.model, there))
    ids = {row.id for row in imported}
    typed = (row for row in there.values() if row.id not in ids)
    return leave_doubles(compare_sheet(rows.model, rows.rows, known), typed)


def read_corrected(
    year: Year, model: type[LogRecord], there: Container[str]
) -> dict[tuple[str, str], set[str]]:
    """What cells said before somebody corrected them, as the log writes it; nothing where that was taken
    back."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for note in year.corrections():
        column = model.column_named(note["column"] or "")
        is_restored = note["action"] == "restored"
        text = (note["new"] if is_restored else note["old"]) or ""
        if column and note["row"] in there and note["why"] != IMPORT_REASON and text:
            with suppress(Mistake):
                old = column.cell.read(text.strip(), year.known.at(model.log), column.name)
                texts = found[note["row"], column.name]
                (texts.discard if is_restored else texts.add)(write_cell(column, old))
    return {key: texts for key, texts in found.items() if texts}


def write_rows(
    rows: RowsImport,
    year: Year,
    told: ImportOptions,
    shown: SheetChanges,
    removed: frozenset[str],
    *,
    sure: bool,
) -> None:
    """One action, all of it or nothing; then what moved. What is new is seen under the lock. `sure` means
    that nothing is odd about the rows that were shown."""
    keep, before = not told.dry_run, compared_bytes(year)
    with open_action(year, "prt import", keep=keep, private=True) as action:
        now = year.as_now(logs_needed(rows.log))
        same = now is year and compared_bytes(now) == before
        changes = shown if same else compare_with_year(now, rows)
        gone = [row.id for row in changes.gone if row.id in removed]
        if changes.is_nothing and not gone:
            messages.print_line(say_phrase("nothing_new"))
            return
        if now is not year:
            refuse_changed(rows, now)
            refuse_unshown(shown, changes)
        added = write_sheet(action, rows, changes, gone)
        remember_headings(action, rows)
        after = action.year_after(now, logs_needed(rows.log))
    if keep:
        messages.note_written(f"Imported {rows.file.shown}")
    messages.print_line(describe_log(rows.log, len(added), len(changes.edited), changes.same, len(gone)))
    messages.tell_import(messages.before(now, rows.log), after, rows.log, keep=keep)
    if keep:
        written = [*added, *(one.row.id for one in changes.edited)]
        tell_warnings(after, rows.log, written, asked=sure and now is year)
        context.say(say_phrase("undo_all"))


def write_sheet(
    action: Action, rows: RowsImport, changes: SheetChanges, gone: Sequence[str]
) -> Sequence[str]:
    """Write new rows, changed rows, rows taken out, and what the next version of the sheet is compared with;
    the ids of the new rows."""
    imports = action.year.read_table(ImportRecord.log)
    number = new_id(ImportRecord.prefix, action.when.date(), set(imports.column("id")), action.draw)
    header = action.year.read_table(ImportedRow.log).header or ImportedRow.header()
    added = action.add_table(rows.log, changes.new_columns).ids if changes.added else []
    if changes.edited:
        edits = {one.row.id: one.changes for one in changes.edited}
        action.edit_all(rows.log, edits, IMPORT_REASON)
    remembered = set(action.year.read_table(ImportedRow.log).column("id"))
    if met := [one for one in changes.changed if one.found.content and one.row.id in remembered]:
        known = mark_columns([one.found for one in met], number, header)
        marks = {
            one.row.id: {name: text for name, text in zip(known, texts, strict=True) if text}
            for one, texts in zip(met, zip(*known.values(), strict=True), strict=True)
        }
        action.edit_all(ImportedRow.log, marks, IMPORT_REASON)
    if gone:
        action.remove(rows.log, gone, IMPORT_REASON)
    if forgotten := [row for row in gone if row in remembered]:
        action.remove(ImportedRow.log, forgotten, IMPORT_REASON)
    taken = [*changes.added, *(row for row, _ in changes.doubles)]
    if taken:  # a row that was typed already is the sheet's from now on: corrected there, it changes
        ids = [*added, *(twin.id for _, twin in changes.doubles)]
        action.add_table(ImportedRow.log, {"id": ids, **mark_columns(taken, number, header)})
    cells = import_cells(action, number, rows.file, len(added)) | {"kind": rows.log}
    action.add(ImportRecord.log, [cells])
    return added


def mark_columns(rows: Sequence[SheetRow], number: str, header: Collection[str]) -> dict[str, list[str]]:
    """The columns of imported.csv that tell rows again; an older file does not have all of them."""
    columns = {
        "content": [row.content for row in rows],
        "file": [number] * len(rows),
        "line": [str(row.line) for row in rows],
        "key": [row.key for row in rows],
    }
    return {name: texts for name, texts in columns.items() if name in header}


def refuse_changed(rows: RowsImport, year: Year) -> None:
    """PrtError where a row names what is gone meanwhile: a person who was erased, a session removed."""
    entering = Entering(rows.model, year, context.today(), context.me(year.project.root))
    for row in rows.rows:
        for name, mistake in entering.entered(row.cells).mistakes:
            problem = Problem.of(replace(row.place, path=name), mistake, value=row.cells.get(name, ""))
            raise PrtError(problem, Mistake("files_changed"))


def refuse_unshown(shown: SheetChanges, changes: SheetChanges) -> None:
    """No cell becomes another one than was shown."""
    pairs = [(one.row.id, one.row.values, one.changes) for one in shown.edited]
    if any((one.row.id, one.row.values, one.changes) not in pairs for one in changes.edited):
        raise PrtError(Mistake("files_changed"))


def remember_headings(action: Action, rows: RowsImport) -> None:
    """What somebody said a heading is, and which log the sheet goes to, for the next sheet of this kind. A
    heading or a value that names somebody is not remembered: git carries what is."""
    names = known_names(action.year.project)
    sheet = sheet_prefix(rows.file.export.header)
    wanted = {
        f"{rows.log}.{sheet + name[1:] if name.startswith(CONSTANT) else name}": text
        for name, text in rows.given.items()
        if not traces(f"{name} {text}", names)
    }
    wanted[name_headings(rows.file.export.header)] = rows.log
    known = {row.id: row["column"] or "" for row in read_record_rows(action.year, HeadingRecord)}
    changed = {
        name: {"column": text} for name, text in wanted.items() if name in known and known[name] != text
    }
    if changed:
        action.edit_all("headings", changed, "imported")
    new = [{"id": name, "column": text} for name, text in wanted.items() if name not in known]
    if new:
        action.add("headings", new)
