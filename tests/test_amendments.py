"""A target or a measure that is another than was submitted needs an entry that says why, and who agreed."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from prt.figures.plan_diff.amendments import unexplained_changes
from prt.files.plan.plan import read_plan
from prt.model.text import Language
from prt.output.listings import keep_on_line
from prt.output.numbers import day_text
from prt.output.report.history import amendments
from prt.output.words import Words
from tests.project import WORKSHOP, Prt
from tests.test_plan_diff import SMALL, TOOLS, edited, plan, rewrite

TODAY = dt.date(2025, 2, 14)
ENTRY = """
amendments:
  - {date: 2025-02-14, what: WHAT, why: {en: Two boards withdrew, fr: Deux commissions se sont retirées}, approved_by: DSREA}
"""


def missing(before: str, after: str) -> list[str]:
    """`volets.0.lines.0.indicators.0.target: what is wrong`"""
    rules = unexplained_changes(plan(before), plan(after), "report 1", TODAY)
    return [f"{'.'.join(map(str, rule.path))}: {rule.mistake.what}" for rule in rules]


FIRST = "volets.0.lines.0.indicators"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "at_least: 37",
            "at_least: 35",
            [f"{FIRST}.0.target: the target of 1.1.workshops was 37 when report 1 was sent, and is 35"],
        ),
        (
            "at_least: 75%",
            "between: [70%, 80%]",
            [
                f"{FIRST}.1.target: the target of 1.1.positive was 75% when report 1 was sent, and is between 70% and 80%"
            ],
        ),
        (
            "at_least: 37",
            "at_least: 37, by: {1: 9}",
            [f"{FIRST}.0.target: the target of 1.1.workshops was another when report 1 was sent"],
        ),
        (
            "            target: {at_least: 12}\n",
            "",
            [
                "volets.1.lines.0.indicators.0.target: the target of 2a.tools was 12 when report 1 was sent, and is none"
            ],
        ),
        (
            "of: {log: tools}",
            "of: {log: tools, where: {kind: tool}}",
            [
                "volets.1.lines.0.indicators.0.measure: the measure of 2a.tools was another when report 1 was sent"
            ],
        ),
        (TOOLS, TOOLS.replace("tools\n", "guides\n"), []),
        (
            "count, of: pd",
            "count, of: with-form",
            [f"{FIRST}.0.measure: the measure of 1.1.workshops was another when report 1 was sent"],
        ),
        ("split_by: [category, format]", "split_by: [category]", []),
        ("id: workshops", "id: ateliers", []),
        ('"37 workshops"', '"37 full-day workshops"', []),
        ("Workshops delivered", "Workshops given", []),
    ],
)
def test_what_needs_an_entry(old: str, new: str, said: list[str]) -> None:
    assert missing(SMALL, edited(SMALL, (old, new))) == said


@pytest.mark.parametrize("what", ["1.1.workshops", '["2a", 1.1.workshops]', '"1.1"'])
def test_an_entry_names_the_indicator_or_its_line(what: str) -> None:
    assert missing(SMALL, edited(SMALL, ("at_least: 37", "at_least: 35")) + ENTRY.replace("WHAT", what)) == []


def test_an_entry_that_was_submitted_already_explains_another_change() -> None:
    sent = SMALL + ENTRY.replace("WHAT", "1.1.workshops")
    again = edited(sent, ("at_least: 37", "at_least: 35"))
    assert len(missing(sent, again)) == 1
    entry = ENTRY.split("\n", 2)[2].replace("WHAT", "1.1.workshops").replace("2025-02-14", "2025-04-01")
    assert missing(sent, again + entry) == []


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("", ["Say why at the end of the plan, or change it back:", "amendments:"]),
        ("amendments: []\n", ["Say why under amendments: (in place of what stands there), at the end of the plan, or change it back:"]),
        (ENTRY.replace("WHAT", "2a.tools"), ["Say why under amendments: at the end of the plan, or change it back:"]),
    ],
)  # fmt: skip
def test_the_remedy_is_an_entry_to_paste(more: str, lines: list[str]) -> None:
    sent, now = plan(SMALL), plan(edited(SMALL, ("at_least: 37", "at_least: 1190")) + more)
    [rule] = unexplained_changes(sent, now, "report 1", TODAY)
    assert rule.mistake.what.endswith("was 37 when report 1 was sent, and is 1,190")
    entry = "  - {date: 2025-02-14, what: 1.1.workshops, why: {en: …, fr: …}, approved_by: …}"
    assert rule.mistake.remedy.splitlines() == [*lines, entry]


def test_the_dots_of_the_remedy_are_no_reason() -> None:
    dots = ENTRY.replace("Two boards withdrew", "…").replace("Deux commissions se sont retirées", "...")
    _, problems = read_plan(
        (SMALL + dots.replace("WHAT", "1.1.workshops").replace("DSREA", "…")).encode(), "p"
    )
    assert [f"{one.where.path}: {one.what}" for one in problems if "instead" in one.what] == [
        "amendments.0.why: write the reason instead of …",
        "amendments.0.approved_by: write who agreed instead of …",
    ]


def test_an_indicator_with_a_target_is_not_dropped_in_silence() -> None:
    without = SMALL.replace(
        TOOLS,
        TOOLS.replace("id: tools", "id: links")
        .replace("# of tools", "# of links")
        .replace("{log: tools}", "{log: updates}")
        .replace("{en: Tools, fr: Outils}", "{en: Links, fr: Liens}")
        .replace("Nombre d’outils", "Liens"),
    )
    assert missing(SMALL, without) == [
        "volets: 2a.tools had a target when report 1 was sent, and is not in the plan"
    ]
    assert missing(SMALL, without + ENTRY.replace("WHAT", "2a.tools")) == []


@pytest.fixture
def sent(prt: Prt, kept: Path) -> Prt:
    """One workshop, and report 1 submitted."""
    prt.once(kept, lambda: send(prt))
    return prt


def send(prt: Prt) -> None:
    prt.shorten_plan("1.1", "4.reports")
    prt(WORKSHOP)
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-13")
    prt("submit --anyway actions,no-data")
    prt.monkeypatch.setenv("PRT_TODAY", "2025-02-14")


LOWERED = ("at_least: 37\n", "at_least: 35\n")


def test_check_fails_with_the_remedy_and_passes_with_the_entry(sent: Prt) -> None:
    sent("check")
    rewrite(sent, LOWERED)
    found = sent("check", code=1).splitlines()
    assert [line for line in found if "report 1" in line or "amendments" in line or "- {date" in line] == [
        "plan/2024-2025.yaml:147:15: the target of 1.1.workshops was 37 when report 1 was sent, and is 35",
        "    amendments:",
        "      - {date: 2025-02-14, what: 1.1.workshops, why: {en: …, fr: …}, approved_by: …}",
    ]
    sent("status")  # the figures themselves are right
    path = sent.root / "plan" / "2024-2025.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + ENTRY.replace("WHAT", "1.1.workshops"), encoding="utf-8"
    )
    sent("check")


def test_the_plan_last_submitted_is_the_measure(sent: Prt) -> None:
    """What a correction sends again with its entry is not asked for twice."""
    rewrite(sent, LOWERED)
    path = sent.root / "plan" / "2024-2025.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + ENTRY.replace("WHAT", "1.1.workshops"), encoding="utf-8"
    )
    sent("submit --period 1 --anyway actions,no-data --why 'the target was lowered'")
    sent("check")
    rewrite(sent, ("at_least: 35\n", "at_least: 33\n"))
    assert "was 35 when correction 1 of report 1 was sent" in sent("check", code=1)


def test_plan_diff_takes_a_submission(sent: Prt) -> None:
    rewrite(sent, LOWERED)
    assert sent("plan diff period-1").splitlines() == [
        "Plan 2024-2025, period-1 → working tree: 1 change",
        "",
        "  target 1.1.workshops 37 → 35",
    ]
    assert sent("plan diff period-1 period-1") == "Nothing changed in what the plan says.\n"


def test_a_submission_that_cannot_be_read_is_a_warning(sent: Prt) -> None:
    (sent.root / "data" / "2024-2025" / "submitted" / "period-1" / "manifest.json").unlink()
    assert "warning: the manifest is missing" in sent("check")


@pytest.mark.parametrize(
    ("language", "what", "why"),
    [
        ("en", "1.1\u00a0· Workshops delivered; Line 2a", "Two boards withdrew"),
        ("fr", "1.1\u00a0· Ateliers offerts; Ligne 2a", "Deux commissions se sont retirées"),
    ],
)
def test_a_report_prints_them(language: Language, what: str, why: str) -> None:
    amended = plan(SMALL + ENTRY.replace("WHAT", '[1.1.workshops, "2a"]'))
    grid = amendments(Words(language, amended))
    day = keep_on_line(day_text(dt.date(2025, 2, 14), language, "medium"))
    assert grid and grid.table.rows == ((day, what, "–", "–", why, "DSREA"),)
    assert amendments(Words(language, plan(SMALL))) is None


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Amendments to the plan"), ("fr", "Modifications apportées au plan")]
)
def test_a_report_has_a_section_for_them_where_there_are_any(prt: Prt, language: str, title: str) -> None:
    prt.shorten_plan("1.1.workshops")
    prt.monkeypatch.setenv("PRT_TODAY", "2025-02-14")
    for form in ("md", "html"):
        assert title not in prt(f"report --period 1 --lang {language} --format {form}")
    path = prt.root / "plan" / "2024-2025.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + ENTRY.replace("WHAT", "1.1.workshops"), encoding="utf-8"
    )
    assert f"## {title}\n\n| Date |" in prt(f"report --period 1 --lang {language} --format md")
    text = prt(f"report --period 1 --lang {language} --format html")
    assert text.count(title) == 2 and '<a href="#amendments">' in text and '<section id="amendments" ' in text


AGREED = """
amendments:
  - {date: 2025-02-14, what: ["1.1.workshops"], why: {en: Agreed., fr: Convenu.}, approved_by: DSREA}
