"""`.prt/undo.jsonl`: what this laptop did last, as ids and check marks, without a value; git ignores it.

A line is one step; the steps of one command have the same `action`, and `prt undo` takes them back together.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prt.files.disk import write_atomic
from prt.model.provenance import PRIVATE

Step = dict[str, Any]


def marks(log: str, row: Mapping[str, str]) -> dict[str, str]:
    """A mark for each cell that is not empty, by which a later change is seen; none of a name.

    A spreadsheet that saves 1.25 as 1,25 has changed nothing.
    """
    if log in PRIVATE:
        return {}
    return {name: mark(text) for name, text in row.items() if text.strip()}


def mark(text: str) -> str:
    return f"{zlib.crc32(text.strip().replace(',', '.').encode(errors='surrogatepass')):08x}"


def remember(root: Path, step: Step) -> None:
    """Add a step. Losing one in a power cut loses a way back, not a row: it is not waited for."""
    with path_of(root).open("a", encoding="utf-8") as file:
        file.write(json.dumps(step) + "\n")


def last_action(root: Path) -> list[Step]:
    """The steps of the last action, in the order in which they were done; empty where there is none."""
    steps = read(root)
    return [step for step in steps if step["action"] == steps[-1]["action"]]


def forget_last(root: Path) -> None:
    steps = read(root)
    kept = [step for step in steps if step["action"] != steps[-1]["action"]]
    write_atomic(path_of(root), "".join(json.dumps(step) + "\n" for step in kept).encode())


def read(root: Path) -> list[Step]:
    """All steps; a line that a crash cut is passed over."""
    try:
        lines = path_of(root).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [step for step in map(step_of, lines) if step]


def step_of(line: str) -> Step | None:
    try:
        step = json.loads(line)
    except ValueError:
        return None
    return step if isinstance(step, dict) and "action" in step else None


def path_of(root: Path) -> Path:
    return root / ".prt" / "undo.jsonl"
