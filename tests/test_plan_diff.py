"""What changed in a plan, in words: each change of one small plan, and commits of a whole one."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import subprocess
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.figures.plan_diff import plan_diff
from prt.figures.plan_diff.change import PlanChange, out_of_order
from prt.files.plan.plan import read_plan
from prt.model.calendar import Period, Round
from prt.model.columns import OwnColumn
from prt.model.plan import (
    Funder,
    Indicator,
    Line,
    Plan,
    Privacy,
    Reading,
    Signatures,
    Target,
    Thresholds,
    Volet,
)
from prt.model.text import Language
from prt.output.screens.plan_diff import PlanDiff, excerpts
from prt.output.screens.plan_diff_formats import Compared, render_diff
from prt.output.words import Words
from prt.problems import errors
from tests import support
from tests.conftest import only_in_ci
from tests.project import ROOT, Prt

TEAM = (ROOT / "plan" / "2024-2025.yaml").read_text(encoding="utf-8")
SMALL = """
year: "2024-2025"
title: {en: Action plan, fr: Plan d’action}
funder: {name: DSREA, languages: [fr]}
starts: 2024-07-01
ends: 2025-06-30
periods:
  - {id: 1, from: 2024-07-01, to: 2024-12-31, due: 2025-01-15, expected: 40%}
  - {id: 2, from: 2025-01-01, to: 2025-06-30, due: 2025-07-15, expected: 100%}
rounds: [{id: 1, due: 2024-11-29}]
status: {on_track: 85%, at_risk: 60%}
privacy: {smallest_group: 5, headcount_only: [students, parents]}
vocabularies:
  category: {area: {en: Area, fr: Axe}, choice: {en: Of choice, fr: Au choix}}
columns:
  tools:
    level: {type: number, label: {en: Level, fr: Niveau}, help: {en: Depth, fr: Profondeur}, unit: points, at_least: 1}
    sort: {type: choice, label: {en: Sort, fr: Sorte}, choices: {game: {en: Game, fr: Jeu}}}
selections:
  pd: {log: sessions, where: {line: "1.1", format: [full-day, half-day]}} # counted once each
  with-form: {selection: pd, where: {feedback_form: {not: no}}}
volets:
  - id: "1"
    title: {en: Training, fr: Formations}
    lines:
      - id: "1.1"
        strategy: {says: "PRT will offer workshops", fr: L’équipe offrira des ateliers}
        indicators:
          - id: workshops
            label: {en: Workshops delivered, fr: Ateliers offerts}
            says: "# of workshops"
            fr: Nombre d’ateliers
            measure: {kind: count, of: pd, split_by: [category, format]}
            target: {at_least: 37, says: "37 workshops", fr: 37 ateliers}
          - id: positive
            label: {en: Positive feedback, fr: Appréciation positive}
            measure: {kind: ratio, part: {sum: positive, of: with-form}, whole: {sum: answered, of: with-form}}
            also:
              label: {en: of participants, fr: des participants}
              measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: participants, of: pd}}
            target: {at_least: 75%, says: "75% of participants give positive feedback", fr: 75 %}
            note: {en: To be confirmed, fr: À confirmer}
      - id: "1.2"
        strategy: {says: "PRT will hold meetings", fr: L’équipe tiendra des rencontres}
        indicators:
          - id: meetings
            label: {en: Meetings, fr: Rencontres}
            measure: {kind: count, of: {log: sessions, where: {line: "1.2"}}}
  - id: "2"
    title: {en: Tools, fr: Outils}
    lines:
      - id: "2a"
        strategy: {says: "PRT will develop tools", fr: L’équipe produira des outils}
        indicators:
          - id: tools
            label: {en: Tools, fr: Outils}
            says: "# of tools"
            fr: Nombre d’outils
            measure: {kind: count, of: {log: tools}}
            target: {at_least: 12}
