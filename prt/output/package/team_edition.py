"""What a package tells the team: everything but names. Another edition tells less, answer by answer."""

from __future__ import annotations

from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.model.columns import Column, LogRecord
from prt.model.facts import EACH, INSIDE, MEMBER, PART, WHOLE, PlainFact
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.values import dataclass

GivenValues = tuple[Any, Any, Any, Any, Any]
"""What a fact gives: part, whole, member, each, inside."""


@dataclass(frozen=True)
class TeamEdition:
    """All that there is. `evaluation` has the figures as they are shown."""

    evaluation: Evaluation
    name = "team"

    @property
    def logs(self) -> list[type[LogRecord]]:
        return list(map(self.evaluation.plan.record_of, LOGS))

    def columns(self, model: type[LogRecord]) -> list[Column]:
        return [one for one in model.columns() if one.name != model.id_column]

    def value(self, row: Row, column: Column) -> Any:
        return row[column.name]

    def truth(self, result: Result) -> Result:
        """The result of which the facts are told."""
        return result

    def given(self, result: Result, fact: PlainFact) -> GivenValues | None:
        """What a fact gives, or None where it is not told at all."""
        return fact[PART], fact[WHOLE], fact[MEMBER], fact[EACH], fact[INSIDE]

    def rule(self, text: str) -> str:
        """The sentence of a rule."""
        return text

    def tells_members(self, result: Result, *, persons: bool) -> bool:
        """Is it told who is in the population of this indicator?"""
        return True

    def tells_times(self, result: Result) -> bool:
        """And how often each of them was there?"""
        return True
