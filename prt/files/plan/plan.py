"""The plan file: bytes to a Plan, and every mistake in it with its line, its column and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from prt.files.plan.pieces import Met, WrongShape, read_piece
from prt.files.plan.plan_messages import Refused, by_ids, tell_refused
from prt.files.store.disk import read_bytes
from prt.files.yaml.document import YamlFile, read_yaml
from prt.files.yaml.events import join_path
from prt.model.cells import Known
from prt.model.plan import Plan, known_of
from prt.model.rules.every_rule import plan_rules
from prt.model.rules.rule import Rule
from prt.model.rules.selections import organisation_conditions, organisation_rules, values_of
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.text import fold_text
from prt.values import replace

MOST_NAMED = 1000  # with more mistakes it is no plan: the rest is counted


def read_plan(raw: bytes, shown: str) -> tuple[Plan | None, list[Problem]]:
    """The plan, or None where it has errors that leave none; and all its problems, in the file's order.

    Names of organisations are not checked: `value_problems` does, once they are known.
    """
    file = read_yaml(raw, shown)
    if file.value is None:
        empty = [] if errors(file.problems) else [Problem.of(Place(shown), Mistake("plan_empty"))]
        return None, [*file.problems, *empty]
    met: Met = {}
    try:
        plan = read_piece(Plan, file.value, met)
    except WrongShape as error:
        return None, in_order([*file.problems, *shape_problems(file, error, met)], file)
    problems = problems_of(file, plan_rules(plan, known_of(plan, ()), file.text))
    return plan, in_order([*file.problems, *problems], file)


def plan_bytes(path: Path) -> bytes:
    """The bytes of a plan file that somebody named."""
    try:
        return read_bytes(path)
    except OSError as error:
        problem = Problem.of(Place(str(path)), Mistake("plan_unreadable", error=error.strerror))
        raise PrtError(problem, code=2) from None


def value_problems(plan: Plan, known: Known, shown: str, read: Callable[[], bytes]) -> list[Problem]:
    """Names in the plan that are no organisation; the file is read again only to say where they stand."""
    rules = list(organisation_rules(plan, known))
    return rule_problems(rules, read(), shown) if rules else []


def rule_problems(rules: Iterable[Rule], raw: bytes, shown: str) -> list[Problem]:
    """Rules that a plan without other errors does not keep, each with its place in the file."""
    file = read_yaml(raw, shown)
    return in_order(problems_of(file, rules), file)


def organisation_names(plan: Plan) -> frozenset[str]:
    """How its conditions name organisations, folded."""
    conditions = [tested.condition for tested in organisation_conditions(plan)]
    return frozenset(fold_text(text) for condition in conditions for _, text in values_of(condition))


def problems_of(file: YamlFile, rules: Iterable[Rule]) -> Iterator[Problem]:
    """Rules that were not kept; those about a value that YAML could not read are left out."""
    for path, mistake, severity, at_key in rules:
        place = file.key_place(path) if at_key else file.place(path)
        if not file.is_broken(place.path, inside=True):
            yield Problem.of(place, mistake, severity, file.text(path))


def shape_problems(file: YamlFile, error: WrongShape, met: Met) -> Iterator[Problem]:
    """One problem for each place: the members of a union that all refuse a value are one mistake."""
    details = [(file.follow(detail["loc"])[0], detail) for detail in error.details]
    details = [(path, detail) for path, detail in details if not is_echo(file, path, detail)]
    if more := len(details[MOST_NAMED:]):
        yield Problem.of(Place(file.shown), Mistake("more_mistakes_in_plan", most=MOST_NAMED, more=more))
    for (path, _), found in groupby(details[:MOST_NAMED], key=lambda pair: (pair[0], missing_key(pair[1]))):
        place, mistake = tell_refused(Refused(file, path, [detail for _, detail in found], met))
        yield Problem.of(place, mistake, value=file.text(path))


def is_echo(file: YamlFile, path: tuple[str | int, ...], detail: Any) -> bool:
    """A list is called empty when none of its items is right; a value that YAML could not read is missing."""
    if detail["type"] == "too_short" and file.follow(path)[1].value:
        return True
    return file.is_broken(join_path(path), inside=detail["type"] == "value_error")


def missing_key(detail: Any) -> str | int:
    """Several keys may be missing from one mapping: each is a mistake of its own."""
    key: str | int = detail["loc"][-1] if detail["type"] == "missing" else ""
    return key


def in_order(problems: Iterable[Problem], file: YamlFile) -> list[Problem]:
    """As they stand in the file, each with its path by ids: a reader of a plan does not count indicators."""
    named = (
        replace(one, where=replace(one.where, path=by_ids(one.where.path, file.value))) for one in problems
    )
    return sorted(named, key=lambda problem: (problem.where.line, problem.where.column))
