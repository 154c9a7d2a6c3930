"""The plan file of 2024-2025 says what the funder's plan says: every phrase, once, in its line and in order.

`inventory.yaml` lists the phrases of `plan-source.txt`, the plan as the funder has it. The plan is read
here with plain PyYAML, so that these tests judge the file and not the program that reads it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from prt.text import fold_text

HERE = Path(__file__).parent
PROJECT = HERE.parent
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it is there
PLAN, INVENTORY = (
    yaml.load(path.read_text(encoding="utf-8"), LOADER)
    for path in (PROJECT / "plan" / "2024-2025.yaml", HERE / "inventory.yaml")
)
LINES = {line["id"]: line for volet in PLAN["volets"] for line in volet["lines"]}
INDICATORS = {
    f"{name}.{indicator['id']}": indicator for name, line in LINES.items() for indicator in line["indicators"]
}
TARGETS = {name: indicator["target"] for name, indicator in INDICATORS.items() if "target" in indicator}

# The handles that people type and other programs rely on, in the order of the plan.
HANDLES = (
    "1.1.workshops 1.1.outcome-areas 1.1.choice 1.1.positive 1.2.sessions 1.2.new-cdas 1.2.positive "
    "1.3a.workshops 1.3b.workshops 1.3c.webinar 1.3d.webinars 1.4a.meetings 1.4a.all-four 1.4b.meetings "
    "2a.tools-cda 2a.tools-teams 2a.capsules 2a.published 3a.hours 3b.hours 3b.agreements "
    "4.survey-cda 4.journals 4.survey-principals 4.survey-sbreps 4.feedback 4.reports 4.plan"
)


def one_space(text: str) -> str:
    return " ".join(text.split())


SOURCE = one_space(re.sub(r"<[^>]+>", " ", (HERE / "plan-source.txt").read_text(encoding="utf-8")))


def phrases(value: Any) -> list[str]:
    """`says`, `en` and `fr` are one text or a list of them."""
    return [value] if isinstance(value, str) else list(value or [])


def said(*places: dict[str, Any]) -> list[str]:
    return [phrase for place in places for phrase in phrases(place.get("says"))]


def verbatim(items: list[dict[str, Any]]) -> list[str]:
    return [one_space(item["verbatim"]) for item in items]


def everything(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every node of the plan with its path."""
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from everything(child, f"{path}.{key}")


MAPPINGS = {path: node for path, node in everything(PLAN) if isinstance(node, dict)}
VERBATIM = {path: node for path, node in MAPPINGS.items() if "says" in node}


def test_the_plan_has_seven_volets_and_thirteen_lines() -> None:
    assert [volet["id"] for volet in PLAN["volets"]] == ["1.1", "1.2", "1.3", "1.4", "2", "3", "4"]
    assert list(LINES) == [row["row"] for row in INVENTORY]
    assert len(LINES) == 13


def test_the_inventory_is_whole() -> None:
    assert sum(len(row["indicators"]) for row in INVENTORY) == 59
    assert sum(len(row["targets"]) for row in INVENTORY) == 26
    assert sum(len(row.get("implicit_targets_in_strategy_column", [])) for row in INVENTORY) == 2


@pytest.mark.parametrize("row", INVENTORY, ids=lambda row: row["row"])
def test_every_phrase_stands_once_in_its_line_in_the_funders_order(row: dict[str, Any]) -> None:
    indicators = LINES[row["row"]]["indicators"]
    targets = [indicator["target"] for indicator in indicators if "target" in indicator]
    in_strategy = [target for target in targets if target.get("stands_in") == "strategy"]
    in_targets = [target for target in targets if target not in in_strategy]

    assert said(*indicators) == verbatim(row["indicators"])
    assert said(*in_targets) == verbatim(row["targets"])
    assert said(*in_strategy) == verbatim(row.get("implicit_targets_in_strategy_column", []))


def test_every_target_has_its_words_and_only_listed_indicators_have_theirs() -> None:
    assert len(TARGETS) == 28
    assert all(said(target) for target in TARGETS.values())
    for name, indicator in INDICATORS.items():
        assert indicator.get("implied", False) is not bool(said(indicator)), name
        assert said(indicator) or "target" in indicator, f"{name} is in nobody's words"


def test_targets_have_the_numbers_of_the_inventory() -> None:
    numbers = {
        one_space(item["verbatim"]): item["value"]
        for row in INVENTORY
        for item in row["targets"] + row.get("implicit_targets_in_strategy_column", [])
    }
    for name, target in TARGETS.items():
        if name != "4.plan":  # a milestone has a day, not a number
            value = numbers[said(target)[0]]
            assert str(target["at_least"]).removesuffix("%") == str(value), name


