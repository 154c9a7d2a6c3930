"""What `prt submit` does once it may: the deliverable is logged, and everything is frozen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prt.commands import here

if TYPE_CHECKING:
    from prt.figures.ready import Obstacle
    from prt.files.project import Year
    from prt.files.store import Action
    from prt.files.submission import Submission
    from prt.model.calendar import Period
    from prt.model.entry import Entry
    from prt.model.rows import Row
    from prt.model.text import Language

HOWS = ("md", "html")


@dataclass(frozen=True)
class Wanted:
    """What is to be submitted: `stem` is the name of its folder, without `-r2`."""

    year: Year
    period: Period
    annual: bool
    languages: tuple[Language, ...]
    files: tuple[Path, ...]
    on: dt.date
    logged: Row | None
    """The row of deliverables.csv that says so already."""
    names: tuple[str, str] = ("", "")
    """Who prepared and who approved it, where it is not who the plan says."""

    @property
    def stem(self) -> str:
        return stem_of(self.period.id, self.annual)

    @property
    def title(self) -> str:
        return title_of(self.year, self.period, self.annual, self.languages[0])


def stem_of(period: int, annual: bool) -> str:
    return "annual" if annual else f"period-{period}"


def title_of(year: Year, period: Period, annual: bool, language: Language) -> str:
    from prt.output.words import Words

    words = Words(language, year.plan)
    return words("revised.annual") if annual else words("report.name", n=str(period.id))


def row_of(year: Year, period: Period, annual: bool, language: Language) -> Row | None:
    """The row that says that this report was submitted: another version of it is not another report."""
    rows = [row for row in year.data.logs["deliverables"] if row["kind"] == kind_of(annual)]
    title = title_of(year, period, annual, language)
    same = (row for row in rows if row["period"] == period.id and (not annual or row["title"] == title))
    return next(same, None)


def kind_of(annual: bool) -> str:
    return "other" if annual else "progress-report"


def deliverable(wanted: Wanted) -> Entry:
    """The row that says so: a report counts itself."""
    from prt.commands.entering import entered, refuse
    from prt.model.records import Deliverable

    shown = wanted.year.project.shown(wanted.year.folder)
    cells = {
        "kind": kind_of(wanted.annual),
        "title": wanted.title,
        "period": str(wanted.period.id),
        "date": wanted.on.isoformat(),
        "evidence": f"{shown}/submitted/{wanted.stem}",
    }
    entry = entered(Deliverable, cells, wanted.year, here.today(), None)
    refuse(Deliverable, entry)
    return entry


def in_the_way(wanted: Wanted, year: Year) -> list[Obstacle]:
    from prt.commands.check import problems
    from prt.figures.evaluate import evaluate
    from prt.figures.ready import obstacles
    from prt.files.notes import notes_path, read_notes

    notes = {}
    for language in wanted.languages:
        name = year.project.shown(notes_path(year.folder, wanted.stem, language))
        notes[name] = read_notes(year.folder, wanted.stem, language)
    evaluation = evaluate(year.plan, year.data, wanted.period.last)
    return list(obstacles(evaluation, problems(year), notes))


def tell_dry_run(wanted: Wanted, entry: Entry | None) -> None:
    from prt.commands import telling
    from prt.files.submission import next_name

    year = wanted.year
    name = next_name(year, wanted.stem)
    telling.out(f"Would be frozen in {year.project.shown(year.folder)}/submitted/{name}, sent {wanted.on}.")
    if entry:
        telling.tell_moves(telling.before(year, "deliverables"), year.plus(entry.row), "deliverables")
    here.say("Nothing was written, and nothing is ever sent by prt.")


def write(wanted: Wanted, entry: Entry | None, anyway: list[str]) -> None:
    """Log the deliverable, then freeze; both under one lock."""
    from prt.commands import telling
    from prt.files import store

    year = wanted.year
    old = telling.before(year, "deliverables")
    with store.writing(year, here.me(year.project.root), here.now(), random.SystemRandom()) as action:
        if entry:
            action.add("deliverables", [entry.cells])
        done = frozen(wanted, action, anyway)
    tell(wanted, done)
    telling.tell_moves(old, year.again(), "deliverables")
    here.say("prt sends nothing: the report is yours to send.")


def frozen(wanted: Wanted, action: Action, anyway: list[str]) -> Submission:
    from prt import __version__
    from prt.files.manifest import Manifest
    from prt.files.submission import freeze, next_name

    name = next_name(wanted.year, wanted.stem)
    manifest = Manifest(
        prt=__version__,
        year=wanted.year.plan.year,
        period=wanted.period.id,
        annual=wanted.annual,
        revision=int(name.partition("-r")[2] or 1),
        cut_off=wanted.period.last,
        sent_on=wanted.on,
        frozen_on=here.today(),
        submitted_by=action.who or None,
        languages=wanted.languages,
        anyway=tuple(anyway),
    )
    return freeze(wanted.year, manifest, wanted.stem, lambda year: made(wanted, year), wanted.files)


def made(wanted: Wanted, year: Year) -> Mapping[str, bytes]:
    """The reports and the figures, from the frozen files, by path."""
    from prt.commands import reporting
    from prt.figures.evaluate import evaluate
    from prt.files.submission import FIGURES, submissions
    from prt.output.cover import Sent, Signed
    from prt.output.status_json import status_json

    evaluation = evaluate(year.plan, year.data, wanted.period.last)
    before = reporting.earlier(year, submissions(wanted.year), wanted.period.id, wanted.annual)
    texts = {FIGURES: status_json(evaluation, evaluation.results) + "\n"}
    for language in wanted.languages:
        for how in HOWS:
            texts[f"reports/{report_name(wanted)}.{language}.{how}"] = reporting.text_of(
                year,
                evaluation,
                language,
                how,
                project=wanted.year.project,
                earlier=before,
                sent=Sent(wanted.on),
                annual=wanted.annual,
                signed=Signed(*wanted.names),
            )
    return {name: text.encode() for name, text in texts.items()}


def report_name(wanted: Wanted) -> str:
    return "annual" if wanted.annual else f"report-{wanted.period.id}"


def tell(wanted: Wanted, done: Submission) -> None:
    from prt.commands import telling

    year = done.year
    rows = sum(map(len, year.data.logs.values()))
    kept = [f"report ({', '.join(wanted.languages)})", f"{len(year.plan.handles())} figures"]
    kept += [f"{rows:,} rows", "the plan", *(path.name for path in wanted.files)]
    telling.out(f"Frozen in {done.shown}: {', '.join(kept)}.")
    telling.out(
        f"The report as it was made: {done.shown}/reports/{report_name(wanted)}.{wanted.languages[0]}.html"
    )
