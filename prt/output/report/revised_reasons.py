"""Why results are others than in a report before: rows late, corrected or removed, changes of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from prt.figures.restatement.compare import Comparison, Earlier, Revision, Shift
from prt.figures.restatement.row_changes import KINDS, CellEdit, RowChange
from prt.figures.withholding.equations import Key
from prt.figures.withholding.revised_groups import changes_key, edit_keys, now_key, sent_key
from prt.files.provenance import UNDONE
from prt.model.rows import Row
from prt.model.selections import is_empty, is_person
from prt.output.listings import is_shown
from prt.output.numbers import day_text
from prt.output.words import Words
from prt.text import shorten

FEW = 8
"""So many rows of a kind are named in a report; the team sees all."""
LONGEST = 60
Withheld = frozenset[Key]


class Reasons:
    """The reasons of one comparison: for the team, or for the report that comes after an `earlier` one.

    A report names rows by what they are called and their day, and has only numbers of those about persons.
    """

    def __init__(
        self, comparison: Comparison, words: Words, earlier: Earlier | None, withheld: Withheld
    ) -> None:
        self.comparison = comparison
        self.words = words
        self.earlier = earlier
        self.withheld = withheld

    @property
    def team(self) -> bool:
        return self.earlier is None

    def why(self, some: Sequence[Revision], few: int = FEW, *, whole: bool = True) -> Iterator[str]:
        """Each reason of some results once: rows late, corrected, removed; then what changed in the plan for
        all of them, with the reason of its amendment. Unless it is the `whole`, a row is its title and day.
        """
        for kind in KINDS:
            changes = {
                change.row.key: change for one in some for change in one.changes if change.kind == kind
            }
            if named := [change for change in changes.values() if self.names(change.row.log)]:
                rows = ", ".join(self.named(named, few, whole))
                yield self.words.counted(f"revised.{kind}", len(named), rows=rows)
            yield from dict.fromkeys(text for one in some for text in self.of_persons(one, kind))
        yield from self.shared(some)

    def shared(self, some: Sequence[Revision]) -> list[str]:
        """The reasons that all of these results share and that are no row, such as a change of the plan."""
        first, *rest = ([*self.others(one)] for one in some)
        return [text for text in first if all(text in texts for texts in rest)]

    def names(self, log: str) -> bool:
        """Are the rows of this log named, or only counted?"""
        return self.team or is_shown(log)

    def others(self, one: Revision) -> Iterator[str]:
        """The reasons of one result that are no row: it gives way, is gone, or the plan changed."""
        if any(self.gives_way(one, shift) for shift in one.shifts):
            yield self.words("revised.withheld")
        if one.now is None:
            yield self.words("revised.dropped")
        elif one.shifts and not (one.changes or one.measure or one.rules):
            yield self.words("revised.other")
        yield from self.plan(one)

    def marks(self, one: Revision) -> set[object]:
        """What tells whether two results have a reason in common: a row that is named, or the same words."""
        found: set[object] = {text for kind in KINDS for text in self.of_persons(one, kind)}
        found |= {(change.kind, change.row.key) for change in one.changes if self.names(change.row.log)}
        return found or set(self.others(one))

    def plan(self, one: Revision) -> Iterator[str]:
        """What changed in the plan; an entry that was sent already explains an earlier change."""
        known = self.comparison.sent.plan.amendments
        amended = [
            amendment.why.to(self.words.language)
            for amendment in self.comparison.now.plan.amendments
            if amendment not in known
            and any(amendment.covers(at.line.id, at.handle) for at in (one.sent, one.now) if at)
        ]
        for name in ("target", "measure", "rules", "last_year"):
            if one.now is not None and getattr(one, name):
                said = self.words(f"revised.{name}")
                because = amended[-1] if amended and name not in ("rules", "last_year") else ""
                yield self.words("revised.because", what=said, why=because) if because else said

    def gives_way(self, one: Revision, shift: Shift) -> bool:
        """Is the new number withheld, and not what was sent?"""
        if self.earlier is None or now_key(self.earlier, one, shift) not in self.withheld:
            return False
        return sent_key(self.earlier, one, shift) not in self.withheld

    def hidden_logs(self, one: Revision, changes: Sequence[RowChange]) -> set[str]:
        """The logs of which a report does not say how many rows changed."""
        if self.earlier is None:
            return set()
        keys = {changes_key(self.earlier, one, change.kind, change.row.log): change for change in changes}
        return {change.row.log for key, change in keys.items() if key in self.withheld}

    def of_persons(self, one: Revision, kind: str) -> Iterator[str]:
        """`removed: requests (2)`: of rows about persons the number and the reasons, by log."""
        changes = [change for change in one.changes if change.kind == kind and not self.names(change.row.log)]
        hidden = self.hidden_logs(one, changes)
        for log, some in groupby(changes, key=lambda change: change.row.log):
            listed = list(some)
            number = self.words("figure.withheld") if log in hidden else str(len(listed))
            said = "; ".join((number, *self.why_of(listed)))
            rows = self.words("revised.private", log=self.words(f"log.{log}"), said=said)
            yield self.words.counted(f"revised.{kind}", 1, rows=rows)

    def named(self, changes: Sequence[RowChange], few: int, whole: bool) -> Iterator[str]:
        shown = changes if self.team else changes[:few]
        yield from (self.change(one) if whole else self.short_name(one.row) for one in shown)
        if left := len(changes) - len(shown):
            yield self.words.counted("revised.more", left)

    def row_name(self, row: Row) -> list[str]:
        """Its id and title; in a report its day too."""
        day = self.value(row.log, "date", row.day)
        return [row.id or day, *self.title(row), *([] if self.team or not row.id else [day])]

    def short_name(self, row: Row) -> str:
        """Its title and day: `Storytelling (Nov. 19, 2024)`."""
        name, *said = [*self.title(row), self.value(row.log, "date", row.day)]
        return self.words("revised.with", row=name, said=said[0]) if said else name

    def change(self, change: RowChange) -> str:
        name, *said = self.row_name(change.row)
        said += (self.edit(change, edit) for edit in change.edits)
        if change.problem and self.team:
            problem = change.problem
            said.append(self.words("revised.problem", place=str(problem.where), what=problem.what))
        said += self.why_of([change])
        return self.words("revised.with", row=name, said="; ".join(said)) if said else name

    def title(self, row: Row) -> list[str]:
        name = row.model.title_column
        return [self.value(row.log, name, row[name])] if name and row[name] else []

    def edit(self, change: RowChange, edit: CellEdit) -> str:
        """`participants: 24 → 25`; who a person is, is nobody's business, nor a number of few people."""
        log, column = change.row.log, self.words.column_name(change.row.log, edit.column)
        own = self.words.plan.own_column(log, edit.column)
        untold = own is not None and not own.is_listed and not self.team
        if untold or is_person(self.words.plan, log, edit.column) or self.is_small(change, edit):
            return column
        values = {
            "old": self.value(log, edit.column, edit.old),
            "new": self.value(log, edit.column, edit.new),
        }
        return self.words("revised.edit", column=column, **values)

    def is_small(self, change: RowChange, edit: CellEdit) -> bool:
        """In a report: a number of people, one of them a small group or withheld."""
        if self.earlier is None or edit.column not in change.row.model.chain:
            return False
        smallest = self.comparison.now.plan.privacy.smallest_group
        few = any(value is not None and value < smallest for value in (edit.old, edit.new))
        return few or not self.withheld.isdisjoint(edit_keys(self.earlier, change, edit.column))

    def value(self, log: str, column: str, value: Any) -> str:
        if is_empty(value):
            return self.words("revised.empty")
        if isinstance(value, dt.date) and not self.team:
            return day_text(value, self.words.language, "medium")
        return shorten(self.words.value(log, column, value), LONGEST)

    def why_of(self, changes: Sequence[RowChange]) -> list[str]:
        """Each reason of what was corrected or removed once; that there is none is said too."""
        asked = [one for one in changes if one.kind in ("corrected", "removed")]
        return list(dict.fromkeys(said for one in asked for said in self.reasons(one)))

    def reasons(self, change: RowChange) -> Iterator[str]:
        """Each reason once; that there is none is said too."""
        given = [one for one in (change.why, *(edit.why for edit in change.edits)) if one]
        for why in dict.fromkeys(given):
            own = why == UNDONE
            yield self.words("revised.undone" if own else "revised.reason", why=shorten(why, 2 * LONGEST))
        if not given:
            yield self.words("revised.no_reason")
