"""Who is missing: boards at the meetings of the year, and who lacks a round that fell due. Never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

from prt.figures.evaluate import Evaluation, Result
from prt.figures.todo import Missing, missing
from prt.model.rows import Row
from prt.model.selections import is_person
from prt.output.numbers import format_exact
from prt.output.week.document import BoardPresence, LackingPeople, LackingPerson, Matrix, MeetingHead
from prt.output.week.targets import WeekView

MOST_MEETINGS = 12
"""So many meetings have room on a page; the latest are shown."""


def matrix(view: WeekView) -> Matrix | None:
    """The boards that the plan counts, and the meetings that were held or are to come."""
    evaluation = view.figures.evaluation
    meetings = meetings_of(evaluation)[-MOST_MEETINGS:]
    boards = [row for row in evaluation.data.organisations if row["counts_as_board"]]
    if not meetings or not boards:
        return None
    heads = tuple(meeting(view, rows) for rows in meetings)
    return Matrix(heads, tuple(board_presence(view, board, meetings) for board in boards))


def meetings_of(evaluation: Evaluation) -> list[list[Row]]:
    """The sessions of each meeting of the year by its first day: those of one series are one meeting."""
    found: dict[str, list[Row]] = {}
    for row in evaluation.data.logs["sessions"]:
        if row["format"] == "meeting" and row["status"] != "cancelled" and not row.left_out:
            found.setdefault(row["series"] or row.id or f"{row.file}:{row.line}", []).append(row)
    rows = (sorted(some, key=lambda row: row.day) for some in found.values())
    return sorted(rows, key=lambda some: (some[0]["line"], some[0].day, some[0].line))


def meeting(view: WeekView, rows: Sequence[Row]) -> MeetingHead:
    row = rows[0]
    named = row["series"] and row["series"] != row.id
    name = view.hidden(row["series"]) if named else row["line"]
    return MeetingHead(name, view.screen.day(row.day), view.hidden(row["title"]))


def board_presence(view: WeekView, board: Row, meetings: Sequence[Sequence[Row]]) -> BoardPresence:
    code, day = board["code"], view.figures.evaluation.cut_off
    sessions = view.figures.evaluation.data.logs["sessions"]
    number = sum(was_held(row, day) and code in (row["boards"] or ()) for row in sessions)
    marks = tuple(presence_mark(code, rows, day) for rows in meetings)
    name = board[f"name_{view.words.language}"] or code
    return BoardPresence(code, name, marks, format_exact(Fraction(number), "", view.words.language))


def presence_mark(code: str, rows: Sequence[Row], day: dt.date) -> str:
    """A board that was at one of the sessions of a meeting was there; until all are held it may come."""
    if any(was_held(row, day) and code in (row["boards"] or ()) for row in rows):
        return "present"
    return "absent" if all(was_held(row, day) for row in rows) else "to_come"


def was_held(row: Row, day: dt.date) -> bool:
    return row["status"] == "held" and row.day <= day and not row.left_out


def lacking_people(view: WeekView) -> Iterator[LackingPeople]:
    """Of each target that asks for rounds, who has not handed one in that fell due."""
    for result in view.figures.evaluation.targets():
        if result.measure.by_rounds and asks_persons(view, result):
            found = missing(result)
            if found:
                caption = view.words.counted("week.lacking", len(found), label=view.screen.label(result))
                people = tuple(lacking_person(view, one) for one in found)
                yield LackingPeople(
                    caption,
                    people,
                    view.screen.command(f"prt people missing {result.handle}", "as_of", "year"),
                )


def asks_persons(view: WeekView, result: Result) -> bool:
    return is_person(view.figures.evaluation.data.flat(result.measure.main).log, result.measure.naming)


def lacking_person(view: WeekView, one: Missing) -> LackingPerson:
    words, person = view.words, view.hidden(one.member.id)
    posts = [row for row in view.figures.evaluation.data.people if row["id"] == one.member.id]
    role = words.value("people", "role", posts[-1]["role"]) if posts else ""
    board = posts[-1]["board"] or "" if posts else ""
    return LackingPerson(person, role, board, ", ".join(map(str, one.lacks)))
