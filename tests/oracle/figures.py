"""What each kind of measure is in a window of days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.cells import Value
from tests.oracle.selections import (
    Window,
    different,
    in_use,
    is_member,
    members,
    posts,
    resolve,
    rows_in,
    rows_naming,
    sessions_held,
    sessions_to_come,
)
from tests.oracle.year import OF_SESSIONS, Row, Year, as_date, in_post, values

Measure = Mapping[str, Any]


@dataclass
class Figure:
    """A figure: `rows` are the ids of those that give something to it or to its population, each once;
    `unknown` is the number of those without a value.

    `splits` are the amount and the number of rows of each value of a column, `items` how many rows have
    each combination, `members` the times so far, at best, and needed of each.
    """

    value: Fraction | None
    absent: str | None = None
    part: Fraction | None = None
    whole: Fraction | None = None
    rows: list[str] = field(default_factory=list)
    unknown: int = 0
    splits: dict[str, dict[Value, tuple[Fraction, int]]] = field(default_factory=dict)
    outside: list[Value] = field(default_factory=list)
    items: dict[tuple[Value, ...], int] = field(default_factory=dict)
    members: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    not_due: list[str] = field(default_factory=list)
    best: Fraction | None = None


def figure_of(year: Year, measure: Measure, window: Window, indicator: str) -> Figure:
    """The figure of a measure; one that would be invented says that there is no data."""
    kind = measure["kind"]
    if kind == "typed":
        return typed(year, window, indicator)
    if not in_use(year, main(measure), window):
        return Figure(None, "no_data")
    if kind == "ratio":
        return divided(year, measure, window)
    if kind == "reach":
        return reach(year, measure, window)
    if kind == "mean":
        return mean(measure, rows_in(year, measure["of"], window))
    rows = rows_in(year, measure["of"], window)
    if kind in ("list", "milestone"):
        return listed(measure, rows) if kind == "list" else Figure(Fraction(bool(rows)), rows=ids(rows))
    return amount_of_rows(year, measure, rows, window)


def main(measure: Measure) -> Any:
    """The selection that a measure is first of all about."""
    if measure["kind"] == "ratio":
        return source(measure["part"])
    return measure["did"] if measure["kind"] == "reach" else measure.get("of", {"log": "figures"})


def source(quantity: Mapping[str, Any]) -> Any:
    return quantity.get("count") or quantity["of"]


def ids(rows: Sequence[Row]) -> list[str]:
    return sorted(f"{row.log} {row.id}" for row in {id(row): row for row in rows}.values())


def known(rows: Sequence[Row], column: str) -> list[Row]:
    return [row for row in rows if values(row[column])]


def total(rows: Sequence[Row], column: str) -> Fraction:
    return sum((Fraction(value) for row in rows for value in values(row[column])), Fraction(0))


def typed(year: Year, window: Window, indicator: str) -> Figure:
    """The latest row by date; of one date the one that stands last in the file (case F9)."""
    rows = [row for row in rows_in(year, {"log": "figures"}, window) if row["indicator"] == indicator]
    if not rows:
        return Figure(None, "no_data")
    latest = max(rows, key=lambda row: (row["date"], row.number))
    return Figure(latest["value"], rows=ids([latest]))


def listed(measure: Measure, rows: Sequence[Row]) -> Figure:
    """A row of which every cell is empty is no item (case F15)."""
    counted = [row for row in rows if any(values(row[column]) for column in measure["columns"])]
    items = Counter(tuple(row[column] for column in measure["columns"]) for row in counted)
    unknown = len(rows) - len(counted)
    return Figure(Fraction(len(items)), rows=ids(counted), items=dict(items), unknown=unknown)


def amount_of_rows(year: Year, measure: Measure, rows: Sequence[Row], window: Window) -> Figure:
    """A count, a sum or a distinct, with its breakdowns."""
    column, among = measure.get("column"), measure.get("among")
    population = members(year, among, window) if among else None
    counted = known(rows, column) if column else list(rows)

    def amount(some: Sequence[Row]) -> Fraction:
        if measure["kind"] == "sum":
            return total(some, str(column))
        found = different(some, str(column)) if column else some
        return Fraction(len(found if population is None else set(found) & population))

    if measure["kind"] == "sum" and rows and not counted:
        return Figure(None, "no_data")
    given = counted if population is None else naming(counted, str(column), population)
    counts = set(map(id, given))
    figure = Figure(amount(counted), rows=ids(given), unknown=len(rows) - len(counted))
    for column_of_split in () if population == set() else measure.get("split_by", ()):
        groups = group_by(counted, column_of_split)
        figure.splits[column_of_split] = {
            value: (amount(some), len([row for row in some if id(row) in counts]))
            for value, some in groups.items()
        }
    if among and population is not None:
        figure.part, figure.whole = figure.value, Fraction(len(population))
        figure.outside = sorted(different(counted, str(column)) - population, key=str)
        figure.rows = ids([*given, *rows_naming(year, among, window, population)])
        if not population:
            figure.value, figure.absent = None, "not_computable"
    return figure


def mean(measure: Measure, rows: Sequence[Row]) -> Figure:
    """The mean, or the median, of the numbers that cells say; each group of its rows likewise."""
    numbers = {id(row): number_said(row[measure["column"]], measure.get("scale")) for row in rows}
    counted = [row for row in rows if numbers[id(row)] is not None]

    def middle(some: Sequence[Row]) -> Fraction:
        found = sorted(Fraction(numbers[id(row)] or 0) for row in some)
        if measure.get("take") == "median":
            return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2
        return sum(found, Fraction(0)) / len(found)

    if not counted:
        nothing = None if measure.get("take") == "median" else Fraction(0)
        return Figure(None, "no_data") if rows else Figure(None, "not_computable", nothing, Fraction(0))
    part = None if measure.get("take") == "median" else middle(counted) * len(counted)
    unknown = len(rows) - len(counted)
    figure = Figure(middle(counted), None, part, Fraction(len(counted)), ids(counted), unknown)
    for column in measure.get("split_by", ()):
        groups = group_by(counted, column)
        figure.splits[column] = {value: (middle(some), len(some)) for value, some in groups.items()}
    return figure


def number_said(cell: Value, scale: Any) -> Fraction | None:
    """The number of a cell; of a text the one that it begins with, if that is on the scale."""
    if scale is None:
        return None if cell is None else Fraction(cell)
    low, high = (1, scale) if isinstance(scale, int) else scale
    head = str(cell or "").replace(",", ".").partition(" ")[0]
    if not head.replace(".", "", 1).isdigit():
        return None
    return Fraction(head) if low <= Fraction(head) <= high else None


def naming(rows: Sequence[Row], column: str, wanted: Collection[Value]) -> list[Row]:
    """The rows of which a column has one of the values."""
    return [row for row in rows if any(value in wanted for value in values(row[column]))]


def group_by(rows: Sequence[Row], column: str) -> dict[Value, list[Row]]:
    """The rows of each value of a column; a row of several values is in several groups, None is unknown."""
    groups: dict[Value, list[Row]] = {}
    for row in rows:
        for value in values(row[column]) or (None,):
            groups.setdefault(value, []).append(row)
    return groups


def share(part: Fraction, whole: Fraction, rows: Sequence[Row], unknown: int = 0) -> Figure:
    """A part of a whole; of nothing it cannot be computed."""
    absent = None if whole else "not_computable"
    return Figure(part / whole if whole else None, absent, part, whole, ids(rows), unknown)


def divided(year: Year, measure: Measure, window: Window) -> Figure:
    """A ratio with the shares of each group, where it can be computed."""
    figure = ratio(year, measure, window)
    if figure.value is not None:
        for column in measure.get("split_by", ()):
            figure.splits[column] = {
                value: (one.value or Fraction(0), len(rows))
                for value, (one, rows) in shares_of_groups(year, measure, window, column).items()
            }
    return figure


Shares = dict[Value, tuple[Figure, list[Row]]]
"""The share of each group, and the rows of its part."""


def shares_of_groups(year: Year, measure: Measure, window: Window, column: str) -> Shares:
    """The part and the whole of each value; of a population of a roster, of those members who have it."""
    part, whole = measure["part"], measure["whole"]
    parts = giving(part, rows_in(year, source(part), window))
    if is_quantity(whole):
        wholes = giving(whole, rows_in(year, source(whole), window))
        if "sum" in part and "sum" in whole and same(year, part, whole):
            parts = wholes = known(parts, whole["sum"])
        of_parts, of_wholes = group_by(parts, column), group_by(wholes, column)
        return {
            value: (share(quantity(part, some), quantity(whole, of_wholes.get(value, [])), []), some)
            for value in {**of_wholes, **of_parts}
            for some in [of_parts.get(value, [])]
        }
    inside = members_by(year, whole, window, column)
    named = "distinct" in part
    by_member = named and "anyone_in" not in whole
    of_parts = dict.fromkeys(inside, parts) if by_member else group_by(parts, column)
    found: Shares = {}
    for value in {**inside, **of_parts}:
        some, members_there = of_parts.get(value, []), inside.get(value, set())
        given = naming(some, part["distinct"], members_there) if named else some
        amount = quantity(part, given, members_there if named else None)
        found[value] = share(amount, Fraction(len(members_there)), []), given
    return found


def members_by(
    year: Year, population: Mapping[str, Any], window: Window, column: str
) -> dict[Value, set[Value]]:
    """The members of a population by what their own rows say in a column."""
    if "anyone_in" in population:
        by = population["by"]
        rows = known(rows_in(year, population["anyone_in"], window), by)
        return {value: different(some, by) for value, some in group_by(rows, column).items()}
    if "people" in population:
        rows, key = [one for one in posts(year, population) if is_member(one, population, window)], "id"
    else:
        there = members(year, population, window)
        rows, key = [row for row in year.organisations if row["code"] in there], "code"
    return {value: different(some, key) for value, some in group_by(rows, column).items()}


def ratio(year: Year, measure: Measure, window: Window) -> Figure:
    """A part of a whole, pooled over all rows."""
    part, whole = measure["part"], measure["whole"]
    parts = rows_in(year, source(part), window)
    if not is_quantity(whole):
        population = members(year, whole, window)
        if is_silent(part, parts):
            return Figure(None, "no_data")
        inside = population if "distinct" in part else None
        given = [*giving(part, parts, inside), *rows_naming(year, whole, window, population)]
        return share(quantity(part, parts, inside), Fraction(len(population)), given)
    wholes = rows_in(year, source(whole), window)
    if "sum" in part and "sum" in whole and same(year, part, whole):
        both = known(known(parts, part["sum"]), whole["sum"])
        if parts and not both:
            return Figure(None, "no_data")
        return share(quantity(part, both), quantity(whole, both), both, len(parts) - len(both))
    if is_silent(part, parts) or is_silent(whole, wholes):
        return Figure(None, "no_data")
    given = [*giving(part, parts), *giving(whole, wholes)]
    return share(quantity(part, parts), quantity(whole, wholes), given)


def giving(
    asked: Mapping[str, Any], rows: Sequence[Row], inside: Collection[Value] | None = None
) -> list[Row]:
    """The rows of which the cell says something: of different values, one of those inside."""
    column = asked.get("sum") or asked.get("distinct")
    found = known(rows, column) if column else list(rows)
    return found if inside is None else naming(found, str(column), inside)


def is_quantity(whole: Mapping[str, Any]) -> bool:
    return not whole.keys() & {"people", "organisations", "anyone_in"}


def same(year: Year, part: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Are both of one selection, in whatever order its conditions are written?"""
    one, other = resolve(year, source(part)), resolve(year, source(whole))
    return (one.log, one.when, sorted(map(repr, one.conditions))) == (
        other.log,
        other.when,
        sorted(map(repr, other.conditions)),
    )


