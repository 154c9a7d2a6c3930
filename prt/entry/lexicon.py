"""The words of a line of hours: every spelling of the plan's words, the organisations and the centres.

What a word stands for comes from the columns of the logs, the plan's vocabularies and the program's own words
in both languages. Nothing that the plan says is written here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import takewhile

from prt.entry.person_names import LIGATURES
from prt.model.cells import Cell, Known, OneOf, OrganisationCell, TextCell, WordCell
from prt.model.columns import Column, LogRecord
from prt.model.records import hours_logs
from prt.model.view import Data
from prt.problems import Mistake
from prt.text import fold_text
from prt.values import NamedTuple, dataclass, field

SHORTEST_BEGINNING = 3
SMALL_WORDS = frozenset(["d", "l", "de", "du", "des", "la", "le", "les", "et", "of", "the", "and"])
"""Words inside a label that nobody needs to type: `plan-action` is *Plan d'action*."""
STAFF = "staff"
"""What a line calls who gave the hours, whatever the column of its log is called."""
UNTYPED = ("id", "evidence", "request")
"""The columns that no word before a colon fills."""
BOARD_TYPES = ("school-board", "service-centre", "private-school")


class Meaning(NamedTuple):
    """What a spelling stands for: a value of one column."""

    column: str
    value: str


@lru_cache(maxsize=100_000)
def word_key(text: str) -> str:
    """A text as it is compared: without accents, case, signs and small words."""
    plain = fold_text(text.translate(LIGATURES))
    for sign in "'.,;()\"«»“”":
        plain = plain.replace(sign, " ")
    words = plain.split()
    return " ".join(word for word in words if word not in SMALL_WORDS) or " ".join(words)


