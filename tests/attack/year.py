"""Small years drawn at random, in which reports are sent, corrected, and sent again."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.restatement.compare import Earlier, compare
from prt.figures.withholding.published import Edition, published, sent_edition
from prt.figures.withholding.revised_groups import revised_cells
from prt.figures.withholding.sent_report import SentReport
from prt.files.plan.plan import read_plan
from prt.model.cells import Known
from prt.model.plan import Plan
from prt.model.records import Correction
from prt.model.rows import Row
from prt.output.document.report_document import Report
from prt.output.package.data_package import package_files
from prt.output.package.published_edition import PublishedEdition
from prt.output.report import report as made_report
from prt.output.report.annexes import annex_breakdowns
from prt.output.report.audit import Records
from tests.packages import Files
from tests.support import PLAN, load, rows

DAYS = ("2024-10-16", "2025-01-20", "2025-05-06")
"""One of each period."""
CUT_OFFS = ("2024-11-30", "2025-03-31", "2025-06-30")
ROLES = ("cda", "principal", "teacher")
OBJECTIVES = ("skills", "challenges")
INDICATORS = """{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}
            target: {at_least: 75%}
            also:
              label: {en: of participants, fr: des participants}
              measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: participants, of: pd}}
          - id: asked
            label: {en: Requests, fr: Demandes}
            measure: {kind: count, of: {log: requests}, split_by: [role]}"""


class Session(NamedTuple):
    """The day of its period, and how many came, answered, and were pleased."""

    period: int
    came: int
    answered: int
    pleased: int


class Request(NamedTuple):
    period: int
    role: str
    objective: str


class Sending(NamedTuple):
    """A report as it was sent: of a period, or of the year (`annual`), with the rows as they were then."""

    period: int
    annual: bool
    revision: int
    sessions: dict[str, Session]
    requests: dict[str, Request]


def plan_of_the_year() -> Plan:
    text = PLAN.replace("            target: {target}\n", "").format(measure=INDICATORS)
    found, problems = read_plan(text.encode(), "plan.yaml")
    assert found is not None, problems
    return found


THE_PLAN = plan_of_the_year()


def draw_year(seed: int, corrections: bool = True) -> list[Sending]:
    """Reports 1, 2, 3; with corrections also late, edited and removed rows, a report sent again, a bilan."""
    rng = Random(seed)
    sessions: dict[str, Session] = {}
    requests: dict[str, Request] = {}
    found: list[Sending] = []
    for period in (1, 2, 3):
        for _ in range(rng.randint(1, 2)):
            sessions[f"w{len(sessions)}x{period}"] = draw_session(rng, period)
        for _ in range(rng.randint(0, 5)):
            asked = Request(period, rng.choice(ROLES), rng.choice(OBJECTIVES))
            requests[f"r{len(requests)}x{period}"] = asked
        if corrections:
            correct(rng, period, sessions, requests)
        found.append(Sending(period, False, 1, dict(sessions), dict(requests)))
        if corrections and rng.random() < 0.3:
            correct(rng, period, sessions, requests)
            again = rng.randint(1, period)
            revision = 1 + sum(one.period == again for one in found)
            found.append(Sending(again, False, revision, dict(sessions), dict(requests)))
    if corrections and rng.random() < 0.5:
        correct(rng, 3, sessions, requests)
        found.append(Sending(3, True, 1, dict(sessions), dict(requests)))
    return found


def draw_session(rng: Random, period: int) -> Session:
    came = rng.choice((1, 2, 3, 4, 6, 9, 12))
    answered = came - rng.choice((0, 0, 1, 2)) if came > 2 else came
    return Session(period, came, answered, rng.choice((answered, answered, rng.randint(0, answered))))


def correct(rng: Random, period: int, sessions: dict[str, Session], requests: dict[str, Request]) -> None:
    """A late row, an edited one, or a removed one; often none."""
    earlier = rng.randint(1, period)
    chance = rng.random()
    if chance < 0.25:
        sessions[f"w{len(sessions)}late{period}{earlier}"] = draw_session(rng, earlier)
    elif chance < 0.45:
        name = rng.choice(sorted(sessions))
        one = sessions[name]
        sessions[name] = one._replace(pleased=rng.randint(0, one.answered))
    elif chance < 0.55:
        name = rng.choice(sorted(sessions))
        one = sessions[name]
        more = rng.randint(1, 3)
        sessions[name] = Session(one.period, one.came + more, one.answered + more, one.pleased)
    elif chance < 0.62 and len(sessions) > 2:
        del sessions[rng.choice(sorted(sessions))]
    elif chance < 0.8:
        asked = Request(earlier, rng.choice(ROLES), rng.choice(OBJECTIVES))
        requests[f"r{len(requests)}late{period}{earlier}"] = asked


@dataclass
class Made:
    """What was made of the sendings, one after the other: editions, and the reports as they are printed."""

    sendings: Sequence[Sending]
    editions: list[Edition] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    told: list[SentReport] = field(default_factory=list)
    packages: list[Files] = field(default_factory=list)


Remembered = Callable[[list[Sending], list[SentReport]], list[SentReport]]
"""Of what was sent, what the program takes for known."""


def everything(sent: list[Sending], told: list[SentReport]) -> list[SentReport]:
    return told


def nothing(sent: list[Sending], told: list[SentReport]) -> list[SentReport]:
    return []


def made_of(sendings: Sequence[Sending], remembered: Remembered = everything) -> Made:
    """Each report beside all that was sent before it, as far as that is remembered."""
    made = Made(sendings)
    evaluations: list[Evaluation] = []
    for number, one in enumerate(sendings):
        evaluation = evaluated(one)
        earlier = list(earlier_of(sendings[:number], evaluations, one, evaluation))
        more = revised_cells(earlier)
        known = remembered(list(sendings[:number]), made.told)
        edition = published(evaluation, annex_breakdowns(evaluation.plan), more, known)
        made.editions.append(edition)
        records = Records(corrections_of(sendings[: number + 1]))
        made.reports.append(
            made_report.report(edition, "en", earlier=earlier, annual=one.annual, records=records)
        )
        withholds = edition.withheld.__contains__
        kept = SentReport.of(one.annual, evaluation, annex_breakdowns(evaluation.plan), more, withholds)
        made.cells.append(len(kept.cells))
        made.told.append(kept)
        made.packages.append(package_of(sent_edition(kept)))
        evaluations.append(evaluation)
    return made


def package_of(edition: Edition) -> Files:
    """What others get of a report that was sent."""
    return package_files(PublishedEdition(edition.evaluation, edition, b"thrown away"), "drawn")


def evaluated(one: Sending) -> Evaluation:
    tables = {"sessions": table_of_sessions(one), "requests": table_of_requests(one)}
    data, problems = load(THE_PLAN, tables)
    assert not problems, problems
    return evaluate(THE_PLAN, data, dt.date.fromisoformat(CUT_OFFS[one.period - 1]))


def earlier_of(
    before: Sequence[Sending], evaluations: Sequence[Evaluation], one: Sending, now: Evaluation
) -> list[Earlier]:
    """The latest revision of each report up to this one, in the order of the plan."""
    latest = {
        (sent.annual, sent.period): (sent, made) for sent, made in zip(before, evaluations, strict=True)
    }
    return [
        Earlier(
            sent.period,
            sent.annual,
            sent.revision,
            dt.date(2025, 7, 1),
            compare(made, now.plan, now.data, ()),
        )
        for (annual, period), (sent, made) in sorted(latest.items(), key=lambda pair: pair[0])
        if one.annual or (period <= one.period and not annual)
    ]


def corrections_of(sendings: Sequence[Sending]) -> list[Row]:
    """What corrections.csv has of the edits and removals between the sendings."""
    text = "id | when | action | file | row | column | old | new\n"
    names = {"came": "participants", "answered": "respondents", "pleased": "positive"}
    for number, (before, after) in enumerate(itertools.pairwise(sendings)):
        for log, old, new in (
            ("sessions", before.sessions, after.sessions),
            ("requests", before.requests, after.requests),
        ):
            for name in old:
                head = f"c{number}{name} | 2025-06-30 10:00"
                if name not in new:
                    text += f"{head} | removed | {log}.csv | {name} | | {old[name]} |\n"
                elif log == "sessions" and (then := old[name]) != (now := new[name]):
                    text += "".join(
                        f"{head}{one} | edited | {log}.csv | {name} | {column} | {getattr(then, one)} | {getattr(now, one)}\n"
                        for one, column in names.items()
                        if getattr(then, one) != getattr(now, one)
                    )
    found, problems = rows(Correction, text, Known())
    assert not problems, problems
    return found


def table_of_sessions(one: Sending) -> str:
    head = "id | line | date | title | format | participants | respondents | positive\n"
    return head + "".join(
        f"{name} | 1.1 | {DAYS[row.period - 1]} | {name} | half-day | {row.came} | {row.answered} | {row.pleased}\n"
        for name, row in one.sessions.items()
    )


def table_of_requests(one: Sending) -> str:
    return "id | date | role | board | objective\n" + "".join(
        f"{name} | {DAYS[row.period - 1]} | {row.role} | EMSB | {row.objective}\n"
        for name, row in one.requests.items()
    )
