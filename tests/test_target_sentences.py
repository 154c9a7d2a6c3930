"""What `prt explain` says of every kind of target, on both sides of its line, in both languages: golden files, to be
read by who answers for the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prt.model.text import Language
from tests.test_targets import COUNT, END, LEVEL, PERCENT, RATIO, explained, typed, workshops

GOLDEN = Path(__file__).parent / "golden"
MILESTONE = "{kind: milestone, of: pd}"
MONEY = "{kind: typed, unit: $}"
RATE = "{kind: ratio, part: {sum: participants, of: pd}, whole: {count: pd}, unit: {en: people a workshop, fr: personnes par atelier}}"
MEAN = "{kind: mean, column: participants, of: pd}"
MEDIAN = "{kind: mean, column: participants, of: pd, take: median}"
REACH = "{kind: reach, who: {anyone_in: {log: journals}, by: person}, did: {log: journals}, by: person, each: round, at_least: due}"
UP, DOWN = "baseline: {value: 66, date: 2024-06-30}", "baseline: {value: 90, date: 2024-06-30}"
NOVEMBER, FEBRUARY = "2024-11-30", "2025-02-14"
Rows = dict[str, str]


def held(*more: str) -> Rows:
    """Workshops with so many participants, answers and positive ones."""
    rows = "".join(f"1.1 | 2024-10-16 | A | half-day | held | {one}\n" for one in more)
    return {"sessions": f"line | date | title | format | status | participants | answered | positive\n{rows}"}


def counted(*numbers: int) -> Rows:
    return {"sessions": workshops(*numbers)}


def handed_in(*rows: str) -> Rows:
    return {"journals": "round | person | date\n" + "".join(f"{row}\n" for row in rows)}


ASKED: tuple[tuple[str, str, str, Rows, Rows], ...] = (
    (COUNT, "{at_least: 3}", FEBRUARY, counted(3), counted(0)),
    (COUNT, "{at_least: 3}", END, counted(3), counted(2)),
    (COUNT, "{at_most: 3}", FEBRUARY, counted(3), counted(4)),
    (COUNT, "{exactly: 3}", FEBRUARY, counted(3), counted(4)),
    (COUNT, "{between: [2, 3]}", FEBRUARY, counted(2), counted(4)),
    (COUNT, "{at_least: 6, by: {1: 2, 2: 4}}", "2025-03-31", counted(4), counted(3)),
    (COUNT, "{at_least: 6, pace: at_end}", FEBRUARY, counted(6), counted(5)),
    (COUNT, "{each_period: 2}", FEBRUARY, counted(2, 2), counted(2, 0)),
    (COUNT, "{each_period: 2}", END, counted(2, 2, 2), counted(2, 1, 2)),
    (COUNT, "{at_least: 4, each_period: 2}", FEBRUARY, counted(4, 0), counted(0, 1)),
    (COUNT, "{to_be_set: 2024-10-15}", FEBRUARY, counted(3), counted(0)),
    (MILESTONE, "{due: 2024-10-31}", FEBRUARY, counted(1), counted(0)),
    (MILESTONE, "{due: 2024-10-31}", END, counted(1), counted(0)),
    (RATIO, "{at_least: 75%}", FEBRUARY, held("|4|3"), held("|4|2")),
    (RATIO, "{at_least: 75%}", END, held("|4|3"), held("|8|5")),
    (RATE, "{at_least: 10}", FEBRUARY, held("12||", "8||"), held("12||", "7||")),
    (MEAN, "{at_least: 10}", FEBRUARY, held("12||", "8||"), held("12||", "7||")),
    (MEDIAN, "{at_most: 10}", FEBRUARY, held("12||", "8||"), held("12||", "9||")),
    (REACH, "{at_least: 50%}", FEBRUARY, handed_in("1|p-a|2024-11-20", "1|p-b|2024-11-20"), handed_in("2|p-a|2024-11-20")),
    (LEVEL, "{at_least: -3.5}", FEBRUARY, typed("-3.5"), typed("-3.6")),
    (LEVEL, "{at_most: -3}", FEBRUARY, typed("-3"), typed("-2")),
    (LEVEL, "{between: [-3, 0]}", FEBRUARY, typed("-3"), typed("1")),
    (LEVEL, f"{{at_least: 71, {UP}}}", FEBRUARY, typed("71"), typed("67")),
    (LEVEL, f"{{at_least: 71, {UP}}}", FEBRUARY, typed("69"), typed("65")),
    (LEVEL, f"{{at_most: 80, {DOWN}}}", FEBRUARY, typed("80"), typed("89")),
    (LEVEL, f"{{at_most: 80, {DOWN}}}", END, typed("80"), typed("91")),
    (MONEY, "{at_least: 1200}", FEBRUARY, typed("1200"), typed("1199.5")),
    (PERCENT, "{at_least: 110%}", FEBRUARY, typed("110%"), typed("109.9%")),
    (PERCENT, "{at_least: -2%}", END, typed("-2%"), typed("-2.1%")),
)  # fmt: skip
"""A measure, a target, a day, rows with which it is met (or as it should be), rows with which it is not."""


def sentences(language: Language) -> Iterator[str]:
    for measure, target, day, good, bad in ASKED:
        yield f"{target} of {measure}, {day}"
        yield from (f"  {explained(measure, target, language, day, **rows)}" for rows in (good, bad))
        yield ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_said_on_both_sides_of_every_kind_of_target(
    language: Language, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"target-sentences.{language}.txt", "\n".join(sentences(language)))
