"""Targets that an amendment changed since the last report: said wherever a status is told."""

from __future__ import annotations

from collections.abc import Mapping

from prt.files.project import Year
from prt.output.words import Words


def amended_targets(year: Year, words: Words) -> Mapping[str, str]:
    """By indicator `target lowered from 3 to 2`. A plan without amendments, as most are, takes no time."""
    if not year.plan.amendments:
        return {}
    from prt.files.submissions.checks import changed_targets  # 30 ms of submissions
    from prt.output.changed_aims import aim_change

    return {one.handle: aim_change(words, one.before, one.after) for one in changed_targets(year)}
