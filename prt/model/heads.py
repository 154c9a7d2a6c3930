"""The people behind a number: who, or how many of which row. A report needs it to protect small groups.

A number about people is a set of heads, so that two numbers can be compared, added and subtracted as a
reader of a report would: what is in both is counted in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from prt.model.rows import Row


class Head(NamedTuple):
    """The smallest part of a number: one person, one row of a person, or so many people of one row."""

    row: str
    what: str
    number: int = 1
    person: str = ""


Heads = frozenset[Head]
NOBODY: Heads = frozenset()


@dataclass(frozen=True)
class About:
    """Whom a figure counts; `whole` is of whom, where it is a part. Both are empty of what is not people."""

    part: Heads = NOBODY
    whole: Heads = NOBODY

    @property
    def people(self) -> int:
        """How many people the figure says something of."""
        return people(self.whole or self.part)


def people(heads: Iterable[Head]) -> int:
    """Different persons; a row without a person is one person."""
    found = list(heads)
    return len({head.person for head in found if head.person}) + sum(
        head.number for head in found if not head.person
    )


def of_rows(rows: Iterable[Row]) -> Heads:
    """The rows of a log about persons, each once; nobody where rows are of another log."""
    return frozenset(Head(row.key, row.log, 1, person_of(row)) for row in rows if row.model.persons)


def person_of(row: Row) -> str:
    return str(row["person"] or "") if "person" in row.index else ""


def of_persons(log: str, ids: Iterable[str]) -> Heads:
    """Different persons of one log, each once."""
    return frozenset(Head(one, log, 1, one) for one in ids)


def of_column(rows: Iterable[Row], column: str) -> About:
    """A column of heads, added up, and of whom they are a part: the positive of those who answered."""
    found = [row for row in rows if column in row.model.chain]
    if not found:
        return About()
    part = frozenset(head for row in found for head in heads_of(row, column))
    return About(part, frozenset(head for row in found for head in heads_of_whole(row, column)))


def heads_of_whole(row: Row, column: str) -> Heads:
    """The heads of whom this column's are a part; nobody where it is the widest."""
    whole = row.model.part_of.get(column)
    return heads_of(row, whole) if whole else NOBODY


def heads_of(row: Row, column: str) -> Heads:
    """The heads of one cell: those of the narrower columns, and the others. None where it is empty."""
    found, below = NOBODY, 0
    for name in row.model.chain:
        value = row[name]
        if value is not None and value < below:  # more forms than participants: nothing can be derived
            found, below = NOBODY, 0
        if value is not None and not (found and name == "respondents" and value == below):
            found |= {Head(row.key, name, value - below)}
            below = value
        if name == column:
            return found if value is not None else NOBODY
    raise KeyError(column)
