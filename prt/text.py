"""What is done to any text, whoever wrote it: compare, count, join, cut to fit, wrap, escape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate, takewhile
from types import MappingProxyType
from typing import Any, AnyStr, Literal, TypeVar

from prt import spoken

T = TypeVar("T")
Align = Literal["left", "right"]


class LatePattern:
    """A regular expression, compiled when it is first asked for something."""

    def __init__(self, written: object, options: int) -> None:
        self.written, self.options = written, options

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.written, self.options), name)  # type: ignore[call-overload]
        vars(self)[name] = found
        return found


def compile_later(written: AnyStr, options: int = 0) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, for those of a module: all of them at each start would take 10 to 30 ms."""
    return LatePattern(written, options)  # type: ignore[return-value]


SHORT = 5
LONGEST_WORD = 60
MOST_COMPARED = 500
"""With more words than these, one is close that differs by one slip of a finger: looked up, not compared."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789- "
NOTHING: Mapping[str, str] = MappingProxyType({})
ASCII = bytes(range(0x80))
TYPED_SIGNS = str.maketrans(
    dict.fromkeys("‘’‛ʼ′´＇", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−﹣－", "-")
)
"""What programs write for the apostrophe, the quotation mark and the hyphen of a keyboard."""
BLANKS = compile_later(r"[ \t\r\n\v\f]+")


UNSEEN = compile_later("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but TAB and line end, and those that turn the direction of text around."""


# Compared


def same_text(one: str, other: str, column: str) -> bool:
    """Do two texts of a column say the same? Spaces around them and a decimal comma are no change."""
    return one == other or normal_text(one, column) == normal_text(other, column)


def normal_text(text: str, column: str = "") -> str:
    """`1,250` and `1.25` become the same text; of lines of the plan 1.1 and 1.10 are two."""
    text = " ".join(text.split())
    if column == "line" or not re.fullmatch(r"-?\d+[.,]\d+", text):
        return text
    return text.replace(",", ".").rstrip("0").rstrip(".")


@lru_cache(maxsize=10_000)  # the same headings, names and codes come again in every file
def fold_text(text: str) -> str:
    """`"  École-Riverside "` and `"ecole riverside"` become the same word, `L’“été”` and `L'"ete"` too."""
    letters = text if text.isascii() else without_accents(text)
    return " ".join(letters.casefold().replace("-", " ").replace("_", " ").split())


def singular(words: str) -> str:
    """`mises à jour` as `mise a jour`: folded, and without the `s` of several."""
    return " ".join(word.removesuffix("s") for word in fold_text(words).split())


def fold_texts(texts: Iterable[str]) -> list[str]:
    """Each as `fold_text` has it, in a fifth of the time where there are many; none has a NUL."""
    every = [text if text.isascii() else without_accents(text) for text in texts]
    words = "\0".join(every).casefold().replace("-", " ").replace("_", " ").split()
    return [one.strip() for one in " ".join(words).split("\0")] if every else []


def fold_letters(text: str) -> str:
    """Small letters without accents, with every sign that stands between them."""
    return without_accents(text).casefold()


def without_accents(text: str) -> str:
    text = text.replace("`", "'")
    others = text.encode("utf-8", "surrogatepass").translate(None, ASCII)
    signs = {*others.decode("utf-8", "surrogatepass")}
    for sign in sorted(signs, key=lambda sign: not plain_signs(sign).isascii()):  # what one becomes stays
        text = text.replace(sign, plain_signs(sign))
    return text


