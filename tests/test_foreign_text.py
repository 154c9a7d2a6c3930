"""Texts that a plan or the notes have in the other language alone: each format says in which."""

from __future__ import annotations

import datetime as dt
import io
import json
import re

import pytest
from docx import Document

from prt.figures.evaluate import Evaluation, evaluate
from prt.files.notes import read_sections
from prt.files.plan.plan import read_plan
from prt.output.renderers import RENDERERS
from prt.output.renderers.word.word_file import render_word
from prt.output.renderers.word.word_names import WORD
from prt.output.words import Words
from tests.support import PLAN, load, report
from tests.test_editions import text_of

HOSTILE = "Ateliers & <b>plus</b>"
CHANGES = {
    "label: {en: It, fr: Ceci}": f'label: {{fr: "{HOSTILE}"}}\n            note: {{fr: À confirmer}}',
    "title: {en: Workshops, fr: Ateliers}": "title: {fr: Formations}",
    '      - id: "1.1"\n        indicators:': '      - id: "1.1"\n        objective: {fr: Former}\n'
    "        strategy: {says: Train them, fr: Les former}\n        indicators:",
}


@pytest.fixture(scope="module")
def found() -> Evaluation:
    text = PLAN.format(measure="{kind: count, of: pd}", target="{at_least: 4}")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    plan, problems = read_plan(text.encode(), "plan.yaml")
    assert plan is not None, problems
    return evaluate(plan, load(plan, {})[0], dt.date(2025, 3, 31))


def printed(found: Evaluation, how: str, language: str = "en") -> str:
    notes = {"fr": read_sections("## Faits saillants\n\n- Une bonne année\n\n### Volet 1.1\n\nÇa va.\n")}
    made = report(found, language, notes=notes)  # type: ignore[arg-type]
    return text_of(RENDERERS[how].render(made, Words(made.language, found.plan), None))


def test_word_knows_in_which_language_its_runs_are(found: Evaluation) -> None:
    notes = {"fr": read_sections("## Faits saillants\n\n- Une bonne année\n")}
    made = report(found, "en", notes=notes)
    document = Document(io.BytesIO(render_word(made, Words("en", found.plan), None)))
    french = [
        "".join(one.text or "" for one in run.iter(f"{WORD}t"))
        for run in document.element.body.iter(f"{WORD}r")
        if (lang := run.find(f"{WORD}rPr/{WORD}lang")) is not None and lang.get(f"{WORD}val") == "fr-CA"
    ]
    assert {f"[fr] {HOSTILE}", "[fr] Former", "[fr] Formations", "[fr] À confirmer", "Une bonne année"} <= {
        *french
    }
    assert "Train them" in "".join(one.text for table in document.tables for one in table._cells)


@pytest.mark.parametrize(
    "said",
    [
        '<div><span lang="fr">[fr] Ateliers &amp; &lt;b&gt;plus&lt;/b&gt;</span>',  # its label
        '<p><span lang="fr">[fr] Former</span></p>',
        '>Volet 1.1: <span lang="fr">[fr] Formations</span></h3>',  # inside a sentence of ours
        'Note: <span lang="fr">[fr] À confirmer</span>',
        '<div class="prose" lang="fr">\n<ul>\n<li>Une bonne année</li>',
        '<div class="prose" lang="fr">\n<p>[fr] Ça va.</p>',
        "<p>Train them</p>",  # nobody says in which language the funder writes
    ],
)
def test_a_page_says_in_which_language_a_text_is(found: Evaluation, said: str) -> None:
    assert said in re.sub(r"<p>\[fr\]</p>\n", "", printed(found, "html"))


@pytest.mark.parametrize("how", ["html", "md", "json", "docx", "xlsx"])
def test_a_report_in_the_language_of_all_texts_says_nothing_of_it(found: Evaluation, how: str) -> None:
    text = printed(found, how, "fr")
    assert "Ateliers" in text and "[fr]" not in text and 'span lang="' not in text


@pytest.mark.parametrize("how", ["md", "docx", "xlsx"])
def test_other_formats_show_the_mark(found: Evaluation, how: str) -> None:
    text = printed(found, how).replace("\\", "")
    assert "[fr] Ateliers" in text and "span lang" not in text


def test_json_has_the_language_beside_the_text(found: Evaluation) -> None:
    volet = json.loads(printed(found, "json"))["volets"][0]
    assert volet["title"] == {"text": "[fr] Formations", "lang": "fr"}
    assert volet["lines"][0]["indicators"][0]["label"] == {"text": f"[fr] {HOSTILE}", "lang": "fr"}
    assert volet["narrative"]["lang"] == "fr"
