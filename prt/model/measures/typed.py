"""`{kind: typed}`"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from prt.model.base import field
from prt.model.facts import EACH, PART, About, Facts, PlainFact
from prt.model.figure import Figure
from prt.model.measures.base import Measure, Say, left_out
from prt.model.populations import Path
from prt.model.records import TypedFigure
from prt.model.selections import Condition, Selection, whole_log
from prt.model.text import Label, Text, unit_named
from prt.model.view import Data, View
from prt.problems import Mistake


class Typed(Measure):
    """A figure that somebody typed in figures.csv, with its document: the latest one holds."""

    kind: Literal["typed"]
    percent: bool = field(default=False, asked=True, description="`true`: the figure is a percentage")
    named_unit: Label | None = field(
        default=None,
        key="unit",
        description="what it is a number of: `$`, `{en: places, fr: places}`; `%` is `percent: true`",
    )
    example = "{kind: typed, percent: true}"
    can_fall = True
    pace = "none"
    by_hand = True
    may_be_negative = True
    may_exceed_all = True

    def check(self) -> None:
        """A percentage has no other unit."""
        if self.percent and self.named_unit and self.unit != "%":
            raise Mistake("unit_of_percentage")

    @property
    def unit(self) -> str:
        if self.named_unit:
            return unit_named(self.named_unit)
        return "%" if self.percent else ""

    def texts(self) -> Iterator[tuple[Path, Text]]:
        if self.named_unit:
            yield ("unit",), self.named_unit

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        return iter(())

    @property
    def main(self) -> Selection:
        return whole_log(TypedFigure.log)

    def reads(self, indicator_id: str) -> list[Selection]:
        return [Selection(log=TypedFigure.log, where={"indicator": Condition(any_of=(indicator_id,))})]

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        """Each figure with when it was typed: of one day the one written last holds."""
        for row, day in data.placed(self.main):
            if row["indicator"] == indicator_id:
                yield row, day, "part", row["value"], None, None, (row["date"], row.line), None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        if not facts:
            return Figure(None, "no_data")
        *earlier, latest = sorted(facts, key=lambda fact: fact[EACH])
        return Figure(latest[PART], facts=(latest,), left_out=left_out(earlier, "", "replaced"))

    def people(self, facts: Facts, view: View) -> About:
        """Whom a typed figure is about, nothing says; it is published as it was typed."""
        return About()

    def sentence(self, say: Say) -> str:
        return say("measure.typed")
