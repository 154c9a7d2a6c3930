"""Roles and boards as a file writes them, read as the cells of a log are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from prt.model.cells import Cell, Known, OneOf
from prt.model.records import Attendance
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import compile_later, fold_text, option_name

GROUP_END = compile_later(r"\s*(?:[:–—-]|\([0-9]+\)|[:–—-]\s*[0-9]+(?: \w+)?)+\s*$")
PLURAL = compile_later(r"(?i)([a-zà-ÿ]{2,})(?:s|\(s\))\b")


class Codes:
    """What a text of a file stands for, without a word about what stands for nothing. `roles` are texts that
    somebody said which role they are, such as "bibliothécaire"."""

    def __init__(self, known: Known, roles: Mapping[str, str] | None = None) -> None:
        self.known = known.at(Attendance.log)
        role = self.cell("role")
        assert isinstance(role, OneOf)
        said = {fold_text(text): code for text, code in (roles or {}).items()}
        roles = {**role.labels("role"), **role.spellings_in(self.known, "role"), **said}
        self.spellings = {"role": roles, "board": known.organisations}

    def cell(self, name: str) -> Cell:
        column = Attendance.column_named(name)
        assert column is not None
        return column.cell

    def choices(self, name: str) -> list[str]:
        return list(self.cell(name).choices(self.known, name))

    def code(self, name: str, texts: Iterable[str]) -> str:
        """The first text that is a role, or a board; empty where none is."""
        return next(filter(None, [self.one(name, text) for text in texts]), "")

    def one(self, name: str, text: str) -> str:
        return self.spellings[name].get(fold_text(text), "")

    def is_word(self, text: str) -> bool:
        """Is the text a role or a board, and so nobody's name?"""
        word = fold_text(text)
        return word in self.spellings["role"] or word in self.spellings["board"]

    def group(self, text: str) -> tuple[str, str]:
        """What a line above some names says of them: `LBPSB :`, `Directions (4)`; ("", "") if nothing."""
        plain = GROUP_END.sub("", text.strip())
        for name in ("board", "role"):
            if code := self.one(name, plain) or self.one(name, PLURAL.sub(r"\1", plain)):
                return name, code
        return "", ""

    def required(self, name: str, text: str | None) -> str:
        """The code of an option. Raises PrtError for a text that is none."""
        if not text:
            return ""
        try:
            return self.one(name, text) or str(self.cell(name).read(text, self.known, name))
        except Mistake as mistake:
            raise PrtError(Problem.of(Place(option_name(name)), mistake), code=2) from None


# Students and parents on a list of others, by the role that their row says: counted, never named.

AUDIENCE_WORDS = {
    "parents": (
        "parent", "parente", "pere", "mere", "papa", "maman", "famille", "family", "father", "mother",
        "guardian", "tuteur", "tutrice", "grand parent",
    ),
    "students": (
        "student", "eleve", "etudiant", "etudiante", "pupil", "learner", "apprenant", "apprenante",
    ),
}  # fmt: skip
AUDIENCES_BY_WORD = {word: audience for audience, words in AUDIENCE_WORDS.items() for word in words}
AUDIENCE_NOTES = {"parents": "parent", "students": "student"}
"""The note of a row that counts one of them."""
AUDIENCE_TEXT = compile_later(
    r"(?:un |une |an? |the |legal )?(grand parent|[a-z]+?)(?:s|\(s\)|\(e\)|\(e\)s|\(e\)\(s\))?"
    r"(?: (?:d'|de |du |des |of |in |en |au |a |from |benevole|volunteer|grade |sec|at ).*)?"
)
ROLE_DIVIDERS = compile_later(r"\s*(?:[/,;&|(]|\bet\b|\band\b|\bou\b|\bor\b)\s*")


def find_audience(texts: Iterable[str], audiences: Collection[str]) -> str:
    """`parents` or `students` where one of the texts says so, and the plan counts them; else nothing."""
    found = (parse_audience(text) for text in texts)
    return next((one for one in found if one in audiences), "")


@lru_cache(maxsize=1024)  # a list has few different roles
def parse_audience(text: str) -> str:
    """`Parent d'élève`, `Mère`, `Étudiant(e)`; `Student services` is nobody of them."""
    whole = fold_text(text)
    pieces = [whole, *ROLE_DIVIDERS.split(whole)]
    words = (found[1] for piece in pieces if (found := AUDIENCE_TEXT.fullmatch(piece)))
    return next((AUDIENCES_BY_WORD[word] for word in words if word in AUDIENCES_BY_WORD), "")
