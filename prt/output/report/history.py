"""What a report says of those before it: targets whose status changed, revised results, amendments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt.figures.evaluate import Evaluation
from prt.figures.plan_diff.amendments import Changed
from prt.figures.plan_diff.match import same_arithmetic
from prt.figures.restatement.compare import (
    Comparison,
    Earlier,
    Turn,
    Way,
    new_since,
    revised_results,
    turns,
)
from prt.figures.withholding.published import with_statuses_as_sent
from prt.model.plan import Amendment, handle
from prt.output.changed_aims import aim_change
from prt.output.document.content import Grid
from prt.output.document.first_page import Moved, Named, Since, Turned
from prt.output.document.report_document import RevisedPart
from prt.output.figure_text import FigureText
from prt.output.listings import capital, keep_on_line, named
from prt.output.numbers import day_text
from prt.output.report.indicators import anchor
from prt.output.report.results import Figures
from prt.output.report.revised import Revising
from prt.output.report.revised_reasons import Withheld
from prt.output.tables import Heading, Table
from prt.output.words import Words

CAUSES = 4
"""So many causes of revised results does the first page name."""
SIGNS: dict[Way, str] = {"up": "↑", "down": "↓", "begun": "+", "across": "→"}


def report_name(words: Words, period: int, annual: bool = False, revision: int = 1) -> str:
    """`Progress report no. 2`, `Annual report`; of a correction its number."""
    name = words("revised.annual") if annual else words("report.name", n=str(period))
    return words("revised.again", report=name, n=str(revision - 1)) if revision > 1 else name


def since(figures: Figures, earlier: Sequence[Earlier], withheld: Withheld = frozenset()) -> Since | None:
    """Against the last report that was sent on an earlier period."""
    number = figures.evaluation.period.id
    before = [one for one in earlier if not one.annual and one.period < number]
    if not before or before[-1].comparison is None:
        return None
    words, last = figures.words, before[-1].comparison
    report = words("since.report", n=str(before[-1].period))
    found = list(turns(as_sent(before[-1], withheld), figures.evaluation))
    begun = [one for one in found if one.way == "begun"]
    turned = tuple(turned_target(figures, one) for one in found if one.way != "begun")
    return Since(
        words("since.title", report=report),
        turned,
        tuple(moved_targets(words, turned)),
        words.counted("since.begun", len(begun), names=begun_text(figures, begun)) if begun else "",
        revised_brief(words, earlier, last, report, withheld),
        words.counted("since.moved.begun", len(begun)) if begun else "",
    )


def as_sent(one: Earlier, withheld: Withheld) -> Evaluation:
    """The evaluation that a report was made from, without the statuses that it withheld."""
    assert one.comparison is not None
    return with_statuses_as_sent(one.comparison.sent, one.period, one.annual, withheld)


def begun_text(figures: Figures, begun: Sequence[Turn]) -> str:
    """`1.2 Orientation sessions; 1.3b Workshops (on track); 4 Plan (met)`"""
    now = [", ".join(filter(None, (figures.status(one.now), otherwise(figures, one)))) for one in begun]
    return "; ".join(named_together(figures.words, [figures.named(one.now) for one in begun], now))


def named_together(words: Words, names: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    """What is said of several names is said once, after them; in the order of the first of each."""
    together: dict[str, list[str]] = {}
    for name, one in zip(names, said, strict=True):
        together.setdefault(one, []).append(name)
    return (words("since.together", names="; ".join(some), said=one) for one, some in together.items())


def revised_brief(
    words: Words, earlier: Sequence[Earlier], last: Comparison, report: str, withheld: Withheld
) -> Named:
    """How many results are revised, how many of them since the last report, and why the latter are."""
    found = {
        handle: (one, revision)
        for handle, (one, revision) in revised_results(earlier).items()
        if one.comparison and Revising(one.comparison, words, one, withheld).effects(revision)
    }
    if not found:
        return Named(words("revised.none"), ())
    shown = {handle: one for handle, (one, _) in found.items() if handle in new_since(last, earlier)}
    text = words.counted("revised.number", len(found))
    if len(shown) < len(found):
        text = words.counted("revised.of_which", len(found), new=str(len(shown)), report=report)
    names = [name for one in earlier for name in causes_since(words, one, shown, withheld)]
    if left := len(names[CAUSES:]):
        names[CAUSES:] = [words.counted("revised.more", left)]
    return Named(text, tuple(names))


def causes_since(
    words: Words, one: Earlier, shown: Mapping[str, Earlier], withheld: Withheld
) -> Iterator[str]:
    """What moved those of the results `shown` that one report was the first to have."""
    if one.comparison is None:
        return
    saying = Revising(one.comparison, words, one, withheld)
    for some in saying.grouped():
        if own := [revision for revision in some if shown.get(revision.sent.handle) is one]:
            yield saying.short_cause(own)


def turned_target(figures: Figures, one: Turn) -> Turned:
    label = capital(one.now.indicator.label.to(figures.language))
    text = figures.words(
        "since.turned",
        sign=SIGNS[one.way],
        name=figures.named(one.now),
        sent=figures.status(one.sent),
        now=figures.status(one.now),
    )
    change = f"{figures.status(one.sent)} → {figures.status(one.now)}"
    if because := otherwise(figures, one):
        text, change = f"{text} ({because})", f"{change}; {because}"
    return Turned(anchor(one.now), text, one.now.status.word, SIGNS[one.way], label, change)


def moved_targets(words: Words, turned: Sequence[Turned]) -> Iterator[Moved]:
    """The targets whose status changed, in groups: those that rose, that fell, and the others."""
    for way, sign in SIGNS.items():
        if some := [one for one in turned if one.sign == sign]:
            names = named_together(words, [one.label for one in some], [one.change for one in some])
            yield Moved(sign, words.counted(f"since.moved.{way}", len(some)), tuple(names))


def otherwise(figures: Figures, one: Turn) -> str:
    """What of the plan is another than when it was sent: a target that was lowered is no progress."""
    words, old, new = figures.words, one.sent.indicator, one.now.indicator
    if changed := aim_change(words, old, new):
        return changed
    if not same_arithmetic(old.measure, one.sent_plan.selections, new.measure, words.plan.selections):
        return words("since.measure")
    return ""


def revised_parts(words: Words, earlier: Sequence[Earlier], withheld: Withheld) -> Iterator[RevisedPart]:
    """A table for each report before, cause first; that nothing changed is said."""
    for one in earlier:
        name = report_name(words, one.period, one.annual, one.revision)
        title = words("revised.of", report=name, day=day_text(one.sent_on, words.language))
        if one.comparison is None:
            yield RevisedPart(title, words("revised.unread"), None)
            continue
        saying = Revising(one.comparison, words, one, withheld)
        table, none = saying.causes(), words("revised.nothing")
        if table.rows:
            yield RevisedPart(title, "", Grid("", table), all_shifts(one, saying) or none)
        else:
            yield RevisedPart(title, none, None)


def all_shifts(one: Earlier, saying: Revising) -> str:
    """`1.1 Workshops delivered, P1: 12 → 15; …`: what the table says, without its causes."""
    found = one.comparison.revisions if one.comparison else ()
    pairs = ((revision, list(saying.effects(revision))) for revision in found)
    return "; ".join(", ".join([saying.label(revision), *told]) for revision, told in pairs if told)


def amendments(words: Words, changes: Sequence[Changed] = ()) -> Grid | None:
    """A row for each amendment, in the order of their days; None where the plan has none.

    `changes` are the targets as they were in the report before it, and after.
    """
    entries = sorted(words.plan.amendments, key=lambda one: one.date)
    if not entries:
        return None
    names = ("date", "what", "before", "after", "why", "approved_by")
    head = tuple(Heading(name, words(f"amendment.{name}")) for name in names)
    rows = (
        (
            keep_on_line(day_text(one.date, words.language, "medium")),
            "; ".join(amended_names(words, one.what)),
            *targets_around(words, one, changes),
            one.why.to(words.language),
            one.approved_by,
        )
        for one in entries
    )
    return Grid("", Table(head, tuple(rows)))


def targets_around(words: Words, entry: Amendment, changes: Sequence[Changed]) -> tuple[str, str]:
    """The targets before and after it; a dash where it changed none that a report had."""
    own, say = [one for one in changes if one.amendment == entry], FigureText(words)
    if not own:
        return words("figure.none"), words("figure.none")
    return "; ".join(say.aim_of(one.before) for one in own), "; ".join(say.aim_of(one.after) for one in own)


def amendments_brief(words: Words, changes: Sequence[Changed]) -> Named | None:
    """For the first page: how many amendments there are, and what each of them changed."""
    entries = sorted(words.plan.amendments, key=lambda one: one.date)
    if not entries:
        return None
    names = []
    for entry in entries:
        before, after = targets_around(words, entry, changes)
        told = words(
            "amendment.told", what="; ".join(amended_names(words, entry.what)), before=before, after=after
        )
        day = keep_on_line(day_text(entry.date, words.language, "medium"))
        what = told if before != after else "; ".join(amended_names(words, entry.what))
        names.append(words("amendment.on", what=what, day=day))
    return Named(words.counted("amendment.number", len(entries)), tuple(names))


def amended_names(words: Words, names: tuple[str, ...]) -> Iterator[str]:
    """`1.1 · Workshops delivered`, `line 1.1`; what the plan has no more is called as the entry calls it."""
    labels = {
        handle(line, one): named(line.id, one.label.to(words.language))
        for _, line, one in words.plan.indicators()
    }
    lines = {line.id: words("amendment.line", id=line.id) for line in words.plan.lines()}
    return (labels.get(name) or lines.get(name) or name for name in names)
