"""What `prt check` says of submissions: files that were damaged, reports that no row
counts, a plan that has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from prt.figures.checks import check, count_odd
from prt.figures.plan_diff.amendments import Changed, changes_between, unexplained_changes
from prt.figures.targets.open_targets import open_target_rules
from prt.files.project import Year
from prt.files.submissions.submission import Submission, known_submissions, latest_revisions, list_submissions
from prt.model.plan import Plan
from prt.model.records import PROGRESS_REPORT, Deliverable
from prt.model.rules.rule import Rule
from prt.problems import Mistake, Place, Problem, ProblemCount, PrtError, count_problems
from prt.values import replace


def deliverable_kind(annual: bool) -> str:
    """The kind that the row of a report has in deliverables.csv."""
    return "other" if annual else PROGRESS_REPORT


def is_row_of(one: Submission, row: Mapping[str, str]) -> bool:
    """Is it the row of this report? `row` has the cells of deliverables.csv."""
    kind = deliverable_kind(one.manifest.annual)
    return (row.get("kind", "").strip(), row.get("period", "").strip()) == (kind, str(one.manifest.period))


def submission_of_row(year: Year, row: str) -> Submission | None:
    """The latest submission of the report that this row of deliverables.csv says was submitted."""
    for one in latest_revisions(list_submissions(year)).values():
        path = one.folder / year.table_path(Deliverable.log).relative_to(year.project.root)
        file = year.project.cache.read_csv(path, one.shown)
        frozen = (file.cells(record) for record in file.records)
        if any(known.get("id", "").strip() == row and is_row_of(one, known) for known in frozen):
            return one
    return None


def submission_problems(year: Year) -> Iterator[Problem]:
    """Reports that were submitted, and that no row counts."""
    rows = [
        {"kind": str(row["kind"]), "period": str(row["period"])} for row in year.data.logs[Deliverable.log]
    ]
    for one in latest_revisions(list_submissions(year)).values():
        try:
            counted = any(is_row_of(one, row) for row in rows)
        except PrtError:  # prt submissions says what is wrong with its manifest
            continue
        if not counted:
            day, command = one.manifest.sent_on, entry_command(one)
            mistake = Mistake(
                "submission_without_row", submission=one.name, day=day, log=Deliverable.log, command=command
            )
            yield Problem.of(Place(one.shown), mistake, "warning")


def entry_command(one: Submission) -> str:
    kind = deliverable_kind(one.manifest.annual)
    return (
        f"prt log deliverable --kind {kind} --period {one.manifest.period} --date {one.manifest.sent_on} "
        '--title "…"'
    )


def figure_problems(year: Year, today: dt.date) -> list[Problem]:
    """What loading found, what the rules find, and changes of what was promised that nobody explained."""
    return [*year.problems, *check(year.plan, year.data, today), *promised_problems(year, today)]


def count_figure_problems(year: Year, today: dt.date) -> ProblemCount:
    """How many `figure_problems` there are, without a word of what is odd about a row: for a report."""
    wrong, odd = count_problems([*year.problems, *promised_problems(year, today)])
    return ProblemCount(wrong, odd + count_odd(year.plan, year.data, today))


def promised_problems(year: Year, today: dt.date) -> Iterator[Problem]:
    yield from submission_problems(year)
    yield from amendment_problems(year, today)
    yield from placed_rules(open_target_rules(year.plan, year.data, today), year)


def damaged_files(year: Year) -> list[Problem]:
    """Every frozen file that is not the one that was submitted; no figure of today depends on it."""
    found: list[Problem] = []
    for one in known_submissions(year):
        try:
            found += one.verdict.problems
        except PrtError as error:
            found += [problem for problem in error.problems if isinstance(problem, Problem)]
    return [replace(one, severity="warning") for one in found]


def last_submitted(year: Year) -> Submission | None:
    """The one frozen last: a correction of report 1 may be later than report 2."""
    found = list(enumerate(list_submissions(year)))
    last = max(
        found, key=lambda one: (one[1].manifest.frozen_on, one[1].manifest.number, one[0]), default=None
    )
    return last[1] if last else None


def plan_as_sent(submission: Submission) -> Plan:
    """The plan alone; its rows are not read."""
    frozen = submission.project
    return frozen.plan(frozen.plan_path(submission.manifest.year))[0]


def changed_targets(year: Year) -> list[Changed]:
    """The targets that are others than the plan submitted last says; none where it cannot be read."""
    try:
        last = last_submitted(year)
        return list(changes_between(plan_as_sent(last), year.plan)) if last else []
    except PrtError:
        return []


def amendment_problems(year: Year, today: dt.date) -> list[Problem]:
    """Targets and measures that differ from those submitted, without an entry under `amendments:`.

    A submission that cannot be read is a warning here: prt submissions says more of it.
    """
    try:
        last = last_submitted(year)
        if last is None:
            return []
        rules = list(unexplained_changes(plan_as_sent(last), year.plan, report_name(last), today))
    except PrtError as error:
        unread = (one for one in error.problems if isinstance(one, Problem))
        return [replace(one, severity="warning") for one in unread]
    return placed_rules(rules, year)


def placed_rules(found: Iterable[Rule], year: Year) -> list[Problem]:
    """What is wrong with the plan of the year, each with its place in the file."""
    rules = list(found)
    if not rules:
        return []
    from prt.files.plan.plan import rule_problems  # 35 ms of YAML and rules, for a plan that has changed

    raw, shown = year.project.cache.read_bytes(year.path), year.project.shown(year.path)
    told = rule_problems(rules, raw, shown)
    return [replace(one, where=replace(one.where, path="")) for one in told]  # each says of what it is


def report_name(submission: Submission) -> str:
    """`report 1`, `the annual report`, `correction 1 of report 2`"""
    manifest = submission.manifest
    name = "the annual report" if manifest.annual else f"report {manifest.period}"
    return f"correction {submission.revision - 1} of {name}" if submission.revision > 1 else name
