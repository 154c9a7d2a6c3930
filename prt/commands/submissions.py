"""`prt submissions`: what was sent, and whether every byte of it is still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from prt.console import context, screen
from prt.console.options import FormatOption, YearOption, check_format
from prt.console.signature import Option
from prt.files.submissions.digest import printed_digest
from prt.files.submissions.manifest import WRONG, Verdict
from prt.files.submissions.submission import Submission
from prt.files.submissions.submission import list_submissions as found
from prt.files.yaml.words import say_phrase
from prt.model.records import Deliverable
from prt.output.tables import Heading, Table, render
from prt.output.words import Phrases
from prt.problems import Mistake, PrtError
from prt.tasks.next_report import kept_periods, sent_periods
from prt.tasks.submissions.verify_digest import Comparison, verify_digest
from prt.text import cell_width, command_with

COLUMNS = (
    "name", "period", "cut_off", "sent_on", "languages", "prt", "files", "digest", "verified", "erased",
)  # fmt: skip


VerifyOption = Annotated[
    str | None,
    Option("Compare with a paper: the digest on its cover, or the beginning of it.", metavar="DIGEST"),
]


def submissions(year: YearOption = None, form: FormatOption = "table", verify: VerifyOption = None) -> int:
    """The reports that were submitted: each file is compared with its digest, and what differs is named."""
    if verify is not None:
        if year or form != "table":
            raise PrtError(Mistake("verify_stands_alone"), code=2)
        words = Phrases(context.session_language())
        return tell_verified(verify_digest(context.open_project(), verify, words))
    how, opened = check_format(form), context.open_year(year, logs=(Deliverable.log,))
    listed = found(opened)
    if listed or how != "table":
        whole, width = submissions_table(listed, spoken=how == "table"), screen.width()
        print(render(narrow_table(whole, width) if how == "table" else whole, how, width))
    else:
        print(Mistake("none_submitted", year=opened.plan.year))
    for line in (*notices(listed), say_phrase("digest_proof")) if listed and how == "table" else ():
        screen.print_wrapped(line)
    for number in sorted(sent_periods(opened) - kept_periods(opened)) if how == "table" else ():
        command = command_with("prt submit", period=number, year=year)
        context.say(say_phrase("sent_not_kept", number=number, command=command))
    wrong = [problem for one in listed for problem in verdict_problems(one)]
    for problem in wrong:
        context.say(problem)
    return int(bool(wrong))


def tell_verified(found: Comparison) -> int:
    for line in found.lines:
        screen.print_wrapped(line)
    for problem in found.problems:
        context.say(str(problem))
    return int(not found.explained)


def verdict_problems(one: Submission) -> list[str]:
    try:
        return [str(problem) for problem in one.verdict.problems]
    except PrtError as error:
        return list(error.texts)


def notices(listed: list[Submission]) -> Iterator[str]:
    """What was submitted although prt refused it, and persons who were erased since."""
    for one in listed:
        try:
            manifest = one.manifest
        except PrtError:
            continue
        if manifest.why:
            yield say_phrase("is_correction", name=one.name, why=manifest.why)
        yield from (say_phrase("sent_anyway", name=one.name, what=what) for what in manifest.anyway)
        for erasure in manifest.erased:
            yield say_phrase("id_replaced", len(erasure.before), name=one.name, day=erasure.date)


def submissions_table(listed: list[Submission], *, spoken: bool) -> Table:
    """For a screen in the language that is spoken, else in the codes of files."""
    headings = tuple(Heading(name, say_phrase(f"submission_{name}"), whole=True) for name in COLUMNS)
    return Table(headings, tuple(row(one, spoken) for one in listed))


NARROW = ("languages", "prt", "files", "erased", "period", "digest")
"""What is left out, one after the other, where the screen is too narrow for all columns."""


def narrow_table(whole: Table, width: int | None) -> Table:
    """The table with as many columns as the width has room for."""
    found = whole
    for name in NARROW:
        if not width or max(map(cell_width, render(found, "table").splitlines())) <= width:
            return found
        found = found.without(name)
    return found


def row(one: Submission, spoken: bool) -> tuple[object, ...]:
    try:
        manifest = one.manifest
        verdict = one.verdict
    except PrtError:
        return (one.name, *[None] * 7, say_phrase("is_intact_no") if spoken else "no", None)
    return (
        one.name,
        (say_phrase("of_the_year") if spoken else "year") if manifest.annual else manifest.period,
        manifest.cut_off,
        manifest.sent_on,
        ", ".join(manifest.languages),
        manifest.prt,
        verdict.total,
        printed_digest(manifest.rows) or None,
        verdict_text(verdict) if spoken else str(verdict),
        len(manifest.erased) or None,
    )


def verdict_text(verdict: Verdict) -> str:
    """`yes`, or `no: 1 added, 2 changed`, in the language that is spoken."""
    counts = Counter(verdict.wrong.values())
    kinds = [(kind.replace(" ", "_"), counts[kind]) for kind in WRONG if counts[kind]]
    found = ", ".join(say_phrase(f"files_{kind}", number) for kind, number in kinds)
    answer = say_phrase("is_intact_yes" if verdict.whole and not found else "is_intact_no")
    return say_phrase("colon", name=answer, text=found) if found else answer