@dataclass(frozen=True)
class Lexicon:
    """Every spelling with its meanings; `markers` are the words before a colon, with their columns."""

    spellings: Mapping[str, tuple[Meaning, ...]]
    markers: Mapping[str, tuple[str, ...]]
    written: Mapping[str, str]
    """How each spelling is written, with its accents."""
    texts: frozenset[str]
    """The columns that take any text after their word and a colon."""
    quoted: frozenset[str]
    """The columns that take any text in quotes, and earlier texts without."""
    marked: Mapping[str, Cell] = field(default_factory=dict)
    """The columns of the plan whose values stand after their word and a colon alone: numbers, *yes*."""

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """What a text stands for, whole or as a beginning that one value of each column has.

        A whole word that begins a value of another column stands for both: whoever reads it asks.
        """
        key = word_key(text)
        whole = self.spellings.get(key, ())
        named = {one.column for one in whole}
        begun = self.begun(key) if len(key.replace(" ", "")) >= SHORTEST_BEGINNING else ()
        return (*whole, *(one for one in begun if one.column not in named))

    def own_values(self, text: str, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(column, value) of those of these columns that a text after their word is a value of."""
        for name in columns:
            with suppress(Mistake):
                if cell := self.marked.get(name):
                    yield name, cell.write(cell.read(text, Known(), name))

    def whole_meanings(self, text: str) -> tuple[Meaning, ...]:
        """What a text stands for as it is."""
        return self.spellings.get(word_key(text), ())

    def begun(self, key: str) -> tuple[Meaning, ...]:
        """The values that have a spelling which begins so."""
        keys = self.sorted_keys
        after = takewhile(lambda one: one.startswith(key), keys[bisect_left(keys, key) :])
        return tuple(dict.fromkeys(meaning for one in after for meaning in self.spellings[one]))

    @cached_property
    def sorted_keys(self) -> list[str]:
        return sorted(self.spellings)

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest spelling."""
        return max((key.count(" ") + 1 for key in self.spellings), default=0)

    def spellings_of(self, column: str, value: str) -> list[str]:
        """Every way to write one value."""
        return [key for key, meanings in self.spellings.items() if Meaning(column, value) in meanings]

    def markers_for(self, column: str) -> list[str]:
        """The words that stand before a colon for a column."""
        return [marker for marker, columns in self.markers.items() if columns[0] == column]


def make_lexicon(known: Known, data: Data, words: Mapping[str, str]) -> Lexicon:
    """The lexicon of a plan year; `words` are the program's: `value.role.cda.fr`, `typed.board.fr`."""
    found: dict[str, dict[Meaning, None]] = {}
    written: dict[str, str] = {}
    for text, meaning in every_spelling(known, data, words):
        if key := word_key(text):
            found.setdefault(key, {})[meaning] = None
            shown = known.written.get(text, text)
            if key not in written or shown != fold_text(shown):
                written[key] = shown
    spellings = {key: tuple(meanings) for key, meanings in found.items()}
    free, offered = free_texts(known, data), offered_texts(data)
    return Lexicon(spellings, markers_of(words, data), written, free, offered, marked_cells(data))


def every_spelling(known: Known, data: Data, words: Mapping[str, str]) -> Iterator[tuple[str, Meaning]]:
    """Every spelling of every value of the logs of hours."""
    boards = {row["code"] for row in data.organisations if is_board(row["type"], row["counts_as_board"])}
    for model in hours_records(data):
        for column in model.columns():
            for text, code in spellings_of_column(column, known.at(model.log)):
                meaning = Meaning(column.name, code)
                other = isinstance(column.cell, OrganisationCell) and (code in boards) != (
                    column.name == "board"
                )
                yield from () if other else ((one, meaning) for one in (text, *labels(words, *meaning)))
    rows = [row for model in hours_records(data) if "centre" in model.fields for row in data.logs[model.log]]
    for centre in sorted({row["centre"] for row in (*data.people, *rows) if row["centre"]}):
        yield centre, Meaning("centre", centre)
    for label in labels(words, "request", ""):
        yield label, Meaning("request", "new")


def hours_records(data: Data) -> Iterator[type[LogRecord]]:
    """The classes of the logs of hours, as the plan has them."""
    return (data.record_of(model.log) for model in hours_logs())


def is_board(kind: str, counts: bool | None) -> bool:
    """Are hours given to its people accompaniment? Those given to any other organisation are its support."""
    return bool(counts) or kind in BOARD_TYPES


def spellings_of_column(column: Column, known: Known) -> Iterable[tuple[str, str]]:
    cell = column.cell
    if isinstance(cell, OneOf):
        return cell.spellings_in(known, column.name).items()
    if isinstance(cell, OrganisationCell):
        return known.organisations.items()
    return (known.words(column.name) or {}).items() if isinstance(cell, WordCell) else ()


def labels(words: Mapping[str, str], column: str, code: str) -> Iterator[str]:
    """What the program calls a value, or without a code the column, in both languages."""
    stem = f"value.{column}.{code}." if code else f"typed.{column}."
    for language in ("en", "fr"):
        text = words.get(stem + language, "")
        yield from filter(None, [text] if code else text.split("/"))


def markers_of(words: Mapping[str, str], data: Data) -> dict[str, tuple[str, ...]]:
    """What may stand before a colon: the words for the columns, and their names. The word for a topic, `for`,
    stands for the topics in quotes too."""
    models = list(hours_records(data))
    names = dict.fromkeys(name for model in models for name in model.header() if name not in UNTYPED)
    workers = {name for model in models for name in model.worker_columns()}
    found = {
        word_key(text): (STAFF if name in workers else name,)
        for name in names
        for text in (name, *labels(words, name, ""))
    } | {word_key(text): (name,) for name, text in own_labels(models)}
    quoted = offered_texts(data)
    topics = {model.topic_column for model in models}
    more = sorted(topics & quoted)
    return {one: (*own, *more) if own[0] in topics - quoted else own for one, own in found.items()}


def own_labels(models: Iterable[type[LogRecord]]) -> Iterator[tuple[str, str]]:
    """(column, label) of those that the plan adds, in both languages."""
    own = ((one.name, one.own.label) for model in models for one in model.columns() if one.own)
    return ((name, text) for name, label in own for text in (label.en, label.fr) if text)


def offered_texts(data: Data) -> frozenset[str]:
    """The columns of which earlier texts are offered."""
    return frozenset(name for model in hours_records(data) for name in model.offered_by)


def marked_cells(data: Data) -> dict[str, Cell]:
    """The columns that the plan adds whose values no word of a line is by itself."""
    own = (one for model in hours_records(data) for one in model.columns() if one.own)
    return {one.name: one.cell for one in own if not isinstance(one.cell, (TextCell, WordCell))}


def free_texts(known: Known, data: Data) -> frozenset[str]:
    """The columns of text that have no list of words, and of which no earlier texts are offered."""
    columns = [(column, known.at(model.log)) for model in hours_records(data) for column in model.columns()]
    names = {column.name for column, own in columns if is_free(column, own)}
    return frozenset(names - {*UNTYPED} - offered_texts(data))


def is_free(column: Column, known: Known) -> bool:
    cell = column.cell
    return isinstance(cell, TextCell) or (isinstance(cell, WordCell) and known.words(column.name) is None)