"""
TODAY = dt.date(2025, 2, 14)
SESSIONS = """
id | line | date       | title | format   | participants | respondents | positive
w1 | 1.1  | 2024-10-01 | A     | full-day | 20           | 10          | 8
w2 | 1.1  | 2024-10-02 | B     | half-day | 10           | 10          | 5
"""


def plan(text: str) -> Plan:
    found, problems = read_plan(text.encode(), "plan.yaml")
    assert found is not None and not errors(problems), "\n".join(map(str, problems))
    return found


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} × {old}"
        text = text.replace(old, new)
    return text


def changes(before: str, after: str, **tables: str) -> list[PlanChange]:
    old, new = plan(before), plan(after)
    rows = (lambda: (support.load(old, tables)[0], support.load(new, tables)[0])) if tables else None
    return plan_diff(old, new, rows, TODAY)


def told(before: str, after: str, language: Language = "en", **tables: str) -> list[str]:
    """Each change as one sentence."""
    diff = PlanDiff(Words(language, plan(before)), Words(language, plan(after)))
    return [diff.sentence(change) for change in changes(before, after, **tables)]


LINE_2 = SMALL[SMALL.index('      - id: "1.2"\n') : SMALL.index('  - id: "2"\n')]
TOOLS = SMALL[SMALL.index("          - id: tools\n") :]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at_least: 37", "at_least: 35", ["target 1.1.workshops 37 → 35"]),
        ("at_least: 75%", "at_least: 80%", ["target 1.1.positive 75% → 80%"]),
        ("at_least: 75%", "at_least: 0.75", []),
        ("{at_least: 12}", "{between: [10, 12]}", ["target 2a.tools 12 → 10 to 12"]),
        ("{at_least: 12}", "{at_least: 12, by: {1: 4}}", ["target 2a.tools, by 1: none → 4"]),
        ("{at_least: 12}", "{at_least: 12, pace: at_end}", ["target 2a.tools, pace: steady → at_end"]),
        ("{at_least: 12}", "{at_least: 12, pace: steady}", []),
        (
            "{at_least: 12}",
            "{at_least: 12, baseline: {value: 9, date: 2024-06-30}}",
            ["target 2a.tools, baseline: none → 9 (2024-06-30)"],
        ),
        ("            target: {at_least: 12}\n", "", ["target 2a.tools removed: 12"]),
        ("id: workshops", "id: ateliers", ["indicator 1.1.workshops renamed 1.1.ateliers"]),
        ("fr: Ateliers offerts", "fr: Ateliers donnés", []),  # what we call it is none of the plan's words
        (
            '"75% of participants give positive feedback"',
            '"75% of respondents give positive feedback"',
            [
                "words of the target 1.1.positive, says: “75% of participants give positive feedback” → "
                "“75% of respondents give positive feedback”"
            ],
        ),
        (
            "fr: Nombre d’ateliers",
            "fr: Ateliers",
            ["words of 1.1.workshops, fr: “Nombre d’ateliers” → “Ateliers”"],
        ),
        (
            "            note: {en: To be confirmed, fr: À confirmer}\n",
            "",
            [
                "note of 1.1.positive, en removed: “To be confirmed”",
                "note of 1.1.positive, fr removed: “À confirmer”",
            ],
        ),
        ("2025-01-15", "2025-01-20", ["period 1, due: 2025-01-15 → 2025-01-20"]),
        ("expected: 40%", "expected: 50%", ["period 1, expected: 40% → 50%"]),
        ("{id: 1, due: 2024-11-29}", "{id: 1, due: 2024-12-06}", ["round 1, due: 2024-11-29 → 2024-12-06"]),
        ("on_track: 85%", "on_track: 80%", ["threshold, on_track: 85% → 80%"]),
        ("[students, parents]", "[parents, students]", []),
        ("[students, parents]", "[students]", ["privacy, headcount_only: parents, students → students"]),
        (
            "title: {en: Action plan, fr: Plan d’action}",
            "title: CSC",
            [
                "title of the plan, en: “Action plan” → “CSC”",
                "title of the plan, fr: “Plan d’action” → “CSC”",
            ],
        ),
        ("{en: Area, fr: Axe}", "{en: Area, fr: Axes}", ["label of category.area, fr: “Axe” → “Axes”"]),
        ("choice: {en", "own: {en", ["word category.choice renamed category.own"]),
        ("area: {en: Area, fr: Axe}, ", "", ["word category.area removed: “Area”"]),
        ("split_by: [category, format]", "split_by: [format, category]", []),
        ("split_by: [category, format]", "split_by: [category]", ["measure of 1.1.workshops changed"]),
        (
            '{says: "PRT will hold meetings"',
            '{says: "PRT will host meetings"',
            ["strategy of line 1.2, says: “PRT will hold meetings” → “PRT will host meetings”"],
        ),
        (
            TOOLS,
            TOOLS + "          - {id: links, label: Links, measure: {kind: count, of: {log: updates}}}\n",
            ["indicator 2a.links added: “Links”"],
        ),
        (
            LINE_2,
            "",
            ["line 1.2 removed: “PRT will hold meetings”", "indicator 1.2.meetings removed: “Meetings”"],
        ),
    ],
)
def test_a_change_is_one_sentence(old: str, new: str, said: list[str]) -> None:
    assert told(SMALL, edited(SMALL, (old, new))) == said


def test_nothing_changed_between_a_plan_and_itself() -> None:
    assert plan_diff(plan(SMALL), plan(SMALL)) == []
    assert plan_diff(plan(TEAM), plan(TEAM)) == []


def test_a_new_label_is_no_change_and_no_other_indicator() -> None:
    """However little it is like the old one: it is ours, and what it counts, and its target, stay."""
    new = edited(SMALL, ("Workshops delivered, fr: Ateliers offerts", "Whatever, fr: Tout autre chose"))
    assert changes(SMALL, new) == []


def test_a_selection_under_another_name_is_renamed_and_changes_no_measure() -> None:
    after = edited(SMALL, ("with-form: {", "formed: {")).replace("of: with-form", "of: formed")
    assert told(SMALL, after) == ["selection with-form renamed formed"]


def test_a_selection_written_out_means_the_same() -> None:
    written_out = "{log: sessions, where: {format: [half-day, full-day], line: 1.1}}"
    assert (
        told(
            SMALL,
            edited(SMALL, ("measure: {kind: count, of: pd,", f"measure: {{kind: count, of: {written_out},")),
        )
        == []
    )


def test_a_selection_is_named_once_and_with_every_measure_that_it_changes() -> None:
    assert told(SMALL, edited(SMALL, ("format: [full-day, half-day]}}", "format: full-day}}"))) == [
        "selection pd changed",
        "measure of 1.1.workshops changed (selection pd)",
        "measure of 1.1.positive changed (selection pd)",
        "alternative calculation of 1.1.positive changed (selection pd)",
    ]


def moved_volet(text: str, first: str, before: str) -> str:
    """The volet `first` cut out and set before another."""
    blocks = re.split(r"(?m)^(?=  - id: )", text)
    volets = {re.match(r'  - id: "(.+)"', block)[1]: block for block in blocks[1:]}  # type: ignore[index]
    order = [name for name in volets if name != first]
    order.insert(order.index(before), first)
    return blocks[0] + "".join(volets[name].rstrip("\n") + "\n" for name in order)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (SMALL, moved_volet(SMALL, "2", "1"), ["volet 2 moved: now the first"]),
        (SMALL, SMALL.replace(LINE_2, "") + LINE_2, ["line 1.2 moved from volet 1 to volet 2"]),
        (
            SMALL,
            SMALL.replace(LINE_2, LINE_2 + TOOLS).removesuffix(TOOLS)
            + "          - {id: links, label: Links, measure: {kind: count, of: {log: updates}}}\n",
            ["indicator 1.2.tools moved from line 2a to line 1.2", "indicator 2a.links added: “Links”"],
        ),
        (SMALL, SMALL.replace('id: "2a"', 'id: "2c"'), ["line 2a renamed 2c"]),
        (
            SMALL,
            SMALL.replace("id: workshops", "id: tmp")
            .replace("id: positive", "id: workshops")
            .replace("id: tmp", "id: positive"),
            ["indicator 1.1.workshops renamed 1.1.positive", "indicator 1.1.positive renamed 1.1.workshops"],
        ),
    ],
    ids=["order", "line", "indicator", "id-of-a-line", "ids-exchanged"],
)
def test_what_moved_is_recognised(before: str, after: str, said: list[str]) -> None:
    assert told(before, after) == said


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([], set()),
        ([0, 1, 2], set()),
        ([1, 0], {0}),
        ([1, 2, 3, 0], {3}),
        ([3, 0, 1, 2], {0}),
        ([0, 2, 1, 3], {1}),
    ],
)
def test_as_few_as_can_be_have_moved(places: list[int], moved: set[int]) -> None:
    assert out_of_order(places) == moved


@given(st.permutations(range(8)))
def test_those_that_stayed_are_in_order(places: list[int]) -> None:
    moved = out_of_order(places)
    stayed = [place for here, place in enumerate(places) if here not in moved]
    assert stayed == sorted(stayed)
    assert bool(moved) == (places != sorted(places))


# What it does to figures already reported


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "part: {sum: positive, of: with-form}, whole: {sum: answered, of: with-form}",
            "part: {sum: positive, of: with-form}, whole: {sum: participants, of: with-form}",
            ["measure of 1.1.positive changed: period 1 would move 65.0% → 43.3%, at risk → behind"],
        ),
        (
            "format: [full-day, half-day]}}",
            "format: full-day}}",
            [
                "selection pd changed",
                "measure of 1.1.workshops changed (selection pd): period 1 would move 2 → 1",
                "measure of 1.1.positive changed (selection pd): period 1 would move 65.0% → 80.0%, at risk → met so far",
                "alternative calculation of 1.1.positive changed (selection pd): period 1 would move 43.3% → 40.0%",
            ],
        ),
        (
            "at_least: 37",
            "at_least: 4",
            ["target 1.1.workshops 37 → 4: status at the end of period 1 behind → on track"],
        ),
        (
            "split_by: [category, format]",
            "split_by: [category]",
            ["measure of 1.1.workshops changed: no figure of a period that is over would move"],
        ),
        (
            "to: 2024-12-31, due: 2025-01-15, expected: 40%}\n  - {id: 2, from: 2025-01-01",
            "to: 2024-10-01, due: 2025-01-15, expected: 40%}\n  - {id: 2, from: 2024-10-02",
            [
                "period 1, to: 2024-12-31 → 2024-10-01",
                "period 2, from: 2025-01-01 → 2024-10-02",
                "1.1.workshops: period 1 would move 2 → 1",
                "1.1.positive: period 1 would move 65.0% → 80.0%, at risk → met so far",
            ],
        ),
        ("fr: Nombre d’outils", "fr: Outils", ["words of 2a.tools, fr: “Nombre d’outils” → “Outils”"]),
    ],
)
def test_figures_of_a_period_that_is_over_are_computed_by_both_plans(
    old: str, new: str, said: list[str]
) -> None:
    assert told(SMALL, edited(SMALL, (old, new)), sessions=SESSIONS) == said


def test_in_french() -> None:
    after = edited(
        SMALL,
        ("whole: {sum: answered, of: with-form}", "whole: {sum: participants, of: with-form}"),
        ("at_least: 37", "at_least: 35"),
    )
    assert told(SMALL, after, "fr", sessions=SESSIONS) == [
        "cible 1.1.workshops\u00a0: 37 → 35",
        "mesure de 1.1.positive modifiée\u00a0: en période 1, 65,0\u00a0% → 43,3\u00a0%, à surveiller → en retard",
    ]


KEYS: dict[str, tuple[str, str]] = {
    "Plan.year": ('year: "2024-2025"', 'year: "2025"'),
    "Plan.starts": ("starts: 2024-07-01", "starts: 2024-08-01"),
    "Plan.ends": ("ends: 2025-06-30", "ends: 2025-05-31"),
    "Plan.updated": ("starts:", "updated: 2024-09-30\nstarts:"),
    "Plan.pace_from": ("starts:", "pace_from: 2024-09-01\nstarts:"),
    "Plan.acronyms": ("starts:", "acronyms: {CAP: Communauté}\nstarts:"),
    "Plan.title": ("Action plan", "Plan of action"),
    "Plan.amendments": (
        "starts:",
        "amendments: [{date: 2025-01-20, what: 2a.tools, why: x, approved_by: y}]\nstarts:",
    ),
    "Signatures.prepared_by": ("starts:", "signatures: {prepared_by: Ann}\nstarts:"),
    "Signatures.approved_by": ("starts:", "signatures: {approved_by: Ann}\nstarts:"),
    "Funder.name": ("name: DSREA", "name: MEQ"),
    "Funder.languages": ("languages: [fr]", "languages: [fr, en]"),
    "Thresholds.on_track": ("on_track: 85%", "on_track: 80%"),
    "Thresholds.at_risk": ("at_risk: 60%", "at_risk: 50%"),
    "Privacy.smallest_group": ("smallest_group: 5", "smallest_group: 6"),
    "Privacy.headcount_only": ("[students, parents]", "[students]"),
    "Privacy.minimum_minutes": ("smallest_group: 5", "smallest_group: 5, minimum_minutes: 30"),
    "Privacy.keep_names_until": ("smallest_group: 5", "smallest_group: 5, keep_names_until: 2025-12-31"),
    "Privacy.contact": ("smallest_group: 5", "smallest_group: 5, contact: {en: The office, fr: Le bureau}"),
    "Period.first": ("from: 2025-01-01", "from: 2025-01-02"),
    "Period.last": ("to: 2024-12-31", "to: 2024-12-30"),
    "Period.due": ("due: 2025-01-15", "due: 2025-01-20"),
    "Period.expected": ("expected: 40%", "expected: 50%"),
    "Round.due": ("due: 2024-11-29", "due: 2024-12-06"),
    "Volet.id": ('- id: "2"', '- id: "3"'),
    "Volet.title": ("Training", "Learning"),
    "Line.id": ('id: "2a"', 'id: "2b"'),
    "Line.objective": (
        'strategy: {says: "PRT will hold',
        'objective: Meet\n        strategy: {says: "PRT will hold',
    ),
    "Line.strategy": ("PRT will hold", "PRT may hold"),
    "Line.note": ('strategy: {says: "PRT will hold', 'note: Often\n        strategy: {says: "PRT will hold'),
    "Indicator.id": ("id: tools", "id: guides"),
    "Indicator.label": ("Workshops delivered", "Workshops given"),
    "Indicator.implied": ("id: meetings", "id: meetings\n            implied: true"),
    "Indicator.was": ("id: meetings", "id: meetings\n            was: encounters"),
    "Indicator.says": ("# of tools", "# of guides"),
    "Indicator.en": ("fr: Nombre d’outils", "en: Tools"),
    "Indicator.fr": ("Nombre d’outils", "Outils"),
    "Indicator.measure": ("{log: tools}", "{log: updates}"),
    "Indicator.note": ("To be confirmed", "Confirmed"),
    "Reading.label": ("en: of participants", "en: of those present"),
    "Reading.measure": ("sum: participants", "sum: respondents"),
    "Plan.team": ("starts: ", "team: LEARN\nstarts: "),
    "Target.at_least": ("at_least: 12", "at_least: 13"),
    "Target.at_most": ("at_least: 12", "at_most: 12"),
    "Target.exactly": ("at_least: 12", "exactly: 12"),
    "Target.between": ("at_least: 12", "between: [10, 12]"),
    "Target.more_than_last_year": ("at_least: 12", "more_than_last_year: 10%"),
    "Target.to_be_set": ("at_least: 12", "to_be_set: 2024-10-15"),
    "Target.each_period": ("at_least: 12", "at_least: 12, each_period: 2"),
    "Target.by": ("at_least: 12", "at_least: 12, by: {1: 4}"),
    "Target.pace": ("at_least: 12", "at_least: 12, pace: at_end"),
    "Target.baseline": ("at_least: 12", "at_least: 12, baseline: {value: 9, date: 2024-06-30}"),
    "OwnColumn.type": (
        "type: number, label: {en: Level, fr: Niveau}, help: {en: Depth, fr: Profondeur}, unit: points, at_least: 1",
        "type: text, label: {en: Level, fr: Niveau}, help: {en: Depth, fr: Profondeur}",
    ),
    "OwnColumn.label": ("en: Level", "en: Difficulty"),
    "OwnColumn.help": ("fr: Profondeur", "fr: Difficulté"),
    "OwnColumn.required": ("type: number", "type: number, required: true"),
    "OwnColumn.choices": ("{game: {en: Game, fr: Jeu}}", "{play: {en: Play, fr: Pièce}}"),
    "OwnColumn.whole": ("type: number", "type: number, whole: true"),
    "OwnColumn.unit": ("unit: points", "unit: marks"),
    "OwnColumn.at_least": ("at_least: 1}", "at_least: 2}"),
    "OwnColumn.at_most": ("at_least: 1}", "at_least: 1, at_most: 5}"),
    "Target.says": ("37 workshops", "37 ateliers"),
    "Target.en": ("at_least: 12", "at_least: 12, en: Tools"),
    "Target.fr": ("at_least: 12", "at_least: 12, fr: Outils"),
    "Target.stands_in": ("at_least: 12", "at_least: 12, stands_in: strategy"),
}
"""A change of each key of a plan; those that hold others are told by what is in them."""

HOLDING = {
    "Plan.funder", "Plan.periods", "Plan.rounds", "Plan.status", "Plan.privacy", "Plan.vocabularies",
    "Plan.columns", "Plan.selections", "Plan.signatures", "Plan.volets", "Volet.lines", "Line.indicators", "Indicator.also",
    "Indicator.target", "Period.id", "Round.id", "Target.due",
}  # fmt: skip


def test_no_key_of_a_plan_is_forgotten() -> None:
    models = (
        Plan,
        Signatures,
        Funder,
        Thresholds,
        Privacy,
        Period,
        Round,
        Volet,
        Line,
        Indicator,
        Reading,
        Target,
        OwnColumn,
    )
    names = {f"{model.__name__}.{name}" for model in models for name in model.fields}
    assert names == KEYS.keys() | HOLDING


@pytest.mark.parametrize("key", KEYS)
def test_a_change_of_any_key_is_said(key: str) -> None:
    after, _ = read_plan(edited(SMALL, KEYS[key]).encode(), "plan.yaml")
    assert after is not None
    diff = PlanDiff(Words("fr", plan(SMALL)), Words("fr", after))
    said = [diff.sentence(change) for change in plan_diff(plan(SMALL), after)]
    assert bool(said) == (key not in ("Indicator.label", "Reading.label"))  # which are ours


# However a plan is written


def shuffled(value: Any, draw: random.Random) -> Any:
    """The same values with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        draw.shuffle(keys)
        return {key: shuffled(value[key], draw) for key in keys}
    return [shuffled(one, draw) for one in value] if isinstance(value, list) else value


