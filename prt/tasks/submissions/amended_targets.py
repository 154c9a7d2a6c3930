"""Targets that an amendment changed since the last report: said wherever a status is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from prt.files.project import Year
from prt.model.plan import Target
from prt.output.words import Words

if TYPE_CHECKING:  # 30 ms of reports
    from prt.figures.plan_diff.amendments import Changed


def amended_targets(year: Year, words: Words) -> Mapping[str, str]:
    """What became of each target that was amended, by indicator: `target lowered from 3 to 2`."""
    found = amended_since(year)
    if not found:
        return {}
    from prt.output.changed_aims import aim_change  # 3 ms

    return {one.handle: aim_change(words, one.before, one.after) for one in found}


def targets_before(year: Year) -> Mapping[str, Target | None]:
    """By indicator its target in the last report, of those that an amendment changed since."""
    return {one.handle: one.before.target for one in amended_since(year)}


def amended_since(year: Year) -> Sequence[Changed]:
    """A plan without amendments, as most are, takes no time."""
    if not year.plan.amendments:
        return ()
    from prt.files.submissions.checks import changed_targets  # 30 ms of submissions

    return changed_targets(year)
