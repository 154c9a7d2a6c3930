"""A report as a Word file: parts where the template has their names, and no text of anybody is more than a text."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from prt.figures.evaluate import evaluate
from prt.files.project import Project
from prt.files.templates import read_word_template
from prt.model.text import LANGUAGES, Language
from prt.output.document.editions import edition_for
from prt.output.document.report_document import READERS, Report
from prt.output.notes.prose import prose
from prt.output.renderers.word.word_file import render_word
from prt.output.renderers.word.word_names import WORD, fill_paragraph, name_alone, text_of
from prt.output.words import Words
from prt.problems import PrtError, count_problems
from prt.values import replace
from tests.conftest import only_in_ci, some
from tests.pages import list_printed
from tests.pages import words as words_of
from tests.project import WORKSHOP, Prt
from tests.support import report
from tests.test_report import POSITIVE, evaluated, made, words

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def word(report: Report, language: Language = "en", templates: Path | None = None) -> Any:
    return Document(io.BytesIO(render_word(report, words(evaluated(), language), templates)))


def all_text(document: Any) -> str:
    return "\n".join(one.text or "" for one in document.element.body.iter(f"{WORD}t"))


def own(folder: Path, *paragraphs: str) -> Path:
    """A project's own template of these paragraphs."""
    made = Document(io.BytesIO(read_word_template(None)))
    for one in made.paragraphs:
        one._element.getparent().remove(one._element)
    for text in paragraphs:
        made.add_paragraph(text)
    folder.mkdir(exist_ok=True)
    made.save(str(folder / "report.docx"))
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_has_headings_language_and_properties(language: Language) -> None:
    found = made(language, target="{at_least: 10}")
    document = word(found, language)
    styles = [one.style.name for one in document.paragraphs if one.style]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= set(styles)
    about = document.core_properties
    assert (about.author, about.language) == ("prt", f"{language}-CA")
    assert f"{about.created:%Y-%m-%d}" == "2025-03-31" and found.cover.name in about.title
    assert [one.get(f"{WORD}val") for one in document.styles.element.iter(f"{WORD}lang")] == [
        f"{language}-CA"
    ]
    assert "{{" not in all_text(document) and "{{" not in document.sections[0].header._element.xml


def test_results_lie_across_with_heads_that_repeat_and_rows_that_hold() -> None:
    document = word(made(target="{at_least: 10}"))
    assert [one.page_width > one.page_height for one in document.sections] == [False, True, False]
    table = next(one for one in document.tables if "Objective" in one.rows[0].cells[0].text)
    head, first, *others = table._tbl.tr_lst
    assert head.trPr.find(f"{WORD}tblHeader") is not None
    assert all(
        row.trPr.find(f"{WORD}cantSplit") is not None for one in document.tables for row in one._tbl.tr_lst
    )
    assert first.tc_lst[0].vMerge == "restart" and not others
    paragraphs = list(head.iter(f"{WORD}p"))
    assert paragraphs and all(one.pPr.keepNext is not None for one in paragraphs)
    texts = [cell.text for cell in table.rows[1].cells]
    assert ("It" in texts[2], "10" in texts[3], texts[4:7]) == (True, True, ["1", "2", "3\n+ 1 planned"])


def test_a_gap_is_yellow_and_notes_keep_their_form() -> None:
    told = prose(
        "A *b* **c**, [site](https://example.org/a?b=1&c)\n\n1. one\n2. two\n\nthen\n\n4. four\n\n- x\n  - y"
    )
    found = made(target="{at_least: 10}")
    document = word(replace(found, outlook_told=told))
    xml = document.element.body.xml
    assert '<w:highlight w:val="yellow"/>' in xml
    assert "https://example.org/a?b=1&c" in {one.target_ref for one in document.part.rels.values()}
    items = [one for one in document.paragraphs if one.style and one.style.name.startswith("List")]
    assert [one.text for one in items][:5] == ["one", "two", "four", "x", "y"]
    lists = [one._element.pPr.numPr.numId.val for one in items[:3]]
    assert lists[0] == lists[1] != lists[2] and items[4].style.name == "List Bullet 2"
    starts = {one.numId: one.lvlOverride_lst for one in document.part.numbering_part.element.num_lst}
    assert [starts[one][0].startOverride.val for one in lists[1:]] == [1, 4]


