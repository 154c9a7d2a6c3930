"""The head and the end of a report: who made it, the bilan, acronyms, where each phrase is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from prt.figures.evaluate import Evaluation, evaluate
from prt.files.plan.plan import read_plan
from prt.files.yaml.words import shipped_templates
from prt.model.plan import Plan
from prt.model.text import LANGUAGES, Language
from prt.output.document.report_document import Report
from prt.output.renderers.html import render_html
from prt.output.renderers.markdown import render_markdown
from prt.output.report.cover import Sent, Signed
from tests.project import Prt, short_plan
from tests.support import load, report
from tests.test_report import Page, evaluated, plain, words

SIGNED = "signatures: {prepared_by: M. Roy, approved_by: {en: The director, fr: La directrice}}\n"
ACRONYMS = "acronyms: {CSC: {fr: centre à nous}, CLC: {en: our centre}, RSB: Riverside}\n"


FILE = shipped_templates().parent / "plan" / "2024-2025.yaml"


def read(text: str) -> Plan:
    plan, problems = read_plan(text.encode(), FILE.name)
    assert plan is not None, problems
    return plan


def real_plan(more: str = "") -> Plan:
    return read(FILE.read_text(encoding="utf-8") + more)


def short(more: str = "") -> Evaluation:
    """The same plan with one of its indicators."""
    plan = read(short_plan(FILE.read_text(encoding="utf-8"), frozenset({"1.1.workshops"})) + more)
    return evaluate(plan, load(plan, {})[0], dt.date(2024, 11, 30))


def real(more: str = "", cut_off: str = "2024-11-30") -> Evaluation:
    plan = real_plan(more)
    return evaluate(plan, load(plan, {})[0], dt.date.fromisoformat(cut_off))


def test_who_prepared_and_approved_it_stands_in_the_plan_in_both_languages() -> None:
    found = short(SIGNED)
    assert report(found, "fr").cover.people == ("Préparé par M. Roy", "Approuvé par La directrice")
    assert report(found, "en").cover.people[1] == "Approved by The director"
    assert report(found, "en", signed=Signed("K. T.")).cover.people[0] == "Prepared by K. T."


def test_a_draft_says_that_they_are_not_named_yet() -> None:
    found = short()
    assert [one.cell for one in report(found, "fr").cover.gaps] == [
        "**[à compléter]** préparé par",
        "**[à compléter]** approuvé par",
    ]
    assert report(found, "fr", sent=Sent(dt.date(2024, 12, 12))).cover.gaps == ()
    assert report(short(SIGNED), "fr").cover.gaps == ()


def test_acronyms_of_the_plan_come_before_those_of_prt() -> None:
    found = short(ACRONYMS)
    french, english = report(found, "fr").acronyms, report(found, "en").acronyms
    assert "CSC\u00a0: centre à nous" in french and "CLC: our centre" in english
    assert not [one for one in french if one.startswith(("CLC", "RSB"))]


def phrases(found: Report) -> Sequence[Sequence[str]]:
    """The rows of the annex of the plan's phrases, after which an auditor has four more."""
    return next(one for one in found.annexes if one.letter == "J").grids[0].table.rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_of_the_plan_leads_to_its_indicator_and_figure(language: Language) -> None:
    found = real()
    rows = phrases(report(found, language))
    assert len(rows) == 59 + 28
    wanted = [
        phrase
        for _, _, one in found.plan.indicators()
        for quoted in (one, one.target)
        if quoted
        for phrase in quoted.quoted.to(language)
    ]
    assert [row[1] for row in rows] == wanted
    assert all(line and label and figure and status for line, _, _, label, figure, status in rows)


def test_the_column_of_the_plan_that_a_phrase_stands_in() -> None:
    columns = [row[2] for row in phrases(report(real(), "en"))]
    assert {one: columns.count(one) for one in set(columns)} == {"Indicator": 59, "Target": 26, "Strategy": 2}


def test_a_plan_without_phrases_has_no_such_annex() -> None:
    assert [annex.letter for annex in report(evaluated(), "en", reader="funder").annexes] == ["A"]


# The bilan


def test_the_bilan_is_of_the_year() -> None:
    found = real(cut_off="2025-06-30")
    bilan = report(found, "fr", annual=True)
    assert (bilan.cover.name, bilan.cover.span) == (
        "Bilan annuel 2024-2025",
        "du 1er juillet 2024 au 30 juin 2025",
    )
    assert (*bilan.columns, bilan.to_date) == ("P1", "P2", "P3", "Année")
    assert [annex.letter for annex in bilan.annexes] == list("ABCDEFGHIJKLMN")
    assert "Cumul" not in render_markdown(bilan, words(found, "fr")).partition("## Annexes")[0]


def test_a_bilan_as_it_is_typed(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRT_TODAY", "2025-07-02")
    text = prt('report --annual --approved-by "A. B."')
    assert "**Bilan annuel 2024-2025**" in text and "- Approuvé par A. B." in text
    assert "préparé par" in text
    prt("report --annual --period 1", code=2)
    assert "--annual is of the whole year" in prt.err
    prt("report --annual --lang en --output " + str(prt.root / "b.html"))
    assert "Draft of the annual report, English" in prt.err


# Hostile text


HOSTILE = "<script>alert(1)</script> | pipes | [link](javascript:alert(1)) 🎉 مرحبا بالعالم " + "w" * 2000


def hostile(language: Language) -> tuple[Evaluation, Any]:
    found = evaluated("{kind: list, columns: [title], of: pd}", "null")
    for row in found.data.logs["sessions"]:
        row.fill({"title": HOSTILE, "theme": HOSTILE})
    found = evaluate(found.plan, found.data, found.cut_off)
    return found, report(found, language, signed=Signed(HOSTILE, HOSTILE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_titles_are_harmless_and_legible(language: Language) -> None:
    found, made = hostile(language)
    page = Page(render_html(made, words(found, language)))
    assert "script" not in page.tags and not [one for one in page.links if not one.startswith("#")]
    assert sum(HOSTILE in plain(text) for text in page.texts) >= 4
