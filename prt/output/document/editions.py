"""The editions of a report: the same figures, statuses and withheld cells, and less of them for some."""

from __future__ import annotations

from prt.output.document.indicator_parts import Behind, LinePart
from prt.output.document.report_document import Annex, Method, Reader, Report
from prt.values import replace


def has_results(reader: Reader) -> bool:
    """Has the edition the tables of results, and what follows them?"""
    return reader != "brief"


def has_records(reader: Reader) -> bool:
    """Has it also the rows behind the figures, the rules, corrections, and what was sent?"""
    return reader == "audit"


def edition_for(report: Report, reader: Reader) -> Report:
    """The edition of a report for one of its readers: what is shown stays as it is, and less of it is shown.

    What small groups withhold was solved on the whole report, so that no two editions tell more than one.
    """
    if has_records(reader):
        return report
    volets = tuple(replace(one, lines=tuple(map(without_rows, one.lines))) for one in report.volets)
    annexes = tuple(without_lists(one) for one in report.annexes if one.reader == "funder")
    method, year, revised = replace(report.method, definitions=None), report.year, report.revised
    if year:
        year = replace(year, portrait=replace(year.portrait, matrix=None))
        revised = tuple(replace(one, grid=None, says=one.short) if one.grid else one for one in revised)
    made = replace(
        report, reader=reader, volets=volets, annexes=annexes, method=method, year=year, revised=revised
    )
    if has_results(reader):
        return made
    return replace(
        made,
        volets=(),
        outlook_told=None,
        outlook=None,
        annexes=(),
        method=Method(),
        revised=(),
        amendments=None,
        last_year="",
        year=year and replace(year, portrait=None, learned=None, adjustments=()),
    )


def without_rows(line: LinePart) -> LinePart:
    """A line of the plan without the rows behind its figures."""
    return replace(line, indicators=tuple(replace(one, behind=Behind("")) for one in line.indicators))


def without_lists(annex: Annex) -> Annex:
    """An annex without what is for who retraces figures."""
    return replace(annex, grids=tuple(one for one in annex.grids if not one.retraced))
