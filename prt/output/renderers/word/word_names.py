"""Names in double braces in a Word file, `{{ title }}`, and what is put in their place.

Word spreads one over several runs as it is typed, so that the texts of a paragraph are read as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from prt.output.renderers.word.word_runs import list_pieces, plain_text

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RAISED = "\ue000"
"""Before and after letters that stand higher, on their way into a paragraph; no text has it."""
NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def list_paragraphs(root: Any) -> Iterator[Any]:
    """Every paragraph that has a name in it: in tables, text boxes and content controls too."""
    return (one for one in list(root.iter(f"{WORD}p")) if NAME.search(text_of(one)))


def own_texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, without those of a text box in it."""
    return [one for one in paragraph.iter(f"{WORD}t") if next(one.iterancestors(f"{WORD}p")) is paragraph]


def text_of(paragraph: Any) -> str:
    return "".join(one.text or "" for one in own_texts(paragraph))


def name_alone(paragraph: Any) -> str:
    """The name that a paragraph consists of; empty where it says more, or none."""
    found = NAME.fullmatch(text_of(paragraph).strip())
    return found[1] if found else ""


def fill_paragraph(paragraph: Any, value: Callable[[str], str | None]) -> None:
    """Each name replaced by its value, in the style in which the name begins; None leaves it as it is."""
    pieces = own_texts(paragraph)
    texts = [one.text or "" for one in pieces]
    for found in reversed(list(NAME.finditer("".join(texts)))):
        said = value(found[1])
        if said is not None:
            put_text(texts, found.start(), found.end(), marked_text(said))
    for one, text in zip(pieces, texts, strict=True):
        if text != (one.text or ""):
            set_text(one, text)


def marked_text(said: str) -> str:
    marks = ("", RAISED)
    pieces = ((plain_text(one.text), marks[one.raised]) for one in list_pieces(said))
    return "".join(f"{mark}{piece}{mark}" for piece, mark in pieces)


def put_text(texts: list[str], start: int, end: int, said: str) -> None:
    """What stands from `start` to `end` of all the texts replaced, in the text where it starts."""
    at = 0
    for number, text in enumerate(texts):
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            texts[number] = text[:first] + (said if start >= at else "") + text[last:]
        at += len(text)


def set_text(piece: Any, text: str) -> None:
    """A piece of text; letters that stand higher have a run of their own, in the style of its run."""
    lead, *others = text.split(RAISED)
    run, later = piece.getparent(), list(piece.itersiblings())
    set_lines(piece, lead)
    for number, part in enumerate(others, 1):
        run.addnext(made := run_like(run, raised=number % 2 == 1))
        made.append(said := piece.makeelement(f"{WORD}t", {}))
        set_lines(said, part)
        run = made
    if others:
        run.extend(later)


def run_like(run: Any, *, raised: bool) -> Any:
    """An empty run in the style of another, its letters raised or not."""
    made, own = run.makeelement(f"{WORD}r", {}), run.find(f"{WORD}rPr")
    style = deepcopy(own) if own is not None else run.makeelement(f"{WORD}rPr", {})
    for one in style.findall(f"{WORD}vertAlign"):
        style.remove(one)
    if raised:
        mark = style.makeelement(f"{WORD}vertAlign", {f"{WORD}val": "superscript"})
        language = style.find(f"{WORD}lang")
        style.append(mark) if language is None else language.addprevious(mark)
    made.append(style)
    return made


def set_lines(piece: Any, text: str) -> None:
    """A piece of text; each end of a line is a break of Word."""
    lead, *others = text.split("\n")
    piece.text = lead
    piece.set(SPACE, "preserve")
    for line in reversed(others):
        more = piece.makeelement(f"{WORD}t", {SPACE: "preserve"})
        more.text = line
        piece.addnext(more)
        piece.addnext(piece.makeelement(f"{WORD}br"))
