"""`prt explain`: why a figure is what it is."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from prt.console import context
from prt.problems import PrtError
from prt.tasks.find_indicators import asked


def register(app: typer.Typer, group: str) -> None:
    app.command("explain", rich_help_panel=group)(explain)


def explain(
    what: Annotated[
        str, typer.Argument(metavar="ID", help="An indicator (1.1.workshops), a line, or a row.")
    ],
    period: context.PeriodOption = None,
    as_of: context.AsOfOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every row, not the latest few.")] = False,
    as_published: context.AsPublishedOption = False,
    submitted: Annotated[
        str | None, typer.Option("--submitted", metavar="N", help="As it was sent in report N.")
    ] = None,
    year: context.YearOption = None,
    lang: context.LangOption = None,
    form: context.FormatOption = "table",
) -> None:
    """Why a figure is what it is: rule, parts, the rows that count and those left out, and its status."""
    from prt.console import screen
    from prt.output.screens.explain import Explanation
    from prt.output.screens.status import StatusScreen
    from prt.output.words import Words

    if submitted:
        from prt.tasks.submitted_figures import explain_submitted

        explain_submitted(what, submitted, year, lang, form, every)
        return
    how, language = context.printed_as(form), context.language(lang)
    if as_published and how in ("csv", "md"):
        raise PrtError("Rows are never published: with --as-published, --format is table or json.", code=2)
    opened = context.open_year(year)
    evaluation = context.seen(context.evaluated(opened, period, as_of), as_published)
    results = asked(evaluation, what)
    if not results:
        show_row(what, year, form)
        return
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    view = StatusScreen(evaluation, words, context.today(), screen.width(), screen.glyphs())
    explanations = [Explanation(evaluation, result, view, every, as_published) for result in results]
    if how == "json":
        found = [explanation.as_json() for explanation in explanations]
        print(json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2))
    elif how == "table":
        for number, explanation in enumerate(explanations):
            screen.show([[("", "")], [("", "")]] if number else [])
            screen.show(explanation.lines())
    else:
        from prt.output.tables import render

        for explanation in explanations:
            print(render(explanation.as_table(), how))
    context.left_out_notice(opened)


def show_row(what: str, year: str | None, form: str) -> None:
    from prt.commands.show import show

    show(what, year=year, form="json" if form == "json" else "text")
