"""Who an exported name is: asked on a terminal, for `prt import` and `prt people match`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from prt.console.prompt import Asker
from prt.entry.persons import person_may_be
from prt.entry.roster import Match, Roster
from prt.files.project import Year
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.reading.codes import Codes
from prt.model.ids import is_erased
from prt.model.view import in_post
from prt.problems import PrtError
from prt.text import fold_text, join_labels, plural

SURELY = 90
"""From which likeness to somebody known nobody is made a new person without being asked about."""


class Enough(Exception):
    """The person wants no more questions."""


def list_nameless(year: Year, roster: Roster, day: dt.date) -> list[str]:
    """Ids of people in post that day who have no name here: a new name might be one of theirs."""
    return list(
        dict.fromkeys(
            post["id"]
            for post in year.data.people
            if in_post(post, day) and post["id"] not in roster.names and not is_erased(post["id"])
        )
    )


def explain_no_new_people(year: Year, roster: Roster, day: dt.date) -> str:
    """Why no person may be created, and what to do; empty where one may."""
    folder = year.project.shown(year.project.private)
    if not year.project.private.is_dir():
        return (
            f"The private folder {folder} is not here: nobody can be recognised, everyone counts unnamed, "
            "PRT staff too. "
            "Connect the team's drive and name the folder (PRT_PRIVATE, or git config prt.private FOLDER), "
            "then import again: the rows get their persons."
        )
    if unnamed := list_nameless(year, roster, day):
        number = plural(len(unnamed), "person", "people")
        listed = join_labels(unnamed, 3)
        return (
            f"{number} of data/people.csv have no name in {folder}/names.csv ({listed}): a new name may be "
            "one of theirs, so nobody is created, and who is not recognised counts unnamed. "
            "Get the names from whoever has them, then: prt people match."
        )
    return ""


def ask_who(one: Seat, year: Year, roster: Roster, asker: Asker, *, may_create: bool) -> Match | None:
    """Somebody known, somebody new, or None: unnamed. Raises Enough."""
    attendee = one.attendee
    near = [(person, 100) for person in attendee.match.several] or roster.suggestions([attendee.name])
    asker.tell(f"{name_with_email(attendee)} {describe_match(attendee.match)}.")
    for number, (person, likeness) in enumerate(near, 1):
        sure = "" if likeness == 100 else f"  {likeness}% alike"
        asker.tell(f"  {number}  {roster.names[person]}  {person}  {posts_text(year, person)}{sure}".rstrip())
    new = ["n = new person"] if may_create else []
    prompt = f"Who? ({'; '.join(['number or id', *new, 'Enter = unnamed', '- = enough'])}) > "
    while True:
        text = asker.ask(prompt, list(roster.names.values()))
        if not text:
            return None
        if text == "-":
            raise Enough
        if may_create and fold_text(text) in ("n", "new", "nouveau", "nouvelle"):
            return ask_new_person(one, Codes(year.known), asker)
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(near):
            return Match.say(near[int(text) - 1][0])
        found = year.person_finder.find(text)
        if found.certain:
            return Match.say(found.certain)
        may_be = found.persons and person_may_be(text, found, year.person_finder)
        asker.tell(f"      {may_be}." if may_be else f'      "{text}" is nobody.')


def name_with_email(attendee: Attendee) -> str:
    """`Zoé Tremblay <z@home.example>`"""
    email = next(iter(attendee.emails), "")
    return f"{attendee.name} <{email}>" if email and email != attendee.name else attendee.name


def describe_match(match: Match) -> str:
    """What is known of a name before anybody is asked."""
    if not match.several:
        return "is nobody known"
    return "is several people" if len(match.several) > 1 else "may be somebody known"


def posts_text(year: Year, person: str) -> str:
    held = (
        f"{post['role']} {post['board'] or ''}".strip() for post in year.data.people if post["id"] == person
    )
    return ", ".join(dict.fromkeys(held))


def ask_new_person(one: Seat, codes: Codes, asker: Asker) -> Match:
    """A new person has a role; the board may be unknown."""
    role = one.role or ask_code("role", "Role", codes, asker, required=True)
    board = one.board or ask_code("board", "Board", codes, asker, required=False)
    return Match.say(role=role, board=board)


def ask_code(name: str, word: str, codes: Codes, asker: Asker, *, required: bool) -> str:
    choices = codes.choices(name)
    asker.tell(f"  {', '.join(choices)}")
    hint = "" if required else " (Enter = unknown)"
    while True:
        text = asker.ask(f"{word}?{hint} > ", choices)
        if code := codes.one(name, text):
            return code
        if not text and not required:
            return ""
        asker.tell(f'      "{text}" is none of them.')


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
        listed = join_labels(without, 5)
        raise PrtError(f"--new-people: no role is told of {listed}. Name it: --role cda.", code=2)
    return found, doubtful
