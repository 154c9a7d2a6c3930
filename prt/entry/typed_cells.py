"""The cells that one way of reading a line types, or why its words contradict each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Literal

from prt.entry.carry import last_purposes
from prt.entry.covers import LineCover
from prt.entry.persons import PersonsInWords, Resolution
from prt.entry.pieces import LinePiece
from prt.entry.reading import LineContext, LineQuestion
from prt.figures.entering import HeldPosts, posts_of
from prt.model.columns import LogRecord
from prt.model.records import Accompaniment, PartnerSupport
from prt.problems import Mistake
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
    take_purpose(by_column)
    values = {name: pieces[0].value for name, pieces in by_column.items() if name not in ("person", "staff")}
    for name in values:
        pieces = by_column[name]
        if len({one.value for one in pieces}) > 1:
            question = LineQuestion("which", name, options=tuple(pieces))
            return TypedCells(values, contradiction=question)
        if name == "hours" and len(pieces) > 1:  # `2 2` is no way to write two hours
            return TypedCells(values, contradiction=Mistake("hours_twice"))
    if wrong := partner_and_team(by_column, context):
        return TypedCells(values, contradiction=wrong)
    return with_people(by_column, values, context)


def take_purpose(by_column: dict[str, list[LinePiece]]) -> None:
    """A text in quotes is the purpose of a partner's row that has none, else a note."""
    notes = by_column.get("note", [])
    if "organisation" in by_column and "purpose" not in by_column and notes:
        by_column["purpose"] = [notes[0]]
        by_column["note"] = notes[1:]
        if not notes[1:]:
            del by_column["note"]


def own_columns(of: type[LogRecord], other: type[LogRecord], context: LineContext) -> list[str]:
    """The columns that rows of one log of hours have, and those of the other do not."""
    others = context.data.record_of(other.log).fields
    return [name for name in context.data.record_of(of.log).header() if name not in others]


def partner_and_team(by_column: dict[str, list[LinePiece]], context: LineContext) -> Mistake | None:
    """Why words of a partner's row and of an accompaniment do not go together."""
    partner, team = (
        [by_column[name][0] for name in own_columns(one, other, context) if name in by_column]
        for one, other in ((PartnerSupport, Accompaniment), (Accompaniment, PartnerSupport))
    )
    if partner and team:
        return Mistake("partner_and_team", partner=partner[0].value, team=team[0].value)
    above = context.above.values.get("organisation") if context.above else None
    if "purpose" in by_column and "organisation" not in by_column and above is None:
        return Mistake("purpose_without_partner", purpose=by_column["purpose"][0].value)
    return None


def purposes_of(organisations: Iterable[str], context: LineContext) -> list[str]:
    """The last purposes of these organisations, rows and lines."""
    lines = [one.values for one in context.lines]
    return [one for each in organisations for one in last_purposes(each, context.data, lines)]


def with_people(
    by_column: dict[str, list[LinePiece]], values: dict[str, Any], context: LineContext
) -> TypedCells:
    """Who is meant, of those in post on the day at the board that is named."""
    above = context.above.values.get("date") if context.above else None
    day, board = values.get("date") or above or context.today, str(values.get("board", ""))
    for piece in by_column.get("staff", ()):
        staff = context.finder.find(str(piece.value), day, team=True)
        if not staff.persons:
            return TypedCells(values, contradiction=Mistake("not_staff", text=piece.value))
        if not staff.taken:
            return TypedCells(values, contradiction=which_person([piece], [staff]))
        values["staff"] = staff.taken
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
    post = HeldPosts([(named.get("role", ""), named.get("board", ""))])
    return Mistake("person_elsewhere", people=people, named=post)
