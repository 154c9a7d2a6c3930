"""The name, the e-mail and the roles of a person: checked, and put right in one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import Talk
from prt.entry.person_names import find_name
from prt.entry.roster import make_roster
from prt.files.project import Year, table_models
from prt.files.store.refusals import changed_meanwhile
from prt.files.trace.disk_questions import is_folder
from prt.files.yaml.words import say_phrase
from prt.model.cells import ColumnCodes, code_word
from prt.model.records import NameRecord, PersonRecord
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.at_entry import reason_at_entry
from prt.tasks.entry.ask_cells import ask_reason, ask_which_answers, save_or_leave
from prt.tasks.entry.log_rows import checked_cells, personal_mistakes
from prt.tasks.entry.newcomers import NAMES, PersonForm, why_no_name
from prt.tasks.entry.waiting_answers import waiting_answers
from prt.tasks.find.find_row import Found
from prt.tasks.open_action import open_action
from prt.tasks.people.find_person import is_of_role
from prt.text import option_name

CORRECTED = "name corrected"
"""The reason that is kept of another name: the name itself is kept in the private folder alone."""
OF_NAMES = tuple(one.name for one in NameRecord.columns() if one.name != "id")
OF_POST = tuple(one.name for one in PersonRecord.columns() if one.name != "id")


def refuse_elsewhere(year: Year, private: Mapping[str, str]) -> None:
    """Where there are people and no private folder, names are elsewhere, and this one may be among them."""
    folder = year.project.private
    if private and year.data.people and not is_folder(folder):
        raise PrtError(Mistake("no_names_here", folder=year.project.shown(folder)))


def refuse_odd_person(private: Mapping[str, str]) -> None:
    """Stop where something stands in the place of a name or an address and is none."""
    for column in NAMES:
        if mistake := why_no_name(column, private.get(column, "").strip()):
            raise PrtError(Mistake("of_option", option=option_name(column), mistake=mistake), code=2)


def turn_name(text: str) -> str:
    """`Exemple, Marie` as First Last; any other text as it is."""
    turned, _ = find_name(text, lambda _: False) if text.count(",") == 1 else ("", [])
    return turned or text


def refuse_namesake(year: Year, number: str, private: Mapping[str, str], is_edited: bool = False) -> None:
    """One person with two ids would be counted twice, however the name is spelt or turned."""
    roster = make_roster(year.project.names())
    for text in filter(None, private.values()):
        for known in roster.may_be([text], [text]):
            if known != number:
                if is_edited:
                    raise PrtError(Mistake("is_another", text=text, person=known, id=number), code=2)
                raise PrtError(Mistake("is_already", text=text, person=known), code=2)


class PersonChanged(PrtError):
    """Somebody has changed the person since; `changes` says how, none where the row is gone."""

    def __init__(self, shown: str, log: str, changes: Sequence[Mapping[str, str]]) -> None:
        super().__init__(*changed_meanwhile(shown).problems)
        self.shown, self.log, self.changes = shown, log, changes


def correct_person(
    year: Year,
    person: str,
    options: Mapping[str, str],
    *,
    of_role: str | None = None,
    why: str | None,
    dry_run: bool = False,
    anyway: bool,
    namesake: bool = False,
) -> None:
    """Other cells of somebody's name and of one role; without options they are asked for on a terminal."""
    talk = None if options else terminal.open_talk()
    rows = {"names": next(iter(rows_of_id(year, "names", person)), None), "people": None}
    if talk or any(name in OF_POST for name in options):
        rows["people"] = find_post(rows_of_id(year, "people", person), person, of_role, talk, year)
    old = {log: found.cells if found else {} for log, found in rows.items()}
    entered = rows["people"] and reason_at_entry(rows["people"])
    asks = nullcontext(options) if talk is None else ask_cells_of(talk, year, person, old, anyway, namesake)
    try:
        with asks as asked:
            changes = {log: changed_of(log, old[log], asked, person, year) for log in rows}
            names, post = changes["names"], changes["people"]
            if not names and not post:
                context.say(say_phrase("same_already", id=person))
                return
            refuse_elsewhere(year, names)
            if not anyway:
                refuse_personal(year, post)
            why = ask_reason(why or entered or (None if post else CORRECTED), dry_run, year.project, anyway)
            if dry_run:
                tell_unwritten_changes(year, person, changes, old)
            else:
                write_person_changes(year, person, changes, old, why, namesake=namesake)
    except PersonChanged as changed:
        if talk is None or not changed.changes:
            raise
        talk.tell(talk.say("person_changed", file=changed.shown))
        messages.tell_changes(changed.changes, year, changed.log)
        correct_person(
            year.as_now(), person, {}, of_role=of_role, why=why, anyway=anyway, namesake=namesake
        )  # the answers wait


def tell_unwritten_changes(
    year: Year, person: str, changes: Mapping[str, Mapping[str, str]], old: Mapping[str, Mapping[str, str]]
) -> None:
    """What `--dry-run` says: which cells would become what."""
    place = year.project.shown(year.table_path("people"))
    messages.print_line(say_phrase("not_changed", id=person, place=place))
    for log, cells in changes.items():
        told = [{"column": name, "old": old[log].get(name, ""), "new": new} for name, new in cells.items()]
        messages.tell_changes(told, year, log)


