"""Where templates run: in a sandbox that reaches no file, changes nothing, and stops what does not end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

CALLS = 2_000_000
"""Macros and words that one report may call; a report of 100,000 rows makes less than half of that."""
TURNS = 100_000
"""Turns of all loops over `range` together."""
LONGEST = 100_000
"""Of a text that `*` repeats."""


class Counted(Sequence[int]):
    """A range whose turns are counted, each time that it is gone through."""

    def __init__(self, numbers: range, budget: Budget) -> None:
        self.numbers = numbers
        self.budget = budget

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: Any) -> Any:
        return self.numbers[place]

    def __iter__(self) -> Iterator[int]:
        for number in self.numbers:
            self.budget.turn()
            yield number


class Budget:
    """How much of it one report has used."""

    def __init__(self) -> None:
        self.calls = self.turns = 0

    def call(self) -> None:
        self.calls += 1
        if self.calls > CALLS:
            raise SecurityError(f"it calls macros more than {CALLS:,} times")

    def turn(self) -> None:
        self.turns += 1
        if self.turns > TURNS:
            raise SecurityError(f"its loops over range take more than {TURNS:,} turns")


class Sandbox(ImmutableSandboxedEnvironment):
    """Strict: a misspelt name fails. One is made for each report."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, **options
        )
        self.budget = Budget()
        self.globals["range"] = lambda *ends: Counted(range(*ends), self.budget)
        self.globals.pop("lipsum", None)

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:
        self.budget.call()
        return super().call(context, called, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("a template has no use for powers")
        for times, what in ((left, right), (right, left)):
            if isinstance(times, int) and hasattr(what, "__len__") and times * len(what) > LONGEST:
                raise SecurityError(f"it repeats a text to more than {LONGEST:,} characters")
        return super().call_binop(context, operator, left, right)
