"""What a package tells others: no more than a report on the same days prints.

A row about a person is a group of one. So the published edition has no such row, no fact of one, and nobody
of a population of people; of all other rows the numbers of people that the report shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.withholding.groups import TO_DATE, figure_key, is_row_of_person, row_key
from prt.figures.withholding.published import Edition
from prt.model.cells import ExactCell, PersonCell, RowIdCell, TextCell, WordCell, cell_of_one, names_person
from prt.model.columns import Column, LogRecord
from prt.model.facts import (
    DAY,
    EACH,
    INSIDE,
    MEMBER,
    PART,
    ROW,
    SIDE,
    WHOLE,
    PlainFact,
    Side,
    counts_own_people,
)
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.selections import column_of, is_person
from prt.output.package.team_edition import GivenValues, TeamEdition
from prt.values import dataclass

TOKEN = 16
"""How many of the 64 hexadecimal digits stand for an id."""


@dataclass(frozen=True)
class PublishedEdition(TeamEdition):
    """What the report of an `edition` prints; ids of people, and texts, are told apart by tokens that are
    made with `secret`: who has thrown it away can tell no more whose they are."""

    edition: Edition
    secret: bytes
    name = "published"

    @property
    def logs(self) -> list[type[LogRecord]]:
        return [model for model in super().logs if not model.persons]

    def columns(self, model: type[LogRecord]) -> list[Column]:
        return [one for one in super().columns(model) if self.tells(model, one)]

    def tells(self, model: type[LogRecord], column: Column) -> bool:
        """No text but the title; no id of a row about a person; of people only the team's, as tokens, unless
        they would be counted to a number that is withheld; of what the plan adds, what a report lists.
        """
        if column.own:
            return column.own.is_listed
        cell = cell_of_one(column.cell)
        if isinstance(cell, RowIdCell):
            return not LOGS[cell.log].persons
        if column.name == model.title_column or column.name == model.id_column:
            return True
        if isinstance(cell, PersonCell):
            return column.name in model.workers and model.log not in self.counted_persons
        if isinstance(cell, WordCell):
            return self.evaluation.data.known.at(model.log).words(column.name) is not None
        return not isinstance(cell, TextCell) or isinstance(cell, ExactCell)

    @cached_property
    def counted_persons(self) -> frozenset[str]:
        """The logs that name people of whom a number is withheld."""
        plan, hidden = self.evaluation.plan, {key[1] for key in self.edition.withheld if len(key) > 1}
        return frozenset(
            log
            for result in self.evaluation.results
            if result.handle in hidden
            for measure in (result.measure, *(second.reading.measure for second in result.also))
            for log in measure.logs(plan.selections)
        )

    def value(self, row: Row, column: Column) -> Any:
        if self.hides_cell(row, column.name):
            return None
        value = row[column.name]
        if value is None or not names_person(column.cell):
            return value
        return tuple(map(self.token, value)) if isinstance(value, tuple) else self.token(value)

    def hides_cell(self, row: Row, column: str) -> bool:
        """Is it a number of people that the report does not print, or does a share that it withholds need it?

        Of a row that it does not print, nothing that came from rows about persons is told either.
        """
        if counts_own_people(row.model, column):
            return True
        if column not in row.model.chain:
            return column in row.derived and self.is_unprinted(row)
        keys = [
            row_key(row, column),
            *(row_key(row, *pair) for pair in row.model.shares if pair[0] == column),
        ]
        return keys[0] not in self.edition.cells or not self.edition.withheld.isdisjoint(keys)

    def is_unprinted(self, row: Row) -> bool:
        return all(row_key(row, name) not in self.edition.cells for name in row.model.chain)

    def token(self, value: Any) -> str:
        """Begins with a letter: nobody takes it for a number."""
        return f"x{hmac.new(self.secret, str(value).encode(), hashlib.sha256).hexdigest()[:TOKEN]}"

    def token_or_none(self, value: Any) -> str | None:
        return None if value is None else self.token(value)

    def truth(self, result: Result) -> Result:
        return self.true_results[result.handle]

    @cached_property
    def true_results(self) -> dict[str, Result]:
        return {one.handle: getattr(one, "truth", one) for one in self.evaluation.results}

    def given(self, result: Result, fact: PlainFact) -> GivenValues | None:
        row: Row = fact[ROW]
        if row.model.persons:
            return None
        names, plan = result.measure.naming_columns(fact[SIDE]), self.evaluation.plan
        if any(is_person(plan, row.log, one) or is_row_of_person(plan, row.log, one) for one in names):
            return None
        if self.is_withheld(result, fact[DAY]):
            return None, None, None, None, None
        hidden = set(self.hidden_sides(result, row))
        part, whole = (
            (None if side in hidden else fact[at]) for side, at in (("part", PART), ("whole", WHOLE))
        )
        model = plan.record_of(row.log)
        known = all(self.tells(model, column_of(plan, row.log, one)) for one in names)
        named = fact[MEMBER], fact[EACH], fact[INSIDE]
        member, each, inside = named if known else map(self.token_or_none, named)
        return part, whole, member, each, inside

    def is_withheld(self, result: Result, day: dt.date) -> bool:
        """Is a figure withheld that has the facts of this day?"""
        windows = enumerate(self.evaluation.windows, 1)
        begun = [number for number, (_, window) in windows if window.first <= day <= window.last]
        keys = {figure_key(result.handle, 0, number) for number in (TO_DATE, *begun)}
        return not self.edition.withheld.isdisjoint(keys)

    def hidden_sides(self, result: Result, row: Row) -> Iterator[Side]:
        """The sides of a share, or of a sum, whose number of people in this row is not told."""
        for path, _, column in result.measure.number_columns():
            if column in row.index and self.hides_cell(row, column):
                yield "whole" if path[0] == "whole" else "part"

    def rule(self, text: str) -> str:
        """A plan may name people in a condition."""
        return self.ids.sub(lambda found: self.token(found[0]), text)

    @cached_property
    def ids(self) -> re.Pattern[str]:
        """The id of anybody, as it stands in a sentence."""
        return re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, self.evaluation.data.posts)) or '(?!)'})(?![\w-])"
        )

    def tells_members(self, result: Result, *, persons: bool) -> bool:
        return not persons and not self.is_withheld(result, self.evaluation.cut_off)

    def tells_times(self, result: Result) -> bool:
        return not any(LOGS[log].persons for log in result.measure.logs(self.evaluation.plan.selections))
