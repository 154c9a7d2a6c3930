"""A measure is declared in its class: three new kinds go through every command and every report.

One is the example of CONTRIBUTING.md; of those made here one reads two selections and one is about a population.
They are withheld where they are of two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Literal

import pytest

from prt.model.calendar import Round
from prt.model.facts import MEMBER, About, Facts, PlainFact, by_member, of_persons, of_side
from prt.model.figure import Figure, share
from prt.model.measures import KINDS, Measure, Say
from prt.model.measures.base import left_out
from prt.model.populations import Path, Population
from prt.model.selections import Selected, Selection, several
from prt.model.view import Data, View
from prt.problems import Mistake
from tests.conftest import only_in_ci, some
from tests.example_measure import Prompt
from tests.project import Prt


class Again(Measure):
    """Of those who came, the share who came again."""

    kind: Literal["again"]
    came: Selected
    again: Selected
    by: str
    unit_name = "%"
    can_fall = True

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("came",), self.came
        yield ("again",), self.again

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.came, self.by
        yield ("by",), self.again, self.by

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        for row, day in data.placed(self.came):
            yield row, day, "whole", None, None, row[self.by], None, None, None
        for row, day in data.placed(self.again):
            yield row, day, "part", None, None, row[self.by], None, None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        if not view.in_use(self.came):
            return Figure(None, "no_data")
        part, whole = self.both(facts)
        known = [fact for fact in facts if fact[MEMBER] is not None]
        empty = left_out((fact for fact in facts if fact[MEMBER] is None), self.by)
        sizes = Fraction(len(part)), Fraction(len(whole))
        return share(*sizes, facts=known, left_out=empty, unknown=len(empty))

    def both(self, facts: Facts) -> tuple[set[str], set[str]]:
        """Those who came again, and those who came."""
        whole = set(by_member(of_side(facts, "whole")))
        return whole & by_member(of_side(facts, "part")).keys(), whole

    def people(self, facts: Facts, view: View) -> About:
        part, whole = self.both(facts)
        log = view.data.flat(self.came).log
        return About(of_persons(log, part), of_persons(log, whole))

    def sentence(self, say: Say) -> str:
        return say("measure.again", came=say.rows(self.came), again=say.rows(self.again))


class Missed(Measure):
    """How many members of a population no row names."""

    kind: Literal["missed"]
    who: Population
    of: Selected
    by: str
    whole_numbers = True
    can_fall = True

    @property
    def population(self) -> Population:
        return self.who

    @property
    def naming(self) -> str:
        return self.by

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("of",), self.of
        yield from self.who.selections(("who",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.of, self.by
        yield from self.who.columns(("who",))

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.of, self.by

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        if not rounds:
            yield ("by",), Mistake("nothing_to_miss")

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        for row, day in data.placed(self.of):
            for one in several(row[self.by]) or (None,):
                yield row, day, "part", None, None, one, None, None, None
        yield from self.who.facts(data)

    def fold(self, facts: Facts, view: View) -> Figure:
        members = set(self.who.members(facts, view))
        named = by_member(of_side(facts, "part"))
        missed, whole = Fraction(len(members - named.keys())), Fraction(len(members))
        known = [fact for fact in facts if fact[MEMBER] is not None]
        outside = tuple(sorted(named.keys() - members))
        return Figure(missed, part=missed, whole=whole, facts=known, outside=outside)

    def people(self, facts: Facts, view: View) -> About:
        members = set(self.who.members(facts, view))
        log = view.data.flat(self.of).log
        missed = members - by_member(of_side(facts, "part")).keys()
        return About(of_persons(log, missed), of_persons(log, members))

    def sentence(self, say: Say) -> str:
        return say("measure.missed", who=say.population(self.who), of=say.rows(self.of))


NEW = (Again, Missed, Prompt)
WORDS = """
mistake.nothing_to_miss.what: [nobody can miss a round that is not, personne ne manque un tour qui n'existe pas]
mistake.nothing_to_miss.remedy: [Add rounds to the plan., Ajoutez des tours au plan.]
measure.again: ["{came}, of whom also {again}", "{came}, dont aussi {again}"]
measure.prompt: ["{of}: {column} within {days} days", "{of} : {column} en {days} jours"]
measure.missed: ["{who} without {of}", "{who} sans {of}"]
"""
INDICATORS = """
          - {id: again, label: {en: Wrote again, fr: Ont réécrit}, measure: {kind: again, by: person, came: {log: journals, where: {round: 1}}, again: {log: journals, where: {round: 2}}}, target: {at_least: 60%}}
          - {id: missed, label: {en: Without a journal, fr: Sans journal}, measure: {kind: missed, by: person, who: {people: {role: principal}}, of: {log: journals}}, target: {at_most: 1}}
          - {id: everyone, label: {en: CDAs without one, fr: ADC sans journal}, measure: {kind: missed, by: person, who: {people: {role: cda}}, of: {log: journals}}}
          - {id: prompt, label: {en: Prompt, fr: Rapide}, measure: {kind: prompt, column: feedback_on, days: 5, of: {log: journals, where: {round: 1}}}, target: {at_least: 60%}}
"""
POSTS = (
    *(f"p-{letter * 4},cda,EMSB,,2024-08-01,,," for letter in "abcdefghijkl"),
    *(f"p-{letter * 4},principal,EMSB,,2024-08-01,,," for letter in "yz"),
)
JOURNALS = (("1", "a", "24"), ("1", "y", "28"), ("2", "y", ""))
"""Of two who wrote in the first round one wrote again and one had feedback soon; one of two principals wrote."""
SENTENCES = {
    "again": {"en": "of whom also", "fr": "dont aussi"},
    "missed": {"en": "without", "fr": "sans"},
    "everyone": {"en": "without", "fr": "sans"},
    "prompt": {"en": "within 5 days", "fr": "en 5 jours"},
}
REPORTS = [(which, form) for which in ("--period 1", "--period 2", "--annual") for form in ("md", "html")]


@pytest.fixture
def team(prt: Prt, kept: FilePath) -> Iterator[Prt]:
    """A project whose program has three more kinds of measure, and whose plan uses them."""
    before = list(KINDS)
    KINDS.extend(NEW)
    prt.words(WORDS)
    prt.once(kept, lambda: fill(prt))
    yield prt
    KINDS[:] = before


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "4.journals")
    prt.indicators(INDICATORS)
    prt.people(*POSTS)
    for number, letter, day in JOURNALS:
        feedback = f" --feedback-on 2024-11-{day}" if day else ""
        prt(f"log journal --round {number} --person p-{letter * 4} --date 2024-11-2{number}{feedback}")


def test_a_row_says_what_it_moves(team: Prt) -> None:
    out = team("log journal --round 2 --person p-aaaa --date 2024-11-25")
    assert "1.1.again  50.0% → 100%" in out
    assert "1.1.missed  1 → 0" in team("log journal --round 2 --person p-zzzz --date 2024-11-25")
    out = team("log journal --round 1 --person p-bbbb --date 2024-11-25 --feedback-on 2024-11-30")
    assert "1.1.prompt  50.0% → 66.7%" in out


def test_a_mistake_in_one_is_named(team: Prt) -> None:
    plan = team.root / "plan" / "2024-2025.yaml"
    written = plan.read_text(encoding="utf-8")
    plan.write_text(written.replace("missed, by: person", "missed, by: persons", 1), encoding="utf-8")
    team("check", code=1)
    assert 'journals has no column "persons"' in team.out + team.err
    plan.write_text(written.replace("missed, by: person", "missed, by: round", 1), encoding="utf-8")
    team("check", code=1)
    assert "round of journals does not name people" in team.out + team.err
    plan.write_text(re.sub(r"(?m)^rounds:.*\n(?:  - .*\n)*", "", written), encoding="utf-8")
    team("check", code=1)
    assert "nobody can miss a round that is not" in team.out + team.err
    plan.write_text(written.replace("kind: missed", "kind: mised", 1), encoding="utf-8")
    team("check", code=1)
    assert 'Did you mean "missed"?' in team.out + team.err


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("indicator", SENTENCES)
def test_every_figure_explains_itself(team: Prt, language: str, indicator: str) -> None:
    shown = team(f"explain 1.1.{indicator} --as-of 2024-11-30 --lang {language} --all")
    assert "journals.csv:" in shown
    assert SENTENCES[indicator][language] in shown
    for form in ("json", "csv", "md"):
        assert team(f"explain 1.1.{indicator} --format {form} --lang {language}")


def test_a_row_that_says_nothing_does_not_count_and_is_named(team: Prt) -> None:
    team("log journal --round 1 --person p-cccc --date 2024-11-25")
    shown = team("explain 1.1.prompt --as-of 2024-11-30")
    assert "1 of 2" in shown and "Excluded: 2 rows" in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_screen_takes_them(team: Prt, language: str) -> None:
    forms = ("", " --format json", " --format csv", " --format md")
    for command in (*(f"status --all{form}" for form in forms), "todo", "plan show"):
        assert team(f"{command} --lang {language}")
    plan, older = team.root / "plan" / "2024-2025.yaml", team.root / "older.yaml"
    written = plan.read_text(encoding="utf-8")
    older.write_text(written.replace("at_least: 60%", "at_least: 70%", 1), encoding="utf-8")
    assert "1.1.again" in team(f"plan diff {older} {plan} --lang {language}")
    assert team("check")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("which", "form"), some(REPORTS, 1))
def test_every_report_withholds_what_is_of_two(team: Prt, language: str, which: str, form: str) -> None:
    report = team.root.parent / f"report.{form}"
    team(f"report {which} --lang {language} --output {report}")
    text = report.read_text(encoding="utf-8").replace("\u202f", " ").replace("\u00a0", " ")
    text = re.sub('<line class="(halo|expected)"[^>]*>', "", text)  # of the plan, not of people
    assert {"en": "Wrote again", "fr": "Ont réécrit"}[language] in text
    assert not any(told in text for told in ("1 of 2", "1 sur 2", "50.0%", "50,0 %", "p-aaaa"))


@only_in_ci
def test_two_people_are_withheld(team: Prt) -> None:
    own, sent = team("status --all"), team("status --as-published --all")
    for name in ("again", "missed", "prompt"):
        [line] = [line for line in sent.splitlines() if line.split()[:1] == [f"1.1.{name}"]]
        assert " x " in line
    assert "1 of 2" in own and "1 of 2" not in sent


@only_in_ci
def test_a_submission_keeps_them_and_tells_what_changed(team: Prt) -> None:
    team("submit --period 1 --on 2024-12-13 --anyway actions --anyway no-data")
    team(f"edit {team.last_id('journals')} --person p-bbbb --why mixed-up")
    told = team("status --since-submitted --period 2")
    assert "1.1.again" in told and "mixed-up" in told
    assert "50.0%" in team("explain 1.1.again --submitted period-1")
