"""Which revised results are new since the last report that was sent: the others stand in that one already."""

from __future__ import annotations

from collections.abc import Sequence

from prt.figures.restatement.compare import Comparison, Earlier, Revision, compare, seen


def revised_results(earlier: Sequence[Earlier]) -> dict[str, tuple[Earlier, Revision]]:
    """Each indicator of which a result is revised, by its id as sent, with the first report that had it."""
    found: dict[str, tuple[Earlier, Revision]] = {}
    for one in earlier:
        for revision in one.comparison.revisions if one.comparison else ():
            found.setdefault(revision.sent.handle, (one, revision))
    return found


def new_since(last: Comparison, earlier: Sequence[Earlier]) -> set[str]:
    """The ids of those that the last report, `last`, could not have declared as they are now."""
    new = {one.sent.handle for one in last.revisions}
    for one in (found.comparison for found in earlier):
        if one and one is not last and one.revisions:
            then = compare(one.sent, last.sent.plan, last.sent.data, ())
            new |= {now.sent.handle for now in one.revisions if told(now) != told(then.of(now.sent.handle))}
    return new


def told(revision: Revision | None) -> object:
    """What a report said, or says, of it."""
    if revision is None:
        return None
    figures = [(shift.period, shift.now and seen(shift.now)) for shift in revision.shifts]
    return figures, revision.target, revision.measure, revision.now and revision.now.status.code