"""


def test_a_target_that_was_lowered_is_told_wherever_its_status_is(prt: Prt) -> None:
    prt.shorten_plan("1.1.workshops", "4.reports")
    prt(WORKSHOP)
    prt("submit --period 1 --on 2024-12-13 --anyway actions,no-data,errors")
    file = prt.root / "plan" / "2024-2025.yaml"
    text = file.read_text("utf-8")
    assert text.count("at_least: 37\n") == 1
    file.write_text(text.replace("at_least: 37\n", "at_least: 2\n") + AGREED, "utf-8")
    asked = (
        "status",
        "status --format md",
        "explain 1.1.workshops",
        "report --period 2 --for brief --format md",
        "report --period 2 --for brief --format html",
        "report --period 2 --format html",
        "report --period 2 --format json",
    )
    said = {one: " ".join(prt(f"{one} --lang en").split()) for one in asked}
    prt("open --lang en")
    said["open"] = (prt.root / "this-week.html").read_text("utf-8")
    told = re.compile(r"(?:on track|at risk|behind|met), target lowered from 37 to 2")
    assert [one for one, text in said.items() if not told.search(text)] == []
    found = {one["id"]: one for one in json.loads(prt("status --format json"))["indicators"]}
    assert found["1.1.workshops"]["target_before"] == {"at_least": 37}
    assert [one for one, row in found.items() if "target_before" in row] == ["1.1.workshops"]


def test_explain_says_that_a_report_counts_in_its_period_whatever_its_date(prt: Prt) -> None:
    prt.shorten_plan("1.1.workshops", "4.reports")
    prt(WORKSHOP)
    prt("submit --period 1 --on 2024-12-13 --anyway actions,no-data,errors")
    said = " ".join(prt("explain 4.reports --as-of 2024-12-05 --lang en").split())
    assert "dated 13 Dec 2024: a document of a period counts on its last day" in said
    assert "dated" not in prt("explain 4.reports --as-of 2024-12-13 --lang en")
