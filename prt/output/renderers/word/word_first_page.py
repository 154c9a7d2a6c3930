"""The first page of a Word report: where the targets stand, what is done about them, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from prt.output.document.first_page import BriefTarget
from prt.output.document.report_document import Report
from prt.output.renderers.status_looks import COLOURS, SIGNS_OF_STATUS
from prt.output.renderers.word.word_pieces import (
    CELL,
    DETAIL,
    NUMBER,
    bar_cell,
    figure_cell,
    head_cells,
    status_run,
    title,
)
from prt.output.renderers.word.word_xml import POINT, Paper, Wide, make_run
from prt.output.words import Words

CONCERN_HEADS = (
    "report.indicator",
    "",
    "brief.expected",
    "report.target",
    "report.trend",
    "notes.action",
    "notes.follow_up",
)
SHARES, PERIOD = (28.0, 10, 9, 8, 11, 44, 22), 8.0
"""The columns of the concerns: label, result, expected, target, bar, corrective action, what becomes of it;
and each period of a bilan, which has no bars."""


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
        made += [title(paper, words("brief.highlights"), 2), paper.prose(brief.first or brief.told, CELL)]
        made += [paper.text(text, POINT) for text in brief.highlights]
    if brief.good:
        good = make_run("; ").join(good_runs(one, words) for one in brief.good)
        made += [title(paper, brief.standing_well, 2), paper.paragraph(good, CELL)]
    made.append(paper.text(brief.coming, CELL))
    if brief.silent:
        made.append(title(paper, words("notes.silent"), 2))
        for one in brief.silent:
            made += [paper.text(one.label, bold=True, keep=True), paper.prose(one.why)]
    return "".join(made)


def concerns_table(paper: Paper, report: Report, words: Words) -> str:
    """The targets of each status below its name; in a bilan with their periods, and what becomes of them."""
    heads = [words(key) if key else report.to_date for key in CONCERN_HEADS]
    left_out = {4} if report.year else {6}
    left_out |= set() if report.brief.expects else {2}
    shown = [at for at in range(len(heads)) if at not in left_out]
    periods = report.columns if report.year else ()
    shares = with_periods([SHARES[at] for at in shown], [PERIOD for _ in periods])
    wide = paper.width * SHARES[4] / sum(shares)
    rows: list[list[str]] = []
    for group in report.brief.groups:
        named = status_run(group.word, f"{group.title} ({len(group.targets)})")
        rows.append([Wide(paper.paragraph(named, CELL, keep=True), len(shares))])
        for one in group.targets:
            cells = concern_cells(paper, one, words, wide)
            beside = [paper.text(cell.number, NUMBER) for cell in one.periods]
            rows.append(with_periods([cells[at] for at in shown], beside))
    numbers = with_periods([at in (1, 2, 3) for at in shown], [True for _ in periods])
    right = [at for at, is_number in enumerate(numbers) if is_number]
    head = head_cells(paper, with_periods([heads[at] for at in shown], list(periods)), right)
    return paper.table(shares, head, rows, report.brief.concerned)


T = TypeVar("T")


def with_periods(cells: Sequence[T], periods: Sequence[T]) -> list[T]:
    """The periods stand after the label."""
    return [*cells[:1], *periods, *cells[1:]]


def concern_cells(paper: Paper, one: BriefTarget, words: Words, width: float) -> list[str]:
    label = paper.paragraph(make_run(f"{one.line} ") + make_run(one.label, bold=True), CELL)
    return [
        label + paper.text(" · ".join(filter(None, (told_status(one, words), one.note))), DETAIL),
        figure_cell(paper, one.to_date, bold=True),
        paper.text(one.expected, NUMBER),
        paper.text(one.target, NUMBER),
        bar_cell(paper, one.bar, one.word, width),
        paper.prose(one.action, CELL),
        paper.prose(one.follow_up, CELL),
    ]


def told_status(one: BriefTarget, words: Words) -> str:
    """A status that says more than its sign and its group do."""
    return "" if one.status == words(f"status.{one.word}") else one.status


def good_runs(one: BriefTarget, words: Words) -> str:
    """A target that stands well, among others of one paragraph."""
    colour = COLOURS.get(one.word, "")
    made = make_run(f"{SIGNS_OF_STATUS.get(one.word, '')}\u00a0", bold=True, colour=colour)
    made += make_run(f"{one.line} {one.label} ") + make_run(one.to_date.number, bold=True)
    made += make_run(f" / {one.target}") + make_run(f" ({one.to_date.base})" if one.to_date.base else "")
    return made + make_run(f", {said}" if (said := told_status(one, words)) else "", colour=colour)


def since_part(paper: Paper, report: Report, words: Words) -> str:
    since = report.since
    if not (since or report.amended):
        return ""
    made = [title(paper, since.title if since else words("brief.plan_changes"), 2)]
    if since:
        moved = [(f"{one.sign} {one.head}", one.names) for one in since.moved]
        made += [paper.paragraph(named_runs(head, names, words), CELL) for head, names in moved]
        begun = f"+ {since.begun}" if since.begun else "" if since.moved else words("since.nothing")
        made.append(paper.text(begun, CELL))
    named = [one for one in (since.revised if since else None, report.amended) if one]
    made += [paper.paragraph(named_runs(one.text, one.names, words), CELL) for one in named]
    return "".join(made)


def named_runs(head: str, names: Sequence[str], words: Words) -> str:
    said = f"{words('brief.colon')} {'; '.join(names)}" if names else ""
    return make_run(head, bold=bool(names)) + make_run(said)
