"""One line of hours, in words of any order and both languages, as a row: read, asked about, or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from prt.entry.carry import ABOVE, POST, carried_cells, last_purposes, latest_objective
from prt.entry.covers import Cover, covers_of, first_difference, likely_covers, unknown_words
from prt.entry.lexicon import word_key
from prt.entry.line_tokens import DITTO, split_line
from prt.entry.pieces import BARE, Piece, PieceFinder
from prt.entry.reading import SURE, LineContext, LineQuestion, Reading
from prt.entry.typed_cells import TEAM_ONLY, UNKNOWN, TypedCells, purposes_of, typed_cells
from prt.figures.entering import posts_of, several_posts
from prt.model.cells import OrganisationCell
from prt.model.records import Accompaniment, PartnerSupport
from prt.problems import Mistake
from prt.text import before_more, closest
from prt.values import replace

TYPED = "typed"
LONG_DAY = 12
"""From how many hours on, in a row or in a day, somebody is asked whether that is right."""


def read_line(line: str, context: LineContext, chosen: Sequence[Piece] = ()) -> Reading:
    """The row that a line says, with what was `chosen` where it could be two things."""
    if line.strip() in DITTO:
        return repeat_above(line, context)
    finder = make_piece_finder(line, context)
    if not finder.tokens:
        return Reading(line, mistakes=(Mistake("empty_line"),))
    told, questions, ignored = unknown_parts(finder, context, chosen)
    covers = covers_of(finder, (*chosen, *ignored))
    typed, more = choose_cover(covers, finder, context, chosen)
    if told or questions or more:
        asked = [one for one in more if isinstance(one, LineQuestion)]
        wrong = [one for one in more if isinstance(one, Mistake)]
        return Reading(line, questions=(*questions, *asked), mistakes=(*told, *wrong), chosen=tuple(chosen))
    return complete_line(line, typed, context, tuple(chosen))


def answer_line(reading: Reading, choice: Piece | str, context: LineContext) -> Reading:
    """The line with one answer: an option of its question, or words for what is missing."""
    if isinstance(choice, Piece):
        return read_line(reading.line, context, (*reading.chosen, choice))
    return read_line(f"{reading.line} {choice}", context, reading.chosen)


def repeat_above(line: str, context: LineContext) -> Reading:
    """The line above once more, hours too; not its note, nor a request."""
    above = context.above
    if above is None:
        return Reading(line, mistakes=(Mistake("no_line_above"),))
    values = {name: value for name, value in above.values.items() if name not in ("note", "request")}
    return checked_line(Reading(line, above.log, values, dict.fromkeys(values, ABOVE)), context)


def make_piece_finder(line: str, context: LineContext) -> PieceFinder:
    """The pieces of a line; purposes are those of the partners that it may name, or of the line above."""
    lexicon = context.lexicon
    tokens = split_line(line, lexicon.markers)
    finder = PieceFinder(line, tokens, lexicon, context.finder, context.today, context.plan.window)
    spans = ((first, last) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1))
    near = ((first, last) for first, last in spans if last - first <= finder.longest())
    pieces = (one for first, last in near for one in finder.pieces(first, last))
    named = {str(one.value) for one in pieces if one.column == "organisation"}
    above = context.above.values.get("organisation") if context.above else None
    finder.purposes = purposes_of(sorted(named) or [str(above)], context)
    return finder


def unknown_parts(
    finder: PieceFinder, context: LineContext, chosen: Sequence[Piece]
) -> tuple[list[Mistake], list[LineQuestion], list[Piece]]:
    """What is said or asked of words that nobody knows, and these words, so that the others are read."""
    told, questions, ignored = list[Mistake](), list[LineQuestion](), list[Piece]()
    while True:
        first, last = unknown_words(finder, (*chosen, *ignored))
        if first == last:
            return told, questions, ignored
        ignored = [one for one in ignored if not first <= one.first < last]
        piece = Piece(first, last, UNKNOWN, finder.text(first, last))
        ignored.append(piece)
        found = context.finder.find(str(piece.value))
        if found.persons:
            options = tuple(piece._replace(column="person", value=one) for one in found.persons)
            questions.append(
                LineQuestion("could_be", "person", str(piece.value), (*options, *nearest(piece, context)))
            )
        else:
            told.append(unknown_mistake(piece, context))


def nearest(piece: Piece, context: LineContext) -> Iterator[Piece]:
    """The values whose spelling is nearest to unknown words."""
    spellings = context.lexicon.spellings
    close = closest(word_key(str(piece.value)), spellings)
    for meaning in spellings[close] if close else ():
        yield piece._replace(column=meaning.column, value=meaning.value)


def unknown_mistake(piece: Piece, context: LineContext) -> Mistake:
    text = str(piece.value)
    if BARE.fullmatch(text):
        return Mistake("bare_number", text=text)
    found = list(dict.fromkeys(str(one.value) for one in nearest(piece, context)))
    hint = f'Did you mean "{" / ".join(found)}"?' if found else ""
    return Mistake("unknown_words", text=text, hint=before_more(hint))


def choose_cover(
    covers: Sequence[Cover], finder: PieceFinder, context: LineContext, chosen: Sequence[Piece]
) -> tuple[TypedCells, list[LineQuestion | Mistake]]:
    """The one way to read the line; else what is asked, or contradicts."""
    read = {cover: typed_cells(cover, context, chosen) for cover in covers}
    fitting = [cover for cover, typed in read.items() if typed.contradiction is None]
    if not fitting:
        shortest = read[min(covers, key=len)]
        wrong = shortest.contradiction
        if isinstance(wrong, LineQuestion) and not wrong.text:
            wrong = replace(wrong, text=finder.line.strip())
        return shortest, [wrong] if wrong else []
    likely = likely_covers(fitting, lambda cover: read[cover].key)
    if len(likely) > 1:
        options = first_difference(likely)
        longest = max(options, key=lambda one: one.last - one.first)
        text = finder.text(min(one.first for one in options), longest.last)
        return read[likely[0]], [LineQuestion("could_be", "", text, tuple(options))]
    typed = read[likely[0]]
    if typed.candidates and (piece := typed.person_piece):
        people = tuple(piece._replace(value=one) for one in typed.candidates)
        return typed, [LineQuestion("could_be", "person", str(piece.value), people)]
    return typed, []


def complete_line(line: str, typed: TypedCells, context: LineContext, chosen: tuple[Piece, ...]) -> Reading:
    """The row with what the line leaves out."""
    values, above = dict(typed.values), context.above
    asks_request = values.pop("request", None) is not None
    values.pop(SURE, None)
    partner = "organisation" in values or "purpose" in values
    team = asks_request or any(name in values for name in TEAM_ONLY)
    goes_on = above is not None and above.log == PartnerSupport.log and not team
    log = PartnerSupport.log if partner or goes_on else Accompaniment.log
    origin: dict[str, Any] = dict.fromkeys(values, TYPED)
    same_log = above is not None and above.log == log
    for name, value in carried_cells(log, typed.values, above.values if above else None, same_log):
        if name not in values:
            values[name], origin[name] = value, ABOVE
    reading = Reading(line, log, values, origin, asks_request=asks_request, chosen=chosen)
    return checked_line(with_post_and_objective(reading, context), context)


def with_post_and_objective(reading: Reading, context: LineContext) -> Reading:
    """Role and board of the post that the person held that day; the objective of the latest like row."""
    values, origin = dict(reading.values), dict(reading.origin)
    if reading.log == PartnerSupport.log:
        return replace(reading, values=with_staff(values, context), origin=origin)
    day, mistakes = values.get("date"), list[Mistake]()
    if values.get("person") and day and not ("role" in values and "board" in values):
        posts = posts_of(context.data, values["person"], day, values)
        if len(posts) == 1:
            for name, value in zip(("role", "board"), posts[0], strict=True):
                if value and name not in values:
                    values[name], origin[name] = value, POST
        else:
            mistakes.append(
                several_posts(values["person"], day, posts)
                if posts
                else Mistake("no_role_that_day", person=values["person"], day=day)
            )
    values = with_staff(values, context)
    if "objective" not in values:
        take_objective(values, origin, context)
    return replace(reading, values=values, origin=origin, mistakes=tuple(mistakes))


def with_staff(values: dict[str, Any], context: LineContext) -> dict[str, Any]:
    """Whoever types gave the hours, unless the line names somebody else."""
    return values if "staff" in values or not context.me else {**values, "staff": context.me}


def take_objective(values: dict[str, Any], origin: dict[str, Any], context: LineContext) -> None:
    """That of the latest own row with the person, or the board and role, it names; else above's."""
    above, lines = context.above, [one.values for one in context.lines]
    like = None
    if TYPED in (origin.get("person"), origin.get("board")) and "date" in values:
        like = latest_objective(values, values["date"], values.get("staff", ""), context.data, lines)
    if like:
        values["objective"], origin["objective"] = like
    elif above is not None and "objective" in above.values:
        values["objective"], origin["objective"] = above.values["objective"], ABOVE


