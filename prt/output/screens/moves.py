"""What moved: `1.1.workshops  12 → 13 of 37`, `1.1.positive  79.8% → 80.3%`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prt.figures.moved import Standing
from prt.output.numbers import format_exact, format_figure

Move = tuple[Standing, Standing]


def move_lines(moves: Sequence[Move], width: int = 80) -> list[str]:
    """One line for each target that moved, two where they fit side by side; then the other figures. What
    moved by less than is shown is left out."""
    moves = [(before, now) for before, now in moves if is_visible(before, now)]
    targets = [f"{now.handle}  {describe_move(before, now)}" for before, now in moves if now.indicator.target]
    others = [
        f"{now.handle} {describe_move(before, now)}" for before, now in moves if not now.indicator.target
    ]
    return [*pair_columns(targets, width), *fill_lines("also ", others, width)]


def is_visible(before: Standing, now: Standing) -> bool:
    """Is anything that is shown another now? Where the figure is the same, what it is made of has moved."""
    same = before.value == now.value
    return same or value_text(before) != value_text(now) or before.coming != now.coming


def describe_move(before: Standing, now: Standing) -> str:
    """From what to what, and what is planned beside it where that moved."""
    moved = value_text(before) != value_text(now)
    figure = f"{value_text(before)} → {value_text(now)}" if moved else value_text(now)
    planned = f", {before.coming} planned → {now.coming} planned" if before.coming != now.coming else ""
    return figure + base_text(before, now) + planned


def value_text(one: Standing) -> str:
    if one.value is None:
        return "no data" if one.figure.absent == "no_data" else "not computable"
    return format_figure(one.value, unit(one), "en", one.indicator.target)


def unit(one: Standing) -> str:
    """Percentages show it; hours are called so by their indicator."""
    return "%" if one.indicator.measure.unit == "%" else ""


def base_text(before: Standing, now: Standing) -> str:
    """`of 37` of a target, `of 11` of a population; a share says its parts where only they moved."""
    target, part = now.indicator.target, now.figure.part
    if unit(now) == "%":
        same = before.value == now.value and now.figure.whole is not None and part is not None
        return (
            f", {format_amount(part or Fraction(0))} of {format_amount(now.figure.whole or Fraction(0))}"
            if same
            else ""
        )
    if target and target.lower is not None and not target.due:
        return f" of {format_amount(Fraction(target.lower))}"
    return f" of {format_amount(now.figure.whole)}" if now.figure.whole is not None else ""


def format_amount(value: Fraction) -> str:
    return format_exact(value, "", "en")


def pair_columns(texts: Sequence[str], width: int) -> list[str]:
    """Two texts on a line where both fit into half of it."""
    half = (width - 2) // 2
    lines: list[str] = []
    waiting = ""
    for text in texts:
        if waiting and len(text) <= half - 2 and len(waiting) <= half - 2:
            lines.append(f"  {waiting:<{half - 2}}  {text}")
            waiting = ""
        else:
            lines += [f"  {waiting}"] * bool(waiting)
            waiting = text
    return lines + [f"  {waiting}"] * bool(waiting)


def fill_lines(before: str, texts: Sequence[str], width: int) -> list[str]:
    """Texts one after the other, separated by commas, on lines that fit."""
    lines: list[str] = []
    for number, text in enumerate(texts):
        piece = text + ("," if number < len(texts) - 1 else "")
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append("  " + (before if not lines else " " * len(before)) + piece)
    return lines
