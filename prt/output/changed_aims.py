"""A target that asks for something else than before: that one was lowered is no progress."""

from __future__ import annotations

from collections.abc import Iterable

from prt.figures.plan_diff.amendments import Changed
from prt.figures.restatement.compare import aim
from prt.model.plan import Indicator
from prt.output.figure_text import FigureText
from prt.output.words import Words


def aim_changes(words: Words, changed: Iterable[Changed]) -> dict[str, str]:
    """What became of each of these targets, by indicator."""
    return {one.handle: aim_change(words, one.before, one.after) for one in changed}


def aim_change(words: Words, before: Indicator, after: Indicator) -> str:
    """`target lowered from 3 to 2`; nothing where it asks for the same, at the same pace."""
    if aim(before) == aim(after):
        return ""
    say = FigureText(words)
    texts = {"before": say.aim_of(before), "after": say.aim_of(after)}
    how = lowered_or_raised(before, after) if texts["before"] != texts["after"] else "pace"
    return words(f"since.target.{how}", **texts)


def lowered_or_raised(old: Indicator, new: Indicator) -> str:
    """Was a target lowered or raised? Any change but that of one number is `other`."""
    before, after = old.target, new.target
    if before is None or after is None or before.aim != after.aim or not before.is_one_number:
        return "other"
    if getattr(after, after.aim) == getattr(before, before.aim):
        return "other"
    return "lowered" if getattr(after, after.aim) < getattr(before, before.aim) else "raised"
