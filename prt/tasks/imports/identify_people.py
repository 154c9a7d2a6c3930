"""Who an exported name is: asked on a terminal, for `prt import` and `prt people match`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from prt.console import context
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.roster import Match, Roster
from prt.figures.entering import HeldPosts, say_post
from prt.files.project import Year
from prt.files.trace.disk_questions import is_folder
from prt.imports.people.attendees import Attendee, Mark, Seat
from prt.imports.plain.digests import digest_texts
from prt.imports.reading.codes import Codes
from prt.model.ids import is_erased
from prt.model.records import PersonRecord
from prt.model.view import in_post
from prt.problems import Mistake, PrtError
from prt.tasks.entry.newcomers import OF_PERSON
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.row_form import NEW, RowForm
from prt.tasks.entry.waiting_answers import CellsForm
from prt.text import fold_text, join_labels

UNNAMED = ("u", "unnamed", "s", "sans nom")
ENOUGH = ("e", "enough", "a", "assez")
SURELY = 90
"""From which likeness to somebody known nobody is made a new person without being asked about."""


def list_nameless(year: Year, roster: Roster, day: dt.date) -> list[str]:
    """Ids of people in post that day who have no name here: a new name might be one of theirs."""
    return list(
        dict.fromkeys(
            post["id"]
            for post in year.data.people
            if in_post(post, day) and post["id"] not in roster.names and not is_erased(post["id"])
        )
    )


def explain_no_new_people(year: Year, roster: Roster, day: dt.date) -> Mistake | None:
    """Why no person may be created, and what to do; None where one may."""
    folder = year.project.shown(year.project.private)
    if not is_folder(year.project.private):
        return Mistake("no_private_folder_of_names", folder=folder)
    unnamed = list_nameless(year, roster, day)
    if len(unnamed) == 1:
        return Mistake("one_nameless", n=1, folder=folder, ids=unnamed[0])
    ids = join_labels(unnamed, 3)
    return Mistake("several_nameless", n=len(unnamed), folder=folder, ids=ids) if unnamed else None


class WhoForm(CellsForm):
    """Asks who each name is: the `person` of somebody known, role and board of somebody new, or no cell."""

    def __init__(
        self, talk: Talk, seats: Sequence[Seat], year: Year, roster: Roster, *, may_create: bool
    ) -> None:
        super().__init__(talk)
        self.seats = dict(zip(seat_keys(seats), seats, strict=True))
        self.year, self.roster, self.may_create = year, roster, may_create
        self.is_enough = False

    def ask_all(self) -> None:
        """Ask about each, until it is enough."""
        while not self.fill():
            self.talk.tell(INDENT + self.talk.say("first"))

    def order(self) -> list[str]:
        return [] if self.is_enough else [key for key in self.seats if not self.asked_before(key)]

    def asked_before(self, key: str) -> Cells:
        """What was answered of somebody before who has the same names and e-mails."""
        mark = self.seats[key].attendee.mark
        earlier = takewhile(lambda one: one != key, self.seats if mark.names or mark.emails else ())
        same = (one for one in earlier if one in self.done and self.seats[one].attendee.mark == mark)
        return next(filter(None, map(self.answers.get, same)), {})

    def keep(self, key: str, answer: Cells) -> None:
        """An answer stands in no row yet."""

    def in_words(self, key: str, answer: Cells) -> str:
        who = answer.get("person", "")
        roles = self.year.known.labels_of("role")
        post = say_post(answer.get("role"), answer.get("board"), self.talk.language, roles)
        said = self.roster.names.get(who, who) or post or self.talk.say("nobody")
        seat = self.seats.get(key)
        return self.talk.say("labelled", name=seat.attendee.name, text=said) if seat else said

    def found(self) -> list[tuple[Seat, Match]]:
        """The seats for which somebody was named, each with who it is."""
        said = ((seat, self.asked_before(key) or self.answers.get(key)) for key, seat in self.seats.items())
        return [(seat, Match.say(**cells)) for seat, cells in said if cells]

    def inquiry(self, key: str) -> Inquiry[Cells]:
        attendee, talk = self.seats[key].attendee, self.talk
        near = [(person, 100) for person in attendee.match.several] or self.roster.suggestions(
            [attendee.name]
        )
        offered = [person for person, _ in near]
        offered_lines = [self.line_of(number, *one) for number, one in enumerate(near, 1)]
        words = ("who_new", "who_unnamed", "who_enough") if self.may_create else ("who_unnamed", "who_enough")
        return Inquiry(
            talk.say("who"),
            lambda text: self.read(text, self.seats[key], offered),
            hint=f"({'; '.join(map(talk.say, words))})",
            above=[
                talk.say(word_of_match(attendee.match), name=name_with_email(attendee)),
                *offered_lines,
            ],
            words=list(self.roster.names.values()),
            explain=lambda: [*offered_lines, INDENT + talk.say("who_help")],
            understood=lambda text: self.roster.names.get(match_person(text, offered, self.year), ""),
        )

    def line_of(self, number: int, person: str, likeness: int) -> str:
        sure = "" if likeness == 100 else "  " + self.talk.say("alike", percent=likeness)
        held = ((post["role"], post["board"]) for post in self.year.data.posts.get(person, ()))
        posts = HeldPosts(dict.fromkeys(held), self.year.known).text(self.talk.language)
        return f"  {number}  {self.roster.names[person]}  {person}  {posts}{sure}".rstrip()

    def read(self, text: str, seat: Seat, offered: list[str]) -> Cells:
        """Raises Mistake of a text that is nobody; of one that may be some they are listed, to be chosen."""
        word = fold_text(text)
        if word in ENOUGH:
            self.is_enough = True
        if word in ("", *UNNAMED, *ENOUGH):
            return {}
        if self.may_create and word in NEW:
            return ask_new_person(seat, self.year, self.talk)
        if person := match_person(text, offered, self.year):
            self.ask_of_address(person, seat)
            return {"person": person}
        if near := [one for one in self.year.person_finder.find(text).persons if one in self.roster.names]:
            offered[:] = near
            listed = "\n".join(self.line_of(number, one, 100) for number, one in enumerate(near, 1))
            raise Mistake("one_of_these", text=text, listed=listed)
        raise Mistake("nobody_so_called", text=text)

    def ask_of_address(self, person: str, seat: Seat) -> None:
        """Whether somebody has the address of another board. Raises Mistake where not."""
        boards = [post["board"] for post in self.year.data.posts.get(person, ()) if post["board"]]
        for email in sorted(seat.attendee.emails):
            other = board_of_address(email, Codes(self.year.known))
            if other and boards and other not in boards:
                asked = self.talk.say(
                    "of_another_board",
                    name=self.roster.names.get(person, person),
                    board=", ".join(dict.fromkeys(boards)),
                    email=email,
                    other=other,
                )
                if not self.talk.is_right(INDENT + asked, False):
                    raise Mistake("another_then")


def board_of_address(email: str, codes: Codes) -> str:
    """The board that the domain of an address names, as `lbpsb.qc.ca` does; empty where it names none."""
    return codes.code("board", re.split("[.-]", email.rpartition("@")[2]))


def name_with_email(attendee: Attendee) -> str:
    """`Zoé Tremblay <z@home.example>`"""
    email = next(iter(attendee.emails), "")
    return f"{attendee.name} <{email}>" if email and email != attendee.name else attendee.name


def word_of_match(match: Match) -> str:
    """The word for what is known of a name before anybody is asked."""
    if not match.several:
        return "is_nobody"
    return "is_several" if len(match.several) > 1 else "may_be_one"


def match_person(text: str, near: list[str], year: Year) -> str:
    """The id that a number of the list, an id, a name or an e-mail stands for, if it is certain."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(near):
        return near[int(text) - 1]
    return year.person_finder.find(text).certain


