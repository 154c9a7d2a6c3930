"""The parts of a report as Word has them: each stands where a template has its name, `{{ results }}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

from prt.output.document.first_page import BriefTarget, Named
from prt.output.document.indicator_parts import Aim, IndicatorPart, LinePart
from prt.output.document.report_document import Report
from prt.output.renderers.status_looks import COLOURS, SIGNS_OF_STATUS
from prt.output.renderers.word.word_pieces import (
    BASE,
    CELL,
    DETAIL,
    NUMBER,
    PLAN,
    STATUS,
    bar_cell,
    bullets,
    figure_cell,
    grid_part,
    head_cells,
    named_target,
    paragraphs,
    status_run,
    title,
    told_grid,
)
from prt.output.renderers.word.word_xml import FirstMerged, Merged, Paper, Wide, make_run
from prt.output.words import Words

Part = Callable[[Paper, Report, Words], str]


def cover_part(paper: Paper, report: Report, words: Words) -> str:
    cover = report.cover
    facts = (cover.funder, cover.cut_off, cover.updated, cover.left_out, cover.damaged, cover.digest)
    return paper.text(cover.correction, bold=True) + paper.text(" · ".join(filter(None, facts)), DETAIL)


def signatures_part(paper: Paper, report: Report, words: Words) -> str:
    named = "".join(map(paper.text, report.cover.people))
    return named + "".join(map(paper.prose, report.cover.gaps))


def brief_part(paper: Paper, report: Report, words: Words) -> str:
    """Where the targets stand, those at risk or behind, what is new since the last report, and the others."""
    brief = report.brief
    tiles = make_run("   ").join(status_run(one.word, one.text) for one in brief.tiles)
    made = [title(paper, brief.standing), paper.paragraph(tiles), title(paper, brief.concerned, 2)]
    made.append(
        concerns_table(paper, report, words) if brief.concerns else paper.text(words("brief.no_concerns"))
    )
    made += [paper.text(brief.footnote, DETAIL), since_part(paper, report, words)]
    if brief.told or brief.highlights:
        made += [title(paper, words("brief.highlights"), 2), paper.prose(brief.told)]
        made += bullets(paper, brief.highlights)
    if brief.good:
        made += [title(paper, brief.standing_well, 2), good_table(paper, report, words)]
    made.append(paper.text(brief.coming))
    if brief.silent:
        made.append(title(paper, words("notes.silent"), 2))
        for one in brief.silent:
            made += [paper.text(one.label, bold=True, keep=True), paper.prose(one.why)]
    return "".join(made)


def concerns_table(paper: Paper, report: Report, words: Words) -> str:
    expects = report.brief.expects
    heads = [words("report.indicator"), report.to_date, words("brief.expected"), words("report.target")]
    heads += [words("report.trend"), words("report.status"), words("notes.action")]
    rows = (concern_cells(paper, one, words) for group in report.brief.groups for one in group.targets)
    right, shares = (1, 2, 3), [31.0, 9.5, 11, 8.5, 10, 13, 34]
    table = [head_cells(paper, heads, right), *rows]
    if not expects:
        table, shares = [[*row[:2], *row[3:]] for row in table], [*shares[:2], *shares[3:]]
    return paper.table(shares, table[0], table[1:])


def concern_cells(paper: Paper, one: BriefTarget, words: Words) -> list[str]:
    return [
        named_target(paper, one) + paper.text(one.note, DETAIL),
        figure_cell(paper, one.to_date, bold=True),
        paper.text(one.expected, NUMBER),
        paper.text(one.target, NUMBER),
        bar_cell(paper, one.bar),
        paper.paragraph(status_run(one.word, one.status), STATUS),
        paper.prose(one.action, CELL),
    ]


def good_table(paper: Paper, report: Report, words: Words) -> str:
    """Those that stand well, two in a row: the first half on the left."""
    good = [good_cells(paper, one, words) for one in report.brief.good]
    half = -(-len(good) // 2)
    pairs = zip_longest(good[:half], good[half:], fillvalue=["", ""])
    head = [words("report.indicator"), f"{report.to_date} / {words('report.target')}"] * 2
    return paper.table(
        (29, 21, 29, 21), head_cells(paper, head, (1, 3)), ([*one, *two] for one, two in pairs)
    )


def good_cells(paper: Paper, one: BriefTarget, words: Words) -> list[str]:
    """A status that says no more than its sign is not repeated."""
    sign = make_run(f"{SIGNS_OF_STATUS.get(one.word, '')} ", bold=True, colour=COLOURS.get(one.word, ""))
    label = sign + make_run(f"{one.line} ") + make_run(one.label, bold=True)
    said = "" if one.status == words(f"status.{one.word}") else f" {one.status}"
    status = make_run(said, colour=COLOURS.get(one.word, ""))
    base = make_run(f" ({one.to_date.base})") if one.to_date.base else ""
    figure = make_run(one.to_date.number, bold=True) + make_run(f" / {one.target}") + base
    return [paper.paragraph(label + status, CELL), paper.paragraph(figure, NUMBER)]


def since_part(paper: Paper, report: Report, words: Words) -> str:
    since = report.since
    if not (since or report.amended):
        return ""
    made = [title(paper, since.title if since else words("brief.plan_changes"), 2)]
    if since:
        lines = [f"{one.sign} {one.head}{words('brief.colon')} {'; '.join(one.names)}" for one in since.moved]
        lines += [f"+ {since.begun}"] if since.begun else [] if since.turned else [words("since.nothing")]
        made += bullets(paper, [*lines, named_text(since.revised, words)])
    if report.amended:
        made += bullets(paper, [named_text(report.amended, words)])
    return "".join(made)


def named_text(one: Named, words: Words) -> str:
    return f"{one.text}{words('brief.colon')} {'; '.join(one.names)}" if one.names else one.text


def results_part(paper: Paper, report: Report, words: Words) -> str:
    """The funder's own table: each line of the plan with its objective and strategy beside its indicators."""
    if not report.volets:
        return ""
    made = [title(paper, words("report.results"))]
    made += [paper.text(text, DETAIL) for text in (*report.periods, report.legend)]
    for volet in report.volets:
        made.append(title(paper, words("report.volet", id=volet.id, title=volet.title), 2))
        made.append(paper.prose(volet.narrative))
        for line in volet.lines:
            if len(volet.lines) > 1:
                made.append(title(paper, words("report.line", id=line.id), 3))
            made += [paper.prose(line.narrative), line_table(paper, line, report, words)]
            made.append(paper.text(line.footnote, DETAIL))
            made += rows_behind(paper, line)
    return "".join([*made, grid_part(paper, report.brief.volets)])


