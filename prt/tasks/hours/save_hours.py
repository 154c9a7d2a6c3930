"""Rows of hours are written, all of them or none, in one action; then what they moved is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prt.console import messages
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.store.store import Action, WrittenRow
from prt.model.records import Request, hours_logs
from prt.output.screens.hours_lines import describe_days, describe_files, describe_line
from prt.tasks.entry.newcomers import open_entry
from prt.tasks.entry.waiting_answers import NewRows
from prt.tasks.hours.hours_entries import HoursEntry, entries_of_hours
from prt.tasks.hours.read_hours import read_lines_of_hours, words_of_year
from prt.tasks.row_warnings import tell_warnings


def written_logs() -> list[str]:
    """The logs that lines of hours are written to: requests first, for the hours name them."""
    return [Request.log, *(model.log for model in hours_logs())]


def logs_of_hours() -> set[str]:
    """The logs that must be read to write hours."""
    return set().union(*map(logs_needed, written_logs()))


def log_lines(lines: Sequence[str], year: Year, *, anyway: bool, dry_run: bool) -> None:
    """Read, echo, write; then where the rows are, and what moved."""
    readings = read_lines_of_hours(lines, year, anyway)
    entries, words = entries_of_hours(readings, year, anyway), words_of_year(year)
    for reading in readings:
        messages.print_line(f"  {describe_line(reading, words, year.person_finder)}")
    if len(readings) > 1:
        for line in describe_days(readings, words):
            messages.print_line(f"  {line}")
    if dry_run:
        after = year.plus(*(one.entry.row for one in entries))
        messages.print_line(words("hours.unwritten"))
        tell_moves_of(year, after)
        return

    def read_again(now: Year) -> Sequence[HoursEntry]:
        return entries_of_hours(read_lines_of_hours(lines, now, anyway), now, anyway)

    save_hours(entries, year, read_again)


def save_hours(
    entries: Sequence[HoursEntry],
    year: Year,
    read_again: Callable[[Year], Sequence[HoursEntry]],
    new_rows: NewRows = (),
) -> Year:
    """Write all rows in one action, those of `new_rows` first; then say where they are, and what moved.

    The lines are read again where another prt has written since, or somebody new is named.
    """
    with open_entry(year, "prt log hours", logs_of_hours(), new_rows) as (action, added, now):
        if now is not year:
            entries = read_again(now)
        written = write_hours(action, entries)
    words = words_of_year(now)
    rows = [row for found in written.values() for row in found]
    hours = sum(len(written.get(model.log, ())) for model in hours_logs())
    places = {found[0].file: found for found in (*written.values(), *([one] for one in added))}
    messages.print_written(f"{words.counted('hours.saved', hours)}  {describe_files(places)}")
    after = now.again(logs_of_hours())
    tell_moves_of(now, after)
    for log in written:
        tell_warnings(after, log, [row.id for row in rows])
    messages.print_line(f"  {words('hours.undo_all' if hours > 1 else 'hours.undo', n=str(hours))}")
    return after


def write_hours(action: Action, entries: Sequence[HoursEntry]) -> dict[str, list[WrittenRow]]:
    """Write the rows, requests first: the rows of each log."""
    asking = [one for one in entries if one.request]
    requests = action.add(Request.log, [one.request.cells for one in asking if one.request]) if asking else []
    numbers = {id(one): row.id for one, row in zip(asking, requests, strict=True)}
    found = {Request.log: requests} if requests else {}
    for model in hours_logs():
        cells = [
            one.entry.cells | ({"request": numbers[id(one)]} if id(one) in numbers else {})
            for one in entries
            if one.entry.row.log == model.log
        ]
        if cells:
            found[model.log] = action.add(model.log, cells)
    return found


def tell_moves_of(old: Year, year: Year) -> None:
    """What the rows of all logs of hours moved, in one list."""
    messages.tell_moves(messages.before(old, *written_logs()), year, *written_logs())
