"""What the amendments of a plan changed: each target as it was in the last report without them, and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prt.figures.plan_diff.match import match
from prt.figures.restatement.compare import Earlier, aim
from prt.model.plan import Amendment, Indicator, Plan


@dataclass(frozen=True)
class Changed:
    """The target of one indicator that an amendment changed; `handle` is what it is called since."""

    amendment: Amendment
    handle: str
    before: Indicator
    after: Indicator


def changed(earlier: Sequence[Earlier], plan: Plan) -> list[Changed]:
    """In the order of the reports. What no report had promised before is not known here."""
    sent = [one.comparison.sent.plan for one in earlier if one.comparison]
    return [one for old, new in pairwise([*sent, plan]) for one in between(old, new)]


def between(old: Plan, new: Plan) -> Iterator[Changed]:
    entries = [entry for entry in new.amendments if entry not in old.amendments]
    if not entries:
        return
    for was, now in match(old, new).indicators:
        if aim(was.indicator) != aim(now.indicator):
            for entry in entries:
                if any(entry.covers(one.line.id, one.handle) for one in (was, now)):
                    yield Changed(entry, now.handle, was.indicator, now.indicator)
