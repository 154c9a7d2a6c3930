"""`prt explain`: why a figure is what it is."""

from __future__ import annotations

from prt.tasks.explain_figures import ExplainOptions, explain_figures


def explain(options: ExplainOptions) -> int:
    """Why a figure is what it is: rule, parts, the rows that count and those left out, and its status."""
    return explain_figures(options)
