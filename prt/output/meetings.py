"""Boards and the meetings of the year: which of them were there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction

from prt.figures.evaluate import Evaluation
from prt.model.records import MEETING
from prt.model.rows import Row
from prt.output.document.year_pages import BoardPresence, Matrix, MeetingHead
from prt.output.numbers import day_text, format_exact
from prt.output.words import Words

MOST_MEETINGS = 12
"""So many meetings have room on a page; the latest are shown."""


def matrix(evaluation: Evaluation, words: Words, typed: Callable[[str], str] = str) -> Matrix | None:
    """The boards that the plan counts, and the meetings that were held or are to come; `typed` changes what
    somebody typed."""
    meetings = meetings_of(evaluation)[-MOST_MEETINGS:]
    boards = [row for row in evaluation.data.organisations if row["counts_as_board"]]
    if not meetings or not boards:
        return None
    heads = tuple(meeting(words, rows, typed) for rows in meetings)
    return Matrix(heads, tuple(board_presence(evaluation, words, board, meetings) for board in boards))


def meetings_of(evaluation: Evaluation) -> list[list[Row]]:
    """The sessions of each meeting of the year by its first day: those of one series are one meeting."""
    found: dict[str, list[Row]] = {}
    for row in evaluation.data.logs["sessions"]:
        if row["format"] == MEETING and row["status"] != "cancelled" and not row.left_out:
            found.setdefault(row["series"] or row.id or f"{row.file}:{row.line}", []).append(row)
    rows = (sorted(some, key=lambda row: row.day) for some in found.values())
    return sorted(rows, key=lambda some: (some[0]["line"], some[0].day, some[0].line))


def meeting(words: Words, rows: Sequence[Row], typed: Callable[[str], str]) -> MeetingHead:
    row = rows[0]
    named = row["series"] and row["series"] != row.id
    name = typed(row["series"]) if named else row["line"]
    return MeetingHead(name, day_text(row.day, words.language, "short"), typed(row["title"]))


def board_presence(
    evaluation: Evaluation, words: Words, board: Row, meetings: Sequence[Sequence[Row]]
) -> BoardPresence:
    code, day = board["code"], evaluation.cut_off
    sessions = evaluation.data.logs["sessions"]
    number = sum(was_held(row, day) and code in (row["boards"] or ()) for row in sessions)
    marks = tuple(presence_mark(code, rows, day) for rows in meetings)
    name = board[f"name_{words.language}"] or code
    return BoardPresence(code, name, marks, format_exact(Fraction(number), "", words.language))


def presence_mark(code: str, rows: Sequence[Row], day: dt.date) -> str:
    """A board that was at one of the sessions of a meeting was there; until all are held it may come."""
    if any(was_held(row, day) and code in (row["boards"] or ()) for row in rows):
        return "present"
    return "absent" if all(was_held(row, day) for row in rows) else "to_come"


def was_held(row: Row, day: dt.date) -> bool:
    return row["status"] == "held" and row.day <= day and not row.left_out