@lru_cache(maxsize=10_000)  # a text of a hundred pages has a few of them, again and again
def plain_signs(sign: str) -> str:
    """What a keyboard of English types for a sign that is not of ASCII: letters without accents."""
    plain = unicodedata.normalize("NFKD", sign.translate(TYPED_SIGNS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def convert_texts(texts: Sequence[str], convert: Callable[[Sequence[str]], Sequence[T]]) -> Sequence[T]:
    """Each text converted: those that stand in many places once, and all where most stand in one place."""
    if texts and texts.count(texts[0]) == len(texts):  # soon seen of an empty column, as most are
        return [*convert(texts[:1])] * len(texts)
    different = {*texts}
    if 2 * len(different) > len(texts):
        return convert(texts)
    words = [*different]
    return [*map(dict(zip(words, convert(words), strict=True)).__getitem__, texts)]


def compose_accents(text: str) -> str:
    """`e` and an accent, as a Mac writes file names, become the one letter `é`."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelt most like this one; a short word has more neighbours by chance."""
    if len(word) > LONGEST_WORD:
        return None
    words = known if isinstance(known, Set) else dict.fromkeys(known)
    if len(words) > MOST_COMPARED:
        return next((one for one in one_slip_away(word) if one in words), None)
    from difflib import get_close_matches  # 1 ms, which only a misspelt word needs

    cutoff = 0.75 if len(word) <= SHORT else 0.7
    return next(iter(get_close_matches(word, words, n=1, cutoff=cutoff)), None)


def closest_spelling(word: str, known: Iterable[str], written: Mapping[str, str] = NOTHING) -> str | None:
    """The known word spelt most like this one, but for accents and case; `written` spells folded words."""
    if isinstance(known, Set) and len(known) > MOST_COMPARED:
        return closest(word, known)
    spelt: dict[str, str] = {}
    for one in known:
        spelt.setdefault(fold_text(one), written.get(one, one))
    close = closest(fold_text(word), spelt.keys())
    return None if close is None else spelt[close]


def one_slip_away(word: str) -> Iterator[str]:
    """The words with one letter more, less or another, or with two in the other order."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1)
    yield from (left + right[1:] for left, right in parts if right)
    yield from (left + letter + right[1:] for left, right in parts if right for letter in LETTERS)
    yield from (left + letter + right for left, right in parts for letter in LETTERS)


def did_you_mean(word: str, known: Iterable[str], written: Mapping[str, str] = NOTHING) -> str:
    """`Did you mean "workshop"?`, or in French, or an empty string where nothing is close. Accents and case
    make no difference, and the word stands there as it is `written`."""
    close = closest_spelling(word, known, written)
    if close and spoken.language == "fr":
        return f"Vouliez-vous dire «\u00a0{close}\u00a0»?"
    return f'Did you mean "{close}"?' if close else ""


def before_more(hint: str) -> str:
    """A hint and the space after it, where there is one: what it stands before follows."""
    return f"{hint} " if hint else ""


# Counted and joined


def plural(number: int, noun: str) -> str:
    """`1 row`, `2 rows`: the number and its noun, in English."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def join_labels(labels: Iterable[object], most: int | None = None, more: str = " …", by: str = ", ") -> str:
    """`pd, plc, hours …`: the first `most` labels, and a sign that there are more."""
    texts = [str(label) for label in labels]
    return by.join(texts[:most]) + (more if most is not None and len(texts) > most else "")


# Cut to fit


def collapse_spaces(text: str) -> str:
    """The words with one space between them; no-break spaces are spaces here."""
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Line ends and runs of spaces become one space; a no-break space stays what it is."""
    return BLANKS.sub(" ", text).strip(" ")


def pad(value: str, width: int, align: Align) -> str:
    """The text in as many columns of a terminal, if it is not wider."""
    space = " " * (width - cell_width(value))
    return space + value if align == "right" else value + space


def cell_width(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(letter_width, text))


@lru_cache(maxsize=4096)
def letter_width(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    unseen = unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc") and letter != "\u00ad"
    return 0 if unseen else 1


def shorten(text: str, width: int) -> str:
    """The text in at most `width` columns, with `…` where its end is missing."""
    if cell_width(text) <= width:
        return text
    columns = accumulate(map(cell_width, text))
    kept = sum(1 for _ in takewhile(lambda column: column < width, columns))
    return text[:kept] + "…"


def wrap_text(text: str, width: int | None, indent: int = 4) -> list[str]:
    """The text on lines that end between words, all but the first further in; without a width on one line."""
    if not width or cell_width(text) <= width:
        return [text]
    from textwrap import TextWrapper  # 1 ms, which a text that fits does not need

    lead = text[: len(text) - len(text.lstrip(" "))]
    further = lead + " " * indent
    wrapper = TextWrapper(width, lead, further, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text.lstrip(" "))


# Escaped

SIGNS = compile_later(r"[\\`*_\[\]<>|~&!#]")
MARKUP = compile_later(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|^[#=+-](?=[#=\s-]|$)|(?<=^\d)[.)](?=\s)")
SHORTCODE = compile_later(r":(?=[a-z_+-][a-z0-9_+-]*:)")
LINK = compile_later(r"https?://[^\s<>\"]+")
PLAIN_WORD = compile_later(r"[\w./:@%+=,-]+")
READ_IN_QUOTES = compile_later(r'["$`!]')
RUNS = compile_later(r"[^\S\u00a0\u202f]+")


def escape_signs(text: str) -> str:
    """A cell of a Markdown table: every sign that Markdown knows is escaped, wherever it stands."""
    return SIGNS.sub(r"\\\g<0>", one_line(text))


def escape_markup(text: str) -> str:
    """Markdown that reads well raw: a sign is escaped only where it would be markup."""
    return SHORTCODE.sub(":\u2060", MARKUP.sub(r"\\\g<0>", text))


@lru_cache(maxsize=10_000)  # as above
def escape_markdown(text: str) -> str:
    """One line of Markdown in which no character is markup; a web address becomes a link."""
    line = RUNS.sub(" ", text).strip(" ")
    if is_link(line):
        return f"<{line.replace('|', '%7C').replace('`', '%60')}>"
    return escape_markup(line)


def is_link(text: str) -> bool:
    return LINK.fullmatch(text) is not None


def command_with(command: str, **options: object) -> str:
    """`prt notes --annual`: a command with those of the options that are in force, ready to be pasted."""
    words = [command]
    for name, value in options.items():
        if value not in (None, False, ""):
            option = option_name(name)
            words.append(option if value is True else f"{option} {quote_word(str(value))}")
    return " ".join(words)


def option_name(name: str) -> str:
    """`--new-in`: the option that is named like a column, or like what a command is called with."""
    return f"--{name.replace('_', '-')}"


def quote_word(text: str) -> str:
    """One word of a command that is pasted: in quotation marks where a shell would read anything else in it,
    such as two words, or another command."""
    if PLAIN_WORD.fullmatch(text):
        return text
    inside = text.replace("'", "'\\''")
    return f"'{inside}'" if READ_IN_QUOTES.search(text) else f'"{text}"'
