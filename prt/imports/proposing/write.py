"""What was proposed becomes rows: people, session, attendance, feedback, and where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from prt.entry.person_names import is_full_name, name_key
from prt.entry.roster import fold_email
from prt.files.csv.edit import CellColumns, by_columns
from prt.files.provenance import IMPORT_REASON, CommentRecord, ImportedRow, ImportRecord, StayRecord
from prt.files.store.store import Action
from prt.files.trace.disk_questions import is_folder
from prt.imports.people.attendees import Attendee, Seat, seat_columns
from prt.imports.plain.digests import digest_columns
from prt.imports.proposing.feedback import FeedbackProposal
from prt.imports.proposing.proposal import ExportFile, Proposal
from prt.imports.reading.durations import format_stays
from prt.model.ids import new_id, new_ids


def write_proposal(action: Action, proposal: Proposal) -> None:
    """All of it; the action is on copies, so that it is all or nothing. Of headcounts no name is written."""
    session, private = proposal.session.id, is_folder(action.year.project.private)
    if proposal.created:
        action.add("sessions", [{**proposal.created, **proposal.changes}])
    elif proposal.changes:
        action.edit("sessions", session, proposal.changes, IMPORT_REASON)
    if proposal.heads is None:
        people = add_new_people(action, proposal)
        if private:
            learn_names(action, proposal)
        written = add_seats(action, proposal.added, session, people)
        changes = {seat.row.id: seat_changes(seat, people) for seat in proposal.changed if seat.row}
        if changes:
            action.edit_all("attendance", changes, IMPORT_REASON)
        if private:
            keep_private(action, proposal, written)
        keep_provenance(action, proposal, written, private)
    for _, answers in proposal.feedback:
        add_answers(action, answers, session, private)
    action.add("imports", list(list_import_rows(action, proposal)))


def add_new_people(action: Action, proposal: Proposal) -> dict[int, str]:
    """The new persons, in people.csv and in the private folder; their ids by attendee."""
    new = {id(seat.attendee): seat for seat in proposal.attendance.seats if seat.is_new}
    if not new:
        return {}
    taken = {*action.year.read_table("people").column("id"), *action.year.read_table("names").column("id")}
    posts, names, found = [], [], {}
    for who, seat in new.items():
        found[who] = person = new_id("p", None, taken, action.draw)
        taken.add(person)
        posts.append({"id": person, "role": seat.role, "board": seat.board})
        names.append({"id": person, **name_cells(seat.attendee)})
    action.add("names", names)
    action.add("people", posts)
    return found


def name_cells(attendee: Attendee) -> dict[str, str]:
    """Name, e-mail, and what else the lists called the person; of a text with two names only the text."""
    others = [] if attendee.is_doubtful else [*attendee.names[1:], *attendee.emails[1:]]
    cells = {
        "name": attendee.name,
        "email": next(iter(attendee.emails), ""),
        "other_names": "; ".join(others),
    }
    return {name: text for name, text in cells.items() if text}


def learn_names(action: Action, proposal: Proposal) -> None:
    """People whom somebody recognised are known by that name, and by that e-mail, the next time."""
    said = [seat for seat in proposal.attendance.seats if seat.attendee.match.is_said and seat.person]
    if not said:
        return
    rows = {one["id"]: one for one in action.year.project.names().values()}
    changes: dict[str, dict[str, str]] = {}
    for seat in said:
        row = rows.get(seat.person)
        if row is None or seat.attendee.is_doubtful:
            continue
        if new := new_spellings(seat.attendee, row["name"], row["email"], row["other_names"]):
            changes[seat.person] = {"other_names": "; ".join([*row["other_names"], *new])}
    if changes:
        action.edit_all("names", changes, IMPORT_REASON)


def new_spellings(attendee: Attendee, name: str, email: str | None, others: Sequence[str]) -> list[str]:
    """The full names and the e-mails of an attendee that are not known of the person."""
    known = {name_key(name), *map(name_key, others), *map(fold_email, (email or "", *others))}
    names = [one for one in attendee.names if is_full_name(one) and name_key(one) not in known]
    return [*names, *(one for one in attendee.emails if one not in known)]


def add_seats(
    action: Action, seats: Sequence[Seat], session: str, people: Mapping[int, str]
) -> Sequence[str]:
    """The ids of the rows."""
    if not seats:
        return []
    columns = seat_columns(seats, session)
    new = [people.get(id(seat.attendee), "") for seat in seats]
    columns["person"] = [name or known for name, known in zip(new, columns["person"], strict=True)]
    return action.add_table("attendance", columns).ids


def new_person_cell(seat: Seat, people: Mapping[int, str]) -> dict[str, str]:
    return {"person": people[id(seat.attendee)]} if id(seat.attendee) in people else {}


def seat_changes(seat: Seat, people: Mapping[int, str]) -> dict[str, str]:
    """The changes of a row; a new person whose row was unnamed gets it too."""
    new = new_person_cell(seat, people)
    more = {"role": seat.role, "board": seat.board} if new else {}
    return {**seat.changes, **{name: text for name, text in more.items() if text}, **new}


def keep_private(action: Action, proposal: Proposal, written: Sequence[str]) -> None:
    """Keep the exported names of unnamed people, and the times of everybody."""
    session = proposal.session.id
    rows = [*zip(written, proposal.added, strict=True)]
    unnamed = [(row, seat.attendee) for row, seat in rows if seat.keeps_name]
    rows += [(seat.row.id, seat) for seat in proposal.changed if seat.row]
    timed = [(row, seat.stays) for row, seat in rows if seat.stays]
    stayed = {
        "row": [row for row, _ in timed],
        "session": [session] * len(timed),
        "stays": [format_stays(stays) for _, stays in timed],
    }
    add_with_ids(action, StayRecord.log, StayRecord.prefix, stayed)
    kept = action.year.read_table("unmatched").column("id")
    named = [row for row, seat in rows[len(written) :] if seat.person or seat.is_new]
    if resolved := [row for row in named if row in kept]:
        action.remove("unmatched", resolved, IMPORT_REASON)
    if unnamed:
        columns = {
            "id": [row for row, _ in unnamed],
            "session": [session] * len(unnamed),
            "name": [one.text for _, one in unnamed],
            "email": [next(iter(one.emails), "") for _, one in unnamed],
        }
        action.add_table("unmatched", columns)


def keep_provenance(action: Action, proposal: Proposal, written: Sequence[str], private: bool) -> None:
    """Which unnamed rows came from a list, where neither a name nor a time tells it: the next export of that
    list may take them, and no row that was typed by hand."""
    session, pairs = proposal.session.id, zip(written, proposal.added, strict=True)
    found = [
        (row, seat)
        for row, seat in pairs
        if seat.is_unnamed and not (private and (seat.keeps_name or seat.stays))
    ]
    if found:
        digests = digest_columns(session, seat_columns([seat for _, seat in found], session))
        action.add_table(ImportedRow.log, {"id": [row for row, _ in found], "content": digests})


def add_with_ids(action: Action, log: str, prefix: str, columns: CellColumns) -> None:
    """Rows of a file that is no log, each with an id."""
    if number := max(map(len, columns.values()), default=0):
        taken = set(action.year.read_table(log).column("id"))
        drawn = new_ids(prefix, [action.when.date()] * number, taken, action.draw)
        action.add_table(log, {"id": drawn, **columns})


def add_answers(action: Action, answers: FeedbackProposal, session: str, private: bool) -> None:
    if answers.added:
        action.add("feedback", [{"session": session, **row} for row in answers.added])
    if answers.changes:
        action.edit_all("feedback", answers.changes, IMPORT_REASON)
    if private:
        comments = [{"session": session, **row} for row in answers.comments]
        add_with_ids(action, CommentRecord.log, CommentRecord.prefix, by_columns(comments, ()))


def list_import_rows(action: Action, proposal: Proposal) -> Iterable[dict[str, str]]:
    """One row for each file: when, by whom, which bytes; the rows of all lists stand with the first. An older
    file does not have every column."""
    said = {id(file): answers for file, answers in proposal.feedback}
    lists = [file for file in proposal.files if file.export.kind == "attendance"]
    there = action.year.read_table("imports")
    taken, header = set(there.column("id")), there.header or ImportRecord.header()
    for file in proposal.files:
        found = new_id(ImportRecord.prefix, action.when.date(), taken, action.draw)
        taken.add(found)
        cells = import_cells(action, found, file, len(proposal.added) if file in lists[:1] else 0)
        cells["session"] = proposal.session.id
        if answers := said.get(id(file)):
            cells |= {"rows": str(len(answers.added)), **answers.remembered}
        yield {name: text for name, text in cells.items() if text and name in header}


def import_cells(action: Action, number: str, file: ExportFile, rows: int) -> dict[str, str]:
    """The cells of imports.csv: when, by whom, the digest and kind of the file, how many rows it brought."""
    return {
        "id": number,
        "when": action.when.isoformat(),
        "who": action.who,
        "digest": file.digest,
        "source": file.export.source,
        "kind": file.export.kind,
        "rows": str(rows),
    }
