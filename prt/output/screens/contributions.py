"""What each row gave to a figure, for a reader and as data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from prt.model.facts import PART, ROW, SIDE, WHOLE, Fact, Facts, PlainFact, Side, of_side
from prt.model.measures import Measure
from prt.model.rows import Row
from prt.model.selections import column_of
from prt.output.numbers import format_exact, format_hours
from prt.output.tables import json_value
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class Contributions:
    """The facts of one figure, row by row."""

    words: Words
    measure: Measure
    facts: Facts

    def by_row(self) -> Mapping[int, tuple[Row, list[PlainFact]]]:
        """Each row once, with all that it gave, in the order of the facts."""
        found: dict[int, tuple[Row, list[PlainFact]]] = {}
        for fact in self.facts:
            found.setdefault(id(fact[ROW]), (fact[ROW], []))[1].append(fact)
        return found

    @property
    def has_two_sides(self) -> bool:
        return any(fact[SIDE] == "whole" for fact in self.facts)

    def text(self, given: Facts) -> str:
        """`1`, `1.5 h`, `6 of 8`, `EMSB; RSB`; where a row may give to one side alone, to which."""
        said = [(side, self.side_text(of_side(given, side), side)) for side in ("part", "whole")]
        if not self.has_two_sides:
            return said[0][1]
        return "; ".join(self.words(f"explain.to_{side}", what=text) for side, text in said if text)

    def side_text(self, given: Facts, side: Side) -> str:
        return "; ".join(dict.fromkeys(self.fact_text(fact, side) for fact in given))

    def fact_text(self, fact: PlainFact, side: Side) -> str:
        part, whole = fact[PART], fact[WHOLE]
        if part is not None and whole is not None:
            return self.words("screen.of", part=self.number(part), whole=self.number(whole))
        amount = whole if part is None else part
        return self.names(fact, side) if amount is None else self.number(amount, self.measure.row_unit)

    def number(self, amount: Any, unit: str = "") -> str:
        if unit == "h":
            return format_hours(Fraction(amount), self.words.language)
        return format_exact(Fraction(amount), unit, self.words.language)

    def names(self, fact: PlainFact, side: Side) -> str:
        """Whom or what a fact names: `p-003, PLC-1`."""
        named = Fact(*fact)
        values = named.member if isinstance(named.member, tuple) else (named.member, named.each)
        pairs = zip(self.measure.naming_columns(side), values, strict=False)
        return ", ".join(self.value(named.row.log, column, value) for column, value in pairs) or "1"

    def value(self, log: str, column: str, value: Any) -> str:
        """One of several in a cell stays as it was written."""
        is_one_of_several = column_of(self.words.plan, log, column).cell.many and isinstance(value, str)
        return value if is_one_of_several else self.words.value(log, column, value)

    def as_json(self, given: Facts) -> list[dict[str, Any]]:
        """Each fact of a row; keys without a value are left out."""
        return [fact_json(Fact(*fact)) for fact in given]


def fact_json(fact: Fact) -> dict[str, Any]:
    pairs = zip(fact._fields[SIDE:], fact[SIDE:], strict=True)
    return {name: fact_value(value) for name, value in pairs if value is not None}


def fact_value(value: Any) -> Any:
    return [fact_value(one) for one in value] if isinstance(value, tuple) else json_value(value)
