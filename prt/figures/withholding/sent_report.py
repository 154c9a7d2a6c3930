"""What the funder was sent: the cells of each report that was submitted, but for those that it withheld.

What was sent stays known, superseded corrections too. A draft is known to nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from types import MappingProxyType

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.cell import Cell, Cells
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import TO_DATE, Breakdowns, figure_key
from prt.figures.withholding.nobody_else import cells
from prt.figures.withholding.parts import rows_for_columns, with_rows
from prt.figures.withholding.statuses import Said
from prt.figures.withholding.withhold import Sent, Statuses
from prt.model.rows import Row
from prt.values import dataclass, replace

NO_MORE: Cells = MappingProxyType({})


def status_key(handle: str) -> Key:
    return ("status", handle)


def sent_status_key(period: int, annual: bool, handle: str) -> Key:
    """The status of an indicator in a report that was sent."""
    return ("sent status", period, annual, handle)


def last_year_key(handle: str) -> Key:
    """The final figure of the year before, which a target that asks for more than it would tell."""
    return ("last year", handle)


def unlisted_key(*family: Hashable) -> Key:
    """The cells of a breakdown that are withheld are not listed at all."""
    return ("unlisted", *family)


def is_number(key: Key) -> bool:
    """Is it the key of a cell? Others are of a status, or of how a breakdown is listed."""
    return key[0] not in ("status", "sent status", "last year", "unlisted")


def gather_cells(evaluation: Evaluation, breakdowns: Breakdowns, more: Cells) -> dict[Key, Cell]:
    """All cells about people of a report that has these breakdowns in its annexes, and `more` cells."""
    return {**with_rows(cells(evaluation, breakdowns), rows_for_columns(evaluation.data)), **more}


def statuses(evaluation: Evaluation, found: Cells) -> Iterator[tuple[Key, tuple[Key, Said]]]:
    """The status of each target whose figure to date is about people, with the key of that figure."""
    for result in evaluation.targets():
        figure = figure_key(result.handle, 0, TO_DATE)
        if figure in found and result.target is not None:
            yield status_key(result.handle), (figure, Said(found[figure].about, result))


def relative_targets(evaluation: Evaluation) -> list[Result]:
    """The results whose target asks for more than the year before."""
    return [one for one in evaluation.targets() if one.indicator.target and one.indicator.target.is_relative]


def last_year_keys(evaluation: Evaluation) -> list[Key]:
    return [last_year_key(one.handle) for one in relative_targets(evaluation)]


def hidden_beside(evaluation: Evaluation, hidden: Collection[Key]) -> frozenset[Key]:
    """The statuses that follow from what is hidden, and from no figure to date: of targets of periods that of
    any period, of a target that asks for more than last year that year's figure.
    """
    return frozenset(
        status_key(result.handle)
        for result in evaluation.targets()
        if last_year_key(result.handle) in hidden
        or (
            result.target is None
            and any(figure_key(result.handle, 0, n) in hidden for n, _ in enumerate(result.of_periods, 1))
        )
    )


def told_of_unknown(evaluation: Evaluation, found: Mapping[Key, Cell], until: dt.date) -> frozenset[Key]:
    """The keys of what may tell of a small group beside a report that nobody can read any more, and that
    was on the days to `until`: every cell but those of later rows alone, and the statuses beside them.
    """
    later = {
        row.key
        for rows in evaluation.data.logs.values()
        for row in rows
        if all(day > until for day in days_of(row))
    }
    hidden = {
        key
        for key, cell in found.items()
        if any((head.log, head.row) not in later for head in cell.about.part | cell.about.whole)
    }
    beside = statuses(evaluation, found)
    return frozenset(hidden | {status for status, (figure, _) in beside if figure in hidden})


def days_of(row: Row) -> Iterator[dt.date]:
    """Every day that a row, or its session, may be placed by."""
    yield row.day
    yield from (value for value in row.values if isinstance(value, dt.date))
    if row.session is not None:
        yield from days_of(row.session)


@dataclass(frozen=True, eq=False)
class SentReport:
    """A report that was sent: what it printed, and the keys of what it withheld."""

    period: int
    annual: bool
    evaluation: Evaluation
    cells: Cells
    statuses: Statuses
    withheld: frozenset[Key]

    @classmethod
    def of(
        cls,
        annual: bool,
        evaluation: Evaluation,
        breakdowns: Breakdowns,
        more: Cells,
        withholds: Callable[[Key], bool] | None,
    ) -> SentReport:
        """The cells of a report that was sent. If nobody knows what it withheld (None), that is taken to be
        the small cells alone: whatever else it may have withheld counts as shown.
        """
        found = gather_cells(evaluation, breakdowns, more)
        said = dict(statuses(evaluation, found))
        smallest = evaluation.plan.privacy.smallest_group
        if withholds is None:
            hidden = frozenset(key for key, cell in found.items() if cell.is_small(smallest))
            hidden |= frozenset(last_year_keys(evaluation))
        else:
            keys = *found, *said, *last_year_keys(evaluation)
            hidden = frozenset(filter(withholds, keys))
        hidden |= hidden_beside(evaluation, hidden)
        return cls(evaluation.period.id, annual, evaluation, found, said, hidden)

    @property
    def smallest(self) -> int:
        return self.evaluation.plan.privacy.smallest_group

    @property
    def sent(self) -> Sent:
        beside = (
            replace(said, told=key not in self.withheld)
            for key, (figure, said) in self.statuses.items()
            if figure in self.withheld
        )
        return Sent(self.cells, self.withheld, self.smallest, tuple(beside))

    def hidden_statuses(self) -> Iterator[tuple[Key, bool]]:
        """Each status, by what a later report calls it: was it withheld?"""
        for result in self.evaluation.targets():
            key = sent_status_key(self.period, self.annual, result.handle)
            yield key, status_key(result.handle) in self.withheld
