"""What an import leaves beside its rows: where they came from, and what only the private folder may know."""

from __future__ import annotations

from prt.model.cells import Day, Whole, Words, YesNo
from prt.model.columns import Record, blank, needed
from prt.model.records import NameRecord

UNDONE = "undone"
"""The reason in corrections.csv of what `prt undo` took back."""
IMPORT_REASON = "imported"
"""The reason of what an import changed."""


class ImportRecord(Record):
    """One file that was imported: its digest, never its name, for a file may be called after a person."""

    log = "imports"
    prefix = "i"
    alongside = True

    id: Words = needed("Id of the import")
    when: Words = needed("Day and time")
    who: Words | None = blank("Who imported it")
    digest: Words = needed("SHA-256 of the file, or the id of a workbook of prt")
    source: Words = needed("zoom, teams, meet, forms, eventbrite, calendar, sheet or workbook")
    kind: Words = needed("attendance, feedback, events or the log that the rows went to")
    session: Words | None = blank("Id of the session")
    rows: Whole = needed("Rows added")
    question: Words | None = blank("Question of the form that says positive")
    positive: Words | None = blank("Answers taken as positive, where somebody said which")
    not_positive: Words | None = blank("Answers taken as not positive, where somebody said which")
    no_opinion: Words | None = blank("Answers that are none, where somebody said which")
    scale: Whole | None = blank("Highest number of the scale, where somebody said it")


class ImportedRow(Record):
    """A row of a plain sheet, by the digest of its cells, or an event of a calendar, by that of its UID and
    start: the same row is not added twice, even if the row of the log was corrected since; and a row that
    the file has otherwise by now is known again."""

    log = "imported"
    prefix = "ir"
    alongside = True

    id: Words = needed("Id of the row that was added")
    content: Words = needed("Digest of its cells as they were imported, or of the event's time")
    file: Words | None = blank("Id of the import that brought it")
    line: Whole | None = blank("Its row in that file")
    key: Words | None = blank("Digest of the id that the file gives it, or the workbook that lacks its id")


class HeadingRecord(Record):
    """Which column of a log a heading of somebody's spreadsheet stands for; empty: none. Under `=`, a digest
    of headings and a column stands the value of all rows of such sheets; under `into.` and a digest of its
    headings the log of a sheet."""

    log = "headings"
    prefix = "h"
    alongside = True

    id: Words = needed("The log and the heading, folded, or =, a digest and a column; into and a digest")
    column: Words | None = blank("Column of the log, the value of all rows, or the log")


class UnmatchedRecord(Record):
    """The exported name of an unnamed presence, until somebody says who it was. Private."""

    log = "unmatched"
    prefix = ""
    alongside = True

    id: Words = needed("Id of the row of attendance")
    session: Words = needed("Id of the session")
    name: Words | None = blank("Name as the export has it")
    email: Words | None = blank("E-mail as the export has it")


class StayRecord(Record):
    """When somebody was connected, so that another list of the same session adds no minute twice. Private."""

    log = "stays"
    prefix = "st"
    alongside = True

    id: Words = needed("Id of these stays")
    row: Words = needed("Id of the row of attendance")
    session: Words = needed("Id of the session")
    stays: Words = needed("From/to; several are separated by ;")


class SubjectRecord(Record):
    """What tells an event of a calendar without ids from another one that begins then: a digest of its start
    and subject. Whoever guesses the subject could try it. Private."""

    log = "subjects"
    prefix = ""
    alongside = True

    id: Words = needed("Id of the row of hours")
    subject: Words = needed("Digest of the start and subject of its event, and of whose calendar it was")


class CommentRecord(Record):
    """A comment of a form, without who wrote it, kept because somebody asked for it. Private."""

    log = "comments"
    prefix = "co"
    alongside = True
    free_text = True

    id: Words = needed("Id of the comment")
    session: Words = needed("Id of the session")
    response: Words = needed("Number of the response in its form")
    question: Words = needed("The question")
    comment: Words = needed("What was answered")


class PurgeRecord(Record):
    """What was destroyed, when its time was over or somebody was erased (then under the token, as id): which
    kind, how many, when. No name. Private."""

    log = "purges"
    prefix = "pu"
    grows = True

    id: Words = needed("Id of the destruction")
    when: Words = needed("Day and time")
    who: Words | None = blank("Who did it")
    file: Words = needed("File in which rows were destroyed")
    rows: Whole = needed("Rows destroyed")
    until: Day = needed("Day until which the plan kept them")


class BackupRecord(Record):
    """An archive that `prt backup` made, which an erasure does not reach. Private."""

    log = "backups"
    prefix = "bk"

    id: Words = needed("Id of the backup")
    when: Words = needed("Day and time")
    who: Words | None = blank("Who made it")
    file: Words = needed("The archive, where it was made")
    names: YesNo = needed("Is the private folder in it?")


class IncidentRecord(Record):
    """A confidentiality incident: what the law asks a register to say of each (P-39.1, s. 3.5 to 3.8)."""

    log = "incidents"
    prefix = "in"
    free_text = True

    id: Words = needed("Id of the incident")
    recorded: Day = needed("Day it was entered here")
    known_on: Day = needed("Day it became known")
    happened: Words = needed("Day or period of the incident")
    data: Words = needed("What personal information, or why that is not known")
    circumstances: Words = needed("What happened")
    people: Whole | None = blank("People concerned, or about how many")
    people_in_quebec: Whole | None = blank("Of these, in Québec")
    serious: YesNo | None = blank("Is there a risk of serious injury?")
    risk: Words | None = blank("Why: how sensitive, what use could be made of it, how likely harm is")
    commission_notified: Day | None = blank("Day the Commission d’accès à l’information was notified")
    people_notified: Day | None = blank("Day the people concerned were notified, or why not: in note")
    measures: Words | None = blank("What was done so that it does less harm, and does not happen again")
    note: Words | None = blank("Anything worth remembering; no names")


KEPT: dict[str, type[Record]] = {model.log: model for model in (ImportRecord, ImportedRow)}
"""Beside the logs of a year."""
PRIVATE: dict[str, type[Record]] = {
    model.log: model
    for model in (
        NameRecord,
        UnmatchedRecord,
        StayRecord,
        SubjectRecord,
        CommentRecord,
        PurgeRecord,
        IncidentRecord,
        BackupRecord,
    )
}
"""In the private folder, and nowhere else: what is corrected there is noted there."""
