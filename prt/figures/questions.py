"""Which questions `prt log` asks for one row: what the log needs, and what the plan's measures read of it.

No id of a plan stands here: line 1.1 is asked for a category because a measure of line 1.1 counts categories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prt.figures.asked import accepted, columns_read, readings
from prt.figures.entering import has_post
from prt.model.cells import Known, listed
from prt.model.entry import may_be
from prt.model.plan import Plan
from prt.model.records import Column, LogRecord
from prt.model.text import Text

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One question; its answer fills one column, or several with a number each."""

    columns: tuple[Column, ...]
    text: str
    hint: str = ""
    required: bool = False

    @property
    def key(self) -> str:
        return self.columns[0].name


FEEDBACK = ("respondents", "positive")
EVIDENCE = ("sessions", "evidence")
NOT_ASKED = {"status", "feedback_form", "answered", *FEEDBACK}
"""The date tells whether it is planned; the four others are the one question about feedback."""

COMPLETES = {"feedback": {"positive"}}
"""What no measure reads, but the empty cells of a session are completed from."""

WORDS: dict[str, tuple[str, str]] = {
    "sessions.line": ("Line", ""),
    "sessions.format": ("How long", ""),
    "sessions.category": ("For", ""),
    "sessions.audience": ("For whom", ""),
    "sessions.series": ("Same meeting as an earlier one", "its name; empty = no"),
    "sessions.boards": ("Boards", "several with commas"),
    "sessions.evidence": ("Where is the attendance list", "link or file; optional"),
    "hours": ("Hours", "1.5, 1h30 or 90 min"),
    "person": ("Who", "id or name; empty = not named"),
    "url": ("Link", "optional"),
    "published": ("Published on", "empty = not yet"),
    "completed": ("How many completed it", "empty = later"),
    "feedback_on": ("Feedback given on", "empty = not yet"),
    "posted_on": ("Posted on", "empty = not yet"),
    "new": ("Is it new", "no = a renewal, or known before"),
}
"""What a question says, by `log.column` or by column; others are called as their column."""


def questions(
    model: type[LogRecord], plan: Plan, known: Known, values: Values, *, planned: bool, posted: bool
) -> list[Question]:
    """The questions for a row of which some values are known, in their order.

    Of a row that is `planned` only what it needs; `posted`: role and board of the person are known.
    """
    asked = [question(model, column) for column in model.columns() if column.required]
    if planned:
        return asked
    wanted = columns_read(plan, known, model.log, values) - NOT_ASKED | COMPLETES.get(model.log, set())
    wanted |= {"last_day"} if values.get("format") == "two-day" else set()
    if has_post(model):
        wanted = (wanted | {"person"}) - {"role", "board"}
        wanted |= {"role", "board"} if "person" in values and not posted else set()
    asked += [
        question(model, column) for column in model.columns() if column.name in wanted and not column.required
    ]
    return asked + feedback(model, plan, known, values) + evidence(model)


def evidence(model: type[LogRecord]) -> list[Question]:
    """Where the list of those present is: an auditor asks for it, of a session."""
    return [question(model, one) for one in model.columns() if (model.log, one.name) == EVIDENCE]


def feedback(model: type[LogRecord], plan: Plan, known: Known, values: Values) -> list[Question]:
    """One question about the forms, where a measure reads any of their numbers."""
    columns = [model.column_named(name) for name in FEEDBACK]
    if not {*FEEDBACK, "answered"} & columns_read(plan, known, model.log, values) or None in columns:
        return []
    text = "Feedback: how many answered, how many positive"
    return [Question(tuple(column for column in columns if column), text, "empty = later")]


def question(model: type[LogRecord], column: Column) -> Question:
    text, hint = WORDS.get(f"{model.log}.{column.name}") or WORDS.get(column.name) or ("", "")
    hint = hint.partition("; empty")[0] if column.required else hint or "optional"
    return Question((column,), text or column.name.replace("_", " ").capitalize(), hint, column.required)


def choices(
    model: type[LogRecord], column: Column, plan: Plan, known: Known, values: Values
) -> list[tuple[str, str]]:
    """(code, what is shown) of each value allowed, those that measures ask for first; of lines only those."""
    codes = [str(code) for code in column.cell.choices(known.at(model.log), column.name)]
    others = {name: value for name, value in values.items() if name != column.name}
    first = accepted(plan, known, column.name, model.log, others)
    if model.log == "figures" and column.name == "indicator":
        first = [code for code in codes if is_typed(plan, code)]
    if column.name in ("line", "indicator") and first:
        codes = []
    return [(code, label(plan, model.log, column, code)) for code in dict.fromkeys([*first, *codes])]


def allowed(model: type[LogRecord], column: Column, plan: Plan, known: Known) -> str:
    """What may be written; of lines and indicators only those that read this log."""
    if column.name not in ("line", "indicator"):
        return may_be(column, known.at(model.log))
    return listed([code for code, _ in choices(model, column, plan, known, {})])


def is_typed(plan: Plan, code: str) -> bool:
    return any(
        one.measure.kind == "typed" and f"{line.id}.{one.id}" == code for _, line, one in plan.indicators()
    )


def label(plan: Plan, log: str, column: Column, code: str) -> str:
    """What a person reads: the plan's word, or the code; a line with what its first indicator is called."""
    if column.name == "line":
        names = {line.id: line.indicators[0].label.to("en") for line in plan.lines()}
        return f"{code:<4}  {names[code]}"
    words: Mapping[str, Text] = (
        plan.vocabularies.get(f"{log}.{column.name}") or plan.vocabularies.get(column.name) or {}
    )
    return words[code].to("en") if code in words else code.replace("-", " ")


def counts_heads(plan: Plan, line: str) -> bool:
    """Does the plan name no person of this line? Then its participants are a number, and no name is kept."""
    values = {"session.line": line}
    named = (one for one in readings(plan, "attendance") if "person" in one.columns)
    return not any(one.may_take(values, Known()) for one in named)