def quantity(asked: Mapping[str, Any], rows: Sequence[Row], inside: set[Value] | None = None) -> Fraction:
    """A number of rows, a sum, or a number of different values, of a population if there is one."""
    if "sum" in asked:
        return total(rows, asked["sum"])
    if "distinct" not in asked:
        return Fraction(len(rows))
    found = different(rows, asked["distinct"])
    return Fraction(len(found if inside is None else found & inside))


def is_silent(asked: Mapping[str, Any], rows: Sequence[Row]) -> bool:
    """Are there rows, and every cell that would be added empty?"""
    return "sum" in asked and bool(rows) and not known(rows, asked["sum"])


def reach(year: Year, measure: Measure, window: Window) -> Figure:
    """The share of a population that was there often enough."""
    rows, by = rows_in(year, measure["did"], window), measure["by"]
    population, own = members(year, measure["who"], window), group_by(rows, by)
    if measure["at_least"] == "due":
        everyone = {one: by_rounds(year, measure, window, one, own.get(one, [])) for one in population}
    else:
        outlook = Outlook.of(year, measure, window)
        everyone = {one: by_times(measure, outlook, own.get(one, [])) for one in population}
        if window.last < year.ends and not of_sessions(year, measure):
            everyone = {one: (times, max(times, least), least) for one, (times, _, least) in everyone.items()}
    asked = {one: times for one, times in everyone.items() if times[2]}
    reached = sum(so_far >= needed for so_far, _, needed in asked.values())
    given = [*rows_naming(year, measure["who"], window, asked)]
    given += [row for one in asked for row in own.get(one, []) if gives_time(year, measure, window, one, row)]
    figure = share(Fraction(reached), Fraction(len(asked)), given, len(rows) - len(known(rows, by)))
    figure.members, figure.not_due = asked, sorted(everyone.keys() - asked.keys())
    figure.outside = sorted(different(rows, by) - population, key=str)
    if asked and (measure["at_least"] == "due" or of_sessions(year, measure)):
        figure.best = Fraction(sum(best >= needed for _, best, needed in asked.values()), len(asked))
    return figure


