"""Where targets stand, in each format that is no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from prt.figures.evaluate import Evaluation, Result
from prt.figures.plan_diff.amendments import Changed
from prt.model.text import unit_text
from prt.output.changed_aims import aim_changes
from prt.output.result_text import ResultText
from prt.output.screens.last_year import LastYearSeen
from prt.output.screens.status_columns import ScreenColumn, StatusColumns
from prt.output.status_json import status_json
from prt.output.tables import Heading, Table, make_table, render
from prt.output.words import Words


def results_text(
    evaluation: Evaluation,
    results: Sequence[Result],
    words: Words,
    how: str,
    amended: Sequence[Changed],
    before: LastYearSeen | None,
    *,
    wide: bool,
) -> str:
    """As JSON, as a page of Markdown, or as numbers for a spreadsheet; `amended` are the targets that an
    amendment has changed since the last report, `before` is the year before, where it is asked for."""
    if how == "json":
        more = (lambda one: before.as_json(one, words)) if before else (lambda one: {})
        return status_json(evaluation, results, {one.handle: one.before.target for one in amended}, more)
    if how == "md":
        changed = aim_changes(words, amended)
        texts = ResultText(evaluation, words, changed=changed)
        columns = StatusColumns(texts, before=before).wide_columns() if wide else ()
        return render(status_table(texts, results, columns), how)
    return render(number_table(results, words, before), how)


def status_table(texts: ResultText, results: Iterable[Result], more: Iterable[ScreenColumn]) -> Table:
    """The same figures as a reader sees them, for a page of Markdown."""
    words = texts.words
    columns: dict[Heading, Callable[[Result], object]] = {
        Heading("id"): lambda result: result.handle,
        Heading("label", words("explain.indicator")): texts.label,
        Heading("period", words("screen.this_period"), "right"): texts.this_period,
        Heading("to_date", words("screen.to_date"), "right"): texts.to_date,
        Heading("base", " "): lambda result: texts.bar(result) if result.to_date.whole is not None else "",
        Heading("target", words("screen.target"), "right"): texts.target,
        Heading("expected", words("screen.expected"), "right"): texts.expected,
        Heading("planned", words("screen.planned"), "right"): texts.planned,
        **{Heading(one.about, one.title, one.align): one.text for one in more},
        Heading("status", words("screen.status")): texts.status,
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
