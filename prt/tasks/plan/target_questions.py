"""The target of a new indicator: none, a number, or the day something is due."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from prt.console.dialogue.inquiry import Choice, pick_choice, refuse_empty
from prt.model.calendar import as_amount, read_day
from prt.model.cells import without_unit
from prt.model.measures import Measure
from prt.model.plan import AIMS, Target
from prt.model.rules.targets import aim_rules, amount_rules
from prt.model.text import unit_text, units_in_words
from prt.problems import Mistake
from prt.tasks.plan.interview import Interview, PlanQuestion, Unanswered, word_choices
from prt.tasks.plan.line_questions import ask_quoted
from prt.tasks.plan.measure_questions import classes_of
from prt.text import fold_text, option_name

NONE = "none"
BESIDE = "each_period"
STANDS_ALONE = ("due", "to_be_set")
"""Beside these nothing may be asked of each period."""
AIM = "target."
"""What the question of a number or a day begins with: a measure may have a field of the same name."""
AIM_NAMES = tuple(name for name in dict.fromkeys((*AIMS, BESIDE)) if name in Target.fields)
"""What a target may ask for; the plan's own class says what each of them is: a day, a number, or two."""
SAMPLES = {"day": dt.date(2000, 1, 1), "span": (Fraction(1), Fraction(1)), "number": Fraction(1)}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
SPACES = re.compile(r"[\s\u00a0\u202f]")
BETWEEN = re.compile(r"\s*(?:,|;|\.\.|\band\b|\bet\b)\s*")


def ask_target(interview: Interview, measure: Measure | None) -> dict[str, Any] | None:
    """The target as the plan writes it; None where the figure is only shown. Raises Unanswered."""
    aims = aims_of(measure)
    given = given_aims(interview)
    for one in given:
        if one not in aims:
            options = ", ".join(map(option_name, aims)) or interview.say("aim.none")
            interview.mistakes.append((AIM + one, Mistake("aim_of_another_kind", options=options)))
            raise Unanswered
    if not aims:
        return None
    aim = given[0] if given else interview.ask(question_of_aim(interview, measure, aims))
    if aim == NONE:
        return None
    name, _, value = aim.partition(" ")
    asked = [name, *(one for one in given[1:] if one == BESIDE and name not in STANDS_ALONE)]
    values = [value or interview.ask(question_of_value(interview, measure, one)) for one in asked]
    found = {one: written_value(one, text) for one, text in zip(asked, values, strict=True)}
    return found | ask_quoted(interview, "target_says")


def given_aims(interview: Interview) -> list[str]:
    """The aims that options say; what each period asks for may stand beside another, and comes last."""
    return [aim for aim in AIM_NAMES if AIM + aim in interview.given]


def superfluous_aims(interview: Interview) -> list[str]:
    """Those that cannot stand beside the first."""
    given = given_aims(interview)
    return [aim for aim in given[1:] if aim != BESIDE or given[0] in STANDS_ALONE]


def form_of(aim: str) -> str:
    """What an aim is: a `day`, a `span` of two numbers, or a `number`."""
    classes = set(classes_of(Target.fields[aim].hint))
    return "day" if dt.date in classes else "span" if tuple in classes else "number"


def aims_of(measure: Measure | None) -> list[str]:
    """The aims that fit the kind: of something that is done or not a day."""
    if measure is None:
        return [*AIM_NAMES]
    return [name for name in AIM_NAMES if not any(aim_rules((), sample_of(name), measure))]


def sample_of(aim: str) -> Target:
    """A target with this aim."""
    value: Any = SAMPLES[form_of(aim)]
    return Target(**{aim: value})


def question_of_aim(interview: Interview, measure: Measure | None, aims: list[str]) -> PlanQuestion:
    """Which aim. A number alone is one to be reached at least; a day that of something due."""
    choices = word_choices(interview, "aim", [NONE, *aims], {})

    units = units_in_words(measure.unit) if measure else ()
    words = sorted(((word, one) for one in choices for word in one.spellings), key=lambda pair: -len(pair[0]))

    def read(text: str) -> str:
        for word, one in words:
            rest = fold_text(text).removeprefix(fold_text(word))
            if rest != fold_text(text) and rest[:1] == " ":
                return f"{one.value} {read_value(interview, measure, one.value, text[-len(rest) :].strip())}"
        if without_unit(text, units).removeprefix("-")[:1].isdigit():
            return f"{aims[0]} {read_value(interview, measure, aims[0], text)}"
        return pick_choice(text, choices)

    none = choices[0].label
    return PlanQuestion(
        "target",
        interview.say("target"),
        read,
        enter=none,
        bracket=none,
        lines=[f"    {one.label}" for one in choices],
        words=[one.label for one in choices],
        about=interview.say("target_help"),
        spell=lambda answer: spell_aim(answer, choices),
    )


def spell_aim(answer: str, choices: list[Choice[str]]) -> str:
    name, _, value = answer.partition(" ")
    label = next((one.label for one in choices if one.value == name), name)
    return f"{label} {value}".rstrip()


def question_of_value(interview: Interview, measure: Measure | None, aim: str) -> PlanQuestion:
    form = form_of(aim)
    form = "share" if is_share(aim) else form
    unit = unit_text(measure.unit, interview.language) if measure and form in ("number", "span") else ""
    return PlanQuestion(
        AIM + aim,
        f"{interview.say(f'aim.{aim}').capitalize()}?",
        lambda text: read_value(interview, measure, aim, text),
        hint=f"({', '.join(filter(None, (interview.say(f'{form}_hint'), unit)))})",
        about=interview.say("target_help"),
    )


def read_value(interview: Interview, measure: Measure | None, aim: str, text: str) -> str:
    """A day, or numbers that the figure can have. Raises Mistake."""
    refuse_empty(text)
    form = form_of(aim)
    if form == "day":
        return read_day(text, interview.today, interview.plan.window).isoformat()
    parts = [one for one in BETWEEN.split(text) if one] if form == "span" else [text]
    if form == "span" and len(parts) != 2:
        raise Mistake("not_two_numbers", text=text)
    units = units_in_words(measure.unit) if measure and not is_share(aim) else ()
    numbers = [read_number(without_unit(one.strip(), units)) for one in parts]
    if measure and (measure.is_percentage or is_share(aim)):
        numbers = [f"{one.removesuffix('%')}%" for one in numbers]
    if measure and not is_share(aim):
        for one in numbers:
            refuse_amount(one, measure)
    if form == "span" and as_amount(numbers[0]) > as_amount(numbers[1]):
        raise Mistake("higher_end_first")
    return " ".join(numbers)


def refuse_amount(text: str, measure: Measure) -> None:
    """Raise the mistake of a number that the figure cannot have."""
    for rule in amount_rules((), as_amount(text), measure, text):
        raise rule.mistake


def read_number(text: str) -> str:
    """`12`, `2.5` or `75%`. Raises Mistake."""
    plain = SPACES.sub("", text).replace(",", ".")
    if not NUMBER.fullmatch(plain):
        raise Mistake("not_a_target", text=text)
    return plain


def is_share(aim: str) -> bool:
    """Is it a share of another figure, whatever the unit of this one?"""
    return form_of(aim) == "number" and not any(sample_of(aim).amounts())


def written_value(aim: str, value: str) -> Any:
    """A value as the plan's YAML has it."""
    if form_of(aim) == "day":
        return dt.date.fromisoformat(value)
    numbers = [one if one.endswith("%") else as_number(one) for one in value.split()]
    return numbers if form_of(aim) == "span" else numbers[0]


def as_number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)
