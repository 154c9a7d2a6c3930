"""Bars and curves as drawings of Word, which stay sharp at any size; where none can be shown there is a text.

Their sentence is the alternative text. The numbers stand beside them as text, so that none is in a drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from prt.output.document.content import Bar
from prt.output.renderers.status_looks import COLOURS, QUIET
from prt.output.renderers.word.word_runs import plain_text
from prt.output.shapes import LABEL, Chart, Point, Shape
from prt.values import NamedTuple

DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006"
WORD_SHAPES = "http://schemas.microsoft.com/office/word/2010"
NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wp="{DRAWINGS}/wordprocessingDrawing" xmlns:a="{DRAWINGS}/main" '
    f'xmlns:wpg="{WORD_SHAPES}/wordprocessingGroup" xmlns:wps="{WORD_SHAPES}/wordprocessingShape"'
)
HALF_POINT = 6350
"""In the units of drawings (EMU)."""
TWIP = 635
BAR_SIZE = (1000, 130)
DOT = 22
NO_LINE = "<a:ln><a:noFill/></a:ln>"
LINES, PAPER, INK = "5F6A75", "FFFFFF", "111111"


class Pen(NamedTuple):
    """The colour of a line, empty for that of the status; its width in half points, and its dashes."""

    colour: str
    width: int = 1
    dash: str = ""


PENS: Mapping[str, Pen] = {
    "axis": Pen(LINES, 1),
    "tick": Pen("C3CAD2", 1),
    "goal": Pen(LINES, 2, "sysDot"),
    "due": Pen(LINES, 2, "sysDash"),
    "now": Pen("", 3),
    "halo": Pen(PAPER, 8),
    "expected": Pen(INK, 3),
}
STRIPES = {"at_risk": "dkVert", "behind": "narVert"}
"""Patterns by which a grey print tells statuses apart."""


def draw_chart(chart: Chart, word: str, width: int, number: int, instead: str) -> str:
    """A curve, or columns, as wide as `width` (twips), but for the names and numbers beside it."""
    size = chart.width - LABEL, chart.height - LABEL + DOT
    drawn = (shape_xml(one, size, COLOURS.get(word, QUIET)) for one in chart.shapes)
    return drawing(drawn, size, chart.says, width, number, instead)


def draw_bar(bar: Bar, word: str, width: int, number: int, instead: str) -> str:
    return drawing(bar_shapes(bar, word), BAR_SIZE, bar.says, width, number, instead)


def bar_shapes(bar: Bar, word: str) -> Iterator[str]:
    """The whole, how far it is filled, the target where it is not the end, and what is expected by now."""
    colour, (wide, high) = COLOURS.get(word, QUIET), BAR_SIZE
    yield box((0, 30), (wide, 100), f"{solid('F3F5F7')}{pen_xml(PENS['axis'])}")
    if full := along(bar.fill):
        yield box((0, 30), (full, 100), f"{fill_xml(colour, word)}{pen_xml(PENS['axis'])}")
    for name, at in (("goal", bar.target), ("halo", bar.expected), ("expected", bar.expected)):
        if at:
            yield line(((along(at), 0), (along(at), high)), BAR_SIZE, PENS[name])


def along(percent: str) -> int:
    """A place on a bar of 100, with one decimal, in its tenths."""
    whole, _, tenth = percent.partition(".")
    return int(whole) * 10 + int(tenth or 0)


def shape_xml(shape: Shape, size: Point, colour: str) -> str:
    """One shape of a chart; its texts stand elsewhere."""
    first, *others = shape.points
    if shape.kind == "text":
        return ""
    if shape.kind == "rect":
        return box(first, others[0], solid(colour) + NO_LINE)
    if shape.kind == "dot":
        x, y = first
        return box((x - DOT, y - DOT), (x + DOT, y + DOT), solid(colour) + NO_LINE, "ellipse")
    pen = PENS[shape.role]
    return line(shape.points, size, pen if pen.colour else pen._replace(colour=colour))


def line(points: Iterable[Point], size: Point, pen: Pen) -> str:
    """A line through some points, of a shape as large as the whole drawing."""
    (x, y), *others = points
    path = f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>'
    path += "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in others)
    wide, high = size
    form = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{high}" fill="none">{path}</a:path></a:pathLst></a:custGeom>'
    )
    return placed((0, 0), size, f"{form}<a:noFill/>{pen_xml(pen)}")


def box(first: Point, last: Point, look: str, form: str = "rect") -> str:
    size = last[0] - first[0], last[1] - first[1]
    return placed(first, size, f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{look}')


def placed(at: Point, size: Point, form: str) -> str:
    place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'
    return f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{place}{form}</wps:spPr><wps:bodyPr/></wps:wsp>"


def pen_xml(pen: Pen) -> str:
    dash = f'<a:prstDash val="{pen.dash}"/>' if pen.dash else ""
    return f'<a:ln w="{pen.width * HALF_POINT}">{solid(pen.colour)}{dash}<a:round/></a:ln>'


def fill_xml(colour: str, word: str) -> str:
    if word not in STRIPES:
        return solid(colour)
    colours = f"<a:fgClr>{srgb(colour)}</a:fgClr><a:bgClr>{srgb(PAPER)}</a:bgClr>"
    return f'<a:pattFill prst="{STRIPES[word]}">{colours}</a:pattFill>'


def solid(colour: str) -> str:
    return f"<a:solidFill>{srgb(colour)}</a:solidFill>"


def srgb(colour: str) -> str:
    return f'<a:srgbClr val="{colour}"/>'


def drawing(shapes: Iterable[str], size: Point, says: str, width: int, number: int, instead: str) -> str:
    """A run with the drawing; a program that knows no groups of shapes shows the text `instead`."""
    extent = f'cx="{width * TWIP}" cy="{width * TWIP * size[1] // size[0]}"'
    place = (
        f'<a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt cx="{size[0]}" cy="{size[1]}"/>'
    )
    group = f"<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{place}</a:xfrm></wpg:grpSpPr>{''.join(shapes)}"
    kind = (
        f'<a:graphicData uri="{WORD_SHAPES}/wordprocessingGroup"><wpg:wgp>{group}</wpg:wgp></a:graphicData>'
    )
    about = f'<wp:docPr id="{number}" name="{number}" descr="{escape(plain_text(says))}"/>'
    inline = f"<wp:extent {extent}/>{about}<wp:cNvGraphicFramePr/><a:graphic>{kind}</a:graphic>"
    drawn = f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{inline}</wp:inline></w:drawing>'
    choices = f'<mc:Choice Requires="wpg">{drawn}</mc:Choice><mc:Fallback><w:t>{instead}</w:t></mc:Fallback>'
    return f"<w:r><mc:AlternateContent {NAMES}>{choices}</mc:AlternateContent></w:r>"
