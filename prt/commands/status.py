"""`prt status`: where every target stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from prt.console import context
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.figures.evaluate import Evaluation, Result
    from prt.output.tables import Table
    from prt.output.words import Words


def register(app: typer.Typer, group: str) -> None:
    app.command("status", rich_help_panel=group)(status)


def status(
    report: Annotated[
        str | None, typer.Argument(metavar="[N]", help="With --since-submitted: report N, or annual.")
    ] = None,
    since_submitted: Annotated[
        bool, typer.Option("--since-submitted", help="What changed since the last report that was sent.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Figures without a target too.")] = False,
    period: context.PeriodOption = None,
    as_of: context.AsOfOption = None,
    volet: Annotated[str | None, typer.Option("--volet", metavar="ID", help="One volet only.")] = None,
    line: Annotated[str | None, typer.Option("--line", metavar="ID", help="One line only.")] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="WORDS", help="Statuses such as behind,at-risk.")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="WORDS", help="Exit with 1 if a target has one of these."),
    ] = None,
    as_published: context.AsPublishedOption = False,
    wide: Annotated[bool, typer.Option("--wide", help="All columns, however narrow the screen.")] = False,
    year: context.YearOption = None,
    lang: context.LangOption = None,
    form: context.FormatOption = "table",
) -> None:
    """Where every target stands: to date, against the target and against what is expected by now."""
    from prt.output.words import Words

    how, language = context.printed_as(form), context.language(lang)
    opened = context.open_year(year)
    evaluation = context.seen(context.evaluated(opened, period, as_of), as_published)
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    if since_submitted:
        from prt.tasks.submitted_changes import show_since

        show_since(opened, evaluation, words, report, how)
        return
    if report:
        raise PrtError(f'"{report}"? A report is named after --since-submitted.', code=2)
    results = chosen(evaluation, every or how != "table", volet, line, wanted(only))
    if how == "json":
        from prt.output.status_json import status_json

        print(status_json(evaluation, results if volet or line or only else evaluation.results))
    elif how == "table":
        print_screen(evaluation, words, results, wide)
    else:
        from prt.output.tables import render

        md = how == "md"
        print(render(status_table(evaluation, words, results) if md else number_table(results, words), how))
    context.left_out_notice(opened)
    if fails(evaluation.results, wanted(fail_on)):
        raise typer.Exit(1)


def print_screen(evaluation: Evaluation, words: Words, results: Iterable[Result], wide: bool = False) -> None:
    from prt.console import screen
    from prt.output.screens.status import StatusScreen

    view = StatusScreen(evaluation, words, context.today(), screen.width(), screen.glyphs())
    screen.show(view.lines(results, wide=wide))


def wanted(text: str | None) -> frozenset[str]:
    """`behind,at-risk` as statuses; a word means its whole group."""
    from prt.figures.status import WORDS, Code, Word

    asked = frozenset(
        word.strip().replace("-", "_").replace(" ", "_") for word in (text or "").split(",")
    ) - {""}
    known = {*get_args(Code), *get_args(Word)}
    if unknown := sorted(asked - known):
        listed = ", ".join(word.replace("_", "-") for word in [*dict.fromkeys([*get_args(Word), *WORDS])])
        raise PrtError(f'"{unknown[0]}" is no status. One of: {listed}.', code=2)
    return asked


def has(result: Result, words: frozenset[str]) -> bool:
    return result.status.code in words or result.status.word in words


def fails(results: Iterable[Result], words: frozenset[str]) -> bool:
    return any(has(result, words) for result in results if result.indicator.target)


def chosen(
    evaluation: Evaluation, every: bool, volet: str | None, line: str | None, words: frozenset[str]
) -> tuple[Result, ...]:
    plan = evaluation.plan
    known("volet", volet, [one.id for one in plan.volets])
    known("line", line, [one.id for one in plan.lines()])
    return tuple(
        result
        for result in evaluation.results
        if (every or result.indicator.target)
        and (volet is None or result.volet.id == volet)
        and (line is None or result.line.id == line)
        and (not words or has(result, words))
    )


def known(what: str, asked: str | None, ids: list[str]) -> None:
    if asked is not None and asked not in ids:
        raise PrtError(f'The plan has no {what} "{asked}". One of: {", ".join(ids)}.', code=2)


def status_table(evaluation: Evaluation, words: Words, results: Iterable[Result]) -> Table:
    """The same figures as a reader sees them, for a page of Markdown."""
    from prt.output.screens.status import StatusScreen
    from prt.output.tables import Heading, Table

    view = StatusScreen(evaluation, words, context.today())
    headings = (
        Heading("id"),
        Heading("label", words("explain.indicator")),
        Heading("period", words("screen.this_period"), "right"),
        Heading("to_date", words("screen.to_date"), "right"),
        Heading("base", " "),
        Heading("target", words("screen.target"), "right"),
        Heading("expected", words("screen.expected"), "right"),
        Heading("planned", words("screen.planned"), "right"),
        Heading("status", words("screen.status")),
    )
    rows = tuple(
        (
            result.handle,
            view.label(result),
            view.this_period(result),
            view.to_date(result),
            view.bar(result) if result.to_date.whole is not None else "",
            view.target(result),
            view.expected(result),
            view.planned(result),
            view.status(result),
        )
        for result in results
    )
    return Table(headings, rows)


def number_table(results: Iterable[Result], words: Words) -> Table:
    """The same figures as plain numbers, for a spreadsheet; percentages are fractions of 1."""
    from prt.output.tables import Heading, Table

    keys = (
        "id",
        "label",
        "unit",
        "period",
        "to_date",
        "part",
        "whole",
        "target",
        "expected",
        "planned",
        "status",
    )
    rows = tuple(
        (
            result.handle,
            result.indicator.label.to(words.language),
            result.indicator.measure.unit,
            result.period.value if result.period else None,
            result.to_date.value,
            result.to_date.part,
            result.to_date.whole,
            aim(result),
            result.expected,
            result.planned,
            result.status.code,
        )
        for result in results
    )
    return Table(tuple(Heading(key) for key in keys), rows)


def aim(result: Result) -> object:
    """The number that a target asks for; of a due date the date, of `between` its lower end."""
    target = result.indicator.target
    if target is None:
        return None
    return target.due or (target.upper if target.lower is None else target.lower)
