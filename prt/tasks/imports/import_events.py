"""`prt import calendar.ics`: events of a calendar as hours. A preview, what is missing asked, one action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Back
from prt.console.dialogue.talk import INDENT, Left
from prt.entry.reading import LineReading
from prt.figures.doubles import find_double
from prt.files.project import Year
from prt.files.provenance import ImportedRow, SubjectRecord
from prt.imports.export import CalendarEvent
from prt.imports.proposing.events import (
    DoubtfulEvent,
    EventSorter,
    SortedEvents,
    digest_events,
    digest_subject,
    find_overlaps,
)
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.proposal import ExportFile
from prt.model.records import hours_logs
from prt.model.rows import Row
from prt.output.screens.hours_lines import describe_days, hours_log_of
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.hours.hours_entries import entries_of_hours
from prt.tasks.hours.read_hours import words_of_year
from prt.tasks.hours.save_hours import tell_moves_of
from prt.tasks.imports.choose_category import choose_category
from prt.tasks.imports.describe_events import (
    describe_doubt,
    describe_left_out,
    describe_moved,
    event_lines,
    stored_row_text,
)
from prt.tasks.imports.import_options import ImportOptions, confirm_import
from prt.tasks.imports.import_rows import read_corrected
from prt.tasks.imports.import_sessions import print_lines, track_progress
from prt.tasks.imports.read_events import EventLine, EventReader, EventsForm, EventsImport, answer_lines
from prt.tasks.imports.write_events import logs_of_events, write_events
from prt.values import replace

NEVER_HOURS = "never-hours"
"""Digests of subjects, as they are remembered."""


def import_events(files: Sequence[ExportFile], told: ImportOptions) -> None:
    """Show what the events are, ask what they do not say, and write all of it, or nothing."""
    file = files[0]
    if len(files) > 1 or told.session or told.create or told.into:
        raise PrtError(Problem.of(Place(file.shown), Mistake("calendar_by_itself")), code=2)
    year = open_events_year(file.export.events, told)
    whose, words = context.me(year.project.root), words_of_year(year)
    if not whose:
        raise PrtError(Problem.of(Place(file.shown), Mistake("calendar_of_nobody")), code=2)
    messages.print_line(words.counted("events.head", len(file.export.events), file=file.shown))
    category = choose_category(file, year.project.root, told.only, ask=told.is_asking)
    reader = EventReader(year, words, whole=told.yes)
    found = sort_events(file.export.events, year, whose, category)
    possible = reader.lines(track_progress(found.possible, file.shown))
    kept = leave_double_lines(possible, found, year)
    kept = settle_doubtful(kept, found, reader, ask=told.is_asking)
    kept = leave_never_hours(kept, found, year.project.root, whose)
    lines = [replace(one, number=number) for number, one in enumerate(kept, 1)]
    part = EventsImport(file, year, words, category, found, lines)
    print_lines(describe_events(part, reader))
    if not told.is_asking:
        end_import(part, told)
        return
    form = EventsForm(terminal.open_talk(), reader, lines, context.today())
    try:
        every = list(digest_events(file.export.events, whose))
        form.take_up([text for one in every for text in (one.content, one.about)])
        ask_events(part, form)
        ask_held(part, form)
        done = end_import(part, told, form)
    except Left as left:
        form.leave(left)
    else:
        if done:
            form.drop_written()
        elif form.typed:
            context.say(form.talk.say("events_kept"))


def end_import(part: EventsImport, told: ImportOptions, form: EventsForm | None = None) -> bool:
    """Show what is to be written, and write it; false where somebody does not agree. Who is asked may have
    single events asked about again."""
    tell_open_events(part)
    if part.is_nothing:
        messages.print_line(part.words("events.nothing"))
        return True
    print_lines(f"  {line}" for line in (describe_days(part.readings, part.words) if part.readings else ()))
    if told.dry_run:
        try_events(part)
        return True
    agreed = agree_on_events(part, form) if form else confirm_import(told)
    if isinstance(agreed, EventLine) and form:
        form.reopen(agreed)
        ask_events(part, form)
        return end_import(part, told, form)
    if not agreed:
        context.say(part.words("hours.unwritten"))
        return False
    write_events(part)
    return True


def agree_on_events(part: EventsImport, form: EventsForm) -> bool | EventLine:
    """Yes, no, or the event that is to be changed."""
    lines = [one for one in part.lines if one.session is None]
    ask = partial(form.talk.agree_to_lines, form.talk.say("import"), [one.number for one in lines])
    answer = ask()
    while isinstance(answer, Back):
        wanted = answer.line or (lines[-1].number if lines else 0)
        if found := next((one for one in lines if one.number == wanted), None):
            return found
        form.talk.tell(INDENT + form.talk.say("first"))
        answer = ask()
    return answer


def open_events_year(events: Sequence[CalendarEvent], told: ImportOptions) -> Year:
    """The plan year of the latest event that is over, unless one is named."""
    days = [one.starts.date() for one in events if not one.aside and one.starts.date() <= context.today()]
    return context.load_year(
        told.project, told.year, max(days) if days and not told.year else None, logs_of_events()
    )


def sort_events(events: Sequence[CalendarEvent], year: Year, whose: str, category: str) -> SortedEvents:
    """The events by what is known of them in the files of the year."""
    rows = {row.id: row for model in hours_logs() for row in year.data.logs[model.log]}
    corrected = (read_corrected(year, model, rows) for model in hours_logs())
    imported = read_record_rows(year, ImportedRow)
    subjects = {row.id: row["subject"] for row in read_record_rows(year, SubjectRecord)}
    sorter = EventSorter(context.today(), year.plan.window, imported, subjects, rows, chain(*corrected))
    return sorter.sort(list(digest_events(events, whose)), category)


def leave_double_lines(lines: Sequence[EventLine], found: SortedEvents, year: Year) -> list[EventLine]:
    """Without the events whose hours somebody typed already; each row stands for one of them."""
    kept = []
    for line in lines:
        twin = None
        if line.reading:
            row = row_of_reading(line.reading, year)
            there = year.data.rows_with(row.log, date=row["date"])
            free = (one for one in there if one.id not in found.taken)
            twin = find_double(row, free)
        doubt = found.doubtful.get(line.event.content)
        if twin is None:
            kept.append(line)
        elif doubt and doubt.row is twin:
            found.recognise(doubt)
        else:
            found.taken.add(twin.id)
            found.left_out["known"] += 1
    return kept


def settle_doubtful(
    lines: Sequence[EventLine], found: SortedEvents, reader: EventReader, *, ask: bool
) -> list[EventLine]:
    """Without the events that may be imported ones, unless somebody says that they are others."""
    kept = []
    for line in lines:
        doubt = found.doubtful.get(line.event.content)
        if doubt is None:
            kept.append(line)
        elif ask and is_same_event(doubt, reader):
            found.recognise(doubt)
        elif ask:
            del found.doubtful[line.event.content]
            kept.append(line)
    return kept


def is_same_event(doubt: DoubtfulEvent, reader: EventReader) -> bool:
    """Nothing but the start is known of the imported one: Enter is no answer."""
    talk = terminal.open_talk()
    talk.tell(describe_doubt(doubt, reader.words, reader.year.person_finder))
    return talk.is_agreed(INDENT + talk.say("same_event"), None)


def leave_never_hours(
    lines: Sequence[EventLine], found: SortedEvents, root: Path, whose: str
) -> list[EventLine]:
    """Without the events that say nothing and whose subject somebody said is nobody's hours."""
    never = context.kept_setting(NEVER_HOURS, root).split()
    kept = [one for one in lines if not (one.is_unread and digest_subject(one.event.event, whose) in never)]
    if len(kept) < len(lines):
        found.left_out["never"] += len(lines) - len(kept)
    return kept


