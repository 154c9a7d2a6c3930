"""Which questions `prt log` asks for one row: what the log needs, and what the plan's measures read of it.

No id of a plan stands here: line 1.1 is asked for a category because a measure of line 1.1 counts categories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prt.figures.asked import accepted, columns_read, readings
from prt.figures.entering import has_post
from prt.model.cells import Known, choices_text
from prt.model.entry import may_be
from prt.model.plan import Plan
from prt.model.records import Column, LogRecord
from prt.model.text import Text

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One question; its answer fills one column, or several with a number each."""

    columns: tuple[Column, ...]

    @property
    def required(self) -> bool:
        return all(column.required for column in self.columns)

    @property
    def key(self) -> str:
        return self.columns[0].name


def questions(
    model: type[LogRecord], plan: Plan, known: Known, values: Values, *, planned: bool, posted: bool
) -> list[Question]:
    """The questions for a row of which some values are known, in their order.

    Of a row that is `planned` only what it needs; `posted`: role and board of the person are known.
    """
    every = plan.columns(model.log)
    columns = [column for column in every if column.required]
    if planned:
        return [Question((column,)) for column in columns]
    read = columns_read(plan, known, model.log, values)
    wanted = read - model.unprompted | model.prompted(values)
    if has_post(model):
        wanted = (wanted | {"person"}) - {"role", "board"}
        wanted |= {"role", "board"} if "person" in values and not posted else set()
    columns += [column for column in every if column.name in wanted and not column.required]
    together = tuple(column for column in every if column.name in model.prompted_together)
    last = [column for column in every if column.name in model.prompted_last]
    return [
        *(Question((column,)) for column in columns),
        *([Question(together)] if together and read & model.unprompted else []),
        *(Question((column,)) for column in last),
    ]


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
    return choices_text([code for code, _ in choices(model, column, plan, known, {})])


def is_typed(plan: Plan, code: str) -> bool:
    return any(one.measure.by_hand and f"{line.id}.{one.id}" == code for _, line, one in plan.indicators())


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