def test_the_first_page_says_a_status_once() -> None:
    texts = all_text(word(made("fr", "2025-06-30", target="{at_least: 4}"), "fr")).partition("Résultats")[0]
    assert "Partiellement atteintes (1)" in texts and "\npartiellement atteinte\n" not in texts


def test_targets_that_stand_well_are_a_table_with_their_results() -> None:
    """Three beside one another, each with its result and target on one line; the id of a line stands apart."""
    document = word(made(target="{at_least: 2}"))
    (good,) = [one for one in document.tables if "✓" in one.cell(0, 0).text]
    assert [cell.text for cell in good.rows[0].cells[:2]] == ["✓\u00a01.1\u00a0· It", "3 / 2"]
    assert len(good.columns) == 9


def test_a_bar_is_no_wider_than_its_column() -> None:
    document = word(made(target="{at_least: 10}"))
    table = next(one for one in document.tables if "Progress" in [cell.text for cell in one.rows[0].cells])
    at = [cell.text for cell in table.rows[0].cells].index("Progress")
    (drawn,) = table.rows[2].cells[at]._element.iter(f"{DRAWING}extent")
    assert int(drawn.get("cx")) <= table.columns[at].width


def test_a_unit_of_words_breaks_between_words() -> None:
    """`15,98 jeunes par soirée` was broken inside *jeunes*, for nothing else of it could be."""
    rate = "{kind: ratio, part: {count: pd}, whole: {count: pd}, unit: {en: young people, fr: jeunes par soirée}}"
    document = word(made("fr", measure=rate, target="{at_least: 2}"), "fr")
    assert "1 jeunes par" in all_text(document) and "1\u00a0jeunes" not in result_cells(document)


def result_cells(document: Any) -> str:
    table = next(one for one in document.tables if one.cell(0, 0).text.startswith("Objectif"))
    return " ".join(table.rows[1].cells[-3].text.split(" "))


def test_the_rows_of_an_annex_are_not_parted_at_its_beginning_or_its_end() -> None:
    """Three rows with the head, and three at the end: no row, and no total, stands alone on a page."""
    many = "".join(f"u{n} | 2025-01-{n + 10} | News {n} | news\n" for n in range(9))
    updates = f"id | date | description | section\n{many}"
    document = word(made(measure="{kind: count, of: {log: updates}}", updates=updates))
    *_, table = [one for one in document.tables if len(one.rows) == 10]
    kept = [all(one.paragraph_format.keep_with_next for one in row.cells[1].paragraphs) for row in table.rows]
    assert kept == [True, True, True, False, False, False, False, True, True, False]


def test_what_is_withheld_is_x() -> None:
    few = "id | line | date | title | format | feedback_form | respondents | positive\nw | 1.1 | 2024-10-16 | A | full-day | yes | 3 | 2"
    found = made(measure=POSITIVE, target="{at_least: 75%}", sessions=few)
    assert found.volets[0].lines[0].indicators[0].to_date.number == "x"
    table = next(one for one in word(found).tables if "Objective" in one.rows[0].cells[0].text)
    assert table.rows[1].cells[6].text == "x"


