"""The head of a report: which report it is, on which days, who made it; a draft until it was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from prt.figures.evaluate import Evaluation
from prt.figures.restatement.compare import Earlier
from prt.model.calendar import Period, Window
from prt.model.text import Text
from prt.output.document.report_document import Cover
from prt.output.notes.prose import mark_gap
from prt.output.numbers import Value, day_text
from prt.output.report.history import report_name
from prt.output.words import Words
from prt.values import dataclass

ROLES = ("prepared_by", "approved_by")
BLANK = "_" * 30
"""Where a name is to be written by hand."""


@dataclass(frozen=True)
class Sent:
    """What is known of a report that was submitted; of a correction also why it replaces the one before."""

    on: dt.date
    why: str = ""


@dataclass(frozen=True)
class Signed:
    """Who prepared and who approved a report, where it is not who the plan says."""

    prepared_by: str = ""
    approved_by: str = ""


NOBODY = Signed()


def cover(
    evaluation: Evaluation,
    words: Words,
    sent: Sent | None,
    annual: bool = False,
    signed: Signed = NOBODY,
    replaced: Earlier | None = None,
    left_out: int = 0,
    digest: str = "",
    damaged: Sequence[str] = (),
) -> Cover:
    """`replaced` is what was sent before of the same report; `left_out` entries are in no figure; `digest` is
    that of the rows and the plan, as people read it; `damaged` are folders that are not as they were sent.
    """
    plan, period, language = evaluation.plan, evaluation.period, words.language
    whole: Window | Period = plan.window if annual else period
    until = day_text(evaluation.cut_off, language)
    lasts = not sent and evaluation.cut_off < whole.last
    so_far = words("report.year_so_far" if annual else "report.so_far", day=until) if lasts else ""
    names = {role: getattr(signed, role) or plan_signature(evaluation, words, role) for role in ROLES}
    return Cover(
        plan.team.to(language) if plan.team else "",
        plan.title.as_one(language),
        words("report.for", funder=plan.funder.name),
        report_name(words, period.id) if not annual else words("report.annual", year=plan.year),
        span(words, whole.first, whole.last),
        Value(so_far or words("report.cut_off", day=until), evaluation.cut_off, "day"),
        updates_text(evaluation, words),
        "" if sent else draft_text(words, replaced),
        words("report.sent", day=day_text(sent.on, language)) if sent else "",
        tuple(words(f"report.{role}", name=name or BLANK) for role, name in names.items() if name or sent),
        tuple(
            mark_gap(words("notes.gap"), words(f"notes.missing.{role}"))
            for role, name in names.items()
            if not (name or sent)
        ),
        correction_text(words, sent, replaced) if sent and replaced else "",
        words.counted("brief.left_out", left_out) if left_out else "",
        words("report.digest", digest=digest) if digest else "",
        words("report.damaged", names=", ".join(damaged)) if damaged and not sent else "",
    )


def draft_text(words: Words, replaced: Earlier | None) -> str:
    """That it is a draft: of a report, or of the correction of one."""
    if replaced is None:
        return words("report.draft")
    return words("report.draft_again", day=day_text(replaced.sent_on, words.language))


def correction_text(words: Words, sent: Sent, replaced: Earlier) -> str:
    """`Corrected version 1, replaces that of December 13, 2024; reason: …`"""
    day = day_text(replaced.sent_on, words.language)
    return words("report.correction", n=str(replaced.revision), day=day, why=sent.why)


def updates_text(evaluation: Evaluation, words: Words) -> str:
    """When the plan was updated, and when it was last amended."""
    plan, days = evaluation.plan, {}
    if plan.updated:
        days["day"] = day_text(plan.updated, words.language)
    if plan.amendments:
        days["last"] = day_text(max(one.date for one in plan.amendments), words.language)
    names = [word for word, key in (("updated", "day"), ("amended", "last")) if key in days]
    return words(f"report.{'_'.join(names)}", **days) if names else ""


def plan_signature(evaluation: Evaluation, words: Words, role: str) -> str:
    """The name that the plan has for one of the two."""
    found: Text | None = getattr(evaluation.plan.signatures, role)
    return found.to(words.language) if found else ""


def span(words: Words, first: dt.date, last: dt.date) -> str:
    ends = (day_text(day, words.language) for day in (first, last))
    return words("report.span", **dict(zip(("first", "last"), ends, strict=True)))


def periods(evaluation: Evaluation, words: Words, annual: bool = False) -> Iterator[str]:
    """What the columns of the results are: `P1: July 1, 2024 to November 30, 2024`."""
    for period, window in evaluation.windows:
        yield words("report.period_is", n=str(period.id), span=span(words, window.first, window.last))
    last = "report.year_is" if annual else "report.to_date_is"
    yield words(last, day=day_text(evaluation.plan.starts, words.language))
    yield words("report.no_period_year" if annual else "report.no_period")
