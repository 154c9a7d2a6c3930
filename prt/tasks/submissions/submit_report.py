"""What `prt submit` does once it may: the deliverable is logged, and everything is frozen."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence

from prt import __version__
from prt.console import context, messages
from prt.files.notes import read_notes
from prt.files.privacy.walk import personal_problems
from prt.files.project import Year
from prt.files.rooms import notes_path
from prt.files.store import store
from prt.files.store.store import Action
from prt.files.strangers import COPIES, stranger_problems
from prt.files.submissions.checks import figure_problems
from prt.files.submissions.digest import printed_digest
from prt.files.submissions.freeze import freeze, next_name, own_files
from prt.files.submissions.manifest import Manifest
from prt.files.submissions.submission import (
    FIGURES,
    WITHHELD,
    Submission,
    known_submissions,
    latest_revisions,
    list_submissions,
    next_number,
    withheld_text,
)
from prt.files.yaml.words import say_phrase
from prt.model.records import Deliverable
from prt.model.rows import Entry, Row
from prt.output.renderers import RENDERERS
from prt.output.report.cover import Sent, Signed
from prt.output.status_json import status_json
from prt.output.words import Words
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.all_problems import pair_problems
from prt.tasks.reports import make_report
from prt.tasks.reports.editions import past_of, tell_what_gives_way
from prt.tasks.reports.last_year import last_year_of
from prt.tasks.submissions.obstacles import Obstacle, obstacles, refuse_obstacles
from prt.tasks.submissions.submit_request import SubmitRequest, deliverable_row
from prt.values import replace


def find_obstacles(wanted: SubmitRequest, year: Year) -> list[Obstacle]:
    notes = {}
    for language in wanted.languages:
        name = year.project.shown(notes_path(year.folder, wanted.stem, language))
        notes[name] = read_notes(year.project, year.folder, wanted.stem, language)
    evaluation = year.evaluate(wanted.period.last)
    problems = [*figure_problems(year, context.today()), *pair_problems(year), *refused_copies(year)]
    damaged = [one.shown for one in known_submissions(wanted.year) if one.damage]
    return list(obstacles(evaluation, problems, notes, personal_in(year), damaged))


def refused_copies(year: Year) -> Iterator[Problem]:
    """Copies of files, even those without anything new: who knows which of the two was meant?"""
    for one in stranger_problems(year):
        if one.severity == "warning" and one.mistake and one.mistake.code in COPIES:
            yield replace(one, severity="error")


def personal_in(year: Year) -> list[Problem]:
    """Names and addresses in the files of a plan year, prt's own or not; the plan may name who signs it."""
    shown = year.project.shown
    own, folder = {shown(path) for path in own_files(year)} - {shown(year.path)}, f"{shown(year.folder)}/"
    found = personal_problems(year.project)
    return [one for one in found if one.where.file in own or one.where.file.startswith(folder)]


def tell_dry_run(wanted: SubmitRequest, entry: Entry | None) -> None:
    year = wanted.year
    name = next_name(year, wanted.stem)
    folder = year.project.shown(year.folder)
    messages.print_line(say_phrase("would_freeze", folder=folder, name=name, day=wanted.on))
    if entry:
        messages.tell_moves(messages.before(year, Deliverable.log), year.plus(entry.row), Deliverable.log)
    evaluation = year.evaluate(wanted.period.last)
    past = past_of(year, wanted.period.id, wanted.annual)
    tell_what_gives_way(past, past.edition(evaluation))
    context.say(say_phrase("never_sends"))


def submit_report(
    wanted: SubmitRequest, entry: Entry | None, found: Sequence[Obstacle], waived: Collection[str]
) -> None:
    """Log the deliverable, then freeze; both under one lock, and neither where the other fails.

    What another prt has written meanwhile may be in the way too.
    """
    year = wanted.year
    with store.start_action(
        year, context.me(year.project.root), context.now(), random.SystemRandom(), "prt submit"
    ) as action:
        refuse_meanwhile(wanted)
        now = year.as_now()
        if now is not year:
            found = find_obstacles(wanted, now.plus(entry.row) if entry else now)
            refuse_obstacles(found, waived)
        logged = deliverable_row(year.again((Deliverable.log,)), wanted.period, wanted.annual)
        if entry and not logged:
            row = action.add(Deliverable.log, [entry.cells])[0].id
        else:
            row = logged.id if logged else ""
            name_latest(action, wanted, logged)
        done = frozen(wanted, action, [one.what for one in found], row)
        after = year.again()
    tell_submitted(wanted, done)
    messages.tell_moves(messages.before(now, Deliverable.log), after, Deliverable.log)
    context.say(say_phrase("yours_to_send"))


