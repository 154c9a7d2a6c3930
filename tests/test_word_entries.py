"""The rows behind a figure on paper: columns that have room for whole dates and numbers."""

from __future__ import annotations

import datetime as dt

from prt.output.document.content import Grid
from prt.output.listings import keep_on_line
from prt.output.numbers import day_text
from prt.output.renderers.column_shares import column_shares
from prt.output.renderers.word.word_entries import arrange_columns
from prt.output.tables import Heading, Table

BOARDS = "Eastern Townships, English-Montréal, New Frontiers, Riverside"


def titles(columns: list[tuple[Heading, tuple[str, ...]]]) -> list[str]:
    return [heading.title for heading, _ in columns]


def rows_of(number: int) -> Grid:
    head = (
        *(Heading(one, one) for one in ("Entry", "Day counted", "Date", "Planned", "Title", "Audience")),
        *(Heading(one, one, "right") for one in ("Forms", "Answers", "None")),
        *(Heading(one, one) for one in ("Boards", "Evidence")),
    )
    days = [keep_on_line(day_text(dt.date(2025, 1, day), "fr", "medium")) for day in (1, 16, 17)]
    rows = [
        (f"w-{at}", days[at], days[at], days[at + 1], "A", "CLC teams", "17", "17", "", BOARDS, "")
        for at in range(number)
    ]
    return Grid("", Table(head, tuple((*row[:4], f"A{at}", *row[5:]) for at, row in enumerate(rows))))


def test_what_is_said_twice_stands_once_and_long_texts_below_their_row() -> None:
    found = arrange_columns(rows_of(2))
    assert titles(found.beside) == ["Entry", "Day counted = Date", "Planned", "Title", "Forms", "Answers"]
    assert titles(found.shared) == ["Audience", "Boards"] and titles(found.below) == []
    alone = arrange_columns(rows_of(1))
    assert titles(alone.beside)[-3:] == ["Audience", "Forms", "Answers"]
    assert titles(alone.below) == ["Boards"] and not alone.shared


def test_where_there_is_no_room_the_longest_words_give_way_and_dates_stay_whole() -> None:
    texts = [
        ["16 janv. 2025".replace(" ", "\u00a0"), "data/2024-2025/sessions.csv", "Q" * 24, "1\u00a0023,25"]
    ]
    shares = column_shares(["Date", "Place", "What", "Hours"], texts, 62)
    assert round(sum(shares)) <= 62 and shares[0] - 2 >= 13 and shares[3] - 2 >= 8
    assert max(shares) < 24
