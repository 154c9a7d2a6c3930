"""The plan: volets, lines, indicators with their measures and targets, as the YAML file has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, Protocol

from prt.model.base import Base, Written, field
from prt.model.calendar import Amount, Calendar, Period, Round, Window
from prt.model.cells import Known, LateSpellings
from prt.model.columns import LogRecord, OwnColumn, with_own_columns
from prt.model.measures import AnyMeasure, Measure, Pace
from prt.model.records import LOGS, list_named
from prt.model.rows import SESSION
from prt.model.selections import Selection, log_of, owner
from prt.model.text import Label, Language, Phrases, Quoted, Said, Text, units_in_words
from prt.problems import Mistake, Place
from prt.text import fold_text


class Baseline(Base):
    """Where the figure stood before: what is expected goes on from there."""

    value: Amount
    date: dt.date


class Target(Base):
    """What an indicator is to reach: a number, a due date, more than last year, or what is still to be set.

    `each_period` is the least that each period asks for: beside another aim, or alone. Beside `at_most` it
    is the most that each period allows.
    """

    at_least: Amount | None = None
    at_most: Amount | None = None
    exactly: Amount | None = None
    between: tuple[Amount, Amount] | None = None
    due: dt.date | None = None
    more_than_last_year: Amount | None = field(
        default=None, description="`10%`: a tenth more than the final figure of the year before"
    )
    to_be_set: dt.date | None = field(
        default=None, description="the day by which a target is set that is not known yet"
    )
    each_period: Amount | None = field(
        default=None,
        description="the least that each period asks for; beside `at_most` the most that it allows",
    )
    by: dict[int, Amount] = field(factory=dict)
    pace: Pace | None = None
    baseline: Baseline | None = None
    says: Phrases = ()
    en: Phrases = ()
    fr: Phrases = ()
    stands_in: Literal["strategy"] | None = None

    def check(self) -> None:
        """One aim, and the ends of a span in their order."""
        aims = [name for name in AIMS if getattr(self, name) is not None]
        if len(aims) > 1 or (not aims and self.each_period is None):
            choices = ", ".join((*AIMS, "each_period"))
            if not aims:
                raise Mistake("no_aim", choices=choices)
            raise Mistake("several_aims", aims=" and ".join(aims), number=len(aims), choices=choices)
        if self.between and self.between[0] > self.between[1]:
            raise Mistake("higher_end_first")

    @property
    def aim(self) -> str:
        """What it asks for: the key of it."""
        return next((name for name in AIMS if getattr(self, name) is not None), "each_period")

    @property
    def has_number(self) -> bool:
        """Does it ask for a number of the year, or a due date, that is known as it is written?"""
        return self.aim in JUDGED

    @property
    def is_relative(self) -> bool:
        """Does it ask for more than the year before?"""
        return self.more_than_last_year is not None

    @property
    def is_one_number(self) -> bool:
        """Is it one number, so that another can be lower or higher?"""
        return self.between is None and self.due is None and self.to_be_set is None

    @property
    def is_of_periods(self) -> bool:
        """Is each period asked for something, and the year for nothing?"""
        return self.aim == "each_period"

    def beside(self, before: Fraction) -> Target | None:
        """The same with the number that it asks for after a year of that figure; None where a share of
        nothing is asked for.
        """
        share = self.more_than_last_year
        assert share is not None
        if share and not before:
            return None
        return self.replace(more_than_last_year=None, at_least=before + abs(before) * share)

    def of_a_period(self) -> Target:
        """What each period is asked for, as a target of its own."""
        if self.at_most is not None:
            return Target(at_most=self.each_period, pace=self.pace)
        return Target(at_least=self.each_period, pace=self.pace)

    @property
    def lower(self) -> Any:
        """What must at least be reached; None of `at_most`. A milestone must be done: 1."""
        if self.between:
            return self.between[0]
        return 1 if self.due else self.at_least if self.at_least is not None else self.exactly

    @property
    def upper(self) -> Any:
        """What must not be exceeded, or None."""
        if self.between:
            return self.between[1]
        return self.at_most if self.at_most is not None else self.exactly

    @property
    def full(self) -> Fraction:
        """The number that is judged: the least that must be reached, else the most that is allowed."""
        return Fraction(self.upper if self.lower is None else self.lower)

    @property
    def is_way(self) -> bool:
        """Is it a way from its baseline to another number?"""
        if self.baseline is None or self.due is not None:
            return False
        before = self.baseline.value
        if self.exactly is not None:
            return before != self.full
        return before < self.full if self.at_most is None else before > self.full

    @property
    def rests_on_itself(self) -> bool:
        """Is it 0 or less, without a way to it? No share of it is nearer to it than less is."""
        return self.lower is not None and not self.due and self.full <= 0 and not self.is_way

    @property
    def is_reached_before(self) -> bool:
        """Had its baseline reached the target already?"""
        return self.baseline is not None and self.due is None and not self.is_way

    @property
    def is_way_down(self) -> bool:
        return self.is_way and self.at_most is not None

    @property
    def start(self) -> Fraction:
        """Where the way begins: the baseline, or 0."""
        return Fraction(self.baseline.value) if self.baseline and self.is_way else Fraction(0)

    @property
    def quoted(self) -> Quoted:
        return Quoted(says=self.says, en=self.en, fr=self.fr)

    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        """Every number of the target with the path to it."""
        for name in ("at_least", "at_most", "exactly"):
            if (value := getattr(self, name)) is not None:
                yield (name,), value
        for place, value in enumerate(self.between or ()):
            yield ("between", place), value
        if self.each_period is not None:
            yield ("each_period",), self.each_period
        for period, value in self.by.items():
            yield ("by", period), value


JUDGED = ("at_least", "at_most", "exactly", "between", "due")
AIMS = (*JUDGED, "more_than_last_year", "to_be_set")


class Reading(Base):
    """A second reading of a disputed phrase: a figure without status."""

    label: Label
    measure: AnyMeasure


def as_readings(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


class Indicator(Base):
    """One figure of the plan. `implied` marks one that only a target implies."""

    id: str
    label: Label
    implied: bool = False
    says: Phrases = ()
    en: Phrases = ()
    fr: Phrases = ()
    measure: AnyMeasure
    also: Annotated[tuple[Reading, ...], Written(as_readings, Reading | tuple[Reading, ...])] = ()
    target: Target | None = None
    was: str | None = field(default=None, description="its id in the plan of the year before")
    note: Label | None = None

    @property
    def quoted(self) -> Quoted:
        return Quoted(says=self.says, en=self.en, fr=self.fr)

    @property
    def pace(self) -> Pace:
        """How its target fills up in a year: as the target says, steadily from a baseline, or as its kind."""
        if self.target and (self.target.pace or self.target.is_way):
            return self.target.pace or "steady"
        return self.measure.pace

    def measures(self) -> Iterator[tuple[tuple[str | int, ...], Measure]]:
        """Its measure and those of its second readings, with the path to each."""
        yield ("measure",), self.measure
        for place, reading in enumerate(self.also):
            yield ("also", place, "measure"), reading.measure


class Line(Base):
    """One row of the funder's table."""

    id: str
    objective: Said | None = None
    strategy: Said | None = None
    indicators: tuple[Indicator, ...] = field(shortest=1)
    note: Label | None = None


