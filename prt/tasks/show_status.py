"""Where targets stand, in each format; which of them were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from prt.files.project import Year
from prt.model.text import unit_text
from prt.output.screens.status import StatusScreen
from prt.output.screens.status_columns import ScreenColumn
from prt.output.tables import Heading, Table, make_table, render
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.next_report import every_unsent
from prt.tasks.submissions.amended_targets import amended_targets, targets_before
from prt.values import dataclass

if TYPE_CHECKING:
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
    how, opened = check_format(asked.form), context.open_year(asked.year)
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
        print(results_text(opened, evaluation, results, words, asked, before))
    context.left_out_notice(opened)
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


def results_text(
    opened: Year,
    evaluation: Evaluation,
    results: Sequence[Result],
    words: Words,
    asked: StatusOptions,
    before: LastYearSeen | None,
) -> str:
    """As JSON, as a page of Markdown, or as numbers for a spreadsheet; with the year `before`, if any."""
    how = asked.form
    if how == "json":
        from prt.output.status_json import status_json  # 25 ms, which a screen does not need

        more = (lambda one: before.as_json(one, words)) if before else (lambda one: {})
        return status_json(evaluation, results, targets_before(opened), more)
    if how == "md":
        changed = amended_targets(opened, words)
        view = StatusScreen(evaluation, words, context.today(), changed=changed, before=before)
        return render(status_table(view, results, view.wide_columns() if asked.wide else ()), how)
    return render(number_table(results, words, before), how)


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


def status_table(view: StatusScreen, results: Iterable[Result], more: Iterable[ScreenColumn]) -> Table:
    """The same figures as a reader sees them, for a page of Markdown."""
    words = view.words
    columns: dict[Heading, Callable[[Result], object]] = {
        Heading("id"): lambda result: result.handle,
        Heading("label", words("explain.indicator")): view.label,
        Heading("period", words("screen.this_period"), "right"): view.this_period,
        Heading("to_date", words("screen.to_date"), "right"): view.to_date,
        Heading("base", " "): lambda result: view.bar(result) if result.to_date.whole is not None else "",
        Heading("target", words("screen.target"), "right"): view.target,
        Heading("expected", words("screen.expected"), "right"): view.expected,
        Heading("planned", words("screen.planned"), "right"): view.planned,
        **{Heading(one.about, one.title, one.align): one.text for one in more},
        Heading("status", words("screen.status")): view.status,
    }
    return make_table(columns, results)


def number_table(results: Iterable[Result], words: Words, before: LastYearSeen | None) -> Table:
    """The same figures as plain numbers, for a spreadsheet; percentages are fractions of 1."""
    columns: dict[str, Callable[[Result], object]] = {
        "id": lambda result: result.handle,
        "label": lambda result: result.indicator.label.to(words.language),
        "unit": lambda result: unit_text(result.measure.unit, words.language),
        "period": lambda result: result.period.value if result.period else None,
        "to_date": lambda result: result.to_date.value,
        "part": lambda result: result.to_date.part,
        "whole": lambda result: result.to_date.whole,
        "target": target_number,
        "expected": lambda result: result.expected,
        "planned": lambda result: result.planned,
        **({"last_year": lambda result: before.value(result, words)} if before else {}),
        "status": lambda result: result.status.code,
    }
    return make_table({Heading(key): read for key, read in columns.items()}, results)


def target_number(result: Result) -> object:
    """The number that a target asks for; of a due date the date, of `between` its lower end."""
    if result.judgement is None:
        return None
    target = result.judgement.target
    return target.due or (target.upper if target.lower is None else target.lower)
