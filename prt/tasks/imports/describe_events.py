"""Events of a calendar as hours, before they are written: ` 1  Mon 3 Feb  1.5 h  EMSB cda  → EMSB, CDA`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from prt.entry.persons import PersonFinder
from prt.entry.reading import LineReading
from prt.imports.proposing.events import DigestedEvent, DoubtfulEvent, MovedEvent, SortedEvents
from prt.model.rows import Row
from prt.output.screens.hours_lines import hours_text, short_day, topic_text, who_text
from prt.output.words import Words
from prt.text import cell_width, join_labels, one_line, pad, shorten

SUBJECT_WIDTH = 26
MOST_REPEATED = 5


def event_lines(rows: Sequence[tuple[int, DigestedEvent, str, str]], words: Words) -> Iterator[str]:
    """Each event with its number, and after the arrow what it is taken for; then what else is to be known."""
    cells = [
        (
            f"{number:>2}",
            short_day(one.day, words),
            hours_text(one.hours, words),
            shorten(one_line(one.event.subject), SUBJECT_WIDTH),
        )
        for number, one, _, _ in rows
    ]
    widths = [max(map(cell_width, column)) for column in zip(*cells, strict=True)]
    for texts, (_, one, what, more) in zip(cells, rows, strict=True):
        padded = (pad(text, width, "left") for text, width in zip(texts, widths, strict=True))
        rounded = words("events.minutes", n=str(one.event.minutes)) if one.is_rounded else ""
        yield "   ".join(filter(None, [f"{'  '.join(padded)}  → {what}", more, rounded]))


def hours_row_text(reading: LineReading, words: Words, finder: PersonFinder) -> str:
    """`EMSB, CDA, Action plan  = 12 Nov`, with the day of the row from which the last one is taken"""
    place = str(reading.values.get(reading.model.place_column, ""))
    said = filter(None, (place, who_text(reading, words, finder), topic_text(reading, words)))
    like = reading.origin.get(reading.model.topic_column)
    day = [f"= {short_day(like, words, weekday=False)}"] if isinstance(like, dt.date) else []
    return "  ".join([", ".join(said), *day])


def stored_row_text(row: Row, words: Words, finder: PersonFinder) -> str:
    """`1.5 h, EMSB, CDA, Action plan`"""
    values = {name: row[name] for name in row.index if row[name] is not None}
    told = hours_row_text(LineReading("", words.plan.record_of(row.log), values), words, finder)
    return f"{hours_text(row['hours'], words)}, {told}"


def event_text(one: DigestedEvent, words: Words) -> str:
    """`Thu 14 Nov 15:00  RSB direction`"""
    subject = shorten(one_line(one.event.subject), SUBJECT_WIDTH)
    return f"{short_day(one.day, words)} {one.event.starts:%H:%M}  {subject}".rstrip()


def describe_doubt(doubt: DoubtfulEvent, words: Words, finder: PersonFinder) -> str:
    """The event, and what was imported of that start."""
    row = stored_row_text(doubt.row, words, finder) if doubt.row else words("events.row_gone")
    return words("events.began_then", event=event_text(doubt.found, words), row=row)


def describe_left_out(
    found: SortedEvents, timeless: Sequence[str], words: Words, finder: PersonFinder
) -> Iterator[str]:
    """How many events are no hours, by why; repeated ones by their subjects, with the way to each of them."""
    counted = [words.counted(f"events.left.{why}", number) for why, number in found.left_out.items()]
    counted += timeless
    if counted:
        yield f"  {words('events.left_out', what=', '.join(counted))}"
    if found.repeated:
        subjects = dict.fromkeys(shorten(one_line(one), SUBJECT_WIDTH) for one in found.repeated)
        names = join_labels(subjects, MOST_REPEATED)
        yield f"  {words('events.repeated', what=names)}"
    for row in found.cancelled:
        told = f"{short_day(row['date'], words)}  {stored_row_text(row, words, finder)}"
        yield f"  {told}  {words('events.cancelled', id=row.id)}"
    for doubt in found.doubtful.values():
        yield f"  {describe_doubt(doubt, words, finder)} {words('events.doubtful')}"


def describe_moved(moved: Sequence[MovedEvent], words: Words, finder: PersonFinder) -> Iterator[str]:
    """`  Tue 4 Feb 9:00  emsb plan  → EMSB, CDA, Action plan`, and below it `date 3 Feb 2025 → 4 Feb 2025`"""
    if moved:
        yield f"  {words.counted('events.changed', len(moved))}"
    for one in moved:
        log, new = one.row.log, {"date": one.found.day, "hours": one.found.hours}
        cells = (
            words(
                "sheet.change",
                column=words.column_name(log, name),
                old=words.value(log, name, one.row[name]),
                new=words.value(log, name, new[name]),
            )
            for name in one.changes
        )
        yield f"    {event_text(one.found, words)}  → {stored_row_text(one.row, words, finder)}"
        yield f"      {', '.join(cells)}"
