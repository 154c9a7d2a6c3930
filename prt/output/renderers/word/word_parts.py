"""The parts of a report as Word has them: each stands where a template has its name, `{{ results }}`."""

from __future__ import annotations

from collections.abc import Callable

from prt.output.document.report_document import Report
from prt.output.renderers.word.word_first_page import brief_part
from prt.output.renderers.word.word_pieces import DETAIL, bullets, grid_part, joined_texts, paragraphs, title
from prt.output.renderers.word.word_results import results_part
from prt.output.renderers.word.word_xml import Paper
from prt.output.words import Words

Part = Callable[[Paper, Report, Words], str]


def cover_part(paper: Paper, report: Report, words: Words) -> str:
    cover = report.cover
    facts = (cover.funder, cover.cut_off, cover.updated, cover.left_out, cover.damaged, cover.digest)
    return paper.text(cover.correction, bold=True) + joined_texts(paper, facts)


def signatures_part(paper: Paper, report: Report, words: Words) -> str:
    named = "".join(map(paper.text, report.cover.people))
    return named + "".join(map(paper.prose, report.cover.gaps))


def outlook_part(paper: Paper, report: Report, words: Words) -> str:
    if not report.volets:
        return ""
    brief = report.brief
    made = title(paper, words("brief.highlights")) + paper.prose(brief.told) if brief.first else ""
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
        made += [title(paper, one.title, 2), paper.text(one.note, DETAIL)]
        made += [grid_part(paper, grid) for grid in one.grids]
    return "".join(made)


def method_part(paper: Paper, report: Report, words: Words) -> str:
    method = report.method
    if not method.rules:
        return ""
    made = [title(paper, words("report.method")), title(paper, words("method.rules"), 2)]
    made += bullets(paper, method.rules)
    return "".join([*made, *(grid_part(paper, one) for one in (method.statuses, method.definitions) if one)])


def acronyms_part(paper: Paper, report: Report, words: Words) -> str:
    """A list; where the first page stands alone, one paragraph of it."""
    if not report.acronyms:
        return ""
    if report.reader == "brief":
        return paper.text(" · ".join(report.acronyms), DETAIL)
    return title(paper, words("report.acronyms")) + paragraphs(paper, report.acronyms, DETAIL)


PARTS: dict[str, Part] = {
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
