"""One line of hours, in words of any order and both languages, as a row: read, asked about, or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

from prt.entry.carry import ABOVE
from prt.entry.covers import LineCover, covers_of, first_difference, likely_covers, unknown_words
from prt.entry.lexicon import word_key
from prt.entry.line_completion import checked_line, complete_line
from prt.entry.line_tokens import DITTO, split_line
from prt.entry.pieces import BARE, LinePiece, PieceFinder
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.entry.typed_cells import UNKNOWN, TypedCells, earlier_texts, typed_cells
from prt.model.calendar import read_day
from prt.problems import Mistake
from prt.text import closest
from prt.values import replace


def read_line(
    line: str, context: LineContext, chosen: Sequence[LinePiece] = (), *, skips_unknown: bool = False
) -> LineReading:
    """The row that a line says, with what was `chosen` where it could be two things.

    `skips_unknown`: words that nothing is near to are left out of it, and told; beside them no beginning of a
    word says who it was.
    """
    if line.strip() in DITTO:
        return repeat_above(line, context, tuple(chosen))
    finder = make_piece_finder(line, context)
    if not finder.tokens:
        return LineReading(line, mistakes=(Mistake("empty_line"),))
    told, questions, ignored = unknown_parts(finder, context, chosen)
    skipped = tuple[str, ...]()
    if skips_unknown and any(one.code == "unknown_words" for one in told):
        finder.skip_unknown()
        told, questions, ignored = unknown_parts(finder, context, chosen)
        skipped = tuple(str(one.values["text"]) for one in told if one.code == "unknown_words")
        told = [one for one in told if one.code != "unknown_words"]
    covers = covers_of(finder, (*chosen, *ignored))
    if not covers:
        wrong = told or [Mistake("unknown_words", text=line.strip())]
        return LineReading(line, questions=tuple(questions), mistakes=tuple(wrong), chosen=tuple(chosen))
    typed, more = choose_cover(covers, finder, context, chosen)
    if told or questions or more:
        asked = [one for one in more if isinstance(one, LineQuestion)]
        wrong = [one for one in more if isinstance(one, Mistake)]
        return LineReading(
            line,
            questions=(*questions, *asked),
            mistakes=(*told, *wrong),
            chosen=tuple(chosen),
            skipped=skipped,
        )
    return replace(complete_line(line, typed, context, tuple(chosen)), skipped=skipped)


def answer_line(reading: LineReading, choice: LinePiece | str, context: LineContext) -> LineReading:
    """The line with one answer: an option of its question, or words for what is missing."""
    skips = bool(reading.skipped)
    if isinstance(choice, LinePiece):
        return read_line(reading.line, context, (*reading.chosen, choice), skips_unknown=skips)
    return read_line(f"{reading.line} {choice}", context, reading.chosen, skips_unknown=skips)


def option_spellings(piece: LinePiece, context: LineContext) -> list[str]:
    """What picks an option among others: the word for its column, or any way to write its value."""
    own, value = context.lexicon.markers_for(piece.column), piece.value
    if isinstance(value, Fraction):
        minutes = int(value % 1 * 60)
        typed = (f"{int(value)}h{minutes:02}", f"{value * 60}min", f"{value * 60} min")
        return [*own, *typed, f"{float(value):g}", f"{float(value):g}h"]
    if isinstance(value, dt.date):
        return [*own, value.isoformat(), f"{value.day}/{value.month}", str(value.day)]
    if piece.column != "person":
        return [*own, value, *context.lexicon.spellings_of(piece.column, value)]
    people = context.finder.find(value).persons
    names = (context.finder.names[one]["name"] for one in people if one in context.finder.names)
    return [*own, value, *people, *names]


def repeat_above(line: str, context: LineContext, chosen: tuple[LinePiece, ...]) -> LineReading:
    """The line above once more, hours too; not its note, nor a request."""
    above = context.above
    if above is None:
        return LineReading(line, mistakes=(Mistake("no_line_above"),))
    values = {name: value for name, value in above.values.items() if name not in ("note", "request")}
    origin = dict.fromkeys(values, ABOVE)
    values |= {one.column: one.value for one in chosen if one.column != SURE}
    return checked_line(LineReading(line, above.record, values, origin, chosen=chosen), context)


def make_piece_finder(line: str, context: LineContext) -> PieceFinder:
    """The pieces of a line, with the earlier texts that it may mean, and the centres that the lines above are
    the first to name."""
    lexicon = context.lexicon
    tokens = split_line(line, lexicon.markers)
    finder = PieceFinder(line, tokens, lexicon, context.finder, context.today, context.plan.window)
    spans = ((first, last) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1))
    near = ((first, last) for first, last in spans if last - first <= finder.longest())
    pieces = [one for first, last in near for one in finder.pieces(first, last)]
    centres = dict.fromkeys(str(one.values["centre"]) for one in context.lines if "centre" in one.values)
    finder.add_words(list(earlier_texts(pieces, context)), list(centres))
    return finder


def unknown_parts(
    finder: PieceFinder, context: LineContext, chosen: Sequence[LinePiece]
) -> tuple[list[Mistake], list[LineQuestion], list[LinePiece]]:
    """What is said or asked of words that nobody knows, and these words, so that the others are read."""
    told, questions, ignored = list[Mistake](), list[LineQuestion](), list[LinePiece]()
    seen = set[tuple[int, int]]()
    while True:
        first, last = unknown_words(finder, (*chosen, *ignored))
        if first == last:
            return told, questions, ignored
        if (first, last) in seen:  # what was chosen stands across it
            return told, questions, ignored
        seen.add((first, last))
        ignored = [one for one in ignored if not first <= one.first < last]
        head = finder.tokens[first]
        marked = context.lexicon.markers[head.text] if head.kind == "marker" and last > first + 1 else ()
        piece = LinePiece(first, last, UNKNOWN, finder.text(first + bool(marked), last))
        ignored.append(piece)
        people = context.finder.find(str(piece.value)).persons if not marked or "person" in marked else ()
        near = [one for one in nearest_words(piece, context) if not marked or one.column in marked]
        if people:
            options = (*(piece._replace(column="person", value=one) for one in people), *near)
            questions.append(LineQuestion("could_be", "person", str(piece.value), options))
        else:
            mark = finder.text(first, first + 1) if marked else ""
            wrong = not_a_day(finder, first, last) or unknown_mistake(piece, near, context, mark)
            told += [wrong] if wrong.values not in [one.values for one in told] else []


def not_a_day(finder: PieceFinder, first: int, last: int) -> Mistake | None:
    """Why words that look like a day, perhaps with the word beside them, are none: `31 feb`."""
    for start, end in ((first, last), (first, last + 1), (first - 1, last)):
        if start >= 0 and end <= len(finder.tokens):
            try:
                read_day(finder.text(start, end), finder.today, finder.year)
            except Mistake as mistake:
                if mistake.code == "not_a_day":
                    return mistake
    return None


def nearest_words(piece: LinePiece, context: LineContext) -> Iterator[LinePiece]:
    """The values whose spelling is nearest to unknown words."""
    spellings = context.lexicon.spellings
    close = closest(word_key(str(piece.value)), spellings)
    for meaning in spellings[close] if close else ():
        yield piece._replace(column=meaning.column, value=meaning.value)


def unknown_mistake(piece: LinePiece, near: Sequence[LinePiece], context: LineContext, mark: str) -> Mistake:
    """Why words are not known, after a `mark` such as `board:` where there is one."""
    text = str(piece.value)
    if mark and not near:
        return Mistake("unknown_marked", text=text, mark=mark)
    if BARE.fullmatch(text):
        return Mistake("bare_number", text=text) if int(text) else Mistake("no_hours")
    if not near:
        return Mistake("unknown_words", text=text)
    found = closest(word_key(text), context.lexicon.spellings)
    return Mistake("unknown_near", text=text, near=context.lexicon.written[found] if found else text)


def choose_cover(
    covers: Sequence[LineCover], finder: PieceFinder, context: LineContext, chosen: Sequence[LinePiece]
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
