"""What is written in the cells of a project's CSV files, as values.

Values are texts, dates, booleans, exact numbers, or tuples where a cell may hold several; None is empty.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

Value = Any
"""A value of a cell, which is compared and never computed with before its kind is known."""

DATES = {"date", "last_day", "published", "feedback_on", "posted_on", "start", "end"}
WHOLE = {"participants", "respondents", "answered", "invited", "completed", "round", "period"}
YES_OR_NO = {"feedback_form", "new", "counts_as_board", "feedback.positive"}
ORGANISATIONS = {"boards", "board", "host", "organisation"}
SEVERAL = {"boards", "tags", "aliases"}
CODES: Mapping[str, Sequence[str]] = {
    "format": ("full-day", "half-day", "short", "two-day", "meeting"),
    "mode": ("online", "in-person", "hybrid"),
    "status": ("planned", "held", "cancelled"),
    "role": ("cda", "principal", "sb-rep", "transition-agent", "teacher", "prt-staff", "other"),
    "event": ("contacted", "agreement", "seat"),
    "work": ("new", "revamp"),
    "type": ("school-board", "service-centre", "private-school", "partner", "other"),
    "accompaniment.kind": ("contact", "preparation", "follow-up", "travel"),
    "tools.kind": ("tool", "capsule", "vignette"),
    "tools.audience": ("cda", "clc-team"),
    "deliverables.kind": ("progress-report", "action-plan", "other"),
}
MEANT_BY_EMPTY = {"sessions.status": "held", "accompaniment.kind": "contact", "tools.work": "new"}
REQUIRED = {
    "sessions": ("line", "date", "title", "format"),
    "attendance": ("session", "date"),
    "feedback": ("session", "response"),
    "requests": ("date", "objective"),
    "accompaniment": ("date", "staff", "hours", "objective"),
    "partner-support": ("date", "staff", "hours", "organisation", "purpose"),
    "partnerships": ("date", "organisation", "event"),
    "tools": ("date", "kind", "title", "audience"),
    "updates": ("date", "description"),
    "surveys": ("date", "campaign", "role", "invited"),
    "journals": ("round", "person", "date"),
    "deliverables": ("kind", "title", "date"),
    "figures": ("indicator", "date", "value", "evidence"),
}
"""The columns that a row needs, of every log there is."""

YES = {"yes", "y", "oui", "o", "x", "true", "vrai", "1"}
NO = {"no", "n", "non", "false", "faux", "0"}


class UnreadableCell(Exception):
    """A cell that is not what its column holds: its row counts nowhere."""


def fold(text: str) -> str:
    """The text without case, accents and the difference between a hyphen and a space."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub("[-_]", " ", plain.casefold()).split())


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as a spreadsheet saved it; none where there is no file."""
    if not path.exists():
        return []
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    table = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(line)]
    names = [name.strip() for name in table[0]] if table else []
    return [{name: cell.strip() for name, cell in zip(names, line, strict=False)} for line in table[1:]]


class Reader:
    """Reads cells as this plan and these organisations understand them."""

    def __init__(self, plan: Mapping[str, Any], organisations: Sequence[Mapping[str, str]]) -> None:
        self.read_before: dict[tuple[str, str, str], Value] = {}
        self.vocabularies = {
            column: spellings_of_words(words) for column, words in (plan.get("vocabularies") or {}).items()
        }
        self.own_columns = {
            f"{log}.{column}": said
            for log, columns in (plan.get("columns") or {}).items()
            for column, said in columns.items()
        }
        self.organisations = spellings_of_organisations(organisations)
        self.indicators = {
            fold(f"{line['id']}.{one['id']}"): f"{line['id']}.{one['id']}"
            for volet in plan["volets"]
            for line in volet["lines"]
            for one in line["indicators"]
        }
        self.lines = {fold(line["id"]): line["id"] for volet in plan["volets"] for line in volet["lines"]}

    def cell(self, log: str, column: str, text: str) -> Value:
        """The value of a whole cell."""
        if column in SEVERAL:
            parts = [part.strip() for part in text.split(";")]
            return tuple(dict.fromkeys(self.one(log, column, part) for part in parts if part))
        if text:
            return self.one(log, column, text)
        return MEANT_BY_EMPTY.get(f"{log}.{column}")

    def one(self, log: str, column: str, text: str) -> Value:
        """One value, of a cell that may hold several or of a condition of the plan; each text is read once."""
        key = log, column, text
        if key not in self.read_before:
            self.read_before[key] = self.read(log, column, text)
        return self.read_before[key]

    def read(self, log: str, column: str, text: str) -> Value:
        own = f"{log}.{column}"
        if own in self.own_columns:
            return read_own(text, self.own_columns[own])
        if column in DATES:
            return read_date(text)
        if column in YES_OR_NO or own in YES_OR_NO:
            return read_yes_or_no(text)
        if column in WHOLE or own == "sessions.positive":
            return read_whole(text)
        if column in ("hours", "minutes"):
            return read_hours(text) if column == "hours" else read_minutes(text)
        if own == "figures.value":
            return read_amount(text)
        if column == "line":
            return known_as(text.replace(",", "."), self.lines)
        if column == "indicator":
            return known_as(text, self.indicators)
        if column in ORGANISATIONS:
            return known_as(text, self.organisations)
        codes = CODES.get(own) or CODES.get(column)
        words = self.vocabularies.get(own) or self.vocabularies.get(column) or {}
        if codes:  # the plan's words are added to them
            return known_as(text, {fold(code): code for code in codes} | OTHER_SPELLINGS | words)
        return known_as(text, words) if words else text


OTHER_SPELLINGS = {"adc": "cda", "direction": "principal", "canceled": "cancelled"}


def known_as(text: str, spellings: Mapping[str, str]) -> str:
    code = spellings.get(fold(text))
    if code is None:
        raise UnreadableCell(text)
    return code


def spellings_of_words(words: Mapping[str, Any]) -> dict[str, str]:
    """Every code and every label of a vocabulary, folded, with its code."""
    found: dict[str, str] = {}
    for code, label in words.items():
        labels = label.values() if isinstance(label, dict) else [label]
        found |= {fold(str(one)): str(code) for one in labels}
    return found | {fold(str(code)): str(code) for code in words}


def spellings_of_organisations(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Every code, name and alias, folded, with its code."""
    found: dict[str, str] = {}
    for row in rows:
        found |= {fold(one): row["code"] for one in row.get("aliases", "").split(";") if one.strip()}
    for row in rows:
        found |= {fold(row[name]): row["code"] for name in ("name_en", "name_fr")}
    return found | {fold(row["code"]): row["code"] for row in rows}


