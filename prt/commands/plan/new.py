"""`prt plan new`: next year's plan from this year's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from prt.console import context
from prt.console.messages import print_line
from prt.console.signature import Argument, Option
from prt.files.notes import read_notes
from prt.files.plan.next_year import write_next_plan
from prt.files.project import Project
from prt.files.rooms import report_stem
from prt.files.yaml.words import say_phrase
from prt.model.text import LANGUAGES
from prt.output.screens.plan_review import review
from prt.text import one_line


def new(
    year: Annotated[str, Argument("The new plan year, such as 2025-2026.", metavar="YEAR")],
    source: Annotated[
        str | None,
        Option("The plan to start from; default: the latest before.", name="--from", metavar="YEAR"),
    ] = None,
) -> None:
    """Next year's plan file from this year's: dates moved, comments kept, and a list of what to review."""
    project = context.open_project()
    made = write_next_plan(project, year, source, context.now())
    path, before = project.shown(made.path), project.shown(made.source)
    print_line(say_phrase("plan_made", path=path, before=before, year=year))
    print_line(say_phrase("plan_moved"))
    print_line(f"\n{say_phrase('plan_review')}")
    for line in (*review(made.old, made.new, made.copied), *noted_changes(project, made.old.year)):
        print_line(f"  [ ] {line}")
    commands = f"prt check --year {year}; prt plan diff {before} {path}"
    print_line(f"\n{say_phrase('plan_then', commands=commands)}")


def noted_changes(project: Project, year: str) -> Iterator[str]:
    """What the notes of a bilan say of the year after, in the first language that says something."""
    folder, stem = project.root / "data" / year, report_stem(0, annual=True)
    notes = (read_notes(project, folder, stem, language).adjustments() for language in LANGUAGES)
    for one, text in next(filter(None, notes), []):
        about = one.title if one.adjusts else say_phrase("plan_of_bilan")
        yield say_phrase("plan_noted", about=about, text=one_line(text))
