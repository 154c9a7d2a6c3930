"""What was promised is not changed in silence: the plan against the one last submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prt.figures.plandiff.match import Placed, match, placed
from prt.figures.plandiff.meaning import arithmetic
from prt.figures.revised import aim
from prt.model.cells import plain_number
from prt.model.plan import Amendment, Indicator, Plan
from prt.model.rules.rule import Path, Rule, indicators_of, wrong


def unamended(sent: Plan, now: Plan, report: str, today: dt.date) -> Iterator[Rule]:
    """Every target or measure of `now` that is another than in the plan `sent`, and that no entry explains.

    An entry that the submitted plan has already explains an earlier change, and not this one.
    """
    matches = match(sent, now)
    new = [one for one in now.amendments if one not in sent.amendments]
    paths = {id(indicator): path for path, _, indicator in indicators_of(now)}
    for old, one in matches.indicators:
        if not explained(new, old, one):
            for key, what in differences(old, one, report):
                yield asked((*paths[id(one.indicator)], key), what, one, today)
    kept = {id(old.indicator) for old, _ in matches.indicators}
    for old in placed(sent):
        if old.indicator.target and id(old.indicator) not in kept and not explained(new, old):
            what = f"{old.handle} had a target in {report}, and is not in the plan"
            yield asked(("volets",), what, old, today)


def explained(amendments: list[Amendment], *indicators: Placed) -> bool:
    """Does an entry name the indicator, as it is called or was, or its line?"""
    return any(entry.covers(one.line.id, one.handle) for entry in amendments for one in indicators)


def differences(old: Placed, new: Placed, report: str) -> Iterator[tuple[str, str]]:
    """(key of the indicator, what is wrong)"""
    if aim(old.indicator) != aim(new.indicator):
        before, after = aimed(old.indicator), aimed(new.indicator)
        how = f"was {before} in {report}, and is {after}" if before != after else f"was another in {report}"
        yield "target", f"the target of {new.handle} {how}"
    if arithmetic(old.indicator.measure, old.named) != arithmetic(new.indicator.measure, new.named):
        yield "measure", f"the measure of {new.handle} was another in {report}"


def aimed(indicator: Indicator) -> str:
    """`at_least 37`, `due 2024-09-30`, `none`"""
    target, percent = indicator.target, indicator.measure.unit == "%"
    if target is None:
        return "none"
    if target.due:
        return f"due {target.due}"
    values = (value for path, value in target.amounts() if path[0] == target.aim)
    numbers = (f"{plain_number(value * 100)}%" if percent else plain_number(value) for value in values)
    return f"{target.aim} {' to '.join(numbers)}"


def asked(path: Path, what: str, one: Placed, today: dt.date) -> Rule:
    entry = f"{{date: {today}, what: {one.handle}, why: {{en: …, fr: …}}, approved_by: …}}"
    return wrong(
        path, what, f"Say why under amendments: at the end of the plan, or change it back:\n  - {entry}"
    )
