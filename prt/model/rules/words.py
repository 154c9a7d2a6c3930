"""Vocabularies: they name columns, and each code and label stands for one word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from prt.model.cells import OneOf, WordCell, cell_of_one
from prt.model.columns import Column
from prt.model.plan import Plan, handle
from prt.model.records import LOGS, cells_named, list_named
from prt.model.rules.rule import (
    Path,
    Rule,
    doubtful,
    hint_at,
    indicators_of,
    lines_of,
    name_choices,
    wrong,
    wrong_key,
)
from prt.model.text import LANGUAGES, Text
from prt.problems import Mistake
from prt.text import compile_later, fold_text

Words = Mapping[str, Text]
NOTHING: Mapping[str, str] = MappingProxyType({})


def vocabulary_rules(plan: Plan) -> Iterator[Rule]:
    for name, words in plan.vocabularies.items():
        path: Path = ("vocabularies", name)
        yield from name_rules(plan, path, name)
        if not words:
            yield wrong(path, Mistake("empty_vocabulary"))
        yield from code_rules(path, words)
        yield from label_rules(path, words, dict(words_of_prt(name)))


def name_rules(plan: Plan, path: Path, name: str) -> Iterator[Rule]:
    """A vocabulary is that of a column of any log, `tags`, or of one log, `sessions.audience`; or it adds
    words to a list of the program's, `tools.kind`."""
    if wrong_list := list_mistake(plan, name):
        yield wrong_key(path, wrong_list)
    if wrong_list or list_named(name):
        return
    columns = [(log, column) for log in LOGS for column in LOGS[log].columns() if has_words(column)]
    short = sorted({column.name for _, column in columns})
    names = [*short, *(f"{log}.{column.name}" for log, column in columns)]
    if name not in names:
        hint, columns_named = hint_at(name, names), name_choices(short)
        yield wrong_key(path, Mistake("no_column_of_words", name=name, hint=hint, columns=columns_named))


def has_words(column: Column) -> bool:
    return isinstance(cell_of_one(column.cell), WordCell)


def list_mistake(plan: Plan, name: str) -> Mistake | None:
    """Why nothing can be added to the words of these columns, whose words are no plan's alone; else None."""
    log, _, column = name.rpartition(".")
    if plan.own_column(log, column):
        return Mistake("vocabulary_of_own_column", log=log, column=column)
    found = list_named(name)
    if found and found.closed:
        return Mistake("list_of_prt", name=name, words=", ".join(found.codes))
    cells = cells_named(name)
    if found or not cells or not all(isinstance(cell, OneOf) for cell in cells):
        return None
    names = ", ".join(f"{log}.{name}" for log, model in LOGS.items() if name in model.fields)
    return Mistake("lists_differ", name=name, names=names)


def words_of_prt(name: str) -> Iterator[tuple[str, str]]:
    """The program's own words for the columns of this name, folded, with their codes."""
    if found := list_named(name):
        yield from found.labels(name.rpartition(".")[2]).items()
        yield from found.spellings.items()


def code_rules(path: Path, words: Words) -> Iterator[Rule]:
    seen: dict[str, str] = {}
    for code in words:
        first = seen.setdefault(fold_text(code), code)
        if ";" in code:
            yield wrong_key((*path, code), Mistake("semicolon_in_code"))
        if first != code:
            yield wrong_key((*path, code), Mistake("codes_read_as_one", code=code, first=first))


def label_rules(path: Path, words: Words, taken: Mapping[str, str] = NOTHING) -> Iterator[Rule]:
    """A label may be typed in a cell instead of its code. `taken` are words that stand for something else."""
    for code in words:
        if first := taken.get(fold_text(code)):
            yield wrong_key((*path, code), Mistake("word_of_prt", text=code, code=first))
    meaning = {**taken, **{fold_text(code): code for code in words}}
    for code, text in words.items():
        for language in LANGUAGES:
            label = getattr(text, language)
            first = meaning.setdefault(fold_text(label), code) if label else code
            if fold_text(first) != fold_text(code):
                yield wrong((*path, code, language), Mistake("label_taken", label=label, code=first))


ID = compile_later(r"[A-Za-z0-9][A-Za-z0-9.-]*")
DOTS = compile_later(r"[….\s]*")
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
            yield wrong(path, Mistake("not_an_id", text=name))
    for kind, ids in (("volet", volets), ("line", lines), ("indicator", handles)):
        yield from twice(ids, kind)


def twice(ids: Ids, kind: str) -> Iterator[Rule]:
    """Case does not matter where ids are typed, so it cannot tell two of them apart."""
    seen: dict[str, str] = {}
    for path, name in ids:
        if first := seen.get(name.casefold()):
            yield wrong(path, Mistake("id_taken", kind=kind, id=first))
        seen.setdefault(name.casefold(), name)


def amendment_rules(plan: Plan) -> Iterator[Rule]:
    """What an amendment names is in the plan, or was: a removed indicator is a warning, not an error."""
    known = [*plan.handles(), *(line.id for line in plan.lines())]
    for place, amendment in enumerate(plan.amendments):
        if any(DOTS.fullmatch(text) for text in (amendment.why.en, amendment.why.fr) if text):
            yield wrong(("amendments", place, "why"), Mistake("amendment_without_reason"))
        if DOTS.fullmatch(amendment.approved_by):
            yield wrong(("amendments", place, "approved_by"), Mistake("amendment_without_agreement"))
        for number, name in enumerate(amendment.what):
            if name not in known:
                mistake = Mistake("amends_nothing_there", name=name, hint=hint_at(name, known))
                yield doubtful(("amendments", place, "what", number), mistake)
