"""A report as JSON: the whole of what it says, numbers as numbers beside their text, dates as ISO dates."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from prt.model.text import ForeignText
from prt.output.document.content import Prose
from prt.output.document.report_document import Report, names_of_fields
from prt.output.numbers import Value
from prt.output.tables import Table
from prt.output.words import Words

SCHEMA = 1
CALLED = {"handle": "id"}


def render_json(report: Report, words: Words, templates: Path | None = None) -> str:
    """Each part has the name of its kind as `type`; shares are fractions of 1; an indicator has its `id`, as
    `prt status --format json` has it. `templates` change nothing of it.
    """
    tree = {"made_by": "prt", "schema": SCHEMA, **tree_of(report)}
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def tree_of(value: Any) -> Any:
    """A part of a report as JSON has it."""
    if isinstance(value, Value):
        return {"text": str(value), "value": amount_of(value.amount), "unit": value.unit}
    if isinstance(value, ForeignText):
        return {"text": str(value), "lang": value.language}
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Fraction):  # which asks abstract classes of all other values
        return amount_of(value)
    if isinstance(value, Prose):
        lang = {"lang": value.language} if value.language else {}
        return {"text": value.text, "gap": value.gap, "blocks": tree_of(value.blocks), **lang}
    if isinstance(value, Table):
        columns = [{"key": one.key, "title": one.title} for one in value.headings]
        return {"columns": columns, "rows": [tree_of(row) for row in value.rows]}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [tree_of(one) for one in value]
    names = getattr(value, "_fields", None) or names_of_fields(value.__class__)[::-1]
    return {
        "type": type(value).__name__,
        **{CALLED.get(name, name): tree_of(getattr(value, name)) for name in names},
    }


def amount_of(amount: Fraction | dt.date | None) -> int | float | str | None:
    """A JSON number, or an ISO date."""
    if isinstance(amount, Fraction):
        return int(amount) if amount.denominator == 1 else float(amount)
    return amount.isoformat() if amount else None
