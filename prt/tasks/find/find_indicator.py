"""Indicators by their id or label, or all of a line or a volet."""

from __future__ import annotations

from prt.entry.plan_labels import indicators_called
from prt.figures.evaluate import Evaluation, Result
from prt.files.project import Project
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, PrtError
from prt.tasks.find.find_logs import languages
from prt.tasks.find.find_row import looks_like_row, names_row
from prt.tasks.find.pick_indicator import pick_indicator
from prt.text import did_you_mean


def find_results(evaluation: Evaluation, what: str, project: Project, year: str | None) -> list[Result]:
    """The indicator of that id or label, or all of a line or volet; none where it is the id of a row."""
    found = [one for one in evaluation.results if what in (one.handle, one.line.id, one.volet.id)]
    if found or looks_like_row(what) or names_row(project, what, year):
        return found
    called = indicators_called(evaluation.plan, what)
    if len(called) > 1:
        called = [pick_indicator(evaluation.plan, what, called)]
    if called:
        return [one for one in evaluation.results if one.handle in called]
    handles = [one.handle for one in evaluation.results]
    lines = list(dict.fromkeys(one.line.id for one in evaluation.results))
    ends = [one for one in handles if one.endswith(f".{what}")]
    short = ends or [one for one in lines if one.startswith(what)]
    labels = [one.indicator.label.to(language) for language in languages() for one in evaluation.results]
    hint = did_you_mean(what, [*handles, *lines, *labels])
    meant = say_phrase("meant", what=say_phrase("or").join(short)) if short else hint
    raise PrtError(Mistake("no_indicator", text=what, year=evaluation.plan.year, hint=meant), code=2)
