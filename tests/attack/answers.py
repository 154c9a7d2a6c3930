"""Small years of answers drawn at random: what forms say from 1 to 5, the means that reports print of them,
and shares that are broken down.

The unknowns are how many forms of a session say a number, and are positive or not. A mean and its number of
forms are their sum; a median says that half of them are no more, and half no less.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, floor
from random import Random
from typing import NamedTuple

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.published import Edition, published, sent_edition
from prt.figures.withholding.sent_report import SentReport
from prt.files.plan.plan import read_plan
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from prt.output.report import report as made_report
from prt.output.report.annexes import annex_breakdowns
from tests.attack.printed import Amount, Fact, Secret, Unknowns, scaled
from tests.attack.readers import WhoSubtracts, WhoTriesAll
from tests.attack.year import CUT_OFFS, DAYS, package_of
from tests.packages import table
from tests.support import PLAN, load

HIGHEST = 5
CATEGORIES = ("a", "b", "c")
MEAN = "kind: mean, column: answer, scale: 5"
FORMS = "{log: feedback%s}"
MEASURES = {
    "mean": f"{{{MEAN}, of: {FORMS % ''}, split_by: [session.category]}}",
    "median": f"{{{MEAN}, take: median, of: {FORMS % ''}, split_by: [session.category]}}",
    "of-a": f"{{{MEAN}, of: {FORMS % ', where: {session.category: a}'}}}",
    "not-a": f"{{{MEAN}, of: {FORMS % ', where: {session.category: {not: a}}'}}}",
    "middle-of-a": f"{{{MEAN}, take: median, of: {FORMS % ', where: {session.category: a}'}}}",
    "forms": f"{{kind: count, of: {FORMS % ''}, split_by: [session.category]}}",
    "liked": "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}, split_by: [category]}",
}
TARGET = Fraction(4)


class Form(NamedTuple):
    """An answer from 1 to 5, and whether it is positive, which nobody can tell of its number."""

    number: int
    positive: bool


KINDS = [Form(*one) for one in product(range(1, HIGHEST + 1), (False, True))]
Weigh = Callable[[Form], int]


class Workshop(NamedTuple):
    """A session with its forms."""

    name: str
    period: int
    category: str
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class AnswersYear:
    """The sessions of a year, its indicators, and the reports that are sent of it, one after the other."""

    sessions: tuple[Workshop, ...]
    indicators: tuple[str, ...]

    @cached_property
    def sendings(self) -> list[tuple[Edition, Report]]:
        found: list[tuple[Edition, Report]] = []
        told: list[SentReport] = []
        for period in (1, 2, 3):
            evaluation = self.evaluated(period)
            breakdowns = annex_breakdowns(evaluation.plan)
            edition = published(evaluation, breakdowns, told=told)
            found.append((edition, made_report.report(edition, "en")))
            told.append(SentReport.of(False, evaluation, breakdowns, {}, edition.withheld.__contains__))
        self.told.extend(told)
        return found

    told: list[SentReport] = field(default_factory=list)

    def evaluated(self, period: int) -> Evaluation:
        more = "".join(
            f"          - {{id: {name}, label: {{en: {name}, fr: {name}}}, measure: {MEASURES[name]}"
            f"{', target: {at_least: 4}' if name == 'mean' else ''}}}\n"
            for name in self.indicators
        )
        line = '      - id: "1.4a"\n'
        text = PLAN.format(measure="{kind: count, of: {log: tools}}", target="null")
        plan, problems = read_plan(text.replace(line, more + line).encode(), "plan.yaml")
        assert plan is not None, problems
        data, mistakes = load(plan, self.tables(period))
        assert not mistakes, mistakes
        return evaluate(plan, data, dt.date.fromisoformat(CUT_OFFS[period - 1]))

    def tables(self, until: int) -> dict[str, str]:
        sessions = "id | line | date | title | format | category\n"
        forms = "id | session | response | answer | positive\n"
        for one in self.sessions:
            if one.period <= until:
                sessions += (
                    f"{one.name} | 1.1 | {DAYS[one.period - 1]} | {one.name} | half-day | {one.category}\n"
                )
                for number, form in enumerate(one.forms):
                    said = "yes" if form.positive else "no"
                    forms += f"{one.name}f{number} | {one.name} | {number} | {form.number} | {said}\n"
        return {"sessions": sessions, "feedback": forms}

    def part(self, number: int, name: str) -> IndicatorPart:
        _, *parts = self.sendings[number][1].volets[0].lines[0].indicators
        return parts[self.indicators.index(name)]


def unknown_of(session: str, form: Form) -> tuple[str, ...]:
    return session, str(form.number), str(form.positive)


def one_each(_: Form) -> int:
    return 1


def number_of(form: Form) -> int:
    return form.number


def left_of(form: Form) -> int:
    return HIGHEST - form.number


def is_positive(form: Form) -> int:
    return int(form.positive)


WEIGHTS: dict[str, tuple[Weigh, Weigh]] = {"liked": (is_positive, lambda form: int(not form.positive))}
"""Of a figure what makes its part, and its rest; of the others that is what a form says."""


@dataclass(frozen=True)
class AnswersReading:
    """All reports of a year, read."""

    year: AnswersYear

    @cached_property
    def unknowns(self) -> Unknowns:
        pairs = product(self.year.sessions, KINDS)
        return Unknowns({unknown_of(one.name, kind): one.forms.count(kind) for one, kind in pairs})

    def amount(self, periods: Iterable[int], categories: Sequence[str], weigh: Weigh) -> Amount:
        among = set(periods)
        sessions = [one for one in self.year.sessions if one.period in among and one.category in categories]
        pairs = product(sessions, KINDS)
        return {unknown_of(one.name, kind): weigh(kind) for one, kind in pairs if weigh(kind)}

    def categories(self, name: str) -> Sequence[str]:
        if name.endswith("of-a"):
            return "a"
        return "bc" if name == "not-a" else CATEGORIES

    def cells(self, number: int, name: str) -> Iterator[tuple[str, str, Sequence[int], Sequence[str]]]:
        """Each cell that is printed: where, what it says, of which periods and categories."""
        part, own, last = self.year.part(number, name), self.categories(name), number + 1
        to_date = range(1, last + 1)
        for period, cell in enumerate(part.periods, 1):
            yield f"P{period}", f"{cell.number} ({cell.base})", [period], own
        yield "to date", f"{part.to_date.number} ({part.to_date.base})", to_date, own
        for grid in part.grids:
            for label, text in grid.table.rows:
                yield str(label), str(text), to_date, [label.lower()]

    def facts(self, number: int) -> Iterator[Fact]:
        """Everything that one report prints."""
        for name in self.year.indicators:
            for _, text, periods, categories in self.cells(number, name):
                yield from self.cell(name, text, periods, categories)
            yield from self.behind(number, name)
        if "mean" in self.year.indicators:
            yield from self.status(number)
        for annex in self.year.sendings[number][1].annexes:
            for grid in annex.grids if annex.title.endswith("Activities") else ():
                yield from self.sessions([one.key for one in grid.table.headings], grid.table.rows)
        yield from self.package(number)

    def cell(self, name: str, text: str, periods: Sequence[int], categories: Sequence[str]) -> Iterator[Fact]:
        forms = self.amount(periods, categories, one_each)
        if text.startswith("x"):
            yield from [Fact(forms, 1, least=True)] if forms else []
        elif found := re.fullmatch(r"([\d.]+) \(of (\d+) answers?\)", text):
            yield Fact(forms, int(found[2]))
            yield from self.middle(name, Fraction(found[1]), int(found[2]), periods, categories)
        elif found := re.search(r"\((\d+) of (\d+)\)", text):
            yield Fact(forms, int(found[2]))
            yield Fact(self.amount(periods, categories, is_positive), int(found[1]))
        elif name == "forms" and (found := re.match(r"(\d+)\b", text)):
            yield Fact(forms, int(found[1]))

    def middle(
        self, name: str, value: Fraction, number: int, periods: Sequence[int], categories: Sequence[str]
    ) -> Iterator[Fact]:
        """A mean is a sum, however it is rounded; of a median half are no more, and half no less."""
        if not name.startswith("m") or name == "mean":
            yield Fact(self.amount(periods, categories, number_of), round(value * number))
            return
        low, high = floor(value), ceil(value)
        for is_so in (lambda form: int(form.number <= low), lambda form: int(form.number >= high)):
            yield Fact(self.amount(periods, categories, is_so), -(-number // 2), least=True)

    def behind(self, number: int, name: str) -> Iterator[Fact]:
        """How many forms are behind a figure; a share is of sessions."""
        found = re.match(r"(\d+) entr", self.year.part(number, name).behind.says)
        if found and name != "liked":
            yield Fact(self.amount(range(1, number + 2), self.categories(name), one_each), int(found[1]))

    def status(self, number: int) -> Iterator[Fact]:
        """What the status says of a mean that is withheld: its target is 4."""
        part = self.year.part(number, "mean")
        if not part.to_date.number.startswith("x"):
            return
        added, forms = (self.amount(range(1, number + 2), CATEGORIES, one) for one in (number_of, one_each))
        near = TARGET * Fraction(60 if number == 2 else 85, 100)
        at_least, below = {
            "met": (TARGET, None),
            "met so far": (TARGET, None),
            "at risk": (near, TARGET),
            "partly met": (near, TARGET),
            "behind": (None, near),
            "not met": (None, near),
        }.get(part.status, (None, None))
        if at_least is not None:
            yield Fact(scaled(added, forms, at_least), 0, least=True)
        if below is not None:
            yield Fact({one: -times for one, times in scaled(added, forms, below).items()}, 1, least=True)

    def sessions(self, keys: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Fact]:
        """Each session: how many forms it has, and how many are positive."""
        of = {one.name: one for one in self.year.sessions}
        for row in rows:
            cells = dict(zip(keys, row, strict=True))
            one = of[cells["title_theme"].partition(" ")[0]]
            forms, positive = (
                {unknown_of(one.name, kind): 1 for kind in KINDS if weigh(kind)}
                for weigh in (one_each, is_positive)
            )
            if re.match(r"\d", cells.get("responses", "x")):
                yield Fact(forms, len(one.forms))
            if re.match(r"\d", cells.get("positive", "x")):
                yield Fact(forms, len(one.forms))
                yield Fact(positive, sum(form.positive for form in one.forms))

    def package(self, number: int) -> Iterator[Fact]:
        """The package that others get of the report."""
        assert self.year.sendings
        files = package_of(sent_edition(self.year.told[number]))
        assert all(line["log"] == "sessions" for line in table(files, "facts"))
        for line in table(files, "figures"):
            name = line["indicator"].removeprefix("1.1.")
            if name not in self.year.indicators or not line["value"]:
                continue
            periods = range(1, number + 2) if line["window"] == "to_date" else [int(line["window"])]
            forms = self.amount(periods, self.categories(name), one_each)
            weigh = WEIGHTS.get(name, (number_of, left_of))[0]
            yield Fact(forms, int(line["whole"] or line["value"]))
            if line["part"]:
                yield Fact(self.amount(periods, self.categories(name), weigh), int(line["part"]))

    def secrets(self, number: int) -> Iterator[Secret]:
        """The small groups that a report does not print, and by how few a group has grown since another."""
        for name in self.year.indicators:
            part, rest = WEIGHTS.get(name, (number_of, left_of))
            for where, text, periods, categories in self.cells(number, name) if name != "forms" else ():
                forms = self.amount(periods, categories, one_each)
                if text.startswith("x") and 0 < self.unknowns.value(forms) < 5:
                    sides = (self.amount(periods, categories, weigh) for weigh in (part, rest))
                    yield Secret(f"{number}: {name} {where}", *sides)
            yield from self.growth(number, name)

    def growth(self, number: int, name: str) -> Iterator[Secret]:
        """The few by whom a group of a breakdown has grown since the report before."""
        part, rest = WEIGHTS.get(name, (number_of, left_of))
        grids = self.year.part(number, name).grids if number and name != "forms" else ()
        for label in [row[0] for grid in grids for row in grid.table.rows]:
            category = label.lower()
            new = self.amount([number + 1], category, one_each)
            if 0 < self.unknowns.value(new) < 5:
                sides = [self.amount([number + 1], category, weigh) for weigh in (part, rest)]
                yield Secret(f"{number}: {name} {label} since", *sides)

    def found(self) -> list[str]:
        """What either reader finds out of what no report before gave away."""
        always = [Fact({one: 1}, 0, least=True) for one in self.unknowns.truth]
        facts, found = always, list[str]()
        for number in range(len(self.year.sendings)):
            before, facts = facts, [*facts, *self.facts(number)]
            for fact in facts:
                true = self.unknowns.value(fact.amount)
                assert true >= fact.number if fact.least else true == fact.number, (fact, true)
            readers = WhoSubtracts(facts), WhoTriesAll(self.unknowns, facts)
            others = WhoSubtracts(before), WhoTriesAll(self.unknowns, before)
            for secret in self.secrets(number):
                if any(one.finds(secret) for one in readers) and not any(one.finds(secret) for one in others):
                    found.append(secret.name)
        return found


def draw_answers(seed: int) -> AnswersYear:
    """One or two sessions a period; often few forms, often all alike, at an end of the scale."""
    rng = Random(seed)
    sessions: list[Workshop] = []
    for period in (1, 2, 3):
        for _ in range(rng.randint(1, 2)):
            few, alike = rng.choice((1, 2, 3, 4, 6, 8)), rng.choice((0, 0, 1, 5, 3))
            forms = tuple(Form(alike or rng.randint(1, 5), rng.random() < 0.7) for _ in range(few))
            sessions.append(Workshop(f"w{len(sessions)}", period, rng.choice(CATEGORIES), forms))
    names = rng.sample([*MEASURES], rng.randint(2, 5))
    return AnswersYear(tuple(sessions), tuple(sorted(names)))