def read_own(text: str, said: Mapping[str, Any]) -> Value:
    """A value of a column that the plan adds."""
    if said["type"] == "choice":
        return known_as(text, spellings_of_words(said["choices"]))
    if said["type"] == "yes-no":
        return read_yes_or_no(text)
    return read_amount(text) if said["type"] == "number" else text


def read_date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UnreadableCell(text) from None


def read_yes_or_no(text: str) -> bool:
    if fold(text) not in YES | NO:
        raise UnreadableCell(text)
    return fold(text) in YES


def read_number(text: str) -> Fraction:
    """`1,25` or `1.25`; `1,400` may be two numbers and is none."""
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text) or not re.fullmatch(r"[0-9]+([.,][0-9]+)?", text):
        raise UnreadableCell(text)
    return Fraction(text.replace(",", "."))


def read_whole(text: str) -> int:
    number = read_number(text)
    if number.denominator != 1:
        raise UnreadableCell(text)
    return int(number)


def read_amount(text: str) -> Fraction:
    """A number, which may be less than 0, or a percentage as a fraction of 1."""
    if text.startswith("-"):
        return -read_amount(text.removeprefix("-"))
    if text.endswith("%"):
        return read_number(text.removesuffix("%").strip()) / 100
    return read_number(text)


def read_minutes(text: str) -> int:
    """`90`, `1h30` or `90 min`"""
    if clock := re.fullmatch(r"([0-9]+)h([0-9]*)", text):
        return int(clock[1]) * 60 + int(clock[2] or 0)
    return read_whole(text.removesuffix("min").strip())


def read_hours(text: str) -> Fraction:
    """`1.5`, `1,5`, `1h30` or `90 min`; more than a day has, or none, is a mistake."""
    in_minutes = "h" in text or "min" in text
    hours = Fraction(read_minutes(text), 60) if in_minutes else read_number(text)
    if not 0 < hours <= 24:  # 0 hours in a row is to be read one day (case F10)
        raise UnreadableCell(text)
    return hours