def remember_never(lines: Sequence[EventLine], root: Path) -> None:
    """On this laptop alone: these subjects are not asked about again."""
    whose = context.me(root) or ""
    said = [digest_subject(one.event.event, whose) for one in lines]
    if said:
        known = context.kept_setting(NEVER_HOURS, root).split()
        context.keep_setting(NEVER_HOURS, root, " ".join(dict.fromkeys((*known, *said))))


def row_of_reading(reading: LineReading, year: Year) -> Row:
    """The row that it will be; its reader has checked it."""
    me = context.me(year.project.root)
    return complete_entry(reading.model, reading.cells, year, context.today(), me).row


def describe_events(part: EventsImport, reader: EventReader) -> Iterator[str]:
    """Every event that may be hours, then those that changed, and how many are left out."""
    words, during = part.words, find_overlaps([one.event for one in part.lines])
    with_which = {place: part.lines[other].number for place, other in during.items()}
    rows = [
        (
            one.number,
            one.event,
            what_it_is(one, reader),
            "   ".join(notes_on(one, with_which.get(place), part, reader)),
        )
        for place, one in enumerate(part.lines)
    ]
    yield from event_lines(rows, words)
    finder = part.year.person_finder
    yield from describe_moved(part.found.moved, words, finder)
    yield from describe_left_out(part.found, part.file.export.left_out, words, finder)
    if part.lines:
        yield f"  {words('events.not_kept')}"


