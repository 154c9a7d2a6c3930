"""Who there is: the people of a list, and who sits at the keyboard."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from prt.console import context
from prt.console.dialogue.inquiry import Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.persons import PersonsInWords
from prt.entry.roster import make_roster
from prt.figures.entering import say_post
from prt.files.own_folders import recent_downloads
from prt.files.project import Year
from prt.files.workbook.grid import read_grids
from prt.imports.people.roster import RosterAdditions, find_roster, is_roster
from prt.imports.reading.codes import Codes
from prt.output.words import Words
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.entry.newcomers import ask_person
from prt.tasks.entry.row_form import NEW
from prt.tasks.imports.identify_people import explain_no_new_people
from prt.tasks.imports.list_people import ListedPeople, read_list, write_additions
from prt.tasks.open_action import open_action
from prt.tasks.start.open_steps import ask_step, say_start
from prt.tasks.start.place import mistake_of
from prt.text import fold_text

RECENT_DAYS = 60
LATER = ("later", "plus tard")


def ask_list_of_people(talk: Talk, year: Year) -> None:
    """A list in a spreadsheet, found among the downloads or named; later is an answer too."""
    found = next(find_lists(), None)
    bracket = say_start(talk.language, "list", path=found[0], number=found[1]) if found else ""
    likely = str(found[0]) if found else ""
    question = Inquiry(
        say_start(talk.language, "people"),
        lambda text: read_people(text, year, talk),
        enter=likely,
        bracket=bracket,
        hint=say_start(talk.language, "or_later"),
        explain=lambda: [say_start(talk.language, "people_help")],
    )
    listed = ask_step(talk, question)
    if listed is None:
        return
    why_not = explain_no_new_people(year, make_roster(year.project.names()), context.today())
    added = listed.propose(year, may_create=not why_not)
    talk.tell(INDENT + describe_people(added, Words(talk.language, year.plan), talk))
    if added.unknown:
        talk.tell(f"{INDENT}{why_not}")
    if not added.is_nothing and talk.is_agreed(INDENT + say_start(talk.language, "take"), True):
        write_additions(listed, year, may_create=not why_not, each=False)


def find_lists() -> Iterator[tuple[Path, int]]:
    """The lists of people that were downloaded lately, each with its number of rows."""
    for path in recent_downloads(context.now() - dt.timedelta(days=RECENT_DAYS)):
        grids, _ = read_grids(path, path.name)
        tables = [table for grid in grids if (table := find_roster(grid)) and is_roster(table.header)]
        if tables:
            yield path, sum(1 for table in tables for _ in table.rows())


def read_people(text: str, year: Year, talk: Talk) -> ListedPeople | None:
    """The list in a file; None for later. Raises Mistake; a role that no row has is asked for."""
    if is_later(text):
        return None
    path = Path(text.strip('"')).expanduser()
    try:
        listed = read_list(path, year, "", [], None)
    except PrtError as error:
        raise mistake_of(error) from None
    try:
        listed.rows(year)
        return listed
    except PrtError as error:
        wrong = [one for one in error.problems if isinstance(one, Problem) and one.mistake]
        if not {one.mistake.code for one in wrong if one.mistake} <= {"no_role", "not_a_role"}:
            raise mistake_of(error) from None
    texts = dict.fromkeys(one.value for one in wrong if one.mistake and one.mistake.code == "not_a_role")
    said = [
        f"{text}={ask_role(say_start(talk.language, 'role_is', text=text), year, talk)}" for text in texts
    ]
    without = any(one.mistake and one.mistake.code == "no_role" for one in wrong)
    role = ask_role(say_start(talk.language, "role"), year, talk) if without else ""
    return read_list(path, year, role, said, None)


def ask_role(prompt: str, year: Year, talk: Talk) -> str:
    """One of the roles, by its code or its label."""
    words, known = Words(talk.language, year.plan), Codes(year.known).choices("role")
    labels = {role: words.label("people", "role", role) for role in known}
    roles = [Choice(role, [role, label], label) for role, label in labels.items()]
    hint = " / ".join(labels.values())
    return talk.ask_alone(Inquiry(INDENT + prompt, lambda text: pick_choice(text, roles), hint=hint))


def is_later(text: str) -> bool:
    """Is it an answer that leaves the step open?"""
    return fold_text(text) in (*LATER, "", "no", "non", "n")


def describe_people(added: RosterAdditions, words: Words, talk: Talk) -> str:
    """`CDA: 44, principal: 11, staff of the team: 3; 2 without a board`: no role has a plural, for a plan may
    have roles of its own."""
    roles = Counter(post.get("role", "") for post in added.posts)
    counted = ((words.label("people", "role", role), str(n)) for role, n in roles.most_common())
    told = ", ".join(talk.say("labelled", name=role, text=n) for role, n in counted)
    boardless = sum("board" not in post and post.get("role") != "prt-staff" for post in added.posts)
    parts = [told or say_start(talk.language, "nobody_new")]
    parts += [say_start(talk.language, "boardless", number=boardless)] if boardless else []
    names = ", ".join(one.name for one in added.doubtful)
    parts += [say_start(talk.language, "doubtful", names=names)] if names else []
    return "; ".join(parts)


def ask_who_you_are(talk: Talk, year: Year) -> None:
    """Who sits at this laptop: rows are theirs from here on. Somebody new is added; later will do."""
    finder = year.person_finder
    question = Inquiry(
        say_start(talk.language, "you"),
        lambda text: read_me(text, year, talk),
        words=[row["name"] for row in finder.names.values()],
        hint=say_start(talk.language, "you_hint"),
        explain=lambda: [say_start(talk.language, "you_help")],
    )
    person, year = ask_step(talk, question)
    if not person:
        return
    context.keep_setting("me", year.project.root, person)
    talk.tell(INDENT + say_start(talk.language, "yours", name=describe_me(person, year, talk)))


def describe_me(person: str, year: Year, talk: Talk) -> str:
    """`Kim O'Sample, staff of the team`: the name, or the id where none is known, and the latest post."""
    finder = year.person_finder
    name = finder.names[person]["name"] if person in finder.names else person
    posts = finder.posts.get(person, ())
    held = [say_post(post["role"], post["board"], talk.language, finder.roles) for post in posts[-1:]]
    return ", ".join(filter(None, (name, *held)))


def read_me(text: str, year: Year, talk: Talk) -> tuple[str, Year]:
    """The id of the one person who is meant, empty for later, and the year with whoever is new. Raises
    Mistake."""
    if fold_text(text) in LATER:
        return "", year
    if fold_text(text) in NEW:
        return add_me(year, talk)
    found = year.person_finder.find(text, team=True) if text else None
    if found and found.taken:
        return found.taken, year
    if found and found.persons:
        raise year.person_finder.person_may_be(text, found)
    if text and (others := year.person_finder.find(text).persons):
        people = PersonsInWords(others, year.person_finder)
        raise Mistake("you_are_no_staff", people=people, person=others[0] if len(others) == 1 else "ID")
    raise Mistake("you_are_nobody_yet", text=text)


def add_me(year: Year, talk: Talk) -> tuple[str, Year]:
    """Somebody who is in no list: a name and a role, written at once."""
    found = ask_person(talk, year, context.today(), command="prt start")
    if found is None:
        raise Mistake("another_then")
    with open_action(year, "prt start", private=True) as action:
        for log, cells in found.rows:
            action.add(log, [cells])
        after = action.year.again()
    return found.code, after
