"""The plan file against the plan that was last submitted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from prt.figures.plan_diff.amendments import unamended
from prt.files.plan.plan import problems_of
from prt.files.project import Project, Year
from prt.files.submissions.submission import Submission, submissions
from prt.files.yaml.document import read_yaml
from prt.model.plan import Plan
from prt.problems import Problem, PrtError


def last_submitted(year: Year) -> Submission | None:
    """The one frozen last: a correction of report 1 may be later than report 2."""
    found = list(enumerate(submissions(year)))
    last = max(
        found, key=lambda one: (one[1].manifest.frozen_on, one[1].manifest.number, one[0]), default=None
    )
    return last[1] if last else None


def plan_as_sent(submission: Submission) -> Plan:
    """The plan alone; its rows are not read."""
    frozen = Project(submission.folder, submission.folder / "data" / "private")
    return frozen.plan(frozen.plan_path(submission.manifest.year))[0]


def amendment_problems(year: Year, today: dt.date) -> list[Problem]:
    """Targets and measures that differ from those submitted, without an entry under `amendments:`.

    A submission that cannot be read is a warning here: prt submissions says more of it.
    """
    try:
        last = last_submitted(year)
        if last is None:
            return []
        rules = list(unamended(plan_as_sent(last), year.plan, told(last), today))
    except PrtError as error:
        unread = (one for one in error.problems if isinstance(one, Problem))
        return [replace(one, severity="warning") for one in unread]
    file = read_yaml(year.path.read_bytes(), year.project.shown(year.path)) if rules else None
    found = problems_of(file, rules) if file else ()
    return [replace(one, where=replace(one.where, path="")) for one in found]  # it says itself of what it is


def told(submission: Submission) -> str:
    """`report 1`, `the annual report`, `correction 1 of report 2`"""
    manifest = submission.manifest
    name = "the annual report" if manifest.annual else f"report {manifest.period}"
    return f"correction {submission.revision - 1} of {name}" if submission.revision > 1 else name
