"""Which indicators somebody names: one by its id, or all of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prt.problems import PrtError, did_you_mean

if TYPE_CHECKING:
    from prt.figures.evaluate import Evaluation, Result


def asked(evaluation: Evaluation, what: str) -> list[Result]:
    """The indicator of that id, or all of a line; none where it looks like the id of a row."""
    found = [one for one in evaluation.results if what in (one.handle, one.line.id)]
    if found or looks_like_row(what):
        return found
    handles = [one.handle for one in evaluation.results]
    short = [handle for handle in handles if handle.endswith(f".{what}")]
    hint = did_you_mean(what, [*handles, *(one.line.id for one in evaluation.results)])
    meant = f"Did you mean {' or '.join(short)}?" if short else hint
    raise PrtError(
        f'"{what}" is no indicator, line or row of {evaluation.plan.year}. {meant}\n'
        "    prt status --all lists the indicators.",
        code=2,
    )


def looks_like_row(what: str) -> bool:
    """`w-20241016-7kq2`"""
    parts = what.split("-")
    return len(parts) >= 3 and parts[-2].isdigit() and len(parts[-2]) == 8
