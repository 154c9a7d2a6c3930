"""`prt explain`: why a figure is what it is."""

from __future__ import annotations

from typing import Annotated

from prt.console import context, screen
from prt.console.options import (
    AsOfOption,
    AsPublishedOption,
    EveryRowOption,
    FormatOption,
    LangOption,
    PeriodOption,
    YearOption,
    check_format,
)
from prt.console.signature import Argument, Option
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.explanations import print_explanations
from prt.tasks.find.find_indicator import find_results
from prt.tasks.find.pick_indicator import choose_indicator
from prt.tasks.show_row import show_row
from prt.tasks.show_status import amended_targets, evaluate_seen, last_year
from prt.values import dataclass


@dataclass(frozen=True)
class ExplainOptions:
    """What `prt explain` is asked for."""

    what: Annotated[
        list[str] | None,
        Argument(
            "An indicator (1.1.workshops, or its label), a line, or a row; else pick an indicator.",
            metavar="[ID]",
        ),
    ] = None
    period: PeriodOption = None
    as_of: AsOfOption = None
    every: EveryRowOption = False
    as_published: AsPublishedOption = False
    submitted: Annotated[str | None, Option("As it was sent in report N.", metavar="N")] = None
    year: YearOption = None
    lang: LangOption = None
    form: FormatOption = "table"


def explain(options: ExplainOptions) -> int:
    """Why a figure is what it is: rule, parts, the rows that count and those left out, and its status."""
    if options.as_published and options.submitted:
        raise PrtError(Mistake("true_numbers", option="--submitted"), code=2)
    what = " ".join(options.what or ())
    if not what:
        what = choose_indicator(context.open_project(), options.year)
    if options.submitted:
        # 60 ms of reports and submissions
        from prt.tasks.submissions.submitted_figures import explain_submitted

        return explain_submitted(
            what, options.submitted, options.year, options.lang, options.form, options.every
        )
    how, language = check_format(options.form), context.screen_language(options.lang)
    if options.as_published and how in ("csv", "md"):
        raise PrtError(Mistake("rows_never_published"), code=2)
    opened = context.open_year(options.year)
    evaluation = evaluate_seen(opened, options.period, options.as_of, published=options.as_published)
    results = find_results(evaluation, what, opened.project, options.year)
    if not results and options.as_published:
        raise PrtError(Mistake("row_never_published", what=what), code=2)
    if not results:
        show_row(opened.project, what, options.year, "json" if options.form == "json" else "text")
        return 0
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    told = (), amended_targets(opened, words), last_year(opened, evaluation, published=options.as_published)
    view = StatusScreen(
        evaluation, words, context.today(), screen.width(), screen.glyphs(), vars(options), *told
    )
    every, published = options.every, options.as_published
    print_explanations([Explanation(evaluation, one, view, every, published) for one in results], how)
    context.left_out_notice(opened)
    return 0
