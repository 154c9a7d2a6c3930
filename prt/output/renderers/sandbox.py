"""Where templates run: in a sandbox that reaches no file, changes nothing, and stops what does not end.

What a template may use up is counted for each report: calls, turns of its loops, lengths of its texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_join, do_replace, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

CALLS = 2_000_000
"""Macros and words that one report may call; a report of 100,000 rows makes less than half of that."""
RANGES = 100_000
"""Numbers of all ranges together."""
TURNS = 10_000_000
"""Turns of all loops together; a report of 100,000 rows takes less than half of that."""
LONGEST = 100_000
"""Characters of a text that a template puts together with `*`, `+`, `~` or a filter."""
TOO_LONG = f"it makes a text of more than {LONGEST:,} characters"
WHOLE = 400_000_000
"""Characters of a report, and of what its macros and blocks give."""
WIDEST = 1_000
"""A width, an indent, a number of columns."""
BITS = 1_000
"""Bits of a number that a template computes."""
WIDTHS = re.compile(r"%[^a-zA-Z%]*(?:\d{4}|\*)")
PADDING = frozenset(
    {"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "join", "replace"}
    | {"translate", "to_bytes"}
)
"""Methods of texts and numbers that make long texts of short ones."""
UNUSED = ("random", "format")
"""Filters: by chance, and one that `%` does as well."""
WIDE = ("batch", "center", "indent", "slice", "tojson")
"""Filters that take a width or a number of columns."""


class Budget:
    """How much of it one report has used."""

    def __init__(self) -> None:
        self.calls = self.turns = self.numbers = 0

    def call(self) -> None:
        self.calls += 1
        if self.calls > CALLS:
            raise SecurityError(f"it calls macros more than {CALLS:,} times")

    def loop(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, each of them counted."""
        for item in items:
            self.turns += 1
            if self.turns > TURNS:
                raise SecurityError(f"its loops take more than {TURNS:,} turns")
            yield item

    def range(self, *ends: int) -> range:
        numbers = range(*ends)
        self.numbers += len(numbers[: RANGES + 1])
        if self.numbers > RANGES:
            raise SecurityError(f"its ranges have more than {RANGES:,} numbers")
        return numbers


class Sandbox(ImmutableSandboxedEnvironment):
    """Strict: a misspelt name fails. One is made for each report."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, **options
        )
        budget = self.budget = Budget()
        self.safe: dict[tuple[type, str], bool] = {}
        self.globals["range"] = lambda *ends: budget.range(*ends)
        self.globals.pop("lipsum", None)
        self.filters = {name: one for name, one in FILTERS.items() if name not in UNUSED}
        self.filters |= {name: limit_width(FILTERS[name]) for name in WIDE}
        self.filters |= {
            "replace": replace_text,
            "join": join_values,
            "each turn": budget.loop,
            "short text": check_length,
        }

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The hook of Jinja for the pieces of a report, a block or a macro as one text."""
        found = list(pieces)
        if sum(map(len, found)) > WHOLE:
            raise SecurityError(f"it prints more than {WHOLE:,} characters")
        return "".join(found)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The hook of Jinja for what a template is read as: its loops are counted, its texts measured."""
        template = super()._parse(source, name, filename)
        for loop in template.find_all(nodes.For):
            loop.iter = apply_filter(loop.iter, "each turn")
        measure_joins(template)
        return template

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """The hook of Jinja for each `.` of a template. Asked once of a class: its objects are all alike."""
        key = type(obj), attr
        if key not in self.safe:
            padding = attr in PADDING and isinstance(obj, str | bytes | int)
            self.safe[key] = not padding and super().is_safe_attribute(obj, attr, value)
        return self.safe[key]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a `.` gives: a page has some ten thousand, nearly all of classes that were asked before."""
        if self.safe.get((type(obj), attribute)):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: Any) -> None:
        """Jinja would let `format` through in an edition of its own, which takes any width."""

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:
        self.budget.call()
        return super().call(context, called, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("a template has no use for powers")
        if operator == "*":
            check_product(left, right)
        if operator == "%" and isinstance(left, str) and WIDTHS.search(left):
            raise SecurityError(f"it pads a text to more than {WIDEST:,} characters")
        return check_length(super().call_binop(context, operator, left, right))


def apply_filter(value: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


def measure_joins(node: Any) -> Any:
    """The tree with every `~` measured: texts that double soon fill the memory."""
    for field, value in node.iter_fields():
        if isinstance(value, list):
            value[:] = [measure_joins(one) if isinstance(one, nodes.Node) else one for one in value]
        elif isinstance(value, nodes.Node):
            setattr(node, field, measure_joins(value))
    return apply_filter(node, "short text") if isinstance(node, nodes.Concat) else node


def check_product(left: Any, right: Any) -> None:
    for times, what in ((left, right), (right, left)):
        if isinstance(times, int) and hasattr(what, "__len__") and times * len(what) > LONGEST:
            raise SecurityError(f"it repeats a text to more than {LONGEST:,} characters")
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > BITS:
        raise SecurityError("it computes a number of hundreds of digits")


def check_length(value: Any) -> Any:
    if hasattr(value, "__len__") and len(value) > LONGEST:
        raise SecurityError(TOO_LONG)
    return value


def limit_width(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, where it takes no width, indent or number of columns beyond reason."""

    @wraps(function)
    def checked(*args: Any, **named: Any) -> Any:
        if any(isinstance(one, int) and one > WIDEST for one in (*args, *named.values())):
            raise SecurityError(f"it asks a filter for more than {WIDEST:,} columns or characters")
        return function(*args, **named)

    return checked


@pass_eval_context
def replace_text(context: EvalContext, text: str, old: str, new: str) -> str:
    if str(text).count(old) * len(new) > LONGEST:
        raise SecurityError(TOO_LONG)
    made: str = do_replace(context, text, old, new)
    return made


@pass_eval_context
def join_values(
    context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | None = None
) -> str:
    items = list(map(make_attrgetter(context.environment, attribute), values) if attribute else values)
    if sum(len(str(one)) + len(d) for one in items) > LONGEST:
        raise SecurityError(TOO_LONG)
    made: str = do_join(context, items, d)
    return made
