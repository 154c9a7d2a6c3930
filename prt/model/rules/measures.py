"""Measures: their columns exist and hold what the kind needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from prt.model.cells import OrganisationCell, PersonCell
from prt.model.measures import Distinct, Ratio, Reach, Sum
from prt.model.plan import Plan
from prt.model.populations import Members
from prt.model.rules.rule import Path, Rule, measures_of, wrong
from prt.model.rules.selections import NUMBERS, log_of, one_cell
from prt.model.selections import Selection, column_mistake, model_of


def measure_rules(plan: Plan) -> Iterator[Rule]:
    for path, measure in measures_of(plan):
        wrong_columns = list(column_rules(path, measure, plan))
        yield from wrong_columns
        if not wrong_columns and type(measure) in KIND_RULES:
            yield from KIND_RULES[type(measure)](path, measure, plan)


def column_rules(path: Path, measure: Any, plan: Plan) -> Iterator[Rule]:
    """Columns that a measure names; those of conditions are checked with the selections."""
    for more, selection, name in measure.columns():
        log = log_of(selection, plan.selections)
        mistake = column_mistake(log, name) if log else None
        if mistake:
            yield Rule((*path, *more), mistake)


def sum_rules(path: Path, measure: Sum, plan: Plan) -> Iterator[Rule]:
    yield from number_rules((*path, "column"), measure.of, measure.column, plan)


def number_rules(path: Path, selection: Selection, name: str, plan: Plan) -> Iterator[Rule]:
    log = log_of(selection, plan.selections)
    if log and not isinstance(one_cell(log, name), NUMBERS):
        columns = [column.name for column in plan.columns(log) if isinstance(column.cell, NUMBERS)]
        numbers = f"Numbers of {log}: {', '.join(columns)}." if columns else f"{log} has no numbers."
        remedy = f"{numbers} To count its values, use the kind distinct."
        yield wrong(path, f"{name} of {log} is not a number", remedy)


def distinct_rules(path: Path, measure: Distinct, plan: Plan) -> Iterator[Rule]:
    yield from naming_rules((*path, "column"), measure.of, measure.column, measure.among, plan)


def ratio_rules(path: Path, measure: Ratio, plan: Plan) -> Iterator[Rule]:
    for name, quantity in (("part", measure.part), ("whole", measure.base)):
        if quantity and quantity.sum:
            yield from number_rules((*path, name, "sum"), quantity.source, quantity.sum, plan)
    if measure.part.distinct and measure.population:
        part = (*path, "part", "distinct")
        yield from naming_rules(part, measure.part.source, measure.part.distinct, measure.population, plan)


def reach_rules(path: Path, measure: Reach, plan: Plan) -> Iterator[Rule]:
    yield from naming_rules((*path, "by"), measure.did, measure.by, measure.who, plan)
    if measure.at_least == "due":
        yield from round_rules(path, measure, plan)
    elif measure.at_least < 1:
        yield wrong((*path, "at_least"), f"{measure.at_least} times", "Write 1 or more.")
    log = log_of(measure.did, plan.selections)
    if measure.within and log and "session" not in model_of(log).header():
        what = f"rows of {log} are not inside a session"
        yield wrong((*path, "within"), what, "Remove it, or take rows of attendance.")


def round_rules(path: Path, measure: Reach, plan: Plan) -> Iterator[Rule]:
    if not plan.rounds:
        what = "the plan has no rounds that could be due"
        yield wrong(
            (*path, "at_least"), what, "Add them: rounds: [{id: 1, due: 2024-11-29}], or write a number."
        )
    if measure.each != "round":
        yield wrong((*path, "each"), f"only rounds are due, and this is {measure.each}", "Write each: round.")


def naming_rules(
    path: Path, selection: Selection, name: str, population: Members | None, plan: Plan
) -> Iterator[Rule]:
    """A column that is compared with a population names its members."""
    members = members_of(population, plan)
    log = log_of(selection, plan.selections)
    if log and members and name_kind(log, name) != members:
        what = f"{name} of {log} does not name {members}"
        columns = [column.name for column in plan.columns(log) if name_kind(log, column.name) == members]
        naming = f"Columns that do: {', '.join(columns)}." if columns else f"No column of {log} does."
        yield wrong(path, what, naming)


def members_of(population: Members | None, plan: Plan) -> str:
    """`people`, `organisations`, or an empty string where anything may be compared."""
    if population is None:
        return ""
    roster, _ = population.conditions()
    for _, selection, name in () if roster else population.columns(()):
        log = log_of(selection, plan.selections)
        return name_kind(log, name) if log and not column_mistake(log, name) else ""
    return roster


def name_kind(log: str, name: str) -> str:
    cell = one_cell(log, name)
    if isinstance(cell, OrganisationCell):
        return "organisations"
    return "people" if isinstance(cell, PersonCell) else ""


KIND_RULES: dict[type, Callable[[Path, Any, Plan], Iterator[Rule]]] = {
    Sum: sum_rules,
    Distinct: distinct_rules,
    Ratio: ratio_rules,
    Reach: reach_rules,
}
