"""What was changed in the plan since it was approved, as a report prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.figures.plan_diff.amendments import Changed
from prt.model.plan import Amendment, handle
from prt.output.figure_text import FigureText
from prt.output.listings import capital, unbroken
from prt.output.numbers import day_text
from prt.output.report.document import Grid, Named
from prt.output.tables import Heading, Table
from prt.output.words import Words


def amendments(words: Words, changes: Sequence[Changed] = ()) -> Grid | None:
    """A row for each amendment, in the order of their days; None where the plan has none.

    `changes` are the targets as they were in the report before it, and after.
    """
    entries = sorted(words.plan.amendments, key=lambda one: one.date)
    if not entries:
        return None
    head = (
        Heading("date", words("amendment.date")),
        Heading("what", words("amendment.what")),
        Heading("before", words("amendment.before")),
        Heading("after", words("amendment.after")),
        Heading("why", words("amendment.why")),
        Heading("approved_by", words("amendment.approved_by")),
    )
    rows = (
        (
            unbroken(day_text(one.date, words.language, "medium")),
            "; ".join(named(words, one.what)),
            *figures(words, one, changes),
            one.why.to(words.language),
            one.approved_by,
        )
        for one in entries
    )
    return Grid("", Table(head, tuple(rows)))


def figures(words: Words, entry: Amendment, changes: Sequence[Changed]) -> tuple[str, str]:
    """The targets before and after it; a dash where it changed none that a report had."""
    own, say = [one for one in changes if one.amendment == entry], FigureText(words)
    if not own:
        return words("figure.none"), words("figure.none")
    return "; ".join(say.aim_of(one.before) for one in own), "; ".join(say.aim_of(one.after) for one in own)


def amended(words: Words, changes: Sequence[Changed]) -> Named | None:
    """For the first page: how many amendments there are, and what each of them changed."""
    entries = sorted(words.plan.amendments, key=lambda one: one.date)
    if not entries:
        return None
    names = []
    for entry in entries:
        before, after = figures(words, entry, changes)
        told = words("amendment.told", what="; ".join(named(words, entry.what)), before=before, after=after)
        day = unbroken(day_text(entry.date, words.language, "medium"))
        what = told if before != after else "; ".join(named(words, entry.what))
        names.append(words("amendment.on", what=what, day=day))
    return Named(words.counted("amendment.number", len(entries)), tuple(names))


def named(words: Words, names: tuple[str, ...]) -> Iterator[str]:
    """`1.1 Workshops delivered`, `line 1.1`; what the plan has no more is called as the entry calls it."""
    labels = {
        handle(line, one): f"{line.id} {capital(one.label.to(words.language))}"
        for _, line, one in words.plan.indicators()
    }
    lines = {line.id: words("amendment.line", id=line.id) for line in words.plan.lines()}
    return (labels.get(name) or lines.get(name) or name for name in names)
