"""The parts of a report as Word has them: each stands where a template has its name, `{{ results }}`."""

from __future__ import annotations

from collections.abc import Callable

from prt.output.document.report_document import Report
from prt.output.renderers.word.word_first_page import brief_part
from prt.output.renderers.word.word_pieces import CELL, DETAIL, grid_part, joined_texts, title
from prt.output.renderers.word.word_results import results_part
from prt.output.renderers.word.word_xml import Paper
from prt.output.renderers.word.word_year import year_part
from prt.output.words import Words

Part = Callable[[Paper, Report, Words], str]
FIELD_ENDS = ("begin", "separate", "end")
CONTENTS_ORDER = ' TOC \\o "1-3" \\h \\z '
CONTENTS_GALLERY = (
    '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
)
"""Marks the table of contents, so that Word shows the button that updates it."""


def cover_part(paper: Paper, report: Report, words: Words) -> str:
    cover = report.cover
    facts = (cover.funder, cover.cut_off, cover.updated, cover.left_out, cover.damaged, cover.digest)
    return paper.text(cover.correction, bold=True) + joined_texts(paper, facts)


def signatures_part(paper: Paper, report: Report, words: Words) -> str:
    """Small where the first page stands alone."""
    style = "" if report.volets else CELL
    named = "".join(paper.text(one, style) for one in report.cover.people)
    return named + "".join(paper.prose(one, style) for one in report.cover.gaps)


def outlook_part(paper: Paper, report: Report, words: Words) -> str:
    """What is to come, in a bilan what the year was; before it the targets of each volet, and the highlights
    that the first page has cut.
    """
    brief = report.brief
    if not report.volets:
        return ""
    made = title(paper, words("brief.highlights")) + paper.prose(brief.told) if brief.first else ""
    if report.year:
        return made + year_part(paper, report.year, report, words)
    made = grid_part(paper, brief.volets) + made
    made += title(paper, words("report.outlook")) + paper.prose(report.outlook_told)
    if report.outlook:
        return made + grid_part(paper, report.outlook)
    return made + (paper.text(words("outlook.none")) if report.legend else "")


def revised_part(paper: Paper, report: Report, words: Words) -> str:
    if not report.revised:
        return ""
    made = [title(paper, words("revised.title")), paper.text(words("revised.intro"))]
    for one in report.revised:
        made += [title(paper, one.title, 2), grid_part(paper, one.grid) if one.grid else paper.text(one.says)]
    return "".join(made)


def amendments_part(paper: Paper, report: Report, words: Words) -> str:
    if not report.amendments:
        return ""
    return title(paper, words("amendment.title")) + grid_part(paper, report.amendments)


def annexes_part(paper: Paper, report: Report, words: Words) -> str:
    made = [title(paper, words("report.annexes"))] if report.annexes else []
    for one in report.annexes:
        made += [title(paper, one.title, 2), paper.text(one.note, DETAIL, keep=True)]
        made += [grid_part(paper, grid, one.grids) for grid in one.grids]
    return "".join(made)


def method_part(paper: Paper, report: Report, words: Words) -> str:
    method = report.method
    if not method.rules:
        return ""
    made = [title(paper, words("report.method")), title(paper, words("method.rules"), 2)]
    made += [paper.text(one, "List Bullet") for one in method.rules]
    return "".join([*made, *(grid_part(paper, one) for one in (method.statuses, method.definitions) if one)])


def acronyms_part(paper: Paper, report: Report, words: Words) -> str:
    """One paragraph; where the first page stands alone, without a heading."""
    if not report.acronyms:
        return ""
    head = title(paper, words("report.acronyms")) if report.volets else ""
    return head + joined_texts(paper, report.acronyms)


def contents_part(paper: Paper, report: Report, words: Words) -> str:
    """The headings as links, in a field that Word itself fills with their pages when it is asked to."""
    if not report.volets:
        return ""
    start, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in FIELD_ENDS)
    before = f'{start}<w:r><w:instrText xml:space="preserve">{CONTENTS_ORDER}</w:instrText></w:r>{between}'
    made = [paper.text(words("report.contents"), "TOC Heading", keep=True)]
    for one in paper.titles:
        link = f'<w:hyperlink w:anchor="{one.bookmark}" w:history="1">{paper.words(one.text)}</w:hyperlink>'
        after = end if one is paper.titles[-1] else ""
        made.append(paper.paragraph(before + link + after, f"toc {one.level}"))
        before = ""
    gallery = f"<w:sdtPr><w:docPartObj>{CONTENTS_GALLERY}</w:docPartObj></w:sdtPr>"
    return f"<w:sdt>{gallery}<w:sdtContent>{''.join(made)}</w:sdtContent></w:sdt>"


PARTS: dict[str, Part] = {
    "contents": contents_part,
    "cover": cover_part,
    "brief": brief_part,
    "results": results_part,
    "outlook": outlook_part,
    "revised": revised_part,
    "amendments": amendments_part,
    "annexes": annexes_part,
    "method": method_part,
    "acronyms": acronyms_part,
    "signatures": signatures_part,
}


def name_values(report: Report) -> dict[str, str]:
    """What the names say that may stand in a text: `{{ title }}`."""
    cover = report.cover
    return {
        "title": cover.title,
        "name": cover.name,
        "period": cover.span,
        "draft": cover.draft,
        "sent": cover.sent,
        "team": cover.team,
        "funder": cover.funder,
        "cut_off": cover.cut_off,
        "digest": cover.digest,
    }