def test_the_handles_of_the_targets_keep_their_names() -> None:
    assert " ".join(TARGETS) == HANDLES
    assert len(INDICATORS) == sum(len(line["indicators"]) for line in LINES.values()), "an id is taken twice"
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name.rpartition(".")[2]) for name in INDICATORS)


@pytest.mark.parametrize("path", VERBATIM)
def test_what_is_verbatim_stands_in_the_source(path: str) -> None:
    for phrase in said(VERBATIM[path]):
        assert one_space(phrase) in SOURCE


def test_every_line_has_the_funders_objective_and_strategy() -> None:
    for row in INVENTORY:
        line = LINES[row["row"]]
        written = [] if row["objective"] == "(same)" else [one_space(row["objective"])]
        assert said(line.get("objective", {})) == written, row["row"]
        assert said(line["strategy"]), row["row"]


HEADINGS = (
    "UPDATED 2024-09-30 Bilan annuel CSC - Plan d'Action 2024-2025 2024-2025 PRT Action Plan "
    "OBJECTIVES STRATEGY INDICATORS TARGETS VOLET 1.1 - VOLET 1.2 VOLET 1.3 - VOLET 1.4 - VOLET 2 - "
    "VOLET 3 - VOLET 4 -"
)


def test_nothing_of_the_source_is_left_out() -> None:
    """Taking away every verbatim phrase leaves the headings alone."""
    rest = SOURCE.replace("•", " ")
    verbatim_phrases = {one_space(text) for node in VERBATIM.values() for text in said(node)}
    for phrase in sorted(verbatim_phrases, key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    assert one_space(rest) == HEADINGS


def test_every_phrase_has_as_many_french_ones() -> None:
    assert len(VERBATIM) > 90
    for path, node in VERBATIM.items():
        assert len(phrases(node.get("fr"))) == len(said(node)), path
        assert "en" not in node or len(phrases(node["en"])) == len(said(node)), path
        assert all(text.strip() for text in phrases(node["fr"])), path


def test_labels_notes_and_vocabularies_are_in_both_languages() -> None:
    texts = {path: node for path, node in MAPPINGS.items() if {"en", "fr"} & set(node) and "says" not in node}
    assert len(texts) > 120
    for path, node in texts.items():
        assert set(node) == {"en", "fr"}, path
    for indicator in INDICATORS.values():
        assert set(indicator["label"]) == {"en", "fr"}
    for column, words in PLAN["vocabularies"].items():
        assert all(set(label) == {"en", "fr"} for label in words.values()), column


def french_texts() -> Iterator[str]:
    for node in MAPPINGS.values():
        yield from phrases(node.get("fr"))


TITLE = "CSC - Plan d'Action 2024-2025"  # the funder's own heading


def test_french_is_typed_as_in_quebec() -> None:
    texts = [text for text in french_texts() if text != TITLE]
    assert len(texts) > 150
    for text in texts:
        assert "'" not in text, f"straight apostrophe: {text}"
        assert "oe" not in text.lower(), f"œ: {text}"
        assert not re.search(r"(?<!\u00a0)[:%»]|«(?!\u00a0)", text), f"a no-break space is missing: {text}"
        assert not re.search(r"\s[;!?]", text), f"a space too many: {text}"


def test_every_selection_named_is_declared_and_every_one_declared_is_used() -> None:
    named = [node["selection"] for node in MAPPINGS.values() if "selection" in node]
    named += [
        node[key]
        for node in MAPPINGS.values()
        for key in ("of", "did", "anyone_in", "count")
        if isinstance(node.get(key), str)
    ]
    assert set(named) == set(PLAN["selections"])


def test_the_eleven_organisations_are_there() -> None:
    text = (PROJECT / "data" / "organisations.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["counts_as_board"] == "yes"]
    boards = [row["code"] for row in rows if row["type"] == "school-board"]
    assert boards == ["CQSB", "ESSB", "ETSB", "EMSB", "LBPSB", "NFSB", "RSB", "SWLSB", "WQSB"]
    others = [(row["code"], row["type"]) for row in rows if row["type"] != "school-board"]
    assert others == [("CSSL", "service-centre"), ("HA", "private-school")]


def test_no_spelling_stands_for_two_organisations() -> None:
    text = (PROJECT / "data" / "organisations.csv").read_text(encoding="utf-8")
    meaning: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        for spelling in (row["code"], row["name_en"], row["name_fr"], *row["aliases"].split(";")):
            assert meaning.setdefault(fold_text(spelling), row["code"]) == row["code"], spelling
    assert meaning["english montreal"] == "EMSB"
    assert meaning["littoral"] == "CSSL"
