"""The first page of a Word report: where the targets stand, what is done about them, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from prt.output.document.first_page import BriefTarget
from prt.output.document.report_document import Report
from prt.output.figure_text import word_at_end
from prt.output.renderers.status_looks import COLOURS, SIGNS_OF_STATUS
from prt.output.renderers.word.word_pieces import (
    BASE,
    CELL,
    DETAIL,
    bar_cell,
    figure_cell,
    head_cells,
    joined_texts,
    line_run,
    number_text,
    status_run,
    title,
)
from prt.output.renderers.word.word_runs import make_run
from prt.output.renderers.word.word_xml import POINT, Paper, Wide
from prt.output.words import Words
from prt.values import NamedTuple

ABREAST, GOOD = 3, (21.0, 11.0, 0.8)
"""So many targets that stand well are beside each other; the shares of a name, its result and a gap."""
FIGURE = 13.0
"""The share of a column of numbers: nine letters, where a bilan has seven columns beside the notes'."""


class ConcernColumn(NamedTuple):
    """A column of the targets behind or at risk: its title and share, is it of numbers, its cells, each of so
    many twips.
    """

    title: str
    share: float
    right: bool
    cell: Callable[[BriefTarget, int], str]


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
        made += [title(paper, brief.standing_well, 2), good_table(paper, brief.good, brief.standing_well)]
    made.append(paper.text(brief.coming, CELL))
    if brief.silent:
        made.append(title(paper, words("notes.silent"), 2))
        for one in brief.silent:
            made += [paper.text(one.label, bold=True, keep=True), paper.prose(one.why)]
    return "".join(made)


def concerns_table(paper: Paper, report: Report, words: Words) -> str:
    """The targets of each status below its name."""
    columns = list(concern_columns(paper, report, words))
    shares, rows = [one.share for one in columns], list[list[str]]()
    widths = paper.column_widths(shares)
    for group in report.brief.groups:
        named = status_run(group.word, f"{group.title} ({len(group.targets)})")
        rows.append([Wide(paper.paragraph(named, CELL, keep=True), len(columns))])
        rows += (
            [column.cell(one, wide) for column, wide in zip(columns, widths, strict=True)]
            for one in group.targets
        )
    right = [at for at, one in enumerate(columns) if one.right]
    head = head_cells(paper, [one.title for one in columns], right)
    return paper.table(shares, head, rows, report.brief.concerned)


def concern_columns(paper: Paper, report: Report, words: Words) -> Iterator[ConcernColumn]:
    """A bilan has what becomes of a target, and its periods in place of the bar."""
    brief, year = report.brief, report.year is not None
    yield ConcernColumn(
        words("report.indicator"), 24 if year else 28, False, partial(target_cell, paper, words)
    )
    for at, period in enumerate(report.columns if year else ()):
        yield ConcernColumn(period, FIGURE, True, partial(period_cell, paper, at))
    yield ConcernColumn(
        report.to_date, FIGURE, True, lambda one, _: figure_cell(paper, one.to_date, bold=True)
    )
    if brief.expects:
        yield ConcernColumn(
            words("brief.expected"), FIGURE, True, lambda one, _: number_text(paper, one.expected)
        )
    yield ConcernColumn(words("report.target"), FIGURE, True, lambda one, _: number_text(paper, one.target))
    if not year:
        yield ConcernColumn(
            words("report.trend"), 12, False, lambda one, wide: bar_cell(paper, one.bar, one.word, wide)
        )
    yield ConcernColumn(
        words("notes.action"), 36 if year else 50, False, lambda one, _: paper.prose(one.action, CELL)
    )
    if year:
        yield ConcernColumn(
            words("notes.follow_up"), 32, False, lambda one, _: paper.prose(one.follow_up, CELL)
        )


def target_cell(paper: Paper, words: Words, one: BriefTarget, _: int) -> str:
    """A target below the name of its status, which is said again only where there is more to say."""
    label = paper.paragraph(line_run(one.line) + make_run(one.label, bold=True), CELL)
    plain = [words(f"status.{word_at_end(one.word, over)}") for over in (False, True)]
    status = "" if one.status in plain else one.status
    return label + joined_texts(paper, (status, one.note))


def period_cell(paper: Paper, at: int, one: BriefTarget, _: int) -> str:
    return number_text(paper, one.periods[at].number) if at < len(one.periods) else ""


def good_table(paper: Paper, good: Sequence[BriefTarget], says: str) -> str:
    """The targets that stand well, three beside each other, each with its result and its target."""
    cells = [cell for one in good for cell in (good_name(paper, one), good_result(paper, one), "")]
    across = len(GOOD) * ABREAST
    cells += [""] * (-len(cells) % across)
    rows = [cells[at : at + across] for at in range(0, len(cells), across)]
    return paper.table(GOOD * ABREAST, (), rows, says)


def good_name(paper: Paper, one: BriefTarget) -> str:
    colour = COLOURS.get(one.word, "")
    made = make_run(f"{SIGNS_OF_STATUS.get(one.word, '')}\u00a0", bold=True, colour=colour)
    made += line_run(one.line) + make_run(one.label)
    return paper.paragraph(made, DETAIL) + paper.text(one.status if one.amended else "", DETAIL)


def good_result(paper: Paper, one: BriefTarget) -> str:
    """`21 / 37`, the base of a percentage and the days that a milestone is late below it."""
    number = one.to_date.number
    made = make_run(number, bold=True) + make_run(one.result.removeprefix(number))
    return paper.paragraph(made, BASE) + paper.text(one.to_date.base or one.due, BASE)


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
