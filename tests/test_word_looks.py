"""How a Word report looks: drawings, letters that stand higher, contents, pages, and styles of the team's own."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import RGBColor

from prt.figures.evaluate import evaluate
from prt.files.project import Project
from prt.files.templates import read_word_template
from prt.model.text import LANGUAGES, Language
from prt.output.document.editions import edition_for
from prt.output.renderers.word.word_file import render_word
from prt.output.renderers.word.word_names import WORD, fill_paragraph
from prt.output.words import Words
from tests.conftest import only_in_ci
from tests.support import report
from tests.test_in_browser import notes_of
from tests.test_report import made
from tests.test_report_word import all_text, word

RED = RGBColor(0xC0, 0x10, 0x10)
GROUPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def test_a_template_restyled_by_hand_keeps_its_styles_with_the_figures_of_the_next_period(
    tmp_path: Path,
) -> None:
    template = Document(io.BytesIO(read_word_template(None)))
    for name in ("Heading 1", "prt Nombre"):
        template.styles[name].font.color.rgb = RED
    template.sections[0].header.tables[0].cell(0, 0).paragraphs[0].add_run(" – L’équipe")
    template.save(str(tmp_path / "report.docx"))
    autumn, spring = (
        word(made(cut_off=day, target="{at_least: 10}"), templates=tmp_path)
        for day in ("2024-11-30", "2025-03-31")
    )
    for document in (autumn, spring):
        assert [document.styles[name].font.color.rgb for name in ("Heading 1", "prt Nombre")] == [RED, RED]
        assert document.sections[0].header.tables[0].cell(0, 0).text.endswith(" – L’équipe")
        titles = [one for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
        assert titles and all(run.font.color.rgb is None for one in titles for run in one.runs)
    figures = [[cell.text for cell in result_row(document)[4:]] for document in (autumn, spring)]
    assert figures[0][:2] == ["1", "1\n+ 3 planned"] and figures[1][:3] == ["1", "2", "3\n+ 1 planned"]


def result_row(document: Any) -> Any:
    return next(one for one in document.tables if "Objective" in one.cell(0, 0).text).rows[1].cells


def test_curves_and_bars_are_drawings_with_an_alternative_text_and_a_text_instead() -> None:
    document = word(made(target="{at_least: 10}"))
    drawn = list(document.element.body.iter(f"{WORD}drawing"))
    about = [next(one for one in drawing.iter() if str(one.tag).endswith("}docPr")) for drawing in drawn]
    said = [one.get("descr") for one in about]
    assert len(said) == 2 and all("10" in text for text in said)  # on the first page, and in the results
    assert len({one.get("id") for one in about}) == len(about)
    for drawing in drawn:
        choice = drawing.getparent()
        assert choice.nsmap[choice.get("Requires")] == GROUPS
        assert re.search("[█·]", "".join(one.text or "" for one in choice.getnext().iter(f"{WORD}t")))


def test_letters_of_our_words_stand_higher_and_those_of_nobody_else() -> None:
    document = word(made("fr"), "fr")
    raised = [
        "".join(one.text or "" for one in run.iter(f"{WORD}t"))
        for run in document.element.body.iter(f"{WORD}r")
        if run.find(f"{WORD}rPr/{WORD}vertAlign") is not None
    ]
    assert {"o", "er"} == set(raised)
    assert "Rapport d’étape no\u00a02 · du 1er décembre 2024" in "".join(
        one.text for one in document.paragraphs
    )
    paragraph = document.add_paragraph("{{ a }}, {{ b }}")
    fill_paragraph(paragraph._p, {"a": made("fr").cover.name, "b": "1<sup>er</sup>"}.get)
    assert paragraph.text == "Rapport d’étape no\u00a02, 1<sup>er</sup>"
    assert [one.text for one in paragraph.runs if one.font.superscript] == ["o"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_are_a_field_of_links_to_the_headings(language: Language) -> None:
    document = word(made(language, target="{at_least: 10}"), language)
    (order,) = document.element.body.iter(f"{WORD}instrText")
    assert order.text.split() == ["TOC", "\\o", '"1-3"', "\\h", "\\z"]
    marks = {one.get(f"{WORD}name") for one in document.element.body.iter(f"{WORD}bookmarkStart")}
    links = [one for one in document.element.body.iter(f"{WORD}hyperlink") if one.get(f"{WORD}anchor")]
    said = ["".join(one.text or "" for one in link.iter(f"{WORD}t")) for link in links]
    heads = [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert said == heads and {link.get(f"{WORD}anchor") for link in links} == marks
    assert "TOC" not in all_text(word(edition_for(made(language), "brief"), language))


@only_in_ci
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_on_paper_the_first_page_is_one_and_the_report_of_the_funder_eighteen_at_most(
    fictional: Path, tmp_path: Path
) -> None:
    project = Project(fictional, fictional / "data" / "private")
    year = project.load(project.plan_path("2024-2025"))
    found = evaluate(year.plan, year.data, year.plan.periods[1].last)
    whole = report(found, "fr", notes={"fr": notes_of(found)}, reader="funder")
    say = Words("fr", year.plan, year.data.organisations)
    pages = [pages_of(render_word(one, say, None), tmp_path) for one in (edition_for(whole, "brief"), whole)]
    assert pages[0] == 1 and 9 < pages[1] <= 18


def pages_of(document: bytes, folder: Path) -> int:
    """How many pages LibreOffice prints of it."""
    (folder / "report.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*order, str(folder / "report.docx")], check=True, capture_output=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", (folder / "report.pdf").read_bytes()))
