"""`prt people match`: who the unnamed presences of imported lists were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from prt.console import context, messages, screen
from prt.console.dialogue import terminal
from prt.console.dialogue.talk import Left
from prt.console.options import FormatOption, YearOption, check_format
from prt.console.signature import Argument, Option
from prt.entry.roster import Match, Roster, make_roster
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.imports.people.attendees import Seat
from prt.imports.proposing.identification import find_unnamed, match_seats
from prt.imports.reading.codes import Codes
from prt.output.tables import Heading, Table, make_table, render
from prt.problems import Mistake, PrtError
from prt.tasks.entry.waiting_answers import waiting_answers
from prt.tasks.imports.identify_people import WhoForm, explain_no_new_people
from prt.tasks.open_action import open_action
from prt.tasks.people.find_person import find_person
from prt.text import did_you_mean
from prt.values import dataclass

AnsweredSeats = list[tuple["Seat", "Match"]]


@dataclass(frozen=True)
class MatchOptions:
    """What `prt people match` is asked for."""

    row: Annotated[str | None, Argument("One presence, by its id.", metavar="[ROW]")] = None
    person: Annotated[str | None, Option("Who it was: id, name or e-mail.", metavar="PERSON")] = None
    new: Annotated[bool, Option("Somebody new: with --role, and --board.")] = False
    role: Annotated[str | None, Option("Role of the new person.", metavar="ROLE")] = None
    board: Annotated[str | None, Option("Board of the new person.", metavar="BOARD")] = None
    start: Annotated[str | None, Option("First day of the new person.", metavar="DATE")] = None
    certain: Annotated[bool, Option("Take whoever is known by name or e-mail.")] = False
    year: YearOption = None
    form: FormatOption = "table"


def match(options: MatchOptions) -> None:
    """Who the unnamed presences of imported lists were: listed with suggestions, asked on a terminal."""
    opened = context.open_year(options.year)
    first = context.day(options.start, opened.plan.window).isoformat() if options.start else ""
    roster = make_roster(opened.project.names())
    waiting = find_unnamed(opened, roster)
    if options.row:
        seat = find_waiting(waiting, options.row)
        give_names(opened, [(seat, read_match(opened, roster, options))], first)
    elif options.certain:
        give_names(opened, certain_pairs(waiting))
    elif not waiting:
        messages.print_line(say_phrase("nobody_waits"))
    elif terminal.is_at_terminal() and options.form == "table":
        ask_waiting(opened, roster, waiting)
    else:
        print(render(waiting_table(waiting, roster), check_format(options.form), screen.width()))


def find_waiting(waiting: Sequence[Seat], row: str) -> Seat:
    ids = [one.own_row.id for one in waiting]
    if row not in ids:
        hint = did_you_mean(row, ids)
        raise PrtError(Mistake("not_waiting", row=row, hint=hint), code=2)
    return waiting[ids.index(row)]


def read_match(year: Year, roster: Roster, options: MatchOptions) -> Match:
    """Who an unnamed presence was, by the options. PrtError where they name nobody, or nobody known."""
    codes, person, role, board = Codes(year.known), options.person, options.role, options.board
    if bool(person) == options.new:
        raise PrtError(Mistake("who_was_it"), code=2)
    if person:
        known = {post["id"] for post in year.data.people} | set(roster.names)
        if " " in person or "@" in person or year.person_finder.find(person).taken:
            return Match.say(find_person(year.project, person))
        if person not in known:
            hint = did_you_mean(person, known)
            raise PrtError(Mistake("no_person_of_id", person=person, hint=hint), code=2)
        return Match.say(person)
    if why_not := explain_no_new_people(year, roster, context.today()):
        raise PrtError(why_not)
    if not role:
        raise PrtError(Mistake("role_missing", known=", ".join(codes.choices("role"))), code=2)
    return Match.say(role=codes.required("role", role), board=codes.required("board", board))


def certain_pairs(waiting: Sequence[Seat]) -> AnsweredSeats:
    return [(one, Match.say(one.person)) for one in waiting if one.person]


def ask_waiting(year: Year, roster: Roster, waiting: Sequence[Seat]) -> None:
    """First those that are certain by now, all at once; then each of the others. What was answered is
    written when somebody leaves, too."""
    talk, found, has_left = terminal.open_talk(), certain_pairs(waiting), False
    for one, said in found:
        how, name = say_phrase(f"how_{one.attendee.match.how}"), roster.names[said.person]
        messages.print_line(
            say_phrase("is_person", text=one.attendee.text, name=name, person=said.person, how=how)
        )
    if found and not talk.is_agreed(talk.say("right"), True):
        found = []
    if why_not := explain_no_new_people(year, roster, context.today()):
        context.say(why_not)
    open_seats = [one for one in waiting if not any(other is one for other, _ in found)]
    form = WhoForm(talk, open_seats, year, roster, may_create=not why_not)
    with waiting_answers(form, year, "prt people match"):
        try:
            form.ask_all()
        except Left:
            has_left = True
            messages.print_line("")
        answered = [*found, *form.found()]
        if answered or not has_left:
            give_names(year, answered)
    if has_left:
        raise Left(talk.what_was_written())
    context.say(say_phrase("still_wait", matched=len(answered), waiting=len(waiting) - len(answered)))


def give_names(year: Year, pairs: AnsweredSeats, start: str = "") -> None:
    """Write all of it in one action, and say what moved. `start` is the first day of who is new."""
    if not pairs:
        messages.print_line(say_phrase("unwritten"))
        return
    with open_action(year, "prt people match", private=True) as action:
        now = action.year.again()
        pairs = pairs_as_now(now, pairs)
        done = match_seats(action, pairs)
        new = list_created(pairs, done)
        for person in new if start else ():
            action.edit("people", person, {"start": start}, "matched")
        after = action.year.again()
    names = year.project.names()
    for one, person in done:
        name = names[person]["name"] if person in names else ""
        messages.print_written(say_phrase("matched_row", id=one.own_row.id, person=person, name=name))
    messages.tell_moves(messages.before(now, "people"), after, "people")
    messages.tell_without_start(now, after)


def pairs_as_now(year: Year, pairs: AnsweredSeats) -> AnsweredSeats:
    """The pairs that still wait, now that nobody else writes; somebody new may be known by now."""
    waiting = {one.own_row.id: one for one in find_unnamed(year, make_roster(year.project.names()))}
    still = [(waiting[one.own_row.id], said) for one, said in pairs if one.own_row.id in waiting]
    return [(one, Match.say(one.person) if one.person and said.is_new else said) for one, said in still]


def list_created(pairs: AnsweredSeats, done: Sequence[tuple[Seat, str]]) -> list[str]:
    """The ids of who was nobody known before."""
    said = {one.own_row.id: match for one, match in pairs}
    return list(dict.fromkeys(person for one, person in done if not said[one.own_row.id].person))


def waiting_table(waiting: Sequence[Seat], roster: Roster) -> Table:
    """The exported names are shown to whoever has the private folder; they stand nowhere else."""
    columns: dict[str, Callable[[Seat], object]] = {
        "row": lambda one: one.own_row.id,
        "session": lambda one: one.own_row["session"],
        "date": lambda one: one.day,
        "name": lambda one: one.attendee.text,
        "email": lambda one: one.attendee.presences[0].email or None,
        "perhaps": lambda one: describe_candidates(one, roster),
    }
    return make_table({Heading(key): read for key, read in columns.items()}, waiting)


def describe_candidates(one: Seat, roster: Roster) -> str | None:
    """Who it is, for certain or by likeness."""
    if one.person:
        return f"{one.person} {roster.names[one.person]}"
    several = [(person, 100) for person in one.attendee.match.several] or roster.suggestions(
        [one.attendee.name]
    )
    return "; ".join(f"{person} {roster.names[person]} {likeness}%" for person, likeness in several) or None