def notes_on(one: EventLine, during: int | None, part: EventsImport, reader: EventReader) -> Iterator[str]:
    """With which other events it is, of this file or of an earlier one."""
    if during is not None:
        yield part.words("events.overlaps", n=str(during))
    if row := part.found.beside.get(one.event.content):
        yield part.words("events.beside", row=stored_row_text(row, part.words, reader.year.person_finder))


def what_it_is(one: EventLine, reader: EventReader) -> str:
    words = reader.words
    if one.reading:
        return with_skipped(reader.told(one.reading), one.reading.skipped, words)
    if one.session:
        planned = one.session["status"] == "planned"
        return words("events.session_planned" if planned else "events.session", id=one.session.id)
    assert one.why is not None and one.begun is not None
    workers = one.begun.record.worker_columns() if one.begun.record else ()
    if not {*one.begun.values} - {"date", "hours", *workers} and not one.begun.mistakes:
        return words("events.what")
    asked = [it.column for it in one.begun.questions if it.code == "missing"]
    missing = [words.column_name(hours_log_of(words, name), name) for name in asked]
    what = f"{', '.join(missing)}?" if missing else one.why.say("what", words.language)
    return with_skipped(what, one.begun.skipped, words)


def with_skipped(what: str, skipped: Sequence[str], words: Words) -> str:
    """The text of an event, followed by the words of its subject that are not read."""
    return f"{what}   {words('events.skipped', words=', '.join(skipped))}" if skipped else what


def ask_events(part: EventsImport, form: EventsForm) -> None:
    """Ask about the events that could not be read, or are to be changed."""
    while not form.fill():
        form.talk.tell(INDENT + form.talk.say("first"))
    never = form.take_never()
    remember_never(never, part.year.project.root)
    lines = [one for one in part.lines if one not in never]
    part.lines = leave_double_lines(answer_lines(lines, form.answers), part.found, part.year)


def ask_held(part: EventsImport, form: EventsForm) -> None:
    """Whether planned sessions of the calendar were held."""
    for row in part.planned:
        question = form.talk.say("was_held", id=row.id, day=part.words.weekday(row["date"]))
        if form.talk.is_agreed(question, True):
            part.held.append(row.id)


def tell_open_events(part: EventsImport) -> None:
    """What nobody said, so that nothing is silently left behind."""
    if unread := sum(one.is_unread for one in part.lines):
        context.say(part.words.counted("events.not_taken", unread))
    for row in part.planned:
        if row.id not in part.held:
            context.say(part.words("events.hold", id=row.id))


def try_events(part: EventsImport) -> None:
    """What the new rows would move."""
    entries = entries_of_hours(part.readings, part.year, anyway=True)
    after = part.year.plus(*(one.entry.row for one in entries))
    messages.print_line(part.words("hours.unwritten"))
    tell_moves_of(part.year, after)
