"""One answer of a dialogue: from what was typed to cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from prt import spoken
from prt.entry.persons import PersonFinder
from prt.figures.questions import OF_PLAN, Question
from prt.files.csv.edit import why_unreadable
from prt.model.calendar import Window, read_day
from prt.model.cells import (
    Cell,
    DayCell,
    Known,
    LineCell,
    OneOf,
    OrganisationCell,
    WordCell,
    cell_of_one,
    choices_list,
    names_person,
)
from prt.model.columns import Column, Record
from prt.model.records import LOGS
from prt.model.rows import describe_column
from prt.model.view import Data
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.summary import SpokenChoices
from prt.text import closest, compile_later, fold_text
from prt.values import dataclass

Choices = Sequence[tuple[str, str]]
"""(code, label) pairs."""
AND = ("et", "and", "&")
AND_FIRST = compile_later(r"^(?:et|and|&) ", re.IGNORECASE)
AND_BETWEEN = compile_later(r" (?:et|and|&) ", re.IGNORECASE)
FEWEST_LETTERS = 3
"""So many letters are enough as the beginning of an organisation's name."""


def is_numbered(log: str, column: str) -> bool:
    """Are the choices of a column a list made for the moment, of which a number names one?"""
    return log in LOGS and (column == "session" or column in LOGS[log].offered_by)


