"""Where targets stand on a screen; which of them were asked for, and which an amendment has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, get_args

from prt.console import context, screen
from prt.console.options import (
    AsOfOption,
    AsPublishedOption,
    FormatOption,
    LangOption,
    PeriodOption,
    YearOption,
    check_format,
    check_known,
)
from prt.console.signature import Argument, Option
from prt.figures.evaluate import Evaluation, Result
from prt.figures.status import WORDS, Code, Status, Word
from prt.files.kept.folded_logs import FoldedYear
from prt.files.project import Year
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.next_report import every_unsent
from prt.values import dataclass

if TYPE_CHECKING:
    from prt.figures.plan_diff.amendments import Changed
    from prt.output.screens.last_year import LastYearSeen


@dataclass(frozen=True)
class StatusOptions:
    """What `prt status` is asked for."""

    report: Annotated[str | None, Argument("With --since-submitted: report N, or annual.", metavar="[N]")] = (
        None
    )
    since_submitted: Annotated[bool, Option("What changed since the last report that was sent.")] = False
    every: Annotated[bool, Option("Figures without a target too.", name="--all")] = False
    period: PeriodOption = None
    as_of: AsOfOption = None
    volet: Annotated[str | None, Option("One volet only.", metavar="ID")] = None
    line: Annotated[str | None, Option("One line only.", metavar="ID")] = None
    only: Annotated[str | None, Option("Statuses such as behind,at-risk.", metavar="WORDS")] = None
    fail_on: Annotated[str | None, Option("Exit with 1 if a target has one of these.", metavar="WORDS")] = (
        None
    )
    as_published: AsPublishedOption = False
    wide: Annotated[bool, Option("All columns; below its row what a narrow screen has no room for.")] = False
    year: YearOption = None
    lang: LangOption = None
    form: FormatOption = "table"


def show_status(asked: StatusOptions) -> int:
    """Where every target stands: to date, against the target and against what is expected by now."""
    if asked.as_published and asked.since_submitted:
        raise PrtError(Mistake("true_numbers", option="--since-submitted"), code=2)
    how = check_format(asked.form)
    own = how == "table" and not (asked.as_published or asked.since_submitted)
    opened = context.open_year(asked.year, make=FoldedYear if own else None)
    evaluation = evaluate_seen(opened, asked.period, asked.as_of, published=asked.as_published)
    words = Words(context.screen_language(asked.lang), evaluation.plan, evaluation.data.organisations)
    if asked.since_submitted:
        # 160 ms of reports and submissions
        from prt.tasks.submissions.submitted_changes import show_since_submitted

        return show_since_submitted(opened, evaluation, words, asked.report, how)
    if asked.report:
        raise PrtError(Mistake("report_without_since", report=asked.report), code=2)
    failing, only = parse_statuses(asked.fail_on), parse_statuses(asked.only)
    statuses = list(map(attrgetter("status"), evaluation.targets()))
    results = select_results(evaluation, asked.every or how != "table", asked.volet, asked.line, only)
    before = last_year(opened, evaluation, published=asked.as_published) if asked.wide else None
    if how == "table":
        unsent, today = list(every_unsent(opened, asked.year)), context.today()
        told = unsent, amended_targets(opened, words), before
        view = StatusScreen(evaluation, words, today, screen.width(), screen.glyphs(), vars(asked), *told)
        screen.show(list(view.lines(results, wide=asked.wide)))
    else:
        from prt.tasks.status_formats import results_text  # 3 ms of tables and JSON

        amended = amended_since(opened)
        print(results_text(evaluation, results, words, how, amended, before, wide=asked.wide))
    context.left_out_notice(opened)
    if isinstance(opened, FoldedYear):
        opened.keep(evaluation, context.today())
    return int(any(is_among(one, failing) for one in statuses))


def evaluate_seen(opened: Year, period: int | None, as_of: str | None, *, published: bool) -> Evaluation:
    """Every indicator as the team sees it, or as it is `published`."""
    evaluation = context.evaluated(opened, period, as_of)
    if not published:
        return evaluation
    from prt.tasks.reports.editions import seen_by_others  # 70 ms of reports and submissions

    return seen_by_others(opened, evaluation)


def last_year(opened: Year, evaluation: Evaluation, *, published: bool) -> LastYearSeen | None:
    """The year before, where the project has its plan."""
    if opened.path_before is None:
        return None
    from prt.tasks.reports.last_year import last_year_on_screen  # 70 ms of reports and submissions

    return last_year_on_screen(opened, evaluation, published=published)


def amended_targets(year: Year, words: Words) -> Mapping[str, str]:
    """What became of each target that was amended, by indicator: `target lowered from 3 to 2`."""
    found = amended_since(year)
    if not found:
        return {}
    from prt.output.changed_aims import aim_changes  # 3 ms

    return aim_changes(words, found)


def amended_since(year: Year) -> Sequence[Changed]:
    """The targets that an amendment changed since the last report. A plan without amendments, as most are,
    takes no time."""
    if not year.plan.amendments:
        return ()
    from prt.files.submissions.checks import changed_targets  # 30 ms of submissions

    return changed_targets(year)


def parse_statuses(text: str | None) -> frozenset[str]:
    """`behind,at-risk` as statuses; a word means its whole group."""
    asked = frozenset(
        word.strip().replace("-", "_").replace(" ", "_") for word in (text or "").split(",")
    ) - {""}
    known = {*get_args(Code), *get_args(Word)}
    if unknown := sorted(asked - known):
        listed = ", ".join(word.replace("_", "-") for word in [*dict.fromkeys([*get_args(Word), *WORDS])])
        raise PrtError(Mistake("not_a_status", text=unknown[0], known=listed), code=2)
    return asked


def is_among(status: Status, words: frozenset[str]) -> bool:
    return status.code in words or status.word in words


def select_results(
    evaluation: Evaluation, every: bool, volet: str | None, line: str | None, words: frozenset[str]
) -> tuple[Result, ...]:
    plan = evaluation.plan
    check_known("volet", volet, [one.id for one in plan.volets])
    check_known("line", line, [one.id for one in plan.lines()])
    return tuple(
        result
        for result in evaluation.results
        if (every or result.promised)
        and (volet is None or result.volet.id == volet)
        and (line is None or result.line.id == line)
        and (not words or is_among(result.status, words))
    )
