"""A row that is like an earlier one: one question takes over what is the same, or what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from prt.console.dialogue.inquiry import Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import INDENT
from prt.entry.similar import offered_cells, repeated_cells, similar_row
from prt.figures.questions import Question
from prt.model.cells import TextCell, cell_of_one
from prt.model.columns import LogRecord
from prt.model.rows import Row, read_entry
from prt.output.screens.hours_lines import short_day
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.row_form import RowForm
from prt.tasks.entry.summary import describe_cell, spoken_code
from prt.text import fold_text

T = TypeVar("T")
LIKE = "like"
"""The question whether a row is like an earlier one."""
AS_BEFORE = "="


def pick_runs(words: Sequence[str], choices: Sequence[Choice[T]]) -> Iterator[T]:
    """What words in a row stand for, the longest run that is known first: *en présence* is one.

    Raises Mistake.
    """
    while words:
        for length in range(len(words), 0, -1):
            with suppress(NoChoice):
                yield pick_choice(" ".join(words[:length]), choices)
                break
        else:
            raise Mistake("none_of_them", text=words[0])
        words = words[length:]


class LikeForm(RowForm):
    """`lent` are the columns of which the earlier row gave the cells."""

    model: type[LogRecord]
    may_be_like = True

    def __init__(self, *given: Any, **named: Any) -> None:
        self.lent = list[str]()
        super().__init__(*given, **named)

    def question(self, key: str) -> Question:
        """The question of a column, even of one that only a like row gives and the plan does not read."""
        column = self.model.column_named(key)
        own = [one for one in self.questions() if one.key == key]
        return own[0] if own or column is None else Question((column,))

    def order(self) -> list[str]:
        """The questions, with the one whether it is like an earlier row behind the title."""
        keys = super().order()
        if self.may_be_like and (LIKE in self.done or self.lends()):
            at = keys.index(self.model.title_column) + 1 if self.model.title_column in keys else 0
            keys[at:at] = [LIKE, *(name for name in self.lent if name not in keys)]
        return keys

    def spellings(self, key: str) -> list[str]:
        return [LIKE, self.talk.say("like_field")] if key == LIKE else super().spellings(key)

    def like(self) -> Row | None:
        """The earlier row that this one is like, once its title is known."""
        title = self.model.title_column
        if title not in self.done and title not in self.given:
            return None
        return similar_row(self.model, self.year.data.logs[self.log], self.values())

    def lends(self) -> Cells:
        """The cells that the earlier row has and nobody gave."""
        row = self.like()
        return {
            name: text
            for name, text in (repeated_cells(row, self.title()) if row else {}).items()
            if name not in self.given
        }

    def title(self) -> str:
        """The title, once it is known."""
        return str(self.values().get(self.model.title_column) or "")

    def lendable(self) -> tuple[str, ...]:
        """The columns that an earlier row may give."""
        return (*self.model.repeated, *self.model.repeated_if_titled)

    def inquiry(self, key: str) -> Inquiry[Cells]:
        if key != LIKE:
            return super().inquiry(key)
        row, cells, words = self.like(), self.lends(), self.prompts.words
        assert row is not None
        title = str(row[self.model.title_column])
        what = short_day(row["date"], words, weekday=False)
        if fold_text(title) != fold_text(self.title()):
            what = f"{what} ({title})"
        entry = read_entry(self.model, cells, self.known)
        shown = (describe_cell(entry.row, name, text, words, self.names) for name, text in cells.items())
        above = self.talk.say("like", what=what, cells=", ".join(shown))
        return Inquiry(
            INDENT + self.talk.say("like_hint"),
            lambda text: cells if text == AS_BEFORE else cells | self.differing(text) if text else {},
            enter=AS_BEFORE,
            above=[above],
            words=[word for name in self.lendable() for word in self.spellings_of(name)],
        )

    def spellings_of(self, name: str) -> Mapping[str, str]:
        """Every way to write a value that may be lent, where the values are known."""
        column = self.model.column_named(name)
        known = column is not None and not isinstance(cell_of_one(column.cell), TextCell)
        found = self.reader.spellings(column) if column and known else {}
        ends = {text.removeprefix("en "): code for text, code in found.items()}  # présence, ligne
        return {**found, **ends}

    def differing(self, text: str) -> Cells:
        """The cells that words name, `in-person, cdas`, each the value of one column. Raises Mistake."""
        choices = [
            Choice(
                (name, code),
                [word for word, one in spellings.items() if one == code],
                spoken_code(self.prompts.words, self.log, name, code),
            )
            for name in self.lendable()
            for spellings in [self.spellings_of(name)]
            for code in dict.fromkeys(spellings.values())
        ]
        return {
            name: code for part in re.split("[,;]", text) for name, code in pick_runs(part.split(), choices)
        }

    def keep(self, key: str, answer: Cells) -> None:
        super().keep(key, answer)
        if key == LIKE:
            self.lent = list(answer)
            self.done += [name for name in answer if name not in self.done]

    def step_back(self) -> bool:
        found = super().step_back()
        if self.lent and LIKE not in self.done:
            self.done = [key for key in self.done if key not in self.lent]
            self.lent = []
        return found

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any]) -> str:
        """What the row that it is like has, where its title is nearly the same."""
        found, column = super().default(question, offered, values), question.columns[0]
        row = self.like() if not found and LIKE in self.done else None
        return offered_cells(row, self.title()).get(column.name, "") if row else found

    def read(self, question: Question, text: str, offered: Choices, enter: str = "") -> Cells:
        """`+ etsb` is one more than the bracket has."""
        if text.startswith("+") and question.columns[0].cell.many:
            text = f"{enter}; {text[1:]}"
        return super().read(question, text, offered, enter)
