"""Who or what is missing in the middle of a row: asked for at once, and written with the row."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.person_names import name_key
from prt.entry.persons import NEARLY, PersonsInWords
from prt.entry.roster import make_roster
from prt.figures.doubles import agree_in
from prt.figures.questions import Question
from prt.files.privacy.personal import EMAIL
from prt.files.project import Year
from prt.files.store.store import Action, WrittenRow
from prt.files.trace.disk_questions import is_folder
from prt.model.ids import new_id
from prt.model.records import ROSTERS, NameRecord, OrganisationRecord, PersonRecord
from prt.model.rows import read_entry
from prt.problems import Mistake
from prt.tasks.entry.answers import Choices
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.row_form import RowForm
from prt.tasks.entry.waiting_answers import CellsForm, NewRows, waiting_answers
from prt.tasks.open_action import open_action
from prt.text import fold_text
from prt.values import dataclass

NO_NAME = re.compile(r"@|^[=+-]|^p-[\w-]+$|^[\W\d_]+$", re.IGNORECASE)
"""An address, a formula of a spreadsheet, an id of prt, or no letter at all."""
ADD_PERSON, ADD_ORGANISATION = "prt people add", "prt org add"
OF_PERSON = ("role", "board")
NAMES = ("name", "email")
"""Columns of names.csv, which is in the private folder."""
OF_ORGANISATION = ("code", "name_en", "name_fr", "type")


@dataclass(frozen=True)
class Newcomer:
    """Its id or code, its rows, and the name of a person."""

    code: str
    rows: NewRows
    name: str = ""


class OrganisationForm(RowForm):
    """An organisation: a partner, with one name in both languages, where nobody says otherwise."""

    own_code = ""
    """The organisation whose names are put right: they may stay its own."""

    def default(self, question: Question, offered: Choices, values: Mapping[str, Any]) -> str:
        return {"name_fr": self.cells.get("name_en", ""), "type": "partner"}.get(question.key, "")

    def refuse(self, cells: Cells) -> None:
        super().refuse(cells)
        for name in ("code", "name_en", "name_fr"):
            taken = self.known.organisations.get(fold_text(cells.get(name, "")))
            if taken and taken != self.own_code:
                raise Mistake("organisation_taken", text=cells[name], code=taken)


@contextmanager
def open_entry(
    year: Year, doing: str, logs: Collection[str], new_rows: NewRows
) -> Iterator[tuple[Action, list[WrittenRow], Year]]:
    """An action in which `new_rows` are written before any other; with them, and the year as it is by now."""
    private = any(roster == "names" for roster, _ in new_rows)
    with open_action(year, doing, private=private) as action:
        now = year.as_now(logs)
        added = [one for roster, cells in new_rows for one in action.add(roster, [cells])]
        yield action, added, year.project.load(year.path, logs) if added else now


def add_new_rows(year: Year, rows: NewRows) -> Year:
    """The year with people and organisations that are not written yet; names are in no year."""
    for log, cells in rows:
        if log != NameRecord.log:
            year = year.plus(read_entry(ROSTERS[log], cells, year.known).row)
    return year


def ask_newcomer(talk: Talk, kind: str, year: Year, today: dt.date, text: str = "") -> Newcomer | None:
    """Somebody or an organisation, by answers; None where the person went back. `text` is what was typed."""
    return (
        ask_person(talk, year, today, text) if kind == "people" else ask_organisation(talk, year, today, text)
    )


def make_organisation_form(
    talk: Talk, year: Year, today: dt.date, given: Mapping[str, str]
) -> OrganisationForm:
    columns = [one for one in OrganisationRecord.columns() if one.name in OF_ORGANISATION]
    return OrganisationForm(talk, OrganisationRecord, year, given, today=today, columns=columns)


def ask_organisation(talk: Talk, year: Year, today: dt.date, text: str) -> Newcomer | None:
    form = make_organisation_form(talk, year, today, {"counts_as_board": "no"})
    if text:
        form.cells |= {"code": text.upper(), "name_en": text.upper()}
    with waiting_answers(form, year, ADD_ORGANISATION):
        if not form.fill():
            return None
    cells = form.answered()
    code = read_entry(OrganisationRecord, cells, year.known).row["code"]
    return Newcomer(code, [("organisations", cells)])


def ask_person(
    talk: Talk, year: Year, today: dt.date, text: str = "", command: str = ADD_PERSON
) -> Newcomer | None:
    """A name, kept in the private folder alone, and a role; without that folder nobody is made. Who leaves
    goes on by `command`."""
    if not is_folder(year.project.private):
        raise Mistake("no_private_folder")
    form = PersonForm(talk, year, {}, today=today, columns=OF_PERSON)
    form.names.cells["name"] = text.title() if text.islower() else text
    with waiting_answers(form, year, command):
        if not form.fill():
            return None
    taken = {*year.read_table("people").column("id"), *year.project.names()}
    person = new_id("p", None, taken, random.SystemRandom())
    post = {"id": person} | form.post.answered()
    rows = [("people", post), ("names", {"id": person} | form.names.answered())]
    return Newcomer(person, rows, form.names.cells["name"])


class PersonForm(CellsForm):
    """A person: the name and the e-mail of the private folder, then the columns of one role."""

    def __init__(
        self,
        talk: Talk,
        year: Year,
        given: Mapping[str, str],
        *,
        today: dt.date,
        columns: Iterable[str],
        known: bool = False,
        namesake: bool = False,
    ) -> None:
        """`known`: the person has an id, so that the name is not asked for."""
        super().__init__(talk)
        names = [one for one in NameRecord.columns() if one.name in NAMES and not known]
        post = [one for one in PersonRecord.columns() if one.name in columns]
        own = {name: text for name, text in given.items() if name in NAMES}
        rest = {name: text for name, text in given.items() if name not in NAMES}
        self.names = NameForm(talk, NameRecord, year, own, today=today, columns=names)
        self.names.namesake = namesake
        self.post = RowForm(talk, PersonRecord, year, rest, today=today, columns=post)

    def part(self, key: str) -> RowForm:
        return self.names if key in NAMES else self.post

    def order(self) -> list[str]:
        return [*self.names.order(), *self.post.order()]

    def inquiry(self, key: str) -> Inquiry[Cells]:
        return self.part(key).inquiry(key)

    def keep(self, key: str, answer: Cells) -> None:
        self.part(key).keep(key, answer)

    def in_words(self, key: str, answer: Cells) -> str:
        return self.part(key).in_words(key, answer)

    def spellings(self, key: str) -> list[str]:
        return self.part(key).spellings(key)


class NameForm(RowForm):
    """A name and an e-mail; somebody who is known already is not made twice."""

    namesake = False
    """May it be another person of the same name?"""
    own_id = ""
    """The person whose name is put right: it may stay theirs."""

    def refuse(self, cells: Cells) -> None:
        super().refuse(cells)
        for name, text in cells.items():
            if mistake := why_no_name(name, text):
                raise mistake
            if text and not self.namesake:
                for known in make_roster(self.year.project.names()).may_be([text], [text]):
                    if known != self.own_id:
                        raise Mistake("known_already", text=text, person=known)
                if name == "name" and text != self.cells.get(name):
                    self.ask_near(text)

    def ask_near(self, text: str) -> None:
        """Raise Mistake where the name is a slip for that of somebody who is known."""
        finder, wanted = self.year.person_finder, name_key(text)
        near = {one for one, name in finder.spellings() if agree_in(name_key(name), wanted, NEARLY)}
        if near - {self.own_id}:
            people = PersonsInWords(sorted(near - {self.own_id}), finder).text(self.talk.language)
            asked = self.talk.say("somebody_else", text=text, people=people)
            if not self.talk.is_right(INDENT + asked, None):
                raise Mistake("another_then")


def why_no_name(column: str, text: str) -> Mistake | None:
    """What stands in the place of a name or an address and is none."""
    if column == "name" and NO_NAME.search(text):
        return Mistake("no_name")
    if column == "email" and text and not EMAIL.fullmatch(text):
        return Mistake("no_email", text=text)
    return None
