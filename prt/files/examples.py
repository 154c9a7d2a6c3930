"""What the program brings for `prt init` and `prt demo`: a starter, and the tables of a fictional year."""

from __future__ import annotations

import csv
import re
from pathlib import Path

PLAN = "2024-2025.yaml"
"""The real plan. The wheel carries it beside the examples; a checkout has it in plan/."""
FICTIONAL_TITLE = (
    'title: {en: "2024-2025 PRT Action Plan – FICTIONAL demo", '
    'fr: "CSC - Plan d\'Action 2024-2025 – démonstration FICTIVE"}'
)


def example(name: str) -> str:
    """The text of a file of prt/examples."""
    package = Path(__file__).parent.parent
    path = package / "examples" / name
    return (path if path.exists() else package.parent / "plan" / name).read_text(encoding="utf-8")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of prt/examples, each with the cells that are not empty."""
    rows = csv.DictReader(example(f"{name}.csv").splitlines())
    return [{column: cell for column, cell in row.items() if cell} for row in rows]


def fictional_plan() -> str:
    """The plan of 2024-2025, whose title says in both languages that nothing under it is true."""
    lines = [line for line in example(PLAN).splitlines() if not line.startswith("# yaml-language-server")]
    text = "# FICTIONAL / FICTIF: the real plan, and beside it a year that prt demo invented.\n"
    text += "\n".join(lines).lstrip() + "\n"
    return re.sub(r"^title: .*$", lambda _: FICTIONAL_TITLE, text, count=1, flags=re.MULTILINE)
