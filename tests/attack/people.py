"""Small years of people drawn at random: who asked, how often, who came; and what a report prints of them.

Every number that is printed is a sum of numbers of persons of one kind: of this role, who asked so often, and
came or did not. The unknowns are how many there are of each kind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random
from typing import NamedTuple

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.published import Edition, published
from prt.files.plan.plan import read_plan
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from prt.output.report import report as made_report
from prt.output.report.annexes import annex_breakdowns
from tests.attack.printed import ROLE_NAMES, Amount, Fact, Secret, Unknowns, added, less
from tests.attack.readers import WhoSubtracts, WhoTriesAll
from tests.attack.year import package_of
from tests.packages import table
from tests.support import PLAN, load

ROLES = ("cda", "principal", "teacher")
MOST_TIMES = 3
SETS: dict[str, tuple[str, ...]] = {
    "all": ROLES,
    "cda": ("cda",),
    "principal": ("principal",),
    "teacher": ("teacher",),
    "two": ("cda", "principal"),
}
MEASURES = {
    "rows": "{kind: count, of: {log: requests}, split_by: [role]}",
    "people": "{kind: distinct, column: person, of: {log: requests}, split_by: [role]}",
    "list": "{kind: list, columns: [role, date], of: {log: requests}}",
}
REACH = "{kind: reach, who: {people: {role: [%s]}}, did: {log: requests}, by: person, each: date, at_least: "
ANY = REACH.replace("date", "objective")
SHARES = {
    "some": "{kind: distinct, column: person, of: {log: requests}, among: {people: {role: [%s]}}}",
    "once": REACH + "1}",
    "twice": REACH + "2}",
    "thrice": REACH + "3}",
    "any": ANY + "1}",
    "asked": "{kind: ratio, part: {distinct: person, of: {log: requests}}, whole: {people: {role: [%s]}},"
    " split_by: [role]}",
    "both": "{kind: ratio, part: {distinct: person, of: {log: requests}},"
    " whole: {anyone_in: {log: attendance, where: {role: [%s]}}, by: person}}",
}


class Kind(NamedTuple):
    """Persons of this role who asked so often, and came or did not."""

    role: str
    times: int
    came: bool


KINDS = [Kind(*one) for one in product(ROLES, range(MOST_TIMES + 1), (False, True))]
Among = Callable[[Kind], bool]


@dataclass(frozen=True)
class PeopleYear:
    """The persons of a year, and its indicators."""

    persons: tuple[Kind, ...]
    indicators: tuple[str, ...]

    @cached_property
    def evaluation(self) -> Evaluation:
        return self.evaluated(self.tables())

    def evaluated(self, tables: dict[str, str]) -> Evaluation:
        more = "".join(
            f"          - {{id: {name}, label: {{en: {name}, fr: {name}}}, measure: {measure_of(name)}}}\n"
            for name in self.indicators
        )
        line = '      - id: "1.4a"\n'
        text = PLAN.format(measure="{kind: count, of: {log: tools}}", target="null")
        plan, problems = read_plan(text.replace(line, more + line).encode(), "plan.yaml")
        assert plan is not None, problems
        data, mistakes = load(plan, tables)
        assert not mistakes, mistakes
        return evaluate(plan, data, dt.date(2025, 6, 30))

    def tables(self) -> dict[str, str]:
        day = dt.date(2024, 10, 10)
        requests = "id | date | person | role | board | objective\n"
        came = "id | session | date | person | role | board\n"
        people = "id | role | board | start | end\n"
        for number, one in enumerate(self.persons):
            name = f"p-{one.role[:2]}{number:02}"
            people += f"{name} | {one.role} | EMSB | |\n"
            for time in range(one.times):
                requests += f"r{number}-{time} | {day} | {name} | {one.role} | EMSB | x\n"
                day += dt.timedelta(days=1)
            came += f"a{number} | w1 | 2024-10-16 | {name} | {one.role} | EMSB\n" if one.came else ""
        sessions = "id | line | date | title | format\nw1 | 1.1 | 2024-10-16 | One | half-day\n"
        return {"sessions": sessions, "requests": requests, "attendance": came, "people": people}

    @cached_property
    def edition(self) -> Edition:
        return published(self.evaluation, annex_breakdowns(self.evaluation.plan))

    @cached_property
    def report(self) -> Report:
        return made_report.report(self.edition, "en")

    def part(self, name: str) -> IndicatorPart:
        _, *parts = self.report.volets[0].lines[0].indicators
        return parts[self.indicators.index(name)]


def measure_of(name: str) -> str:
    kind, _, of = name.partition("-")
    return MEASURES.get(kind) or SHARES[kind] % ", ".join(SETS[of])


def unknown_of(kind: Kind) -> tuple[str, ...]:
    return (kind.role, str(kind.times), str(kind.came))


def persons(is_one: Among) -> Amount:
    """All who are such."""
    return added(unknown_of(kind) for kind in KINDS if is_one(kind))


def rows(is_one: Among) -> Amount:
    """The requests of all who are such; who reads does not know that nobody asked more than three times."""
    found = {unknown_of(kind): kind.times for kind in KINDS if kind.times and is_one(kind)}
    return found | {more_of(kind): 1 for kind in KINDS if kind.times == MOST_TIMES and is_one(kind)}


def more_of(kind: Kind) -> tuple[str, ...]:
    """The requests beyond the third."""
    return ("more", *unknown_of(kind))


def again_of(kind: Kind) -> tuple[str, ...]:
    """The entries of who came that say it once more."""
    return ("again", *unknown_of(kind))


def entries_of_attendance(is_one: Among) -> Amount:
    """Who reads does not know that each who came has one."""
    return added(one for kind in KINDS if is_one(kind) for one in (unknown_of(kind), again_of(kind)))


def both(one: Amount, other: Amount) -> Amount:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


LEAST = {"some": 1, "once": 1, "any": 1, "twice": 2, "thrice": 3, "both": 1, "asked": 1}


def sides_of(name: str, roles: Sequence[str] = ROLES) -> tuple[Amount, Amount]:
    """Of whom a share is, and who is its part; or of one group of it."""
    kind, _, of = name.partition("-")

    def is_member(one: Kind) -> bool:
        return one.role in SETS[of] and one.role in roles and (one.came or kind != "both")

    return persons(lambda one: one.times >= LEAST[kind] and is_member(one)), persons(is_member)


@dataclass(frozen=True)
class PeopleReading:
    """The report of a year, read."""

    year: PeopleYear

    @cached_property
    def unknowns(self) -> Unknowns:
        numbers = {one: 0 for kind in KINDS for one in (unknown_of(kind), more_of(kind), again_of(kind))}
        for one in self.year.persons:
            numbers[unknown_of(one)] += 1
        return Unknowns(numbers)

    def facts(self) -> Iterator[Fact]:
        """Everything that it prints, and that nobody is less than nobody."""
        yield from (Fact({one: 1}, 0, least=True) for one in self.unknowns.truth)
        for name in self.year.indicators:
            kind = name.partition("-")[0]
            yield from self.share(name) if kind in SHARES else self.number(name)
            yield from self.behind(name)
        yield from self.package()

    def package(self) -> Iterator[Fact]:
        """The same of the package that others get; it has nobody, and nothing that came of anybody."""
        files = package_of(self.year.edition)
        assert table(files, "facts") == table(files, "members") == []
        for line in table(files, "figures"):
            name = line["indicator"].removeprefix("1.1.")
            if line["window"] != "to_date" or name not in self.year.indicators:
                continue
            if line["whole"]:
                part, whole = sides_of(name)
                yield Fact(part, int(line["part"]))
                yield Fact(whole, int(line["whole"]))
            elif line["value"]:
                yield Fact(self.counted(name)(lambda _: True), int(line["value"]), least=name == "list")

    def share(self, name: str) -> Iterator[Fact]:
        for roles, text in self.shares(name):
            part, whole = sides_of(name, roles)
            if found := re.search(r"\((\d+) of (\d+)\)", text):
                yield Fact(part, int(found[1]))
                yield Fact(whole, int(found[2]))
            elif text.startswith("x") or text.endswith("(x)"):
                yield Fact(whole, 1, least=True)
        if found := re.search(r"(\d+) pe\w+ outside the population", " ".join(self.year.part(name).said)):
            own = SETS[name.partition("-")[2]]
            yield Fact(persons(lambda one: one.times > 0 and one.role not in own), int(found[1]))

    def shares(self, name: str) -> Iterator[tuple[Sequence[str], str]]:
        """The share of all, and of each group, of whom."""
        cell = self.year.part(name).to_date
        yield ROLES, f"({cell.base}) ({cell.number})"
        for grid in self.year.part(name).grids:
            yield from (([ROLE_NAMES[row[0]]], row[1]) for row in grid.table.rows)

    def behind(self, name: str) -> Iterator[Fact]:
        """How many entries are behind a figure: the requests of whom it is about, and who of them came."""
        kind, _, of = name.partition("-")

        def is_one(one: Kind) -> bool:
            return kind in MEASURES or (one.role in SETS[of] and (one.came or kind != "both"))

        if found := re.match(r"(\d+) entr", self.year.part(name).behind.says):
            came = entries_of_attendance(is_one) if kind == "both" else {}
            yield Fact(both(rows(is_one), came), int(found[1]))

    def number(self, name: str) -> Iterator[Fact]:
        """A number of requests or of persons, and its breakdown; the lines of the list of requests."""
        part = self.year.part(name)
        counted = self.counted(name)
        if found := re.match(r"\d+", part.to_date.number):
            yield Fact(counted(lambda _: True), int(found[0]), least=name == "list")
        listed = dict(self.groups(name))
        for role in ROLES:
            among = counted(lambda one, role=role: one.role == role)  # type: ignore[misc]
            text = listed.get(role, "0" if "x" in listed.values() or (listed and name == "list") else "")
            least = text == "x" or (name == "list" and text != "0")
            if text:
                yield Fact(among, 1 if text == "x" else int(text), least=least)

    def counted(self, name: str) -> Callable[[Among], Amount]:
        """The number of people is of those who asked."""
        return rows if name != "people" else lambda is_one: persons(lambda one: one.times > 0 and is_one(one))

    def groups(self, name: str) -> Iterator[tuple[str, str]]:
        """Each role with what is printed of it: of a list how many lines."""
        lines = [row for grid in self.year.part(name).grids for row in grid.table.rows]
        if name != "list":
            yield from ((ROLE_NAMES[row[0]], row[1]) for row in lines)
            return
        for label in dict.fromkeys(row[0] for row in lines):
            yield ROLE_NAMES[label], str(sum(row[0] == label for row in lines))

    def secrets(self) -> Iterator[Secret]:
        """The small groups that it does not print."""
        for name in self.year.indicators:
            if name.partition("-")[0] in SHARES:
                for roles, text in self.shares(name):
                    part, whole = sides_of(name, roles)
                    if "x" in text and 0 < self.unknowns.value(whole) < 5:
                        yield Secret(f"{name} of {'-'.join(roles)}", part, less(whole, part))
            elif name != "list":
                for role, text in self.groups(name):
                    among = self.counted(name)(lambda one, role=role: one.role == role)  # type: ignore[misc]
                    if text == "x" and 0 < self.unknowns.value(among) < 5:
                        yield Secret(f"{name} of {role}", among)

    def found(self) -> list[str]:
        """What either reader finds out."""
        facts = list(self.facts())
        for fact in facts:
            true = self.unknowns.value(fact.amount)
            assert true >= fact.number if fact.least else true == fact.number, (fact, true)
        one, other = WhoSubtracts(facts), WhoTriesAll(self.unknowns, facts)
        return [secret.name for secret in self.secrets() if one.finds(secret) or other.finds(secret)]


def draw_people(seed: int) -> PeopleYear:
    """Few principals, more of the others; often all of them, or none, asked so often, or came."""
    rng = Random(seed)
    least, most = rng.choice(((0, 3), (0, 2), (0, 1), (1, 3), (1, 2), (1, 1), (2, 3), (2, 2)))
    came = rng.choice((0.0, 0.5, 0.8, 1.0))
    numbers = {"cda": rng.randint(5, 9), "principal": rng.randint(1, 4), "teacher": rng.randint(2, 8)}
    drawn = tuple(
        Kind(role, rng.randint(least, most), rng.random() < came)
        for role, number in numbers.items()
        for _ in range(number)
    )
    names = [*MEASURES, *(f"{kind}-{of}" for kind in SHARES if kind not in ("any", "asked") for of in SETS)]
    some = rng.sample(names, rng.randint(2, 7))
    other = [one.replace("once", "any") if rng.random() < 0.5 else one for one in some]
    asked = [
        f"asked-{of}" for of in SETS if rng.random() < 0.1
    ]  # last: what was drawn before stays of its seed
    return PeopleYear(drawn, tuple(sorted([*other, *asked])))
