"""The annexes of a bilan: how many entries each period has, where the reports have the entries themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from prt.figures.evaluate import Evaluation
from prt.figures.withholding.published import Withheld
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.output.document.content import Grid
from prt.output.document.report_document import Annex
from prt.output.listings import capital, heading
from prt.output.numbers import format_exact, format_figure
from prt.output.report.annexes import annex_letters, annex_of, annex_rows, named_groups
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.values import replace


def year_annexes(
    evaluation: Evaluation, words: Words, withheld: Withheld, *, listed: bool
) -> Iterator[Annex]:
    """The annexes of a bilan: numbers in place of the lists of a report, or both where `listed`."""
    for log, letter in annex_letters(evaluation, words).items():
        own = annex_rows(evaluation, log)
        made = annex_of(log, letter, own, words, withheld, evaluation.cut_off)
        if LOGS[log].broken_down or not own.rows:
            yield replace(made, grids=tuple(with_shares(words, one) for one in made.grids))
        else:
            lists = tuple(replace(one, retraced=True) for one in made.grids) if listed else ()
            note = words("annex.of_year", n=str(evaluation.period.id))
            yield replace(made, note=note, grids=(periods_grid(evaluation, words, log, own.rows), *lists))


def with_shares(words: Words, grid: Grid) -> Grid:
    """Numbers of rows with hours, and of these the share of each group: both are printed in every report."""
    head, rows = grid.table.headings, grid.table.rows
    total = rows[-1][-1].amount if head[-1].key == "hours" else None
    if not total:
        return grid
    shares = (format_figure(row[-1].amount / total, "%", words.language) for row in rows)
    table = Table(
        (*head, Heading("share", words("bilan.share"), "right")),
        tuple((*row, share) for row, share in zip(rows, shares, strict=True)),
    )
    return replace(grid, table=table)


def periods_grid(evaluation: Evaluation, words: Words, log: str, rows: Sequence[Row]) -> Grid:
    """A row for each value of the column that the log is counted by, a column for each period.

    No row is about a person, so that nothing of it is withheld.
    """
    by, windows = LOGS[log].counted_by, evaluation.windows
    first = heading(words, log, by) if by else Heading("log", capital(words(f"log.{log}")))
    titles = [*(words("report.period", n=str(period.id)) for period, _ in windows), words("report.year")]
    head = (first, *(Heading(one, one, "right") for one in titles))
    groups = [(name, own) for _, name, own in named_groups(words, log, by, rows)] if by else []
    groups.append((words("annex.total"), list(rows)))
    table = Table(
        head,
        tuple(
            (
                name,
                *(number_text(words, sum(row.day in window for row in own)) for _, window in windows),
                number_text(words, len(own)),
            )
            for name, own in groups
        ),
    )
    return Grid(words("annex.by_period"), table)


def number_text(words: Words, number: int) -> str:
    return format_exact(Fraction(number), "", words.language)
