"""`prt log KIND` on a terminal: the questions that matter, a summary, and nothing written before Save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from prt.console.dialogue.talk import INDENT, Talk
from prt.figures.entering import days_to_come, has_post, link_mistakes, posts_of
from prt.figures.questions import Question, questions
from prt.figures.standings import standings
from prt.files.project import Year
from prt.model.cells import OrganisationCell, cell_of_one, names_person
from prt.model.columns import Column, LogRecord
from prt.model.records import MEETING, NameRecord
from prt.model.rows import Entry, read_entry
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices
from prt.tasks.entry.doubtful_rows import odd_of
from prt.tasks.entry.like_form import LikeForm
from prt.tasks.entry.log_rows import complete_entry, refuse_names, report_mistakes, with_defaults
from prt.tasks.entry.newcomers import add_new_rows, ask_newcomer
from prt.tasks.entry.prompts import MOST_LISTED, Cells
from prt.tasks.entry.summary import summary
from prt.tasks.entry.waiting_answers import NewRows
from prt.text import fold_text


class Dialogue(LikeForm):
    """One row of a log. `given` are cells of the command line: they are not asked for again."""

    model: type[LogRecord]

    def __init__(
        self,
        model: type[LogRecord],
        year: Year,
        given: Mapping[str, str],
        talk: Talk,
        *,
        today: dt.date,
        me: str | None = None,
        any_day: bool = False,
        anyway: bool = False,
        edited: Mapping[str, str] | None = None,
        kind: str = "",
        leads_back: bool = False,
    ) -> None:
        self.me, self.any_day, self.anyway, self.kind = me, any_day, anyway, kind
        self.leads_back = leads_back
        """Is there something before the first question, so that `<` leaves it?"""
        self.edited, self.known_mistakes = edited or {}, frozenset[tuple[str, str]]()
        self.may_be_like = not edited
        filled = with_defaults(model, given, today, me)
        stand = standings(year.evaluate(today), model.log)
        super().__init__(talk, model, year, filled, today=today, standings=stand)
        self.cells = dict.fromkeys(model.header(), "") | dict(edited) if edited else {}
        if edited:
            self.known_mistakes = self.mistakes_of(edited)

    def run(self) -> Entry | None:
        """The row that the person agreed to, or None. Left where the person left."""
        self.talk.tell_how()
        while True:
            if not self.fill():
                if self.leads_back:
                    return None
                self.talk.tell(INDENT + self.talk.say("first"))
                continue
            entry = complete_entry(self.model, self.row_cells(), self.year, self.today, self.me)
            entry = refuse_names(entry, self.year, self.anyway)
            if mistakes := self.new_mistakes(entry.mistakes):
                self.ask_wrong(mistakes)
                continue
            told = summary(entry, self.prompts.words, self.names, MOST_LISTED)
            self.talk.tell("\n".join(["", *(f"  {line}" for line in told)]))
            odd = [] if self.anyway else self.new_mistakes(odd_of(entry, self.year))
            self.tell_mistakes(odd)
            answer = self.agree_to_save(sure=not odd)
            if answer is not None:
                return entry if answer else None

    def mistakes_of(self, row: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        """What was wrong with a row before it was edited is not asked about."""
        entry = complete_entry(self.model, row, self.year, self.today, None)
        found = (*refuse_names(entry, self.year, self.anyway).mistakes, *odd_of(entry, self.year))
        return frozenset((name, mistake.what) for name, mistake in found)

    def new_mistakes(self, found: Iterable[tuple[str, Mistake]]) -> list[tuple[str, Mistake]]:
        return [(name, one) for name, one in found if (name, one.what) not in self.known_mistakes]

    def tell_mistakes(self, mistakes: Iterable[tuple[str, Mistake]]) -> None:
        for name, mistake in mistakes:
            self.talk.tell_mistake(mistake, self.prompts.words.column_name(self.log, name))

    def ask_wrong(self, mistakes: list[tuple[str, Mistake]]) -> None:
        """Say what is wrong with the row as a whole, and ask for those answers once more."""
        self.tell_mistakes(mistakes)
        for name, _ in mistakes:
            self.cells.setdefault(name, self.kept_of(name, self.given.pop(name, "")))
        wrong = {self.key_of(name) for name, _ in mistakes} & set(self.done)
        self.ask_again(wrong or self.done)

    def kept_of(self, name: str, text: str) -> str:
        """What of an option stands in the bracket: nothing, if Enter would be refused for it is no value."""
        column = self.model.column_named(name)
        try:
            return text if column and text and column.cell.read(text, self.known.at(self.log), name) else ""
        except Mistake:
            return ""

    def questions(self) -> list[Question]:
        posted = len(self.posts()) == 1
        asked = questions(
            self.model, self.plan, self.known, self.values(), planned=self.is_planned(), posted=posted
        )
        return [one for one in asked if not any(column.name in self.given for column in one.columns)]

    def columns(self) -> list[Column]:
        """The columns that the questions which still matter fill."""
        return [column for one in self.questions() for column in one.columns]

    def is_planned(self) -> bool:
        """A session on a day to come needs no more than its four first answers."""
        return "status" in self.model.indexes() and self.all_cells().get("date", "") > self.today.isoformat()

    def all_cells(self) -> Cells:
        """The cells that were given and those that were answered up to here."""
        answered = {name: text for name, text in self.cells.items() if self.key_of(name) in self.done}
        return answered | self.given

    def key_of(self, name: str) -> str:
        """The question that fills a column: one asks for all numbers of the feedback of a session."""
        pair = name in ("positive", "feedback_form") and "respondents" in self.model.indexes()
        return "respondents" if pair else name

    def row_cells(self) -> Cells:
        """The cells of the questions that still matter: an answer to another line's question stays behind."""
        keys = set(self.order())
        return {name: text for name, text in self.cells.items() if self.key_of(name) in keys} | self.given

    def posts(self) -> list[tuple[str, str]]:
        """What the person held on the day; nothing where either is not known yet."""
        values = self.values() if has_post(self.model) else {}
        if not values.get("person") or not values.get("date"):
            return []
        return posts_of(self.year.data, values["person"], values["date"], {})

    def offered(self, question: Question, offered: Choices) -> Choices:
        """The choices of a question; of lines those that have meetings, or the others."""
        if question.key != "line" or not self.kind:
            return offered
        return [one for one in offered if self.has_meetings(one[0]) == (self.kind == "meeting")] or offered

    def has_meetings(self, line: str) -> bool:
        """Does the plan speak of this line's meetings, or was one logged?"""
        labels = (one.label.en or "" for it in self.plan.lines() if it.id == line for one in it.indicators)
        rows = self.year.data.logs.get("sessions", ())
        return any("meeting" in fold_text(label) for label in labels) or any(
            row["line"] == line and row["format"] == MEETING for row in rows
        )

    def refuse(self, cells: Cells) -> None:
        """Raise the mistake of cells that contradict others, or name what is not there or not in the year."""
        entry = read_entry(self.model, self.all_cells() | cells, self.known)
        listed = {post["id"] for post in self.year.data.people}
        links = link_mistakes(self.plan, self.year.data, entry.row)
        typed = [] if self.edited else report_mistakes(self.year, entry.row)
        to_come = days_to_come(entry.row, self.today)
        for name, mistake in self.new_mistakes([*entry.mistakes, *links, *typed, *to_come]):
            if cells.get(name) and (name != "person" or cells[name] not in listed):
                raise mistake
        day = entry.row["date"] if cells.get("date") else None
        if day and not self.any_day and day not in self.plan.window:
            raise Mistake("outside_plan_year", day=day, year=self.plan.year)
        if self.kind == "meeting" and (line := cells.get("line")) and not self.has_meetings(line):
            asked = INDENT + self.talk.say("no_meetings", line=line)
            if not self.talk.is_right(asked, False):
                raise Mistake("another_then")

    def add_new(self, question: Question) -> Cells | None:
        """Ask for somebody or an organisation that is new. Raises Mistake where that is left."""
        cell = question.columns[0].cell
        is_body = isinstance(cell_of_one(cell), OrganisationCell)
        if not is_body and not names_person(cell):
            return None
        found = ask_newcomer(self.talk, "organisations" if is_body else "people", self.year, self.today)
        if found is None:
            raise Mistake("nothing_new")
        self.add_rows(found.rows)
        return {question.key: found.code}

    def add_rows(self, rows: NewRows) -> None:
        self.new_rows = [*self.new_rows, *rows]
        self.names |= {cells["id"]: cells["name"] for log, cells in rows if log == NameRecord.log}
        self.see(add_new_rows(self.year, rows))
