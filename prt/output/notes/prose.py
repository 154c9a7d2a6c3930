"""What the notes say, place by place, and what of it the first page has room for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from prt.figures.evaluate import Result
from prt.files.notes import HIGHLIGHTS, LEARNED, OUTLOOK, Notes, Section
from prt.model.text import Language
from prt.output.document.content import Block, Prose, Run
from prt.output.words import Words
from prt.text import collapse_spaces, escape_markup
from prt.values import dataclass, replace

FIRST_PAGE = 110
"""Characters of a corrective action that the first page has room for."""
LINE_ROOM = 20
"""Characters for which the end of a line leaves no room, on average."""
SENTENCE = re.compile(r"([.!?…])(?=\s|$)")


def prose(text: str, foreign: Language | None = None) -> Prose:
    """The text in each format; one in a `foreign` language has a mark, such as `[en]`."""
    # 25 ms of markdown-it, where there are notes
    from prt.output.notes.prose_markdown import read_markdown

    return read_markdown(text, foreign)


def shorten_prose(told: Prose) -> Prose:
    """Its first paragraph alone, cut after a sentence, else after a word; itself where it is no longer."""
    whole = collapse_spaces("".join(run.text for run in told.blocks[0].runs)) if told.blocks else ""
    if len(told.blocks) == 1 and len(whole) <= FIRST_PAGE:
        return told
    return replace(plain_prose(cut_text(whole, FIRST_PAGE)), language=told.language)


def cut_text(text: str, room: int) -> str:
    """The first sentences that fit, else the first words and `…`."""
    if len(text) <= room:
        return text
    ends = [found.end(1) for found in SENTENCE.finditer(text[: room + 1])]
    return text[: ends[-1]] if ends else text[:room].rpartition(" ")[0].rstrip(",;: ") + " …"


def first_lines(text: str, room: int) -> str:
    """The lines of a text that fit; the first one is cut where it alone does not."""
    told: list[str] = []
    left = room
    for one in text.strip().splitlines():
        left -= len(one) + LINE_ROOM
        if left < 0:
            break
        told.append(one)
    return "\n".join(told).strip() or cut_text(text.strip().partition("\n")[0], room)


def plain_prose(text: str) -> Prose:
    """A text without any markup."""
    shown = Markup(escape_markup(text))
    html = Markup("<p>{}</p>").format(text)
    return Prose(html, shown, shown, blocks=(Block("paragraph", (Run(text),)),))


def mark_gap(to_do: str, what: str) -> Prose:
    """Something that is to be written still: nobody overlooks it in a draft."""
    marked = Markup(f"**[{escape_markup(to_do)}]** {escape_markup(what)}")
    html = Markup('<p><mark class="gap">[{}] {}</mark></p>').format(escape(to_do), escape(what))
    told = Block("paragraph", (Run(f"[{to_do}] ", strong=True), Run(what)))
    return Prose(html, marked, marked, gap=True, blocks=(told,))


NO_NOTES: Mapping[Language, Notes] = {}


@dataclass(frozen=True)
class Narrative:
    """The notes of one report in its language; what only the other language says is taken, and marked.

    Those of a bilan (`annual`) say of a target also what becomes of it.
    """

    words: Words
    notes: Mapping[Language, Notes]
    draft: bool
    annual: bool = False

    def highlights(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*HIGHLIGHTS)) or self.gap("highlights")

    def first_highlights(self, room: int) -> Prose | None:
        """Their first lines, where they are longer than the first page has room for."""
        whole = self.said(lambda notes: notes.titled(*HIGHLIGHTS))
        first = self.said(lambda notes: first_lines(notes.titled(*HIGHLIGHTS), room))
        return None if first == whole else first

    def outlook(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*OUTLOOK)) or self.gap("outlook")

    def action(self, result: Result) -> Prose | None:
        """The gap and the corrective action of a target, or why it has no data."""
        missing = "silent" if result.status.word == "no_data" else "action"
        return self.explanation(result) or self.gap(missing)

    def follow_up(self, result: Result) -> Prose | None:
        """Whether a target that was not met is pursued, adjusted or dropped."""
        if not self.annual:
            return None
        return self.said(lambda notes: notes.follow_up(result.handle)) or self.gap("follow_up")

    def learned(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*LEARNED)) or self.gap("learned")

    def adjustments(self) -> list[tuple[Section | None, Prose]]:
        """What changes next year, with the heading that names what it is about; a draft says where nothing is
        written.
        """
        for language in self.languages():
            if told := self.notes.get(language, Notes()).adjustments():
                return [
                    (one if one.adjusts else None, prose(text, self.foreign(language))) for one, text in told
                ]
        gap = self.gap("adjustments")
        return [(None, gap)] if gap else []

    def explanation(self, result: Result, *, whole: bool = False) -> Prose | None:
        """Without what becomes of it, where the first page has that beside it, unless all is wanted."""
        where = result.handle, result.line.id, result.volet.id
        apart = self.annual and not whole and result.status.word in ("behind", "at_risk")
        return self.said(lambda notes: (notes.without_follow_ups() if apart else notes).action(*where))

    def remark(self, result: Result) -> Prose | None:
        """What is said under the name of one indicator."""
        return self.said(lambda notes: notes.action(result.handle, "", ""))

    def line(self, line: str) -> Prose | None:
        return self.said(lambda notes: notes.of_line(line))

    def volet(self, volet: str) -> Prose | None:
        return self.said(lambda notes: notes.of_volet(volet))

    def said(self, read: Callable[[Notes], str]) -> Prose | None:
        for language in self.languages():
            if text := read(self.notes.get(language, Notes())):
                return prose(text, self.foreign(language))
        return None

    def languages(self) -> tuple[Language, Language]:
        """The report's own, then the other."""
        return ("en", "fr") if self.words.language == "en" else ("fr", "en")

    def foreign(self, language: Language) -> Language | None:
        return language if language != self.words.language else None

    def gap(self, missing: str) -> Prose | None:
        """What a draft shows where something is to be written; a report that was sent says of a target
        that nothing was."""
        if self.draft:
            return mark_gap(self.words("notes.gap"), self.words(f"notes.missing.{missing}"))
        return prose(self.words(f"notes.none.{missing}")) if missing in ("action", "silent") else None
