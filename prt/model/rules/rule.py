"""One mistake in a plan with the path to it, and ways through a plan with their paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan
from prt.problems import Mistake, Severity
from prt.text import before_more, did_you_mean
from prt.values import NamedTuple

Path = tuple[str | int, ...]


class Rule(NamedTuple):
    """A rule that a plan breaks, and where; `at_key`: the key itself is wrong, not its value."""

    path: Path
    mistake: Mistake
    severity: Severity = "error"
    at_key: bool = False


def wrong(path: Path, mistake: Mistake) -> Rule:
    return Rule(path, mistake)


def wrong_key(path: Path, mistake: Mistake) -> Rule:
    return Rule(path, mistake, at_key=True)


def doubtful(path: Path, mistake: Mistake) -> Rule:
    return Rule(path, mistake, "warning")


def name_choices(words: Iterable[str]) -> str:
    """`pd, plc`"""
    return ", ".join(words) or "none"


def hint_at(word: str, known: Iterable[str]) -> str:
    """`Did you mean "pd"? ` with the space that stands before more; empty where nothing is close."""
    return before_more(did_you_mean(word, known))


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
