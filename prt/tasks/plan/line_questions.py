"""Where an indicator belongs, what it is called, and what the funder says of it."""

from __future__ import annotations

import re
from typing import Any

from prt.console.dialogue.inquiry import Choice, refuse_empty
from prt.console.screen import width
from prt.files.plan.plan_addition import PlanPlace
from prt.model.plan import Line, Volet
from prt.model.rules.words import ID
from prt.model.text import LANGUAGES
from prt.problems import Mistake
from prt.tasks.plan.interview import Interview, PlanQuestion
from prt.text import collapse_spaces, fold_text, shorten
from prt.values import dataclass

NEW_LINE = "new"
LONGEST_ID = 3
"""Of so many words an id is proposed."""
SMALL_WORDS = (
    *("a", "an", "and", "the", "of", "on", "in", "for", "to", "with", "by"),
    *("l", "d", "le", "la", "les", "de", "du", "des", "un", "une", "et", "en", "sur", "pour", "par", "aux"),
)
"""What an id is not made of."""


@dataclass(frozen=True)
class LineAnswers:
    """The place of an indicator; `line` holds what a new line says, and is empty where the line is there."""

    place: PlanPlace
    id: str
    line: dict[str, Any]
    known: Line | None = None


def ask_line(interview: Interview) -> LineAnswers:
    """The line that the indicator belongs to, or all that a new one needs."""
    own = {
        line.id: (v, n, line)
        for v, volet in enumerate(interview.plan.volets)
        for n, line in enumerate(volet.lines)
    }
    if "volet" in interview.given:
        return ask_new_line(interview)
    new = interview.say("new_line")
    wide = max(map(len, [*own, new]))
    choices = [
        Choice(name, [name, *labels_of(interview, name)], f"{name:<{wide}}  {called(interview, name, wide)}")
        for name in own
    ]
    choices.append(
        Choice(NEW_LINE, [new, "new", "nouvelle"], f"{new:<{wide}}  {interview.say('new_line_is')}")
    )
    found = interview.choose("line", interview.say("line"), choices, about=interview.say("line_help"))
    if found == NEW_LINE:
        return ask_new_line(interview)
    volet, line, known = own[found]
    return LineAnswers(PlanPlace(volet, line), found, {}, known)


def labels_of(interview: Interview, name: str) -> list[str]:
    label = interview.plan.called(name)
    return [text for text in (label.en, label.fr) if text]


def line_room() -> int:
    """Columns that a choice of a list may take: as many as the terminal has."""
    return (width() or 80) - 4


def called(interview: Interview, name: str, taken: int) -> str:
    """What a line is called: as its first indicator, and how many others it has."""
    label = collapse_spaces(interview.plan.called(name).to(interview.language))
    others = next(len(line.indicators) - 1 for line in interview.plan.lines() if line.id == name)
    more = f" {interview.say('and_others', number=str(others))}" if others > 0 else ""
    return f"{shorten(label, line_room() - taken - 6 - len(more))}{more}"


def ask_new_line(interview: Interview) -> LineAnswers:
    volets = interview.plan.volets
    choices = [
        Choice(
            one.id, [one.id], f"{one.id}  {shorten(one.title.as_one(interview.language), line_room() - 10)}"
        )
        for one in volets
    ]
    found = volets[0].id
    if len(volets) > 1 or "volet" in interview.given:
        found = interview.choose("volet", interview.say("volet"), choices)
    at = [one.id for one in volets].index(found)
    proposed = next_line(volets[at], [line.id for line in interview.plan.lines()])
    key = "line" if "volet" in interview.given else "line_id"
    name = interview.ask(
        PlanQuestion(
            key,
            interview.say("line_id"),
            lambda text: read_id(text, [line.id for line in interview.plan.lines()], "line"),
            enter=proposed,
            bracket=proposed,
            about=interview.say("line_id_help"),
        )
    )
    line: dict[str, Any] = {"id": name}
    for name_of_text in ("objective", "strategy"):
        if said := ask_quoted(interview, name_of_text):
            line[name_of_text] = said
    return LineAnswers(PlanPlace(at), name, line)


def next_line(volet: Volet, taken: list[str]) -> str:
    """`1.4c` after `1.4b`; `1.2` after `1.1`."""
    last = volet.lines[-1].id
    while last in taken:
        stem, end = last[:-1], last[-1:]
        if end.isalpha() and end not in "zZ":
            last = stem + chr(ord(end) + 1)
        elif found := re.fullmatch(r"(.*?)(\d+)", last):
            last = f"{found[1]}{int(found[2]) + 1}"
        else:
            last = f"{last}2"
    return last


def read_id(text: str, taken: list[str], kind: str) -> str:
    """An id that no other has. Raises Mistake."""
    refuse_empty(text)
    if not ID.fullmatch(text):
        raise Mistake("not_an_id", text=text)
    for one in taken:
        if one.casefold() == text.casefold():
            raise Mistake("id_taken", kind=kind, id=one)
    return text


def ask_quoted(interview: Interview, key: str) -> dict[str, Any]:
    """What the funder says, and the same in the other language, whichever that is; nothing where it says
    nothing."""
    said = interview.ask_text(
        key,
        interview.say(f"{key}.what"),
        about=interview.say("says_help"),
        hint=f"({interview.say('none_of_it')})",
    )
    if not said:
        return {}
    for language in sorted(LANGUAGES, key=lambda one: one == interview.language):
        prompt = interview.say(f"says_{language}")
        if other := interview.ask_text(f"{key}.{language}", prompt, hint=f"({interview.say('none_of_it')})"):
            return {"says": said, language: other}
    return {"says": said}


def ask_label(interview: Interview) -> dict[str, str]:
    """What tables show, in both languages; the other one may come later."""
    own, other = interview.language, "fr" if interview.language == "en" else "en"
    label = interview.ask_text(
        f"label.{own}", interview.say("label"), needed=not interview.script, about=interview.say("label_help")
    )
    also = interview.ask_text(
        f"label.{other}", interview.say(f"label_{other}"), hint=f"({interview.say('later')})"
    )
    if not label and not also:
        interview.missing.append("label.en")
    found = {own: label, other: also}
    return {language: found[language] for language in ("en", "fr") if found[language]}


def ask_id(interview: Interview, line: LineAnswers | None, label: dict[str, str]) -> str:
    """The id inside the line, proposed from the label."""
    taken = [one.id for one in line.known.indicators] if line and line.known else []
    proposed = propose_id(label.get("en") or label.get("fr") or "", taken)
    return interview.ask(
        PlanQuestion(
            "id",
            interview.say("id"),
            lambda text: read_id(text, taken, "indicator"),
            enter=proposed,
            bracket=proposed,
            about=interview.say("id_help", line=line.id if line else ""),
        )
    )


def propose_id(label: str, taken: list[str]) -> str:
    """`workshops-rural-schools`, of *Workshops in rural schools*; with a number where that is taken."""
    every = re.findall(r"[a-z0-9]+", fold_text(label))
    words = [word for word in every if word not in SMALL_WORDS] or every
    stem = "-".join(words[:LONGEST_ID]) or "indicator"
    known, found, number = {one.casefold() for one in taken}, stem, 1
    while found in known:
        number += 1
        found = f"{stem}-{number}"
    return found
