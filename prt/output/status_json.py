"""`prt status --format json`: the shape that other programs rely on. Keys may be added."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.published import PublishedResult
from prt.model.figure import Figure, Group
from prt.model.plan import Target
from prt.output.tables import json_value


def status_json(
    evaluation: Evaluation,
    results: Sequence[Result],
    before: Mapping[str, Target | None] = MappingProxyType({}),
    more: Callable[[Result], Mapping[str, Any]] = lambda result: {},
) -> str:
    """Every indicator of `results`; numbers are JSON numbers, percentages fractions of 1.

    `before` are targets as the last report had them, where an amendment changed them since: `target_before`
    stands beside the status then, null where there was none. `more` is what else is told of a result.
    """
    return json.dumps(
        {
            "schema": 1,
            "year": evaluation.plan.year,
            "period": evaluation.period.id,
            "from": evaluation.period.first.isoformat(),
            "to": evaluation.cut_off.isoformat(),
            "indicators": [
                {**indicator_json(one), **target_before(before, one.handle), **more(one)} for one in results
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def indicator_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.handle,
        "volet": result.volet.id,
        "line": result.line.id,
        "kind": result.measure.kind,
        "unit": result.measure.unit,
        "period": None
        if result.period is None
        else figure_json(result.period) | rows_number(result, result.period),
        "to_date": figure_json(result.to_date)
        | rows_number(result, result.to_date)
        | {"planned": result.planned, "splits": splits(result)},
        "target": target_json(result),
        "expected": json_value(result.expected),
        "status": result.status.code,
    } | period_statuses(result)


def target_json(result: Result) -> dict[str, Any] | None:
    """As the plan has it, and the number of one that asks for more than last year."""
    written, target = result.indicator.target, result.target
    if written is None:
        return None
    return aim_json(written) | (aim_json(target) if target else {})


def period_statuses(result: Result) -> dict[str, Any]:
    """Of a target that asks something of each period: each of those begun, held against it."""
    found = [
        {
            "period": one.period.id,
            "value": json_value(one.figure.value),
            "expected": json_value(one.expected),
            "status": one.status.code,
        }
        for one in result.of_periods
        if one.period
    ]
    return {"periods": found} if found else {}


def target_before(before: Mapping[str, Target | None], handle: str) -> dict[str, Any]:
    if handle not in before:
        return {}
    target = before[handle]
    return {"target_before": None if target is None else aim_json(target)}


def figure_json(found: Figure) -> dict[str, Any]:
    """`value` is null where there is none, and `absent` says why; `part` and `whole` where it has them."""
    shown: dict[str, Any] = {"value": json_value(found.value)}
    if found.absent:
        shown["absent"] = found.absent
    if found.whole is not None:
        shown |= {"part": json_value(found.part), "whole": json_value(found.whole)}
    return shown


def base_json(found: Figure) -> dict[str, Any]:
    """The part and the whole of a group, or why it has no figure."""
    return {name: value for name, value in figure_json(found).items() if name != "value"}


def rows_number(result: Result, found: Figure | Group) -> dict[str, Any]:
    """How many rows are behind a figure. Rows about persons may be a small group: it is not published."""
    return {} if isinstance(result, PublishedResult) else {"rows": len(found.rows)}


def splits(result: Result) -> dict[str, list[dict[str, Any]]]:
    """Per column its groups; the value null is *unknown*."""
    return {
        column: [
            {"value": json_value(group.value), "amount": json_value(group.amount)}
            | (base_json(group.figure) if result.measure.is_level else {})
            | rows_number(result, group)
            for group in groups
        ]
        for column, groups in result.to_date.splits
    }


def aim_json(target: Target) -> dict[str, Any]:
    value = getattr(target, target.aim)
    shown = {target.aim: json_value(value)}
    if target.each_period is not None:
        shown["each_period"] = json_value(target.each_period)
    if target.by:
        shown["by"] = {str(period): json_value(amount) for period, amount in target.by.items()}
    return shown


KEYS = ("value", "part", "whole", "absent")


def drifted_figures(kept: Any, evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    """(id, as sent, as computed now) of each figure of the frozen rows that is another; to date."""
    rows = kept.get("indicators") if isinstance(kept, dict) else None
    found = {one.get("id"): one for one in rows or () if isinstance(one, dict)}
    for result in evaluation.results:
        was, now = found.get(result.handle), indicator_json(result)
        if was and (was.get("status"), kept_values(was)) != (now["status"], kept_values(now)):
            yield result.handle, figure_line(was), figure_line(now)


def kept_values(one: Mapping[str, Any]) -> list[Any]:
    figure = one.get("to_date") or {}
    return [figure.get(key) for key in KEYS]


def figure_line(one: Mapping[str, Any]) -> str:
    """`0.803 (248 of 309), met_so_far`"""
    value, part, whole, absent = kept_values(one)
    base = f" ({part} of {whole})" if whole is not None else ""
    return f"{absent if value is None else value}{base}, {one.get('status')}"
