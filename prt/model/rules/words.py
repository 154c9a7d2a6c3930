"""Vocabularies: they name columns, and each code and label stands for one word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from prt.model.cells import Many, WordCell
from prt.model.plan import Plan, handle
from prt.model.records import LOGS, Column
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of, lines_of, name_choices, wrong, wrong_key
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


ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
DOTS = re.compile(r"[….\s]*")
"""What stands for a text that nobody wrote."""
Ids = Sequence[tuple[Path, str]]


def id_rules(plan: Plan) -> Iterator[Rule]:
    """An indicator is named by its line and itself, so the same id may stand in two lines."""
    volets: Ids = [(("volets", place, "id"), volet.id) for place, volet in enumerate(plan.volets)]
    lines: Ids = [((*path, "id"), line.id) for path, line in lines_of(plan)]
    indicators: Ids = [((*path, "id"), one.id) for path, _, one in indicators_of(plan)]
    handles: Ids = [((*path, "id"), handle(line, one)) for path, line, one in indicators_of(plan)]
    for path, name in (*volets, *lines, *indicators):
        if not ID.fullmatch(name):
            remedy = "Use letters without accents, digits, dots and hyphens, such as outcome-areas."
            yield wrong(path, f'"{name}" cannot be an id', remedy)
    for what, ids in (("volet", volets), ("line", lines), ("indicator", handles)):
        yield from twice(ids, what)


def twice(ids: Ids, what: str) -> Iterator[Rule]:
    """Case does not matter where ids are typed, so it cannot tell two of them apart."""
    seen: dict[str, str] = {}
    for path, name in ids:
        if first := seen.get(name.casefold()):
            yield wrong(path, f"another {what} already has the id {first}", "Give each an id of its own.")
        seen.setdefault(name.casefold(), name)


def amendment_rules(plan: Plan) -> Iterator[Rule]:
    """What an amendment names is in the plan, or was: a removed indicator is a warning, not an error."""
    known = [*plan.handles(), *(line.id for line in plan.lines())]
    for place, amendment in enumerate(plan.amendments):
        if any(DOTS.fullmatch(text) for text in (amendment.why.en, amendment.why.fr) if text):
            remedy = "Why the target or the computation is another, for whoever reads the report."
            yield wrong(("amendments", place, "why"), "write the reason instead of …", remedy)
        if DOTS.fullmatch(amendment.approved_by):
            remedy = "A person or an organisation, such as DSREA."
            yield wrong(("amendments", place, "approved_by"), "write who agreed instead of …", remedy)
        for number, name in enumerate(amendment.what):
            if name not in known:
                remedy = f"{did_you_mean(name, known)} Fine if it was removed since.".lstrip()
                what = f'"{name}" is no indicator or line of the plan'
                yield doubtful(("amendments", place, "what", number), what, remedy)
