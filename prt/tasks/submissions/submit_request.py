"""What is to be submitted, and the row of deliverables.csv that says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prt.figures.restatement.row_changes import row_changes
from prt.files.notes import read_markdown
from prt.files.project import Year
from prt.files.rooms import notes_path, report_stem
from prt.files.submissions.checks import deliverable_kind
from prt.files.submissions.submission import (
    Submission,
    list_submissions,
    readable_submissions,
)
from prt.model.calendar import Period
from prt.model.records import Deliverable
from prt.model.rows import Entry, Row, read_entry
from prt.model.text import LANGUAGES, Language
from prt.output.words import Words
from prt.problems import PrtError
from prt.tasks.entry.log_rows import raise_mistakes
from prt.tasks.reports.editions import compare_submission
from prt.values import dataclass


@dataclass(frozen=True)
class SubmitRequest:
    """What is to be submitted: `stem` is the name of its folder, without `-r2`."""

    year: Year
    period: Period
    annual: bool
    languages: tuple[Language, ...]
    files: tuple[Path, ...]
    on: dt.date
    logged: Row | None
    """The row of deliverables.csv that says so already."""
    before: Submission | None = None
    """What was submitted of the same report, of which this is a correction, and `why`."""
    names: tuple[str, str] = ("", "")
    """Who prepared and who approved it, where it is not who the plan says."""
    why: str = ""

    @property
    def stem(self) -> str:
        return report_stem(self.period.id, self.annual)

    @property
    def revision(self) -> int:
        return self.before.revision + 1 if self.before else 1

    @property
    def title(self) -> str:
        return title_of(self.year, self.period, self.annual, self.languages[0])


def title_of(year: Year, period: Period, annual: bool, language: Language) -> str:
    words = Words(language, year.plan)
    return words("revised.annual") if annual else words("report.name", n=str(period.id))


def deliverable_row(year: Year, period: Period, annual: bool) -> Row | None:
    """The row that says that this report was submitted: another version of it is not another report."""
    stem = report_stem(period.id, annual)
    known = {
        one.manifest.deliverable for one in readable_submissions(list_submissions(year)) if one.stem == stem
    }
    rows = year.data.logs[Deliverable.log]
    own = (row for row in rows if row.id in known)
    return next(own, None) or next(
        (row for row in rows if is_deliverable_of(row, year, period, annual)), None
    )


def is_deliverable_of(row: Row, year: Year, period: Period, annual: bool) -> bool:
    """Is this the row of the report? Kind and period tell; for a bilan its title too, in either language."""
    if row["kind"] != deliverable_kind(annual) or row["period"] != period.id:
        return False
    return not annual or row["title"] in {title_of(year, period, annual, one) for one in LANGUAGES}


def differs_from(wanted: SubmitRequest, before: Submission) -> bool:
    """Would it differ from what was submitted: in a row up to its cut-off, the plan, the notes?"""
    manifest = before.manifest
    if wanted.files or any(wanted.names) or set(wanted.languages) - set(manifest.languages):
        return True
    try:
        frozen, year = before.year, wanted.year
        rows = row_changes(frozen.data, year.data, ())
        dated = (one for one in rows if one.row.log in frozen.data.logs)
        return (
            any(row.day <= manifest.cut_off for one in dated for row in (one.sent, one.now) if row)
            or bool(compare_submission(before, year).revisions)
            or frozen.plan != year.plan
            or notes_texts(frozen, wanted.stem) != notes_texts(year, wanted.stem)
        )
    except PrtError:  # what cannot be read cannot be called the same
        return True


def notes_texts(year: Year, stem: str) -> list[str]:
    return [read_markdown(year.project, notes_path(year.folder, stem, language))[0] for language in LANGUAGES]


def deliverable_entry(wanted: SubmitRequest) -> Entry:
    """The row that says so: a report counts itself."""
    shown = wanted.year.project.shown(wanted.year.folder)
    cells = {
        "kind": deliverable_kind(wanted.annual),
        "title": wanted.title,
        "period": str(wanted.period.id),
        "date": wanted.on.isoformat(),
        "evidence": f"{shown}/submitted/{wanted.stem}",
    }
    model = wanted.year.plan.record_of(Deliverable.log)
    entry = read_entry(model, cells, wanted.year.known)
    raise_mistakes(model, entry)
    return entry
