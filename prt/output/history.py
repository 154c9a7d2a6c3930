"""What a report says of those before it: targets whose status changed, and results that are revised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.figures.revised import Earlier, Turn, Way, turns
from prt.output.document import Grid, RevisedPart, Since, Turned
from prt.output.figures import Figures
from prt.output.indicators import anchor
from prt.output.listings import capital
from prt.output.numbers import day_text
from prt.output.revised import Revising, Withheld
from prt.output.words import Words

SIGNS: dict[Way, str] = {"up": "↑", "down": "↓", "across": "→"}


def report_name(words: Words, period: int, annual: bool = False, revision: int = 1) -> str:
    """`Progress report no. 2`, `Annual report`; of a correction its number."""
    name = words("revised.annual") if annual else words("report.name", n=str(period))
    return words("revised.again", report=name, n=str(revision - 1)) if revision > 1 else name


def since(figures: Figures, earlier: Sequence[Earlier], annual: bool) -> Since | None:
    """Against the last report that was sent on an earlier period; of a bilan, against the last of all."""
    number = figures.evaluation.period.id
    before = [one for one in earlier if not one.annual and (annual or one.period < number)]
    compared = [one.comparison for one in earlier if one.comparison]
    if not before or before[-1].comparison is None:
        return None
    words, last = figures.words, before[-1]
    count = len({one.sent.handle for found in compared for one in found.revisions})
    found = turns(before[-1].comparison.sent, figures.evaluation)
    return Since(
        words("since.title", report=words("since.report", n=str(last.period))),
        tuple(turned(figures, one) for one in found),
        words.counted("revised.number", count) if count else words("revised.none"),
    )


def turned(figures: Figures, one: Turn) -> Turned:
    label = capital(one.now.indicator.label.to(figures.language))
    text = figures.words(
        "since.turned",
        sign=SIGNS[one.way],
        line=one.now.line.id,
        label=label,
        sent=figures.status(one.sent),
        now=figures.status(one.now),
    )
    return Turned(anchor(one.now), text, one.now.status.word)


def revised_parts(words: Words, earlier: Sequence[Earlier], withheld: Withheld) -> Iterator[RevisedPart]:
    """A table for each report before; that nothing changed is said."""
    for one in earlier:
        name = report_name(words, one.period, one.annual, one.revision)
        title = words("revised.of", report=name, day=day_text(one.sent_on, words.language))
        if one.comparison is None:
            yield RevisedPart(title, words("revised.unread"), None)
        elif not one.comparison.revisions:
            yield RevisedPart(title, words("revised.nothing"), None)
        else:
            table = Revising(one.comparison, words, one, withheld).table()
            yield RevisedPart(title, "", Grid("", table))
