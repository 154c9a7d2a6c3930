"""What a record is: a CSV file as a class of fields, each a column, which the program declares or a plan;
and what a log must say of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, cast

from prt.model.base import Base, Field, Kind, field
from prt.model.calendar import Amount, Calendar
from prt.model.cells import (
    Cell,
    Exact,
    Known,
    NumberCell,
    RowIdCell,
    TextCell,
    Value,
    WholeCell,
    WordCell,
    Words,
    YesNoCell,
    names_person,
    plain_number,
    without_unit,
)
from prt.model.text import Label, Unit, units_in_words
from prt.problems import Mistake
from prt.text import option_name
from prt.values import dataclass


def needed(description: str) -> Any:
    return Field(description=description)


def blank(description: str, empty: Value = None) -> Any:
    """A column that may be empty; `empty` is what an empty cell then means."""
    return Field(default=empty, description=description)


ONLY_OF = {
    "choices": "choice",
    "whole": "number",
    "unit": "number",
    "at_least": "number",
    "at_most": "number",
}
"""The keys that columns of one type have, and no others."""


class OwnColumn(Base):
    """A column that a plan adds to a log.

    `required`: whoever enters a row has to fill it; a row that was there before may be empty.
    """

    type: Literal["text", "choice", "number", "yes-no"]
    label: Label
    help: Label | None = None
    required: bool = False
    choices: dict[str, Label] = field(factory=dict)
    whole: bool = False
    unit: Label | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None

    def check(self) -> None:
        """Choices of a choice alone; limits of a number alone, in their order."""
        for key, kind in ONLY_OF.items():
            if key in self.given and self.type != kind:
                raise Mistake("key_of_other_type", key=key, type=self.type, other=kind)
        if self.type == "choice" and not self.choices:
            raise Mistake("column_without_choices")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise Mistake("limits_crossed")
        if self.unit and any("%" in (text or "") for text in (self.unit.en, self.unit.fr)):
            raise Mistake("unit_is_percent")

    def __hash__(self) -> int:
        return hash((self.type, self.label))

    @property
    def description(self) -> str:
        """What the help of a command says of it: `Distance; a number from 0 to 500 (km)`."""
        said, cell = (self.help or self.label).to("en").rstrip("."), self.cell()
        if self.type != "number":
            return said
        return f"{said}; {cell.says} ({self.unit_text})" if self.unit else f"{said}; {cell.says}"

    @property
    def unit_text(self) -> str:
        """Its unit as numbers have it; empty where it has none."""
        return Unit(self.unit) if self.unit else ""

    @property
    def counts_people(self) -> bool:
        """Is it a whole number that does not say of what? People may be counted."""
        return self.type == "number" and self.whole and self.unit is None

    @property
    def is_group(self) -> bool:
        """Are its values a few, by which rows are counted?"""
        return self.type in ("choice", "yes-no")

    @property
    def is_listed(self) -> bool:
        """May a report show it of each row that it lists?"""
        return self.type != "text" and not self.counts_people

    def cell(self) -> Cell:
        """The kind of its cells."""
        if self.type == "number":
            return OwnWholeCell(self) if self.whole else OwnNumberCell(self)
        return {"text": TextCell, "choice": WordCell, "yes-no": YesNoCell}[self.type]()

    def value(self) -> Any:
        """The type of the values of its cells."""
        if self.type == "number":
            return int if self.whole else Fraction
        return bool if self.type == "yes-no" else str


class OwnLimits:
    """The limits and the unit of a column of numbers that the plan adds, whole or not."""

    says: str
    unit: str

    def __init__(self, own: OwnColumn) -> None:
        self.least, self.most = own.at_least, own.at_most
        self.says, self.unit = self.said(self.says), own.unit_text
        self.units = units_in_words(self.unit)

    def said(self, plain: str) -> str:
        """`a whole number from 0 to 500` for `a whole number such as 24`"""
        ends = (("from", "at least", self.least), ("to", "at most", self.most))
        known = [(word, alone, plain_number(end)) for word, alone, end in ends if end is not None]
        texts = [f"{word} {end}" if len(known) > 1 else f"{alone} {end}" for word, alone, end in known]
        return " ".join((plain.partition(" such as ")[0], *texts)) if texts else plain

    def check_limits(self, value: Amount | int, text: str) -> None:
        """Raise a Mistake where a value is outside."""
        if self.least is not None and value < self.least:
            raise Mistake("number_below_limit", text=text, least=plain_number(self.least))
        if self.most is not None and value > self.most:
            raise Mistake("number_above_limit", text=text, most=plain_number(self.most))


class OwnNumberCell(OwnLimits, NumberCell):
    """A number with decimals or without, of a column that the plan adds."""

    def read(self, text: str, known: Known, column: str) -> Fraction:
        value = super().read(without_unit(text, self.units), known, column)
        self.check_limits(value, text)
        return value


class OwnWholeCell(OwnLimits, WholeCell):
    """A whole number, of a column that the plan adds."""

    def read(self, text: str, known: Known, column: str) -> int:
        value = super().read(without_unit(text, self.units), known, column)
        self.check_limits(value, text)
        return value


class OwnField(Field):
    """A column that a plan adds: it may be empty in a row that was there before."""

    def __init__(self, name: str, own: OwnColumn) -> None:
        super().__init__(default=None, description=own.description)
        self.own = own
        self.named(name, Annotated[own.value(), own.cell()] | None, __name__)


BESIDE = ("id", "note", "evidence")
"""The columns of every log that say nothing of what its rows are about."""


class Column:
    """One column: its name, its kind of cell, what an empty cell means.

    Without an `essential` cell a row cannot be read; a `required` one is filled by whoever enters a row.
    `own` is what the plan says of a column that it adds.
    """

    def __init__(self, field: Field) -> None:
        self.name = field.name
        self.own = field.own if isinstance(field, OwnField) else None
        self.essential = field.required
        self.required = self.essential or (self.own is not None and self.own.required)
        self.description = field.description
        self.empty: Value = None if self.essential else field.default
        self.cell = cell_of(field)

    @property
    def is_beside(self) -> bool:
        """Does it only tell the row from others, or add to what it says?"""
        return self.name in BESIDE

    @property
    def option(self) -> str:
        return option_name(self.name)


def cell_of(field: Field) -> Cell:
    """The kind of cell that the annotation of a column names, inside `| None` too."""
    for part in field.alternatives:
        for meta in getattr(part, "__metadata__", ()):
            if isinstance(meta, Cell):
                return meta
    raise TypeError(f"{field.annotation} names no kind of cell")


@dataclass(frozen=True)
class Annex:
    """How an annex of a report shows the rows of a log, and its place among the annexes.

    Sessions in the seven columns of line 1.3c, rows one by one, or numbers of rows by some columns.
    """

    form: Literal["activities", "rows", "numbers"]
    place: int


@dataclass(frozen=True)
class Fill:
    """What one child row gives to an empty column of its session, and the columns that it depends on.

    `gives` is None of a row that gives nothing; rows that give the same thing count once.
    """

    gives: Callable[[Any], Hashable]
    by: frozenset[str]


class Record(Base):
    """A row of a file, as it is written, and what a kind of row says of itself.

    A new log declares its columns, and those of the facts below of which the default is not true:
    no other file keeps a table of logs.
    """

    log: ClassVar[str]
    prefix: ClassVar[str]
    id_column: ClassVar[str] = "id"
    apart: ClassVar[tuple[str, ...]] = ()
    """Columns that tell one row from another where several may have one id."""
    parent: ClassVar[str] = ""
    """`sessions` where its rows belong to one, by their column `session`: they count with that row."""
    plannable: ClassVar[bool] = False
    """Has a row a status? Then only what was held counts, unless a selection asks for another one."""
    presences: ClassVar[bool] = False
    """Is a row the presence of somebody? Those of the team and those too short count in no measure."""
    alongside: ClassVar[bool] = False
    """Do its rows come and go with those of a log? Then nobody is told of them."""
    grows: ClassVar[bool] = False
    """Does it say what was done? Then no copy that is merged takes a row away."""
    free_text: ClassVar[bool] = False
    """May somebody have written a name into a text of it, which nobody but the private folder has?"""
    persons: ClassVar[bool] = False
    """Is a row about persons? Then reports show numbers of rows, never the rows. A log with a column of
    persons who are no `workers` says it, be it False."""
    workers: ClassVar[tuple[str, ...]] = ("staff",)
    """Columns of who did the work, of the team: a row is about none of them."""
    chain: ClassVar[tuple[str, ...]] = ()
    """Columns that count people, the narrowest first: each one's people are among those of the next."""
    part_of: ClassVar[Mapping[str, str]] = {}
    """Columns that count people, each with the column whose people they are a part of."""
    gathering: ClassVar[bool] = False
    """Is a row a gathering? How many came tells nothing of anybody; another small number is withheld."""
    shares: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Percentages that a report shows of each row: part and whole."""
    divided_by: ClassVar[tuple[str, ...]] = ()
    """Of a roster, the columns by which a share of its members may be broken down."""
    placing: ClassVar[frozenset[str]] = frozenset({"date"})
    """Columns that decide whether a row counts, and on which day, whatever the measure."""
    reports_on: ClassVar[str] = ""
    """A column of periods: a row that names one counts on its last day, whatever the date of the row."""
    once_a_period: ClassVar[str] = ""
    """A column of what is reported on: of each value a period has one row, and a second one is told."""
    logged_by_submit: ClassVar[Mapping[str, str]] = {}
    """The cells of a row that `prt submit` writes: nobody types such a row of what is not kept."""
    fills: ClassVar[Mapping[str, Fill]] = {}
    """What its rows give to the empty columns of their session."""
    stand_ins: ClassVar[Mapping[str, str]] = {}
    """Columns that may be empty, each with the column whose number it then has, if no child rows say more."""
    same: ClassVar[tuple[str, ...]] = ()
    """Columns in which two rows agree that may be one thing entered twice."""
    alike: ClassVar[str] = ""
    """A column of words in which these two are the same too, or nearly."""
    same_link: ClassVar[str] = ""
    """A column of a link: where two rows have one link, they are the same."""
    title_column: ClassVar[str] = ""
    """The column that tells a reader which row it is."""
    offered_by: ClassVar[Mapping[str, str]] = {}
    """Of a column of free text, the column by whose value its earlier texts are offered again."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.parent not in ("", "sessions"):
            raise TypeError(f"{cls.__name__}.parent: rows may belong to sessions, not to {cls.parent}")
        if cls.parent and "session" not in cls.fields:
            raise TypeError(f"{cls.__name__}.parent: rows of sessions need a column session")
        if unknown := [name for name in vars(cls).get("workers", ()) if name not in cls.fields]:
            raise TypeError(f"{cls.__name__}.workers: there is no column {unknown[0]}")

    @classmethod
    @cache
    def columns(cls) -> tuple[Column, ...]:
        """All columns in the order of the file: `id`, the log's own, then `note` and `evidence`."""
        last = ("note", "evidence")
        return tuple(map(Column, sorted(cls.fields.values(), key=lambda field: field.name in last)))

    @classmethod
    def column_named(cls, name: str) -> Column | None:
        at = cls.indexes().get(name)
        return None if at is None else cls.columns()[at]

    @classmethod
    def header(cls) -> list[str]:
        return list(cls.indexes())

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """The columns that tell a row from all others, its id first."""
        return (cls.id_column, *cls.apart)

    @classmethod
    @cache
    def person_columns(cls) -> tuple[str, ...]:
        """The columns that name people, such as who was there and who gave the hours; never the row's id."""
        columns = (one for one in cls.columns() if one.name != cls.id_column)
        return tuple(one.name for one in columns if names_person(one.cell))

    @classmethod
    @cache
    def row_columns(cls) -> tuple[str, ...]:
        """The columns that name rows of logs, such as the session of a presence."""
        return tuple(one.name for one in cls.columns() if isinstance(one.cell, RowIdCell))

    @classmethod
    @cache
    def about_columns(cls) -> tuple[str, ...]:
        """The columns of whom a row is about: not of who did the work."""
        return tuple(name for name in cls.person_columns() if name not in cls.workers)

    @classmethod
    @cache
    def worker_columns(cls) -> tuple[str, ...]:
        """The columns of who did the work that this log has; `prt log` fills the first with who types."""
        return tuple(name for name in cls.workers if name in cls.fields)

    @classmethod
    @cache
    def indexes(cls) -> dict[str, int]:
        """Where each column stands among the values of a row."""
        return {column.name: place for place, column in enumerate(cls.columns())}

    @classmethod
    @cache
    def same_places(cls) -> tuple[int, ...]:
        """Where the columns stand in which two rows of one thing agree."""
        return tuple(cls.indexes()[name] for name in cls.same)

    @classmethod
    @cache
    def gives_hours(cls) -> bool:
        """Does a row say how many hours somebody of the team gave on a day?"""
        return bool(cls.worker_columns()) and {"hours", "date"} <= cls.fields.keys()

    @classmethod
    def counting_days(cls, rows: Sequence[Any], calendar: Calendar) -> list[dt.date]:
        """The days that rows count on, before they are moved into the plan year."""
        at = cls.indexes()["date"]
        days = [row.values[at] for row in rows]
        if not cls.reports_on:
            return days
        periods = [calendar.period(row[cls.reports_on]) for row in rows]
        return [one.last if one else day for day, one in zip(days, periods, strict=True)]

    @classmethod
    def fill(cls, rows: Sequence[Any]) -> dict[str, Any]:
        """What the rows of one session give to its empty columns, together."""
        return {}

    @classmethod
    def complete(cls, row: Any, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Mistake]]]:
        """What the empty cells of a row hold, of which its child rows have `given` some; and, as (column,
        Mistake), which numbers cannot be true together.
        """
        return dict(given), []

    @classmethod
    def without_units(cls, cells: Mapping[str, str], known: Known) -> Mapping[str, str]:
        """The cells as they were typed, without the units that other cells of the row tell."""
        return cells

    @classmethod
    def has_mistakes(cls) -> bool:
        """Is there anything that a row of this log can know about itself?"""
        return cls.mistakes.__func__ is not Record.mistakes.__func__  # type: ignore[attr-defined]

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        """(column, Mistake) of all that a row can know about itself; `row[column]` is its value."""
        yield from ()


