"""Names of persons as exports have them, and what is left of them for comparing: folded, in both orders.

`Tremblay-Sample, Zoé (External)`, `LBPSB - Jordan Example (Jordan Example)` and
`iPhone de Kim (Kim O'Sample)` name somebody; a telephone number, an e-mail address and `Zoom user` do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from prt.text import compile_later, fold_text
from prt.values import NamedTuple

PERSON_TITLES = frozenset({
    "dr", "dre", "docteur", "docteure", "m", "mr", "mrs", "ms", "mx", "miss", "mme", "mlle", "madame",
    "monsieur", "prof",
})  # fmt: skip
PRONOUN = "she|her|hers|he|him|his|they|them|theirs|ze|zir|elle|il|iel|ielle|ella|lui|eux|any|all"
PRONOUNS = compile_later(
    rf"\b(?:{PRONOUN})\s*[/|]\s*(?:{PRONOUN})(?:\s*[/|]\s*(?:{PRONOUN}))*\b", re.IGNORECASE
)
BRACKET_MARKS = compile_later(
    rf"(?:external|externe|unverified|non verifiee?|not verified|guest|invitee?|host|co host|hote|cohote|"
    rf"animateur|animatrice|organi[sz]er|organisateur|organisatrice|presenter|presentateur|presentatrice|"
    rf"me|moi|you|vous|(?:{PRONOUN})(?:[ ,;/]+(?:{PRONOUN}))*)"
)
DEVICE = r"(?:iphone|ipad|ipod|android|galaxy|samsung|pixel|macbook(?: (?:air|pro))?|imac|laptop|pc|surface)"
DEVICES = compile_later(
    rf"\b{DEVICE}(?:[ -]\w{{1,3}}\b)?\s+(?:de\s+|d['’]\s*|of\s+)|['’]s?\s+{DEVICE}\b.*|\b{DEVICE}\b",
    re.IGNORECASE,
)
NOBODY_WORDS = frozenset({
    "zoom", "teams", "user", "utilisateur", "utilisatrice", "guest", "invite", "participant",
    "participante", "attendee", "unknown", "inconnu", "anonymous", "anonyme", "conference", "room", "salle",
    "meeting", "admin", "host", "hote", "telephone", "phone", "caller", "tablet", "tablette",
})  # fmt: skip
PLACE_WORDS = frozenset({
    "school", "ecole", "elementary", "elem", "primary", "secondary", "high", "highschool", "academy",
    "academie", "clc", "csc", "centre", "center", "commission", "board", "college", "campus", "library",
    "bibliotheque", "community", "communautaire", "team", "equipe", "department", "departement", "service",
    "services", "office", "bureau", "education", "learning", "literacy", "network", "program", "programme",
})  # fmt: skip
ROBOTS = compile_later(
    r"\b(?:otter ?(?:pilot|\.ai)|read\.ai|read ai meeting|fireflies|note ?takers?|preneuse? de notes|tl;?dv|"
    r"ai (?:meeting )?notes?|notes? (?:ia|ai)|ai (?:companion|assistant)|assistante? ia|"
    r"(?:fathom|avoma|sembly|tactiq|meetgeek)[. ](?:ai|video))\b"
)
JOINING_WORDS = (
    compile_later(  # what stands between two people of one connection, or before whom somebody is there for
        r"(?:^|\s)(?:(?:et|and|avec|with|for|pour|on behalf of|in place of|substitut(?:e|ing) for|sub for|"
        r"replac(?:ed by|es|ing)|rempla(?:ce|cée?s? par|çante?s?))(?=\s)|(?:à la place|au nom)(?=\sd))"
        r"(?:\s+(?:de|of|for|pour)(?=\s)|\s+d')?|\s*[&+]\s*",
        re.IGNORECASE,
    )
)
DIPLOMA = (
    r"ph\.? ?d\.?|ed\.? ?d\.?|[mb]\.? ?ed\.?|[mb]\.? ?sc\.?|m\.? ?b\.? ?a\.?|d\.?e\.?s\.?s\.?|ps\.? ?ed\.?"
)
DIPLOMA_OR_NAME = r"[mb]\.? ?a\.?|ing\.?|eng\.?|t\.? ?s\.?|m\.? ?d\.?|cpa|jr\.?|sr\.?"
DIPLOMAS = compile_later(
    rf"(?:(?:\s*,\s*|\s+)(?:{DIPLOMA})|\s*,\s*(?:{DIPLOMA_OR_NAME})|\s+ing\.)+\s*$", re.IGNORECASE
)
EMAIL_IN_NAME = compile_later(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+\.[^\s<>()\[\],;:]+")
NAME_BRACKETS = compile_later(r"[(\[]([^()\[\]]*)[)\]]")
NAME_DIVIDERS = compile_later(r"\s+[-:|/~]+\s+|\s+-{2,}|-{2,}\s+|\s*\|\s*|:\s+")
HYPHENS = "‐‑‒–—―−﹣－"
"""What stands for a hyphen, as Word writes it: between two letters it is one."""
TO_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-") | {"\u00ad": ""})
ONE_SIDED_DASH = compile_later(rf"\s+[{HYPHENS}]+|[{HYPHENS}]+\s+")
LIGATURES = TO_HYPHEN | str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
HAS_DIGIT = compile_later(r"\d")
PLAIN_NAME = compile_later(r"[^\W\d_]+(?:-[^\W\d_]+)*(?: [^\W\d_]+(?:-[^\W\d_]+)*)+")
"""Words of letters and hyphens alone: nothing in it divides, and nothing stands in brackets."""
MOST_NAME_WORDS = 6  # of a name

NEVER_IN_NAMES = NOBODY_WORDS | PLACE_WORDS | PERSON_TITLES | frozenset({
    "iphone", "ipad", "ipod", "android", "galaxy", "samsung", "pixel", "macbook", "imac", "laptop", "pc",
    "surface", "otter", "otterpilot", "read", "ai", "ia", "fireflies", "note", "notes", "notetaker",
    "notetakers", "taker", "takers", "preneur", "preneuse", "tldv", "companion", "assistant",
    "assistante", "fathom", "avoma", "sembly", "tactiq", "meetgeek", "et", "and", "avec", "with", "for",
    "pour", "on", "in", "of", "substitute", "substituting", "sub", "replaced", "replaces", "replacing",
    "remplace", "remplacee", "remplaces", "remplacees", "remplacant", "remplacante", "a", "place", "au",
    "nom", "phd", "edd", "med", "bed", "msc", "bsc", "mba", "dess", "psed", "ba", "ma", "ing", "eng",
    "ts", "md", "cpa", "jr", "sr", "ph", "ed", "m", "b",
})  # fmt: skip
"""Words of devices, robots, titles, and between two people: such a text is looked at closely."""

NO_NAME_WORDS = NOBODY_WORDS | PLACE_WORDS

IsWord = Callable[[str], bool]
"""Whether a text is a role or a board, and so not a name."""


class ParsedName(NamedTuple):
    """What one text says: the `names` that it may be, the likeliest first, an `email` in it, and `others`
    that are no name, such as a board.

    `joined`: the text speaks of several people (`Inès Exemple et Théo`, `remplaçante de Inès Exemple`), so
    that nobody knows which of them was there. A `robot` takes notes, whoever it was sent by.
    """

    names: tuple[str, ...] = ()
    email: str = ""
    others: tuple[str, ...] = ()
    joined: bool = False
    robot: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The full names as they are compared, with a sign for several people; empty if there is none."""
        return frozenset(map(name_key, self.names)) | (frozenset("+") if self.joined else frozenset())


