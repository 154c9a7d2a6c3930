"""The words of templates/words.yaml, topic by topic.

The file is so plain, a key and its words on one line, that it is read without a YAML library, whose start
would take longer than all else that a command reads; a test reads it with one, and compares.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, MutableMapping
from functools import cache
from pathlib import Path

from prt import spoken
from prt.problems import say_date, spoken_value
from prt.text import compile_later, fold_text

TOPIC_END = re.compile(rb"\n(?=[^ #\r\n])")
ENTRY_END = re.compile(r"\n(?!   |\n)")
"""An entry of a topic goes on over all lines that are further in."""
QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
PLAIN = r"[^\s\"'#,{}\[\]|>&*!%@`]"
SHORT = rf"{QUOTED}|{PLAIN}[^,{{}}]*"
PAIRS = rf"(?:[\w-]+: (?:{SHORT})(?:, |(?=}})))+"
ENTRY = re.compile(rf"""( +)"?([\w-]+)"?:(?: ({QUOTED}|{PLAIN}.*?)| \{{({PAIRS})\}})?(?: +#.*)?""")
PAIR = re.compile(rf"([\w-]+): ({SHORT})(?:, |$)")
ESCAPE = compile_later(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t"}


def shipped_templates() -> Path:
    """The wheel carries templates/ inside the package; a checkout has it next to the package."""
    package = Path(__file__).parent.parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@cache
def every_word() -> bytes:
    """What words.yaml holds, after a line end. Only topics that are asked for are made a text."""
    return b"\n" + (shipped_templates() / "words.yaml").read_bytes()


def topic_text(topic: str) -> str:
    """The text of one topic: `status`, `measure`, … KeyError where there is no such topic."""
    every = every_word()
    if (begin := every.find(f"\n{topic}:".encode())) < 0:
        raise KeyError(topic)
    end = TOPIC_END.search(every, begin + 1)
    return every[begin + 1 : end.end() if end else None].decode().replace("\r\n", "\n")


class Topic(MutableMapping[str, str]):
    """The words of one topic under their path and language, each entry read when it is first asked for."""

    def __init__(self, topic: str, text: str) -> None:
        self.topic, self.text, self.words = topic, text, dict[str, str]()
        self.read = set[str]()
        """The entries that were read."""

    def __getitem__(self, key: str) -> str:
        if key in self.words:
            return self.words[key]
        entry = key.removeprefix(f"{self.topic}.").partition(".")[0]
        if entry not in self.read:
            self.read.add(entry)
            for name in (entry, f'"{entry}"'):
                if (begin := self.text.find(f"\n  {name}:")) >= 0:
                    end = ENTRY_END.search(self.text, begin + 1)
                    lines = self.text[begin : end.start() if end else None]
                    self.words |= dict(words_of(self.topic, lines)) | self.words
        return self.words[key]

    def __iter__(self) -> Iterator[str]:
        """All of them, in the order of the file."""
        if self.text:
            self.words, self.text = dict(words_of(self.topic, self.text)) | self.words, ""
        return iter(self.words)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __setitem__(self, key: str, word: str) -> None:
        self.words[key] = word

    def __delitem__(self, key: str) -> None:
        del self.words[key]


@cache
def read_topic(topic: str) -> Topic:
    """The words of one topic under their path and language: `status.behind.fr` → `en retard`.

    KeyError where there is no such topic.
    """
    return Topic(topic, topic_text(topic))


def say_phrase(word: str, n: int | None = None, /, **parts: object) -> str:
    """What a command tells of people's own files, in the language that is spoken; `{n}` is the number, and
    a word that depends on it has the forms `one` and `other`. A `log` is called in French by its word, in
    English by the one that is typed."""
    words, language = read_topic("told"), spoken.language
    if n is not None and f"told.{word}.one.en" in words:
        word += ".one" if n == 1 or (n == 0 and language == "fr") else ".other"
    number = "" if n is None else f"{n:,}".replace(",", "\u00a0" if language == "fr" else ",")
    if language == "fr" and "log" in parts:
        parts["log"] = read_topic("log").get(f"log.{parts['log']}.fr", parts["log"])
    spoken_parts = {name: spoken_value(one, language) for name, one in parts.items()}
    return words[f"told.{word}.{language}"].format_map({"n": number, **spoken_parts})


def say_weekday(day: dt.date, language: str) -> str:
    """`Wed 12 Feb 2025`, `mer. 12 févr. 2025`: a date as the terminal says it."""
    return f"{read_topic('weekday')[f'weekday.{day.weekday()}.{language}']} {say_date(day, language)}"


def say_reason(why: str, language: str) -> str:
    """A reason that prt kept itself in corrections.csv, in words; one that somebody typed as it is."""
    return read_topic("own_reason").get(f"own_reason.{why.replace(' ', '-')}.{language}", why)


def kind_word(kind: str, language: str = "") -> str:
    """What a person calls a row of this kind."""
    return read_topic("ask")[f"ask.kind.{kind}.{language or spoken.language}"]


def kind_words(kinds: Iterable[str]) -> dict[str, str]:
    """Each kind of row by its words, folded, in both languages: `atelier` is a workshop."""
    return {fold_text(kind_word(kind, one)): kind for kind in kinds for one in ("en", "fr")}


def words_of(topic: str, text: str) -> Iterator[tuple[str, str]]:
    """Each word under its path. ValueError where a line is written in another manner."""
    path = [topic]
    for line in text.splitlines()[1:]:
        if not line or line.lstrip().startswith("#"):
            continue
        entry = ENTRY.fullmatch(line)
        if entry is None:
            raise ValueError(line)
        indent, key, word, pairs = entry.groups()
        path[len(indent) // 2 :] = [key]
        if word:
            yield ".".join(path), unquote(word)
        for language, one in PAIR.findall(pairs or ""):
            yield f"{'.'.join(path)}.{language}", unquote(one)


def unquote(text: str) -> str:
    """What is written in double quotes, in single ones, or without."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if text[0] == '"':
        return ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), text[1:-1])
    return text