def write_person_changes(
    year: Year,
    person: str,
    changes: Mapping[str, Mapping[str, str]],
    old: Mapping[str, Mapping[str, str]],
    why: str,
    *,
    namesake: bool,
) -> None:
    """The name and the role in one action; then what was changed, and what moved."""
    own = {name: text for name, text in changes["names"].items() if name in NAMES}
    with open_action(year, "prt people edit", private=bool(own or changes["names"])) as action:
        now = year.as_now()
        for log in (log for log, cells in changes.items() if cells):
            refuse_changed_person(now, log, person, old[log])
        if not namesake:
            refuse_namesake(now, person, own, is_edited=True)
        notes, places = dict[str, list[Mapping[str, str]]](), list[str]()
        for log, cells in changes.items():
            if cells and old[log]:
                written, more = action.edit(log, person, cells, why, match=old[log])
                notes[log] = [*more]
            elif cells:
                [written] = action.add(log, [{"id": person, **cells}])
                notes[log] = [{"column": name, "old": "", "new": text} for name, text in cells.items()]
            if cells:
                places.append(str(written.place))
        after = year.again()
    messages.print_written(say_phrase("changed", id=person, place=", ".join(places)))
    for log, told in notes.items():
        messages.tell_changes(told, after, log)
    messages.tell_moves(messages.before(now, "people"), after, "people")


def refuse_changed_person(year: Year, log: str, person: str, old: Mapping[str, str]) -> None:
    """PersonChanged where no row of the person is as it was read."""
    there = [one.cells for one in rows_of_id(year, log, person)]
    if old in there or not (old or there):
        return
    new = there[0] if len(there) == 1 else {}
    changed = [name for name in {**old, **new} if new and old.get(name, "") != new.get(name, "")]
    notes = [{"column": name, "old": old.get(name, ""), "new": new.get(name, "")} for name in changed]
    raise PersonChanged(year.project.shown(year.table_path(log)), log, notes)


def rows_of_id(year: Year, log: str, person: str) -> list[Found]:
    """The rows of a person in a table, whatever mistakes they have."""
    file = year.read_table(log)
    records = (one for one in file.records if file.cell(one, "id").strip() == person)
    return [Found(year, file, record, log, person) for record in records]


def find_post(
    posts: Sequence[Found], person: str, role: str | None, talk: Talk | None, year: Year
) -> Found | None:
    """The one role that is meant; of several the one that is named, or picked on a terminal."""
    if not posts and talk is None:
        raise PrtError(Mistake("no_such_person", id=person), code=2)
    meant = [one for one in posts if is_of_role(one.cells, role)]
    if len(meant) < 2 and (meant or role is None):
        return next(iter(meant), None)
    known = year.known.at("people")
    roles = ColumnCodes("role", tuple(one.cells.get("role", "") for one in posts), known.labels_of("role"))
    if talk is None or role is not None:
        raise PrtError(Mistake("several_posts", id=person, roles=roles), code=2)
    lines = [
        ", ".join(
            code_word(name, text, talk.language, known.labels_of(name))
            for name, text in one.cells.items()
            if name != "id"
        )
        for one in posts
    ]
    return talk.ask_alone(
        Inquiry(
            talk.say("which_post"),
            lambda text: pick_choice(text, [Choice(one, [one.place]) for one in posts], numbered=True),
            above=[f"{number:>3}  {line}" for number, line in enumerate(lines, 1)],
        )
    )


def changed_of(
    log: str, old: Mapping[str, str], asked: Mapping[str, str], person: str, year: Year
) -> dict[str, str]:
    """The cells of a table that become others, as they are written. Every mistake stops the command."""
    columns = OF_NAMES if log == "names" else OF_POST
    given = {name: text.strip() for name, text in asked.items() if name in columns}
    given = {name: text for name, text in given.items() if text != old.get(name, "")}
    if log == "names":
        given |= {name: turn_name(text) for name, text in given.items() if name == "name"}
        refuse_odd_person(given)
    if not given:
        return {}
    after = checked_cells(table_models()[log], {**old, "id": person, **given}, year)
    return {name: after.get(name, "") for name in given if after.get(name, "") != old.get(name, "")}


def refuse_personal(year: Year, post: Mapping[str, str]) -> None:
    """No name into people.csv, which git carries."""
    texts = {name: text for name, text in post.items() if name in ("centre", "note")}
    if wrong := personal_mistakes(texts, year.project):
        raise PrtError(*(Problem.of(Place(option_name(name)), one) for name, one in wrong), code=2)


@contextmanager
def ask_cells_of(
    talk: Talk,
    year: Year,
    person: str,
    old: Mapping[str, Mapping[str, str]],
    anyway: bool,
    namesake: bool,
) -> Iterator[Mapping[str, str]]:
    """The questions of `prt people add`, of which one is named, or all; Enter takes what there is. They
    wait until what stands in this block is done."""
    form = PersonForm(
        talk,
        year,
        {},
        today=context.today(),
        columns=OF_POST if old["people"] else (),
        known=not is_folder(year.project.private),
        namesake=namesake,
    )
    form.names.own_id = person
    form.names.cells, form.post.cells = {**old["names"]}, {**old["people"]}
    command = f"prt people edit {person}"
    with waiting_answers(form, year, command, {**old["names"], **old["people"]}) as waiting:
        form.ask_again(ask_which_answers(form, talk))
        save_or_leave(form, waiting)
        while wrong := [] if anyway else names_in_post(form, old["people"], year):
            for _, mistake in wrong:
                talk.tell_mistake(mistake)
            form.ask_again(name for name, _ in wrong)
            save_or_leave(form, waiting)
        yield {**form.post.cells, **form.names.cells}


def names_in_post(form: PersonForm, old: Mapping[str, str], year: Year) -> list[tuple[str, Mistake]]:
    """Mistakes in texts of the role that were changed and name somebody."""
    post = {name: form.post.cells.get(name, "") for name in ("centre", "note")}
    return personal_mistakes(
        {name: text for name, text in post.items() if text != old.get(name, "")}, year.project
    )
