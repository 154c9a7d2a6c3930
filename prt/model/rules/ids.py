"""Ids can be typed, and name one thing each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prt.model.plan import Plan, handle
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of, lines_of, wrong
from prt.text import did_you_mean

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
DOTS = re.compile(r"[….\s]*")
"""What stands for a text that nobody wrote."""
Ids = Sequence[tuple[Path, str]]


def id_rules(plan: Plan) -> Iterator[Rule]:
    """An indicator is named by its line and itself, so the same id may stand in two lines."""
    volets: Ids = [(("volets", place, "id"), volet.id) for place, volet in enumerate(plan.volets)]
    lines: Ids = [((*path, "id"), line.id) for path, line in lines_of(plan)]
    indicators: Ids = [((*path, "id"), one.id) for path, _, one in indicators_of(plan)]
    handles: Ids = [((*path, "id"), handle(line, one)) for path, line, one in indicators_of(plan)]
    for path, name in (*volets, *lines, *indicators):
        if not ID.fullmatch(name):
            remedy = "Use letters without accents, digits, dots and hyphens, such as outcome-areas."
            yield wrong(path, f'"{name}" cannot be an id', remedy)
    for what, ids in (("volet", volets), ("line", lines), ("indicator", handles)):
        yield from twice(ids, what)


def twice(ids: Ids, what: str) -> Iterator[Rule]:
    """Case does not matter where ids are typed, so it cannot tell two of them apart."""
    seen: dict[str, str] = {}
    for path, name in ids:
        if first := seen.get(name.casefold()):
            yield wrong(path, f"another {what} already has the id {first}", "Give each an id of its own.")
        seen.setdefault(name.casefold(), name)


def amendment_rules(plan: Plan) -> Iterator[Rule]:
    """What an amendment names is in the plan, or was: a removed indicator is a warning, not an error."""
    known = [*plan.handles(), *(line.id for line in plan.lines())]
    for place, amendment in enumerate(plan.amendments):
        if any(DOTS.fullmatch(text) for text in (amendment.why.en, amendment.why.fr) if text):
            remedy = "Why the target or the computation is another, for whoever reads the report."
            yield wrong(("amendments", place, "why"), "write the reason instead of …", remedy)
        if DOTS.fullmatch(amendment.approved_by):
            remedy = "A person or an organisation, such as DSREA."
            yield wrong(("amendments", place, "approved_by"), "write who agreed instead of …", remedy)
        for number, name in enumerate(amendment.what):
            if name not in known:
                remedy = f"{did_you_mean(name, known)} Fine if it was removed since.".lstrip()
                what = f'"{name}" is no indicator or line of the plan'
                yield doubtful(("amendments", place, "what", number), what, remedy)
