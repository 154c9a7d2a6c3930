"""One mistake in a plan with the path to it, and ways through a plan with their paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan
from prt.problems import EnglishMistake, Mistake, Severity

Path = tuple[str | int, ...]


class Rule(NamedTuple):
    """What a plan does not keep; `at_key` where the key itself is wrong, not its value."""

    path: Path
    mistake: Mistake
    severity: Severity = "error"
    at_key: bool = False


def wrong(path: Path, what: str, remedy: str) -> Rule:
    return Rule(path, EnglishMistake(what, remedy))


def wrong_key(path: Path, what: str, remedy: str) -> Rule:
    return Rule(path, EnglishMistake(what, remedy), at_key=True)


def doubtful(path: Path, what: str, remedy: str) -> Rule:
    return Rule(path, EnglishMistake(what, remedy), "warning")


def name_choices(hint: str, heading: str, words: Iterable[str]) -> str:
    """`Did you mean "pd"? Selections: pd, plc.`"""
    return f"{hint} {heading}: {', '.join(words) or 'none'}.".lstrip()


def lines_of(plan: Plan) -> Iterator[tuple[Path, Line]]:
    for v, volet in enumerate(plan.volets):
        for n, line in enumerate(volet.lines):
            yield ("volets", v, "lines", n), line


def indicators_of(plan: Plan) -> Iterator[tuple[Path, Line, Indicator]]:
    for path, line in lines_of(plan):
        for i, indicator in enumerate(line.indicators):
            yield (*path, "indicators", i), line, indicator


def measures_of(plan: Plan) -> Iterator[tuple[Path, Measure]]:
    """Every measure, those of second readings too."""
    for path, _, indicator in indicators_of(plan):
        for more, measure in indicator.measures():
            yield (*path, *more), measure