def with_comments(text: str, draw: random.Random) -> str:
    """Some before lines that begin with a key; elsewhere a text may go on."""
    commented = (f"# a remark\n{line}" if key and draw.random() < 0.1 else line for line, key in keyed(text))
    return "\n".join(commented) + "\n"


def keyed(text: str) -> list[tuple[str, bool]]:
    return [(line, bool(re.match(r"[ -]*[\w-]+:( |$)", line))) for line in text.splitlines()]


@settings(max_examples=settings().max_examples // 6)  # each has every key of a plan in another place
@given(st.randoms(use_true_random=False), st.booleans(), st.sampled_from([40, 5000]))
def test_order_of_keys_comments_quotes_and_line_ends_say_nothing(
    draw: random.Random, flow: bool, width: int
) -> None:
    """What PyYAML writes of a plan has other quotes, other brackets and other line ends than what it read."""
    again = yaml.dump(
        shuffled(yaml.load(SMALL, yaml.CSafeLoader), draw),
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=flow,
        width=width,
    )
    assert plan_diff(plan(SMALL), plan(again if flow else with_comments(again, draw))) == []


# The formats


def compared(language: Language = "en", *edits: tuple[str, str]) -> Compared:
    after = edited(SMALL, *edits)
    words = (Words(language, plan(text)) for text in (SMALL, after))
    found = changes(SMALL, after, sessions=SESSIONS)
    before, now = words
    return Compared(("HEAD~1", "working tree"), before, now, found)


EDITS = (
    ("at_least: 37", "at_least: 35"),
    ("whole: {sum: answered, of: with-form}", "whole: {sum: participants, of: with-form}"),
    ("en: Of choice", 'en: "<b>*Of* | choice"'),
)


def test_markdown_fits_a_review_comment() -> None:
    assert render_diff(compared("en", *EDITS), "md") == (
        """### Plan 2024-2025, HEAD\\~1 → working tree: 3 changes

- label of category.choice, en: “Of choice” → “\\<b\\>\\*Of\\* \\| choice”
- target 1.1.workshops 37 → 35
- measure of 1.1.positive changed: period 1 would move 65.0% → 43.3%, at risk → behind
  - was: positive answers ÷ answers, pooled over the held sessions of line 1.1 (format: full day or half day; feedback form: yes or not stated)
  - now: positive answers ÷ participants, pooled over the held sessions of line 1.1 (format: full day or half day; feedback form: yes or not stated)"""
    )


@only_in_ci
def test_a_comment_is_never_too_long_to_be_taken() -> None:
    after = SMALL.replace("Area", "x " * 40_000)
    words = Words("en", plan(SMALL))
    text = render_diff(Compared(("A", "B"), words, words, changes(SMALL, after) * 30), "md")
    assert len(text) < 65_536
    assert text.endswith("and 30 more: prt plan diff")


def test_json_has_numbers_and_texts() -> None:
    shape = json.loads(render_diff(compared("en", *EDITS), "json"))
    assert (shape["before"], shape["after"], len(shape["changes"])) == ("HEAD~1", "working tree", 3)
    target, measure = shape["changes"][1:]
    assert (target["before"], target["after"]) == (
        {"at_least": 37, "says": ["37 workshops"], "fr": ["37 ateliers"]},
        {"at_least": 35, "says": ["37 workshops"], "fr": ["37 ateliers"]},
    )
    assert measure["after"]["whole"] == {"sum": "participants", "of": {"selection": "with-form"}}
    effect = measure["effects"][0]
    assert (effect["period"], effect["before"]["value"], effect["after"]["value"]) == (1, 0.65, 13 / 30)
    assert (effect["before"]["status"], effect["after"]["status"]) == ("at_risk", "behind")


def test_csv_has_a_row_for_each() -> None:
    rows = render_diff(compared("en", *EDITS), "csv").splitlines()
    assert rows[0] == "how,what,id,part,before,after,text"
    assert rows[2] == "changed,target,1.1.workshops,,37,35,target 1.1.workshops 37 → 35"


@pytest.mark.parametrize("how", ["table", "md"])
def test_nothing_is_said_when_nothing_changed(how: str) -> None:
    assert render_diff(compared(), how).endswith("Nothing changed in what the plan says.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("one", "two", ("one", "two")),
        ("a b c d e f g h i", "a b c d X f g h i", ("… b c d e f g h …", "… b c d X f g h …")),
        ("a b c", "a b c d", ("a b c", "a b c d")),
        ("a a", "a a a", ("a a", "a a a")),
        ("", "b", ("", "b")),
    ],
)
def test_of_a_text_only_what_changed_is_shown(before: str, after: str, said: tuple[str, str]) -> None:
    assert excerpts(before, after) == said


