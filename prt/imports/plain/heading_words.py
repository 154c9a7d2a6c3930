"""What people write above the columns of their own sheets, and which column of a log each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt import spoken
from prt.files.yaml.words import read_topic
from prt.model.columns import Column, LogRecord, Record
from prt.text import compile_later, fold_text

UNIT_BRACKETS = compile_later(r"\s*[(\[][^)\]]*[)\]]\s*")

HEADING_WORDS: Mapping[str, Sequence[str]] = {
    # what people in Québec write above their hours, beside what reports call a column
    "hours": (
        "duree", "duration", "nombre d'heures", "nb d'heures", "nbre d'heures", "nombre heures",
        "number of hours", "temps", "temps passe", "temps consacre", "time", "time spent",
    ),
    "board": (
        "cs", "css", "commission", "ecole / cs", "ecole/cs", "cs / ecole", "board / school",
        "school / board",
    ),
    "person": ("qui", "who", "avec qui", "with whom", "personne rencontree", "personne accompagnee"),
    "note": ("remarques", "notes", "commentaire", "commentaires", "remarks", "comment", "comments"),
    "purpose": ("sujet", "subject", "objet"),
    "staff": (
        "conseillere", "conseiller", "conseiller(ere)", "conseillere pedagogique", "conseiller pedagogique",
        "intervenante", "intervenant", "intervenant(e)", "consultant", "consultante", "employe", "employee",
        "prt staff",
    ),
    "kind": (
        "type", "genre", "sorte", "categorie", "category", "nature du travail", "type d'heures",
        "type of work",
    ),
}  # fmt: skip


def column_spellings(model: type[LogRecord]) -> dict[str, str]:
    """What a heading may say, folded, of each column: its own names, or what people write for it."""
    found = column_names(model)
    header = model.header()
    for name in (one for one in HEADING_WORDS if one in header):
        for text in HEADING_WORDS[name] if name != "kind" or "hours" in header else ():
            found.setdefault(text, name)
    return found


def column_names(model: type[LogRecord]) -> dict[str, str]:
    """The names of each column, folded: its code, and what reports call it in both languages."""
    found: dict[str, str] = {}
    for text, name in written_names(model):
        found.setdefault(fold_text(text), name)
    return found


def written_names(model: type[LogRecord]) -> Iterator[tuple[str, str]]:
    """(name, column) of each, as it is written."""
    for column in model.columns():
        if column.name != model.id_column:
            yield column.name, column.name
            yield from ((text, column.name) for text in called_in_reports(model, column))


def called_in_reports(model: type[LogRecord], column: Column) -> Iterator[str]:
    """What reports call a column, in both languages: as the plan says, where the plan adds it."""
    if column.own:
        yield from filter(None, (column.own.label.en, column.own.label.fr))
        return
    words = read_topic("column")
    keys = [f"column.{owner}{column.name}.{lang}" for owner in ("", f"{model.log}.") for lang in ("en", "fr")]
    yield from (words[key] for key in keys if key in words)


def find_column(heading: str, words: Mapping[str, str]) -> str | None:
    """The column of a heading by these words, with its unit or without; None where they tell nothing."""
    names = (fold_text(heading), fold_text(UNIT_BRACKETS.sub(" ", heading)))
    return next((words[name] for name in names if name in words), None)


def say_column(model: type[Record], name: str) -> str:
    """What a column is called where French is spoken; in English as it is typed."""
    if spoken.language == "en":
        return name
    column = model.column_named(name)
    if column and column.own:
        return column.own.label.to(spoken.language)
    words = read_topic("column")
    found = (words.get(f"column.{owner}{name}.{spoken.language}") for owner in (f"{model.log}.", ""))
    return next(filter(None, found), name)
