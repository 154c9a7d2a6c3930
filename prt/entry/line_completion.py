"""What a line of hours leaves out, filled in; and what is wrong with the row, or still to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from prt.entry.carry import ABOVE, FROM_POST, carried_cells, last_purposes, latest_objective
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.entry.typed_cells import TypedCells, own_columns
from prt.figures.entering import posts_of, several_posts
from prt.model.cells import OrganisationCell
from prt.model.records import Accompaniment, PartnerSupport
from prt.problems import Mistake
from prt.values import replace

TYPED = "typed"
LONG_DAY = 12
"""From how many hours on, in a row or in a day, somebody is asked whether that is right."""


def complete_line(
    line: str, typed: TypedCells, context: LineContext, chosen: tuple[LinePiece, ...]
) -> LineReading:
    """The row with what the line leaves out."""
    values, above = dict(typed.values), context.above
    asks_request = values.pop("request", None) is not None
    values.pop(SURE, None)
    partner = any(name in values for name in own_columns(PartnerSupport, Accompaniment, context))
    team = asks_request or any(name in values for name in own_columns(Accompaniment, PartnerSupport, context))
    goes_on = above is not None and above.log == PartnerSupport.log and not team
    log = PartnerSupport.log if partner or goes_on else Accompaniment.log
    origin: dict[str, Any] = dict.fromkeys(values, TYPED)
    same_log = above is not None and above.log == log
    for name, value in carried_cells(log, typed.values, above.values if above else None, same_log):
        if name not in values:
            values[name], origin[name] = value, ABOVE
    reading = LineReading(
        line, context.data.record_of(log), values, origin, asks_request=asks_request, chosen=chosen
    )
    return checked_line(with_post_and_objective(reading, context), context)


def with_post_and_objective(reading: LineReading, context: LineContext) -> LineReading:
    """Role and board of the post that the person held that day; the objective of the latest like row."""
    values, origin = dict(reading.values), dict(reading.origin)
    if reading.log == PartnerSupport.log:
        return replace(reading, values=with_staff(values, context), origin=origin)
    day, mistakes = values.get("date"), list[Mistake]()
    if values.get("person") and day and not ("role" in values and "board" in values):
        posts = posts_of(context.data, values["person"], day, values)
        if len(posts) == 1:
            for name, value in zip(("role", "board"), posts[0], strict=True):
                if value and name not in values:
                    values[name], origin[name] = value, FROM_POST
        else:
            mistakes.append(
                several_posts(values["person"], day, posts)
                if posts
                else Mistake("no_role_that_day", person=values["person"], day=day)
            )
    values = with_staff(values, context)
    if "objective" not in values:
        take_objective(values, origin, context)
    return replace(reading, values=values, origin=origin, mistakes=tuple(mistakes))


def with_staff(values: dict[str, Any], context: LineContext) -> dict[str, Any]:
    """Whoever types gave the hours, unless the line names somebody else."""
    return values if "staff" in values or not context.me else {**values, "staff": context.me}


def take_objective(values: dict[str, Any], origin: dict[str, Any], context: LineContext) -> None:
    """That of the latest own row with the person, or the board and role, it names; else above's."""
    above, lines = context.above, [one.values for one in context.lines]
    like = None
    if TYPED in (origin.get("person"), origin.get("board")) and "date" in values:
        like = latest_objective(values, values["date"], values.get("staff", ""), context.data, lines)
    if like:
        values["objective"], origin["objective"] = like
    elif above is not None and "objective" in above.values:
        values["objective"], origin["objective"] = above.values["objective"], ABOVE


def checked_line(reading: LineReading, context: LineContext) -> LineReading:
    """The row with what is wrong with it, and what is still to be asked."""
    mistakes = [*reading.mistakes, *refused_day(reading, context), *refused_hours(reading)]
    missing = [] if reading.mistakes else list(missing_cells(reading, context))
    questions = [] if mistakes else [*missing, *long_hours(reading, context)]
    return replace(reading, mistakes=tuple(mistakes), questions=tuple(questions))


def refused_day(reading: LineReading, context: LineContext) -> Iterator[Mistake]:
    day: dt.date | None = reading.values.get("date")
    if day is not None and day > context.today:
        yield Mistake("day_to_come", day=day, log=reading.log)
    elif day is not None and day not in context.plan.window:
        yield Mistake("outside_plan_year", day=day, year=context.plan.year)


def refused_hours(reading: LineReading) -> Iterator[Mistake]:
    hours = reading.values.get("hours")
    if hours is not None and hours > 24:
        yield Mistake("more_than_a_day", text=f"{float(hours):g}")
    elif hours is not None and hours == 0:
        yield Mistake("no_hours")


def missing_cells(reading: LineReading, context: LineContext) -> Iterator[LineQuestion]:
    """A question for each cell that the row needs and nothing fills."""
    needed = [column.name for column in reading.model.columns() if column.required]
    if reading.log == Accompaniment.log and "person" not in reading.values:
        needed += ["board", "role"]
    for name in needed:
        if name not in reading.values:
            yield LineQuestion("missing", name, options=tuple(offer_values(reading, name, context)))


def offer_values(reading: LineReading, name: str, context: LineContext) -> Iterator[LinePiece]:
    """What a missing cell may be: the words of the plan, or the last purposes of the partner."""
    column = reading.model.column_named(name)
    assert column is not None
    found: Iterable[str] = ()
    if name == "purpose":
        lines = [one.values for one in context.lines]
        found = last_purposes(reading.values.get("organisation", ""), context.data, lines)
    elif not isinstance(column.cell, OrganisationCell):
        found = column.cell.choices(context.data.known.at(reading.log), name)
    yield from (LinePiece(-1, -1, name, one) for one in found)


def long_hours(reading: LineReading, context: LineContext) -> Iterator[LineQuestion]:
    """Over twelve hours in a row, or in a day of the same person."""
    hours, day = reading.values.get("hours"), reading.values.get("date")
    if hours is None or day is None or any(one.column == SURE for one in reading.chosen):
        return
    staff = reading.values.get("staff")
    logs = (Accompaniment.log, PartnerSupport.log)
    others = [row["hours"] for log in logs for row in context.data.rows_with(log, staff=staff, date=day)]
    others += [
        one.values["hours"] for one in context.lines
        if one.values.get("staff") == staff and one.values.get("date") == day and "hours" in one.values
    ]  # fmt: skip
    total = sum(others, Fraction(hours))
    if total > LONG_DAY:
        yield LineQuestion("really", "hours", f"{float(total):g}", (LinePiece(-1, -1, SURE, "yes"),))
