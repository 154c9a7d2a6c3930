"""Which submission a digest on paper is of, whether its frozen files still give it, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.files.privacy.walk import frozen_folders
from prt.files.project import Project
from prt.files.submissions.checks import report_name
from prt.files.submissions.digest import printed_digest, rows_digest, typed_digest
from prt.files.submissions.submission import Submission, readable_submissions
from prt.problems import Problem, PrtError
from prt.text import join_labels, plural
from prt.values import dataclass, field


@dataclass(frozen=True)
class Comparison:
    """What is to be said, files that are not as they were sent, and whether all is explained."""

    lines: Sequence[str]
    problems: Sequence[Problem] = field(default=())
    explained: bool = False


def verify_digest(project: Project, text: str) -> Comparison:
    """Compare what somebody read on a report with every submission of the project.

    PrtError where it is no digest, or where its beginning is that of several.
    """
    wanted = typed_digest(text)
    known = readable_submissions(
        Submission(one, project.shown(one), project.cache) for one in frozen_folders(project)
    )
    found = [one for one in known if one.manifest.rows.startswith(wanted)]
    if not found:
        return Comparison((*told_unknown(project, wanted, known),))
    if len({one.manifest.rows for one in found}) > 1:
        several = join_labels([f"{one.shown} ({printed_digest(one.manifest.rows)})" for one in found])
        raise PrtError(f"Several submissions begin so: {several}. Type more of it.", code=2)
    compared = [compare(one) for one in found]
    return Comparison(
        [line for one in compared for line in one.lines],
        [problem for one in compared for problem in one.problems],
        all(one.explained for one in compared),
    )


def told_unknown(project: Project, wanted: str, known: Sequence[Submission]) -> Iterator[str]:
    """No submission has it: a draft, another copy of the project, or one whose manifest was changed too."""
    for year in (path.stem for path in project.plan_paths):
        if rows_digest(project, year).startswith(wanted):
            yield f"The files of {year} as they are now give it: it is of a draft, not of a submission."
            return
    yield "No submission here has it, and the files as they are now do not give it."
    yield "A draft of another day has one of its own. Of a report that was sent, compare what you typed with:"
    for one in known:
        yield f"  {printed_digest(one.manifest.rows) or 'none: an older prt'}  {one.shown}"
    yield "Where the paper has none of these, files and manifest were both changed: ask git, or a backup."


def compare(one: Submission) -> Comparison:
    """The frozen files as they are, and the digest that the report of the submission printed."""
    manifest, verdict = one.manifest, one.verdict
    sent = f"{report_name(one)} of {manifest.year}, sent on {manifest.sent_on}"
    lines = [f"{printed_digest(manifest.rows)} is of {sent}: {one.shown}"]
    now, erasures = rows_digest(one.project, manifest.year), list(told_erasures(one))
    if now == manifest.rows:
        lines.append("Its rows and its plan are as they were sent: they give this digest.")
        lines += erasures
        return Comparison(lines, verdict.problems, verdict.whole)
    lines += [f"{changed_text(one)}: together they now give {printed_digest(now)}.", *erasures]
    explained = verdict.whole and bool(erasures) and manifest.erased[-1].rows in ("", now)
    if explained:
        lines.append("Nothing else has changed: every other cell is as it was sent.")
    elif verdict.whole:
        lines.append(
            "No file differs from the manifest, which does not explain it: both were changed. "
            "Compare with git, with a backup, or with what the funder received."
        )
    return Comparison(lines, verdict.problems, explained)


def changed_text(one: Submission) -> str:
    """Which of its rows and its plan are no longer what was sent, as far as the manifest can tell."""
    erased = (name for erasure in one.manifest.erased for name in erasure.before)
    changed = {*erased, *one.verdict.wrong}
    plan = f"plan/{one.manifest.year}.yaml" in changed
    rows = any(name.startswith("data/") for name in changed)
    if rows and plan:
        return "Its rows and its plan have changed"
    if rows or plan:
        return "Its rows have changed" if rows else "Its plan has changed"
    return "Its rows or its plan have changed"


def told_erasures(one: Submission) -> Iterator[str]:
    """Each erasure since it was sent: when, and in which files the token stands for the id."""
    for erasure in one.manifest.erased:
        files = plural(len(erasure.before), "file")
        yield (
            f"A person was erased on {erasure.date}: a token stands for the id in {files} "
            f"({', '.join(sorted(erasure.before))})."
        )
