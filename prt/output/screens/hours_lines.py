"""Lines of hours as they were understood: `1.5 h  Mon 10 Feb  EMSB  CDA  Action plan`; their sum by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.entry.carry import ABOVE
from prt.entry.lexicon import STAFF
from prt.entry.persons import PersonFinder, PersonsInWords
from prt.entry.pieces import LinePiece
from prt.entry.reading import LineQuestion, LineReading
from prt.model.records import hours_logs
from prt.output.numbers import NBSP, format_figure, format_hours
from prt.output.screens.cell_words import spell_cell
from prt.output.words import Words
from prt.text import shorten

SAME = '"'
"""What stands for a value of the line above."""
LINE_WIDTHS = {"en": (7, 11, 6, 22), "fr": (7, 13, 6, 20)}
LINE_WIDTH = 75
"""A line is not longer, but for its note."""
MOST_DAYS = 10
"""The sum of more days is told by week."""
FEWEST_SIGNS = 12
"""At least so many characters of the objective or purpose are shown."""


def describe_line(reading: LineReading, words: Words, finder: PersonFinder) -> str:
    """The row on one line; what comes from the line above is `"`, from a like row the day of that row."""
    values, origin = reading.values, reading.origin
    place, topic = reading.model.place_column, reading.model.topic_column
    parts = [
        hours_text(values["hours"], words),
        SAME if origin.get("date") == ABOVE else short_day(values["date"], words),
        SAME if origin.get(place) == ABOVE else str(values.get(place, "")),
        who_text(reading, words, finder),
    ]
    what = SAME if origin.get(topic) == ABOVE else topic_text(reading, words)
    like = origin.get(topic)
    more = [
        *([f"= {short_day(like, words, weekday=False)}"] if isinstance(like, dt.date) else []),
        *(words.label(reading.log, "kind", values["kind"]) for _ in [0] if "kind" in values),
        *own_texts(reading, words),
        *([words("typed.request")] if reading.asks_request else []),
        *([words("change.quote", text=values["note"])] if "note" in values else []),
    ]
    widths = LINE_WIDTHS[words.language]
    columns = (f"{shorten(text, width):<{width}}" for text, width in zip(parts, widths, strict=True))
    left = LINE_WIDTH - sum(widths) - len(widths) - sum(len(one) + 2 for one in more)
    what = shorten(what, max(left, FEWEST_SIGNS))
    return " ".join([*columns, "  ".join([what, *more])]).rstrip()


def own_texts(reading: LineReading, words: Words) -> Iterator[str]:
    """What a line says in columns that the plan adds: `online`, `distance: 40`."""
    for column in reading.model.columns():
        if column.own and column.name in reading.values:
            text = spell_cell(words, reading.log, column.name, reading.cells[column.name])
            called = words.column_name(reading.log, column.name)
            yield text if column.own.choices else words("ask.labelled", name=called, text=text)


def topic_text(reading: LineReading, words: Words) -> str:
    """What the hours were given for, as the plan calls it; empty where nobody says it."""
    topic = reading.model.topic_column
    return words.label(reading.log, topic, reading.values[topic]) if topic in reading.values else ""


def hours_text(hours: Fraction, words: Words) -> str:
    """`1.5 h`, `20 min`, with a space as it is typed."""
    return " ".join(format_hours(hours, words.language).rsplit(NBSP, 1))


def short_day(day: dt.date, words: Words, *, weekday: bool = True) -> str:
    """`Mon 10 Feb`, `lun. 10 févr.`"""
    return words.weekday(day).removesuffix(f" {day.year}") if weekday else words.short_date(day)


def who_text(reading: LineReading, words: Words, finder: PersonFinder) -> str:
    """`CDA, Zoé Tremblay`, or the name alone where both are too long; of a partner that it is one."""
    if (word := f"hours.whom.{reading.log}") in words:
        return words(word)
    values = reading.values
    role = words.label(reading.log, "role", values["role"]) if "role" in values else ""
    if person := values.get("person"):
        row = finder.names.get(person)
        same = reading.origin.get("person") == ABOVE
        name = row["name"] if row else person
        both = ", ".join(filter(None, (role, name)))
        return SAME if same else both if len(both) <= LINE_WIDTHS[words.language][3] else name
    return role


def describe_days(readings: Sequence[LineReading], words: Words) -> list[str]:
    """`Mon 4.25   Tue 4.5   2 rows, 8.75 h`; beyond a week the days are dates, many told by week."""
    days = sorted({one.values["date"] for one in readings})
    by_week = len(days) > MOST_DAYS
    sums: dict[dt.date, Fraction] = {}
    for one in readings:
        day = one.values["date"]
        first = day - dt.timedelta(days=day.weekday()) if by_week else day
        sums[first] = sums.get(first, Fraction(0)) + one.values["hours"]

    def name(day: dt.date) -> str:
        if days[-1] - days[0] < dt.timedelta(days=7):
            return words(f"weekday.{day.weekday()}")
        text = short_day(day, words, weekday=False)
        return words("hours.week_of", day=text) if by_week else text

    told = [
        words("hours.of_day", day=name(day), n=format_figure(hours, "", words.language))
        for day, hours in sorted(sums.items())
    ]
    total = words.counted(
        "hours.rows", len(readings), hours=hours_text(sum(sums.values(), Fraction(0)), words)
    )
    lines = [""]
    for text in (*told, total):
        longer = f"{lines[-1]}   {text}".strip()
        lines[-1:] = [longer] if len(longer) <= LINE_WIDTH else [lines[-1], text]
    return lines


def describe_options(question: LineQuestion, words: Words, finder: PersonFinder) -> str:
    """`school board LBPSB / person p-jor Jordan Pearson, cda, ETSB`: what a text may be. Of what is missing
    the column is told already."""
    if question.code == "missing":
        return ", ".join(
            words.label(hours_log_of(words, one.column), one.column, str(one.value))
            for one in question.options
        )
    return " / ".join(dict.fromkeys(describe_option(one, words, finder) for one in question.options))


def describe_option(piece: LinePiece, words: Words, finder: PersonFinder) -> str:
    if piece.column in ("person", STAFF):
        found = finder.find(str(piece.value)).persons or (str(piece.value),)
        people = PersonsInWords(found, finder, 3).text(words.language)
        return f"{words(f'column.{piece.column}')} {people}"
    if isinstance(piece.value, dt.date):
        return short_day(piece.value, words)
    if isinstance(piece.value, Fraction):
        return hours_text(piece.value, words)
    log = hours_log_of(words, piece.column)
    return f"{words.column_name(log, piece.column)} {words.label(log, piece.column, piece.value)}"


def hours_log_of(words: Words, column: str) -> str:
    """The log of hours that has a column."""
    logs = [model.log for model in hours_logs()]
    return next((log for log in logs if column in words.plan.record_of(log).fields), logs[0])


def describe_files(places: Mapping[str, Sequence[Any]]) -> str:
    """`accompaniment.csv:2254-2268  partner-support.csv:1845`"""
    found = []
    for file, rows in places.items():
        first, last = rows[0].line, rows[-1].line
        found.append(f"{file.rpartition('/')[2]}:{first}" + (f"-{last}" if last != first else ""))
    return "  ".join(found)
