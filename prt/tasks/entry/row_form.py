"""A row being asked for, cell by cell: each answer is read at once, and the last one can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.figures.questions import Question
from prt.figures.standings import Standings
from prt.files.project import Year
from prt.model.columns import Column, Record
from prt.model.rows import read_entry
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices, Meant, Reader, boards_of
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.entry.prompts import Cells, Prompts
from prt.tasks.entry.waiting_answers import CellsForm
from prt.text import fold_text

NEW = ("n", "new", "nouveau", "nouvelle")


class RowForm(CellsForm):
    """The cells of one row; `given` ones are not asked for again. `edited` are those of a row that is there:
    Enter takes them as they stand, and an empty one stays empty."""

    edited: Mapping[str, str] = MappingProxyType({})

    def __init__(
        self,
        talk: Talk,
        model: type[Record],
        year: Year,
        given: Mapping[str, str],
        *,
        today: dt.date,
        columns: Iterable[Column] = (),
        standings: Standings | None = None,
    ) -> None:
        super().__init__(talk)
        self.model, self.log, self.today, self.standings = model, model.log, today, standings or {}
        self.given, self.cells = dict(given), Cells()
        self.own = [Question((column,)) for column in columns]
        self.names = {row.id: str(row["name"]) for row in year.project.names().values()}
        talk.names = self.names
        self.see(year)

    def see(self, year: Year) -> None:
        """Read and ask with what this year knows."""
        self.year, self.plan, self.known = year, year.plan, year.known
        self.prompts = Prompts(self.model, year, self.standings, self.names, self.talk, self.today)
        self.reader = Reader(
            self.log,
            year.known,
            self.today,
            boards_of(year.data),
            year.person_finder,
            year.plan.window,
            self.prompts.both,
        )

    def questions(self) -> list[Question]:
        return [one for one in self.own if one.key not in self.given]

    def order(self) -> list[str]:
        return [one.key for one in self.questions()]

    def question(self, key: str) -> Question:
        return next(one for one in self.questions() if one.key == key)

    def all_cells(self) -> Cells:
        return self.cells | self.given

    def answered(self) -> Cells:
        """The answers that are not empty, and what was given."""
        return {name: text for name, text in self.all_cells().items() if text}

    def values(self) -> dict[str, Any]:
        """The value of each cell that is known; None of an answer left empty."""
        cells = self.all_cells()
        row = read_entry(self.model, cells, self.known).row
        return {name: row[name] for name in cells}

    def spellings(self, key: str) -> list[str]:
        """The columns and what they are called, then the question."""
        question = self.question(key)
        names = [one.name for one in question.columns]
        called = [
            words.word_of_column("column", self.log, name) for name in names for words in self.prompts.both
        ]
        return list(dict.fromkeys([key, *names, *filter(None, called), self.prompts.text(question)]))

    def keep(self, key: str, answer: Cells) -> None:
        self.cells |= answer

    def in_words(self, key: str, answer: Cells) -> str:
        filled = ((self.model.column_named(name), text) for name, text in answer.items() if text)
        return " · ".join(self.prompts.spoken_cell(one, text) for one, text in filled if one)

    def inquiry(self, key: str) -> Inquiry[Cells]:
        question, values = self.question(key), self.values()
        offered = self.offered(question, self.prompts.offered(question, values))
        own = self.own_cells(question)
        before = " ".join(own[column.name] for column in question.columns).strip()
        if own.get("feedback_form") == "no":
            before = self.prompts.words("value.any.no")
        enter = before or ("" if self.edited else self.default(question, offered, values))
        shown = self.shown(question, before, offered)

        def read(text: str) -> Cells:
            same = bool(before) and text in (enter, shown)
            if same and all(self.edited.get(name, "") == text for name, text in own.items()):
                return own
            return self.read(question, enter if same else text, offered, enter)

        return self.prompts.inquiry(
            question,
            offered,
            values,
            read,
            lambda text: self.understood(question, text, offered),
            enter,
            shown,
        )

    def own_cells(self, question: Question) -> Cells:
        """The cells that an answer fills, as they are; that there was no form is one of its numbers'."""
        names = [column.name for column in question.columns]
        return {name: self.cells.get(name, "") for name in (*names, *["feedback_form"][: len(names) - 1])}

    def shown(self, question: Question, before: str, offered: Choices) -> str:
        """What stands on the line to be changed: what a person would type, if it is read as the same."""
        for text in self.prompts.ways_to_type(question, before) if before else ():
            with suppress(Mistake, Meant):
                cells = self.reader.cells(question, text, offered)
                if cells == self.reader.cells(question, before, offered):
                    return text
        return before

    def offered(self, question: Question, offered: Choices) -> Choices:
        """The choices that are shown."""
        return offered

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any]) -> str:
        """The answer that Enter takes: a likely one."""
        return self.prompts.default(question, offered, values)

    def understood(self, question: Question, text: str, offered: Choices) -> str:
        """What an answer would be read as; empty where it cannot be read yet."""
        try:
            return self.prompts.echo(question, self.read_cells(question, text, offered))
        except Meant as meant:
            return f"{self.prompts.name_of(question.columns[0], meant.code)}?"
        except Mistake:
            return ""

    def read_cells(self, question: Question, text: str, offered: Choices) -> Cells:
        """The cells of an answer; a number may have the unit that others tell. Raises Mistake, or Meant."""
        name, known = question.columns[0].name, self.known.at(self.log)
        bare = self.model.without_units({**self.all_cells(), name: text}, known)[name]
        return self.reader.cells(question, bare, offered)

    def read(self, question: Question, text: str, offered: Choices, enter: str = "") -> Cells:
        """The cells of an answer, told in words unless it is `enter`; what is nearly a value is asked about.

        Raises Mistake.
        """
        if fold_text(text) in NEW and (new := self.add_new(question)):
            return new
        try:
            cells = self.read_cells(question, text, offered)
        except Meant as meant:
            name = self.prompts.name_of(question.columns[0], meant.code)
            if not self.talk.is_right(INDENT + self.talk.say("meant", text=meant.text, name=name), True):
                raise Mistake("another_then") from None
            return self.read(question, text.replace(meant.text, meant.code, 1), offered)
        except Mistake as mistake:
            if mistake.code == "not_an_organisation":
                raise Mistake("organisation_not_here", text=mistake.values["text"]) from None
            raise
        self.refuse(cells)
        if text != enter and self.prompts.is_news(question, text, cells):
            self.talk.tell(INDENT + self.prompts.echo(question, cells))
        return cells

    def refuse(self, cells: Cells) -> None:
        """Raise the mistake of a cell that cannot be written so."""
        entry = complete_entry(self.model, self.all_cells() | cells, self.year, self.today, None)
        for name, mistake in entry.mistakes:
            if cells.get(name):
                raise mistake

    def add_new(self, question: Question) -> Cells | None:
        """Who or what is asked for and new, where something can be added here."""
        return None
