"""What a report is made of: every text and number ready, so that templates only arrange."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from prt.model.text import Language
from prt.output.document.content import Grid, Prose
from prt.output.document.first_page import Brief, Named, Since
from prt.output.document.indicator_parts import VoletPart
from prt.output.document.year_pages import YearPages
from prt.output.shapes import Chart
from prt.values import dataclass, fields, is_dataclass

Reader = Literal["brief", "funder", "audit"]
"""Whom an edition of a report is for: one page that stands alone; the funder; who retraces each figure."""
READERS: tuple[Reader, ...] = ("brief", "funder", "audit")


@dataclass(frozen=True)
class Cover:
    """`draft` is a text, or empty for a report that was submitted; `people` who prepared and approved it.

    `gaps` are those of the two that a draft does not name yet; `team` is who reports. `correction` says what
    it replaces and why, `left_out` how many entries an error leaves out, `digest` of which rows and plan it
    was made, `damaged` what was sent before and cannot be relied on; empty where there is nothing to say.
    """

    team: str
    title: str
    funder: str
    name: str
    span: str
    cut_off: str
    updated: str
    draft: str
    sent: str
    people: tuple[str, ...]
    gaps: tuple[Prose, ...]
    correction: str = ""
    left_out: str = ""
    digest: str = ""
    damaged: str = ""


@dataclass(frozen=True)
class Annex:
    """What is shown in full; `reader` is the first edition that has it."""

    letter: str
    anchor: str
    title: str
    note: str
    grids: tuple[Grid, ...]
    reader: Reader = "funder"


@dataclass(frozen=True)
class Method:
    """How figures and statuses follow; the computation of each figure is for who retraces them. The first
    page has no method.
    """

    rules: tuple[str, ...] = ()
    statuses: Grid | None = None
    definitions: Grid | None = None


@dataclass(frozen=True)
class RevisedPart:
    """One report that was sent before; `says` is a sentence where there is no table, `short` what may stand
    in the place of the table.
    """

    title: str
    says: str
    grid: Grid | None
    short: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report in one language. `periods` explains the columns P1, P2, … of the results, `to_date` is
    the title of the last; `legend` says what the mark of a bar is.

    `since` and `revised` are of the reports that were sent before it, if any were. A bilan has the pages of
    its `year`; `last_year` is the title of a column where the year before is known.
    """

    language: Language
    cover: Cover
    brief: Brief
    periods: tuple[str, ...]
    columns: tuple[str, ...]
    to_date: str
    legend: str
    volets: tuple[VoletPart, ...]
    outlook_told: Prose | None
    outlook: Grid | None
    annexes: tuple[Annex, ...]
    method: Method
    acronyms: tuple[str, ...]
    since: Since | None = None
    revised: tuple[RevisedPart, ...] = ()
    amendments: Grid | None = None
    amended: Named | None = None
    reader: Reader = "audit"
    last_year: str = ""
    year: YearPages | None = None


def pieces(value: Any, whole: tuple[type[object], ...] = ()) -> Iterator[Any]:
    """Every piece of a report, to the last cell; not the pieces of these kinds that are taken `whole`."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, tuple):
            waiting += reversed(one)
        elif isinstance(one, str):  # as most are
            continue
        elif (names := names_of_fields(one.__class__)) and not isinstance(one, whole):
            waiting += [getattr(one, name) for name in names]


@cache
def names_of_fields(kind: type[object]) -> tuple[str, ...]:
    """The last first; none where it is no part of a report that has parts itself."""
    return tuple(field.name for field in reversed(fields(kind))) if is_dataclass(kind) else ()


def list_texts(report: Report) -> Iterator[str]:
    return (one for one in pieces(report) if isinstance(one, str))


def count_gaps(report: Report) -> int:
    """How many things of a draft are still to be written."""
    found = pieces(report, whole=(Chart, Prose))
    return sum(isinstance(one, Prose) and one.gap for one in found)
