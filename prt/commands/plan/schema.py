"""`prt plan schema`: the JSON Schema of plan files."""

from __future__ import annotations

from prt.files.plan.schema import plan_schema


def schema() -> None:
    """The JSON Schema of plan files, for the editor's completion and checks."""
    print(plan_schema(), end="")
