"""Whatever somebody types is a text in every format of a report and of a form: it does nothing, and can be read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from prt.figures.evaluate import evaluate
from prt.output.document.report_document import Report
from prt.output.forms.form_names import FormNames, list_names
from prt.output.forms.sheet_form import fill_sheet_form
from prt.output.forms.word_form import fill_word_form
from prt.output.renderers import RENDERERS
from prt.output.renderers.word.word_names import WORD
from prt.values import replace
from tests.conftest import some
from tests.support import report
from tests.test_report import Page, evaluated, shown_by_markdown, words
from tests.test_report_workbook import texts_of

TEXTS = {
    "a script": '<script>alert(1)</script> <b onclick="x">b</b>',
    "pipes": "a | b || c \\| d",
    "markup": "[l](javascript:x) `code` *a* _b_ &amp; {{ title }} {% if %}",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "a sum": "@SUM(A1)",
    "a sign": "-2+3",
    "to the left": "שלום, ימין \u202eevil\u202c end",
    "one word": "m" * 2000,
    "XML": "<w:p/>]]><!-- &#x41;",
    "a terminal": "\x1b[31mred\x07 text",
}
UNSEEN = re.compile("\x1b\\[[0-9]+m|[\x00-\x1f\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OURS = ("=IF(OR(",)


def texts_of_html(made: Any) -> list[str]:
    return texts_of_page(Page(made))


def texts_of_markdown(made: Any) -> list[str]:
    return texts_of_page(shown_by_markdown(made))


def texts_of_page(page: Page) -> list[str]:
    assert not set(page.tags) & {"script", "b onclick", "code", "w:p"}
    assert not [link for link in page.links if "evil" in link or "javascript" in link]
    return ["".join(page.texts)]


def texts_of_word(made: Any) -> list[str]:
    document = Document(io.BytesIO(made))
    assert not [one for one in document.part.rels.values() if "evil" in one.target_ref]
    orders = [one.text for one in document.element.body.iter(f"{WORD}instrText")]
    assert all(order.startswith(" TOC ") for order in orders)
    paragraphs = document.element.body.iter(f"{WORD}p")
    return ["".join(one.text or "" for one in paragraph.iter(f"{WORD}t")) for paragraph in paragraphs]


def texts_of_book(made: Any) -> list[str]:
    cells = [cell for page in load_workbook(io.BytesIO(made)) for row in page for cell in row]
    assert all(str(cell.value).startswith(OURS) for cell in cells if cell.data_type == "f")
    return [str(cell.value) for cell in cells if cell.data_type == "s"]


def texts_of_json(made: Any) -> list[str]:
    return list(texts_of(json.loads(made)))


def rendered(format_name: str) -> Callable[[Report], Any]:
    return lambda found: RENDERERS[format_name].render(found, words(evaluated(), "en"), None)


def in_word_form(found: Report) -> bytes:
    form, packed = Document(), io.BytesIO()
    form.add_paragraph("Title: {{ title }}")
    form.save(packed)
    return fill_word_form(packed.getvalue(), FormNames(list_names(found, 3)))


def in_sheet_form(found: Report) -> bytes:
    form, packed = Workbook(), io.BytesIO()
    form.worksheets[0]["B2"] = "{{ title }}"
    form.save(packed)
    return fill_sheet_form(packed.getvalue(), FormNames(list_names(found, 3)))


FORMATS: dict[str, tuple[Callable[[Report], Any], Callable[[Any], list[str]]]] = {
    "md": (rendered("md"), texts_of_markdown),
    "html": (rendered("html"), texts_of_html),
    "docx": (rendered("docx"), texts_of_word),
    "xlsx": (rendered("xlsx"), texts_of_book),
    "json": (rendered("json"), texts_of_json),
    "a form of Word": (in_word_form, texts_of_word),
    "a form of Excel": (in_sheet_form, texts_of_book),
}


def legible(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())


@pytest.fixture(scope="module")
def hostile() -> Callable[[str], Report]:
    found = evaluated("{kind: list, columns: [title], of: pd}")

    def make(text: str) -> Report:
        for row in found.data.logs["sessions"]:
            row.fill({"title": text})
        again = report(evaluate(found.plan, found.data, found.cut_off), "en")
        return replace(again, cover=replace(again.cover, title=text))

    return make


CASES = some(((name, text) for name in FORMATS for text in TEXTS), 11)
"""Elsewhere than in CI each format and each text at least once."""


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_text_of_anybody_does_nothing_and_can_be_read(
    name: str, text: str, hostile: Callable[[str], Report]
) -> None:
    make, read = FORMATS[name]
    made = make(hostile(TEXTS[text]))
    said = legible("\n".join(read(made)))
    wanted = legible(TEXTS[text])
    assert wanted in said
    if name not in ("md", "html", "json"):
        assert not set("\x1b\x07\u202e") & set("\n".join(read(made)))


def test_every_format_and_every_text_is_tried() -> None:
    assert {*FORMATS, "pdf"} >= {*RENDERERS}
    assert {name for name, _ in CASES} == {*FORMATS}
    assert {text for _, text in CASES} == {*TEXTS}
