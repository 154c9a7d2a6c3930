"""What was changed in the plan since it was approved, as a report prints it."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.plan import handle
from prt.output.document import Grid
from prt.output.listings import capital, unbroken
from prt.output.numbers import day_text
from prt.output.tables import Heading, Table
from prt.output.words import Words


def amendments(words: Words) -> Grid | None:
    """A row for each amendment, in the order of their days; None where the plan has none."""
    entries = sorted(words.plan.amendments, key=lambda one: one.date)
    if not entries:
        return None
    head = (
        Heading("date", words("amendment.date")),
        Heading("what", words("amendment.what")),
        Heading("why", words("amendment.why")),
        Heading("approved_by", words("amendment.approved_by")),
    )
    rows = (
        (
            unbroken(day_text(one.date, words.language, "medium")),
            "; ".join(named(words, one.what)),
            one.why.to(words.language),
            one.approved_by,
        )
        for one in entries
    )
    return Grid("", Table(head, tuple(rows)))


def named(words: Words, names: tuple[str, ...]) -> Iterator[str]:
    """`1.1 Workshops delivered`, `line 1.1`; what the plan has no more is called as the entry calls it."""
    labels = {
        handle(line, one): f"{line.id} {capital(one.label.to(words.language))}"
        for _, line, one in words.plan.indicators()
    }
    lines = {line.id: words("amendment.line", id=line.id) for line in words.plan.lines()}
    return (labels.get(name) or lines.get(name) or name for name in names)
