"""Changes of a plan for a terminal, a review comment, a spreadsheet, or another program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from prt.figures.plan_diff.change import Effect, PlanChange, SeenFigure
from prt.output.screens.plan_diff import PlanDiff, plan_json
from prt.output.tables import Heading, Table, json_value, render
from prt.output.words import Words
from prt.text import escape_signs
from prt.values import dataclass

SCHEMA = 1
LONGEST = 60_000
"""Characters of a comment: GitHub takes 65,536."""

HEADINGS = tuple(map(Heading, ("how", "what", "id", "part", "before", "after", "text")))


@dataclass(frozen=True)
class Compared:
    """Two plans by the names that the user gave them, with their words and what changed."""

    names: tuple[str, str]
    before: Words
    after: Words
    changes: Sequence[PlanChange]

    @property
    def diff(self) -> PlanDiff:
        return PlanDiff(self.before, self.after)

    @property
    def heading(self) -> str:
        before, after = self.names
        heading = self.after("change.heading", year=self.after.plan.year, before=before, after=after)
        if not self.changes:
            return heading
        number = self.after.counted("change.changes", len(self.changes))
        return self.after("change.told", change=heading, effects=number)


def render_diff(found: Compared, how: str) -> str:
    """As `table`, `md`, `csv` or `json`."""
    if how == "csv":
        return render(changes_table(found), how)
    return {"table": diff_text, "md": diff_markdown, "json": diff_json}[how](found)


def diff_text(found: Compared) -> str:
    if not found.changes:
        return found.after("change.nothing")
    lines = [found.heading, ""]
    for change in found.changes:
        sentence, *details = found.diff.lines(change)
        lines += [f"  {sentence}", *(f"      {detail}" for detail in details)]
    return "\n".join(lines)


def diff_markdown(found: Compared) -> str:
    """A heading and a list; no text of a plan is markup, and no comment grows too long to be taken."""
    heading = f"### {escape_signs(found.heading)}"
    if not found.changes:
        return f"{heading}\n\n{found.after('change.nothing')}"
    items = [item(found.diff.lines(change)) for change in found.changes]
    kept = list(items_that_fit(items, LONGEST - len(heading)))
    if len(kept) < len(items):
        kept.append(f"- {found.after.counted('change.more', len(items) - len(kept))}")
    return "\n".join([heading, "", *kept])


def item(lines: Sequence[str]) -> str:
    sentence, *details = map(escape_signs, lines)
    return "\n".join([f"- {sentence}", *(f"  - {detail}" for detail in details)])


def items_that_fit(items: Sequence[str], room: int) -> Iterator[str]:
    for one in items:
        room -= len(one) + 1
        if room < 0:
            return
        yield one


def changes_table(found: Compared) -> Table:
    rows = (
        (one.how, one.what, one.where, one.part, *found.diff.values(one), found.diff.sentence(one))
        for one in found.changes
    )
    return Table(HEADINGS, tuple(rows))


def diff_json(found: Compared) -> str:
    """Keys may be added; numbers are JSON numbers, percentages fractions of 1."""
    shape = {
        "schema": SCHEMA,
        "year": found.after.plan.year,
        "before": found.names[0],
        "after": found.names[1],
        "changes": [change_json(found.diff, one) for one in found.changes],
    }
    return json.dumps(shape, ensure_ascii=False, indent=2)


def change_json(diff: PlanDiff, change: PlanChange) -> dict[str, Any]:
    return {
        "how": change.how,
        "what": change.what,
        "id": change.where,
        "part": change.part,
        "before": plan_json(change.before),
        "after": plan_json(change.after),
        "selections": list(change.via),
        "effects": None if change.effects is None else [effect_json(one) for one in change.effects],
        "text": diff.sentence(change),
        **({"rows": change.rows} if change.rows else {}),
    }


def effect_json(effect: Effect) -> dict[str, Any]:
    shape = {"period": effect.period, "to_date": effect.to_date}
    return shape | {"before": seen_json(effect.before), "after": seen_json(effect.after)}


def seen_json(seen: SeenFigure) -> dict[str, Any]:
    figure = seen.figure
    return {
        "value": json_value(figure.value),
        "absent": figure.absent,
        "part": json_value(figure.part),
        "whole": json_value(figure.whole),
        "status": seen.status,
    }
