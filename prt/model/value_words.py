"""What people call the values of the program's own lists, beside their codes: *en ligne*, *Directrice*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from prt import problems
from prt.text import fold_text

VALUE_WORDS: Mapping[str, Mapping[str, Iterable[str]]] = {  # beside what the screen calls them
    "kind": {
        "follow-up": ("suivis", "follow ups", "faire un suivi", "relance"),
        "travel": (
            "travelling", "travel time", "deplacements", "temps de deplacement", "transport", "trajet",
            "route",
        ),
        "preparation": (
            "prep", "prep.", "prep time", "preparations", "temps de preparation", "planification",
        ),
        "contact": (
            "contacts", "contact direct", "direct contact", "rencontre", "meeting", "visite", "visit",
            "coaching", "accompagnement",
        ),
    },
}  # fmt: skip
ROLE_SPELLINGS: Mapping[str, str] = {  # what people write of themselves
    **dict.fromkeys(
        (
            "prt", "equipe prt", "personnel prt", "personnel du prt", "membre du prt", "prt team",
            "equipe ressource", "personnel de l'equipe ressource", "equipe ressource provinciale",
            "personnel de l'equipe ressource provinciale",
        ),
        "prt-staff",
    ),
    **dict.fromkeys(
        ("representant", "representante", "representant(e)", "representative", "board rep"), "sb-rep"
    ),
    "agent de transition scolaire": "transition-agent",
    "community development agent": "cda",
    "agent de developpement communautaire": "cda",
    "agente de developpement communautaire": "cda",
    "agent(e) de developpement communautaire": "cda",
    "agent/agente de developpement communautaire": "cda",
    "school principal": "principal",
    "clc principal": "principal",
    "vice principal": "principal",
    "assistant principal": "principal",
    "directeur": "principal",
    "directrice": "principal",
    "directeur(trice)": "principal",
    "directeur/directrice": "principal",
    "directeur adjoint": "principal",
    "directrice adjointe": "principal",
    "direction adjointe": "principal",
    "directeur d'ecole": "principal",
    "directrice d'ecole": "principal",
    "directeur d'etablissement": "principal",
    "directrice d'etablissement": "principal",
    "direction d'ecole": "principal",
    "direction d'etablissement": "principal",
    "direction d'un csc": "principal",
    "school board representative": "sb-rep",
    "board representative": "sb-rep",
    "representant de commission scolaire": "sb-rep",
    "representante de commission scolaire": "sb-rep",
    **{
        f"{who} {board}": "sb-rep"
        for who in ("representant", "representante", "representant(e)", "rep", "rep.", "repr.")
        for board in (
            "cs", "css", "de cs", "de la cs", "de css", "du css", "cs/css", "de la cs/css",
            "de la commission",
            "de la commission scolaire", "commission scolaire", "centre de services", "du centre de services",
            "centre de services scolaire", "du centre de services scolaire",
            "de centre de services scolaire",
        )
    },
    "early transition agent": "transition-agent",
    "agent de transition": "transition-agent",
    "agente de transition": "transition-agent",
    "agent(e) de transition": "transition-agent",
    "agent de premieres transitions": "transition-agent",
    "agente de premieres transitions": "transition-agent",
    "agent des premieres transitions": "transition-agent",
    "agente des premieres transitions": "transition-agent",
    "enseignante": "teacher",
    "enseignant(e)": "teacher",
}  # fmt: skip
GENDER = re.compile(r"\(e\)|·e|\(ne\)")


def said_value(text: str, column: str, codes: tuple[str, ...]) -> str:
    """The code that a text stands for, in either language, whatever its case and accents; "" for none."""
    known, word = value_spellings(column, codes), fold_text(text)
    return known.get(word) or known.get(GENDER.sub("", word), "")


def value_spellings(column: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    """What the codes of a column are called, folded, in both languages."""
    return spell_values(column, codes, problems.read_words)


@cache
def spell_values(
    column: str, codes: tuple[str, ...], read_words: Callable[[str], Mapping[str, str]] | None
) -> Mapping[str, str]:
    words = read_words("value") if read_words else {}
    found: dict[str, str] = {}
    for code in codes:
        labels = (words.get(f"value.{column}.{code}.{language}", "") for language in ("en", "fr"))
        for text in (*labels, *VALUE_WORDS.get(column, {}).get(code, ())):
            if text:
                found.setdefault(fold_text(text), code)
    if column == "role":
        found |= {text: code for text, code in ROLE_SPELLINGS.items() if code in codes}
    return found
