"""What moved: `1.1.workshops  12 → 13 of 37`, `1.1.positive  79.8% → 80.3%`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prt.figures.standings import Standing
from prt.files.yaml.words import read_topic
from prt.model.text import Language
from prt.output.numbers import format_exact, format_figure

Move = tuple[Standing, Standing]
WIDTH = 80


def move_lines(moves: Sequence[Move], language: Language) -> list[str]:
    """One line for each target that moved, two where they fit side by side; then the other figures. What
    moved by less than is shown is left out."""
    moves = [(before, now) for before, now in moves if is_visible(before, now)]
    colon = say(language, "colon")
    told = [(now.indicator.target, now.handle, describe_move(old, now, language)) for old, now in moves]
    targets = [f"{name}{colon}{text}" for target, name, text in told if target]
    others = [f"{name} {text}" for target, name, text in told if not target]
    before = f"{say(language, 'also')} " if targets else ""
    return [*pair_columns(targets, WIDTH), *fill_lines(before, others, WIDTH)]


def is_visible(before: Standing, now: Standing) -> bool:
    """Is anything that is shown another now? Where the figure is the same, what it is made of has moved.

    That nothing became a figure that cannot be computed is no news.
    """
    if now.value is None and not before.value and before.coming == now.coming:
        return False
    same = before.value == now.value
    return same or value_text(before) != value_text(now) or before.coming != now.coming


def describe_move(before: Standing, now: Standing, language: Language = "en") -> str:
    """From what to what, and what is planned beside it where that moved."""
    old, new = value_text(before, language), value_text(now, language)
    figure = f"{old} → {new}" if old != new else new
    word = say(language, "planned")
    planned = f", {before.coming} {word} → {now.coming} {word}" if before.coming != now.coming else ""
    return figure + base_text(before, now, language) + planned


def say(language: Language, word: str) -> str:
    return read_topic("moved")[f"moved.{word}.{language}"]


def value_text(one: Standing, language: Language = "en") -> str:
    if one.value is None:
        return say(language, "no_data" if one.figure.absent == "no_data" else "not_computable")
    return format_figure(one.value, unit(one), language, one.indicator.target)


def unit(one: Standing) -> str:
    """Percentages show it; hours are called so by their indicator."""
    return "%" if one.indicator.measure.is_percentage else ""


def base_text(before: Standing, now: Standing, language: Language) -> str:
    """`of 37` of a target, `of 11` of a population; a share says its parts where only they moved."""
    if now.value is None:
        return ""
    target, part, of = now.indicator.target, now.figure.part, say(language, "of")
    if now.indicator.measure.is_level:
        is_part = part is not None and now.indicator.measure.base_word == "of"
        same = before.value == now.value and now.figure.whole is not None and is_part
        return (
            f", {format_amount(part or Fraction(0), language)} {of}"
            f" {format_amount(now.figure.whole or Fraction(0), language)}"
            if same
            else ""
        )
    if target and target.lower is not None and not target.due:
        return f" {of} {format_amount(Fraction(target.lower), language)}"
    return f" {of} {format_amount(now.figure.whole, language)}" if now.figure.whole is not None else ""


def format_amount(value: Fraction, language: Language) -> str:
    return format_exact(value, "", language)


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
