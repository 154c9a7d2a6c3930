"""What a line of hours leaves out, filled in; and what is wrong with the row, or still to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from prt.entry.carry import ABOVE, FROM_POST, carried_cells, last_texts, latest_topic
from prt.entry.lexicon import STAFF, hours_records
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.entry.typed_cells import TypedCells, logs_having
from prt.figures.entering import has_post, posts_of, several_posts
from prt.model.cells import OrganisationCell
from prt.model.columns import LogRecord
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
    model = logs_having(typed.values, context)[0]
    if STAFF in values:
        values[model.worker_columns()[0]] = values.pop(STAFF)
    origin: dict[str, Any] = dict.fromkeys(values, TYPED)
    same_log = above is not None and above.log == model.log
    for name, value in carried_cells(model, typed.values, above.values if above else None, same_log):
        if name not in values:
            values[name], origin[name] = value, ABOVE
    reading = LineReading(line, model, values, origin, asks_request=asks_request, chosen=chosen)
    return checked_line(with_post_and_topic(reading, context), context)


def with_post_and_topic(reading: LineReading, context: LineContext) -> LineReading:
    """The row with the role and the board that the person had that day, and with what the hours were for."""
    values, origin, model = dict(reading.values), dict(reading.origin), reading.model
    day, mistakes = values.get("date"), list[Mistake]()
    known = not has_post(model) or ("role" in values and "board" in values)
    if values.get("person") and day and not known:
        posts = posts_of(context.data, values["person"], day, values)
        if len(posts) == 1:
            for name, value in zip(("role", "board"), posts[0], strict=True):
                if value and name not in values:
                    values[name], origin[name] = value, FROM_POST
        else:
            mistakes.append(
                several_posts(values["person"], day, posts, context.data.known)
                if posts
                else Mistake("no_role_that_day", person=values["person"], day=day)
            )
    values = with_staff(model, values, context)
    if model.topic_column and model.topic_column not in (*values, *model.offered_by):
        take_topic(model, values, origin, context)
    return replace(reading, values=values, origin=origin, mistakes=tuple(mistakes))


def with_staff(model: type[LogRecord], values: dict[str, Any], context: LineContext) -> dict[str, Any]:
    """Whoever types gave the hours, unless the line names somebody else."""
    worker = model.worker_columns()[0]
    return values if worker in values or not context.me else {**values, worker: context.me}


def take_topic(
    model: type[LogRecord], values: dict[str, Any], origin: dict[str, Any], context: LineContext
) -> None:
    """Fill in what the hours were for, as in the latest like row of that staff, else in the line above."""
    above, lines, topic = context.above, [one.values for one in context.lines], model.topic_column
    like = None
    if TYPED in (origin.get("person"), origin.get("board")) and "date" in values:
        like = latest_topic(model, values, values["date"], context.data, lines)
    if like:
        values[topic], origin[topic] = like
    elif above is not None and topic in above.values:
        values[topic], origin[topic] = above.values[topic], ABOVE


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
    if has_post(reading.model) and "person" not in reading.values:
        needed += ["board", "role"]
    for name in dict.fromkeys(needed):
        if name not in reading.values:
            yield LineQuestion("missing", name, options=tuple(offer_values(reading, name, context)))


def offer_values(reading: LineReading, name: str, context: LineContext) -> Iterator[LinePiece]:
    """What a missing cell may be: the words of the plan, or earlier texts such as a partner's purposes."""
    column = reading.model.column_named(name)
    assert column is not None
    found: Iterable[str] = ()
    if by := reading.model.offered_by.get(name):
        lines = [one.values for one in context.lines]
        found = last_texts(reading.model, name, reading.values.get(by, ""), context.data, lines)
    elif not isinstance(column.cell, OrganisationCell):
        found = column.cell.choices(context.data.known.at(reading.log), name)
    yield from (LinePiece(-1, -1, name, one) for one in found)


def long_hours(reading: LineReading, context: LineContext) -> Iterator[LineQuestion]:
    """Over twelve hours in a row, or in a day of the same person."""
    hours, day = reading.values.get("hours"), reading.values.get("date")
    if hours is None or day is None or any(one.column == SURE for one in reading.chosen):
        return
    staff, others = reading.staff, list[Fraction]()
    for model in hours_records(context.data):
        same = {model.worker_columns()[0]: staff, "date": day}
        others += [row["hours"] for row in context.data.rows_with(model.log, **same)]
    others += [
        one.values["hours"] for one in context.lines
        if one.staff == staff and one.values.get("date") == day and "hours" in one.values
    ]  # fmt: skip
    total = sum(others, Fraction(hours))
    if total > LONG_DAY:
        yield LineQuestion("really", "hours", f"{float(total):g}", (LinePiece(-1, -1, SURE, "yes"),))
