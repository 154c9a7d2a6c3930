"""Microsoft Forms (workbook, or CSV that Excel made of it) and Google Forms (CSV, or its linked sheet)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from prt.files.yaml.words import say_phrase
from prt.imports.export import Answer, Export, Grid, ReadingHints, Source
from prt.imports.reading.marks import is_mark_heading
from prt.imports.reading.table import (
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    asks_role_or_board,
    find_table,
    is_personal_heading,
    join_name,
    keep_email,
)
from prt.text import collapse_spaces, compile_later, fold_text
from prt.values import dataclass, replace

FORM_EMAILS = (
    "email", "e mail", "adresse de messagerie", "adresse e mail", "courriel", "adresse courriel",
    "email address", "username", "nom d'utilisateur", "your email", "your email address", "votre courriel",
    "votre adresse courriel", "votre adresse e mail",
)  # fmt: skip
FORM_PEOPLE: ColumnNames = {
    "name": (
        "name", "nom", "full name", "nom complet", "your name", "votre nom", "nom et prenom",
        "prenom et nom",
    ),
    "email": FORM_EMAILS,
    "first": ("first name", "prenom"),
    "last": ("last name", "nom de famille"),
}  # fmt: skip
PERSON_HEADINGS = frozenset(name for names in FORM_PEOPLE.values() for name in names)
MICROSOFT_COLUMNS: ColumnNames = {
    "id": ("id",),
    "began": ("start time", "heure de debut"),
    "submitted": ("completion time", "heure de fin", "heure de l'achevement", "heure d'achevement"),
    "changed": ("last modified time", "heure de la derniere modification"),
    "points": ("total points", "total des points", "nombre total de points"),
    "quiz": ("quiz feedback", "commentaires sur le questionnaire", "retroaction du questionnaire"),
    "language": ("language", "langue"),
    **FORM_PEOPLE,
}
GOOGLE_COLUMNS: ColumnNames = {
    "submitted": ("timestamp", "horodateur", "horodatage"),
    "points": ("total score", "score", "note totale", "score total"),
    **FORM_PEOPLE,
}
NEEDED_COLUMNS = {"submitted", "name", "email", "first", "last", "id"}
QUIZ_HEADING = compile_later(  # what a quiz adds to each question
    r"(?:points|feedback|commentaires|retroaction) [-–] (?P<before>.*)"
    r"|(?P<after>.*) \[(?:score|feedback|note|commentaires|points|retroaction)\]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class FormTable:
    """The table of a form, and the columns that are its questions, by their text."""

    maker: str
    table: GridTable
    questions: Mapping[str, int]


def recognise_form(grid: Grid) -> str:
    """How the file is known to be the answers to a form; "" if it is not."""
    form = find_form(grid)
    if form is None or is_sign_in_form(form):
        return ""
    columns = [form.table.heading(name) for name in ("id", "began", "submitted") if form.table.heading(name)]
    return say_phrase("is_form", len(form.questions), maker=form.maker, columns=", ".join(columns))


def find_form(grid: Grid) -> FormTable | None:
    for maker, names, fits in (
        ("Microsoft", MICROSOFT_COLUMNS, is_microsoft),
        ("Google", GOOGLE_COLUMNS, lambda columns: columns.get("submitted") == 0),
    ):
        if table := find_table(grid, names, fits, within=5):
            return FormTable(maker, table, find_questions(table))
    return None


def is_microsoft(columns: Mapping[str, int]) -> bool:
    """Forms begins with its id and its two times; other programs have such columns elsewhere."""
    places = [columns.get(name, -1) for name in ("id", "began", "submitted")]
    return places == list(range(places[0], places[0] + 3)) and places[0] >= 0


def is_sign_in_form(form: FormTable) -> bool:
    """Does the form only ask who is there: a name, a mark, perhaps the role and the board?"""
    marks = [name for name in form.questions if is_mark_heading(name)]
    others = [name for name in form.questions if name not in marks and not asks_role_or_board(name)]
    has_person = bool({"name", "first", "last", "email"} & form.table.columns.keys())
    return bool(marks) and not others and has_person


def find_questions(table: GridTable) -> Mapping[str, int]:
    """Each question by its text, a repeated one with its number."""
    asked = {fold_text(name) for name in table.header}
    taken: dict[str, int] = {}
    questions: dict[str, int] = {}
    for at, name in enumerate(table.header):
        if at not in table.columns.values() and is_question(name, asked):
            questions[number_repeated(name, taken)] = at
    return questions


def is_question(name: str, asked: set[str]) -> bool:
    """Is it a question, and no column about the person who answered, or that a quiz adds?"""
    return (
        bool(name)
        and fold_text(name) not in PERSON_HEADINGS
        and not is_personal_heading(name)
        and not is_quiz_heading(name, asked)
    )


def is_quiz_heading(name: str, asked: set[str]) -> bool:
    """`Points - Question` and `Question [Score]`, beside a column `Question`."""
    found = QUIZ_HEADING.fullmatch(name)
    return found is not None and fold_text(found["before"] or found["after"] or "") in asked


def number_repeated(name: str, taken: dict[str, int]) -> str:
    """`Comments`, or `Comments (2)` where there is one already; `taken` counts them, by name."""
    number = taken.get(name, 0) + 1
    while number > 1 and f"{name} ({number})" in taken:
        number += 1
    taken[name] = number
    unique = name if number == 1 else f"{name} ({number})"
    taken.setdefault(unique, 1)
    return unique


def read_form(grid: Grid, hints: ReadingHints) -> Export:
    form = find_form(grid)
    assert form is not None
    table = form.table
    rows = list(table.rows())
    reader = CellReader.of_dates(grid, (row["submitted"] for row in rows), hints)
    answers = tuple(number_responses(read_answer(row, form, reader) for row in rows))
    kept = {*form.questions.values(), *(at for name, at in table.columns.items() if name in NEEDED_COLUMNS)}
    return Export(
        "feedback",
        answers=answers,
        questions=tuple(form.questions),
        dropped=tuple(name for at, name in enumerate(table.header) if name and at not in kept),
        problems=tuple(reader.problems()),
    )


def read_answer(row: TableRow, form: FormTable, reader: CellReader) -> Answer:
    """One returned form. Google gives no number: the moment of the answer is its name."""
    submitted = reader.moment(row.line, form.table.heading("submitted"), row["submitted"])
    moment = submitted.isoformat() if submitted else f"line-{row.line}"
    name = row["name"] or join_name(row["first"], row["last"])
    return Answer(
        row.line,
        row["id"] or moment,
        {question: join_choices(cell_at(row.cells, at)) for question, at in form.questions.items()},
        submitted,
        "" if fold_text(name) in ("anonymous", "anonyme") else name,
        keep_email(row["email"]),
    )


def cell_at(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def join_choices(text: str) -> str:
    """Several choices as a cell of a log has them: Microsoft ends each with a `;`."""
    if not text.endswith(";"):
        return text
    return "; ".join(filter(None, map(collapse_spaces, text.split(";"))))


def number_responses(answers: Iterator[Answer]) -> Iterator[Answer]:
    """The answers with different names: of two in one second the later is `…T12:10:32 (2)`."""
    taken: dict[str, int] = {}
    for one in answers:
        response = number_repeated(one.response, taken)
        yield one if response == one.response else replace(one, response=response)


SOURCE = Source("forms", recognise_form, read_form)
