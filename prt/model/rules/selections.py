"""Selections of a plan: their logs and names exist, their columns too, and their values can be read."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.cells import (
    Cell,
    DayCell,
    Known,
    OrganisationCell,
    cell_of_one,
)
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.model.rules.rule import Path, Rule, hint_at, measures_of, name_choices, wrong
from prt.model.selections import (
    Condition,
    Selection,
    column_mistake,
    column_of,
    log_of,
    owner,
    read_one,
)
from prt.problems import Mistake
from prt.values import NamedTuple


class Tested(NamedTuple):
    """One condition of the plan: where it stands, the column it tests, what the column must be."""

    path: Path
    log: str
    column: str
    condition: Condition


def selections_of(plan: Plan) -> Iterator[tuple[Path, Selection]]:
    """Every selection, those with a name first."""
    for name, selection in plan.selections.items():
        yield ("selections", name), selection
    for path, measure in measures_of(plan):
        for more, selection in measure.selections():
            yield (*path, *more), selection


def selection_rules(plan: Plan, known: Known) -> Iterator[Rule]:
    selections = list(selections_of(plan))
    for path, selection in selections:
        yield from source_rules(path, selection, plan)
        yield from when_rules(path, selection, plan)
    for name in plan.selections:
        yield from circle_rules(name, plan)
    for tested in conditions_of(plan):
        yield from condition_rules(plan, tested, known)
    used = {selection.selection for _, selection in selections}
    for name in plan.selections:
        if name not in used:
            unused = Mistake("unused_selection", name=name)
            yield Rule(("selections", name), unused, "warning", at_key=True)


def source_rules(path: Path, selection: Selection, plan: Plan) -> Iterator[Rule]:
    log, name = selection.log, selection.selection
    if log is not None and log not in LOGS:
        unknown = Mistake("unknown_log", log=log, hint=hint_at(log, LOGS), logs=name_choices(LOGS))
        yield wrong((*path, "log"), unknown)
    if name in LOGS and name not in plan.selections:
        yield wrong((*path, "selection"), Mistake("log_for_selection", name=name))
    elif name is not None and name not in plan.selections:
        hint, known = hint_at(name, plan.selections), name_choices(plan.selections)
        yield wrong(
            (*path, "selection"), Mistake("unknown_selection", name=name, hint=hint, selections=known)
        )


def circle_rules(name: str, plan: Plan) -> Iterator[Rule]:
    """`a` narrows `b` and `b` narrows `a`: neither has a log."""
    chain, step = [name], plan.selections[name].selection
    while step in plan.selections and step not in chain:
        chain.append(step)
        step = plan.selections[step].selection
    if step == name == min(chain):
        circle = " → ".join([*chain, name])
        yield wrong(("selections", name, "selection"), Mistake("goes_in_a_circle", circle=circle))


def when_rules(path: Path, selection: Selection, plan: Plan) -> Iterator[Rule]:
    log = log_of(selection, plan.selections)
    if selection.when is None or log is None:
        return
    if mistake := column_mistake(plan, log, selection.when):
        yield Rule((*path, "when"), mistake)
    elif not isinstance(column_of(plan, log, selection.when).cell, DayCell):
        dates = ", ".join(
            column.name for column in plan.record_of(log).columns() if isinstance(column.cell, DayCell)
        )
        mistake = Mistake("column_without_dates", column=selection.when, log=log, dates=dates)
        yield wrong((*path, "when"), mistake)


def conditions_of(plan: Plan) -> Iterator[Tested]:
    """Every condition, of selections and of populations, whose log is known."""
    for path, selection in selections_of(plan):
        log = log_of(selection, plan.selections)
        for column, condition in selection.where.items() if log else ():
            yield Tested((*path, "where", column), log or "", column, condition)
    for path, measure in measures_of(plan):
        if population := measure.population:
            name = next(name for name, value in measure.items() if value is population)
            roster, conditions = population.conditions()
            for column, condition in conditions.items():
                yield Tested((*path, name, roster, column), roster, column, condition)


def condition_rules(plan: Plan, tested: Tested, known: Known) -> Iterator[Rule]:
    if mistake := column_mistake(plan, tested.log, tested.column):
        yield Rule(tested.path, mistake, at_key=True)
        return
    cell = one_cell(plan, tested.log, tested.column)
    if tested.condition.any_of == () or tested.condition.none_of == ():
        yield wrong(tested.path, Mistake("empty_list"))
    if not isinstance(cell, OrganisationCell):
        yield from value_rules(plan, tested, known)
    yield from range_rules(plan, tested, cell, known)


def one_cell(plan: Plan, log: str, name: str) -> Cell:
    """The kind of cell of one value of a column."""
    return cell_of_one(column_of(plan, log, name).cell)


def values_of(condition: Condition) -> Iterator[tuple[Path, str]]:
    for key, values in (("is", condition.any_of), ("not", condition.none_of)):
        for place, text in enumerate(values or ()):
            yield (key, place), text
    for key, end in (("from", condition.first), ("to", condition.last)):
        if end is not None:
            yield (key,), end


def value_rules(plan: Plan, tested: Tested, known: Known) -> Iterator[Rule]:
    """Values are read as the cells of that column are."""
    column = column_of(plan, tested.log, tested.column)
    here = known.at(owner(tested.log, tested.column))
    for path, text in values_of(tested.condition):
        try:
            read_one(column.cell, text, here, column.name)
        except Mistake as mistake:
            yield Rule((*tested.path, *path), mistake)


def range_rules(plan: Plan, tested: Tested, cell: Cell, known: Known) -> Iterator[Rule]:
    first, last = tested.condition.first, tested.condition.last
    if first is None and last is None:
        return
    if not (cell.numeric or isinstance(cell, DayCell)):
        yield wrong(tested.path, Mistake("range_of_neither", column=tested.column))
    elif first is not None and last is not None and not any(value_rules(plan, tested, known)):
        ends = [cell.read(end, known, tested.column) for end in (first, last)]
        if ends[0] > ends[1]:  # type: ignore[operator]
            yield wrong(tested.path, Mistake("from_after_to", first=first, last=last))


def organisation_rules(plan: Plan, known: Known) -> Iterator[Rule]:
    """Names of organisations, which are known once organisations.csv is read; nothing where it has none."""
    for tested in organisation_conditions(plan) if known.organisations else ():
        yield from value_rules(plan, tested, known)


def organisation_conditions(plan: Plan) -> list[Tested]:
    """The conditions that name organisations. Found once: a command may load a plan again."""
    if "_organisation_conditions" not in vars(plan):
        vars(plan)["_organisation_conditions"] = [
            tested
            for tested in conditions_of(plan)
            if not column_mistake(plan, tested.log, tested.column)
            and isinstance(one_cell(plan, tested.log, tested.column), OrganisationCell)
        ]
    found: list[Tested] = vars(plan)["_organisation_conditions"]
    return found
