"""Lines of hours in words, as rows of two logs: all of them or none, in one action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from prt.console import context, messages
from prt.entry.hours_line import answer_line, read_line
from prt.entry.lexicon import HOURS_LOGS
from prt.entry.persons import PersonFinder
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.figures.moved import Standings, moves, needed
from prt.files.project import Year
from prt.files.store.store import Action, WrittenRow
from prt.files.yaml.words import read_topic
from prt.model.records import LOGS, NameRecord, Request
from prt.model.rows import Entry, Row, checked
from prt.output.screens.hours_lines import describe_days, describe_files, describe_line, describe_options
from prt.output.screens.moves import move_lines
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.doubles import as_another, double_of, is_alike_mistake
from prt.tasks.entry.log_rows import Mistakes, complete_entry, refuse_names
from prt.tasks.entry.newcomers import NewRows, open_entry
from prt.tasks.entry.odd import refuse_odd
from prt.values import dataclass, replace

UNKNOWN_CODES = ("unknown_words", "unknown_near")
WRITTEN_LOGS = (Request.log, *(model.log for model in HOURS_LOGS))
REQUEST_COLUMNS = ("date", "person", "role", "board", "objective")


def logs_of_hours() -> set[str]:
    """The logs that must be read to write hours."""
    return set().union(*map(needed, WRITTEN_LOGS))


def make_line_context(year: Year, new_rows: NewRows = ()) -> LineContext:
    """What lines of hours are read with; `new_rows` are people that are not in the files yet."""
    words = {**read_topic("value"), **read_topic("typed")}
    me, finder = context.me(year.project.root) or "", year.person_finder
    new = [checked(NameRecord, cells, year.known).row for roster, cells in new_rows if roster == "names"]
    names = {**finder.names, **{row.id: row for row in new}}
    return LineContext(year.plan, year.data, PersonFinder(names, finder.posts), context.today(), me, words)


def join_words(words: Sequence[str], year: Year) -> str:
    """The words of a command line as one line. The shell took the quotes away: what it kept together is a
    note, unless every word of it is known."""
    line, reader = " ".join(words), make_line_context(year)
    unknown = any(one.code in UNKNOWN_CODES for one in read_line(line, reader).mistakes)
    if len(words) == 1 or not unknown:
        return line
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def read_lines_of_hours(lines: Sequence[str], year: Year, anyway: bool) -> list[LineReading]:
    """Each line, read after the one above it. PrtError with all that is wrong, or not clear, by line."""
    found, problems, reader = list[LineReading](), list[Problem](), make_line_context(year)
    words = words_of_year(year)
    for number, line in enumerate(lines, 1):
        reading = read_line(line, reader)
        if anyway and [one.code for one in reading.questions] == ["really"]:
            reading = answer_line(reading, LinePiece(-1, -1, SURE, "yes"), reader)
        problems += [Problem.of(line_place(number, lines), one) for one in mistakes_of(reading, year, words)]
        found.append(reading)
        reader = reader.after(reading) if reading.is_complete else reader
    if problems:
        raise PrtError(*problems, code=2)
    return found


def words_of_year(year: Year) -> Words:
    return Words(context.language(None), year.plan, year.data.organisations)


def mistakes_of(reading: LineReading, year: Year, words: Words) -> Iterator[Mistake]:
    """What is wrong with a line, or would be asked."""
    yield from reading.mistakes
    for one in reading.questions:
        yield question_mistake(one, year, words)


def question_mistake(question: LineQuestion, year: Year, words: Words) -> Mistake:
    """A question where nobody can be asked."""
    if question.code == "really":
        return Mistake("line_of_many_hours", hours=question.text)
    options = describe_options(question, words, year.person_finder)
    if question.code == "missing":
        return Mistake("line_misses", column=words(f"column.{question.column}"), options=options)
    if question.code == "which":
        return Mistake("line_has_two", options=options)
    return Mistake("line_could_be", text=question.text, options=options)


@dataclass(frozen=True)
class HoursEntry:
    """One line as a checked row, and the request that is logged with it."""

    entry: Entry
    request: Entry | None = None

    @property
    def rows(self) -> list[Row]:
        return [one.row for one in (self.entry, self.request) if one]


def entries_of_hours(readings: Sequence[LineReading], year: Year, anyway: bool) -> list[HoursEntry]:
    """The rows, checked as `prt log` checks each, and against those before it. PrtError with all mistakes."""
    found, problems = list[HoursEntry](), list[Problem]()
    for number, reading in enumerate(readings, 1):
        entries = entries_of_line(reading, year, anyway)
        place = line_place(number, readings)
        earlier = [row for one in found for row in one.rows]
        for entry in entries:
            wrong = [*entry.mistakes, *double_mistakes(entry, year, anyway, earlier)]
            problems += [Problem.of(replace(place, path=name), mistake) for name, mistake in wrong]
        entries = [as_told_apart(entry, year, earlier) for entry in entries]
        for entry in entries:
            entry.row.file = place.file
        found.append(HoursEntry(*entries))
    if problems:
        raise PrtError(*problems, code=2)
    return found


def entries_of_line(reading: LineReading, year: Year, anyway: bool) -> list[Entry]:
    """The row of a line, and the request that it logs, each checked by itself."""
    found = [checked_entry(reading.log, reading.cells, year, anyway)]
    if reading.asks_request:
        cells = {name: text for name, text in reading.cells.items() if name in REQUEST_COLUMNS}
        found.append(checked_entry(Request.log, cells, year, anyway))
    return found


def line_place(number: int, lines: Sequence[object]) -> Place:
    """`line 2` of several; of one alone nothing more need be said."""
    return Place(f"line {number}" if len(lines) > 1 else "LINE")


def double_mistakes(entry: Entry, year: Year, anyway: bool, earlier: Sequence[Row]) -> Mistakes:
    """That a row of the log, or of the lines above, may be the same thing."""
    twin = None if anyway or entry.mistakes else double_of(entry, year, earlier)
    return [("", is_alike_mistake(twin))] if twin else []


def as_told_apart(entry: Entry, year: Year, earlier: Sequence[Row]) -> Entry:
    """The entry, with a note that tells it from one that is alike."""
    return (
        entry if entry.mistakes or not double_of(entry, year, earlier) else as_another(entry, year, earlier)
    )


def checked_entry(log: str, cells: dict[str, str], year: Year, anyway: bool) -> Entry:
    model = LOGS[log]
    entry = complete_entry(model, cells, year, context.today(), context.me(year.project.root))
    return refuse_names(model, refuse_odd(entry, year, anyway), year, anyway)


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
        after = year
        for one in entries:
            after = after.plus(one.entry.row)
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
    hours = sum(len(written.get(log, ())) for log in WRITTEN_LOGS[1:])
    places = {found[0].file: found for found in (*written.values(), *([one] for one in added))}
    messages.print_written(f"{words.counted('hours.saved', hours)}  {describe_files(places)}")
    after = now.again(logs_of_hours())
    tell_moves_of(now, after)
    for log in written:
        messages.tell_warnings(after, log, [row.id for row in rows])
    messages.print_line(f"  {words('hours.undo_all' if hours > 1 else 'hours.undo', n=str(hours))}")
    return after


def write_hours(action: Action, entries: Sequence[HoursEntry]) -> dict[str, list[WrittenRow]]:
    """The rows of each log, requests first, for the hours name them."""
    asking = [one for one in entries if one.request]
    requests = action.add(Request.log, [one.request.cells for one in asking if one.request]) if asking else []
    numbers = {id(one): row.id for one, row in zip(asking, requests, strict=True)}
    found = {Request.log: requests} if requests else {}
    for log in WRITTEN_LOGS[1:]:
        cells = [
            one.entry.cells | ({"request": numbers[id(one)]} if id(one) in numbers else {})
            for one in entries
            if one.entry.row.log == log
        ]
        if cells:
            found[log] = action.add(log, cells)
    return found


def tell_moves_of(before: Year, after: Year) -> None:
    """What the rows of all logs moved, in one list."""
    old, new = standings_of_hours(before), standings_of_hours(after)
    for line in move_lines(moves(old, new), language=context.session_language()):
        messages.print_line(line)
    context.left_out_notice(after)


def standings_of_hours(year: Year) -> Standings:
    return {name: one for log in WRITTEN_LOGS for name, one in messages.before(year, log).items()}