@only_in_ci
def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = (render_word(made(), words(evaluated(), "en"), None) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("reader", some(["funder", "audit"], 1))
@only_in_ci
def test_word_says_all_that_the_report_says(small_demo: Path, reader: Any) -> None:
    project = Project(small_demo, small_demo / "data" / "private")
    year = project.load(project.plan_path("2024-2025"))
    evaluated_year = evaluate(year.plan, year.data, year.plan.periods[1].last)
    found = report(
        evaluated_year, "fr", problems=count_problems(year.problems), left_out=year.left_out, reader=reader
    )
    made = render_word(found, Words("fr", year.plan, year.data.organisations), None)
    document = Document(io.BytesIO(made))
    (section, *_) = document.sections
    roots = (document.element.body, section.header._element, section.footer._element)
    paragraphs = (one for root in roots for one in root.iter(f"{WORD}p"))
    said = "\n".join(" ".join(words_of(text_of(one))) for one in paragraphs)
    printed = (text.replace("nº", "no") for text in list_printed(found))
    texts = [one for text in printed for one in text.split("\n") if words_of(one)]
    assert len(texts) > 100
    assert [one for one in texts if " ".join(words_of(one)) not in said] == []


@pytest.mark.parametrize("reader", READERS)
def test_each_edition_has_its_parts(reader: Any) -> None:
    document = word(edition_for(made(target="{at_least: 10}"), reader))
    said = all_text(document)
    assert ("Annexes" in said) == ("Method" in said) == (reader != "brief")
    assert ("entries behind this figure" in said) == (reader == "audit")
    assert len(document.sections) == (1 if reader == "brief" else 3)


def test_a_template_moves_leaves_out_and_restyles(tmp_path: Path) -> None:
    folder = own(
        tmp_path / "templates", "{{ method }}", "Of {{ team }}: {{ title }}.", "{{ brief }}", "{{ draft }}"
    )
    document = word(made(target="{at_least: 10}"), templates=folder)
    heads = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert heads == ["Method", "Where the target stands"]
    assert "Of : A plan." in [one.text for one in document.paragraphs]
    assert "Outlook" not in all_text(document) and len(document.sections) == 1


def test_a_text_in_double_braces_is_a_name_in_a_template_alone() -> None:
    found = made(target="{at_least: 10}")
    document = word(replace(found, cover=replace(found.cover, correction="Why {{ title }} was wrong")))
    assert "Why {{ title }} was wrong" in all_text(document)


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("{{ titel }}", 'a report has no "titel"'),
        ("See {{ results }}", '"results" is a part of a report and stands in a text'),
    ],
)
def test_a_name_that_is_none_is_a_mistake(tmp_path: Path, paragraph: str, said: str) -> None:
    with pytest.raises(PrtError) as told:
        word(made(), templates=own(tmp_path / "templates", paragraph))
    assert str(told.value).startswith("templates/report.docx: ") and said in str(told.value)


def test_a_template_that_is_no_word_file(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04 not")
    with pytest.raises(PrtError, match="no Word file"):
        word(made(), templates=tmp_path)


def test_a_name_that_word_spread_over_runs_is_one() -> None:
    paragraph = Document().add_paragraph("")
    for text, bold in (
        ("a {", False),
        ("{ ti", True),
        ("tle ", False),
        ("}} b {{", True),
        ("x}}{{title}}", False),
    ):
        paragraph.add_run(text).bold = bold
    fill_paragraph(paragraph._p, {"title": "T\nU"}.get)
    assert paragraph.text == "a T\nU b {{x}}T\nU" and not name_alone(paragraph._p)
    assert [one.text for one in paragraph.runs] == ["a T\nU", "", "", " b {{", "x}}T\nU"]


def test_a_word_file_is_written_and_replaced_as_ours(prt: Prt) -> None:
    prt(WORKSHOP)
    prt.shorten_plan("1.1")
    prt("report --period 1 --format docx", code=2)
    assert "Name a file: -o report.docx" in prt.err
    file = prt.root.parent / "rapport.docx"
    for _ in range(2):
        prt(f"report --period 1 -o {file}")
    assert Document(str(file)).core_properties.language == "fr-CA"
    prt("templates copy report.docx")
    assert "templates/report.docx: made." in prt.out
    other = prt.root / "templates" / "report.docx"
    assert other.read_bytes() == read_word_template(None)
    shutil.rmtree(other.parent)