def name_latest(action: Action, wanted: SubmitRequest, logged: Row | None) -> None:
    """The row of a report names its last correction, so that one that is gone is missed."""
    kept = f"{wanted.year.project.shown(wanted.year.folder)}/submitted/"
    latest = f"{kept}{next_name(wanted.year, wanted.stem)}"
    if logged and (before := logged["evidence"] or "").startswith(kept) and before != latest:
        action.edit(Deliverable.log, logged.id, {"evidence": latest}, f"submitted again: {wanted.why}")


def refuse_meanwhile(wanted: SubmitRequest) -> None:
    """Another prt may have submitted the same report while this one waited for its turn."""
    found = latest_revisions(list_submissions(wanted.year)).get(wanted.stem)
    if found and (wanted.before is None or found.name != wanted.before.name):
        day = found.manifest.sent_on
        raise PrtError(Mistake("sent_meanwhile", place=found.shown, day=day))


def frozen(wanted: SubmitRequest, action: Action, anyway: list[str], row: str) -> Submission:
    """`row` is the id of the deliverable that says that it was sent."""
    manifest = Manifest(
        prt=__version__,
        year=wanted.year.plan.year,
        period=wanted.period.id,
        annual=wanted.annual,
        revision=wanted.revision,
        number=next_number(wanted.year),
        why=wanted.why,
        deliverable=row or None,
        cut_off=wanted.period.last,
        sent_on=wanted.on,
        frozen_on=context.today(),
        submitted_by=action.who or None,
        languages=wanted.languages,
        anyway=tuple(anyway),
    )
    return freeze(wanted.year, manifest, wanted.stem, lambda year: frozen_reports(wanted, year), wanted.files)


def frozen_reports(wanted: SubmitRequest, year: Year) -> Mapping[str, bytes]:
    """The reports and the figures, from the frozen files, by path."""
    evaluation = year.evaluate(wanted.period.last)
    past = past_of(year, wanted.period.id, wanted.annual, wanted.year)
    edition = past.edition(evaluation)
    texts: dict[str, str | bytes] = {
        FIGURES: status_json(evaluation, evaluation.results) + "\n",
        WITHHELD: withheld_text(edition.withheld, year.plan.privacy.smallest_group),
    }
    made = make_report.reports_of(
        year,
        edition,
        wanted.languages,
        earlier=past.earlier,
        sent=Sent(wanted.on, wanted.why),
        annual=wanted.annual,
        signed=Signed(*wanted.names),
        last_year=last_year_of(wanted.year, evaluation) if wanted.annual else None,
    )
    for found in made:
        for how in (name for name, one in RENDERERS.items() if one.frozen):
            words = Words(found.language, year.plan, year.data.organisations)
            text = make_report.render_report(found, words, how, wanted.year.project)
            texts[f"reports/{report_name(wanted)}.{found.language}.{how}"] = text
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in texts.items()}


def report_name(wanted: SubmitRequest) -> str:
    return "annual" if wanted.annual else f"report-{wanted.period.id}"


def tell_submitted(wanted: SubmitRequest, done: Submission) -> None:
    year = done.year
    rows = sum(map(len, year.data.logs.values()))
    kept = {
        "languages": ", ".join(wanted.languages),
        "figures": len(year.plan.handles()),
        "files": ", ".join((say_phrase("the_plan"), *(path.name for path in wanted.files))),
    }
    messages.print_written(say_phrase("frozen_in", rows, place=done.shown, **kept))
    made = f"{done.shown}/reports/{report_name(wanted)}.{wanted.languages[0]}.html"
    messages.print_line(say_phrase("as_made", path=made))
    messages.print_line(say_phrase("digest_of", digest=printed_digest(done.manifest.rows)))
