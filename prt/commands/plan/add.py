"""`prt plan add`: an indicator, or a line with one, added to the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.dialogue.talk import INDENT
from prt.console.messages import print_line, print_written
from prt.console.options import DryRunOption, YearOption, YesOption
from prt.console.signature import Option
from prt.files.plan.plan_addition import PlanAddition, add_to_year
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.waiting_answers import waiting_answers
from prt.tasks.open_action import open_action
from prt.tasks.plan.addition_form import AdditionForm, read_options
from prt.tasks.plan.interview import Interview
from prt.tasks.plan.show_addition import show_addition
from prt.tasks.plan.target_questions import AIM, AIM_NAMES
from prt.text import option_name
from prt.values import dataclass, fields

COMMAND = "prt plan add"
QUESTIONS = {
    "label": "label.en",
    "label_fr": "label.fr",
    "objective_fr": "objective.fr",
    "strategy_fr": "strategy.fr",
    "says_fr": "says.fr",
    "says_en": "says.en",
    "target_says_fr": "target_says.fr",
    "target_says_en": "target_says.en",
    "where": "of.where",
} | {aim: AIM + aim for aim in AIM_NAMES}
"""The questions that options answer, where their names differ."""
Given = str | None


@dataclass(frozen=True)
class AddOptions:
    """What is known already; on a terminal the rest is asked for."""

    line: Annotated[
        Given, Option("The line it belongs to, such as 1.1; of a new line, its id.", metavar="LINE")
    ] = None
    volet: Annotated[Given, Option("Make a new line, in this volet.", metavar="VOLET")] = None
    objective: Annotated[Given, Option("The objective of a new line.", metavar="TEXT")] = None
    objective_fr: Annotated[Given, Option("The same in French.", metavar="TEXT")] = None
    strategy: Annotated[Given, Option("The strategy of a new line.", metavar="TEXT")] = None
    strategy_fr: Annotated[Given, Option("The same in French.", metavar="TEXT")] = None
    label: Annotated[Given, Option("What tables show.", metavar="TEXT")] = None
    label_fr: Annotated[Given, Option("The same in French.", metavar="TEXT")] = None
    says: Annotated[Given, Option("The funder’s phrase, word for word.", metavar="TEXT")] = None
    says_fr: Annotated[Given, Option("The same in French, where it is English.", metavar="TEXT")] = None
    says_en: Annotated[Given, Option("The same in English, where it is French.", metavar="TEXT")] = None
    count: Annotated[Given, Option("Count these rows: a log, or a selection.", metavar="ROWS")] = None
    kind: Annotated[Given, Option("Another kind of measure, such as sum.", metavar="KIND")] = None
    of: Annotated[Given, Option("The rows that it reads.", metavar="ROWS")] = None
    where: Annotated[
        Given, Option('Which of them: "format = full-day; mode != online".', metavar="CONDITIONS")
    ] = None
    column: Annotated[Given, Option("The column that it adds up or counts.", metavar="COLUMN")] = None
    measure: Annotated[Given, Option("Any measure, as the plan writes it: {kind: …}.", metavar="YAML")] = None
    at_least: Annotated[Given, Option("The target: a number, or 75%.", metavar="N")] = None
    at_most: Annotated[Given, Option("The same, not to be exceeded.", metavar="N")] = None
    exactly: Annotated[Given, Option("The same, neither more nor less.", metavar="N")] = None
    between: Annotated[Given, Option("The same, with two ends: 3..5.", metavar="N..N")] = None
    due: Annotated[Given, Option("The day that something is to be done.", metavar="DATE")] = None
    more_than_last_year: Annotated[Given, Option("So much more than last year: 10%.", metavar="N%")] = None
    to_be_set: Annotated[Given, Option("The day by which a target is set.", metavar="DATE")] = None
    each_period: Annotated[Given, Option("The least that each period asks for.", metavar="N")] = None
    target_says: Annotated[Given, Option("The funder’s phrase of the target.", metavar="TEXT")] = None
    target_says_fr: Annotated[Given, Option("The same in French, where it is English.", metavar="TEXT")] = (
        None
    )
    target_says_en: Annotated[Given, Option("The same in English, where it is French.", metavar="TEXT")] = (
        None
    )
    id: Annotated[Given, Option("Its id; default: made of the label.", metavar="ID")] = None

    def texts(self) -> dict[str, str]:
        """What is given, by the questions that it answers."""
        given = {one.name: getattr(self, one.name) for one in fields(type(self))}
        texts = {QUESTIONS.get(name, name): text.strip() for name, text in given.items() if text is not None}
        if "count" in texts:
            texts |= {"kind": "count", "of": texts.pop("count")}
        return texts


def add(
    options: AddOptions,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    anyway: Annotated[bool, Option("Though a text has a name, e-mail or telephone number.")] = False,
    year: YearOption = None,
) -> None:
    """Add an indicator to the plan: asks what is counted, shows what that is today, then writes it."""
    opened = context.open_year(year)
    given = options.texts()
    interview = Interview(
        opened, context.session_language(), context.today(), {}, given, script=True, anyway=anyway
    )
    new = read_options(interview)
    refuse_wrong(interview, asks=terminal.is_at_terminal())
    if new is None:
        ask_and_add(opened, given, dry_run=dry_run, anyway=anyway)
        return
    addition = add_to_year(opened, new.place, new.item)
    show_addition(opened, addition, context.session_language())
    if not dry_run and confirm_preview("save", yes=yes, enter=True):
        write_addition(opened, addition)


def refuse_wrong(interview: Interview, *, asks: bool) -> None:
    """PrtError with every mistake of the options; where nobody can be asked, with those that are missing."""
    names = {question: name for name, question in QUESTIONS.items()}
    wrong = [
        Problem.of(Place(option_name(names.get(key, key))), mistake) for key, mistake in interview.mistakes
    ]
    missing = [] if asks else [option_name(names.get(key, key)) for key in interview.missing]
    if missing:
        wrong_options: list[Problem | Mistake] = [Mistake("options_missing", options=", ".join(missing))]
        raise PrtError(*wrong, *wrong_options, code=2)
    if wrong:
        raise PrtError(*wrong, code=2)


def ask_and_add(year: Year, given: Mapping[str, str], *, dry_run: bool, anyway: bool) -> None:
    """Ask for what is missing; show what it would say, and write it where somebody agrees."""
    talk = terminal.open_talk()
    form = AdditionForm(talk, year, given, today=context.today(), anyway=anyway)
    with waiting_answers(form, year, COMMAND) as waiting:
        talk.tell_how()
        addition = agree_to_addition(form, dry_run=dry_run)
        if addition is None:
            raise PrtError(waiting.stay())
        write_addition(year, addition)


def agree_to_addition(form: AdditionForm, *, dry_run: bool) -> PlanAddition | None:
    """What somebody agrees to, after it was shown; None of what is only tried, or not to be written."""
    while True:
        addition = ask_addition(form)
        if addition is None:
            continue
        show_addition(form.year, addition, form.talk.language)
        agreed = None if dry_run else form.agree_to_save()
        if agreed is not None or dry_run:
            return addition if agreed else None


def ask_addition(form: AdditionForm) -> PlanAddition | None:
    """The addition of the answers; None where `<` leaves the first question, or the plan would have a
    mistake, which is told."""
    talk = form.talk
    if not form.fill():
        talk.tell(INDENT + talk.say("first"))
        return None
    try:
        new = form.draft()[0].made()
        return add_to_year(form.year, new.place, new.item)
    except PrtError as error:
        for text in error.texts:
            talk.tell(INDENT + text)
        form.ask_again(form.done)
        return None


def write_addition(year: Year, addition: PlanAddition) -> None:
    """Write it, and say where it is."""
    with open_action(year, COMMAND) as action:
        action.extend_plan(addition.before, addition.after, *addition.span, addition.handle)
    place = f"{year.project.shown(year.path)}:{addition.line}"
    print_written(say_phrase("plan_extended", name=addition.handle, place=place))
    print_line(say_phrase("plan_extended_then", name=addition.handle))