def checked_line(reading: Reading, context: LineContext) -> Reading:
    """The row with what is wrong with it, and what is still to be asked."""
    mistakes = [*reading.mistakes, *refused_day(reading, context), *refused_hours(reading)]
    missing = [] if reading.mistakes else list(missing_cells(reading, context))
    questions = [] if mistakes else [*missing, *long_hours(reading, context)]
    return replace(reading, mistakes=tuple(mistakes), questions=tuple(questions))


def refused_day(reading: Reading, context: LineContext) -> Iterator[Mistake]:
    day: dt.date | None = reading.values.get("date")
    if day is not None and day > context.today:
        yield Mistake("day_to_come", day=day, log=reading.log)
    elif day is not None and day not in context.plan.window:
        yield Mistake("outside_plan_year", day=day, year=context.plan.year)


def refused_hours(reading: Reading) -> Iterator[Mistake]:
    hours = reading.values.get("hours")
    if hours is not None and hours > 24:
        yield Mistake("more_than_a_day", text=f"{float(hours):g}")
    elif hours is not None and hours == 0:
        yield Mistake("no_hours")


def missing_cells(reading: Reading, context: LineContext) -> Iterator[LineQuestion]:
    """A question for each cell that the row needs and nothing fills."""
    needed = [column.name for column in reading.model.columns() if column.required]
    if reading.log == Accompaniment.log and "person" not in reading.values:
        needed += ["board", "role"]
    for name in needed:
        if name not in reading.values:
            yield LineQuestion("missing", name, options=tuple(offered(reading, name, context)))