def ask_new_person(one: Seat, year: Year, talk: Talk) -> Cells:
    """A new person has a role; the board may be unknown. Raises Mistake where that is left."""
    given = {name: text for name, text in (("role", one.role), ("board", one.board)) if text}
    columns = [column for column in PersonRecord.columns() if column.name in OF_PERSON]
    form = RowForm(talk, PersonRecord, year, given, today=context.today(), columns=columns)
    if not form.fill():
        raise Mistake("nothing_new")
    return form.answered()


def seat_keys(seats: Sequence[Seat]) -> list[str]:
    """What tells each of these again when the same list is read once more."""
    return digest_texts("who", [mark_text(one.attendee.mark) for one in seats])


def mark_text(mark: Mark) -> str:
    return "; ".join((*sorted(mark.names), *sorted(mark.emails), mark.text))


def is_near(attendee: Attendee, roster: Roster) -> bool:
    """Is the name nearly that of somebody known, or does it hold one?"""
    texts = {attendee.text, *attendee.names}
    held = any(roster.find_in_text(text) for text in texts)
    return held or any(likeness >= SURELY for _, likeness in roster.suggestions(attendee.names, 1))


def identify_new_people(
    seats: Iterable[Seat], roster: Roster, role: str, board: str
) -> tuple[dict[str, Match], list[str]]:
    """For scripts: new people by the keys of their attendees, and the names that may be of somebody known."""
    found: dict[str, Match] = {}
    doubtful, without = [], []
    for seat in seats:
        attendee = seat.attendee
        if attendee.match.several or attendee.is_doubtful or is_near(attendee, roster):
            doubtful.append(name_with_email(attendee))
        elif seat.role or role:
            found[attendee.key] = Match.say(role=seat.role or role, board=seat.board or board)
        else:
            without.append(name_with_email(attendee))
    if without:
        raise PrtError(Mistake("role_of_new_people", people=join_labels(without, 5)), code=2)
    return found, doubtful