def of_sessions(year: Year, measure: Measure) -> bool:
    """Are sessions to come known? Visits and requests may always come (case F7)."""
    return resolve(year, measure["did"]).log in ("sessions", *OF_SESSIONS)


Times = tuple[int, int, int]
"""How often so far, how often at best, how often is needed."""


def gives_time(year: Year, measure: Measure, window: Window, member: str, row: Row) -> bool:
    """Does a row say when the member was there: of rounds, in one that was asked of the member?"""
    if measure["at_least"] == "due":
        return row["round"] in rounds_due(year, measure, window, member)
    return bool(values(row[measure["each"]]))


def by_rounds(year: Year, measure: Measure, window: Window, member: str, rows: Sequence[Row]) -> Times:
    """The rounds that were asked of the member, and those that were done."""
    due = rounds_due(year, measure, window, member)
    done = len(due & different(rows, "round"))
    return done, done, len(due)


def rounds_due(year: Year, measure: Measure, window: Window, member: str) -> set[Value]:
    """The rounds that fell due by the cut-off while the member was in post."""
    due = {one["id"]: as_date(one["due"]) for one in year.plan["rounds"]}
    due = {number: day for number, day in due.items() if day <= window.last}
    if "people" in measure["who"]:
        own = [post for post in posts(year, measure["who"]) if post["id"] == member]
        due = {number: day for number, day in due.items() if any(in_post(post, day) for post in own)}
    return set(due)


