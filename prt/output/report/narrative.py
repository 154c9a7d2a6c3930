"""What the notes say, place by place, ready for a report; in a draft, what is still to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prt.figures.evaluate import Result
from prt.files.notes import HIGHLIGHTS, OUTLOOK, Notes
from prt.model.text import Language
from prt.output.report.document import Prose
from prt.output.report.prose import mark_gap, prose
from prt.output.words import Words
from prt.values import dataclass

NO_NOTES: Mapping[Language, Notes] = {}


@dataclass(frozen=True)
class Narrative:
    """The notes of one report in its language; what only the other language says is taken, and marked."""

    words: Words
    notes: Mapping[Language, Notes]
    draft: bool

    def highlights(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*HIGHLIGHTS)) or self.gap("highlights")

    def outlook(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*OUTLOOK)) or self.gap("outlook")

    def action(self, result: Result) -> Prose | None:
        """The gap and the corrective action of a target, or why it has no data."""
        missing = "silent" if result.status.word == "no_data" else "action"
        return self.explanation(result) or self.gap(missing)

    def explanation(self, result: Result) -> Prose | None:
        where = result.handle, result.line.id, result.volet.id
        return self.said(lambda notes: notes.action(*where))

    def remark(self, result: Result) -> Prose | None:
        """What is said under the name of one indicator."""
        return self.said(lambda notes: notes.action(result.handle, "", ""))

    def line(self, line: str) -> Prose | None:
        return self.said(lambda notes: notes.of_line(line))

    def volet(self, volet: str) -> Prose | None:
        return self.said(lambda notes: notes.of_volet(volet))

    def said(self, read: Callable[[Notes], str]) -> Prose | None:
        own: Language = self.words.language
        other: Language = "en" if own == "fr" else "fr"
        for language in (own, other):
            if text := read(self.notes.get(language, Notes())):
                return prose(text, "" if language == own else f"[{language}]")
        return None

    def gap(self, missing: str) -> Prose | None:
        """What a draft shows where something is to be written; a report that was sent says of a target
        that nothing was."""
        if self.draft:
            return mark_gap(self.words("notes.gap"), self.words(f"notes.missing.{missing}"))
        return prose(self.words(f"notes.none.{missing}")) if missing in ("action", "silent") else None