def offered(reading: Reading, name: str, context: LineContext) -> Iterator[Piece]:
    """What a missing cell may be: the words of the plan, or the last purposes of the partner."""
    column = reading.model.column_named(name)
    assert column is not None
    found: Iterable[str] = ()
    if name == "purpose":
        lines = [one.values for one in context.lines]
        found = last_purposes(reading.values.get("organisation", ""), context.data, lines)
    elif not isinstance(column.cell, OrganisationCell):
        found = column.cell.choices(context.data.known.at(reading.log), name)
    yield from (Piece(-1, -1, name, one) for one in found)


def long_hours(reading: Reading, context: LineContext) -> Iterator[LineQuestion]:
    """Over twelve hours in a row, or in a day of the same person."""
    hours, day = reading.values.get("hours"), reading.values.get("date")
    if hours is None or day is None or any(one.column == SURE for one in reading.chosen):
        return
    staff = reading.values.get("staff")
    logs = (context.data.logs[model.log] for model in (Accompaniment, PartnerSupport))
    rows: list[Any] = [row for rows in logs for row in rows]
    others = [row["hours"] for row in rows if row["staff"] == staff and row["date"] == day]
    others += [
        one.values["hours"] for one in context.lines
        if one.values.get("staff") == staff and one.values.get("date") == day and "hours" in one.values
    ]  # fmt: skip
    total = sum(others, Fraction(hours))
    if total > LONG_DAY:
        yield LineQuestion("really", "hours", f"{float(total):g}", (Piece(-1, -1, SURE, "yes"),))
