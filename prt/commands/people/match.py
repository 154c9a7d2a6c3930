"""`prt people match`: who the unnamed presences of imported lists were."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from prt.console import context
from prt.console.options import FormatOption, YearOption, check_format
from prt.console.signature import Argument, Option
from prt.problems import PrtError
from prt.text import did_you_mean

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.imports.people.matching import Roster
    from prt.imports.people.seats import Decision
    from prt.imports.proposing.identification import Unnamed
    from prt.output.tables import Table

Pairs = list[tuple["Unnamed", "Decision"]]


def match(
    row: Annotated[str | None, Argument("One presence, by its id.", metavar="[ROW]")] = None,
    person: Annotated[str | None, Option("Who it was: id, name or e-mail.", metavar="PERSON")] = None,
    new: Annotated[bool, Option("Somebody new: with --role, and --board.")] = False,
    role: Annotated[str | None, Option("Role of the new person.", metavar="ROLE")] = None,
    board: Annotated[str | None, Option("Board of the new person.", metavar="BOARD")] = None,
    start: Annotated[str | None, Option("First day of the new person.", metavar="DATE")] = None,
    certain: Annotated[bool, Option("Take whoever is known by name or e-mail.")] = False,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Who the unnamed presences of imported lists were: listed with suggestions, asked on a terminal."""
    from prt.console import messages
    from prt.imports.people.matching import make_roster
    from prt.imports.proposing.identification import find_unnamed

    opened, first = context.open_year(year), context.day(start).isoformat() if start else ""
    roster = make_roster(opened.project.names())
    waiting = find_unnamed(opened, roster)
    if row:
        give(opened, [(one_of(waiting, row), decided(opened, roster, person, new, role, board))], first)
    elif certain:
        give(opened, certain_pairs(waiting))
    elif not waiting:
        messages.print_line("Nobody is waiting for a name.")
    elif sys.stdin.isatty() and form == "table":
        found = asked(opened, roster, waiting)
        give(opened, found)
        context.say(f"{len(found)} matched, {len(waiting) - len(found)} still wait.")
    else:
        print_waiting(waiting, roster, form)


def one_of(waiting: Sequence[Unnamed], row: str) -> Unnamed:
    ids = [one.row.id for one in waiting]
    if row not in ids:
        hint = did_you_mean(row, ids)
        raise PrtError(f"{row} is no unnamed presence whose name is kept here. {hint}".rstrip(), code=2)
    return waiting[ids.index(row)]


def decided(
    year: Year, roster: Roster, person: str | None, new: bool, role: str | None, board: str | None
) -> Decision:
    """What the options say about one presence."""
    from prt.imports.people.seats import Decision
    from prt.imports.reading.codes import Codes
    from prt.tasks.find_person import find_person
    from prt.tasks.identify_people import no_new_people

    codes = Codes(year.known)
    if bool(person) == new:
        raise PrtError("Say who it was: --person ID, or --new --role cda --board EMSB.", code=2)
    if person:
        known = {post["id"] for post in year.data.people} | set(roster.names)
        if " " in person or "@" in person:
            return Decision(find_person(year.project, person))
        if person not in known:
            hint = did_you_mean(person, known)
            raise PrtError(f"--person: nobody has the id {person}. {hint}".rstrip(), code=2)
        return Decision(person)
    if why_not := no_new_people(year, context.today()):
        raise PrtError(why_not)
    if not role:
        raise PrtError(f"--role: missing. One of: {', '.join(codes.choices('role'))}.", code=2)
    return Decision(role=codes.required("role", role), board=codes.required("board", board))


def certain_pairs(waiting: Sequence[Unnamed]) -> Pairs:
    from prt.imports.people.seats import Decision

    return [(one, Decision(one.match.person)) for one in waiting if one.match.person]


def asked(year: Year, roster: Roster, waiting: Sequence[Unnamed]) -> Pairs:
    """First those that are certain by now, all at once; then each of the others."""
    from prt.console import messages
    from prt.console.prompt import Terminal
    from prt.tasks.identify_people import Enough, Unknown, ask_who, no_new_people
    from prt.tasks.import_sessions import YES
    from prt.text import fold_text

    asker, found = Terminal(), certain_pairs(waiting)
    for one, decision in found:
        messages.print_line(
            f"{one.text} is {roster.names[decision.person]}, {decision.person} (by {one.match.how})"
        )
    if found and fold_text(asker.ask("Right? [Y/n] > ")) not in YES:
        found = []
    if why_not := no_new_people(year, context.today()):
        context.say(why_not)
    try:
        for one in waiting:
            if not any(other is one for other, _ in found):
                unknown = Unknown(
                    one.name, one.email, one.row["role"] or "", one.row["board"] or "", one.match.several
                )
                if answer := ask_who(unknown, year, roster, asker, may_create=not why_not):
                    found.append((one, answer))
    except Enough:
        pass
    except (KeyboardInterrupt, EOFError):
        messages.print_line("")  # what was answered until here is kept
    return found


def give(year: Year, pairs: Pairs, start: str = "") -> None:
    """Write all of it in one action, and say what moved. `start` is the first day of who is new."""
    from prt.console import messages
    from prt.files.store.staging import stage_changes
    from prt.imports.proposing.identification import match_rows

    if not pairs:
        messages.print_line("Nothing was written.")
        return
    old, me = messages.before(year, "people"), context.me(year.project.root)
    with stage_changes(year, me, context.now(), random.SystemRandom()) as action:
        done = match_rows(action, pairs)
        new = created(pairs, done)
        for person in new if start else ():
            action.edit("people", person, {"start": start}, "matched")
    names, after = year.project.names(), year.again()
    for one, person in done:
        messages.print_line(
            f"Matched  {one.row.id}  {person}  {names[person]['name'] if person in names else ''}"
        )
    messages.tell_moves(old, after, "people")
    messages.tell_without_start(year, after)


def created(pairs: Pairs, done: Sequence[tuple[Unnamed, str]]) -> list[str]:
    """The ids of who was nobody known before."""
    decisions = {one.row.id: decision for one, decision in pairs}
    return list(dict.fromkeys(person for one, person in done if not decisions[one.row.id].person))


def print_waiting(waiting: Sequence[Unnamed], roster: Roster, form: str) -> None:
    from prt.console import screen
    from prt.output.tables import render

    print(render(table(waiting, roster), check_format(form), screen.width()))


def table(waiting: Sequence[Unnamed], roster: Roster) -> Table:
    """The exported names are shown to whoever has the private folder; they stand nowhere else."""
    from prt.output.tables import Heading, Table

    headings = ("row", "session", "date", "name", "email", "perhaps")
    rows = [
        (one.row.id, one.row["session"], one.row["date"], one.text, one.email or None, perhaps(one, roster))
        for one in waiting
    ]
    return Table(tuple(map(Heading, headings)), tuple(rows))


def perhaps(one: Unnamed, roster: Roster) -> str | None:
    """Who it is, for certain or by likeness."""
    if one.match.person:
        return f"{one.match.person} {roster.names[one.match.person]}"
    several = [(person, 100) for person in one.match.several] or roster.suggestions([one.name])
    return "; ".join(f"{person} {roster.names[person]} {likeness}%" for person, likeness in several) or None
