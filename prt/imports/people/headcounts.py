"""Students and parents on a list of others, by the role that their row says: counted, never named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from prt.model.text import folded

AUDIENCES = {
    "parents": (
        "parent", "parente", "pere", "mere", "papa", "maman", "famille", "family", "father", "mother",
        "guardian", "tuteur", "tutrice", "grand parent",
    ),
    "students": (
        "student", "eleve", "etudiant", "etudiante", "pupil", "learner", "apprenant", "apprenante",
    ),
}  # fmt: skip
AUDIENCE_OF = {word: audience for audience, words in AUDIENCES.items() for word in words}
ONE_OF = {"parents": "parent", "students": "student"}
"""The note of a row that counts one of them."""
WORD = re.compile(
    r"(?:un |une |an? |the |legal )?(grand parent|[a-z]+?)(?:s|\(s\)|\(e\)|\(e\)s|\(e\)\(s\))?"
    r"(?: (?:d'|de |du |des |of |in |en |au |a |from |benevole|volunteer|grade |sec|at ).*)?"
)
DIVIDED = re.compile(r"\s*(?:[/,;&|(]|\bet\b|\band\b|\bou\b|\bor\b)\s*")


def headcount(texts: Iterable[str], audiences: Collection[str]) -> str:
    """`parents` or `students` where one of the texts says so, and the plan counts them; else nothing."""
    found = (audience_of(text) for text in texts)
    return next((one for one in found if one in audiences), "")


def audience_of(text: str) -> str:
    """`Parent d'élève`, `Mère`, `Étudiant(e)`; `Student services` is nobody of them."""
    whole = folded(text)
    pieces = [whole, *DIVIDED.split(whole)]
    words = (found[1] for piece in pieces if (found := WORD.fullmatch(piece)))
    return next((AUDIENCE_OF[word] for word in words if word in AUDIENCE_OF), "")
