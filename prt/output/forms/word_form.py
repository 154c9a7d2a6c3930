"""A Word file of somebody else, filled in: only parts that have a name change, and in them only the names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from prt.files.workbook.package import repack
from prt.output.forms.form_names import FormNames
from prt.output.renderers.word.word_names import (
    NAME,
    WORD,
    fill_paragraph,
    list_paragraphs,
    name_alone,
    text_of,
)

FILLED = re.compile(r"word/(?:document|(?:header|footer)\d*|footnotes|endnotes)\.xml")
ONCE = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "sectPr")
"""What stands once in a file: of a paragraph that becomes several, in the last."""


def word_form_names(raw: bytes) -> Iterator[str]:
    for _, root in word_parts(raw):
        for paragraph in list_paragraphs(root):
            yield from NAME.findall(text_of(paragraph))


def fill_word_form(raw: bytes, names: FormNames) -> bytes:
    """The file with the names that are known replaced, each in the style in which it begins."""
    changed: dict[str, bytes] = {}
    for part, root in word_parts(raw):
        paragraphs = list(list_paragraphs(root))
        for paragraph in paragraphs:
            fill_form_paragraph(paragraph, names)
        if paragraphs:
            changed[part] = serialize_part_xml(root)
    return repack(raw, changed)


def word_parts(raw: bytes) -> Iterator[tuple[str, Any]]:
    """The parts of the file that people read, as trees."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in package.namelist():
            if FILLED.fullmatch(name):
                yield name, parse_xml(package.read(name))


def fill_form_paragraph(paragraph: Any, names: FormNames) -> None:
    """A name alone may become several paragraphs."""
    alone = names.find(name_alone(paragraph))
    lines = alone.text.split("\n") if alone else []
    for line in lines[:-1]:
        copied = deepcopy(paragraph)
        for kind in ONCE:
            for one in list(copied.iter(f"{WORD}{kind}")):
                one.getparent().remove(one)
        for name in [name for name in copied.attrib if name.endswith(("}paraId", "}textId"))]:
            del copied.attrib[name]
        fill_paragraph(copied, constant_text(line))
        paragraph.addprevious(copied)
    if lines:
        return fill_paragraph(paragraph, constant_text(lines[-1]))

    def value(name: str) -> str | None:
        found = names.find(name)
        return found.text if found else None

    return fill_paragraph(paragraph, value)


def constant_text(text: str) -> Callable[[str], str]:
    return lambda _: text
