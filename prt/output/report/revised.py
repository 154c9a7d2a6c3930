"""Revised results in words: *as sent, now, why* of each figure that is another than in a report before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.restatement.compare import Comparison, Earlier, Revision, Shift
from prt.figures.restatement.row_changes import KINDS, Change, Edit
from prt.figures.withholding.equations import Key
from prt.figures.withholding.revised_groups import changes_key, edit_keys, now_key, now_to_date_key, sent_key
from prt.figures.withholding.told import sent_status_key
from prt.files.provenance import UNDONE
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.model.rows import Row
from prt.model.selections import is_empty, is_person
from prt.output.listings import capital, is_shown
from prt.output.numbers import day_text
from prt.output.report.results import Figures
from prt.output.status_json import aim_json, figure_json
from prt.output.tables import Heading, Table, json_value
from prt.output.words import Words
from prt.text import shorten
from prt.values import dataclass

FEW = 8
"""So many rows of a kind are named in a report; the team sees all."""
LONGEST = 60


@dataclass(frozen=True)
class Piece:
    """One thing of an indicator, as sent and now: `P1`, 12, 13."""

    label: str
    sent: str
    now: str


Withheld = frozenset[Key]


class Revising:
    """The words of one comparison: for the team, or for the report that comes after an `earlier` one.

    A report has only numbers of the rows about persons, and `x` where a figure is withheld.
    """

    def __init__(
        self,
        comparison: Comparison,
        words: Words,
        earlier: Earlier | None = None,
        withheld: Withheld = frozenset(),
    ) -> None:
        self.comparison = comparison
        self.words = words
        self.earlier = earlier
        self.withheld = withheld
        sent = comparison.sent
        self.sent = Figures(sent, Words(words.language, sent.plan, sent.data.organisations))
        self.now = Figures(comparison.now, words)

    @property
    def team(self) -> bool:
        return self.earlier is None

    def table(self) -> Table:
        """A row for each indicator."""
        titles = ("report.indicator", "revised.sent", "revised.now", "revised.why")
        head = tuple(Heading(title.partition(".")[2], self.words(title)) for title in titles)
        return Table(head, tuple(self.row(one) for one in self.comparison.revisions))

    def causes(self) -> Table:
        """A row for each cause, with the results that it moved as they were sent and as they are now."""
        found: dict[tuple[str, ...], list[str]] = {}
        for one in self.comparison.revisions:
            if effects := self.effects(one):
                moved = ", ".join([self.label(one), " · ".join(effects)])
                found.setdefault(tuple(self.why(one)), []).append(moved)
        head = tuple(Heading(name, self.words(f"revised.{name}")) for name in ("why", "moved"))
        return Table(head, tuple(("; ".join(why), "; ".join(moved)) for why, moved in found.items()))

    def effects(self, one: Revision) -> list[str]:
        """`P1: 12 → 11`; what is printed as it was sent is not listed."""
        return [
            self.words("revised.shift", label=piece.label, sent=piece.sent, now=piece.now)
            for piece in self.pieces(one)
            if piece.sent != piece.now
        ]

    def row(self, one: Revision) -> tuple[str, str, str, str]:
        pieces = list(self.pieces(one))
        sent = "; ".join(self.said(piece.label, piece.sent) for piece in pieces)
        now = "; ".join(self.said(piece.label, piece.now) for piece in pieces)
        return self.label(one), sent, now, "; ".join(self.why(one))

    def said(self, label: str, value: str) -> str:
        return self.words("revised.piece", label=label, value=value)

    def label(self, one: Revision) -> str:
        """`1.1 Workshops delivered` in a report, `1.1.workshops` for the team."""
        if self.team:
            return one.sent.handle
        return f"{one.sent.line.id} {capital(one.sent.indicator.label.to(self.words.language))}"

    def pieces(self, one: Revision) -> Iterator[Piece]:
        """Its figures, then its target and its status where they are others."""
        for shift in one.shifts:
            yield Piece(self.slot(shift), *self.figures(one, shift))
        if one.now and one.target:
            yield Piece(
                self.words("screen.target"), self.target(self.sent, one.sent), self.target(self.now, one.now)
            )
        if one.now and one.turned and self.tells_statuses(one):
            texts = self.sent.status(one.sent), self.now.status(one.now)
            yield Piece(self.words("screen.status"), *texts)

    def tells_statuses(self, one: Revision) -> bool:
        """Not in a report that withholds one of them, or the figure that it is of."""
        if self.earlier is None:
            return True
        then = sent_status_key(self.earlier.period, self.earlier.annual, one.sent.handle)
        return self.withheld.isdisjoint({then, now_to_date_key(self.earlier, one)})

    def slot(self, shift: Shift) -> str:
        """`P1`, `to date`, or with the label of another reading."""
        words = self.words
        period = words("explain.to_date") if shift.period is None else f"P{shift.period}"
        if shift.reading is None:
            return period
        return words("revised.reading", period=period, label=shift.reading.label.to(words.language))

    def figures(self, one: Revision, shift: Shift) -> tuple[str, str]:
        target = one.sent.indicator.target
        sent = self.number(self.sent, shift.measure, self.shown(one, shift, shift.sent, sent_key), target)
        if one.now is None or shift.now is None:
            return sent, self.words("revised.gone")
        measure = shift.measure if shift.reading else one.now.indicator.measure
        figure = self.shown(one, shift, shift.now, now_key)
        now = self.number(self.now, measure, figure, one.now.indicator.target)
        if sent == now and shift.splits:
            log = self.words.flat(measure.main).log
            columns = ", ".join(self.words.column_name(log, name) for name in shift.splits)
            now = self.words("revised.splits", value=now, columns=columns)
        return sent, now

    def shown(
        self, one: Revision, shift: Shift, figure: Figure, key: Callable[[Earlier, Revision, Shift], Key]
    ) -> Figure:
        """The figure, or that it is withheld."""
        if self.earlier and key(self.earlier, one, shift) in self.withheld:
            return Figure(None, "withheld")
        return figure

    def gives_way(self, one: Revision, shift: Shift) -> bool:
        """Is the new number withheld, and not what was sent?"""
        if self.earlier is None or now_key(self.earlier, one, shift) not in self.withheld:
            return False
        return sent_key(self.earlier, one, shift) not in self.withheld

    def number(self, figures: Figures, measure: Measure, figure: Figure, target: Target | None) -> str:
        return figures.one_text(figures.cell(measure, figure, target))

    def target(self, figures: Figures, result: Result) -> str:
        target = result.target
        if target is None:
            return self.words("revised.gone")
        return figures.aim_number(target, result.measure.unit)

    def why(self, one: Revision) -> Iterator[str]:
        """Rows late, corrected, removed; then what changed in the plan, with the reason of its amendment."""
        for kind in KINDS:
            changes = [change for change in one.changes if change.kind == kind]
            if changes:
                hidden = self.hidden_logs(one, changes)
                rows = ", ".join(self.rows(changes, hidden))
                yield self.words.counted(f"revised.{kind}", 1 if hidden else len(changes), rows=rows)
        if any(self.gives_way(one, shift) for shift in one.shifts):
            yield self.words("revised.withheld")
        if one.now is None:
            yield self.words("revised.dropped")
        elif one.shifts and not (one.changes or one.measure or one.rules):
            yield self.words("revised.other")
        yield from self.plan(one)

    def plan(self, one: Revision) -> Iterator[str]:
        """What changed in the plan; an entry that was sent already explains an earlier change."""
        known = self.comparison.sent.plan.amendments
        amended = [
            amendment.why.to(self.words.language)
            for amendment in self.comparison.now.plan.amendments
            if amendment not in known
            and any(amendment.covers(at.line.id, at.handle) for at in (one.sent, one.now) if at)
        ]
        for name in ("target", "measure", "rules"):
            if one.now is not None and getattr(one, name):
                said = self.words(f"revised.{name}")
                because = amended[-1] if amended and name != "rules" else ""
                yield self.words("revised.because", what=said, why=because) if because else said

    def hidden_logs(self, one: Revision, changes: Sequence[Change]) -> set[str]:
        """The logs of which a report does not say how many rows changed."""
        if self.earlier is None:
            return set()
        keys = {changes_key(self.earlier, one, change.kind, change.row.log): change for change in changes}
        return {change.row.log for key, change in keys.items() if key in self.withheld}

    def rows(self, changes: Sequence[Change], hidden: Collection[str]) -> Iterator[str]:
        """Each row by its id; of rows about persons a report has only the number and the reasons, by log."""
        ordered = sorted(changes, key=lambda change: not is_shown(change.row.log))
        for log, some in groupby(ordered, key=lambda change: change.row.log):
            listed = list(some)
            if is_shown(log) or self.team:
                shown = listed if self.team else listed[:FEW]
                yield from (self.change(one) for one in shown)
                if left := len(listed) - len(shown):
                    yield self.words.counted("revised.more", left)
            else:
                number = self.words("figure.withheld") if log in hidden else str(len(listed))
                said = "; ".join((number, *self.why_of(listed)))
                yield self.words("revised.private", log=self.words(f"log.{log}"), said=said)

    def change(self, change: Change) -> str:
        said = [*self.title(change.row), *(self.edit(change, edit) for edit in change.edits)]
        if change.problem and self.team:
            problem = change.problem
            said.append(self.words("revised.problem", place=str(problem.where), what=problem.what))
        said += self.why_of([change])
        name = change.row.id or self.value(change.row.log, "date", change.row.day)
        return self.words("revised.with", row=name, said="; ".join(said)) if said else name

    def title(self, row: Row) -> list[str]:
        name = row.model.title_column
        return [self.value(row.log, name, row[name])] if name and row[name] else []

    def edit(self, change: Change, edit: Edit) -> str:
        """`participants: 24 → 25`; who a person is, is nobody's business, nor a number of few people."""
        log, column = change.row.log, self.words.column_name(change.row.log, edit.column)
        if is_person(log, edit.column) or self.is_small(change, edit):
            return column
        values = {
            "old": self.value(log, edit.column, edit.old),
            "new": self.value(log, edit.column, edit.new),
        }
        return self.words("revised.edit", column=column, **values)

    def is_small(self, change: Change, edit: Edit) -> bool:
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

    def why_of(self, changes: Sequence[Change]) -> list[str]:
        """Each reason of what was corrected or removed once; that there is none is said too."""
        asked = [one for one in changes if one.kind in ("corrected", "removed")]
        return list(dict.fromkeys(said for one in asked for said in self.reasons(one)))

    def reasons(self, change: Change) -> Iterator[str]:
        """Each reason once; that there is none is said too."""
        given = [one for one in (change.why, *(edit.why for edit in change.edits)) if one]
        for why in dict.fromkeys(given):
            own = why == UNDONE
            yield self.words("revised.undone" if own else "revised.reason", why=shorten(why, 2 * LONGEST))
        if not given:
            yield self.words("revised.no_reason")