class Volet(Base):
    id: str
    title: Said
    lines: tuple[Line, ...] = field(shortest=1)


class Funder(Base):
    name: str
    languages: tuple[Language, ...] = field(shortest=1)


class Thresholds(Base):
    """Shares of what is expected from which a target is on track, or at risk."""

    on_track: Amount
    at_risk: Amount


class Privacy(Base):
    """Rules about persons: Québec's Law 25, and what the team decided. `contact` is whom a person asks."""

    smallest_group: int = 5
    headcount_only: tuple[str, ...] = ()
    minimum_minutes: int = 0
    keep_names_until: dt.date | None = None
    contact: Label | None = None


class Signatures(Base):
    """Who prepares the reports and who approves them, as their cover says it."""

    prepared_by: Label | None = None
    approved_by: Label | None = None


class Amendment(Base):
    """A change of what was promised: which indicators (or whole lines), why, and who agreed."""

    date: dt.date
    what: Phrases = field(shortest=1)
    why: Label
    approved_by: str

    def covers(self, line: str, indicator: str) -> bool:
        """Is `1.1.workshops` among what it names: itself, or its line?"""
        return line in self.what or indicator in self.what


class Plan(Base):
    """A plan year. Ids are unique: volets, lines, and indicators inside their line."""

    year: str
    title: Said
    funder: Funder
    team: Label | None = None
    starts: dt.date
    ends: dt.date
    updated: dt.date | None = None
    pace_from: dt.date | None = None
    periods: tuple[Period, ...] = field(shortest=1)
    rounds: tuple[Round, ...] = ()
    status: Thresholds
    privacy: Privacy = field(factory=Privacy)
    vocabularies: dict[str, dict[str, Label]] = field(factory=dict)
    columns: dict[str, dict[str, OwnColumn]] = field(factory=dict)
    selections: dict[str, Selection] = field(factory=dict)
    signatures: Signatures = field(factory=Signatures)
    acronyms: dict[str, Label] = field(factory=dict)
    volets: tuple[Volet, ...] = field(shortest=1)
    amendments: tuple[Amendment, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.starts, self.ends, self.pace_from or self.starts, self.periods, self.rounds)

    @property
    def window(self) -> Window:
        return Window(self.starts, self.ends)

    def year_later(self, years: int) -> str:
        """The name of the year so many years later, as `2025-2026`: that of its days."""
        return "-".join(str(number + years) for number in sorted({self.starts.year, self.ends.year}))

    @cached_property
    def iso_days(self) -> tuple[str, str]:
        """The first and the last day, as a file has them."""
        return self.starts.isoformat(), self.ends.isoformat()

    def lines(self) -> Iterator[Line]:
        for volet in self.volets:
            yield from volet.lines

    def indicators(self) -> Iterator[tuple[Volet, Line, Indicator]]:
        """Every indicator in the plan's order."""
        for volet in self.volets:
            for line in volet.lines:
                for indicator in line.indicators:
                    yield volet, line, indicator

    def called(self, name: str) -> Text:
        """What a line, which is called as its first indicator, or an indicator is called; else nothing."""
        return self.labels.get(name, Text())

    @cached_property
    def labels(self) -> Mapping[str, Text]:
        """What each line and each indicator is called, by its id and its handle."""
        first = {line.id: line.indicators[0].label for line in self.lines()}
        return first | {handle(line, one): one.label for _, line, one in self.indicators()}

    def record_of(self, log: str) -> type[LogRecord]:
        """The class of the rows of a log in this plan year: who has a plan asks it for columns."""
        return self.own_records.get(log) or LOGS[log]

    @cached_property
    def own_records(self) -> Mapping[str, type[LogRecord]]:
        """The classes of the logs to which the plan adds columns."""
        added = self.own_columns.items()
        return {log: with_own_columns(LOGS[log], tuple(own.items())) for log, own in added if own}

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        for _, _, indicator in self.indicators() if self.columns else ():
            for _, measure in indicator.measures():
                for _, selection in measure.selections():
                    log = log_of(selection, self.selections)
                    selection.knows_columns(self.own_columns_named(log) if log else {})

    @cached_property
    def own_columns(self) -> Mapping[str, Mapping[str, OwnColumn]]:
        """The columns that the plan adds to each log, but those that are of the log itself: a mistake."""
        if not self.columns:
            return self.columns
        return {
            log: {name: own for name, own in columns.items() if name not in LOGS[log].fields}
            for log, columns in self.columns.items()
            if log in LOGS
        }

    def own_columns_named(self, log: str) -> Mapping[str, OwnColumn]:
        """The columns that the plan adds, as rows of a log name them, such as `session.cost`."""
        parent = self.own_columns.get(LOGS[log].parent, {})
        return {**self.own_columns.get(log, {}), **{SESSION + name: own for name, own in parent.items()}}

    def own_column(self, log: str, name: str) -> OwnColumn | None:
        """What the plan says of a column that it adds; None of any other."""
        return self.own_columns.get(owner(log, name), {}).get(name.removeprefix(SESSION))

    @cached_property
    def words_by_column(self) -> Mapping[str, Mapping[str, Text]]:
        """Every word of the plan for a cell, by column: `category`, `sessions.audience`, and the choices of
        the columns that it adds."""
        own = {
            f"{log}.{name}": column.choices
            for log, columns in self.own_columns.items()
            for name, column in columns.items()
            if column.choices
        }
        return {**self.vocabularies, **own} if own else self.vocabularies

    def words_of(self, log: str, column: str) -> Mapping[str, Text]:
        """The plan's words for a column of a log with their labels, in its order; none where it has none."""
        if (own := self.own_column(log, column)) is not None:
            return own.choices
        words = self.words_by_column
        return words.get(f"{log}.{column}") or words.get(column) or {}

    def handles(self) -> list[str]:
        """The id of every indicator as users write it: `1.1.workshops`."""
        return [handle(line, indicator) for _, line, indicator in self.indicators()]


