"""A report as a Word file: the names of a template, an ordinary Word file, replaced by what they stand for.

`{{ title }}` stands in a text; `{{ results }}` alone in a paragraph, and there that part is built. Only who
makes one imports this: python-docx takes a third of a second.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml

from prt.files.templates import WORD_TEMPLATE, read_word_template
from prt.files.workbook.package import repack
from prt.output.document.report_document import Report
from prt.output.numbers import Value
from prt.output.renderers.word.word_names import (
    NAME,
    WORD,
    fill_paragraph,
    list_paragraphs,
    name_alone,
    own_texts,
    text_of,
)
from prt.output.renderers.word.word_parts import PARTS, name_values
from prt.output.renderers.word.word_runs import plain_text
from prt.output.renderers.word.word_xml import NAMESPACES, Paper
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import before_more, did_you_mean
from prt.values import replace

SECTION_END = (
    '<w:p {}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
WIDE_PARTS = {"results"}
"""The parts that are printed on pages in landscape."""
LAST_PARTS = {"contents"}
"""The parts that say where the others are."""


def render_word(report: Report, words: Words, templates: Path | None) -> bytes:
    """The file, made of the project's own template or of ours. PrtError where a name in it is none."""
    document = open_template(read_word_template(templates))
    edges = [edge for section in document.sections for edge in edges_of(section)]
    for root in (document.element.body, *edges):
        check_names(root, report)
    paper = paper_of(document)
    named = [
        (name_alone(one), one) for root in (document.element.body, *edges) for one in list_paragraphs(root)
    ]
    values = name_values(report)
    for name, paragraph in sorted(named, key=lambda one: one[0] in LAST_PARTS):
        if name in PARTS:
            place_part(paragraph, name, paper, report, words)
            continue
        fill_paragraph(paragraph, values.get)
        if not text_of(paragraph).strip() and paragraph.getnext() is not None:
            remove_paragraph(paragraph)
    set_language(document, f"{report.language}-CA")
    set_properties(document, report)
    packed = io.BytesIO()
    document.save(packed)
    return repack(packed.getvalue())


def open_template(data: bytes) -> Any:
    try:
        return Document(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError, SyntaxError):
        raise in_template(Mistake("word_template_unreadable")) from None


def in_template(mistake: Mistake) -> PrtError:
    return PrtError(Problem.of(Place(f"templates/{WORD_TEMPLATE}"), mistake))


def edges_of(section: Any) -> list[Any]:
    """The heads and feet of a section that are its own."""
    kinds = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header")
    found = [getattr(section, kind) for kind in (*kinds, "even_page_footer")]
    return [one._element for one in found if not one.is_linked_to_previous]


def check_names(root: Any, report: Report) -> None:
    """PrtError where a name is misspelt, or a part has no paragraph of its own in the text."""
    values, in_text = name_values(report), root.tag == f"{WORD}body"
    known = [*values, *PARTS]
    for paragraph in list_paragraphs(root):
        if in_text and name_alone(paragraph) in PARTS:
            continue
        for name in NAME.findall(text_of(paragraph)):
            if name in PARTS:
                raise in_template(Mistake("word_part_in_text", name=name))
            if name not in values:
                hint = before_more(did_you_mean(name, known))
                mistake = Mistake("word_name_unknown", name=name, hint=hint, known=", ".join(known))
                raise in_template(mistake)


def paper_of(document: Any) -> Paper:
    links: dict[str, str] = {}

    def link(address: str) -> str:
        if address not in links:
            links[address] = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return links[address]

    styles = {one.name: one.style_id for one in document.styles}
    return Paper(styles, 0, link, numbering_of(document), count(1), [])


def numbering_of(document: Any) -> Callable[[int], int]:
    """Makes lists that each begin with a number of their own, as the style of numbered lists has them."""

    def make_list(first: int) -> int:
        numbering = document.part.numbering_part.element
        ours = next((one for one in document.styles if one.name == "List Number"), None)
        style = ours.element.pPr.numPr.numId.val if ours is not None else 1
        kind = next(one.abstractNumId.val for one in numbering.num_lst if one.numId == style)
        made = numbering.add_num(kind)
        made.add_lvlOverride(ilvl=0).add_startOverride(first)
        return int(made.numId)

    return make_list


def place_part(paragraph: Any, name: str, paper: Paper, report: Report, words: Words) -> None:
    """The part built where its name stands; on pages in landscape, if it needs their width."""
    page = section_after(paragraph)
    landscape = turn_section(page) if name in WIDE_PARTS and page.getparent() is not None else page
    in_body = paragraph.getparent().tag == f"{WORD}body"
    wide = in_body and width_of(landscape) > width_of(page)
    made = PARTS[name](replace(paper, width=width_of(landscape if wide else page)), report, words)
    if made:
        elements = list(parse_xml(f"<w:body {NAMESPACES}>{made}</w:body>"))
        if wide:
            elements = [section_end(page), *elements, section_end(landscape)]
        for one in elements:
            paragraph.addprevious(one)
    remove_paragraph(paragraph)


def remove_paragraph(paragraph: Any) -> None:
    """Taken out, unless a section or a cell ends with it: then it is only emptied."""
    following = paragraph.getnext()
    ends = paragraph.find(f"{WORD}pPr/{WORD}sectPr") is not None or following is None
    if not ends:
        paragraph.getparent().remove(paragraph)
    for piece in own_texts(paragraph):
        piece.text = ""


def section_after(paragraph: Any) -> Any:
    """The properties of the section that a paragraph is in: they stand at its end."""
    if later := paragraph.xpath("descendant::w:sectPr | following::w:sectPr"):
        return later[0]
    return list(next(paragraph.iterancestors(f"{WORD}body")).iter(f"{WORD}sectPr"))[-1]


def turn_section(section: Any) -> Any:
    """The same section in landscape."""
    made = deepcopy(section)
    size = made.find(f"{WORD}pgSz")
    across, down = sorted((int(size.get(f"{WORD}w")), int(size.get(f"{WORD}h"))))
    size.set(f"{WORD}w", str(down))
    size.set(f"{WORD}h", str(across))
    size.set(f"{WORD}orient", "landscape")
    return made


def width_of(section: Any) -> int:
    """How wide the lines of a section are, in twentieths of a point."""
    size, edge = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    return int(size.get(f"{WORD}w")) - int(edge.get(f"{WORD}left")) - int(edge.get(f"{WORD}right"))


def section_end(section: Any) -> Any:
    """A paragraph that nobody sees, with which a section ends."""
    made = parse_xml(SECTION_END.format(NAMESPACES))
    made[0].append(deepcopy(section))
    return made


def set_language(document: Any, language: str) -> None:
    """What Word checks the spelling by, and a reader of screens speaks."""
    for style in document.styles.element.iter(f"{WORD}rPrDefault"):
        for found in list(style.iter(f"{WORD}lang")):
            found.getparent().remove(found)
        inside = style.find(f"{WORD}rPr")
        inside.append(inside.makeelement(f"{WORD}lang", {f"{WORD}val": language}))


def set_properties(document: Any, report: Report) -> None:
    about, day = document.core_properties, report.cover.cut_off
    written = (
        day.amount if isinstance(day, Value) and isinstance(day.amount, dt.date) else dt.date(2000, 1, 1)
    )
    noon = dt.datetime.combine(written, dt.time())
    about.title = plain_text(f"{report.cover.title} – {report.cover.name}")[:255]
    about.author, about.last_modified_by, about.language = "prt", "", f"{report.language}-CA"
    about.created = about.modified = noon
    about.revision = 1
