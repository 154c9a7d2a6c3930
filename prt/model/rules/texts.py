"""Texts in both languages, and what the funder says beside what the team adds."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.plan import Indicator, Line, Plan
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of, lines_of, wrong
from prt.model.text import LANGUAGES, Quoted, Text
from prt.text import plural

LANGUAGE_NAMES = {"en": "English", "fr": "French"}


def text_rules(plan: Plan) -> Iterator[Rule]:
    for path, text in texts_of(plan):
        if isinstance(text, Quoted):
            yield from quoted_rules(path, text)
        else:
            yield from label_rules(path, text)
    for path, _, indicator in indicators_of(plan):
        yield from implied_rules((*path, "implied"), indicator)


def texts_of(plan: Plan) -> Iterator[tuple[Path, Text | Quoted]]:
    yield ("title",), plan.title
    for name, words in plan.vocabularies.items():
        yield from ((("vocabularies", name, code), text) for code, text in words.items())
    for place, volet in enumerate(plan.volets):
        yield ("volets", place, "title"), volet.title
    for path, line in lines_of(plan):
        yield from texts_of_line(path, line)
    for path, _, indicator in indicators_of(plan):
        yield from texts_of_indicator(path, indicator)
    for place, amendment in enumerate(plan.amendments):
        yield ("amendments", place, "why"), amendment.why


def texts_of_line(path: Path, line: Line) -> Iterator[tuple[Path, Text | Quoted]]:
    for name in ("objective", "strategy", "note"):
        if (text := getattr(line, name)) is not None:
            yield (*path, name), text


def texts_of_indicator(path: Path, indicator: Indicator) -> Iterator[tuple[Path, Text | Quoted]]:
    yield (*path, "label"), indicator.label
    for place, reading in enumerate(indicator.also):
        yield (*path, "also", place, "label"), reading.label
    if indicator.note is not None:
        yield (*path, "note"), indicator.note
    if indicator.says or indicator.en or indicator.fr:
        yield path, indicator.quoted
    target = indicator.target
    if target and (target.says or target.en or target.fr):
        yield (*path, "target"), target.quoted


def label_rules(path: Path, text: Text) -> Iterator[Rule]:
    if not (text.en or text.fr):
        yield wrong(path, "the text is empty", "Write it in both languages: {en: …, fr: …}.")
        return
    for language in text.missing():
        yield untranslated(path, language)
    for language in LANGUAGES:
        written = getattr(text, language)
        if written is not None and not written.strip():
            yield wrong((*path, language), "the text is empty", "Write it, or leave the language out.")


def untranslated(path: Path, language: str) -> Rule:
    remedy = f"Add {language}: … (until then, the other language is printed with a mark)."
    return doubtful(path, f"there is no {LANGUAGE_NAMES[language]} text", remedy)


def quoted_rules(path: Path, text: Quoted) -> Iterator[Rule]:
    """`says` is in one of the languages; the other is needed beside it, phrase by phrase."""
    if not (text.says or text.en or text.fr):
        yield wrong(path, "the text is empty", "Write it: {says: …, fr: …}.")
        return
    if text.says and not (text.en or text.fr):
        remedy = "Add fr: … or en: …, whichever language these words are not in."
        yield doubtful((*path, "says"), "the words are in one language only", remedy)
    for language in LANGUAGES:
        phrases: tuple[str, ...] = getattr(text, language)
        if not phrases and not text.says:
            yield untranslated(path, language)
        if phrases and text.says and len(phrases) != len(text.says):
            what = f"says has {plural(len(text.says), 'phrase')}, and this {plural(len(phrases), 'phrase')}"
            yield doubtful((*path, language), what, "Translate each phrase, in the same order.")


def implied_rules(path: Path, indicator: Indicator) -> Iterator[Rule]:
    if indicator.implied and indicator.target is None:
        yield doubtful(path, "no target implies this indicator", "Add the target, or remove implied.")
    if indicator.implied and indicator.says:
        what = "the indicator has words of its own, so it is not only implied"
        yield doubtful(path, what, "Remove implied, or says.")
