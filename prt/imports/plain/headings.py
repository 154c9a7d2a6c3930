"""Which heading of a plain sheet is which column of a log, and which logs could take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from prt.imports.plain.heading_words import column_names, column_spellings, find_column
from prt.model.columns import LogRecord
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.text import fold_text
from prt.values import dataclass, field

SPAN_HEADINGS = (
    frozenset({"debut", "heure de debut", "de", "start", "start time", "begin", "from"}),
    frozenset({"fin", "heure de fin", "a", "end", "end time", "until", "to"}),
)
"""Headings, folded, of when somebody began and ended."""

CONSTANT = "="
"""What begins the name of a value for all rows, beside the headings: `=objective`."""

OWN_ID_HEADINGS = frozenset({
    "id", "identifiant", "row id", "record id", "entry id", "item id", "submission id", "id de la ligne",
    "id de l'entree", "unique id", "identifiant unique", "guid", "uuid",
})  # fmt: skip
"""Headings, folded, of the ids that a sheet gives its own rows."""


@dataclass(frozen=True)
class Headings:
    """The column of each heading of a sheet; `left` are those that no column was found for, or given, and
    `own_id` is the heading of the sheet's own ids: they tell a row again, and are no ids of prt. `rivals` are
    the headings of a column that several are called like. `span` are those of begin and end, which tell the
    hours where no heading does, or of rows that lack them; `constants` are values of all rows, by column."""

    columns: Mapping[str, str]
    left: tuple[str, ...]
    own_id: str = ""
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    span: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> set[str]:
        """The columns that anything fills."""
        return {*self.columns.values(), *self.constants, *(["hours"] if self.span else [])}


def without_rivals(
    model: type[LogRecord], header: Sequence[str], known: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """The headings that are known of earlier sheets, without columns of which a heading of this sheet has
    the very name: then another one is left behind."""
    names, said = column_names(model), {**known, **given}
    own = {
        column
        for heading in header
        if (column := find_column(heading, names)) and find_column(heading, said) in (None, column)
    }
    return {
        heading: "" if column in own and find_column(heading, names) != column else column
        for heading, column in known.items()
    }


def map_headings(
    model: type[LogRecord],
    header: Sequence[str],
    *said: Mapping[str, str],
    texts: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Headings:
    """`said` are headings, folded, that somebody gave a column, or none, and values for all rows, the
    strongest first: what was said takes a column before what is only called like it. `texts` stand below the
    headings."""
    columns: dict[str, str] = {}
    settled: set[str] = set()
    rivals: dict[str, list[str]] = defaultdict(list)
    for words in (*said, column_spellings(model)):
        taken = set(columns.values())
        for heading in header:
            column = find_column(heading, words)
            if column is None or heading in settled:
                continue
            settled.add(heading)
            if column and column not in taken:
                rivals[column].append(heading)
                columns |= {} if column in columns.values() else {heading: column}
    left = [heading for heading in header if heading not in columns]
    own_id = next((heading for heading in left if fold_text(heading) in OWN_ID_HEADINGS), "")
    span = find_span([heading for heading in left if heading not in settled])
    hours = next((heading for heading, column in columns.items() if column == "hours"), "")
    if "hours" not in model.header() or (hours and not lacks_hours(hours, span, texts)):
        span = ()
    constants = {
        key.removeprefix(CONSTANT): text
        for words in reversed(said)
        for key, text in words.items()
        if key.startswith(CONSTANT) and key.removeprefix(CONSTANT) not in columns.values()
    }
    return Headings(
        {heading: columns[heading] for heading in header if heading in columns},
        tuple(heading for heading in left if heading != own_id and heading not in span),
        own_id,
        {column: tuple(headings) for column, headings in rivals.items() if len(headings) > 1},
        span,
        constants,
    )


def find_span(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings of begin and end; none unless both are there, once."""
    found = [[one for one in headings if fold_text(one) in words] for words in SPAN_HEADINGS]
    return (found[0][0], found[1][0]) if all(len(one) == 1 for one in found) else ()


def lacks_hours(hours: str, span: Sequence[str], texts: Mapping[str, Sequence[str]]) -> bool:
    """Has any row a begin and an end, and no hours? So it is where the next sheet has other headings."""
    rows = zip(*(texts[heading] for heading in (hours, *span)), strict=True) if span and texts else ()
    return any(all(times) and not own for own, *times in rows)


def fitting_logs(header: Sequence[str], plan: Plan) -> list[str]:
    """The logs that could take such a sheet: every column that they need is there."""
    return [
        log
        for log, model in ((log, plan.record_of(log)) for log in LOGS)
        if {one.name for one in model.columns() if one.essential} - {*model.workers}
        <= map_headings(model, header).filled
    ]


def unfilled_columns(model: type[LogRecord], found: Headings, given: Iterable[str]) -> list[str]:
    """The columns that every row needs and that nothing fills."""
    filled = {*found.filled, *given}
    return [one.name for one in model.columns() if one.required and one.name not in filled]


def may_be_constant(column: str) -> bool:
    """May all rows of a sheet have the same value of it?"""
    return column not in ("date", "hours")
