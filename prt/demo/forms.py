"""The answers to the forms of a session, as Google and Microsoft export them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from prt.demo.gatherings import Gathering
from prt.demo.tables import csv_bytes, workbook

QUESTIONS = ("Which school board do you work for?", "Overall, how useful was this workshop?", "Comments")
QUESTIONS_FR = (
    "Quelle est votre commission scolaire?",
    "Dans l’ensemble, l’atelier vous a-t-il été utile?",
    "Commentaires",
)
BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "WQSB")
COMMENTS = ("", "", "Thank you!", "Merci beaucoup!", "", "More time for exchanges, please.")
MICROSOFT = ("ID", "Start time", "Completion time", "Email", "Name", *QUESTIONS)


def forms_of(gathering: Gathering) -> Iterator[tuple[str, bytes]]:
    """The file of the session's form, if it has answers."""
    if gathering.answers:
        kind = gathering.session["form"]
        suffix = "xlsx" if kind == "microsoft" else "csv"
        yield f"{gathering.last_day}-{kind}.{suffix}", FORMS[kind](gathering)


def answered(gathering: Gathering) -> Iterator[tuple[dt.datetime, list[str]]]:
    """When each form came back, and what it says: board, answer, comment."""
    for number, answer in enumerate(gathering.answers):
        when = gathering.at(gathering.minutes + 2 + number, gathering.last_day)
        yield when, [BOARDS[number % len(BOARDS)], answer, COMMENTS[number % len(COMMENTS)]]


def google(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} EST", *cells] for when, cells in answered(gathering)]
    return csv_bytes([["Timestamp", *QUESTIONS], *rows], encoding="utf-8")


def google_fr(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} UTC−5", *cells] for when, cells in answered(gathering)]
    return csv_bytes([["Horodateur", *QUESTIONS_FR], *rows], encoding="utf-8")


def microsoft(gathering: Gathering) -> bytes:
    """A workbook with moments; nobody was asked for a name."""
    return workbook([MICROSOFT, *microsoft_rows(gathering)])


def microsoft_csv(gathering: Gathering) -> bytes:
    """The same, saved by Excel as CSV."""
    rows = [
        [f"{cell:%m/%d/%y %H:%M:%S}" if isinstance(cell, dt.datetime) else str(cell) for cell in row]
        for row in microsoft_rows(gathering)
    ]
    return csv_bytes([MICROSOFT, *rows])


def microsoft_rows(gathering: Gathering) -> Iterator[list[object]]:
    for number, (when, cells) in enumerate(answered(gathering), 1):
        yield [number, when - dt.timedelta(seconds=100), when, "anonymous", "", *cells]


FORMS: dict[str, Callable[[Gathering], bytes]] = {
    "google": google,
    "google-fr": google_fr,
    "microsoft": microsoft,
    "microsoft-csv": microsoft_csv,
}
