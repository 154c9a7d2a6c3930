"""Vocabularies: they name columns, and each code and label stands for one word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prt.model.cells import Many, WordCell
from prt.model.plan import Plan
from prt.model.records import LOGS, Column
from prt.model.rules.rule import Path, Rule, name_choices, wrong, wrong_key
from prt.model.text import LANGUAGES, Text
from prt.text import did_you_mean, fold_text

Words = Mapping[str, Text]


def vocabulary_rules(plan: Plan) -> Iterator[Rule]:
    for name, words in plan.vocabularies.items():
        path: Path = ("vocabularies", name)
        yield from name_rules(path, name)
        if not words:
            remedy = "Write some, or remove it: any text is accepted then."
            yield wrong(path, "the vocabulary has no words", remedy)
        yield from code_rules(path, words)
        yield from label_rules(path, words)


def name_rules(path: Path, name: str) -> Iterator[Rule]:
    """A vocabulary is that of a column of any log, `tags`, or of one log, `sessions.audience`."""
    columns = [
        (log, column) for log, model in LOGS.items() for column in model.columns() if has_words(column)
    ]
    short = sorted({column.name for _, column in columns})
    names = [*short, *(f"{log}.{column.name}" for log, column in columns)]
    if name not in names:
        remedy = name_choices(did_you_mean(name, names), "Columns", short)
        yield wrong_key(path, f'no log has a column "{name}" whose words the plan chooses', remedy)


def has_words(column: Column) -> bool:
    cell = column.cell
    return isinstance(cell.each if isinstance(cell, Many) else cell, WordCell)


def code_rules(path: Path, words: Words) -> Iterator[Rule]:
    seen: dict[str, str] = {}
    for code in words:
        first = seen.setdefault(fold_text(code), code)
        if ";" in code:
            yield wrong_key((*path, code), "; separates the values of a cell", "Leave it out of the code.")
        if first != code:
            what = f'"{code}" and "{first}" are read as one word'
            yield wrong_key((*path, code), what, "Case, accents and hyphens do not matter: rename one.")


def label_rules(path: Path, words: Words) -> Iterator[Rule]:
    """A label may be typed in a cell instead of its code."""
    meaning = {fold_text(code): code for code in words}
    for code, text in words.items():
        for language in LANGUAGES:
            label = getattr(text, language)
            first = meaning.setdefault(fold_text(label), code) if label else code
            if fold_text(first) != fold_text(code):
                what = f'"{label}" already stands for {first}'
                yield wrong((*path, code, language), what, "Give each word a label of its own.")
