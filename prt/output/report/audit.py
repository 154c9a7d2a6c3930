"""What only the audit edition has: entries without a document, entries left out, corrections, reports sent.

An entry about a person is a group of one: none is listed. No number of people stands in these tables either,
so that whoever has them knows of a small group what the other editions tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import groupby
from string import ascii_uppercase

from prt.files.corrections import day_of, log_of
from prt.files.provenance import IMPORT_REASON, UNDONE
from prt.files.submissions.digest import printed_digest
from prt.files.submissions.manifest import Manifest
from prt.files.yaml.words import say_reason
from prt.model.records import LOGS
from prt.model.rows import Row, RowKey
from prt.model.selections import is_person
from prt.model.view import is_held
from prt.output.document.content import Grid
from prt.output.document.report_document import Annex
from prt.output.figure_text import short_reason
from prt.output.listings import MOST_LISTED, capital, is_shown, keep_on_line, label, named, not_listed
from prt.output.numbers import day_text, format_exact
from prt.output.report.annexes import annex_rows, rows_by_day
from prt.output.report.history import report_name
from prt.output.report.results import Figures
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class Records:
    """What a project keeps beside its rows: the rows of corrections.csv, and what it sent."""

    corrections: Sequence[Row] = ()
    submissions: Sequence[Manifest] = ()


NO_RECORDS = Records()


def audit_annexes(figures: Figures, before: int, records: Records) -> Iterator[Annex]:
    """The annexes that come after so many others."""
    words, logs = figures.words, [log for log in LOGS if is_shown(log)]
    counted = [row for log in logs for row in rows_by_day(annex_rows(figures.evaluation, log))]
    unproven = [row for row in counted if not row["evidence"]]
    left_out = reasons_left_out(figures, logs, counted)
    corrections, submissions = (
        Grid("", corrections_table(words, records.corrections)),
        Grid("", submissions_table(words, records.submissions)),
    )
    parts = {
        "unproven": (len(unproven), rows_grids(words, unproven)),
        "left_out": (len(left_out), rows_grids(words, [row for row, _ in left_out], dict(left_out))),
        "corrections": (len(corrections.table.rows), (corrections,)),
        "submissions": (len(submissions.table.rows), (submissions,)),
    }
    of = format_exact(Fraction(len(counted)), "", words.language)
    for letter, (name, (number, grids)) in zip(ascii_uppercase[before:], parts.items(), strict=False):
        title = words("report.annex", letter=letter, title=words(f"audit.{name}"))
        note = words.counted(f"audit.{name}_note", number, of=of)
        shown = tuple(one for one in grids if one.table.rows)
        yield Annex(letter, f"annex-{letter.lower()}", title, note, shown, "audit")


def reasons_left_out(figures: Figures, logs: Iterable[str], counted: Iterable[Row]) -> list[tuple[Row, str]]:
    """Each row up to the cut-off that no figure counts, or that one which reads it cannot, and why."""
    words, found = figures.words, dict[RowKey, dict[str, None]]()
    for result in figures.evaluation.results:
        name = named(result.line.id, result.indicator.label.to(words.language))
        for one in result.to_date.left_out:
            reason = words("explain.labelled", label=name, text=short_reason(words, one))
            found.setdefault(one.row.key, {})[reason] = None
    known, until = {row.key for row in counted}, figures.evaluation.cut_off
    rows = [row for log in logs for row in figures.evaluation.data.logs[log] if row.day <= until]
    reasons = {row.key: words(f"reason.{reason_uncounted(row)}") for row in rows if row.key not in known}
    said = ((row, "; ".join(found.get(row.key, ())) or reasons.get(row.key, "")) for row in rows)
    return [(row, why) for row, why in said if why]


def reason_uncounted(row: Row) -> str:
    """Why a row counts in no figure at all."""
    if row.left_out:
        return row.left_out
    return "unread" if is_held(row) else str((row.session or row)["status"])


def rows_grids(
    words: Words, rows: Sequence[Row], reasons: Mapping[Row, str] | None = None
) -> tuple[Grid, ...]:
    """Of each log its rows: id, day, title, why they are here, and where they stand."""
    names = ("row", "day", "what", *(["why"] if reasons else []), "place")
    head = tuple(Heading(name, words(f"audit.{name}")) for name in names)
    found = []
    for log, every in groupby(rows, key=lambda row: row.log):
        some = list(every)
        texts = (
            (
                row.name,
                keep_on_line(day_text(row.day, words.language, "medium")),
                title_text(words, row),
                *([reasons[row]] if reasons else []),
                str(row.place()),
            )
            for row in some[:MOST_LISTED]
        )
        note = not_listed(words, some, f"prt list {LOGS[log].kinds[0]}")
        found.append(Grid(capital(words(f"log.{log}")), Table(head, tuple(texts)), note))
    return tuple(found)


def title_text(words: Words, row: Row) -> str:
    name = row.model.title_column
    return label(words, row.log, name, row[name]) if name and row[name] else ""


def corrections_table(words: Words, corrections: Iterable[Row]) -> Table:
    """What was edited, removed or restored, in the order in which it was; of a number of people only that it
    was.
    """
    names = ("when", "log", "row", "change", "why")
    texts = (
        (
            corrected_on(words, one),
            capital(words(f"log.{log_of(one)}")),
            one["row"],
            change_text(words, one),
            reason_text(words, one),
        )
        for one in corrections
        if is_shown(log_of(one))
    )
    return Table(tuple(Heading(name, words(f"audit.{name}")) for name in names), tuple(texts))


def corrected_on(words: Words, one: Row) -> str:
    """The day, or what stands in its place."""
    text = day_of(one)
    with suppress(ValueError):
        return keep_on_line(day_text(dt.date.fromisoformat(text), words.language, "medium"))
    return text


def reason_text(words: Words, one: Row) -> str:
    """The reason as somebody typed it, or what prt says of its own changes."""
    own = {UNDONE: "revised.undone", IMPORT_REASON: "audit.imported", None: "revised.no_reason"}
    if one["why"] in own:
        return words(own[one["why"]])
    return words("revised.reason", why=say_reason(one["why"], words.language))


def change_text(words: Words, one: Row) -> str:
    """`hours: 1.5 → 2`; of a cell that no report shows the column alone."""
    log, column = log_of(one), one["column"]
    if column is None:
        return words(f"audit.{one['action']}")
    model, name = words.plan.record_of(log), words.column_name(log, column)
    if column not in model.shown or column in model.chain or is_person(words.plan, log, column):
        return name
    old, new = (one[side] or words("revised.empty") for side in ("old", "new"))
    return words("revised.edit", column=name, old=old, new=new)


def submissions_table(words: Words, submissions: Iterable[Manifest]) -> Table:
    """Each report that was sent, in that order, with the digest that it prints, and the prt that made it."""
    names = ("report", "sent_on", "cut_off", "digest", "files", "prt")
    texts = (
        (
            report_name(words, one.period, one.annual, one.revision),
            *(keep_on_line(day_text(day, words.language, "medium")) for day in (one.sent_on, one.cut_off)),
            printed_digest(one.rows),
            format_exact(Fraction(len(one.files)), "", words.language),
            one.prt,
        )
        for one in sorted(submissions, key=lambda one: one.number)
    )
    return Table(tuple(Heading(name, words(f"audit.{name}")) for name in names), tuple(texts))
