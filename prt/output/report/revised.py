"""Revised results in words: *as sent, now, why* of each figure that is another than in a report before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.restatement.compare import Comparison, Earlier, Revision, Shift
from prt.figures.restatement.row_changes import RowChange
from prt.figures.withholding.equations import Key
from prt.figures.withholding.revised_groups import now_key, now_to_date_key, sent_key
from prt.figures.withholding.sent_report import last_year_key, sent_status_key
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.output.listings import named
from prt.output.report.results import Figures
from prt.output.report.revised_reasons import Reasons, Withheld
from prt.output.status_json import figure_json, target_json
from prt.output.tables import Heading, Table, json_value
from prt.output.words import Words
from prt.values import dataclass

EFFECTS, NAMED = 2, 2
"""So many results that moved, and so many rows, does the first page name of a cause."""


@dataclass(frozen=True)
class Piece:
    """One thing of an indicator, as sent and now: `P1`, 12, 13."""

    label: str
    sent: str
    now: str


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
        self.reasons = Reasons(comparison, words, earlier, withheld)

    @property
    def team(self) -> bool:
        return self.earlier is None

    def table(self) -> Table:
        """A row for each indicator that is printed otherwise."""
        titles = ("report.indicator", "revised.sent", "revised.now", "revised.why")
        head = tuple(Heading(title.partition(".")[2], self.words(title)) for title in titles)
        return Table(head, tuple(map(self.row, self.printed())))

    def printed(self) -> list[Revision]:
        """The revisions of which something is printed otherwise than it was sent."""
        return list(filter(self.effects, self.comparison.revisions))

    def causes(self) -> Table:
        """A row for each cause, with the results that it moved as they were sent and as they are now."""
        head = tuple(Heading(name, self.words(f"revised.{name}")) for name in ("why", "moved"))
        rows = (
            ("; ".join(self.reasons.why(some)), "; ".join(self.moved(one, some) for one in some))
            for some in self.grouped()
        )
        return Table(head, tuple(rows))

    def moved(self, one: Revision, some: Sequence[Revision]) -> str:
        """`1.1 Workshops, P1: 12 → 11`, with what is a reason of it and not of `some` others."""
        text, shared = ", ".join([self.label(one), " · ".join(self.effects(one))]), self.reasons.shared(some)
        own = [reason for reason in self.reasons.others(one) if reason not in shared]
        return self.words("revised.with", row=text, said="; ".join(own)) if own else text

    def grouped(self) -> list[list[Revision]]:
        """The results that moved, together where they have a reason in common: no reason stands twice."""
        found: list[tuple[set[object], list[Revision]]] = []
        for one in self.printed():
            marks, some = self.reasons.marks(one), [one]
            alike = [group for group in found if group[0] & marks]
            for group in alike:
                found.remove(group)
                marks, some = marks | group[0], [*group[1], *some]
            found.append((marks, some))
        order = self.comparison.revisions.index
        return sorted((sorted(some, key=order) for _, some in found), key=lambda some: order(some[0]))

    def short_cause(self, some: Sequence[Revision]) -> str:
        """`removed: Storytelling (Nov. 19, 2024) – 1.1 Workshops, P1: 12 → 11; 3 more`: the most moved."""
        largest = sorted(some, key=self.size, reverse=True)
        told = [", ".join([self.label(one), *self.effects(one)[:1]]) for one in largest[:EFFECTS]]
        if left := len(largest[EFFECTS:]):
            told.append(self.words.counted("revised.more", left))
        why = "; ".join(self.reasons.why(some, NAMED, whole=False))
        return self.words("revised.cause", why=why, moved="; ".join(told))

    def size(self, one: Revision) -> Fraction:
        """The largest relative change among the figures of a result; 0 where no number of it is printed."""
        shown = ((self.shown(one, shift, shift.sent, sent_key), shift) for shift in one.shifts)
        pairs = [
            (sent.value, self.shown(one, shift, shift.now, now_key).value)
            for sent, shift in shown
            if shift.now is not None
        ]
        known = [(sent, now) for sent, now in pairs if sent is not None and now is not None]
        return max((abs(now - sent) / (abs(sent) or 1) for sent, now in known), default=Fraction(0))

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
        return self.label(one), sent, now, "; ".join(self.reasons.why([one]))

    def said(self, label: str, value: str) -> str:
        return self.words("revised.piece", label=label, value=value)

    def label(self, one: Revision) -> str:
        """`1.1 · Workshops delivered` in a report, `1.1.workshops` for the team."""
        if self.team:
            return one.sent.handle
        return named(one.sent.line.id, one.sent.indicator.label.to(self.words.language))

    def pieces(self, one: Revision) -> Iterator[Piece]:
        """Its figures, then its target and its status where they are others."""
        for shift in one.shifts:
            yield Piece(self.slot(shift), *self.figures(one, shift))
        if one.now and (one.target or (one.last_year and not self.hides_last_year(one.sent))):
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
        target = one.sent.target
        sent = self.number(self.sent, shift.measure, self.shown(one, shift, shift.sent, sent_key), target)
        if one.now is None or shift.now is None:
            return sent, self.words("revised.gone")
        measure = shift.measure if shift.reading else one.now.indicator.measure
        figure = self.shown(one, shift, shift.now, now_key)
        now = self.number(self.now, measure, figure, one.now.target)
        if sent == now and shift.splits:
            log = measure.split_logs(self.words.plan.selections)[0]
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

    def number(self, figures: Figures, measure: Measure, figure: Figure, target: Target | None) -> str:
        return figures.one_text(figures.cell(measure, figure, target))

    def hides_last_year(self, result: Result) -> bool:
        """Does the report withhold the figure of last year, which the target is more than?"""
        return self.earlier is not None and last_year_key(result.handle) in self.withheld

    def target(self, figures: Figures, result: Result) -> str:
        if self.hides_last_year(result):
            return figures.aim_of(result.indicator)
        return figures.aim_told(result) if result.promised else self.words("revised.gone")


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
        "plan": [name for name in ("target", "measure", "rules", "last_year") if getattr(one, name)],
        "why": list(said.reasons.why([one])),
    }


def row_change_json(change: RowChange) -> dict[str, Any]:
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
        yield from (f"    {text}" for text in said.reasons.why([one]))
