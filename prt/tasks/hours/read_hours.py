"""Lines of hours in words, read one after the other: from a command, a pipe, or an event of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt import spoken
from prt.console import context
from prt.entry.hours_line import answer_line, read_line
from prt.entry.line_completion import TYPED
from prt.entry.persons import PersonFinder
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.files.project import Year
from prt.files.yaml.words import read_topic
from prt.model.records import NameRecord
from prt.model.rows import Row, read_entry
from prt.output.screens.hours_lines import describe_options, hours_log_of
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.waiting_answers import NewRows

UNKNOWN_CODES = ("unknown_words", "unknown_marked", "unknown_near")


def make_line_context(year: Year, new_rows: NewRows = ()) -> LineContext:
    """What lines of hours are read with; `new_rows` are people that are not in the files yet."""
    words = {**read_topic("value"), **read_topic("typed")}
    me, finder = context.me(year.project.root) or "", year.person_finder
    new = [read_entry(NameRecord, cells, year.known).row for roster, cells in new_rows if roster == "names"]
    names = {**finder.names, **{row.id: row for row in new}}
    return LineContext(
        year.plan, year.data, PersonFinder(names, finder.posts, finder.roles), context.today(), me, words
    )


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


def read_changed_cells(words: Sequence[str], row: Row | None, year: Year) -> dict[str, str]:
    """The cells of a row of hours that words name: `2h thu`; what they leave out is as in the row. PrtError
    with what is wrong, or not clear."""
    context, screen_words = make_line_context(year), words_of_year(year)
    cells = {name: row[name] for name in row.index if row[name] is not None} if row else {}
    above = [LineReading("", year.plan.record_of(row.log), cells)] if row else []
    reading = read_line(join_words(words, year), context.with_lines(above, context.today))
    asked = [one for one in reading.questions if one.code not in ("missing", "really")]
    wrong = [*reading.mistakes, *(question_mistake(one, year, screen_words) for one in asked)]
    if wrong:
        raise PrtError(*(Problem.of(line_place(1, words[:1]), one) for one in wrong), code=2)
    return {name: text for name, text in reading.cells.items() if reading.origin.get(name) == TYPED}


def line_place(number: int, lines: Sequence[object]) -> Place:
    """`line 2` of several; of one alone nothing more need be said."""
    word = "ligne" if spoken.language == "fr" else "line"
    return Place(f"{word} {number}" if len(lines) > 1 else word.upper())


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
        listed = f" {options}" if options else ""
        called = words.column_name(hours_log_of(words, question.column), question.column)
        return Mistake("line_misses", column=called, options=listed)
    if question.code == "which":
        return Mistake("line_has_two", options=options)
    return Mistake("line_could_be", text=question.text, options=options)
