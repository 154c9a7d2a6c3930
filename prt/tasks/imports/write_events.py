"""Hours of a calendar's events are written, with the digests that know the events again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prt.console import context, messages
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.provenance import IMPORT_REASON, ImportedRow, ImportRecord, SubjectRecord
from prt.files.store.store import Action, WrittenRow
from prt.files.trace.disk_questions import is_folder
from prt.imports.proposing.events import DigestedEvent
from prt.imports.proposing.write import import_cells
from prt.model.ids import new_id
from prt.model.records import Session, hours_logs
from prt.output.screens.hours_lines import describe_files
from prt.problems import Mistake, PrtError
from prt.tasks.hours.hours_entries import HoursEntry, entries_of_hours
from prt.tasks.hours.save_hours import logs_of_hours, tell_moves_of, write_hours
from prt.tasks.imports.choose_category import SETTING
from prt.tasks.imports.read_events import EventsImport
from prt.tasks.open_action import open_action
from prt.tasks.row_warnings import tell_warnings


def logs_of_events() -> set[str]:
    """The logs that must be read to write what a calendar says."""
    return logs_of_hours() | logs_needed(Session.log)


def write_events(part: EventsImport) -> None:
    """One action, all of it or nothing; then what moved."""
    entries = entries_of_hours(part.readings, part.year, anyway=True)
    with open_action(part.year, "prt import") as action:
        now = part.year.as_now(logs_of_events())
        if now is not part.year:
            raise PrtError(Mistake("files_changed"))
        written = write_hours(action, entries)
        keep_subjects(action, {**mark_events(action, part, entries, written), **part.found.recognised})
        change_rows(action, part)
        after = now.again(logs_of_events())
    if any(one.categories for one in part.file.export.events):
        context.keep_setting(SETTING, part.year.project.root, part.category)
    tell_written(part, written, now, after)


def mark_events(
    action: Action, part: EventsImport, entries: Sequence[HoursEntry], written: Mapping[str, list[WrittenRow]]
) -> dict[str, DigestedEvent]:
    """What knows the events again, and the file that they came from. Which event each new row is."""
    number = new_id(
        ImportRecord.prefix,
        action.when.date(),
        set(action.year.read_table("imports").column("id")),
        action.draw,
    )
    free = {log: iter(rows) for log, rows in written.items()}
    rows = [
        (next(free[one.entry.row.log]).id, line.event) for one, line in zip(entries, part.read, strict=True)
    ]
    if rows:
        marks = [{"id": row, **event_cells(event, number)} for row, event in rows]
        action.add(ImportedRow.log, [known_columns(action, ImportedRow.log, one) for one in marks])
    cells = import_cells(action, number, part.file, len(rows))
    action.add(ImportRecord.log, [known_columns(action, ImportRecord.log, cells)])
    if part.found.moved:
        moved = {one.row.id: event_cells(one.found, number) for one in part.found.moved}
        edits = {row: known_columns(action, ImportedRow.log, one) for row, one in moved.items()}
        action.edit_all(ImportedRow.log, edits, IMPORT_REASON)
    return dict(rows)


def keep_subjects(action: Action, events: Mapping[str, DigestedEvent]) -> None:
    """What tells events of one start apart, in the private folder; without one the next import asks."""
    if not is_folder(action.year.project.private):
        return
    known = {*action.year.read_table(SubjectRecord.log).column("id")}
    found = {row: one.subject for row, one in events.items() if one.subject and row not in known}
    if found:
        action.add(SubjectRecord.log, [{"id": row, "subject": text} for row, text in found.items()])


def event_cells(event: DigestedEvent, number: str) -> dict[str, str]:
    return {"content": event.content, "file": number, "key": event.key}


def known_columns(action: Action, log: str, cells: dict[str, str]) -> dict[str, str]:
    """The cells of columns that the file has; an older file does not have every column."""
    header = action.year.read_table(log).header
    return {name: text for name, text in cells.items() if text and (not header or name in header)}


def change_rows(action: Action, part: EventsImport) -> None:
    """Rows whose event is of another time by now, and sessions that were held."""
    for model in hours_logs():
        edits = {one.row.id: one.changes for one in part.found.moved if one.row.log == model.log}
        if edits:
            action.edit_all(model.log, edits, IMPORT_REASON)
    if part.held:
        action.edit_all(Session.log, {row: {"status": "held"} for row in part.held}, IMPORT_REASON)


def tell_written(part: EventsImport, written: Mapping[str, list[WrittenRow]], now: Year, after: Year) -> None:
    words = part.words
    rows = sum(len(written.get(model.log, ())) for model in hours_logs())
    told = [words.counted("hours.saved", rows)] if rows else []
    told += [words.counted("events.changed", len(part.found.moved))] if part.found.moved else []
    places = describe_files({found[0].file: found for found in written.values()})
    messages.print_written("  ".join(filter(None, [", ".join(told) or ", ".join(part.held), places])))
    tell_moves_of(now, after)
    if part.held:
        messages.tell_moves(messages.before(now, Session.log), after, Session.log)
    for log, found in written.items():
        tell_warnings(after, log, [row.id for row in found])
    messages.print_line(f"  {words('hours.undo')}")
