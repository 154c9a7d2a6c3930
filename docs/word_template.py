"""The Word file that reports are made from, as it was first made: `python -m docs.word_template`.

It is an ordinary Word file: whoever restyles it in Word needs nothing of this. Made again it is as here.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Inches, Pt, RGBColor

from prt.files.templates import WORD_TEMPLATE
from prt.files.workbook.package import repack
from prt.files.yaml.words import shipped_templates
from prt.output.renderers.word.word_xml import NAMESPACES

FONT, INK, SOFT, MARK = "Arial", "1B2733", "55606B", "5C4300"
SMALL = Pt(8.5)
CELLS = {
    "prt Cellule": (8, INK, False),
    "prt Nombre": (8, INK, False),
    "prt Base": (7, SOFT, False),
    "prt Texte du plan": (7, SOFT, True),
    "prt État": (8, INK, False),
    "prt En-tête": (8, INK, False),
    "prt Détail": (7, SOFT, False),
    "prt Barre": (6.5, SOFT, False),
    "prt Point": (8, INK, False),
}
"""Size in points, colour, italic."""
CONTENTS = {"TOC Heading": 0, "toc 1": 0, "toc 2": 0.6, "toc 3": 1.2}
"""The styles of the contents, and how far each is indented, in centimetres."""
RIGHT = ("prt Nombre", "prt Base")
KEPT = {
    *("Normal", "Header", "Footer", "Title", "Subtitle", "Caption", "Quote", "Table Grid"),
    *("Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", "List Bullet 3"),
    *("List Number", "List Number 2", "List Number 3", "Default Paragraph Font", "Normal Table", "No List"),
}
HEADINGS = {
    "Title": (16, 0, 1),
    "Heading 1": (13, 8, 3),
    "Heading 2": (10.5, 6, 2),
    "Heading 3": (10, 6, 2),
}
"""Size, space before and after, in points."""
TABLE = f"""<w:style {NAMESPACES} w:type="table" w:customStyle="1" w:styleId="prtTableau">
<w:name w:val="prt Tableau"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="8A949E"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="8A949E"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D0D8"/></w:tblBorders>
<w:tblCellMar><w:top w:w="16" w:type="dxa"/><w:left w:w="55" w:type="dxa"/><w:bottom w:w="16" w:type="dxa"/>
<w:right w:w="55" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/></w:tcPr>
</w:tblStylePr></w:style>"""
EDGE = """<w:tbl {names}><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>
<w:tr>{cells}</w:tr></w:tbl>"""
EDGE_CELL = '<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{runs}</w:p></w:tc>'
FIELD = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
BODY = (
    "brief",
    "contents",
    "results",
    "outlook",
    "revised",
    "amendments",
    "annexes",
    "method",
    "acronyms",
    "signatures",
)


def make_template() -> bytes:
    document = Document()
    restyle(document)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.3)
    section.header_distance = section.footer_distance = Cm(0.6)
    fill_edge(
        section.header,
        [(3300, "", text("{{ title }} · {{ name }}")), (1700, "right", bold("{{ draft }}{{ sent }}"))],
    )
    number = FIELD.format("PAGE") + text(" / ") + FIELD.format("NUMPAGES")
    fill_edge(
        section.footer,
        [(2150, "", text("{{ team }}")), (2350, "", text("{{ cut_off }}")), (500, "right", number)],
    )
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ name }} · {{ period }}", style="Subtitle")
    for name in ("cover", *BODY):
        document.add_paragraph(f"{{{{ {name} }}}}")
    about, day = document.core_properties, dt.datetime(2000, 1, 1)
    about.title, about.author, about.comments = "prt", "prt", ""
    about.created = about.modified = day
    for name, part in [(name, one) for name, one in document.part.package.main_document_part.rels.items()]:
        if part.reltype.endswith(("stylesWithEffects", "customXml")):
            del document.part.rels[name]
    for name, part in list(document.part.package.rels.items()):
        if part.reltype.endswith("thumbnail"):
            del document.part.package.rels[name]
    packed = io.BytesIO()
    document.save(packed)
    return repack(packed.getvalue())


def restyle(document: Any) -> None:
    styles = document.styles
    for one in list(styles):
        if one.name not in KEPT:
            one.delete()
    for found in list(styles.element.iter(qn("w:link"))):
        found.getparent().remove(found)
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
    normal = styles["Normal"]
    normal.font.size, normal.font.name = Pt(9.5), FONT
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.05
    for name, (size, before, after) in HEADINGS.items():
        style = styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, RGBColor.from_string(INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)
    for spacing in list(styles["Subtitle"].element.rPr.findall(qn("w:spacing"))):
        spacing.getparent().remove(spacing)
    for name in ("Subtitle", "Caption", "Header", "Footer", "Quote"):
        style = styles[name]
        style.font.color.rgb, style.font.italic = RGBColor.from_string(SOFT), name == "Quote"
        style.font.size = Pt(11) if name == "Subtitle" else Pt(9) if name in ("Caption", "Quote") else SMALL
    styles["Caption"].paragraph_format.space_before = Pt(6)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, (points, colour, italic) in CELLS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["List Bullet"] if name == "prt Point" else normal, True
        style.font.size, style.font.italic = Pt(points), italic
        style.font.color.rgb = RGBColor.from_string(colour)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = 1.0
        if name in RIGHT:
            form.alignment = 2
        if name == "prt Barre":
            style.font.name = "Consolas"
    for name, indent in CONTENTS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(8.5)
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(indent), Pt(1)
        style.font.bold = indent == 0
    styles["TOC Heading"].font.size = Pt(HEADINGS["Heading 1"][0])
    styles["TOC Heading"].paragraph_format.page_break_before = True
    styles.element.append(parse_xml(TABLE))


def text(said: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>'


def bold(said: str) -> str:
    return f'<w:r><w:rPr><w:b/><w:color w:val="{MARK}"/></w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def fill_edge(edge: Any, cells: list[tuple[int, str, str]]) -> None:
    """A table as wide as the lines, so that it fits pages in landscape as well."""
    style = "Header" if edge.__class__.__name__ == "_Header" else "Footer"
    made = "".join(
        EDGE_CELL.format(share=share, style=style, side=f'<w:jc w:val="{side}"/>' if side else "", runs=runs)
        for share, side, runs in cells
    )
    grid = "".join(f'<w:gridCol w:w="{share * 2}"/>' for share, _, _ in cells)
    edge.is_linked_to_previous = False
    edge._element.insert(0, parse_xml(EDGE.format(names=NAMESPACES, grid=grid, cells=made)))
    (last,) = edge.paragraphs
    last.paragraph_format.space_after = last.paragraph_format.space_before = Pt(0)
    last.paragraph_format.line_spacing = Pt(4)


if __name__ == "__main__":
    (shipped_templates() / WORD_TEMPLATE).write_bytes(make_template())
