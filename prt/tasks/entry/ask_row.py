"""`prt log KIND` on a terminal: the questions that matter, a summary, and nothing written before Save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prt.figures.entering import days_to_come, has_post, link_mistakes, posts_of
from prt.figures.questions import Question, questions
from prt.model.rows import checked
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices, Meant, Reader, boards_of, summary
from prt.tasks.entry.log_rows import complete_entry, refuse_names, report_mistakes, with_defaults
from prt.tasks.entry.odd import odd_of
from prt.tasks.entry.prompts import Prompts
from prt.text import fold_text

if TYPE_CHECKING:
    from prt.console.prompt import Asker
    from prt.figures.moved import Standings
    from prt.files.project import Year
    from prt.model.columns import Column, LogRecord
    from prt.model.rows import Entry

HELP = "Enter takes [ ], - empties, < goes back, ? explains, Ctrl-C writes nothing."


class Back(Exception):
    pass


class Dialogue:
    """One row being asked for. `given` are cells of the command line: they are not asked for again."""

    def __init__(
        self,
        model: type[LogRecord],
        year: Year,
        given: Mapping[str, str],
        standings: Standings,
        asker: Asker,
        *,
        today: dt.date,
        me: str | None = None,
        any_day: bool = False,
        anyway: bool = False,
        edited: Mapping[str, str] | None = None,
    ) -> None:
        self.model, self.log, self.year = model, model.log, year
        self.plan, self.known = year.plan, year.known
        self.asker = asker
        self.today, self.me, self.any_day, self.anyway = today, me, any_day, anyway
        self.given = with_defaults(model, given, today, me)
        names = {fold_text(row["name"]): row.id for row in year.project.names().values()}
        self.reader = Reader(model.log, year.known, today, boards_of(year.data), names, year.plan.window)
        self.prompts = Prompts(model, year, standings, names)
        self.cells: dict[str, str] = dict(edited or {})
        self.edited = bool(edited)
        self.known_mistakes = self.mistakes_of(edited) if edited else frozenset()
        self.done: list[str] = []  # the keys of the questions answered, in that order

    def run(self) -> Entry | None:
        """The row that the person agreed to, or None. KeyboardInterrupt or EOFError where the person left."""
        self.asker.tell(f"{HELP}\n")
        while True:
            self.ask_all()
            entry = complete_entry(self.model, self.row_cells(), self.year, self.today, self.me)
            entry = refuse_names(self.model, entry, self.year, self.anyway)
            if mistakes := self.new_mistakes(entry.mistakes):
                self.ask_again(mistakes)
                continue
            self.asker.tell("\n".join(["", *(f"  {line}" for line in summary(entry, self.plan))]))
            odd = [] if self.anyway else self.new_mistakes(odd_of(entry, self.year))
            for name, mistake in odd:
                self.asker.tell(f"      {name}: {mistake.what}. {mistake.remedy}")
            answer = self.save_or_not(sure=not odd)
            if answer in YES:
                return entry
            if answer in NO:
                return None
            self.done = self.done[:-1] if answer == "<" else []

    def mistakes_of(self, row: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        """What was wrong with a row before it was edited is not asked about."""
        entry = complete_entry(self.model, row, self.year, self.today, None)
        found = (*entry.mistakes, *odd_of(entry, self.year))
        return frozenset((name, mistake.what) for name, mistake in found)

    def new_mistakes(self, found: Iterable[tuple[str, Mistake]]) -> list[tuple[str, Mistake]]:
        return [(name, one) for name, one in found if (name, one.what) not in self.known_mistakes]

    def save_or_not(self, *, sure: bool) -> str:
        """Yes, no, edit, or `<` for the last question; else it is asked again. Enter saves what is `sure`."""
        prompt, yes = (
            ("Save? [Y/n/edit] > ", "Enter") if sure else ("Save it all the same? [y/n/edit] > ", "y")
        )
        answers = (*YES, *NO, *EDIT, "<") if sure else (*YES[1:], *NO, *EDIT, "<")
        while (answer := fold_text(self.asker.ask(prompt))) not in answers:
            self.asker.tell(f"      {yes} saves, n leaves without writing, edit asks again, < goes back.")
        return answer

    def ask_again(self, mistakes: Sequence[tuple[str, Mistake]]) -> None:
        """Say what is wrong with the row as a whole, and ask for it once more."""
        for name, mistake in mistakes:
            self.asker.tell(f"      {name}: {mistake.what}. {mistake.remedy}")
            self.cells.setdefault(name, self.given.pop(name, ""))
        wrong = {name for name, _ in mistakes}
        self.done = [key for key in self.done if key not in wrong] if wrong & set(self.done) else []

    def ask_all(self) -> None:
        """Until every question that matters has its answer; `<` takes back the last one."""
        while question := next((one for one in self.questions() if one.key not in self.done), None):
            try:
                self.cells |= self.answer(question)
                self.done.append(question.key)
            except Back:
                self.done = self.done[:-1]

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

    def all_cells(self) -> dict[str, str]:
        """What was given, and answered up to here."""
        answered = {name: text for name, text in self.cells.items() if self.key_of(name) in self.done}
        return answered | self.given

    def key_of(self, name: str) -> str:
        """The question that fills a column: one asks for all numbers of the feedback of a session."""
        pair = name in ("positive", "feedback_form") and "respondents" in self.model.indexes()
        return "respondents" if pair else name

    def row_cells(self) -> dict[str, str]:
        """The cells of the questions that still matter: an answer to another line's question stays behind."""
        keys = {one.key for one in self.questions()}
        return {name: text for name, text in self.cells.items() if self.key_of(name) in keys} | self.given

    def values(self) -> dict[str, Any]:
        """The value of each cell that is known; None of an answer left empty."""
        cells = self.all_cells()
        row = checked(self.model, cells, self.known).row
        return {name: row[name] for name in cells}

    def posts(self) -> list[tuple[str, str]]:
        """What the person held on the day; nothing where either is not known yet."""
        values = self.values() if has_post(self.model) else {}
        if not values.get("person") or not values.get("date"):
            return []
        return posts_of(self.year.data, values["person"], values["date"], {})

    def answer(self, question: Question) -> dict[str, str]:
        """The cells of one answer that can be read."""
        values = self.values()
        offered = self.prompts.offered(question, values)
        default = self.default(question, offered, values)
        for line in self.prompts.above(question, offered, default, values):
            self.asker.tell(line)
        prompt = self.prompts.prompt(question, offered, default, values, self.today)
        while True:
            text = self.asker.ask(prompt, self.prompts.completions(question, offered))
            prompt = f"{self.prompts.text(question)}? > "
            if text == "<":
                raise Back
            if text == "?":
                self.asker.tell("\n".join(self.prompts.explain(question)))
                continue
            try:
                return self.read(question, "" if text == "-" else text or default, offered)
            except Mistake as mistake:
                self.asker.tell(f"      {mistake.what}. {mistake.remedy}".rstrip())

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any]) -> str:
        """The answer given before, where the person went back; else what is likely."""
        before = " ".join(self.cells.get(column.name, "") for column in question.columns).strip()
        return before or self.prompts.default(question, offered, values, self.today)

    def read(self, question: Question, text: str, offered: Choices) -> dict[str, str]:
        """The cells of an answer; a word that is nearly a value is asked about. Raises Mistake."""
        try:
            cells = self.reader.cells(question, text, offered)
        except Meant as meant:
            name = self.prompts.name_of(question.columns[0], meant.code)
            if not self.agreed(f'      "{meant.text}"? Did you mean {name}? [Y] > '):
                raise Mistake("not_known", text=meant.text) from None
            return self.read(question, text.replace(meant.text, meant.code, 1), offered)
        self.refuse(cells)
        kept = all(self.cells.get(name) == cell for name, cell in cells.items())
        if not kept and (echo := self.prompts.echo(question, text, cells)):
            self.asker.tell(echo)
        return cells

    def agreed(self, prompt: str) -> bool:
        return fold_text(self.asker.ask(prompt)) in YES

    def refuse(self, cells: Mapping[str, str]) -> None:
        """Raise the mistake of cells that contradict others, or name what is not there or not in the year."""
        entry = checked(self.model, self.all_cells() | dict(cells), self.known)
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


YES = ("", "y", "yes", "o", "oui")
NO = ("n", "no", "non")
EDIT = ("e", "edit")
