"""What cells may name in a plan year: its lines, indicators and vocabularies, and the organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from prt.model.cells import Known
from prt.model.plan import Plan
from prt.model.text import Text
from prt.text import fold_text


class RowLike(Protocol):
    """A row of organisations.csv: `row["code"]` is its value."""

    def __getitem__(self, column: str, /) -> Any: ...


def known_of(plan: Plan, organisations: Iterable[RowLike]) -> Known:
    """All spellings that the cells of this plan year may have, folded, with what they stand for."""
    return Known(
        organisations=spellings_of(organisations),
        vocabularies={column: codes_of(words) for column, words in plan.vocabularies.items()},
        lines=frozenset(line.id for line in plan.lines()),
        indicators=frozenset(plan.handles()),
    )


def codes_of(words: Mapping[str, Text]) -> dict[str, str]:
    """A word of a vocabulary may be written as its code or as its label; a code comes first."""
    labels = {fold_text(label): code for code, text in words.items() for label in (text.en, text.fr) if label}
    return labels | {fold_text(code): code for code in words}


def spellings_of(organisations: Iterable[RowLike]) -> dict[str, str]:
    """An organisation may be written as its code, a name, or an alias; a code comes first, then a name."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for row in organisations:
        code = row["code"]
        codes.setdefault(fold_text(code), code)
        for name in (row["name_en"], row["name_fr"]):
            names.setdefault(fold_text(name), code)
        for alias in row["aliases"]:
            aliases.setdefault(fold_text(alias), code)
    return aliases | names | codes
