"""The cells that one way of reading a line types, or why its words contradict each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any, Literal

from prt.entry.carry import last_texts
from prt.entry.covers import LineCover
from prt.entry.lexicon import STAFF, hours_records
from prt.entry.persons import PersonsInWords, Resolution
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion
from prt.figures.entering import HeldPosts, posts_of
from prt.model.columns import LogRecord
from prt.problems import Mistake, ValueInWords
from prt.values import dataclass, field

UNKNOWN = "unknown"


@dataclass(frozen=True)
class TypedCells:
    """`values` by column; `candidates` are persons of whom one is meant; a contradiction is told or asked."""

    values: dict[str, Any] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    person_piece: LinePiece | None = None
    contradiction: Mistake | LineQuestion | None = None

    @property
    def key(self) -> Hashable:
        """What tells this result from another one."""
        return frozenset(self.values.items()), self.candidates


def typed_cells(cover: LineCover, context: LineContext, chosen: Sequence[LinePiece]) -> TypedCells:
    """The cells of a cover, each column with one value; what was chosen stands against other words."""
    by_column: dict[str, list[LinePiece]] = {}
    for piece in cover:
        by_column.setdefault(piece.column, []).append(piece)
    for piece in chosen:
        by_column[piece.column] = [piece]
    by_column.pop(UNKNOWN, None)
    take_quoted(by_column, context)
    values = {name: pieces[0].value for name, pieces in by_column.items() if name not in ("person", STAFF)}
    for name in values:
        pieces = by_column[name]
        if len({one.value for one in pieces}) > 1:
            question = LineQuestion("which", name, options=tuple(pieces))
            return TypedCells(values, contradiction=question)
        if name == "hours" and len(pieces) > 1:  # `2 2` is no way to write two hours
            return TypedCells(values, contradiction=Mistake("hours_twice"))
    if wrong := two_logs(by_column, context) or text_of_nobody(by_column, context):
        return TypedCells(values, contradiction=wrong)
    return with_people(by_column, values, context)


def take_quoted(by_column: dict[str, list[LinePiece]], context: LineContext) -> None:
    """A text in quotes is a note, but the purpose of a partner's row that has none."""
    for _, text, by in offered_columns(context):
        notes = by_column.get("note", [])
        if by in by_column and text not in by_column and notes:
            by_column[text] = [notes[0]]
            by_column["note"] = notes[1:]
            if not notes[1:]:
                del by_column["note"]


def logs_having(columns: Iterable[str], context: LineContext) -> list[type[LogRecord]]:
    """The logs of hours that have all these columns, that of the line above first."""
    named = {*columns} - {SURE, STAFF}
    above = context.above.log if context.above else ""
    found = [model for model in hours_records(context.data) if named <= model.fields.keys()]
    return sorted(found, key=lambda model: model.log != above)


class HoursOf(ValueInWords):
    """Whom the hours of a log are given to, as a value of a mistake: `of a partner`."""

    def __init__(self, log: str, words: Mapping[str, str]) -> None:
        self.log, self.words = log, words

    def text(self, language: str) -> str:
        plain = f"of {self.log}" if language == "en" else f"de {self.log}"
        return self.words.get(f"typed.hours_of.{self.log}.{language}", plain)


def two_logs(by_column: Mapping[str, Sequence[LinePiece]], context: LineContext) -> Mistake | None:
    """Why words of rows of two logs do not go together."""
    if logs_having(by_column, context):
        return None
    for one, other in permutations(reversed([*hours_records(context.data)]), 2):
        mine, others = first_apart(by_column, one, other), first_apart(by_column, other, one)
        if mine and others:
            log, second = (HoursOf(model.log, context.words) for model in (one, other))
            return Mistake("of_two_logs", text=mine.value, log=log, other=others.value, second=second)
    return None


