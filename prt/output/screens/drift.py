"""Does this prt still compute what another prt computed? The figures kept as they were sent tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from prt.figures.evaluate import Evaluation
from prt.output.status_json import indicator

KEYS = ("value", "part", "whole", "absent")


def drift(kept: Any, evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    """(id, as sent, as computed now) of each figure of the frozen rows that is another; to date."""
    rows = kept.get("indicators") if isinstance(kept, dict) else None
    found = {one.get("id"): one for one in rows or () if isinstance(one, dict)}
    for result in evaluation.results:
        was, now = found.get(result.handle), indicator(result)
        if was and (was.get("status"), seen(was)) != (now["status"], seen(now)):
            yield result.handle, said(was), said(now)


def seen(one: Mapping[str, Any]) -> list[Any]:
    figure = one.get("to_date") or {}
    return [figure.get(key) for key in KEYS]


def said(one: Mapping[str, Any]) -> str:
    """`0.803 (248 of 309), met_so_far`"""
    value, part, whole, absent = seen(one)
    base = f" ({part} of {whole})" if whole is not None else ""
    return f"{absent if value is None else value}{base}, {one.get('status')}"
