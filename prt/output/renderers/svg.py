"""A chart as SVG inside a page: shapes with classes, which the style sheet draws."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from prt.output.shapes import Chart, Point, Shape


def svg(chart: Chart, word: str = "") -> Markup:
    """The picture with its sentence; `word` is the group of the status, which gives the colour."""
    size = f"{tenths(chart.width)} {tenths(chart.height)}"
    head = Markup('<svg class="curve {}" viewBox="0 0 {}" width="{}" height="{}" role="img" aria-label="{}">')
    opened = head.format(word, size, tenths(chart.width), tenths(chart.height), chart.says)
    return Markup("\n").join([opened, *map(draw_shape, chart.shapes), Markup("</svg>")])


def draw_shape(shape: Shape) -> Markup:
    (x, y), *others = shape.points
    if shape.kind == "text":
        text = Markup('<text class="{}" x="{}" y="{}">{}</text>')
        return text.format(shape.role, tenths(x), tenths(y), shape.text)
    if shape.kind == "dot":
        return Markup('<circle class="{}" cx="{}" cy="{}" r="2.5"/>').format(shape.role, tenths(x), tenths(y))
    if shape.kind == "rect":
        right, bottom = others[0]
        rect = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
        return rect.format(shape.role, tenths(x), tenths(y), tenths(right - x), tenths(bottom - y))
    return Markup('<path class="{}" d="M{}"/>').format(shape.role, "".join(path_of(shape.points)))


def path_of(points: tuple[Point, ...]) -> Iterator[str]:
    """`3 50H20V40`: steps are short to write."""
    before: Point | None = None
    for x, y in points:
        if before is None:
            yield f"{tenths(x)} {tenths(y)}"
        elif y == before[1]:
            yield f"H{tenths(x)}"
        elif x == before[0]:
            yield f"V{tenths(y)}"
        else:
            yield f"L{tenths(x)} {tenths(y)}"
        before = x, y


def tenths(number: int) -> str:
    whole, rest = divmod(number, 10)
    return f"{whole}.{rest}" if rest else str(whole)