# As it is typed, in a repository


@pytest.fixture
def repository(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """The team's plan in a repository of git, committed once."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(prt, "init", "--quiet")
    commit(prt)
    return prt


def git(prt: Prt, *words: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", *who, *words], cwd=prt.root, check=True, capture_output=True)


def commit(prt: Prt) -> None:
    git(prt, "add", "--all")
    git(prt, "commit", "--quiet", "--message", "A change")


def rewrite(prt: Prt, *edits: tuple[str, str]) -> None:
    path = prt.root / "plan" / "2024-2025.yaml"
    path.write_text(edited(path.read_text(encoding="utf-8"), *edits), encoding="utf-8")


RENAMED = ("          - id: outcome-areas\n", "          - id: areas\n")
RAISED = ("at_least: 37\n", "at_least: 40\n")
REMARKED = ("# Two sessions of two days are two", "# Two sessions of two days count as two")


def test_three_changes_of_a_commit_and_nothing_else(repository: Prt) -> None:
    path = repository.root / "plan" / "2024-2025.yaml"
    path.write_text(moved_volet(path.read_text(encoding="utf-8"), "3", "2"), encoding="utf-8")
    rewrite(repository, RENAMED, RAISED, REMARKED)
    commit(repository)
    assert repository("plan diff HEAD~1").splitlines() == [
        "Plan 2024-2025, HEAD~1 → working tree: 3 changes",
        "",
        "  volet 3 moved: now after 1.4",
        "  indicator 1.1.outcome-areas renamed 1.1.areas",
        "  target 1.1.workshops 37 → 40",
    ]
    assert repository("plan diff") == "Nothing changed in what the plan says.\n"
    assert repository("plan diff HEAD~1 HEAD").startswith("Plan 2024-2025, HEAD~1 → HEAD: 3 changes")


def test_files_are_compared_without_git(prt: Prt) -> None:
    old = prt.root / "old.yaml"
    old.write_text(edited(TEAM, RAISED), encoding="utf-8")
    assert prt(f"plan diff {old}").splitlines()[2:] == ["  target 1.1.workshops 40 → 37"]


@only_in_ci
def test_the_figures_of_today(repository: Prt) -> None:
    repository(
        "log workshop --line 1.1 --date 2024-10-16 --title A --format full-day --participants 24 --respondents 18 --positive 9"
    )
    rewrite(
        repository,
        (
            "measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}",
            "measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: respondents, of: pd}}",
        ),
        RAISED,
    )
    assert repository("plan diff --format json").count('"effects": []') == 2
    rewrite(repository, ("whole: {sum: respondents, of: pd}}", "whole: {sum: participants, of: pd}}"))
    assert "period 1 would move 50.0% → 37.5%" in repository("plan diff")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("plan diff nowhere", '"nowhere" is no submission, no file, and no revision that git knows'),
        ("plan diff period-1", '"period-1" was not submitted in 2024-2025. Submissions: none.'),
        ("plan diff missing.yaml", "missing.yaml: cannot be read"),
        ("plan diff HEAD~1", "is no submission, no file, and no revision"),
        ("plan diff --format pdf", '"pdf" is not a format here'),
    ],
)
def test_what_does_not_exist_is_said(repository: Prt, typed: str, said: str) -> None:
    repository(typed, code=2)
    assert said in repository.err


def test_a_revision_without_the_file(repository: Prt) -> None:
    (repository.root / "plan" / "2024-2025.yaml").rename(repository.root / "plan" / "2025-2026.yaml")
    repository("plan diff", code=2)
    assert repository.err.splitlines() == [
        "plan/2025-2026.yaml: the file does not exist in HEAD",
        "    See in which it does: git log --oneline -- plan/2025-2026.yaml",
    ]


def test_errors_of_either_plan_are_named_with_their_revision(repository: Prt) -> None:
    rewrite(repository, ("at_least: 37\n", "at_least: many\n"))
    commit(repository)
    rewrite(repository, ("at_least: many\n", "at_least: 37\n"))
    repository("plan diff", code=1)
    assert repository.err.startswith("HEAD:plan/2024-2025.yaml:")


def test_where_there_is_no_repository_or_no_git(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(prt.root.parent))
    prt("plan diff", code=2)
    assert "Compare two files" in prt.err
    monkeypatch.setenv("PATH", str(prt.root))
    prt("plan diff", code=2)
    assert prt.err.startswith("git: is not installed, or not found")
