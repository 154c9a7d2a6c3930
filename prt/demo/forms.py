"""The answers to the forms of a session, as Google and Microsoft export them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from prt.demo.gatherings import Gathering
from prt.demo.tables import encode_csv, encode_workbook

FORM_QUESTIONS = ("Which school board do you work for?", "Overall, how useful was this workshop?", "Comments")
FORM_QUESTIONS_FR = (
    "Quelle est votre commission scolaire?",
    "Dans l’ensemble, l’atelier vous a-t-il été utile?",
    "Commentaires",
)
FORM_BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "WQSB")
FORM_COMMENTS = ("", "", "Thank you!", "Merci beaucoup!", "", "More time for exchanges, please.")
MICROSOFT_HEADER = ("ID", "Start time", "Completion time", "Email", "Name", *FORM_QUESTIONS)


def export_forms(gathering: Gathering) -> Iterator[tuple[str, bytes]]:
    """The file of the session's form, if it has answers."""
    if gathering.answers:
        kind = gathering.session["form"]
        suffix = "xlsx" if kind == "microsoft" else "csv"
        yield f"{gathering.last_day}-{kind}.{suffix}", FORM_WRITERS[kind](gathering)


def returned_forms(gathering: Gathering) -> Iterator[tuple[dt.datetime, list[str]]]:
    """When each form came back, and what it says: board, answer, comment."""
    for number, answer in enumerate(gathering.answers):
        when = gathering.at(gathering.minutes + 2 + number, gathering.last_day)
        yield (
            when,
            [FORM_BOARDS[number % len(FORM_BOARDS)], answer, FORM_COMMENTS[number % len(FORM_COMMENTS)]],
        )


def write_google(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} EST", *cells] for when, cells in returned_forms(gathering)]
    return encode_csv([["Timestamp", *FORM_QUESTIONS], *rows], encoding="utf-8")


def write_google_fr(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} UTC−5", *cells] for when, cells in returned_forms(gathering)]
    return encode_csv([["Horodateur", *FORM_QUESTIONS_FR], *rows], encoding="utf-8")


def write_microsoft(gathering: Gathering) -> bytes:
    """A workbook with moments; nobody was asked for a name."""
    return encode_workbook([MICROSOFT_HEADER, *microsoft_rows(gathering)])


def write_microsoft_csv(gathering: Gathering) -> bytes:
    """The same, saved by Excel as CSV."""
    rows = [
        [f"{cell:%m/%d/%y %H:%M:%S}" if isinstance(cell, dt.datetime) else str(cell) for cell in row]
        for row in microsoft_rows(gathering)
    ]
    return encode_csv([MICROSOFT_HEADER, *rows])


def microsoft_rows(gathering: Gathering) -> Iterator[list[object]]:
    for number, (when, cells) in enumerate(returned_forms(gathering), 1):
        yield [number, when - dt.timedelta(seconds=100), when, "anonymous", "", *cells]


FORM_WRITERS: dict[str, Callable[[Gathering], bytes]] = {
    "google": write_google,
    "google-fr": write_google_fr,
    "microsoft": write_microsoft,
    "microsoft-csv": write_microsoft_csv,
}
