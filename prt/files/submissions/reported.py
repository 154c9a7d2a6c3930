"""Rows of deliverables.csv that say that a report was submitted, and submissions of which no row says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prt.files.csv.reader import read_csv
from prt.files.project import Year
from prt.files.submissions.submission import Submission, latest, submissions
from prt.problems import Place, Problem, PrtError

LOG = "deliverables"


def reports(one: Submission, row: Mapping[str, str]) -> bool:
    """Is it the row of this report? `row` has the cells of deliverables.csv."""
    kind = "other" if one.manifest.annual else "progress-report"
    return (row.get("kind", "").strip(), row.get("period", "").strip()) == (kind, str(one.manifest.period))


def submitted_by(year: Year, row: str) -> Submission | None:
    """The latest submission of the report that this row of deliverables.csv says was submitted."""
    for one in latest(submissions(year)).values():
        path = one.folder / year.table_path(LOG).relative_to(year.project.root)
        file = read_csv(path, one.shown)
        frozen = (file.cells(record) for record in file.records)
        if any(known.get("id", "").strip() == row and reports(one, known) for known in frozen):
            return one
    return None


def submission_problems(year: Year) -> Iterator[Problem]:
    """Reports that were submitted, and that no row counts."""
    rows = [{"kind": str(row["kind"]), "period": str(row["period"])} for row in year.data.logs[LOG]]
    for one in latest(submissions(year)).values():
        try:
            counted = any(reports(one, row) for row in rows)
        except PrtError:  # prt submissions says what is wrong with its manifest
            continue
        if not counted:
            what = f"{one.name} was submitted on {one.manifest.sent_on}, and no row of {LOG}.csv says so"
            yield Problem(Place(one.shown), what, f"Enter it again: {entered(one)}", "warning")


def entered(one: Submission) -> str:
    kind = "other" if one.manifest.annual else "progress-report"
    return (
        f"prt log deliverable --kind {kind} --period {one.manifest.period} --date {one.manifest.sent_on} "
        '--title "…"'
    )