def first_apart(
    by_column: Mapping[str, Sequence[LinePiece]], one: type[LogRecord], other: type[LogRecord]
) -> LinePiece | None:
    """What was typed first of the columns that rows of one log have, and those of the other do not."""
    own = (name for name in one.header() if name not in other.fields and name not in one.worker_columns())
    return next((by_column[name][0] for name in own if name in by_column), None)


def text_of_nobody(by_column: Mapping[str, Sequence[LinePiece]], context: LineContext) -> Mistake | None:
    """Why a purpose stands in no row: no partner is named."""
    for _, text, by in offered_columns(context):
        above = context.above.values.get(by) if context.above else None
        if text in by_column and by not in by_column and above is None:
            return Mistake("purpose_without_partner", purpose=by_column[text][0].value)
    return None


def offered_columns(context: LineContext) -> Iterator[tuple[type[LogRecord], str, str]]:
    """(log, column, other column): earlier texts of the column are offered by the value of the other."""
    for model in hours_records(context.data):
        yield from ((model, text, by) for text, by in model.offered_by.items())


def earlier_texts(pieces: Sequence[LinePiece], context: LineContext) -> Iterator[tuple[str, str]]:
    """(column, text) of earlier rows and lines: of the partners that a line may name, or of the one above."""
    lines = [one.values for one in context.lines]
    for model, text, by in offered_columns(context):
        named = {str(one.value) for one in pieces if one.column == by}
        above = context.above.values.get(by) if context.above else None
        for value in sorted(named) or [str(above)]:
            yield from ((text, one) for one in last_texts(model, text, value, context.data, lines))


def with_people(
    by_column: dict[str, list[LinePiece]], values: dict[str, Any], context: LineContext
) -> TypedCells:
    """The cells with the persons whom the words name: in post on that day, at the board of the line."""
    above = context.above.values.get("date") if context.above else None
    day, board = values.get("date") or above or context.today, str(values.get("board", ""))
    for piece in by_column.get(STAFF, ()):
        staff = context.finder.find(str(piece.value), day, team=True)
        if not staff.persons:
            return TypedCells(values, contradiction=Mistake("not_staff", text=piece.value))
        if not staff.taken:
            return TypedCells(values, contradiction=which_person([piece], [staff]))
        values[STAFF] = staff.taken
    pieces = by_column.get("person", [])
    people = [context.finder.find(str(one.value), day, board) for one in pieces]
    if not people:
        return TypedCells(values)
    if len({one.persons for one in people}) > 1:
        return TypedCells(values, contradiction=which_person(pieces, people))
    wrong = elsewhere(people[0].persons, values, day, context)
    if person := people[0].taken:
        return TypedCells(values | {"person": person}, contradiction=wrong)
    return TypedCells(values, people[0].persons, pieces[0], wrong)


def which_person(pieces: Sequence[LinePiece], people: Sequence[Resolution]) -> LineQuestion:
    """Which of all who may be meant."""
    options = (
        piece._replace(value=person)
        for piece, found in zip(pieces, people, strict=True)
        for person in found.persons
    )
    text = " / ".join(dict.fromkeys(str(piece.value) for piece in pieces))
    code: Literal["which", "could_be"] = "which" if len(pieces) > 1 else "could_be"
    return LineQuestion(code, pieces[0].column, text, tuple(options))


def elsewhere(
    persons: Sequence[str], values: dict[str, Any], day: dt.date, context: LineContext
) -> Mistake | None:
    """That nobody of these has, on that day, the board or the role that the line names."""
    named: dict[str, Any] = {name: values[name] for name in ("role", "board") if name in values}
    if not named or any(posts_of(context.data, one, day, named) for one in persons):
        return None
    if not any(posts_of(context.data, one, day, {}) for one in persons):
        return None  # nothing is known of their posts that day
    people = PersonsInWords(persons, context.finder)
    post = HeldPosts([(named.get("role", ""), named.get("board", ""))], context.data.known)
    return Mistake("person_elsewhere", people=people, named=post)