def parse_name(text: str, is_word: IsWord) -> ParsedName:
    """The names that an export's text may be; none of a telephone number, an address, or a device alone."""
    if PLAIN_NAME.fullmatch(text) and (plain_name := parse_plain_name(text, is_word)):
        return plain_name
    found = EMAIL_IN_NAME.search(text) if "@" in text else None
    if ROBOTS.search(fold_text(text)):
        return ParsedName(email=found[0] if found else "", robot=True)
    plain = (EMAIL_IN_NAME.sub(" ", text) if found else text).replace("’", "'")
    plain = PRONOUNS.sub(" ", plain) if "/" in plain or "|" in plain else plain
    inner = [part for part in NAME_BRACKETS.findall(plain) if not BRACKET_MARKS.fullmatch(fold_text(part))]
    parts = [
        piece for part in (*inner, NAME_BRACKETS.sub(" ", plain)) for piece in divide_name(part, is_word)
    ]
    names: list[str] = []
    others: list[str] = []
    joined = False
    for part in parts:
        pieces = JOINING_WORDS.split(remove_diplomas(part.strip(" -–—,;:")))
        found_here = [find_name(piece.strip(" -–—,;:"), is_word) for piece in pieces]
        full = [name for name, _ in found_here if name]
        names += full
        others += [text for _, rest in found_here for text in rest]
        joined |= bool(full) and len(pieces) > 1 and are_several_people(pieces, is_word)
    once = {name_key(name): name for name in reversed(names)}
    return ParsedName(tuple(reversed(once.values())), found[0] if found else "", tuple(others), joined)


