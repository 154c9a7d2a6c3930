"""The narrative of a report: Markdown in sections, found by the indicator, line or volet in their headings.

`### 1.3a.workshops` under *Gaps and corrective actions* is the corrective action of that target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prt.model.text import folded

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r"\s{0,3}(```|~~~)")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
GAPS = ("ecarts et mesures correctives", "gaps and corrective actions")


@dataclass(frozen=True)
class Section:
    """One heading with the Markdown under it, up to the next; `above` are the headings it stands under."""

    level: int
    title: str
    above: tuple[str, ...]
    text: str

    @property
    def said(self) -> bool:
        """Does it say anything? A prompt in a comment, or an ellipsis, is nothing."""
        return any(letter.isalnum() for letter in self.text)

    @property
    def about(self) -> str:
        """What the heading names: `1.3a.workshops – Family workshops` is about `1.3a.workshops`."""
        words = self.title.split()
        named = words[1:2] if len(words) > 1 and folded(words[0]) == "volet" else words[:1]
        return "".join(named).rstrip(":")

    @property
    def corrects(self) -> bool:
        return any(folded(title) in GAPS for title in self.above)


@dataclass(frozen=True)
class Notes:
    """The notes for one report in one language; without a file there are no sections."""

    sections: tuple[Section, ...] = ()

    def action(self, handle: str, line: str, volet: str) -> str:
        """The corrective action or explanation of a target: its own, else that of its line, of its volet."""
        named = [one for one in self.sections if one.about == handle and one.said]
        named += [
            one
            for wanted in (line, volet)
            for one in self.sections
            if one.about == wanted and one.corrects and one.said
        ]
        return named[0].text if named else ""

    def titled(self, *titles: str) -> str:
        """The text under the first heading that is one of these, such as Highlights, Faits saillants."""
        wanted = {folded(title) for title in titles}
        return next((one.text for one in self.sections if folded(one.title) in wanted and one.said), "")


def read_sections(markdown: str) -> Notes:
    """The sections of a text; comments are left out, and a heading inside a code block is none."""
    return Notes(tuple(sections(COMMENT.sub("", markdown))))


def sections(markdown: str) -> Iterator[Section]:
    above: list[tuple[int, str]] = []
    level, title, lines, fenced = 0, "", list[str](), False
    for line in markdown.splitlines():
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield section(level, title, above, lines)
        above = [one for one in above if one[0] < len(heading[1])]
        level, title, lines = len(heading[1]), heading[2], []
        above.append((level, title))
    yield section(level, title, above, lines)


def section(level: int, title: str, above: list[tuple[int, str]], lines: list[str]) -> Section:
    over = tuple(name for depth, name in above if depth < level)
    return Section(level, title, over, "\n".join(lines).strip())