class Meant(Exception):
    """Raised where an answer, `text`, is no value but close to one, `code`."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


@dataclass(frozen=True)
class Reader:
    """How answers to one log are read. `boards` are what `all` stands for; `finder` knows who is meant;
    a day without a year is one of `year`; `words` are those of every language."""

    log: str
    known: Known
    today: dt.date
    boards: Sequence[str] = ()
    finder: PersonFinder | None = None
    year: Window | None = None
    words: Sequence[Words] = ()

    def cells(self, question: Question, text: str, offered: Choices) -> dict[str, str]:
        """The cells that an answer fills; an empty text empties them. Raises Mistake, or Meant."""
        if strange := why_unreadable(text):
            raise strange
        if len(question.columns) > 1:
            return self.feedback(question, text)
        column = question.columns[0]
        choices = self.choices(column, offered)
        if not text and question.required:
            if choices:
                raise Mistake("choose_one", choices=choices)
            raise Mistake("answer_needed", wanted=describe_column(column, self.known.at(self.log)))
        try:
            return {column.name: self.one(column, text, offered) if text else ""}
        except Mistake as mistake:
            if choices and "hint" in mistake.values:
                mistake.values["choices"] = choices
            raise

    def choices(self, column: Column, offered: Choices) -> SpokenChoices | None:
        """What may be written, in words: what is offered, else every value of the column."""
        cell = cell_of_one(column.cell)
        every = cell.choices(self.known.at(self.log), column.name)
        codes = [code for code, _ in offered] or [*map(str, every)]
        return SpokenChoices(self.log, column, codes, self.words) if codes and self.words else None

    def feedback(self, question: Question, text: str) -> dict[str, str]:
        """`17 15`: seventeen answered, fifteen of them positive; `no`: there was no form."""
        if fold_text(text) in ("no", "non", "none"):
            return dict.fromkeys((one.name for one in question.columns), "") | {"feedback_form": "no"}
        parts = re.split(r"[ ,;/]+", text.strip()) if text else []
        if len(parts) > len(question.columns):
            raise Mistake("more_than_two_numbers", text=text)
        if len(parts) == 1 and parts[0].strip("0").isdecimal():
            raise Mistake("how_many_positive", text=parts[0])
        parts += [""] * (len(question.columns) - len(parts))
        cells = {one.name: self.one(one, part, ()) for one, part in zip(question.columns, parts, strict=True)}
        return cells | {"feedback_form": ""}

    def one(self, column: Column, text: str, offered: Choices) -> str:
        """The cell of one column."""
        if not text:
            return ""
        if isinstance(column.cell, DayCell):
            return read_day(text, self.today, self.year).isoformat()
        if not column.cell.many:
            return self.value(column, text, offered)
        if is_all(column, text):
            return column.cell.write(tuple(self.boards))
        parts = [one for part in re.split("[,;]", text) for one in self.split(column.cell, column.name, part)]
        return column.cell.write(tuple(dict.fromkeys(self.value(column, part, offered) for part in parts)))

    def split(self, cell: Cell, name: str, part: str) -> list[str]:
        """The values of `rsb et lbpsb` or `rsb lbpsb`: a text that is no value, if its words are."""
        part = AND_FIRST.sub("", part.strip())
        words = [one for one in part.split() if fold_text(one) not in AND]
        if len(words) > 1 and not self.is_value(cell, name, part):
            sides = [one.strip() for one in AND_BETWEEN.split(part)]
            found = (some for some in (sides, words) if all(self.is_value(cell, name, one) for one in some))
            return next(found, sides)
        return [part] if part else []

    def is_value(self, cell: Cell, name: str, text: str) -> bool:
        """Is a text one of the values as it is?"""
        try:
            cell_of_one(cell).read(text, self.known.at(self.log), name)
        except Mistake:
            return False
        return True

    def value(self, column: Column, text: str, offered: Choices) -> str:
        """One value: a code, a label, another spelling or a beginning; of rows the number in their list."""
        is_number = is_numbered(self.log, column.name) and text.isascii() and text.isdigit()
        if is_number and 1 <= int(text) <= len(offered):
            return offered[int(text) - 1][0]
        if names_person(column.cell) and self.finder:
            text = self.person(text, self.finder, column.name in LOGS[self.log].workers)
        cell = cell_of_one(column.cell)
        try:
            return cell.write(cell.read(text, self.known.at(self.log), column.name))
        except Mistake as mistake:
            if code := self.begun(column, text, offered) or self.closest(column, text):
                return code
            if offered and not isinstance(cell, OrganisationCell):
                choices = self.choices(column, offered) or choices_list([code for code, _ in offered])
                raise Mistake("not_offered", mistake=mistake.told_at("question"), choices=choices) from None
            raise

    def person(self, text: str, finder: PersonFinder, team: bool) -> str:
        """The id of the one person who is meant; one who may be is Meant, several are listed."""
        found = finder.find(text, team=team)
        if found.kind == "candidates" and len(found.persons) == 1:
            raise Meant(text, found.persons[0])
        if found.kind == "candidates":
            raise finder.person_may_be(text, found)
        return found.taken or text

    def begun(self, column: Column, text: str, offered: Choices) -> str:
        """The one code of those offered, or of all, with a spelling that begins so. Several are asked."""
        typed, codes = fold_text(text), [code for code, _ in offered]
        fewest = FEWEST_LETTERS if isinstance(cell_of_one(column.cell), OrganisationCell) else 1
        if len(typed) < fewest:
            return ""
        spellings = self.spellings(column)
        if typed in spellings:
            return spellings[typed]
        found = [code for spelling, code in spellings.items() if spelling.startswith(typed)]
        if isinstance(column.cell, OF_PLAN) and not found:
            found = [code for spelling, code in spellings.items() if f" {typed} " in f" {spelling} "]
        found = list(dict.fromkeys(code for code in found if not codes or code in codes))
        if len(found) > 1:
            labels = {} if isinstance(column.cell, OF_PLAN) else self.labels(column, found) | dict(offered)
            raise Mistake(
                "several_begin_so", text=text, choices=" / ".join(labels.get(one, one) for one in found)
            )
        return found[0] if found else ""

    def labels(self, column: Column, codes: Sequence[str]) -> dict[str, str]:
        """What the person reads of codes."""
        said = SpokenChoices(self.log, column, codes, self.words)
        own = said.by_language.get(spoken.language)
        return {code: said.say(code, own) for code in codes} if own else {}

    def closest(self, column: Column, text: str) -> str:
        """Nothing; but the code that is spelt most like it is Meant."""
        spellings = self.spellings(column)
        if close := closest(fold_text(text), spellings):
            raise Meant(text, spellings[close])
        return ""

    def spellings(self, column: Column) -> dict[str, str]:
        """Every way to write the values of a column, in both languages: the code of each, folded."""
        cell, known = cell_of_one(column.cell), self.known.at(self.log)
        if isinstance(cell, OrganisationCell):
            return dict(known.organisations)
        codes = [str(code) for code in cell.choices(known, column.name)]
        own = known.words(column.name) or {}
        if isinstance(cell, OneOf):
            own = cell.spellings_in(known, column.name)
        labels = {
            fold_text(words.label(self.log, column.name, code)): code
            for words in self.words
            for code in codes
        }
        if isinstance(cell, OF_PLAN):
            own = known.line_labels if isinstance(cell, LineCell) else known.indicator_labels
        plain = {fold_text(code.replace("-", " ")): code for code in codes}
        return {fold_text(code): code for code in codes} | plain | labels | dict(own)


def read_words(
    model: type[Record], cells: Mapping[str, str], known: Known, make_reader: Callable[[], Reader]
) -> tuple[dict[str, str], list[tuple[str, Mistake]]]:
    """The cells with the words that a prompt takes for a value of the plan as that value: a label in either
    language, a beginning, commas between several. What is none of these stays as it is; a beginning of
    several values is a mistake."""
    found, wrong = dict(cells), []
    for name, text in cells.items():
        column = model.column_named(name)
        if text and column and takes_words(column):
            try:
                column.cell.read(text, known.at(model.log), name)
            except Mistake:
                try:
                    found[name] = make_reader().one(column, text, ())
                except Mistake as mistake:
                    wrong += [(name, mistake)] if mistake.code == "several_begin_so" else []
                except Meant:
                    pass
    return found, wrong


def takes_words(column: Column) -> bool:
    """Are its values words of a list, of the plan or of the program, organisations, or of the plan itself?"""
    return isinstance(cell_of_one(column.cell), (OneOf, WordCell, OrganisationCell, *OF_PLAN))


def is_all(column: Column, text: str) -> bool:
    """Does `all` stand for every board here?"""
    cell = column.cell
    several = cell.many and isinstance(cell_of_one(cell), OrganisationCell)
    return several and fold_text(text) in ("all", "tous", "toutes")


def boards_of(data: Data) -> list[str]:
    """The codes of the boards that the plan counts: what `all` stands for."""
    return [row["code"] for row in data.organisations if row["counts_as_board"]]
