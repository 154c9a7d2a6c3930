"""The results of a Word report, the funder's own table: each line of the plan beside its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.output.document.indicator_parts import Aim, IndicatorPart, LinePart
from prt.output.document.report_document import Report
from prt.output.renderers.word.word_entries import entries_part
from prt.output.renderers.word.word_pieces import (
    BASE,
    CELL,
    DETAIL,
    PLAN,
    STATUS,
    bar_cell,
    figure_cell,
    head_cells,
    joined_texts,
    paragraphs,
    status_run,
    title,
    told_grid,
)
from prt.output.renderers.word.word_xml import FirstMerged, Merged, Paper, Under, Wide
from prt.output.words import Words

PURPOSE, AIM, PERIOD, OTHERS = (11.6, 18.2), (17.7, 16.0), 7.2, (8.0, 9.5, 10.7)
"""Shares of the columns: objective, strategy; indicator, target; each period; to date, trend, status."""


def results_part(paper: Paper, report: Report, words: Words) -> str:
    if not report.volets:
        return ""
    made = [
        title(paper, words("report.results")),
        joined_texts(paper, (*report.periods, report.legend, words("report.curves"))),
    ]
    for volet in report.volets:
        made.append(title(paper, words("report.volet", id=volet.id, title=volet.title), 2))
        made.append(paper.prose(volet.narrative))
        for line in volet.lines:
            name = words("report.line", id=line.id)
            if len(volet.lines) > 1:
                made.append(title(paper, name, 3))
            made += [paper.prose(line.narrative), line_table(paper, line, name, report, words)]
            made.append(paper.text(line.footnote, DETAIL))
            made += rows_behind(paper, line, words)
    return "".join(made)


def line_table(paper: Paper, line: LinePart, name: str, report: Report, words: Words) -> str:
    heads = [words(f"report.{name}") for name in ("objective", "strategy", "indicator", "target")]
    columns = list(filter(None, (report.last_year, *report.columns)))
    heads += [*columns, report.to_date, words("report.trend"), words("report.status")]
    shares = (*PURPOSE, *AIM, *(PERIOD for _ in columns), *OTHERS)
    head = head_cells(paper, heads, range(4, 5 + len(columns)))
    return paper.table(shares, head, line_rows(paper, line, shares, words), name)


def line_rows(paper: Paper, line: LinePart, shares: Sequence[float], words: Words) -> Iterator[list[str]]:
    """A row of figures for each indicator, and one with what else is said of it."""
    first, second = (
        paragraphs(paper, line.objective),
        paragraphs(paper, line.strategy) + paper.text(line.note, DETAIL),
    )
    beside: list[str] = [FirstMerged(one or paper.paragraph("", CELL)) for one in (first, second)]
    width = paper.column_widths(shares)[-2]
    for part in line.indicators:
        yield [*beside, *indicator_cells(paper, part, words, width)]
        beside = [Merged(), Merged()]
        if told := told_cell(paper, part, words):
            yield Under([*beside, Wide(told, len(shares) - len(beside))])


def indicator_cells(paper: Paper, part: IndicatorPart, words: Words, width: int) -> list[str]:
    label = paper.text(part.label, CELL, bold=True) + paragraphs(paper, part.phrases, PLAN)
    label += paper.text(words("report.implied"), PLAN) if part.implied else ""
    status = paper.paragraph(status_run(part.word, part.status), STATUS) if part.aim else ""
    status += paper.text(part.expected, DETAIL) + paper.text(part.alert, CELL, bold=True)
    return [
        *([label, aim_cell(paper, part.aim)] if part.aim else [Wide(label, 2)]),
        *(figure_cell(paper, one) for one in (part.last_year, *part.periods) if one),
        figure_cell(paper, part.to_date, bold=True) + paper.text(part.planned, BASE),
        bar_cell(paper, part.aim.bar if part.aim else None, part.word, width, part.chart),
        status,
    ]


def told_cell(paper: Paper, part: IndicatorPart, words: Words) -> str:
    """Breakdowns, other readings and remarks as one paragraph, then what the notes say."""
    texts = (*(told_grid(one, words) for one in part.grids), *part.said)
    return joined_texts(paper, texts) + paper.prose(part.remark, CELL)


def aim_cell(paper: Paper, aim: Aim) -> str:
    made = paper.text(aim.number, CELL, bold=True) + paper.text(aim.changed, DETAIL)
    return made + paragraphs(paper, aim.phrases, PLAN) + paper.text(aim.stands, PLAN)


def rows_behind(paper: Paper, line: LinePart, words: Words) -> Iterator[str]:
    """What an edition for who retraces each figure has below the table."""
    for part in line.indicators:
        if part.behind.says:
            yield paper.text(f"{part.label} – {part.behind.says}", DETAIL, keep=bool(part.behind.grids))
            yield from (entries_part(paper, one, words) for one in part.behind.grids)
