"""What a question looks like: its choices, its default, its hint, and what an answer is echoed as."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, WIDTH, Talk, in_columns
from prt.entry.carry import last_texts
from prt.entry.lexicon import is_board
from prt.figures.entering import say_post
from prt.figures.questions import Question, accepted_values, asked_for, choices, counts_heads
from prt.figures.standings import Standings
from prt.files.project import Year
from prt.model.cells import (
    DayCell,
    HoursCell,
    Known,
    LineCell,
    NumberCell,
    OneOf,
    OrganisationCell,
    TextCell,
    WordCell,
    YesNoCell,
    cell_of_one,
    decimals_of,
    names_person,
)
from prt.model.columns import Column, Record
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.text import LANGUAGES, unit_text
from prt.output.numbers import format_exact
from prt.output.screens.hours_lines import short_day
from prt.output.screens.moves import base_text, value_text
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices, is_numbered
from prt.tasks.entry.summary import SpokenChoices, spoken_code, spoken_codes
from prt.text import fold_text, join_labels

Cells = dict[str, str]
MOST_LISTED = 12


class Prompts:
    """Questions of one log as they stand on the screen, in the language of the talk."""

    def __init__(
        self,
        model: type[Record],
        year: Year,
        standings: Standings,
        names: Mapping[str, str],
        talk: Talk,
        today: dt.date,
    ) -> None:
        self.model, self.log = model, model.log
        self.plan, self.known, self.data = year.plan, year.known, year.data
        self.standings, self.names, self.talk, self.today = standings, names, talk, today
        self.both = [Words(one, year.plan, year.data.organisations) for one in LANGUAGES]
        self.words = self.both[LANGUAGES.index(talk.language)]

    def text(self, question: Question) -> str:
        """What is asked for: `How long`, or the name of the column."""
        own = self.words.word_of_column("question", self.log, question.key)
        name = own or self.column_text(question.columns[0])
        return name[0].upper() + name[1:]

    def column_text(self, column: Column) -> str:
        """What a column is called; its description where it has no word, as those of the incidents."""
        words = (self.words.word_of_column(topic, self.log, column.name) for topic in ("column", "question"))
        return next(filter(None, words), column.description)

    def inquiry(
        self,
        question: Question,
        offered: Choices,
        values: Mapping[str, Any],
        read: Callable[[str], Cells],
        understood: Callable[[str], str],
        default: str,
        shown: str,
    ) -> Inquiry[Cells]:
        """The question; short choices stand beside it, others above it."""
        bracket = self.spoken(question, default) if default else ""
        free = not default and not question.required
        optional = f"({self.words('hint.optional')})" if free and offered else ""
        listed = [self.with_standing(question, code, text, values) for code, text in offered]
        beside = " / ".join(listed)
        prompt = f"{self.text(question)}?"
        if not offered:
            beside = self.hint(question, values)
        elif self.is_listed(question) or len(f"{prompt} [{bracket}]  {beside} {optional} > ") > WIDTH:
            beside = ""
        if beside and not offered:
            beside = f"({beside})"
        return Inquiry(
            prompt,
            read,
            enter=default,
            bracket=bracket,
            hint=" ".join(filter(None, (beside, optional, self.new_hint(question)))),
            above=() if beside or not offered else self.list_choices(question, listed),
            words=self.completions(question, offered),
            explain=lambda: list(self.explain(question, offered)),
            understood=understood,
            text=shown,
        )

    def new_hint(self, question: Question) -> str:
        """`(n = new)` where a person or an organisation may be added on the spot."""
        cell = question.columns[0].cell
        addable = isinstance(cell_of_one(cell), OrganisationCell) or names_person(cell)
        return f"({self.words('ask.new')})" if addable and self.log in LOGS else ""

    def is_listed(self, question: Question) -> bool:
        """Does each choice have a line of its own?"""
        return self.talk.plain or question.key == "line" or is_numbered(self.log, question.key)

    def list_choices(self, question: Question, shown: list[str]) -> list[str]:
        if is_numbered(self.log, question.key):
            shown = [f"{number:>2}  {text}" for number, text in enumerate(shown, 1)]
        return [f"    {text}" for text in shown] if self.talk.plain else in_columns(shown)

    def offered(self, question: Question, values: Mapping[str, Any]) -> Choices:
        """The choices; none where there are too many, or any text will do."""
        column = question.columns[0]
        if len(question.columns) > 1:
            return []
        if column.name == "session":
            rows = self.data.logs[self.model.parent][: -MOST_LISTED - 1 : -1]
            return [(row.id, f"{self.words.weekday(row['date'])}  {row.title}") for row in rows]
        if by := self.model.offered_by.get(column.name):
            found = last_texts(self.model, column.name, values.get(by, ""), self.data, ())
            return [(one, one) for one in found]
        allowed = self.choices(column, values)
        if len(allowed) > MOST_LISTED or column.cell.many or names_person(column.cell):
            return []
        return [(code, self.label(column, code)) for code, _ in allowed]

    def choices(self, column: Column, values: Mapping[str, Any]) -> Choices:
        """Every value that is allowed; of the column of a school board no partner."""
        found = choices(self.model, column, self.plan, self.known, values)  # type: ignore[arg-type]
        if column.name not in ("board", "boards"):
            return found
        others = {
            row["code"]
            for row in self.data.organisations
            if not is_board(row["type"], row["counts_as_board"])
        }
        return [(code, label) for code, label in found if code not in others]

    def label(self, column: Column, code: str) -> str:
        """What a person reads of one value."""
        if isinstance(column.cell, LineCell):
            return f"{code:<4}  {self.plan.called(code).to(self.talk.language)}"
        if isinstance(column.cell, OrganisationCell):
            return code
        if isinstance(column.cell, YesNoCell):
            return self.words(f"value.any.{code}")
        return spoken_code(self.words, self.log, column.name, code)

    def with_standing(self, question: Question, code: str, text: str, values: Mapping[str, Any]) -> str:
        """`choice (2 of 10)`: where the target stands that asks for this value alone."""
        column = question.columns[0]
        if isinstance(column.cell, YesNoCell) or question.key in ("line", "format", "session"):
            return text
        name = asked_for(self.plan, self.known, question.key, code, self.log, values)
        one, language = self.standings.get(name), self.talk.language
        return f"{text} ({value_text(one, language)}{base_text(one, one, language)})" if one else text

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any]) -> str:
        """What Enter takes: today, the one value that counts, what the line had last, what empty means."""
        column = question.columns[0]
        if column.name == "date":
            return self.day_of_session(values.get("session")) or self.today.isoformat()
        wanted = accepted_values(self.plan, self.known, column.name, self.log, values)
        if question.required and len(wanted) == 1 and column.name != "line":
            return wanted[0]
        if column.name == "format" and (last := self.last_of_line(values.get("line"))):
            return str(last["format"])
        return column.empty if offered and isinstance(column.empty, str) else ""

    def day_of_session(self, wanted: str | None) -> str:
        """The day of the session that a presence belongs to."""
        found = [row for row in self.data.logs.get(self.model.parent, ()) if wanted and row.id == wanted]
        return found[0]["date"].isoformat() if found else ""

    def last_of_line(self, line: str | None) -> Row | None:
        rows = self.data.logs[self.log] if line else ()
        return next((row for row in reversed(rows) if row["line"] == line), None)

    def ways_to_type(self, question: Question, before: str) -> Iterator[str]:
        """What a person would type for a cell, the likeliest first: a name that one person alone has for the
        id, `6 févr.`, `1,25`, a label."""
        column = question.columns[0]
        if len(question.columns) > 1:
            return
        if names_person(column.cell):
            known = Counter(map(fold_text, self.names.values()))
            parts = ((one, self.names.get(one, "")) for one in before.split("; "))
            yield "; ".join(name if known[fold_text(name)] == 1 else one for one, name in parts)
        elif isinstance(column.cell, DayCell):
            with suppress(ValueError):
                day = dt.date.fromisoformat(before)
                yield from (short_day(day, self.words, weekday=False), self.words.date(day))
        else:
            yield self.spoken(question, before)

    def spoken(self, question: Question, default: str) -> str:
        """What stands in [ ]."""
        column = question.columns[0]
        if names_person(column.cell):
            return ", ".join(self.names.get(one, one) for one in default.split("; "))
        if isinstance(column.cell, YesNoCell):
            return self.label(column, default)
        if isinstance(column.cell, (HoursCell, NumberCell)):
            return self.spoken_number(column, default)
        if not isinstance(column.cell, DayCell):
            return spoken_codes(self.words, self.log, column, default)
        return self.spoken_day(default)

    def spoken_cell(self, column: Column, text: str) -> str:
        """One cell away from its question: `1,25 h`."""
        said = self.spoken(Question((column,)), text)
        return f"{said} h" if isinstance(column.cell, HoursCell) and said[-1:].isdigit() else said

    def spoken_number(self, column: Column, text: str) -> str:
        """`1,25`; of a text that is no number, or that no decimals write, the text."""
        try:
            value = column.cell.read(text, self.known, column.name)
        except Mistake:
            return text
        if not isinstance(value, Fraction) or decimals_of(value) is None:
            return text
        return format_exact(value, "", self.talk.language)

    def spoken_day(self, text: str) -> str:
        """`today, Fri 14 Feb 2025`; of a text that is no date the text, so that it can be corrected."""
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return text
        said = self.words.weekday(day)
        return self.words("ask.today", day=said) if day == self.today else said

    def hint(self, question: Question, values: Mapping[str, Any]) -> str:
        if question.key == "boards":
            boards = sum(bool(row["counts_as_board"]) for row in self.data.organisations)
            return self.words("ask.boards", n=str(boards))
        if question.key != "participants":
            return self.how_to_answer(question)
        heads = counts_heads(self.plan, values.get("line") or "")
        return self.words("ask.headcount" if heads else "ask.without_staff")

    def how_to_answer(self, question: Question) -> str:
        """How an answer may be written, and what an empty one means."""
        column, optional = question.columns[0], self.words("hint.optional")
        if column.own:
            how, empty = unit_text(column.cell.unit, self.talk.language), optional
        else:
            how = self.words.word_of_column("hint", self.log, question.key)
            empty = self.words.word_of_column("hint.empty", self.log, question.key)
        if question.required:
            return how
        return "; ".join(filter(None, (how, empty))) or optional

    def completions(self, question: Question, offered: Choices) -> list[str]:
        """What Tab completes: titles given before, codes and labels, names."""
        column = question.columns[0]
        if column.name == self.model.title_column and isinstance(column.cell, TextCell):
            return sorted({row[column.name] or "" for row in self.data.logs.get(self.log, ())})
        if names_person(column.cell):
            return list(self.names.values())
        found = self.choices(column, {})
        own = [(code, self.label(column, code)) for code, _ in found]
        return [text for pair in (*offered, *own) for text in pair if text]

    def explain(self, question: Question, offered: Choices) -> Iterator[str]:
        """What the columns are, and what may be written, in the words of the screen."""
        for one in question.columns:
            name, described = one.name, "" if lists_codes(one, self.known) else one.description
            may = self.may_write(one, offered)
            if self.talk.language == "fr":
                name, described = (
                    self.column_text(one),
                    self.words.word_of_column("described", self.log, one.name),
                )
                how = " / ".join(text for _, text in offered) or self.how_to_answer(question)
                how = "; ".join(filter(None, (how, self.list_codes(one))))
                may = f"({how})" if described and how else how
            end = "." if described and may[:1].isupper() and not described.endswith("?") else ""
            yield INDENT + self.words("ask.labelled", name=name, text=f"{described}{end} {may}".strip())
        if isinstance(question.columns[0].cell, DayCell):
            yield INDENT + self.words("ask.days")

    def may_write(self, column: Column, offered: Choices) -> str:
        """`One of: full day, half day.`: what is offered, or all, as the screen says it."""
        found = self.choices(column, {})
        codes = [code for code, _ in offered or found]
        if not codes:
            return f"Write {column.cell.says}."
        return f"One of: {SpokenChoices(self.log, column, codes, self.both).text('en')}"

    def list_codes(self, column: Column) -> str:
        """The values of a column that takes several, of very many the first."""
        codes = [code for code, _ in self.choices(column, {})] if column.cell.many else ()
        return join_labels(
            (spoken_codes(self.words, self.log, column, code) for code in codes), 2 * MOST_LISTED
        )

    def name_of(self, column: Column, code: str) -> str:
        """`LBPSB, Lester B. Pearson School Board`; `Zoé Tremblay, CDA, ETSB`; `1.4a PLC meetings`."""
        if isinstance(column.cell, LineCell):
            return " ".join(self.label(column, code).split())
        if names_person(column.cell):
            return self.name_of_person(code)
        rows = [row for row in self.data.organisations if row["code"] == code]
        return f"{code}, {rows[0][f'name_{self.talk.language}']}" if rows else self.label(column, code)

    def name_of_person(self, person: str) -> str:
        """The name and the posts, to whoever has the names; else the id."""
        posts = self.data.posts.get(person, ())
        roles = self.known.labels_of("role")
        held = [say_post(post["role"], post["board"], self.talk.language, roles) for post in posts[:1]]
        return ", ".join(filter(None, (self.names.get(person), *held))) or person

    def echo(self, question: Question, cells: Mapping[str, str]) -> str:
        """What was understood, in words."""
        column = question.columns[0]
        cell = cells.get(column.name, "")
        if not cell:
            return ""
        if isinstance(column.cell, DayCell):
            return self.words.weekday(dt.date.fromisoformat(cell))
        if column.cell.many:
            return spoken_codes(self.words, self.log, column, cell)
        if isinstance(column.cell, (LineCell, OrganisationCell)) or names_person(column.cell):
            return self.name_of(column, cell)
        if isinstance(column.cell, (OneOf, WordCell, YesNoCell)):
            return self.label(column, cell)
        again = self.log in LOGS and LOGS[self.log].given_again
        return self.given_before(cell) if again and column.name == self.model.title_column else ""

    def is_news(self, question: Question, text: str, cells: Mapping[str, str]) -> bool:
        """Does the echo say more than what was typed?"""
        echo = self.echo(question, cells)
        said = (fold_text(echo), fold_text(echo.replace(",", ";")))
        return bool(text and echo) and fold_text(text) not in said

    def given_before(self, title: str) -> str:
        earlier = [row for row in self.data.logs[self.log] if row[self.model.title_column] == title]
        days = [row["date"] if "date" in row.index else row.day for row in earlier[-1:]]
        return self.words("ask.given_before", day=self.words.weekday(days[0])) if days else ""


def lists_codes(column: Column, known: Known) -> bool:
    """Does the description name every code of the column? The screen has words for them."""
    codes = {*map(str, column.cell.choices(known, column.name))}
    return bool(codes) and codes <= {*re.findall(r"[\w-]+", column.description)}
