"""Where the notes of a report are, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from prt.files.csv.dialect import MARKS, codec, decode, error_handler
from prt.files.merging.mark_lines import merge_problems
from prt.files.outputs import write_own_file
from prt.files.project import Project
from prt.files.rooms import notes_path
from prt.files.store.disk import is_file
from prt.model.text import Language
from prt.problems import PrtError
from prt.text import compile_later, fold_text
from prt.values import dataclass


def read_markdown(project: Project, path: Path) -> tuple[str, str]:
    """The Markdown of a file and its encoding; nothing where there is no file."""
    return decode(project.cache.read_bytes(path)) if is_file(path) else ("", "utf-8")


def write_markdown(project: Project, path: Path, text: str, encoding: str) -> None:
    """The file with a text that keeps its encoding, or is UTF-8 where it cannot."""
    mark, name = MARKS.get(encoding, b""), codec(encoding)
    try:
        data = mark + text.encode(name, error_handler(encoding))
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogateescape")
    write_own_file(project, path, data)


def read_notes(project: Project, folder: Path, report: str, language: Language) -> Notes:
    """The notes of one report; none where there is no file. PrtError where git left two versions of them."""
    path = notes_path(folder, report, language)
    text = read_markdown(project, path)[0]
    if wrong := list(merge_problems(text, path.relative_to(folder.parent.parent).as_posix())):
        raise PrtError(*wrong)
    return read_sections(text)


HEADING = compile_later(r"(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = compile_later(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
"""The first line of a code block; after backticks stands no other backtick."""
FENCE_END = compile_later(r" {0,3}(`{3,}|~{3,})[ \t]*$")
COMMENT = compile_later(r"<!--.*?(?:-->|\Z)", re.DOTALL)
GAPS = ("ecarts et mesures correctives", "gaps and corrective actions")
HIGHLIGHTS = ("faits saillants", "highlights")
OUTLOOK = ("perspectives", "outlook")
REMARKS = ("volets et lignes", "volets and lines")
LEARNED = ("ce que nous avons appris", "what we learned")
FOLLOW_UP = ("suite", "what becomes of it")
"""Under a target that was not met at the end of the year: pursued, adjusted or dropped."""
ADJUSTMENTS = ("ajustements", "adjustments")
"""How the heading of what changes next year begins; after it stands the year."""
KNOWN = (*GAPS, *HIGHLIGHTS, *OUTLOOK, *REMARKS, *LEARNED)
"""The headings of the notes, in both languages and folded."""


@dataclass(frozen=True)
class Section:
    """One heading with the Markdown under it, up to the next; `above` are the headings it stands under.

    `line` is that of the heading in its file; 0 is what stands before the first.
    """

    level: int
    title: str
    above: tuple[str, ...]
    text: str
    line: int = 0

    @property
    def said(self) -> bool:
        """Does it say anything? A prompt in a comment, or an ellipsis, is nothing."""
        return any(letter.isalnum() for letter in self.text)

    @property
    def about(self) -> str:
        """What the heading names: `1.3a.workshops – Family workshops` is about `1.3a.workshops`."""
        return named_in(self.title)

    @property
    def is_volet(self) -> bool:
        """Is it about a volet? `Volet 1.1` is, `1.1` is about the line of that name."""
        return fold_text(self.title).startswith("volet ")

    @property
    def corrects(self) -> bool:
        return any(fold_text(title) in GAPS for title in self.above)

    @property
    def adjusts(self) -> bool:
        """Does it stand below what changes next year?"""
        return any(map(is_of_adjustments, self.above))

    @property
    def tells_changes(self) -> bool:
        """Is it the heading of what changes next year, or of the outlook?"""
        return is_of_adjustments(self.title) or fold_text(self.title) in OUTLOOK

    @property
    def follows(self) -> str:
        """The target of which it says what becomes of it: the one that its heading stands under."""
        if self.adjusts or not self.above or fold_text(self.title) not in FOLLOW_UP:
            return ""
        return named_in(self.above[-1])


def named_in(title: str) -> str:
    words = title.split()
    named = words[1:2] if len(words) > 1 and fold_text(words[0]) == "volet" else words[:1]
    return "".join(named).rstrip(":")


def is_of_adjustments(title: str) -> bool:
    return fold_text(title).startswith(ADJUSTMENTS)


@dataclass(frozen=True)
class Notes:
    """The notes for one report in one language; without a file there are no sections.

    `unclosed` are the lines of code blocks that never end; they are read as other text.
    """

    sections: tuple[Section, ...] = ()
    unclosed: tuple[int, ...] = ()

    def action(self, handle: str, line: str, volet: str) -> str:
        """The corrective action or explanation of a target: its own, else that of its line, of its volet."""
        named = [one for one in self.sections if one.about == handle and not one.adjusts and self.said(one)]
        named += [
            one
            for wanted in (line, volet)
            for one in self.sections
            if one.about == wanted and one.corrects and self.said(one)
        ]
        return self.whole(named[0]) if named else ""

    def follow_up(self, handle: str) -> str:
        """What becomes of a target that was not met."""
        return next((one.text for one in self.sections if one.follows == handle and one.said), "")

    def without_follow_ups(self) -> Notes:
        """The notes without follow-ups, for a report that prints these apart."""
        return Notes(tuple(one for one in self.sections if not one.follows), self.unclosed)

    def adjustments(self) -> list[tuple[Section, str]]:
        """What changes next year: first what names no indicator, line or volet, as an outlook does not, then
        each of those that are named.
        """
        heads = [one for one in self.sections if one.tells_changes]
        named = [one for one in self.sections if one.adjusts and (one.about[:1].isdigit() or one.is_volet)]
        return [(one, self.whole(one)) for one in (*heads, *named) if self.said(one)]

    def titled(self, *titles: str) -> str:
        """The text under the first heading that is one of these, such as Highlights, Faits saillants."""
        wanted = {fold_text(title) for title in titles}
        found = (
            self.whole(one) for one in self.sections if fold_text(one.title) in wanted and self.said(one)
        )
        return next(found, "")

    def of_line(self, line: str) -> str:
        """What is told of a line, beside its figures."""
        return self.told(line, is_volet=False)

    def of_volet(self, volet: str) -> str:
        return self.told(volet, is_volet=True)

    def told(self, about: str, is_volet: bool) -> str:
        for one in self.sections:
            where = one.about, one.is_volet, one.corrects or one.adjusts
            if where == (about, is_volet, False) and self.said(one):
                return self.whole(one)
        return ""

    def said(self, section: Section) -> bool:
        return section.said or any(one.said for one in self.within(section))

    def whole(self, section: Section) -> str:
        """The text of a section with that under the smaller headings in it."""
        found = [section.text]
        for one in self.within(section):
            found += [f"**{one.title}**", one.text]
        return "\n\n".join(text for text in found if text)

    def within(self, section: Section) -> Iterator[Section]:
        """The sections under a heading, up to the next of its level; a target, line or volet is no part."""
        for one in self.sections[self.sections.index(section) + 1 :]:
            if one.level <= section.level or one.about[:1].isdigit() or one.is_volet:
                return
            yield one

    def placed_nowhere(self, names: Collection[str]) -> list[Section]:
        """Sections that say something and that no report would print.

        `names` are the plan's indicators, lines and volets.
        """
        places = [
            one
            for one in self.sections
            if fold_text(one.title) in KNOWN or is_of_adjustments(one.title) or one.about in names
        ]
        printed = [one for one in places if fold_text(one.title) not in (*GAPS, *REMARKS)]
        taken = {id(one) for place in printed for one in (place, *self.within(place))}
        return [one for one in self.sections if one.said and id(one) not in taken]


def read_sections(markdown: str) -> Notes:
    """The sections of a text; comments are left out, and a heading inside a code block is none."""
    lines = re.split("\r\n|\r|\n", COMMENT.sub(blank_lines, markdown))
    fenced, unclosed = fences(lines)
    return Notes(tuple(sections(lines, fenced)), tuple(unclosed))


def fences(lines: Sequence[str]) -> tuple[set[int], list[int]]:
    """The numbers of the lines in code blocks, and of the first lines of those that never end."""
    fenced, unclosed, endless = set[int](), list[int](), dict[str, int]()
    for number, line in enumerate(lines, 1):
        opened = None if number in fenced else FENCE.match(line)
        if opened is None:
            continue
        mark = opened[1] or opened[2]
        if len(mark) >= endless.get(mark[0], len(mark) + 1):
            end = None
        else:
            end = next((at for at, one in enumerate(lines[number:], number + 1) if closes(one, mark)), None)
        if end:
            fenced.update(range(number, end + 1))
        else:
            endless[mark[0]] = min(len(mark), endless.get(mark[0], len(mark)))
            unclosed.append(number)
    return fenced, unclosed


def closes(line: str, mark: str) -> bool:
    found = FENCE_END.match(line)
    return found is not None and found[1].startswith(mark)


def blank_lines(comment: re.Match[str]) -> str:
    """As many ends of lines as the comment has, so that lines keep their numbers."""
    return "\n" * comment[0].count("\n")


def sections(text: Sequence[str], fenced: Collection[int]) -> Iterator[Section]:
    above: list[tuple[int, str]] = []
    level, title, start, lines = 0, "", 0, list[str]()
    for number, line in enumerate(text, 1):
        heading = None if number in fenced else HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        yield section(level, title, above, lines, start)
        above = [one for one in above if one[0] < len(heading[1])]
        level, title, start, lines = len(heading[1]), heading[2], number, []
        above.append((level, title))
    yield section(level, title, above, lines, start)


def section(level: int, title: str, above: list[tuple[int, str]], lines: list[str], start: int) -> Section:
    over = tuple(name for depth, name in above if depth < level)
    return Section(level, title, over, "\n".join(lines).strip(), start)
