"""Measures: their columns exist and hold what the kind needs."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.cells import OrganisationCell, PersonCell
from prt.model.measures import Measure
from prt.model.plan import Plan
from prt.model.populations import Members
from prt.model.rules.rule import Path, Rule, measures_of, wrong
from prt.model.rules.selections import one_cell
from prt.model.selections import Selection, column_mistake, log_of
from prt.problems import Mistake


def measure_rules(plan: Plan) -> Iterator[Rule]:
    for path, measure in measures_of(plan):
        wrong_columns = list(column_rules(path, measure, plan))
        yield from wrong_columns
        if not wrong_columns:
            yield from kind_rules(path, measure, plan)


def column_rules(path: Path, measure: Measure, plan: Plan) -> Iterator[Rule]:
    """Columns that a measure names; those of conditions are checked with the selections."""
    for more, selection, name in measure.columns():
        log = log_of(selection, plan.selections)
        mistake = column_mistake(plan, log, name) if log else None
        if mistake:
            yield Rule((*path, *more), mistake)


def kind_rules(path: Path, measure: Measure, plan: Plan) -> Iterator[Rule]:
    """What the kind itself asks of its columns, and of the plan."""
    for more, selection, name in measure.number_columns():
        yield from number_rules((*path, *more), selection, name, plan)
    for more, selection, name in measure.member_columns():
        yield from naming_rules((*path, *more), selection, name, measure.population, plan)
    for more, mistake in measure.mistakes(plan.selections, plan.rounds):
        yield Rule((*path, *more), mistake)


def number_rules(path: Path, selection: Selection, name: str, plan: Plan) -> Iterator[Rule]:
    log = log_of(selection, plan.selections)
    if log and not one_cell(plan, log, name).numeric:
        numbers = ", ".join(column.name for column in plan.record_of(log).columns() if column.cell.numeric)
        yield wrong(path, not_summable(name, log, numbers))


def not_summable(column: str, log: str, numbers: str) -> Mistake:
    if numbers:
        return Mistake("column_without_numbers", column=column, log=log, numbers=numbers)
    return Mistake("log_without_numbers", column=column, log=log)


def naming_rules(
    path: Path, selection: Selection, name: str, population: Members | None, plan: Plan
) -> Iterator[Rule]:
    """A column that is compared with a population names its members."""
    members = members_of(population, plan)
    log = log_of(selection, plan.selections)
    if log and members and name_kind(plan, log, name) != members:
        columns = [name for name in plan.record_of(log).header() if name_kind(plan, log, name) == members]
        yield wrong(path, not_naming(name, log, members, ", ".join(columns)))


def not_naming(column: str, log: str, members: str, columns: str) -> Mistake:
    if columns:
        return Mistake("column_without_members", column=column, log=log, members=members, columns=columns)
    return Mistake("log_without_members", column=column, log=log, members=members)


def members_of(population: Members | None, plan: Plan) -> str:
    """`people`, `organisations`, or an empty string where anything may be compared."""
    if population is None:
        return ""
    roster, _ = population.conditions()
    for _, selection, name in () if roster else population.columns(()):
        log = log_of(selection, plan.selections)
        return name_kind(plan, log, name) if log and not column_mistake(plan, log, name) else ""
    return roster


def name_kind(plan: Plan, log: str, name: str) -> str:
    cell = one_cell(plan, log, name)
    if isinstance(cell, OrganisationCell):
        return "organisations"
    return "people" if isinstance(cell, PersonCell) else ""
