"""Reports as their reader takes them: every number and every status that is printed, as an equation.

The unknown numbers are how many came to a session, answered, and were pleased, and how many asked for
something. A number that was corrected is another unknown; one that was not is the same in every report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from prt.output.document.content import Grid
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from tests.attack.year import OBJECTIVES, ROLES, Sending, Session

Unknown = tuple[str, ...]
Amount = dict[Unknown, int]
"""So many times each unknown, added up."""
COLUMNS = ("came", "answered", "pleased")
ROLE_NAMES = {"CDA": "cda", "Principal": "principal", "Teacher": "teacher"}


EDITED = {"participants": 0, "respondents": 1, "answers": 1, "positive answers": 2}
"""Of each number of a session that may be corrected, which unknown it is."""
SAYS_NOTHING = ("Entries without a document", "Entries left out")
"""Annexes that have no number of people."""


class Fact(NamedTuple):
    """That an amount is a number, or (`least`) at least that number."""

    amount: Amount
    number: int
    least: bool = False


class Secret(NamedTuple):
    """Of a small group that is not printed: how many are the part, and how many are not."""

    name: str
    part: Amount
    rest: Amount | None = None


@dataclass
class Unknowns:
    """The unknowns of all sendings; `truth` is what only we know of each."""

    truth: dict[Unknown, int] = field(default_factory=dict)
    rows: list[dict[str, tuple[Unknown, ...]]] = field(default_factory=list)
    layers: list[Fact] = field(default_factory=list)
    asked: list[dict[str, Unknown]] = field(default_factory=list)

    @classmethod
    def of(cls, sendings: Sequence[Sending]) -> Unknowns:
        found, now = cls(), dict[tuple[str, str], Unknown]()
        spans = {name: spans_of(name, sendings) for one in sendings for name in one.requests}
        for number, one in enumerate(sendings):
            names = {}
            for name, session in one.sessions.items():
                names[name] = tuple(found.column(now, number, name, column, session) for column in COLUMNS)
            found.rows.append(names)
            asked = {name: ("asked", *map(str, row), *spans[name]) for name, row in one.requests.items()}
            found.asked.append(asked)
            for (_, period, *_), span in ((key, spans[name]) for name, key in asked.items()):
                for role in ROLES:  # who reads does not know which of them there are
                    for objective in OBJECTIVES:
                        found.truth.setdefault(("asked", period, role, objective, *span), 0)
        for _, unknown in {pair: None for one in found.asked for pair in one.items()}:
            found.truth[unknown] += 1
        return found

    def column(
        self, now: dict[tuple[str, str], Unknown], number: int, name: str, column: str, session: Session
    ) -> Unknown:
        value = getattr(session, column)
        before = now.get((name, column))
        if before is None or self.truth[before] != value:
            now[name, column] = (name, column, str(number))
            self.truth[now[name, column]] = value
            if before is not None:  # whoever corrects says whether it is more or less
                more, less = (now[name, column], before)[:: 1 if value > self.truth[before] else -1]
                self.layers.append(Fact({more: 1, less: -1}, 0, least=True))
        return now[name, column]

    def always(self) -> Iterator[Fact]:
        """Nobody is less than nobody; who is pleased has answered, and who answered has come."""
        yield from (Fact({one: 1}, 0, least=True) for one in self.truth)
        yield from self.layers
        for came, answered, pleased in dict.fromkeys(row for rows in self.rows for row in rows.values()):
            yield Fact({came: 1, answered: -1}, 0, least=True)
            yield Fact({answered: 1, pleased: -1}, 0, least=True)

    def value(self, amount: Amount) -> int:
        return sum(times * self.truth[one] for one, times in amount.items())


def spans_of(name: str, sendings: Sequence[Sending]) -> list[str]:
    """In which sendings a request stands: those with the same are one number of requests."""
    return [str(number) for number, one in enumerate(sendings) if name in one.requests]


def added(unknowns: Iterable[Unknown]) -> Amount:
    found: Amount = {}
    for one in unknowns:
        found[one] = found.get(one, 0) + 1
    return found


def less(more: Amount, fewer: Amount) -> Amount:
    found = {one: more.get(one, 0) - fewer.get(one, 0) for one in {**more, **fewer}}
    return {one: times for one, times in found.items() if times}


class Reading:
    """One report, read."""

    def __init__(self, unknowns: Unknowns, sendings: Sequence[Sending], number: int, report: Report) -> None:
        self.unknowns, self.number, self.report = unknowns, number, report
        self.sendings, self.sending = sendings, sendings[number]
        self.it, self.asked = report.volets[0].lines[0].indicators

    def column(self, place: int, periods: Iterable[int], number: int | None = None) -> Amount:
        """All that came, answered, or were pleased in these periods; `number` is of a report before."""
        number = self.number if number is None else number
        sessions, rows = self.sendings[number].sessions, self.unknowns.rows[number]
        among = set(periods)
        return added(rows[name][place] for name, one in sessions.items() if one.period in among)

    def facts(self) -> Iterator[Fact]:
        """Everything that it prints."""
        last = self.sending.period
        for period, cell in enumerate(self.it.periods, 1):
            yield from self.share((2, 1), [period], f"{cell.number} ({cell.base})")
        yield from self.share((2, 1), range(1, last + 1), self.to_date)
        yield from self.status()
        for one in self.report.brief.concerns:
            for period, cell in enumerate(one.periods, 1):
                yield from self.share((2, 1), [period], f"{cell.number} ({cell.base})")
        for text in self.it.said:
            to_date, _, current = text.partition(": ")[2].partition("; P")
            yield from self.share((2, 0), range(1, last + 1), to_date)
            yield from self.share((2, 0), [last], current.partition(": ")[2]) if current else ()
        for annex in self.report.annexes:
            for grid in annex.grids:
                yield from self.annex(annex.title.partition(": ")[2], grid)
        for grid in self.it.behind.grids:
            yield from self.sessions(grid, "title")
        for grid in self.asked.grids:
            yield from self.requests(grid)
        yield from self.counts(self.asked)
        yield from self.revised()

    def annex(self, title: str, grid: Grid) -> Iterator[Fact]:
        """What is for who retraces figures says of a row where it stands, and why it is there; a table that
        nobody reads here fails.
        """
        keys = {heading.key for heading in grid.table.headings}
        if grid.caption == "By period":  # how many rows there are, which every attacker knows
            assert keys <= {"line", "P1", "P2", "P3", "Year"}, keys
        elif title == "Activities":
            yield from self.sessions(grid, "title_theme")
        elif title == "Corrections":
            last = {(row[2], row[3].partition(":")[0]): row[3] for row in grid.table.rows}
            for (name, column), change in last.items():
                yield from self.correction(name, column, change)
        else:
            assert title in SAYS_NOTHING and keys <= {"row", "day", "what", "why", "place"}, (title, keys)

    def correction(self, name: str, column: str, change: str) -> Iterator[Fact]:
        """`positive answers: 8 → 9`, if it said so."""
        found, row = re.search(r": \d+ → (\d+)$", change), self.unknowns.rows[self.number].get(name)
        if found and row:
            yield Fact({row[EDITED[column]]: 1}, int(found[1]))

    @property
    def to_date(self) -> str:
        return f"{self.it.to_date.number} ({self.it.to_date.base})"

    def share(
        self, columns: tuple[int, int], periods: Iterable[int], text: str, number: int | None = None
    ) -> Iterator[Fact]:
        """`76.9% (10 of 13)`; nothing but that somebody answered of `x`."""
        part, whole = (self.column(place, periods, number) for place in columns)
        if found := re.search(r"\((\d+) of (\d+)\)", text):
            yield Fact(part, int(found[1]))
            yield Fact(whole, int(found[2]))
        elif text.startswith("x") and whole:
            yield Fact(whole, 1, least=True)
        elif whole:
            yield Fact(whole, 0)

    def status(self) -> Iterator[Fact]:
        """What the status says beside a figure that is withheld; a bilan repeats those of the reports before."""
        if self.to_date.startswith("x"):
            yield from self.standing(self.it.status, self.number)
        course = self.report.year.portrait.course if self.report.year and self.report.year.portrait else None
        for name, *texts in course.table.rows if course else ():
            heads = [heading.title for heading in course.table.headings[1:-1]] if course else []
            for head, text in zip(heads, texts, strict=False) if name.endswith(" It") else ():
                yield from self.standing(text, self.sending_called(f"no. {head.removeprefix('P')}"))

    def standing(self, status: str, number: int) -> Iterator[Fact]:
        """What a status says of the figure to date in one sending: the target is 75 %."""
        sending = self.sendings[number]
        part, whole = (self.column(place, range(1, sending.period + 1), number) for place in (2, 1))
        end = sending.period == 3
        near = Fraction(3, 4) * Fraction(60 if end else 85, 100)
        limits = {
            "met": (Fraction(3, 4), None),
            "met so far": (Fraction(3, 4), None),
            "at risk": (near, Fraction(3, 4)),
            "partly met": (near, Fraction(3, 4)),
            "behind": (None, near),
            "not met": (None, near),
            **dict.fromkeys(("x", "no data", "not computable", "not due yet"), (None, None)),
        }
        at_least, below = limits[status]
        if at_least is not None:  # part >= limit x whole
            yield Fact(scaled(part, whole, at_least), 0, least=True)
        if below is not None:
            yield Fact({one: -times for one, times in scaled(part, whole, below).items()}, 1, least=True)

    def sessions(self, grid: Grid, title: str) -> Iterator[Fact]:
        """Each session: of its percentages both numbers, however they are rounded."""
        keys = [heading.key for heading in grid.table.headings]
        for row in grid.table.rows:
            cells = dict(zip(keys, row, strict=True))
            name = cells[title].partition(" ")[0]
            came, answered, pleased = self.unknowns.rows[self.number][name]
            told = {
                "participants": [came],
                "responses": [came, answered],
                "positive": [answered, pleased] if title == "title_theme" else [pleased],
                "respondents": [answered],
                "answered": [answered],
            }
            for key, unknowns in told.items():
                if cells.get(key, "x") != "x":
                    yield from (Fact({one: 1}, self.unknowns.truth[one]) for one in unknowns)

    def requests(self, grid: Grid) -> Iterator[Fact]:
        """The breakdown of the requests to date, by role."""
        for row in grid.table.rows if grid.table.headings[0].key == "role" else ():
            label, text = row[0], row[1]
            among = self.among(label)
            if text == "x":
                yield Fact(among, 1, least=True)
            elif among:
                yield Fact(among, int(text))

    def among(self, label: str) -> Amount:
        """All requests to date of a role."""
        value = ROLE_NAMES.get(label, label.lower())
        return self.asked_where(lambda period, role, _: period <= self.sending.period and role == value)

    def asked_where(self, is_one: Callable[[int, str, str], bool], number: int | None = None) -> Amount:
        """All requests of a report that are such; also those that there are not, for all that is known."""
        place = str(self.number if number is None else number)
        return added(
            one
            for one in self.unknowns.truth
            if one[0] == "asked" and place in one[4:] and is_one(int(one[1]), *one[2:4])
        )

    def of_periods(self, periods: Iterable[int], number: int | None = None) -> Amount:
        among = set(periods)
        return self.asked_where(lambda period, *_: period in among, number)

    def counts(self, part: IndicatorPart) -> Iterator[Fact]:
        """The number of requests of each period, and to date."""
        for period, cell in enumerate(part.periods, 1):
            yield from self.count([period], cell.number)
        yield from self.count(range(1, self.sending.period + 1), part.to_date.number)
        if found := re.match(r"(\d+) entr", part.behind.says):
            yield from self.count(range(1, self.sending.period + 1), found[1])

    def count(self, periods: Iterable[int], text: str, number: int | None = None) -> Iterator[Fact]:
        asked = self.of_periods(periods, number)
        if text.isdecimal() and asked:
            yield Fact(asked, int(text))

    def revised(self) -> Iterator[Fact]:
        """Of each report before: what was sent, what it is now, and the cells that were corrected."""
        for part in self.report.revised:
            number = self.sending_called(part.title)
            for why, moved in part.grid.table.rows if part.grid else ():
                for one in re.split(r"; (?=\d)", moved):
                    label, _, effects = one.partition(", ")
                    for effect in effects.split(" · "):
                        slot, _, change = effect.partition(": ")
                        for text, of in zip(change.split(" → "), (number, None), strict=True):
                            yield from self.piece(f"{slot}: {text}", label, of, self.sendings[number].period)
                yield from self.edits(why, number)
                yield from self.late(why, number)

    def sending_called(self, title: str) -> int:
        """The latest revision before this report."""
        annual = title.startswith("Annual")
        period = 3 if annual else int(title.partition("no. ")[2][0])
        return max(
            number
            for number, one in enumerate(self.sendings[: self.number])
            if (one.annual, one.period) == (annual, period)
        )

    def piece(self, text: str, label: str, number: int | None, last: int) -> Iterator[Fact]:
        """`P1, of participants: 75.0% (9 of 12)`"""
        found = re.fullmatch(r"(P\d|to date)(, of participants)?: (.*)", text)
        if not found:
            return
        periods = range(1, last + 1) if found[1] == "to date" else [int(found[1][1])]
        if label.endswith("Requests"):
            yield from self.count(periods, found[3].partition(",")[0], number)
        elif label.endswith(" It"):
            yield from self.share((2, 0) if found[2] else (2, 1), periods, found[3], number)

    def edits(self, why: str, number: int) -> Iterator[Fact]:
        """`corrected: w1 (w1; positive answers: 8 → 9; …)`"""
        for name, said in re.findall(r"(w\w+) \(([^)]*)\)", why):
            for column, old, new in re.findall(r"(\w[\w ]*): (\d+) → (\d+)", said):
                for text, of in ((old, number), (new, self.number)):
                    unknown = self.unknowns.rows[of][name][EDITED[column]]
                    assert self.unknowns.truth[unknown] == int(text)
                    yield Fact({unknown: 1}, int(text))

    def late(self, why: str, number: int) -> Iterator[Fact]:
        """`entered since: requests (2)`, and so `removed`: of the periods of that report."""
        last = self.sendings[number].period
        for kind, text in re.findall(r"(entered since|removed): requests \((\d+)", why):
            here, there = (self.number, number) if kind == "entered since" else (number, self.number)
            asked = self.of_periods(range(1, last + 1), here)
            yield Fact({one: 1 for one in asked if str(there) not in one[4:]}, int(text))

    def secrets(self) -> Iterator[Secret]:
        """The small groups that it does not print."""
        last, where = self.sending.period, f"{self.sending[:3]}"
        windows = [(f"P{period}", [period], cell.number) for period, cell in enumerate(self.it.periods, 1)]
        windows.append(("to date", list(range(1, last + 1)), self.it.to_date.number))
        for name, periods, text in windows:
            part, whole = (self.column(place, periods) for place in (2, 1))
            if text == "x" and 0 < self.unknowns.value(whole) < 5:
                yield Secret(f"{where} {name}", part, less(whole, part))
        for name, (_, answered, pleased) in self.unknowns.rows[self.number].items():
            if 0 < self.unknowns.truth[answered] < 5 and self.sending.sessions[name].period <= last:
                yield Secret(f"{where} {name}", {pleased: 1}, less({answered: 1}, {pleased: 1}))
        for grid in self.asked.grids:
            for row in grid.table.rows:
                among = self.among(row[0])
                if row[1] == "x" and 0 < self.unknowns.value(among) < 5:
                    yield Secret(f"{where} {row[0]}", among)
        for before in range(self.number):
            yield from self.differences(before, where)

    def differences(self, before: int, where: str) -> Iterator[Secret]:
        """The few by whom a percentage of the same days differs from what it was in a report before."""
        last = min(self.sending.period, self.sendings[before].period)
        windows = [[period] for period in range(1, last + 1)]
        if self.sending.period >= last == self.sendings[before].period:
            windows.append(list(range(1, last + 1)))
        for periods in windows:
            part, whole = (
                less(self.column(place, periods), self.column(place, periods, before)) for place in (2, 1)
            )
            same = not self.unknowns.value(part) and not self.unknowns.value(whole)  # it does not differ
            if part and 0 < self.people_between(periods, before) < 5 and not same:
                yield Secret(f"{where} {periods} since {before}", part, less(whole, part))

    def people_between(self, periods: Sequence[int], before: int) -> int:
        """How many came to be counted, or are no more; of the same number how many answer otherwise."""
        then, now = self.sendings[before].sessions, self.sending.sessions
        come = gone = 0
        for name in {**then, **now}:
            old, new = then.get(name), now.get(name)
            if (old or new or Session(0, 0, 0, 0)).period in periods:
                sides = [(one.pleased, one.answered - one.pleased) if one else (0, 0) for one in (old, new)]
                steps = [b - a for a, b in zip(*sides, strict=True)]
                come += sum(step for step in steps if step > 0)
                gone -= sum(step for step in steps if step < 0)
        return max(come, gone)


def scaled(part: Amount, whole: Amount, limit: Fraction) -> Amount:
    """Part less so much of the whole, in whole numbers."""
    top, bottom = limit.as_integer_ratio()
    return less(
        {one: bottom * times for one, times in part.items()},
        {one: top * times for one, times in whole.items()},
    )


assert set(ROLE_NAMES.values()) == set(ROLES)