def revisions_json(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """Every revision as data: figures as in `prt status --format json`, rows with file and line."""
    said = Revising(comparison, words)
    return [revision_json(one, said) for one in comparison.revisions]


def revision_json(one: Revision, said: Revising) -> dict[str, Any]:
    return {
        "id": one.sent.handle,
        "id_now": one.now and one.now.handle,
        "figures": [
            {
                "period": shift.period,
                "reading": shift.reading and shift.reading.label.to(said.words.language),
                "sent": figure_json(shift.sent),
                "now": shift.now and figure_json(shift.now),
                "splits": list(shift.splits),
            }
            for shift in one.shifts
        ],
        "target": {"sent": target_json(one.sent), "now": one.now and target_json(one.now)},
        "status": {"sent": one.sent.status.code, "now": one.now and one.now.status.code},
        "rows": [row_change_json(change) for change in one.changes],
        "plan": [name for name in ("target", "measure", "rules") if getattr(one, name)],
        "why": list(said.why(one)),
    }


def target_json(result: Result) -> dict[str, Any] | None:
    target = result.target
    return aim_json(target) if target else None


def row_change_json(change: Change) -> dict[str, Any]:
    row = change.row
    edits = [
        {"column": edit.column, "old": json_value(edit.old), "new": json_value(edit.new), "why": edit.why}
        for edit in change.edits
    ]
    place = {"log": row.log, "id": row.id, "file": row.file, "line": row.line}
    problem = str(change.problem.where) if change.problem else None
    return {"kind": change.kind, **place, "why": change.why, "edits": edits, "problem": problem}


def revision_lines(revisions: Iterable[Revision], said: Revising) -> Iterator[str]:
    """`1.1.workshops  P1: 12 → 13` and its reasons below, for a terminal."""
    for one in revisions:
        pieces = [said.said(piece.label, f"{piece.sent} → {piece.now}") for piece in said.pieces(one)]
        yield f"{one.sent.handle}  {'; '.join(pieces)}"
        yield from (f"    {text}" for text in said.why(one))
