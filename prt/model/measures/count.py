"""`{kind: count, of: S}`"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import repeat
from typing import Literal

from prt.model.facts import PART, About, Facts, PlainFact, of_givers, part_facts
from prt.model.figure import Figure
from prt.model.measures.base import Counted, Say
from prt.model.view import Data, View


class Count(Counted):
    """How many rows there are. May be added over periods."""

    kind: Literal["count"]
    example = '{kind: count, of: {log: sessions, where: {line: "1.1"}}, split_by: [format]}'
    whole_numbers = True
    adds_up = True
    facts_add_up = True

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        return part_facts(data.placed_once(self.of), repeat(1), repeat(None))

    def fold(self, facts: Facts, view: View) -> Figure:
        return self.in_use(view, Figure(Fraction(sum([fact[PART] for fact in facts])), facts=facts))

    def people(self, facts: Facts, view: View) -> About:
        return About(of_givers(facts))

    def sentence(self, say: Say) -> str:
        return say("measure.count", of=say.rows_of(self.of))
