"""The options of `prt submit`, and the request that they come to: which report, in which languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from prt import spoken
from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT
from prt.console.options import AnnualOption, ApprovedByOption, DryRunOption, PreparedByOption, YearOption
from prt.console.signature import Option
from prt.files.csv.edit import why_unreadable
from prt.files.project import Year
from prt.files.rooms import report_stem
from prt.files.submissions.freeze import refuse_links
from prt.files.submissions.submission import Submission, latest_revisions, list_submissions
from prt.files.trace.disk_questions import is_stored_file
from prt.files.yaml.words import say_phrase
from prt.model.calendar import Period, read_day
from prt.model.rows import Row
from prt.model.text import Language
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.ask_cells import read_reason
from prt.tasks.next_report import due_report, open_reported_year, say_if_late
from prt.tasks.submissions.obstacles import WAIVERS, refuse_obstacles
from prt.tasks.submissions.submit_report import find_obstacles, submit_report, tell_dry_run
from prt.tasks.submissions.submit_request import (
    SubmitRequest,
    deliverable_entry,
    deliverable_row,
    differs_from,
)
from prt.values import dataclass, replace


@dataclass(frozen=True)
class SubmitOptions:
    """What `prt submit` is asked for."""

    period: Annotated[int | None, Option("Report N; default: the next one.", metavar="N")] = None
    annual: AnnualOption = False
    lang: Annotated[str | None, Option("Languages; default: the funder's.", metavar="en,fr")] = None
    sent: Annotated[list[str] | None, Option("What was really sent; it is kept too.", metavar="FILE")] = None
    on: Annotated[str | None, Option("Day it was sent.", metavar="DATE")] = None
    why: Annotated[str, Option("Of a correction: why it replaces what was sent.", metavar="TEXT")] = ""
    anyway: Annotated[
        list[str] | None,
        Option("In spite of: errors, actions, no-data, personal, damaged.", metavar="WHAT"),
    ] = None
    prepared_by: PreparedByOption = ""
    approved_by: ApprovedByOption = ""
    dry_run: DryRunOption = False
    year: YearOption = None


def submit_as_asked(asked: SubmitOptions) -> None:
    """Keep what is sent for good, if nothing is in the way; say so."""
    refuse_strange("why", asked.why)
    refuse_strange("prepared-by", asked.prepared_by)
    refuse_strange("approved-by", asked.approved_by)
    waived = parse_waivers(asked.anyway)
    wanted = read_request(asked, open_reported_year(asked.year, asked.period, asked.annual))
    entry = None if wanted.logged else deliverable_entry(wanted)
    refuse_links(wanted.year)
    found = find_obstacles(wanted, wanted.year.plus(entry.row) if entry else wanted.year)
    for one in found:
        if one.waiver in waived:
            context.say(say_phrase("o_anyway", what=one.what))
    refuse_obstacles(found, waived)
    if asked.dry_run:
        tell_dry_run(wanted, entry)
        return
    if wanted.before and not wanted.why:  # last, so that nothing in the way costs the reason
        wanted = replace(wanted, why=ask_reason_of_correction(wanted, wanted.before))
    submit_report(wanted, entry, found, waived)


def read_request(asked: SubmitOptions, year: Year) -> SubmitRequest:
    """What is to be submitted of a plan year, by the options, with the reason of a correction."""
    languages, files = parse_languages(year, asked.lang), check_files(asked.sent)
    wanted = plan_submission(year, asked.period, asked.annual, languages, files, asked.on)
    wanted = replace(wanted, names=(asked.prepared_by, asked.approved_by))
    return replace(wanted, why=find_reason(wanted, asked.why.strip()))


def refuse_strange(option: str, text: str) -> None:
    """What no cell may have, such as a control character, is on no cover either."""
    if mistake := why_unreadable(text):
        raise PrtError(Problem.of(Place(f"--{option}"), mistake), code=2)


def parse_waivers(texts: Iterable[str] | None) -> set[str]:
    asked = {word.strip() for text in texts or () for word in text.split(",")} - {""}
    if unknown := sorted(asked - set(WAIVERS)):
        raise PrtError(Mistake("not_a_waiver", text=unknown[0], known=", ".join(WAIVERS)), code=2)
    return asked


def parse_languages(year: Year, text: str | None) -> tuple[Language, ...]:
    if text is None:
        return year.plan.funder.languages
    return tuple(dict.fromkeys(context.language(one.strip()) for one in text.split(",")))


def check_files(names: Iterable[str] | None) -> tuple[Path, ...]:
    """The files that were sent: each there, and no two of one name."""
    found = tuple(map(Path, names or ()))
    for path in found:
        if not is_stored_file(path):
            raise PrtError(Mistake("no_sent_file", path=path), code=2)
        if [one.name.casefold() for one in found].count(path.name.casefold()) > 1:
            raise PrtError(Mistake("two_sent_files", name=path.name), code=2)
    return found


def plan_submission(
    year: Year,
    period: int | None,
    annual: bool,
    languages: tuple[Language, ...],
    files: tuple[Path, ...],
    on: str | None,
) -> SubmitRequest:
    """What is to be submitted, and when it was sent."""
    chosen = period_of(year, period, annual)
    if chosen.last > context.today():
        raise PrtError(Mistake("period_to_come", period=chosen.id, day=day_said(year, chosen.last)), code=2)
    before, logged = find_replaced(year, chosen, annual), deliverable_row(year, chosen, annual)
    day = find_day_sent(year, on, chosen, logged, before)
    return SubmitRequest(year, chosen, annual, languages, files, day, logged, before)


def period_of(year: Year, number: int | None, annual: bool) -> Period:
    """The period asked for; of the bilan the last one; else the one that is due."""
    calendar = year.plan.calendar
    if annual:
        if number not in (None, calendar.periods[-1].id):
            raise PrtError(Mistake("annual_without_period"), code=2)
        return calendar.periods[-1]
    if number is not None:
        if found := calendar.period(number):
            return found
        known = ", ".join(str(one.id) for one in calendar.periods)
        raise PrtError(Mistake("plan_without_period", number=number, known=known), code=2)
    if due := due_report(year, year.plan.year):
        say_if_late(due)
        return due.period
    raise PrtError(Mistake("every_report_sent"), code=2)


def find_replaced(year: Year, period: Period, annual: bool) -> Submission | None:
    """What was submitted of this report before; PrtError where the folder is not what its name says."""
    found = latest_revisions(list_submissions(year)).get(report_stem(period.id, annual))
    return found if found and found.manifest else None


def find_reason(wanted: SubmitRequest, why: str) -> str:
    """Why a report is sent again: given, or still to be asked on a terminal; refused where nothing is
    another."""
    before = wanted.before
    if before is None:
        if why:
            raise PrtError(Mistake("why_of_correction"), code=2)
        return ""
    told = say_sent_before(wanted, before)
    if not differs_from(wanted, before):
        raise PrtError(Mistake("nothing_since", told=told), code=2)
    if not why and not terminal.is_at_terminal():
        raise PrtError(Mistake("correction_why", told=told), code=2)
    return why


def say_sent_before(wanted: SubmitRequest, before: Submission) -> str:
    """When this report was submitted, and under which name it is kept."""
    day = day_said(wanted.year, before.manifest.sent_on)
    return say_phrase("submitted_on", report=report_title(wanted), day=day, name=before.name)


def ask_reason_of_correction(wanted: SubmitRequest, before: Submission) -> str:
    talk = terminal.open_talk()
    question = Inquiry(
        f"{say_sent_before(wanted, before)}. {talk.say('why_corrected')}",
        read_reason,
        explain=lambda: [INDENT + talk.say("why_help")],
    )
    return talk.ask_alone(question)


def day_said(year: Year, day: dt.date) -> str:
    return Words(spoken.language, year.plan).weekday(day)


def report_title(wanted: SubmitRequest) -> str:
    return say_phrase("the_annual_report" if wanted.annual else "report_number", number=wanted.period.id)


def find_day_sent(
    year: Year, text: str | None, period: Period, logged: Row | None, before: Submission | None
) -> dt.date:
    """The day given, or asked on a terminal; not before the cut-off or what it corrects, and not to come."""
    first = logged["date"] if logged and not before else context.today()
    if text is None and terminal.is_at_terminal():
        text = ask_day_sent(year, first, period, before)
    found, today = context.day(text, year.plan.window) if text else first, context.today()
    if before and found < before.manifest.sent_on:
        sent = before.manifest.sent_on
        raise PrtError(Mistake("before_corrected", day=found, sent=sent, name=before.name), code=2)
    if period.last <= found <= today:
        return found
    if logged and not text:
        words = {"place": logged.place(), "period": period.id, "day": found}
        if found > today:
            raise PrtError(Mistake("sent_day_to_come", **words), code=2)
        raise PrtError(Mistake("sent_day_too_early", **words, last=period.last), code=2)
    raise PrtError(Mistake("not_sent_on", day=found, last=period.last), code=2)


def ask_day_sent(year: Year, first: dt.date, period: Period, before: Submission | None) -> str:
    """The day that a report was sent, as somebody at the terminal says it."""
    talk = terminal.open_talk()
    words = Words(talk.language, year.plan)
    earliest = max(period.last, before.manifest.sent_on) if before else period.last

    def read_sent(text: str) -> dt.date:
        day = read_day(text, context.today(), year.plan.window)
        if not earliest <= day <= context.today():
            raise Mistake("not_sent_then", day=words.weekday(day), first=words.weekday(earliest))
        return day

    question = Inquiry(
        talk.say("day_sent", funder=year.plan.funder.name),
        read_sent,
        enter=first.isoformat(),
        bracket=words.weekday(first),
        explain=lambda: [INDENT + talk.say("days")],
        understood=lambda text: words.weekday(read_day(text, context.today(), year.plan.window)),
    )
    return talk.ask_alone(question).isoformat()
