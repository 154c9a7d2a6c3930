"""Which rows count: a log or a selection of the plan, and what their columns must be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from prt.console.dialogue.inquiry import Choice, NoChoice, pick_by_word, refuse_empty
from prt.model.cells import (
    Cell,
    DayCell,
    LineCell,
    OrganisationCell,
    TextCell,
    YesNoCell,
    cell_of_one,
    names_person,
)
from prt.model.columns import Column
from prt.model.records import LOGS
from prt.model.rows import SESSION
from prt.model.selections import Selection, column_of, columns_in_plan, log_of, owner
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.answers import Meant, Reader, boards_of
from prt.tasks.find.find_logs import logs_by_word
from prt.tasks.plan.interview import Interview, PlanQuestion
from prt.tasks.plan.line_questions import LineAnswers, line_room
from prt.text import fold_text, join_labels, shorten, singular
from prt.values import replace

OF_LOG = "log:"
SAME = "same"
"""The rows that the same measure has read before."""
MOST_VALUES = 24
OPERATORS = re.compile(r"\s*(!=|=)\s*")
SPAN = re.compile(r"(.*?)\s*\.\.\s*(.*)")
NEITHER = re.compile(r"(?:not|sauf|pas)\s+(?=\S)", re.IGNORECASE)
NOTHING: Mapping[str, Any] = MappingProxyType({})
GIVEN, EMPTY = ("given", "rempli", "inscrit"), ("empty", "vide")

Source = dict[str, Any]
"""A selection as the plan writes it: `{log: sessions, where: {…}}`."""


def ask_rows(
    interview: Interview,
    key: str,
    prompt: str,
    line: LineAnswers | None,
    before: Source | None = None,
    about: str = "",
) -> Source:
    """A log or a selection, with conditions; `before` is what the measure has read already."""
    found = interview.ask(question_of_rows(interview, key, prompt, line, before is not None, about))
    if found == SAME and before is not None:
        return before
    source = {"log": found.removeprefix(OF_LOG)} if found.startswith(OF_LOG) else {"selection": found}
    log = log_of(as_selection(source), interview.plan.selections) or ""
    proposed = propose_condition(interview, source, line)
    where = ask_conditions(interview, key, log, proposed)
    return source | ({"where": where} if where else {})


def question_of_rows(
    interview: Interview, key: str, prompt: str, line: LineAnswers | None, again: bool, about: str
) -> PlanQuestion:
    """Which rows; where some were chosen before, `again`, Enter takes the same."""
    choices = [*selection_choices(interview, line), *log_choices(interview)]
    others = {name: name for name in interview.plan.selections}
    if again:
        same = interview.say("same_rows")
        choices.insert(0, Choice(SAME, [same, "same", "mêmes"], same))
    numbered = [one for one in choices if one.label]

    def read(text: str) -> str:
        refuse_empty(text)
        if text in others:
            return text
        try:
            return pick_by_word(text, numbered, numbered=True)
        except NoChoice:
            with suppress(NoChoice):
                return pick_by_word(singular(text), numbered)
            raise

    shown = {one.value: one.spellings[0] for one in choices}
    return PlanQuestion(
        key,
        prompt,
        read,
        enter=shown.get(SAME, ""),
        bracket=shown.get(SAME, ""),
        lines=[f"{at:>3}  {one.label}" for at, one in enumerate(numbered, 1)],
        words=[*(one.spellings[0] for one in choices), *others],
        codes=[*others, *LOGS],
        about="\n".join([about, interview.say("rows_help", names=join_labels(others))]).strip(),
        spell=lambda value: shown.get(value, value),
    )


def selection_choices(interview: Interview, line: LineAnswers | None) -> Iterator[Choice[str]]:
    """The selections that indicators of the line read."""
    known = interview.plan.selections
    indicators = line.known.indicators if line and line.known else ()
    read = (one for it in indicators for _, measure in it.measures() for _, one in measure.selections())
    for name in dict.fromkeys(one.selection for one in read if one.selection in known):
        assert name
        said = interview.words.rows(Selection(selection=name))
        yield Choice(
            name, [name], shorten(interview.words("ask.labelled", name=name, text=said), line_room() - 6)
        )


def log_choices(interview: Interview) -> Iterator[Choice[str]]:
    """Every log, by all words for its rows, in both languages."""
    for logs, words in logs_by_word().items():
        if len(logs) == 1:
            name = interview.words(f"log.{logs[0]}")
            spelt = [name, *(form for word in words for form in (word, singular(word)))]
            yield Choice(OF_LOG + logs[0], list(dict.fromkeys(spelt)), name)


def as_selection(source: Source) -> Selection:
    """The log or the selection that the rows are of, without its conditions."""
    return Selection(log=source.get("log"), selection=source.get("selection"))


def write_source(source: Source) -> Any:
    """A selection alone is written by its name."""
    return source["selection"] if source.keys() == {"selection"} else source


def propose_condition(interview: Interview, source: Source, line: LineAnswers | None) -> dict[str, Any]:
    """Rows of a log that have a line: those of this line."""
    log = source.get("log", "")
    column = LOGS[log].column_named("line") if log else None
    if column is None or line is None or not isinstance(column.cell, LineCell):
        return {}
    return {"line": line.id}


def ask_conditions(interview: Interview, key: str, log: str, proposed: dict[str, Any]) -> dict[str, Any]:
    """What columns of the rows must be: none, or one after the other until Enter. The keys of the questions
    have the log: of other rows they are others."""
    option = f"{key}.where"
    if option in interview.given:
        return given_conditions(interview, option, log)
    where, number, goes_on = dict[str, Any](), 1, True
    while goes_on:
        found = ask_condition(interview, f"{option}.{log}", number, log, proposed if number == 1 else {})
        where, number = where | found, number + 1
        goes_on = bool(found) or f"{option}.{log}.{number}" in interview.answers
    return where


def given_conditions(interview: Interview, option: str, log: str) -> dict[str, Any]:
    """Those of an option, with a `;` between two; each says its values. Raises Unanswered."""
    where: dict[str, Any] = {}
    conditions = Conditions(interview, log, where, lambda name: Mistake("condition_twice", column=name))
    for part in filter(None, map(str.strip, interview.given[option].split(";"))):
        question = replace(conditions.question(option, ""), read=partial(conditions.read_given, part))
        where |= json.loads(interview.ask(question))
    return where


def ask_condition(
    interview: Interview, option: str, number: int, log: str, proposed: dict[str, Any]
) -> dict[str, Any]:
    """One condition; an empty one where there is none to add. Of a column that is named alone the values are
    asked for."""
    key, others = f"{option}.{number}", other_columns(interview, option, number)
    conditions = Conditions(interview, log, others, lambda name: Mistake("condition_asked", column=name))
    prompt = interview.say("where" if number == 1 else "where_more")
    found = json.loads(interview.ask(conditions.question(key, prompt, proposed)) or "{}")
    if isinstance(found, str):
        found = json.loads(interview.ask(conditions.question_of_values(f"{key}.{found}", found)))
    return dict(found)


def other_columns(interview: Interview, option: str, number: int) -> list[str]:
    """The columns of the other conditions that are answered, those below it too: it may be asked again."""
    keys = (key for key in interview.answers if key.rpartition(".")[0] == option)
    answers = (interview.answers[key] for key in keys if key != f"{option}.{number}")
    found = (json.loads(answer) for answer in answers if answer)
    return [name for one in found for name in ([one] if isinstance(one, str) else one)]


class Conditions:
    """What the columns of a log, or of a roster, may be asked to be. An answer that is kept is JSON. A column
    has one condition: of those that are `said` another makes the mistake `twice`."""

    def __init__(
        self, interview: Interview, log: str, said: Collection[str], twice: Callable[[str], Mistake]
    ) -> None:
        self.interview, self.log, self.plan = interview, log, interview.plan
        self.said, self.twice = said, twice
        self.names = [name for name, one in columns_in_plan(self.plan, log) if is_asked(one)]

    def choices(self) -> list[Choice[str]]:
        found, taken = [], set[str]()
        for name in self.names:
            labels = [label_of(words, self.log, name) for words in self.interview.both]
            spelt = [name, *(one for one in labels if fold_text(one) not in taken)]
            taken |= set(map(fold_text, spelt))
            found.append(Choice(name, spelt, labels[0]))
        return found

    def question(self, key: str, prompt: str, proposed: Mapping[str, Any] = NOTHING) -> PlanQuestion:
        choices, taken = self.choices(), json.dumps({**proposed})
        said = self.spell(taken) if proposed else ""
        return PlanQuestion(
            key,
            prompt,
            lambda text: taken if said and text == said else self.read(text),
            enter=said,
            left_out="",
            bracket=said,
            hint="" if said else f"({self.interview.say('all_rows')})",
            beside=own_columns(choices) if key.endswith(".1") else (),
            more=[one.label for one in choices],
            words=[one.label for one in choices],
            about=self.interview.say("where_help"),
            spell=self.spell,
        )

    def question_of_values(self, key: str, name: str) -> PlanQuestion:
        column = column_of(self.plan, self.log, name)
        values = self.values_of(name)
        return PlanQuestion(
            key,
            f"{label_of(self.interview.words, self.log, name).capitalize()}?",
            lambda text: json.dumps({name: self.value(name, text)}),
            beside=values if len(values) <= MOST_VALUES else (),
            words=values,
            about=self.interview.say("values_help"),
            hint="" if values else f"({how_to_write(self.interview, column)})",
            spell=lambda answer: self.spell(answer).partition(" = ")[2],
        )

    def read(self, text: str) -> str:
        """`format = full day, half day`, `format != short`, or a column alone; "" for no condition."""
        if not text:
            return ""
        parts = OPERATORS.split(text, maxsplit=1)
        name = pick_by_word(parts[0], self.choices())
        if name in self.said:
            raise self.twice(label_of(self.interview.words, self.log, name))
        if len(parts) == 1:
            return json.dumps(name)
        return json.dumps({name: self.value(name, parts[2], none_of=parts[1] == "!=")})

    def read_given(self, text: str, option: str) -> str:
        """One condition of an option, which says its values."""
        if not OPERATORS.search(text):
            raise Mistake("condition_names_no_value", text=text)
        return self.read(text)

    def value(self, name: str, text: str, *, none_of: bool = False) -> Any:
        """What the plan writes of values: one, a list, or a mapping. No mapping says *not from … to*."""
        if found := NEITHER.match(text):
            text, none_of = text[found.end() :], True
        if fold_text(text) in GIVEN + EMPTY:
            return {"present": (fold_text(text) in GIVEN) is not none_of}
        column = column_of(self.plan, self.log, name)
        refuse_empty(text)
        if not none_of and (span := SPAN.fullmatch(text)) and can_have_span(column.cell):
            ends = {
                key: self.codes(name, one)[0]
                for key, one in zip(("from", "to"), span.groups(), strict=True)
                if one
            }
            return ends or self.codes(name, text)
        codes = self.codes(name, text)
        value = codes[0] if len(codes) == 1 else codes
        return {"not": value} if none_of else value

    def codes(self, name: str, text: str) -> list[str]:
        """The values of a text, as cells have them."""
        column, reader = column_of(self.plan, self.log, name), self.reader(name)
        free = isinstance(cell_of_one(column.cell), TextCell) and not self.values_of(name)
        parts = [text] if free else [one.strip() for one in re.split("[,;]", text) if one.strip()]
        try:
            found = [one for part in parts for one in reader.one(column, part, ()).split("; ")]
        except Meant as meant:
            raise Mistake(
                "not_this_but", text=meant.text, close=self.label_of_value(name, meant.code)
            ) from None
        self.interview.refuse_text(name, " ".join(found))
        return list(dict.fromkeys(found))

    def reader(self, name: str) -> Reader:
        year, log = self.interview.year, owner(self.log, name)
        return Reader(
            log,
            year.known,
            self.interview.today,
            boards_of(year.data),
            None,
            self.plan.window,
            self.interview.both,
        )

    def values_of(self, name: str) -> list[str]:
        """What may be written in a column, as the screen says it; nothing where any text may."""
        column, log = column_of(self.plan, self.log, name), owner(self.log, name)
        cell = cell_of_one(column.cell)
        if isinstance(cell, YesNoCell):
            return [self.interview.words(f"value.any.{one}") for one in ("yes", "no")]
        codes = cell.choices(self.interview.year.known.at(log), column.name)
        return [self.label_of_value(name, str(code)) for code in codes]

    def label_of_value(self, name: str, code: str) -> str:
        log, column = owner(self.log, name), column_of(self.plan, self.log, name)
        if isinstance(cell_of_one(column.cell), (LineCell, OrganisationCell)):
            return code
        return self.interview.words.label(log, column.name, code)

    def spell(self, answer: str) -> str:
        """`format = full-day, half-day`, as `read` takes it."""
        found = json.loads(answer) if answer else ""
        if isinstance(found, str):
            return label_of(self.interview.words, self.log, found) if found else ""
        return "; ".join(
            f"{label_of(self.interview.words, self.log, name)}{spell_value(value)}"
            for name, value in found.items()
        )


def spell_value(value: Any) -> str:
    """The values behind their column: ` = full-day, half-day`, ` != short`, ` = 2..4`."""
    sign = " = "
    if isinstance(value, dict) and "not" in value:
        sign, value = " != ", value["not"]
    if isinstance(value, dict) and "present" in value:
        value = GIVEN[0] if value["present"] else EMPTY[0]
    elif isinstance(value, dict):
        value = f"{value.get('from', '')}..{value.get('to', '')}"
    return sign + (join_labels(value) if isinstance(value, list) else str(value))


def is_asked(column: Column) -> bool:
    """May a condition be about it? Who is meant by name stands in no plan."""
    return not column.is_beside and not names_person(column.cell)


def label_of(words: Words, log: str, name: str) -> str:
    """What a column is called; of a session's in a row that belongs to one, with that word."""
    own = words.column_name(log, name)
    return words("adding.of_session", column=own) if name.startswith(SESSION) else own


def can_have_span(cell: Cell) -> bool:
    return cell.numeric or isinstance(cell, DayCell)


def how_to_write(interview: Interview, column: Column) -> str:
    """How the values of a column without a list are written."""
    if isinstance(column.cell, DayCell):
        return interview.say("days_hint")
    return interview.say("numbers_hint" if column.cell.numeric else "text_hint")


def own_columns(choices: Sequence[Choice[str]]) -> list[str]:
    """The columns of the rows themselves; those of their session are many, and seldom meant."""
    return [one.label for one in choices if not one.value.startswith(SESSION)]
