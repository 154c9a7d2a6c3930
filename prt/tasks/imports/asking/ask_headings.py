"""What the headings of a sheet stand for that nobody knows yet, and one value for what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, in_columns
from prt.figures.questions import choices
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.imports.export import Export
from prt.imports.plain.heading_words import column_spellings, say_column
from prt.imports.plain.headings import CONSTANT, Headings, map_headings, may_be_constant, unfilled_columns
from prt.model.columns import LogRecord
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.waiting_answers import CellsForm
from prt.text import fold_text

ABOUT_MISTAKES = ("more_mistakes", "all_or_none")
"""What is said of all mistakes, after them."""


class HeadingForm(CellsForm):
    """The headings that nobody knows, then the columns that none of them is. An answer is one pair, as in
    `--column` and `--value`: a heading, folded, with its column, or "" where it is left behind. `offered` are
    values that a sheet of these headings had earlier."""

    def __init__(
        self,
        export: Export,
        model: type[LogRecord],
        year: Year,
        given: Mapping[str, str],
        known: Mapping[str, str],
        offered: Mapping[str, str],
    ) -> None:
        super().__init__(terminal.open_talk())
        self.offered = offered
        self.export, self.model, self.year, self.given, self.known = export, model, year, given, known
        self.columns, self.said = column_spellings(model), dict[str, str]()
        self.me = context.me(year.project.root)
        left = self.map(given).left
        self.left = [one for one in left if fold_text(one) not in given]
        self.headings = [one for one in self.left if fold_text(one) not in known]

    def ask(self) -> dict[str, str]:
        """Ask for what is not given. The columns that were given or answered; each answer is remembered."""
        if next(iter(self.order()), None) and not self.done:
            names = ", ".join(say_column(self.model, name) for name in self.model.header()[1:])
            self.talk.tell(say_phrase("columns_of", log=self.model.log, columns=names))
        while not self.fill():
            self.talk.tell(INDENT + self.talk.say("first"))
        keys = {self.key_of(one) for one in self.order()}
        return {**self.given, **{key: text for key, text in self.said.items() if key in keys}}

    def step_back(self) -> bool:
        """Before the first question stand the headings that an earlier sheet left behind."""
        if super().step_back():
            return True
        earlier = [one for one in self.left if one not in self.headings]
        self.headings += earlier
        return bool(earlier)

    def goes_back(self, error: PrtError) -> bool:
        """Does somebody answer again, after these mistakes? It is asked where one may be of an answer."""
        for text in error.texts:
            context.say(text)
        if not any(map(self.may_be_answered, error.problems)):
            return False
        again = self.talk.is_agreed(self.talk.say("headings_again"), True)
        self.ask_again(list(self.done))
        return again

    def may_be_answered(self, problem: Problem | Mistake) -> bool:
        """May another answer put it right? Not where it stands under a heading that was not asked about."""
        if not isinstance(problem, Problem):
            return problem.code not in ABOUT_MISTAKES
        known = {one for one in self.export.header if fold_text(one) not in self.said}
        return problem.where.path not in known

    def order(self) -> Sequence[str]:
        lacking = unfilled_columns(
            self.model, self.found(), self.model.worker_columns()[:1] if self.me else ()
        )
        asked = [key for key in self.said if key.startswith(CONSTANT) and self.is_column_free(key)]
        constants = [f"{CONSTANT}{name}" for name in lacking if may_be_constant(name)]
        return [*self.headings, *dict.fromkeys([*asked, *constants])]

    def found(self) -> Headings:
        """The columns by the answers so far."""
        return self.map({**self.given, **self.said})

    def map(self, said: Mapping[str, str]) -> Headings:
        return map_headings(self.model, self.export.header, said, self.known, texts=self.export.columns)

    def is_column_free(self, key: str) -> bool:
        return key.removeprefix(CONSTANT) not in self.found().columns.values()

    def key_of(self, key: str) -> str:
        return key if key.startswith(CONSTANT) else fold_text(key)

    def inquiry(self, key: str) -> Inquiry[Cells]:
        return self.ask_value(key) if key.startswith(CONSTANT) else self.ask_column(key)

    def ask_column(self, heading: str) -> Inquiry[Cells]:
        name = self.said.get(fold_text(heading), "")
        before = name and say_column(self.model, name)
        return Inquiry(
            self.talk.say("heading", heading=heading),
            lambda text: {fold_text(heading): self.read_column(heading, text)},
            enter=before,
            bracket=before,
            hint=self.talk.say("heading_hint"),
            words=list(self.columns),
            explain=self.column_lines,
            understood=lambda text: self.columns.get(fold_text(text), ""),
            text=before,
        )

    def column_lines(self) -> list[str]:
        """Every column once, by its word on the screen."""
        shown = dict.fromkeys(say_column(self.model, name) for name in self.model.header()[1:])
        return list(in_columns([*shown]))

    def read_column(self, heading: str, text: str) -> str:
        column = self.columns.get(fold_text(text), "") if text else ""
        if text and not column:
            raise Mistake("no_column_so_called", text=text)
        words = {**self.given, **self.said, fold_text(heading): ""}
        taken = self.map(words).columns
        if found := [one for one, name in taken.items() if column and name == column]:
            raise Mistake("column_taken", column=say_column(self.model, column), heading=found[0])
        return column

    def ask_value(self, key: str) -> Inquiry[Cells]:
        name, before = key.removeprefix(CONSTANT), self.said.get(key, self.offered.get(key, ""))
        column = self.model.column_named(name)
        assert column is not None
        found = choices(self.model, column, self.year.plan, self.year.known, {})
        return Inquiry(
            self.talk.say("value_of_all", column=say_column(self.model, name)),
            lambda text: {key: self.read_value(name, text)},
            enter=before,
            bracket=before,
            hint=self.talk.say("value_hint" if self.left else "value_hint_alone"),
            words=[word for pair in found for word in pair],
            explain=lambda: [f"{INDENT}{code}  {label}" for code, label in found],
            text=before,
        )

    def read_value(self, name: str, text: str) -> str:
        """The value as the log writes it."""
        if not text:
            raise Mistake("value_needed", column=say_column(self.model, name))
        entry = complete_entry(self.model, {name: text}, self.year, context.today(), self.me)
        for wrong, mistake in entry.mistakes:
            if wrong == name:
                raise mistake
        return entry.cells[name]

    def keep(self, key: str, answer: Cells) -> None:
        self.said |= answer

    def in_words(self, key: str, answer: Cells) -> str:
        [text] = answer.values() or [""]
        name = key.removeprefix(CONSTANT)
        if name != key:
            return f"{say_column(self.model, name)} = {text}"
        return f"{key} = {say_column(self.model, text)}" if text else ""
