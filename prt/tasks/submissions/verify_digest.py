"""Which submission a digest on paper is of, whether its frozen files still give it, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.files.privacy.walk import frozen_folders
from prt.files.project import Project
from prt.files.submissions.digest import printed_digest, rows_digest, typed_digest
from prt.files.submissions.submission import Submission, readable_submissions
from prt.output.words import Phrases
from prt.problems import Mistake, Problem, PrtError
from prt.text import join_labels
from prt.values import dataclass, field


@dataclass(frozen=True)
class Comparison:
    """What is to be said, files that are not as they were sent, and whether all is explained."""

    lines: Sequence[str]
    problems: Sequence[Problem] = field(default=())
    explained: bool = False


def verify_digest(project: Project, text: str, say: Phrases) -> Comparison:
    """Compare what somebody read on a report with every submission of the project.

    PrtError where it is no digest, or where its beginning is that of several.
    """
    try:
        wanted = typed_digest(text)
    except Mistake as mistake:
        raise PrtError(mistake, code=2) from None
    known = readable_submissions(
        Submission(one, project.shown(one), project.cache) for one in frozen_folders(project)
    )
    found = [one for one in known if one.manifest.rows.startswith(wanted)]
    if not found:
        return Comparison((*told_unknown(project, wanted, known, say),))
    if len({one.manifest.rows for one in found}) > 1:
        several = join_labels([f"{one.shown} ({printed_digest(one.manifest.rows)})" for one in found])
        raise PrtError(Mistake("digest_of_several", found=several), code=2)
    compared = [compare(one, say) for one in found]
    return Comparison(
        [line for one in compared for line in one.lines],
        [problem for one in compared for problem in one.problems],
        all(one.explained for one in compared),
    )


def told_unknown(project: Project, wanted: str, known: Sequence[Submission], say: Phrases) -> Iterator[str]:
    """No submission has it: a draft, another copy of the project, or one whose manifest was changed too."""
    for year in (path.stem for path in project.plan_paths):
        if rows_digest(project, year).startswith(wanted):
            yield say("digest.draft", year=year)
            return
    yield say("digest.unknown")
    yield say("digest.compare")
    for one in known:
        yield f"  {printed_digest(one.manifest.rows) or say('digest.older')}  {one.shown}"
    yield say("digest.both_changed")


def compare(one: Submission, say: Phrases) -> Comparison:
    """The frozen files as they are, and the digest that the report of the submission printed."""
    manifest, verdict = one.manifest, one.verdict
    lines = [
        say(
            "digest.found",
            digest=printed_digest(manifest.rows),
            report=report_phrase(one, say),
            year=manifest.year,
            day=str(manifest.sent_on),
            folder=one.shown,
        )
    ]
    now, erasures = rows_digest(one.project, manifest.year), list(told_erasures(one, say))
    if now == manifest.rows:
        lines.append(say("digest.same"))
        lines += erasures
        return Comparison(lines, verdict.problems, verdict.whole)
    lines += [say(f"digest.changed.{changed_part(one)}", digest=printed_digest(now)), *erasures]
    explained = verdict.whole and bool(erasures) and manifest.erased[-1].rows in ("", now)
    if explained:
        lines.append(say("digest.nothing_else"))
    elif verdict.whole:
        lines.append(say("digest.unexplained"))
    return Comparison(lines, verdict.problems, explained)


def report_phrase(one: Submission, say: Phrases) -> str:
    name = say(f"digest.{'annual' if one.manifest.annual else 'report'}", n=str(one.manifest.period))
    return say("digest.correction", n=str(one.revision - 1), report=name) if one.revision > 1 else name


def changed_part(one: Submission) -> str:
    """Which of its rows and its plan are no longer what was sent, as far as the manifest can tell."""
    erased = (name for erasure in one.manifest.erased for name in erasure.before)
    changed = {*erased, *one.verdict.wrong}
    plan = f"plan/{one.manifest.year}.yaml" in changed
    rows = any(name.startswith("data/") for name in changed)
    if rows == plan:
        return "both" if rows else "either"
    return "rows" if rows else "plan"


def told_erasures(one: Submission, say: Phrases) -> Iterator[str]:
    """Each erasure since it was sent: when, and in which files the token stands for the id."""
    for erasure in one.manifest.erased:
        files = ", ".join(sorted(erasure.before))
        yield say.counted("digest.erased", len(erasure.before), day=str(erasure.date), files=files)
