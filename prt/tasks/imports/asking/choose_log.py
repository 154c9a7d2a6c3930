"""Which log the rows of a plain sheet go to: said, remembered of its headings, or asked."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, pick_choice
from prt.files.project import Project
from prt.files.provenance import HeadingRecord
from prt.files.yaml.words import read_topic, say_phrase
from prt.imports.people.roster import is_roster
from prt.imports.plain.digests import digest_headings
from prt.imports.plain.headings import fitting_logs, map_headings
from prt.imports.proposing.proposal import ExportFile
from prt.imports.sources.sheet import explain_no_presences
from prt.model.columns import LogRecord
from prt.model.plan import Plan
from prt.model.records import LOGS, hours_logs
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.find.find_logs import find_logs, logs_by_word
from prt.tasks.imports.import_options import ImportOptions, import_command


def find_log_model(file: ExportFile, told: ImportOptions, plan: Plan) -> type[LogRecord]:
    """The log of `--into`, by any of its words; the one that a sheet with these headings went to; on a
    terminal the one that somebody says, unless the headings leave one alone."""
    into: Sequence[str] = find_logs(told.into) if told.into else ()
    if len(into) == 1:
        return plan.record_of(into[0])
    if (log := remembered_log(told.project, file.export.header)) in (into or LOGS):
        return plan.record_of(log)
    likely = [one for one in likely_logs(file.export.header, plan) if not into or one.log in into]
    if into and len(likely) == 1:
        return likely[0]
    mistake = suggest_target(file, told, plan, into)
    if mistake.code != "rows_of_any_log" or not terminal.is_at_terminal():
        raise PrtError(Problem.of(Place(file.shown), mistake), code=2)
    return likely[0] if len(likely) == 1 else plan.record_of(ask_log(told, file, likely))


def suggest_target(file: ExportFile, told: ImportOptions, plan: Plan, into: Sequence[str]) -> Mistake:
    """What a sheet is for of which no log was named, or several: hours, people, a list of who came."""
    header = file.export.header
    likely = [f"--into {log}" for log in into or fitting_logs(header, plan)]
    why_not = explain_no_presences(file.export)
    if is_roster(header) and told.as_ is None:
        return Mistake("people_not_rows", file=file.shown)
    if why_not and (told.as_ or not likely):
        return Mistake("presences_or_rows", mistake=why_not)
    return Mistake("rows_of_any_log", targets=say_phrase("or").join(likely or ["--into LOG"]))


def name_headings(header: Sequence[str]) -> str:
    """Under what it is remembered which log a sheet with these headings goes to."""
    return f"into.{digest_headings(header)}"


def remembered_log(project: Project, header: Sequence[str]) -> str:
    """The log that rows of a sheet with these headings went to, or empty."""
    name = name_headings(header)
    rows, _ = project.read_rows(HeadingRecord, project.roster_path(HeadingRecord.log))
    return next((row["column"] or "" for row in rows if row.id == name), "")


def likely_logs(header: Sequence[str], plan: Plan) -> list[type[LogRecord]]:
    """Hours go to a log of hours: to those of which the headings have a column that not all of them have,
    else to any. Other sheets may be of any log, or of those whose columns are all there."""
    of_hours = [plan.record_of(model.log) for model in hours_logs()]
    filled = {model: map_headings(model, header).filled for model in of_hours}
    if any("hours" in names for names in filled.values()):
        shared = set.intersection(*(set(model.header()) for model in of_hours))
        return [model for model, names in filled.items() if names - shared] or of_hours
    return [plan.record_of(log) for log in fitting_logs(header, plan) or LOGS]


def ask_log(told: ImportOptions, file: ExportFile, likely: Sequence[type[LogRecord]]) -> str:
    words, talk = read_topic("log"), terminal.open_talk()
    labels = {model.log: words[f"log.{model.log}.{talk.language}"] for model in likely}
    choices = [Choice(model.log, words_of_log(model.log)) for model in likely]
    question = Inquiry(
        talk.say("which_log", file=file.shown),
        lambda text: pick_choice(text, choices, numbered=True),
        above=[f"  {number:>2}  {label}" for number, label in enumerate(labels.values(), 1)],
        words=list(labels.values()),
    )
    return told.ask_once(talk, import_command([file]), "log", question, labels)


def words_of_log(log: str) -> list[str]:
    """Its own, then those that it shares with another, such as hours."""
    known = sorted(logs_by_word().items(), key=lambda one: len(one[0]))
    return [word for logs, words in known if log in logs for word in words]
