"""What prt says is what an oracle says that knows nothing of prt (tests/oracle/)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.files.project import Project
from prt.model.figure import Figure as PrtFigure
from tests.oracle import Answer, Figure

ROOT = Path(__file__).parent


def ask_prt(root: Path, days: list[dt.date]) -> dict[dt.date, dict[str, Answer]]:
    """What prt says of a project on some days, in the words of the oracle: all that is known of prt here."""
    (plan,) = (root / "plan").glob("*.yaml")
    year = Project(root, root / "data" / "private").load(plan)
    return {day: answers_of(evaluate(year.plan, year.data, day)) for day in days}


def answers_of(evaluation: Evaluation) -> dict[str, Answer]:
    return {result.handle: answer_of(result) for result in evaluation.results}


def answer_of(result: Result) -> Answer:
    return Answer(
        figure_of(result.to_date),
        [None if one is None else figure_of(one) for one in result.periods],
        result.planned,
        result.expected,
        result.status.code,
        [figure_of(second.to_date) for second in result.also],
    )


def figure_of(found: PrtFigure) -> Figure:
    if found.absent == "no_data":
        return Figure(None, "no_data")
    return Figure(
        found.value,
        found.absent,
        found.part,
        found.whole,
        sorted(f"{row.log} {row.id}" for row in found.rows),
        found.unknown,
        {
            column: {group.value: (group.amount or Fraction(0), len(group.rows)) for group in groups}
            for column, groups in found.splits
        },
        sorted(found.outside, key=str),
        {item.values: item.number or 0 for item in found.items},
        {one.id: (one.times, one.best, one.needed) for one in found.members},
        sorted(found.not_due),
        found.best,
    )
