"""Who was there, as a sheet says it: marks, initials, signatures, words for absent; and rows of totals."""

from __future__ import annotations

from collections.abc import Sequence

from prt.imports.export import Grid
from prt.imports.reading.dates import find_dates
from prt.imports.reading.table import EMPTY_WORDS, CellReader
from prt.model.calendar import MONTHS, place_of
from prt.model.cells import NO, YES
from prt.text import compile_later, fold_text

MARK_HEADINGS = frozenset({
    "present", "presente", "present(e)", "presence", "presences", "attended", "attendance", "here",
    "signature", "signatures", "signed", "signe", "a signe", "checked in", "participation", "initiales",
    "initials", "paraphe",
})  # fmt: skip
REGISTRATION_HEADINGS = frozenset({
    "registered", "registration", "registrations", "registration date", "registration status", "rsvp",
    "inscrit", "inscrite", "inscrit(e)", "inscrits", "inscription", "inscriptions", "date d'inscription",
    "statut d'inscription",
})  # fmt: skip
PRESENT_WORDS = frozenset({  # beside yes, oui, x
    "present", "presente", "present(e)", "p", "✓", "✔", "☑", "signe", "signed", "attended", "en ligne",
    "online", "en personne", "in person", "en presence",
})  # fmt: skip
ABSENT_WORDS = frozenset({
    "a", "abs", "abs.", "☐", "✗", "✘", "cancelled", "canceled", "annule", "annulee", "no show", "not present",
    "did not attend", "pas venu", "pas venue", "malade", "sick", "pas presente", "pas present", "non signe",
    *EMPTY_WORDS,
})  # fmt: skip
ABSENT_BEGINNINGS = ("absent", "excus")
HALF_DAY = r"a\.? ?m\.?|p\.? ?m\.?|matin|matinee|avant midi|apres midi|morning|afternoon|soir|soiree|evening"
NUMBERED_DAY = r"(?:jour|journee|day|seance|session|bloc|block) ?(?:no\.? ?|# ?)?[0-9]{1,2}"
PART_OF_DAY = compile_later(
    rf"(?:(?:signature|presence|presente?|initiales|initials|signe)s?[ :(]+)?"
    rf"(?:{HALF_DAY}|{NUMBERED_DAY})(?:[ ,:/()]+(?:{HALF_DAY}|{NUMBERED_DAY}))*\)?"
)
DAY_NUMBER = compile_later(r"(?:jour|journee|day) ?(?:no\.? ?|# ?)?([0-9]{1,2})\b")
YEARLESS = compile_later(
    r"(?:[a-z]+\.?,? )?(?:([0-9]{1,2})(?:er)? ([a-z]{3,9})\.?|([a-z]{3,9})\.? ([0-9]{1,2}))"
)
HEADING_TAIL = compile_later(r"\s*(?:\((?:oui|yes|o|y|x|✓)[^)]*\)|[?:.])*\s*$")
ARE_YOU_HERE = compile_later(r"^(?:etes vous|are you) ")
INITIALS = compile_later(r"(?:[^\W\d_][. -]{0,2}){1,4}")
TOTAL_NAME = compile_later(r"(?:(?:grand|sous|sub) ?)?tota(?:l|ls|ux)\b.*|(?:nombre|nb|number|count)\b.*")


def is_part_of_day(heading: str) -> bool:
    """Is it a part of the day, a day, or a date: AM, Après-midi, Jour 2, Signature PM, 16 oct.?"""
    name = fold_text(heading)
    if PART_OF_DAY.fullmatch(name) or next(find_dates(heading), ""):
        return True
    return parse_yearless(heading) is not None


def parse_yearless(heading: str) -> tuple[int, int] | None:
    """The month and the day of `16 oct.`, which has no year."""
    found = YEARLESS.fullmatch(fold_text(heading))
    month = place_of(found[2] or found[3], MONTHS) if found else None
    return (month + 1, int(found[1] or found[4])) if found and month is not None else None


def parse_day_number(heading: str) -> int | None:
    """2 of `Jour 2 AM`."""
    found = DAY_NUMBER.search(fold_text(heading))
    return int(found[1]) if found else None


def find_mark_columns(grid: Grid, head: int) -> list[int]:
    """Where a header says who was present; a part of the day does where most of its cells are marks."""
    return [
        at
        for at, heading in enumerate(grid.rows[head])
        if is_mark_heading(heading)
        or (is_part_of_day(heading) and (is_signature_heading(heading) or holds_marks(grid, head, at)))
    ]


def is_mark_heading(heading: str) -> bool:
    """`Présent`, `Présent (oui/non)`, `Êtes-vous présente ?`"""
    plain = HEADING_TAIL.sub("", fold_text(heading))
    return plain in MARK_HEADINGS or ARE_YOU_HERE.sub("", plain) in MARK_HEADINGS


def is_signature_heading(heading: str) -> bool:
    """Do people write there who they are?"""
    return any(word in fold_text(heading) for word in ("sign", "initial", "paraphe"))


def holds_marks(grid: Grid, head: int, at: int) -> bool:
    texts = [text for row in grid.rows[head + 1 :] if at < len(row) and (text := row[at].strip())]
    return sum(map(is_mark, texts)) * 2 >= len(texts)


def is_mark(text: str) -> bool:
    word = fold_text(text)
    return word in YES | NO | PRESENT_WORDS or is_absent(word) or bool(INITIALS.fullmatch(text))


def is_absent(word: str) -> bool:
    return word in NO | ABSENT_WORDS or word.startswith(ABSENT_BEGINNINGS)


def says_present(line: int, heading: str, text: str, reader: CellReader) -> bool:
    """What one cell says. Any signature is a yes, but a word that says no."""
    word = fold_text(text)
    if not word or is_absent(word):
        return False
    if (
        is_signature_heading(heading)
        or word in YES | PRESENT_WORDS
        or (is_part_of_day(heading) and INITIALS.fullmatch(text))
    ):
        return True
    return reader.yes(line, heading, text, {})


def is_total(name: str) -> bool:
    """`TOTAL`, `Sous-total EMSB`, `Nombre de participants`: nobody's name."""
    return bool(TOTAL_NAME.fullmatch(fold_text(name)))


def find_registration_heading(header: Sequence[str]) -> str:
    """The heading that says who meant to come; "" where none does."""
    return next((heading for heading in header if fold_text(heading) in REGISTRATION_HEADINGS), "")
