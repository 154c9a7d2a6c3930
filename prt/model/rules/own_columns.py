"""The columns that a plan adds: their names and labels are of nothing else, their choices told apart."""

from __future__ import annotations

from collections.abc import Iterator

from prt import problems
from prt.model.cells import OneOf, TextCell, WholeCell, WordCell, YesNoCell, cell_of_one
from prt.model.plan import Plan
from prt.model.records import LOGS, Accompaniment, Session, cells_named, named_logs
from prt.model.rules.rule import Path, Rule, hint_at, name_choices, wrong, wrong_key
from prt.model.rules.words import code_rules, label_rules
from prt.problems import Mistake
from prt.text import compile_later, fold_text, option_name

NAME = compile_later(r"[a-z][a-z0-9_]{0,39}")
NOT_IN_NAMES = compile_later(r"[^a-z0-9]+")
ALIKE = (TextCell, WordCell, OneOf, WholeCell, YesNoCell)
"""What a column of another log holds may be held by an own column of that name too; a day, a person, a board
or hours may not: prt reads these by their names."""
OPTIONS = frozenset({
    "anyway", "as", "column", "create", "day", "day_first", "dry_run", "files", "form", "gone", "help",
    "into", "keep_comments", "lang", "month_first", "new_people", "no_opinion", "not_positive", "only",
    "options", "present", "project", "question", "row", "scale", "value", "version", "why", "with_presenters",
    "year", "yes",
})  # fmt: skip
"""The options of the commands that have an option for each column, and what these call their arguments."""
MEANT_BY_PRT = frozenset({"status", "role", "centre", Accompaniment.topic_column})
"""Names of columns of words that mean the same in every log that has them."""
PERSONAL = frozenset({
    "name", "names", "first name", "last name", "full name", "surname", "nom", "noms", "prenom", "prenoms",
    "nom complet", "nom de famille", "nom et prenom", "prenom et nom", "nom de la personne",
    "name of the person", "participants", "e mail", "email", "courriel", "adresse courriel",
    "telephone", "phone", "phone number",
})  # fmt: skip
"""What a column of names or addresses is called, folded."""


def own_column_rules(plan: Plan) -> Iterator[Rule]:
    for log, columns in plan.columns.items():
        if log not in LOGS:
            mistake = Mistake("unknown_log", log=log, hint=hint_at(log, LOGS), logs=name_choices(LOGS))
            yield wrong_key(("columns", log), mistake)
            continue
        for name, own in columns.items():
            path: Path = ("columns", log, name)
            if wrong_name := name_mistake(log, name):
                yield wrong_key(path, wrong_name)
            if own.required and is_written_by_prt(log):
                yield wrong((*path, "required"), Mistake("required_of_prt", log=log))
            yield from code_rules((*path, "choices"), own.choices)
            yield from label_rules((*path, "choices"), own.choices)
        yield from called_alike(log, plan)


def is_written_by_prt(log: str) -> bool:
    """Does prt write such rows and ask nobody: of an import, of a report sent, the request of some hours?"""
    model = LOGS[log]
    return bool(model.parent or model.logged_by_submit or log in {*named_logs()} - {Session.log})


def name_mistake(log: str, name: str) -> Mistake | None:
    """Why a column cannot have this name in the file, and as an option; None where it can."""
    if not NAME.fullmatch(name):
        better = NOT_IN_NAMES.sub("_", fold_text(name)).strip("_0123456789")[:40] or "follow_up"
        return Mistake("not_a_column_name", name=name, better=better)
    if name in LOGS[log].fields:
        return Mistake("column_of_log", name=name, log=log)
    if name in OPTIONS:
        return Mistake("column_is_option", option=option_name(name))
    if name in MEANT_BY_PRT or not all(isinstance(cell_of_one(one), ALIKE) for one in cells_named(name)):
        return Mistake("column_of_prt", name=name)
    if is_personal(name):
        return Mistake("column_of_names", name=name)
    return None


def is_personal(text: str) -> bool:
    return fold_text(text.replace("_", " ")).replace("-", " ") in PERSONAL


def called_alike(log: str, plan: Plan) -> Iterator[Rule]:
    """A heading of a sheet may be the label of a column: each is of one. None is what names are called."""
    taken = dict(heading_words(log))
    for name, own in plan.columns[log].items():
        path: Path = ("columns", log, name, "label")
        for label in dict.fromkeys(filter(None, (own.label.en, own.label.fr))):
            first = taken.setdefault(fold_text(label), name)
            if first != name:
                yield wrong(path, Mistake("column_label_taken", label=label, column=first))
        personal = [one for one in (own.label.en, own.label.fr) if one and is_personal(one)]
        if own.type == "text" and personal:
            yield wrong(path, Mistake("column_of_names", name=personal[0]))


def heading_words(log: str) -> Iterator[tuple[str, str]]:
    """What the program calls the columns of a log, folded, with the column."""
    words = problems.read_words("column") if problems.read_words else {}
    for name in LOGS[log].fields:
        yield fold_text(name), name
        for key in (f"column.{log}.{name}", f"column.{name}"):
            yield from (
                (fold_text(words[said]), name) for said in (f"{key}.en", f"{key}.fr") if said in words
            )
