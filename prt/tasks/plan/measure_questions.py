"""What is counted: a kind of measure, and what its fields say must be asked of it.

A kind is asked for the fields that it needs, and for those that say `asked`: by what each field holds. So a
new kind of measure is offered here without a word in this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from prt.console.dialogue.inquiry import Choice, pick_by_word, refuse_empty
from prt.files.plan.pieces import WrongShape, read_piece
from prt.files.yaml.document import read_yaml
from prt.model.base import Field
from prt.model.cells import WholeCell
from prt.model.measures import KINDS, Measure, kind_name
from prt.model.measures.quantity import Quantity
from prt.model.plan import Plan, Reading
from prt.model.populations import AnyoneIn, Members, PeopleQuery
from prt.model.rules.measures import column_rules, kind_rules
from prt.model.rules.rule import Rule
from prt.model.selections import Selection, columns_in_plan, log_of
from prt.model.text import LANGUAGES, Text
from prt.problems import Mistake, errors
from prt.tasks.plan.interview import Interview, PlanQuestion, word_choices
from prt.tasks.plan.line_questions import LineAnswers
from prt.tasks.plan.row_questions import (
    Source,
    as_selection,
    ask_conditions,
    ask_rows,
    label_of,
    own_columns,
    write_source,
)
from prt.text import fold_text, join_labels
from prt.values import replace

Path = tuple[str | int, ...]
BOARDS = "boards"
"""The organisations that are counted as school boards."""
COUNT_AS_BOARDS = {"organisations": {"counts_as_board": "yes"}}
ROSTERS = ("people", "organisations")
ANY_ROWS = {"log": "sessions"}
PLACEHOLDER = "date"
MARKUP = re.compile(r"[`*]")


class MeasureInterview:
    """The questions of one measure; `value` is what the plan will say of it."""

    def __init__(self, interview: Interview, line: LineAnswers | None) -> None:
        self.interview, self.line, self.plan = interview, line, interview.plan
        self.value: dict[str, Any] = {}
        self.read: Source | None = None
        """The rows that were chosen last."""

    def ask(self) -> dict[str, Any]:
        """The whole measure. Raises Unanswered."""
        if "measure" in self.interview.given:
            return self.ask_written()
        kind = self.ask_kind()
        self.value["kind"] = kind_name(kind)
        for field in asked_fields(kind):
            found = self.ask_field(kind, field)
            if found not in (None, False, []):
                self.value[field.key] = found
        return in_order_of(kind.example, self.value)

    def ask_written(self) -> dict[str, Any]:
        """The measure as YAML, of an option."""
        question = PlanQuestion("measure", "", lambda text: text if written_measure(text, self.plan) else "")
        text = self.interview.ask(question)
        return written_measure(text, self.plan)

    def ask_kind(self) -> type[Measure]:
        names = {kind_name(kind): kind for kind in KINDS}
        first = {name: first_sentence(kind) for name, kind in names.items()}
        choices = word_choices(self.interview, "kind", names, first)
        say = self.interview.say
        return names[
            self.interview.choose("kind", say("what"), choices, numbered=True, about=say("what_help"))
        ]

    def ask_field(self, kind: type[Measure], field: Field) -> Any:
        """The value of one field, by what it may hold."""
        classes, key = set(classes_of(field.hint)), field.key
        prompt, about = self.prompt(field), self.describe(field)
        if Quantity in classes:
            return self.ask_quantity(kind, field, classes, prompt, about)
        if any(issubclass(one, Members) for one in classes):
            return self.ask_population(kind, field, prompt, about)
        if Selection in classes:
            return write_source(self.ask_rows(key, prompt, about))
        if bool in classes:
            return (
                self.interview.choose(
                    key, prompt, self.yes_or_no(), enter=self.no, bracket=self.no, about=about
                )
                == "yes"
            )
        if Text in classes:
            return self.ask_label(field, prompt, about)
        words = literals_of(field.hint)
        if int in classes or words:
            fitting = [one for one in words if self.fits(kind, {key: one})]
            return self.ask_word(field, fitting, int in classes, prompt, about)
        return self.ask_columns(
            kind, field, (key,), lambda name: self.value | {key: name}, prompt, about, needed=field.required
        )

    def prompt(self, field: Field) -> str:
        """What is asked: the words of the field of this kind, of any, or what the field says of itself."""
        for key in (f"adding.field.{self.value['kind']}.{field.key}", f"adding.field.any.{field.key}"):
            if key in self.interview.words:
                return self.interview.words(key)
        return f"{sentence(field.description or field.key)}?"

    def describe(self, field: Field) -> str:
        """What `?` says; in French the question says enough."""
        return sentence(field.description) if self.interview.language == "en" else ""

    def ask_label(self, field: Field, prompt: str, about: str) -> Any:
        """A text in both languages, or none."""
        own, other = sorted(LANGUAGES, key=lambda one: one != self.interview.language)
        found = {
            own: self.interview.ask_text(f"{field.key}.{own}", prompt, needed=field.required, about=about)
        }
        if found[own]:
            also = self.interview.say(f"label_{other}")
            found[other] = self.interview.ask_text(f"{field.key}.{other}", also)
        return {one: found[one] for one in LANGUAGES if found.get(one)} or None

    def fits(self, kind: type[Measure], more: dict[str, Any]) -> bool:
        """Do these values break no rule beside those that were chosen before?"""
        rules = rules_of(self.plan, kind, self.value | more) or []
        return not any(rule.path[0] in self.value or rule.path[0] in more for rule in rules)

    def ask_rows(self, key: str, prompt: str, about: str = "") -> Source:
        self.read = ask_rows(self.interview, key, prompt, self.line, self.read, about)
        return self.read

    @property
    def no(self) -> str:
        return self.interview.words("value.any.no")

    def yes_or_no(self) -> list[Choice[str]]:
        return [
            Choice(one, [words(f"value.any.{one}") for words in self.interview.both]) for one in ("yes", "no")
        ]

    def ask_word(self, field: Field, words: Sequence[str], number: bool, prompt: str, about: str) -> Any:
        """One of the words of a field, or a number where it takes one."""
        choices = word_choices(self.interview, "word", words, {})
        optional = not field.required
        usual = next((one.label for one in choices if one.value == field.default), "")

        def read(text: str) -> str:
            if number and text.isascii() and text.isdigit():
                return text
            if not text:
                refuse_empty("-" if optional else "")
                return ""
            return pick_by_word(text, choices) if choices else refuse_number(text)

        said = join_labels((one.label for one in choices), by=" / ")
        found = self.interview.ask(
            PlanQuestion(
                field.key,
                prompt,
                read,
                enter=usual,
                bracket=usual,
                words=[one.label for one in choices],
                hint=f"({said})" if said else "",
                about=about,
            )
        )
        if found in ("", field.default):
            return None
        return int(found) if found.isdigit() else found

    def ask_columns(
        self,
        kind: type[Measure],
        field: Field,
        path: Path,
        with_column: Callable[[Any], dict[str, Any]],
        prompt: str,
        about: str = "",
        *,
        needed: bool = True,
    ) -> Any:
        """A column of the rows that were chosen, or several; a text where the field names no column."""
        several = tuple in classes_of(field.hint)
        columns = judged_columns(self.plan, kind, path, with_column, several)
        if columns is None:
            return self.interview.ask_text(field.key, prompt, needed=needed, about=about) or None
        log = log_of(as_selection(self.read), self.plan.selections) if self.read else None
        assert log
        choices = {
            name: column_choice(name, [label_of(words, log, name) for words in self.interview.both])
            for name in columns
        }
        fitting = [choices[name] for name, mistake in columns.items() if mistake is None]
        others = [(choices[name], mistake) for name, mistake in columns.items() if mistake]
        question = question_of_columns(
            ".".join(map(str, path)), prompt, fitting, several, needed, others=others
        )
        found = self.interview.ask(replace(question, about=about))
        return (found.split(",") if several else found) if found else None

    def ask_quantity(
        self, kind: type[Measure], field: Field, classes: set[type], prompt: str, about: str
    ) -> Any:
        """A number of rows, the sum of a column, how many different values it has; or a population."""
        key = field.key
        populations = self.population_choices(kind, field) if PeopleQuery in classes else []
        choices = [*word_choices(self.interview, "quantity", quantities(), {}), *populations]
        found = self.interview.choose(key, prompt, choices, numbered=True, about=about)
        if found not in quantities():
            return self.ask_members(kind, field, found)
        rows = self.ask_rows(f"{key}.of", self.interview.say("rows"))
        source = write_source(rows)
        if Selection in set(classes_of(Quantity.fields[found].hint)):
            return {found: source}
        column = self.ask_columns(
            kind,
            Quantity.fields[found],
            (key, found),
            lambda name: self.value | {key: {found: name, "of": source}},
            self.interview.say("column"),
        )
        return {found: column, "of": source}

    def ask_population(self, kind: type[Measure], field: Field, prompt: str, about: str) -> Any:
        choices = self.population_choices(kind, field)
        none = self.interview.say("nobody")
        if not field.required:
            choices.insert(0, Choice("", [none], none))
        enter = "" if field.required else none
        found = self.interview.choose(
            field.key, prompt, choices, numbered=True, about=about, enter=enter, bracket=enter
        )
        return self.ask_members(kind, field, found) if found else None

    def population_choices(self, kind: type[Measure], field: Field) -> list[Choice[str]]:
        """Those that the columns chosen before can name."""
        tried = {
            BOARDS: COUNT_AS_BOARDS,
            "people": {"people": {}},
            "organisations": {"organisations": {}},
            "anyone_in": {"anyone_in": {"log": "sessions"}, "by": PLACEHOLDER},
        }
        fitting = [
            name
            for name, value in tried.items()
            if name == "anyone_in" or self.fits(kind, {field.key: value})
        ]
        return word_choices(self.interview, "population", fitting, {})

    def ask_members(self, kind: type[Measure], field: Field, found: str) -> dict[str, Any]:
        """The population of a choice, with what its members must be."""
        key = field.key
        if found == BOARDS:
            return dict(COUNT_AS_BOARDS)
        if found in ROSTERS:
            return {found: ask_conditions(self.interview, key, found, {})}
        before, rows = self.read, self.ask_rows(f"{key}.of", self.interview.say("rows"))
        source = write_source(rows)
        by = self.ask_columns(
            kind,
            AnyoneIn.fields["by"],
            (key, "by"),
            lambda name: self.value | {key: {found: source, "by": name}},
            self.interview.say("by"),
        )
        self.read = before or rows
        return {found: source, "by": by}


def question_of_columns(
    key: str,
    prompt: str,
    choices: Sequence[Choice[str]],
    several: bool,
    needed: bool,
    *,
    others: Sequence[tuple[Choice[str], Mistake]],
) -> PlanQuestion:
    """Which column, or which ones; Enter takes the only one that there is. Whoever names one of the others
    in full is told why it cannot be, and is not given another that begins so.
    """

    def read(text: str) -> str:
        if not text:
            refuse_empty("" if needed else "-")
            return ""
        if not choices:
            raise Mistake("no_column_fits")
        parts = [one.strip() for one in text.split(",")] if several else [text]
        for one in parts:
            refuse_other(one, choices, others)
        return ",".join(pick_by_word(one, choices) for one in parts)

    labels = {one.value: one.spellings[0] for one in choices}
    only = choices[0].spellings[0] if len(choices) == 1 else ""
    return PlanQuestion(
        key,
        prompt,
        read,
        enter=only,
        bracket=only,
        beside=own_columns(choices),
        more=list(labels.values()),
        words=list(labels.values()),
        spell=lambda value: ", ".join(labels.get(one, one) for one in value.split(",")),
    )


def refuse_other(
    text: str, choices: Sequence[Choice[str]], others: Sequence[tuple[Choice[str], Mistake]]
) -> None:
    """Raise why a column cannot be that the text names, where it names none of the choices."""
    if any(is_called(one, text) for one in choices):
        return
    for one, mistake in others:
        if is_called(one, text):
            raise mistake


def is_called(choice: Choice[str], text: str) -> bool:
    return fold_text(text) in map(fold_text, choice.spellings)


def column_choice(name: str, labels: Sequence[str]) -> Choice[str]:
    return Choice(name, [*labels, name], labels[0])


def asked_fields(kind: type[Measure]) -> Iterator[Field]:
    """The fields that a kind needs, and those that are worth a question."""
    return (one for one in kind.fields.values() if one.name != "kind" and (one.required or one.asked))


def in_order_of(example: str, value: dict[str, Any]) -> dict[str, Any]:
    """The keys as the example of the kind has them; others come last."""
    places = {key: example.find(f"{key}:") for key in value}
    return {key: value[key] for key in sorted(value, key=lambda key: (places[key] < 0, places[key]))}


def quantities() -> list[str]:
    """What a part or a whole may be: `count`, `sum`, `distinct`."""
    return [name for name in Quantity.fields if name != "of"]


def classes_of(hint: Any) -> Iterator[type]:
    """Every class that a type names, in a union, a list or a note too."""
    origin, args = get_origin(hint), get_args(hint)
    if isinstance(hint, type):
        yield hint
    if isinstance(origin, type):
        yield origin
    if origin is not Literal:
        for inner in args[:1] if hasattr(hint, "__metadata__") else args:
            yield from classes_of(inner)


def literals_of(hint: Any) -> list[str]:
    """The words that a type allows."""
    if get_origin(hint) is Literal:
        return [one for one in get_args(hint) if isinstance(one, str)]
    return [one for inner in get_args(hint) for one in literals_of(inner)]


def first_sentence(kind: type[Measure]) -> str:
    return sentence((kind.__doc__ or kind_name(kind)).partition(".")[0])


def sentence(text: str) -> str:
    """A description without marks, with a capital letter."""
    plain = MARKUP.sub("", text)
    return plain[:1].upper() + plain[1:]


def refuse_number(text: str) -> str:
    raise Mistake("not_a_whole_number", text=text, wanted=WholeCell.says)


def probe(kind: type[Measure], value: dict[str, Any], column: str) -> Measure | None:
    """A measure with these values, and something in each field that it needs; None where it is none."""
    missing = {
        one.key: placeholder(one, column)
        for one in kind.fields.values()
        if one.required and one.key not in value
    }
    try:
        return read_piece(kind, missing | value)
    except WrongShape:
        return None


def placeholder(field: Field, column: str) -> Any:
    """A value that a field may have."""
    classes, words = set(classes_of(field.hint)), literals_of(field.hint)
    if Quantity in classes:
        return {"count": ANY_ROWS}
    if any(issubclass(one, Members) for one in classes):
        return {"people": {}}
    if Selection in classes:
        return ANY_ROWS
    if int in classes or Fraction in classes:
        return 1
    return words[0] if words else [column] if tuple in classes else column


def rules_of(
    plan: Plan, kind: type[Measure], value: dict[str, Any], column: str = PLACEHOLDER
) -> list[Rule] | None:
    """The rules that a measure with these values breaks; None where it is no measure at all."""
    measure = probe(kind, value, column)
    if measure is None:
        return None
    return [*column_rules((), measure, plan)] or [*kind_rules((), measure, plan)]


def judged_columns(
    plan: Plan, kind: type[Measure], path: Path, with_column: Callable[[Any], dict[str, Any]], several: bool
) -> dict[str, Mistake | None] | None:
    """The columns of the rows, each with why it cannot stand at a path of a measure; None where no column
    is meant.
    """
    place = (*path, 0) if several else path

    def value(name: str) -> dict[str, Any]:
        return with_column([name] if several else name)

    measure = probe(kind, value(PLACEHOLDER), PLACEHOLDER)
    sources = [one for at, one, _ in measure.columns() if at == place] if measure else []
    if not sources:
        return None
    log = log_of(sources[0], plan.selections)
    columns = columns_in_plan(plan, log) if log else ()
    names = [name for name, column in columns if not column.is_beside]
    return {name: misfit(rules_of(plan, kind, value(name), name), value(name)) for name in names}


def misfit(rules: Sequence[Rule] | None, value: Mapping[str, Any]) -> Mistake | None:
    """Why a column cannot stand in a measure, or not beside what was chosen before; None where it can."""
    if rules is None:
        return Mistake("no_column_fits")
    return next((rule.mistake for rule in rules if rule.path[0] in value), None)


def written_measure(text: str, plan: Plan) -> dict[str, Any]:
    """What YAML says: `{kind: count, of: workshops}`. Raises Mistake."""
    file = read_yaml(text.encode("utf-8", "replace"), "--measure")
    for problem in errors(file.problems):
        raise problem.mistake or Mistake("as_was_told", text=problem.what)
    if not isinstance(file.value, dict):
        raise Mistake("measure_is_no_mapping")
    return file.value


def measure_of(value: dict[str, Any] | None) -> Measure | None:
    """The measure of what the plan would say; None where it is none."""
    try:
        return read_piece(Reading, {"label": "-", "measure": value}).measure if value else None
    except WrongShape:
        return None
