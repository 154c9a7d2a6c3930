"""Bilingual text of a plan."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from prt.model.base import Base, Written
from prt.values import dataclass

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, Language] = ("en", "fr")


@dataclass(frozen=True)
class Unquoted:
    """`yes`, `no`, `on`, `off` without quotes: a boolean to YAML, a word in a cell, and nowhere text."""

    text: str

    def __str__(self) -> str:
        return self.text


def as_list(value: Any) -> Any:
    """One phrase may be written without its list."""
    return value if isinstance(value, list | tuple) else (value,)


Phrases = Annotated[tuple[str, ...], Written(as_list, str | tuple[str, ...])]
"""One phrase or several, in one language."""


class ForeignText(str):
    """A text that there is only in the other language, with a mark that nobody overlooks: `[fr] Ateliers`."""

    language: Language

    def __new__(cls, text: str, language: Language) -> ForeignText:
        made = super().__new__(cls, f"[{language}] {text}")
        made.language = language
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.removeprefix(f"[{self.language}] "), self.language


def marked_text(found: str | None, other: str | None, language: Language) -> str:
    """The text, or that of the other language, which knows that it is."""
    if found is not None:
        return found
    return ForeignText(other, "fr" if language == "en" else "en") if other else ""


class Text(Base):
    """`Workshops`, the same in both languages, or `{en: Workshops, fr: Ateliers}`."""

    en: str | None = None
    fr: str | None = None

    def to(self, language: Language) -> str:
        """The text in that language, or a marked text in the other."""
        en, fr = self.en, self.fr
        return marked_text(en, fr, language) if language == "en" else marked_text(fr, en, language)

    def missing(self) -> list[Language]:
        return [language for language in LANGUAGES if getattr(self, language) is None]


def as_text(value: Any) -> Any:
    return value if isinstance(value, dict) else {"en": value, "fr": value}


Label = Annotated[Text, Written(as_text, str | Text)]
"""Bilingual text as the plan file writes it: a string, or `{en: …, fr: …}`."""


class Unit(str):
    """A unit that a plan names, such as `hours a CDA`: as text in English, where it has it, for data."""

    named: Text

    def __new__(cls, named: Text) -> Unit:
        made = super().__new__(cls, named.en if named.en is not None else named.fr or "")
        made.named = named
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.named,)


def unit_named(named: Text) -> str:
    """A unit that a plan names for a figure: `%`, or a text of its own."""
    return "%" if "%" in (named.en, named.fr) else Unit(named)


def unit_text(unit: str, language: Language) -> str:
    """What a unit is called in a language."""
    return unit.named.to(language) if isinstance(unit, Unit) else unit


def units_in_words(unit: str) -> tuple[str, ...]:
    """What a unit is called in each language; nothing where there is none."""
    return tuple(filter(None, dict.fromkeys(unit_text(unit, one) for one in LANGUAGES)))


class Quoted(Base):
    """Words of the funder, kept verbatim in `says`, with what they are in the other language.

    `says` may be in English or in French: whichever of `en` and `fr` is not given is `says` itself.
    """

    says: Phrases = ()
    en: Phrases = ()
    fr: Phrases = ()

    def to(self, language: Language) -> tuple[str, ...]:
        return (self.en if language == "en" else self.fr) or self.says or self._other(language)

    def as_one(self, language: Language) -> str:
        """All phrases as one text, such as a title."""
        phrases = self.to(language)
        return phrases[0] if len(phrases) == 1 else " ".join(phrases)

    def _other(self, language: Language) -> tuple[str, ...]:
        other = self.fr if language == "en" else self.en
        return tuple(marked_text(None, phrase, language) for phrase in other)


def as_quoted(value: Any) -> Any:
    if isinstance(value, str):
        return {"says": value, "en": value, "fr": value}
    return value if isinstance(value, dict) else {"says": value}


Said = Annotated[Quoted, Written(as_quoted, str | tuple[str, ...] | Quoted)]