def handle(line: Line, indicator: Indicator) -> str:
    return f"{line.id}.{indicator.id}"


def handles_before(line: Line, indicator: Indicator) -> tuple[str, ...]:
    """What an indicator may be called in the plan of the year before: as now, or what it `was`, as a whole or
    in its line.
    """
    return (indicator.was, f"{line.id}.{indicator.was}") if indicator.was else (handle(line, indicator),)


class RowLike(Protocol):
    """A row of organisations.csv: `row["code"]` is its value."""

    def __getitem__(self, column: str, /) -> Any: ...


def known_of(
    plan: Plan, organisations: Iterable[RowLike], unread: Mapping[str, Place] = MappingProxyType({})
) -> Known:
    """All spellings that the cells of this plan year may have, folded, with what they stand for.

    `unread` says where organisations stand that have an error, by code.
    """
    rows = tuple(organisations)
    words = {column: codes_of(some) for column, some in plan.words_by_column.items()}
    return Known(
        organisations=spellings_of(rows),
        vocabularies=words,
        added={name: some for name, some in words.items() if (own := list_named(name)) and not own.closed},
        lines=frozenset(line.id for line in plan.lines()),
        indicators=frozenset(plan.handles()),
        line_labels=LateSpellings(
            lambda: ids_of_labels((line.id, line.indicators[0].label) for line in plan.lines())
        ),
        indicator_labels=LateSpellings(
            lambda: ids_of_labels((handle(line, one), one.label) for _, line, one in plan.indicators())
        ),
        units={
            handle(line, one): units_in_words(one.measure.unit)
            for _, line, one in plan.indicators()
            if one.measure.by_hand and one.measure.unit
        },
        labels=plan.words_by_column,
        unread={fold_text(code): place for code, place in unread.items()},
        written=LateSpellings(lambda: labels_by_spelling(plan, rows)),
    )


def labels_by_spelling(plan: Plan, organisations: Sequence[RowLike]) -> dict[str, str]:
    """Labels and names as they are written, by their folded spelling."""
    texts = (
        *(text for words in plan.words_by_column.values() for text in words.values()),
        *(one.label for _, _, one in plan.indicators()),
    )
    labels = (
        *(alias for row in organisations for alias in row["aliases"]),
        *(label for text in texts for label in (text.en, text.fr)),
        *(row[name] for row in organisations for name in ("name_en", "name_fr")),
    )
    return {fold_text(label): label for label in labels if label}


def ids_of_labels(labels: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """The id that each label of either language stands for, folded; without those of several. Behind its id,
    as the screen has it, a label is of one."""
    found: dict[str, set[str]] = {}
    for name, label in labels:
        for text in filter(None, (label.en, label.fr)):
            found.setdefault(fold_text(text), set()).add(name)
            found[fold_text(f"{name} {text}")] = {name}
    return {text: names.pop() for text, names in found.items() if len(names) == 1}


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