def line_table(paper: Paper, line: LinePart, report: Report, words: Words) -> str:
    heads = [words(f"report.{name}") for name in ("objective", "strategy", "indicator", "target")]
    heads += [*report.columns, report.to_date, words("report.trend"), words("report.status")]
    many = len(report.columns)
    purpose = [
        paragraphs(paper, line.objective),
        paragraphs(paper, line.strategy) + paper.text(line.note, DETAIL),
    ]
    rows = []
    for at, part in enumerate(line.indicators):
        beside = [Merged() if at else FirstMerged(one or paper.paragraph("", CELL)) for one in purpose]
        rows.append([*beside, *indicator_cells(paper, part, words)])
    shares = (9.0, 17, 20, 13.5, *(7.8 for _ in report.columns), 8, 8, 9.5)
    return paper.table(shares, head_cells(paper, heads, range(4, 5 + many)), rows)


def indicator_cells(paper: Paper, part: IndicatorPart, words: Words) -> list[str]:
    label = paper.text(part.label, CELL, bold=True) + paragraphs(paper, part.phrases, PLAN)
    label += paper.text(words("report.implied"), PLAN) if part.implied else ""
    label += paragraphs(paper, [told_grid(one, words) for one in part.grids], DETAIL)
    label += paragraphs(paper, part.said, DETAIL) + paper.prose(part.remark, CELL)
    status = paper.paragraph(status_run(part.word, part.status), STATUS) if part.aim else ""
    status += paper.text(part.expected, DETAIL) + paper.text(part.alert, CELL, bold=True)
    return [
        *([label, aim_cell(paper, part.aim)] if part.aim else [Wide(label)]),
        *(figure_cell(paper, one) for one in part.periods),
        figure_cell(paper, part.to_date, bold=True) + paper.text(part.planned, BASE),
        bar_cell(paper, part.aim.bar if part.aim else None),
        status,
    ]


def aim_cell(paper: Paper, aim: Aim) -> str:
    made = paper.text(aim.number, CELL, bold=True) + paper.text(aim.changed, DETAIL)
    return made + paragraphs(paper, aim.phrases, PLAN) + paper.text(aim.stands, PLAN)


def rows_behind(paper: Paper, line: LinePart) -> Iterator[str]:
    """What an edition for who retraces each figure has below the table."""
    for part in line.indicators:
        if part.behind.says:
            yield paper.text(f"{part.label} – {part.behind.says}", DETAIL, keep=bool(part.behind.grids))
            yield from (grid_part(paper, one) for one in part.behind.grids)


def outlook_part(paper: Paper, report: Report, words: Words) -> str:
    if not report.volets:
        return ""
    made = title(paper, words("report.outlook")) + paper.prose(report.outlook_told)
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
