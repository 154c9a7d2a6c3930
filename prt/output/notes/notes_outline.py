"""The skeleton of the notes: headings, and under each a comment with what a writer needs to know.

A comment is never printed. What stands in the file is never changed: headings that are missing are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prt.figures.evaluate import Result
from prt.files.notes import (
    FOLLOW_UP,
    GAPS,
    HIGHLIGHTS,
    LEARNED,
    OUTLOOK,
    REMARKS,
    Section,
    is_of_adjustments,
    read_sections,
)
from prt.model.rows import Row
from prt.output.listings import capital
from prt.output.numbers import day_text
from prt.output.report.results import Figures
from prt.output.words import Words
from prt.text import fold_text, one_line
from prt.values import dataclass

NEEDS_WORDS = ("behind", "at_risk", "no_data")


@dataclass(frozen=True)
class WantedHeading:
    """A heading that the notes should have. `names` are its titles, folded; `about` a target instead, or the
    one that a heading with `names` stands under. One with neither is of what changes next year.
    """

    level: int
    title: str
    comment: str
    names: tuple[str, ...] = ()
    about: str = ""

    def is_it(self, section: Section) -> bool:
        if self.about:
            return self.about == section.follows if self.names else is_target(section, self.about)
        return fold_text(section.title) in self.names if self.names else is_of_adjustments(section.title)

    @property
    def text(self) -> str:
        return f"{'#' * self.level} {self.title}\n\n<!-- {self.comment} -->\n"


def wanted_headings(figures: Figures, coming: Sequence[Row], annual: bool = False) -> Iterator[WantedHeading]:
    """All headings in their order; those of a bilan ask what was learned, not what is to come."""
    words, plan = figures.words, figures.evaluation.plan
    yield WantedHeading(2, words("notes.highlights"), words("notes.ask.highlights"), HIGHLIGHTS)
    yield WantedHeading(2, words("notes.gaps"), words("notes.ask.gaps"), GAPS)
    for result in figures.evaluation.targets():
        if result.status.word in NEEDS_WORDS:
            title = f"{result.handle} – {capital(result.indicator.label.to(words.language))}"
            yield WantedHeading(
                3, plain_line(title), plain_line(describe_standing(figures, result)), about=result.handle
            )
            if annual:
                title, asked = words("notes.follow_up"), words("notes.ask.follow_up")
                yield WantedHeading(4, title, asked, FOLLOW_UP, result.handle)
    if annual:
        yield WantedHeading(2, words("notes.learned"), words("notes.ask.learned"), LEARNED)
        asked = words("notes.ask.adjustments", id=figures.evaluation.results[0].handle)
        yield WantedHeading(2, words("notes.adjustments", year=plan.year_later(1)), plain_line(asked))
    else:
        yield WantedHeading(2, words("notes.outlook"), "\n".join(coming_sessions(words, coming)), OUTLOOK)
    first = plan.volets[0]
    said = words("notes.ask.remarks", line=first.lines[0].id, volet=first.id)
    yield WantedHeading(2, words("notes.remarks"), plain_line(said), REMARKS)


def describe_standing(figures: Figures, result: Result) -> str:
    """`behind; to date 1, expected by now 3, target 5`"""
    parts = {
        "status": capital(figures.status(result)),
        "figure": figures.one_text(figures.cell(result.measure, result.to_date, result.target)),
        "target": figures.aim_told(result),
    }
    if expected := figures.expected(result):
        return figures.words("notes.ask.target_expected", expected=expected, **parts)
    return figures.words("notes.ask.target", **parts)


def coming_sessions(words: Words, coming: Sequence[Row]) -> Iterator[str]:
    yield words("notes.ask.outlook" if coming else "notes.ask.no_outlook")
    for row in coming:
        day = day_text(row["date"], words.language)
        yield "- " + plain_line(words("notes.ask.session", day=day, line=row["line"], title=row["title"]))


def plain_line(text: str) -> str:
    """Text that ends no comment and begins no heading."""
    return one_line(text.replace("--", "––"))


def add_headings(text: str, wanted: list[WantedHeading], head: str) -> tuple[str, list[WantedHeading]]:
    """The notes with the headings they miss, and which these are; what is there stays as it is."""
    newline = "\r\n" if "\r\n" in text else "\n"
    text, added = text or f"<!-- {plain_line(head)} -->\n", list[WantedHeading]()
    for one in wanted:
        found = read_sections(text).sections
        if not any(map(one.is_it, found)):
            text = with_heading(text, one.text.replace("\n", newline), heading_place(found, one), newline)
            added.append(one)
    return text, added


def heading_place(found: tuple[Section, ...], new: WantedHeading) -> int:
    """The number of the line before which a heading is put; 0 is the end.

    A target comes last among the gaps, what becomes of it last below the target; both are there.
    """
    if not new.about:
        return 0
    at = next(place for place, one in enumerate(found) if is_above(one, new))
    return next((one.line for one in found[at + 1 :] if one.level <= found[at].level), 0)


def is_above(section: Section, new: WantedHeading) -> bool:
    return is_target(section, new.about) if new.names else fold_text(section.title) in GAPS


def is_target(section: Section, about: str) -> bool:
    return section.about == about and not section.adjusts


def with_heading(text: str, heading: str, line: int, newline: str) -> str:
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    before = "".join(lines[: line - 1] if line else lines)
    after = "".join(lines[line - 1 :]) if line else ""
    if not before.endswith(("\n", "\r")):
        before += newline
    if not before.endswith((2 * newline, 2 * "\r")):
        before += newline
    return before + heading + (newline + after if after else "")
