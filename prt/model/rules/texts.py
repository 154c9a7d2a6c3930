"""Texts in both languages, and what the funder says beside what the team adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from prt.model.columns import OwnColumn
from prt.model.plan import Indicator, Line, Plan
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of, lines_of, wrong
from prt.model.text import LANGUAGES, Language, Quoted, Text
from prt.problems import Mistake
from prt.text import plural


def text_rules(plan: Plan) -> Iterator[Rule]:
    for path, text in texts_of(plan):
        if isinstance(text, Quoted):
            yield from quoted_rules(path, text, plan.funder.languages)
        else:
            yield from label_rules(path, text)
    for path, _, indicator in indicators_of(plan):
        yield from implied_rules((*path, "implied"), indicator)


def texts_of(plan: Plan) -> Iterator[tuple[Path, Text | Quoted]]:
    yield ("title",), plan.title
    for name, words in plan.vocabularies.items():
        yield from ((("vocabularies", name, code), text) for code, text in words.items())
    for log, columns in plan.columns.items():
        for name, own in columns.items():
            yield from texts_of_column(("columns", log, name), own)
    for place, volet in enumerate(plan.volets):
        yield ("volets", place, "title"), volet.title
    for path, line in lines_of(plan):
        yield from texts_of_line(path, line)
    for path, _, indicator in indicators_of(plan):
        yield from texts_of_indicator(path, indicator)
    for place, amendment in enumerate(plan.amendments):
        yield ("amendments", place, "why"), amendment.why


def texts_of_column(path: Path, own: OwnColumn) -> Iterator[tuple[Path, Text | Quoted]]:
    for key in ("label", "help", "unit"):
        if (text := getattr(own, key)) is not None:
            yield (*path, key), text
    yield from (((*path, "choices", code), text) for code, text in own.choices.items())


def texts_of_line(path: Path, line: Line) -> Iterator[tuple[Path, Text | Quoted]]:
    for name in ("objective", "strategy", "note"):
        if (text := getattr(line, name)) is not None:
            yield (*path, name), text


def texts_of_indicator(path: Path, indicator: Indicator) -> Iterator[tuple[Path, Text | Quoted]]:
    yield (*path, "label"), indicator.label
    for place, reading in enumerate(indicator.also):
        yield (*path, "also", place, "label"), reading.label
    for more, measure in indicator.measures():
        yield from (((*path, *more, *at), text) for at, text in measure.texts())
    if indicator.note is not None:
        yield (*path, "note"), indicator.note
    if indicator.says or indicator.en or indicator.fr:
        yield path, indicator.quoted
    target = indicator.target
    if target and (target.says or target.en or target.fr):
        yield (*path, "target"), target.quoted


def label_rules(path: Path, text: Text) -> Iterator[Rule]:
    if not (text.en or text.fr):
        yield wrong(path, Mistake("empty_text"))
        return
    for language in text.missing():
        yield untranslated_text(path, language)
    for language in LANGUAGES:
        written = getattr(text, language)
        if written is not None and not written.strip():
            yield wrong((*path, language), Mistake("empty_language"))


def untranslated_text(path: Path, language: str) -> Rule:
    return doubtful(path, Mistake("no_french") if language == "fr" else Mistake("no_english"))


def quoted_rules(path: Path, text: Quoted, reported: Collection[Language]) -> Iterator[Rule]:
    """`says` is in one of the languages, and nobody knows in which: the other is needed beside it, phrase by
    phrase. Without it, the languages of the reports are needed.
    """
    if not (text.says or text.en or text.fr):
        yield wrong(path, Mistake("empty_phrases"))
        return
    if text.says and not (text.en or text.fr):
        yield doubtful((*path, "says"), Mistake("one_language_only"))
    for language in LANGUAGES:
        phrases: tuple[str, ...] = getattr(text, language)
        if not phrases and not text.says and language in reported:
            yield untranslated_text(path, language)
        if phrases and text.says and len(phrases) != len(text.says):
            said, here = plural(len(text.says), "phrase"), plural(len(phrases), "phrase")
            yield doubtful((*path, language), Mistake("other_number_of_phrases", said=said, here=here))


def implied_rules(path: Path, indicator: Indicator) -> Iterator[Rule]:
    if indicator.implied and indicator.target is None:
        yield doubtful(path, Mistake("implied_by_no_target"))
    if indicator.implied and indicator.says:
        yield doubtful(path, Mistake("implied_with_words"))
