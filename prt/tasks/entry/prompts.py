"""What a question looks like: its choices, its default, its hint, and what an answer is echoed as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from prt.figures.moved import Standings
from prt.figures.questions import Question, accepted, allowed, asked_for, choices, counts_heads, label
from prt.model.cells import DayCell, Many, OneOf, WordCell, YesNoCell, names_person
from prt.output.screens.moves import base_text, value_text
from prt.output.words import Words
from prt.tasks.entry.answers import Choices, day_text
from prt.text import shorten

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.columns import Column, LogRecord
    from prt.model.rows import Row

MOST_LISTED = 12
DAYS = "today, yesterday, wed, -2d, 12 feb (hier, mer, -2j, 12 février)"
WIDTH = 78
INDENT = " " * 6


def word_of(words: Words, topic: str, log: str, column: str) -> str:
    """The word of a column: its own in this log, or that of its name; empty where it has none."""
    keys = (f"{topic}.{log}.{column}", f"{topic}.{column}")
    return next((words(key) for key in keys if key in words), "")


class Prompts:
    """Questions of one log as they stand on the screen."""

    def __init__(
        self, model: type[LogRecord], year: Year, standings: Standings, names: Mapping[str, str]
    ) -> None:
        self.model, self.log = model, model.log
        self.plan, self.known, self.data = year.plan, year.known, year.data
        self.standings, self.names = standings, names
        self.words = Words("en", year.plan)

    def text(self, question: Question) -> str:
        """What is asked for: `How long`, or the name of the column."""
        own = word_of(self.words, "question", self.log, question.key)
        return own or question.key.replace("_", " ").capitalize()

    def offered(self, question: Question, values: Mapping[str, Any]) -> Choices:
        """The choices by number; none where there are too many, or any text will do."""
        if len(question.columns) > 1:
            return []
        column = question.columns[0]
        if column.name == "session":
            rows = self.data.logs["sessions"][: -MOST_LISTED - 1 : -1]
            return [(row.id, f"{day_text(row['date'])}  {row['title']}") for row in rows]
        found = choices(self.model, column, self.plan, self.known, values)
        return found if len(found) <= MOST_LISTED and not isinstance(column.cell, Many) else []

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any], today: dt.date) -> str:
        """What Enter takes: today, the one value that counts, what the line had last, what empty means."""
        column = question.columns[0]
        if column.name == "date":
            return self.day_of_session(values.get("session")) or today.isoformat()
        wanted = accepted(self.plan, self.known, column.name, self.log, values)
        if question.required and len(wanted) == 1 and column.name != "line":
            return wanted[0]
        if column.name == "format" and (last := self.last_of_line(values.get("line"))):
            return str(last["format"])
        return column.empty if offered and isinstance(column.empty, str) else ""

    def day_of_session(self, wanted: str | None) -> str:
        """The day of the session that a presence belongs to."""
        found = [row for row in self.data.logs["sessions"] if wanted and row.id == wanted]
        return found[0]["date"].isoformat() if found else ""

    def last_of_line(self, line: str | None) -> Row | None:
        return next((row for row in reversed(self.data.logs["sessions"]) if row["line"] == line), None)

    def above(
        self, question: Question, offered: Choices, default: str, values: Mapping[str, Any]
    ) -> list[str]:
        """The question with its choices; nothing of a question that has none."""
        optional = "" if default or question.required else " (optional)"
        if not offered:
            return []
        return [f"{self.text(question)}?{optional}", *in_columns(offered), *self.note(question, values)]

    def prompt(
        self, question: Question, offered: Choices, default: str, values: Mapping[str, Any], today: dt.date
    ) -> str:
        """The line on which the answer is typed: [what Enter takes] and the hint."""
        bracket = f" [{self.spoken(question, default, today)}]" if default else ""
        if offered:
            return f"{INDENT[1:]}{bracket} > "
        hint = self.hint(question, values)
        return f"{self.text(question)}?{bracket}{f' ({hint})' if hint else ''} > "

    def spoken(self, question: Question, default: str, today: dt.date) -> str:
        column = question.columns[0]
        if isinstance(column.cell, (OneOf, WordCell)):
            return label(self.plan, self.log, column, default)
        if not isinstance(column.cell, DayCell):
            return default
        return f"today, {today:%a} {today.day} {today:%b}" if default == today.isoformat() else default

    def hint(self, question: Question, values: Mapping[str, Any]) -> str:
        if question.key == "boards":
            boards = sum(bool(row["counts_as_board"]) for row in self.data.organisations)
            return f"several; all = {boards}"
        if question.key != "participants":
            return self.how_to_answer(question)
        if counts_heads(self.plan, values.get("line") or ""):
            return "a headcount, no names; empty = later"
        return "staff not counted; empty = later"

    def how_to_answer(self, question: Question) -> str:
        """How an answer may be written, and what an empty one means."""
        how = word_of(self.words, "hint", self.log, question.key)
        if question.required:
            return how
        empty = word_of(self.words, "hint.empty", self.log, question.key)
        return "; ".join(filter(None, (how, empty))) or self.words("hint.optional")

    def note(self, question: Question, values: Mapping[str, Any]) -> list[str]:
        """Where the targets stand that ask for one value: `choice stands at 2 of 10`."""
        if isinstance(question.columns[0].cell, YesNoCell) or question.key in ("line", "format"):
            return []
        found = []
        for code, _ in choices(self.model, question.columns[0], self.plan, self.known, values):
            name = asked_for(self.plan, self.known, question.key, code, self.log, values)
            if one := self.standings.get(name):
                found.append(f"{code} stands at {value_text(one)}{base_text(one, one)}")
        return [INDENT + "  " + ", ".join(found)] if found else []

    def completions(self, question: Question, offered: Choices) -> list[str]:
        """What Tab completes: titles given before, codes and labels, names."""
        column = question.columns[0]
        if column.name == "title":
            return sorted({row["title"] for row in self.data.logs[self.log]})
        if names_person(column.cell):
            return list(self.names)
        found = choices(self.model, column, self.plan, self.known, {})
        return [text for pair in (*offered, *found) for text in pair if text]

    def explain(self, question: Question) -> list[str]:
        """What the columns are, and what may be written."""
        lines = [
            f"{INDENT}{one.name}: {one.description}. {allowed(self.model, one, self.plan, self.known)}"
            for one in question.columns
        ]
        if isinstance(question.columns[0].cell, DayCell):
            lines.append(f"{INDENT}Or: {DAYS}.")
        return [*lines, f'{INDENT}"-" empties an answer; < goes back.']

    def name_of(self, column: Column, code: str) -> str:
        """`LBPSB, Lester B. Pearson School Board`"""
        rows = [row for row in self.data.organisations if row["code"] == code]
        return f"{code}, {rows[0]['name_en']}" if rows else label(self.plan, self.log, column, code)

    def echo(self, question: Question, text: str, cells: Mapping[str, str]) -> str:
        """What was understood, where it is not what was typed."""
        column = question.columns[0]
        cell = cells.get(column.name, "")
        if isinstance(column.cell, DayCell) and cell and text != cell:
            return INDENT + day_text(dt.date.fromisoformat(cell))
        if isinstance(column.cell, Many) and cell and text != cell:
            return INDENT + cell.replace("; ", ", ")
        if self.log == "sessions" and column.name == "title":
            return self.given_before(cell)
        return ""

    def given_before(self, title: str) -> str:
        earlier = [row for row in self.data.logs["sessions"] if row["title"] == title]
        if not earlier:
            return ""
        day = earlier[-1]["date"]
        return f"{INDENT}(given {day.day} {day:%b}; a second one counts too)"


def in_columns(offered: Choices) -> list[str]:
    """The choices with their numbers, in one row where they fit, else in two columns or one."""
    texts = [f"{number:>2}  {text}" for number, (_, text) in enumerate(offered, 1)]
    if sum(map(len, texts)) + 3 * len(texts) + 4 <= WIDTH:
        return ["    " + "   ".join(texts)]
    half = (len(texts) + 1) // 2
    left, right = texts[:half], [*texts[half:], ""]
    if max(map(len, texts)) > (WIDTH - 8) // 2:
        left = [shorten(text, (WIDTH - 8) // 2) for text in left]
    wide = max(map(len, left))
    rows = (f"    {one:<{wide}}   {other}".rstrip() for one, other in zip(left, right, strict=False))
    return [shorten(row, WIDTH) for row in rows]
