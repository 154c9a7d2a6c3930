"""Explanations in one of the formats: of figures as they are, and of those that were sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from prt.console import screen
from prt.output.screens.status import Line
from prt.output.tables import Table, render


class Explained(Protocol):
    """A figure and why it is what it is."""

    def lines(self) -> Iterable[Line]: ...

    def as_table(self) -> Table: ...

    def as_json(self) -> dict[str, Any]: ...


def print_explanations(explanations: Sequence[Explained], how: str) -> None:
    """All of them, in one of the formats; of one alone JSON is no list."""
    if how == "json":
        found = [explanation.as_json() for explanation in explanations]
        print(json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2))
    elif how == "table":
        for number, explanation in enumerate(explanations):
            screen.show([[("", "")], [("", "")]] if number else [])
            screen.show(explanation.lines())
    else:
        for explanation in explanations:
            print(render(explanation.as_table(), how))