@dataclass
class Outlook:
    """What the sessions to come add, and how often the plan has not even planned yet; None at its end."""

    coming: list[set[Value]]
    unplanned: int

    @classmethod
    def of(cls, year: Year, measure: Measure, window: Window) -> Outlook | None:
        if window.last >= year.ends:
            return None
        did, each = measure["did"], measure["each"]
        coming = [offers(session, each) for session in sessions_to_come(year, did, window)]
        held = [offers(session, each) for session in sessions_held(year, did, window)]
        known = different(rows_in(year, did, window), each).union(*held, *coming)
        return cls(coming, max(0, measure["at_least"] - len(known)))


def by_times(measure: Measure, outlook: Outlook | None, rows: Sequence[Row]) -> Times:
    """How often so far, in all sessions or inside one, and how often at best."""
    each, needed = measure["each"], measure["at_least"]
    done = different(rows, each)
    inside = [len(different(some, each)) for some in group_by(rows, "session").values()]
    so_far = max(inside, default=0) if "within" in measure else len(done)
    if outlook is None:
        return so_far, so_far, needed
    if "within" in measure:
        longest = max(map(len, outlook.coming), default=0)
        return so_far, max(so_far, longest, needed if outlook.unplanned else 0), needed
    return so_far, len(done.union(*outlook.coming)) + outlook.unplanned, needed


def offers(session: Row, each: str) -> set[Value]:
    """What a session adds to those who come: itself, its series, or each of its days."""
    if each == "session":
        return {session["id"]}  # case F1
    if each == "date":
        first, last = session["date"], session["last_day"] or session["date"]
        return {first + dt.timedelta(days=day) for day in range((last - first).days + 1)}
    return set(values(session[each.removeprefix("session.")]))


def planned(year: Year, measure: Measure, window: Window) -> int:
    """Sessions to come that would count; of a distinct, values to come that were not there before."""
    if measure["kind"] == "typed":
        return 0
    coming = sessions_to_come(year, main(measure), window)
    of = measure.get("of")
    logs = [resolve(year, one).log for one in (of if isinstance(of, list) else [of])] if of else []
    if measure["kind"] != "distinct" or set(logs) & set(OF_SESSIONS):
        return len(coming)
    column = measure["column"]
    return len(different(coming, column) - different(rows_in(year, measure["of"], window), column))