def parse_plain_name(text: str, is_word: IsWord) -> ParsedName | None:
    """The name that a text of words and hyphens is; None where a word of it may be no part of a name."""
    words = fold_text(text).split()
    if not NEVER_IN_NAMES.isdisjoint(words) or is_word(text):
        return None
    if "-" in text and any(map(is_word, text.split("-"))):
        return None
    return ParsedName((text,)) if is_full_name(text) else None


def divide_name(text: str, is_word: IsWord) -> Iterator[str]:
    """The parts of a text between its dividers. A dash between letters is a hyphen, whatever its length,
    unless one of its sides is a role or a board: `EMSB–Robin Sample`."""
    for part in NAME_DIVIDERS.split(ONE_SIDED_DASH.sub(" - ", text).translate(TO_HYPHEN)):
        begins, _, rest = part.partition("-")
        before, _, ends = part.rpartition("-")
        if rest and is_word(begins.strip()) and not is_word(part):
            yield from (begins, rest)
        elif before and is_word(ends.strip()) and not is_word(part):
            yield from (before, ends)
        else:
            yield part


def are_several_people(pieces: Sequence[str], is_word: IsWord) -> bool:
    """Is there somebody on both sides, or is somebody there for another: `for Amir Exemple`?"""
    people = [piece for piece in map(str.strip, pieces) if not is_word(piece) and split_name(piece)]
    return len(people) > 1 or not pieces[0].strip()


def remove_diplomas(part: str) -> str:
    """`Sofia Exemple, Ph. D.` without the title after it; `Exemple, Ma` is a name as it is."""
    plain = DIPLOMAS.sub("", part)
    return plain if plain == part or len(split_name(plain)) > 1 else part


def find_name(part: str, is_word: IsWord) -> tuple[str, list[str]]:
    """The name in a piece of text, as First Last, and what else the piece says."""
    if not part or is_word(part):
        return "", [part] if part else []
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    others = [piece for piece in pieces if len(pieces) > 1 and is_word(piece)]
    pieces = [piece for piece in pieces if piece not in others]
    plain = " ".join(split_name(" ".join(reversed(pieces)) if len(pieces) == 2 else " ".join(pieces[:1])))
    return (plain, others) if is_full_name(plain) else ("", [*others, *([part] if not others else [])])


def split_name(text: str) -> list[str]:
    """The words of a name without devices, titles and numbers."""
    words = [word.strip(".,;'\"*") for word in DEVICES.sub(" ", text).split()]
    words = [word for word in words if word and not HAS_DIGIT.search(word)]
    while len(words) > 2 and fold_text(words[0]) in PERSON_TITLES:
        del words[0]
    return words


def is_full_name(name: str) -> bool:
    """Two words at least that are no initials, and none of a school, a room or a program."""
    words = name_key(name).split()
    longer = [word for word in name.split() if len(word) > 1 or not word.isascii()]
    are_letters = len(words) <= MOST_NAME_WORDS and "".join(words).isalpha()
    return len(longer) > 1 and are_letters and NO_NAME_WORDS.isdisjoint(words)


def name_words(text: str) -> list[str]:
    """The words of a name, folded; the halves of a double name are two."""
    plain = (text if text.isascii() else text.translate(LIGATURES)).replace("'", "").replace("’", "")
    return fold_text(plain.replace(".", " ").replace(",", " ")).split()


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """The same text for every spelling of a name that differs in accents, case, signs, or in the order
    First Last and Last First: of all the orders that going round gives, the first in the alphabet."""
    words = name_words(name)
    first = min(words, default="")
    if words.count(first) < 2:  # as nearly always
        at = words.index(first) if words else 0
        return " ".join(words[at:] + words[:at])
    starts = [at for at, word in enumerate(words) if word == first]
    return min(" ".join(words[at:] + words[:at]) for at in starts)