class LogRecord(Record):
    """What every log has beside its own columns, and what it says of lists and questions."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        says_persons = any("persons" in vars(base) for base in cls.__mro__ if base is not Record)
        own_day = cls.counting_days.__func__ is not Record.counting_days.__func__  # type: ignore[attr-defined]
        if not (cls.parent or own_day or "date" in cls.fields):
            raise TypeError(f"{cls.__name__}: rows need a column date, a session, or counting_days")
        if cls.about_columns() and not says_persons:
            raise TypeError(
                f"{cls.__name__}.persons: is a row about {cls.about_columns()[0]}, True or False?"
            )

    kinds: ClassVar[tuple[str, ...]]
    """What a person calls one of its rows: `prt log KIND`."""
    told_by_kind: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """The cells that are known of a row by what it is called: one of `kinds`, or a word of the menu alone."""
    in_menu: ClassVar[bool] = True
    """Does the menu of `prt log` show these words? It knows them all the same."""
    listed: ClassVar[tuple[str, ...]]
    """What `prt list` shows in 80 columns; JSON and CSV have every column."""
    shown: ClassVar[tuple[str, ...]] = ()
    """What a report shows of each row; nothing of rows about persons."""
    annex: ClassVar[Annex | None] = None
    """How an annex of a report shows its rows; None where it has no annex."""
    broken_down: ClassVar[tuple[str, ...]] = ()
    """The columns by which an annex of numbers counts its rows, never two of them at once."""
    counted_by: ClassVar[str] = ""
    """The column by whose values an annex of a bilan counts its rows; empty where it only adds them up."""
    happened: ClassVar[tuple[str, ...]] = ()
    """Columns of days that are never to come: the row is of what has happened."""
    unprompted: ClassVar[frozenset[str]] = frozenset()
    """Columns that no question is about: another question, or the date, tells them."""
    missed_if_counted: ClassVar[frozenset[str]] = frozenset()
    """Columns that a held row is asked for only where a figure of the plan counts them."""
    prompted_together: ClassVar[tuple[str, ...]] = ()
    """Columns of numbers that are answered in one line."""
    linked: ClassVar[tuple[str, str] | None] = None
    """A column of days, such as that of publication, and the column of the link that such a day asks for."""
    place_column: ClassVar[str] = ""
    """Of hours, the column of the board or the partner that they were given to."""
    topic_column: ClassVar[str] = ""
    """Of hours, the column of what they were given for."""
    given_again: ClassVar[bool] = False
    """May what has this title take place again? Then a question says when it did."""
    for_record: ClassVar[Mapping[str, str]] = {}
    """Values with which a row is kept for the record: that no indicator reads it is no oversight."""
    similar: ClassVar[tuple[str, ...]] = ()
    """Columns in which another row agrees that a new one may be like; the first of them is typed before."""
    repeated: ClassVar[tuple[str, ...]] = ()
    """What a new row may take from one that is like it: columns that no target asks for, and no number; never
    what is a fact of one day, such as who was there."""
    repeated_if_titled: ClassVar[tuple[str, ...]] = ()
    """What it may take besides from one of nearly the same title: what both are about."""
    offered_if_titled: ClassVar[tuple[str, ...]] = ()
    """What such a one has stands in the bracket of its own question, for a target may ask for it."""
    prompted_last: ClassVar[tuple[str, ...]] = ()
    """Columns asked for at the end of every dialogue, whatever the plan reads."""

    @classmethod
    def likeness(cls, row: Any) -> tuple[Any, ...] | None:
        """What another row of the same thing has too; None of a row that cannot be told from others."""
        values, places = row.values, cls.same_places()
        found = tuple([values[place] for place in places])
        told = bool(cls.same or cls.alike) and not (cls.parent and None in found)
        return found if told else None

    @classmethod
    def has_doubts(cls) -> bool:
        """Can anything be odd about a row of this log alone?"""
        return cls.doubts.__func__ is not LogRecord.doubts.__func__  # type: ignore[attr-defined]

    @classmethod
    def doubts(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        """(column, Mistake) of what is odd about a row, and may be so all the same."""
        yield from ()

    @classmethod
    def gaps(cls, row: Any) -> Iterator[tuple[str, str]]:
        """What a row that was held still lacks, each a word of `todo`; and the options that tell it."""
        yield from ()

    @classmethod
    def is_for_record(cls, row: Any) -> bool:
        """Is it no matter whether an indicator counts this row?"""
        return any(row[name] == value for name, value in cls.for_record.items())

    @classmethod
    def prompted(cls, values: Mapping[str, Any]) -> set[str]:
        """Columns that are asked for although no measure reads them, once some values are known."""
        return set()

    id: Exact | None = blank("Unique id, such as w-20241016-7kq2; given by prt")
    note: Words | None = blank("Anything worth remembering; no names")
    evidence: Words | None = blank("Where the document is: a path or a link")


@cache
def with_own_columns(model: type[LogRecord], columns: tuple[tuple[str, OwnColumn], ...]) -> type[LogRecord]:
    """The class of the rows of a log to which a plan adds these columns: its annex shows them, too, but for
    texts, which are the team's, and numbers of people."""
    fields = {**model.fields, **{name: OwnField(name, own) for name, own in columns}}
    listed = [name for name, own in columns if own.is_listed and model.shown and not model.persons]
    counted = [name for name, own in columns if own.is_group and model.broken_down]
    told = model.same and not model.parent
    body = {
        "__doc__": model.__doc__,
        "__module__": model.__module__,
        "fields": fields,
        "shown": (*model.shown, *listed),
        "same": (*model.same, *(name for name, _ in columns)) if told else model.same,
        "broken_down": (*model.broken_down, *counted),
    }
    return cast("type[LogRecord]", Kind(f"{model.__name__}OfPlan", (model,), body))
