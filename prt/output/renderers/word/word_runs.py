"""Texts as runs of Word: their style, their language, letters that stand higher; none is more than a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from prt.model.text import ForeignText
from prt.output.numbers import Raised
from prt.values import NamedTuple

UNPRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\ue000\ufeff\ufffe\uffff]"
)
"""What XML cannot hold, control characters, and those that turn the direction of text around."""
MARKUP = re.compile('<(sup)>|<span lang="(..)">|</(?:sup|span)>')
"""What a text of ours has as a page: letters that stand higher, and words in the other language."""


class Piece(NamedTuple):
    """Some words of a text: do they stand higher, and in which language are they, if it is the other one."""

    text: str
    raised: bool
    language: str


def make_run(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    struck: bool = False,
    gap: bool = False,
    link: bool = False,
    colour: str = "",
    language: str = "",
) -> str:
    """Runs of one style; a `gap` is highlighted, ends of lines stay, letters of ours may stand higher."""
    style = "<w:b/>" if bold else ""
    style += "<w:i/>" if italic else ""
    style += "<w:strike/>" if struck else ""
    colour = "0A5A8A" if link else colour
    style += f'<w:color w:val="{colour}"/>' if colour else ""
    style += '<w:highlight w:val="yellow"/>' if gap else ""
    style += '<w:u w:val="single"/>' if link else ""
    return "".join(one_run(one, style, one.language or language) for one in list_pieces(text))


def one_run(piece: Piece, style: str, language: str) -> str:
    style += '<w:vertAlign w:val="superscript"/>' if piece.raised else ""
    style += f'<w:lang w:val="{language}-CA"/>' if language else ""
    lines = plain_text(piece.text).split("\n")
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{said}</w:r>"


def list_pieces(text: str) -> Iterator[Piece]:
    """`n` and `o` of `nº`, which stands higher: of our own words alone, or of the other language."""
    if not isinstance(text, Raised):
        if text:
            yield Piece(text, False, text.language if isinstance(text, ForeignText) else "")
        return
    at, raised, language = 0, False, ""
    for found in MARKUP.finditer(f"{text.html}</span>"):
        if said := text.html[at : found.start()]:
            yield Piece(unescape(said), raised, language)
        raised, language = bool(found[1]), found[2] or (language if raised else "")
        at = found.end()


def plain_text(text: str) -> str:
    return UNPRINTED.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
