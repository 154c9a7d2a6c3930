"""The page of the week: what `prt todo`, `prt status` and `prt explain` say, on one page for the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

from prt.figures.evaluate import tally
from prt.figures.todo import Due, Task
from prt.model.rows import Row
from prt.model.selections import whole_log
from prt.output.charts import course_charts
from prt.output.document.first_page import Tiles
from prt.output.figure_text import tally_words
from prt.output.listings import named
from prt.output.meetings import matrix
from prt.output.numbers import day_text, format_figure
from prt.output.screens.todo import TodoScreen, notes_of_rows
from prt.output.week.document import ComingDay, ShortTarget, Week, WeekTask
from prt.output.week.presence import lacking_people
from prt.output.week.targets import WeekView, week_volets

MOST_TASKS = 20
MOST_COMING = 10
"""So many stand on the page; the others are counted, with the command that shows them."""


def make_week(view: WeekView, todo: TodoScreen | None, dates: list[Due], rows: int, digest: str) -> Week:
    """The page; `todo` is None in the published edition. `rows` are those of the year, `digest` theirs."""
    words, evaluation, screen = view.words, view.figures.evaluation, view.screen
    plan, counts = evaluation.plan, tally(evaluation.results)
    day = day_text(evaluation.cut_off, words.language, "full")
    period = words("screen.period", n=str(evaluation.period.id), all=str(len(plan.periods)))
    standing = words.counted("tally.targets", sum(counts.values()))
    kind = "published" if view.published else "team"
    sessions = evaluation.view.to_come(whole_log("sessions"))
    coming = coming_days(view, sessions, dates)
    others = len(evaluation.results) - len(evaluation.targets())
    as_year = ("as_published", "as_of", "year")
    return Week(
        words.language,
        plan.team.to(words.language) if plan.team else "",
        words("week.title", year=plan.year),
        (day, period, screen.due_text()),
        words(f"week.mark_{kind}"),
        words(f"week.says_{kind}"),
        standing,
        tuple(
            Tiles(word, counts[word], text) for word, text in tally_words(words, counts, evaluation.at_end)
        ),
        tuple(week_tasks(view, todo)) if todo else (),
        tuple(short_target(view, todo, one) for one in todo.tasks if one.group == "targets") if todo else (),
        tuple(week_volets(view)),
        words.counted("screen.more", others, command=screen.command("prt status --all", *as_year))
        if others
        else "",
        None if view.published else matrix(evaluation, words, view.hidden),
        () if view.published else tuple(lacking_people(view)),
        tuple(coming[:MOST_COMING]),
        words.counted("week.more_coming", len(coming) - MOST_COMING) if len(coming) > MOST_COMING else "",
        tuple(course_charts(view.figures, evaluation.targets())),
        words.counted("week.made", rows, year=plan.year, day=day_text(evaluation.cut_off, words.language))
        + f" {digest}",
        view.published,
    )


def week_tasks(view: WeekView, todo: TodoScreen) -> Iterator[WeekTask]:
    """The lines of `prt todo`, each with its command; those of targets are a list of their own."""
    words, screen = view.words, view.screen
    found = [one for one in todo.tasks if one.group != "targets"]
    notes = notes_of_rows(words, found[:MOST_TASKS], screen.evaluation, view.hidden)
    for place, task in enumerate(found[:MOST_TASKS]):
        yield WeekTask(task_text(view, todo, task), task.command, tuple(notes.get(place, ())))
    if len(found) > MOST_TASKS:
        text = words.counted("week.more", len(found) - MOST_TASKS)
        yield WeekTask(text, screen.command("prt todo --all", "year"))
    for year, numbers in todo.problems.items():
        said = ", ".join(words.counted(f"method.{kind}", n) for kind, n in numbers._asdict().items())
        if any(numbers):
            yield WeekTask(words("todo.problems_in", what=said, year=year), f"prt check --year {year}")
    if todo.waiting:
        command = screen.command("prt people match", "year")
        yield WeekTask(words.counted("todo.waiting", todo.waiting), command)


def task_text(view: WeekView, todo: TodoScreen, task: Task) -> str:
    """`Back to Basics, 6 Feb: how many respondents?`: its command has the id."""
    if task.row is None:
        return todo.text(task)
    named = f"{view.hidden(task.row.title)}, {view.words.days(task.row, view.words.short_date)}"
    return named + view.words("todo.asked", what=view.words(f"todo.{task.about}"))


def short_target(view: WeekView, todo: TodoScreen, task: Task) -> ShortTarget:
    """Done, planned, target, and what is still to be planned; of hours the pace that it takes."""
    words, result = view.words, task.result
    judged = task.judgement
    assert result is not None and judged is not None
    done, unit = Fraction(judged.figure.value or 0), result.measure.unit
    planned = words.counted("figure.planned", task.number) if task.number else words("screen.none_planned")
    target = view.screen.texts.aim(result, judged.target)
    if judged.figure.value is None:
        texts = [words("week.short_no_data", target=target, planned=planned)]
    else:
        shown = view.screen.texts.figure(result, judged.figure)
        texts = [words("week.short", done=shown, target=target, planned=planned)]
    if result.is_untouched:
        texts.append(words("figure.untouched", line=result.line.id))
    if task.weekly is not None and task.so_far is not None:
        weekly, so_far = (format_figure(one, "h", words.language) for one in (task.weekly, task.so_far))
        texts.append(words("week.pace", weekly=weekly, so_far=so_far))
    elif result.measure.is_amount and judged.target.lower is not None:
        left = Fraction(judged.target.lower) - done - task.number
        texts.append(words("week.to_plan", n=format_figure(left, unit, words.language)))
    return ShortTarget(named(result.line.id, todo.named(result, judged)), tuple(texts))


def coming_days(view: WeekView, sessions: Sequence[Row], dates: list[Due]) -> list[ComingDay]:
    """Sessions and dates to come, the nearest first."""
    found: list[tuple[dt.date, str, ComingDay]] = []
    for row in sessions:
        whom = view.words.value("sessions", "audience", row["audience"]) if row["audience"] else ""
        said = ComingDay(coming_day(view, row), row["line"], view.hidden(row["title"]), whom)
        found.append((row.day, row.id or "", said))
    for due in dates:
        said = ComingDay(weekday(view, due.day), "", view.words(f"week.due_{due.kind}", n=str(due.number)))
        found.append((due.day, "", said))
    return [said for *_, said in sorted(found, key=lambda one: one[:2])]


def coming_day(view: WeekView, row: Row) -> str:
    """`Wed Feb. 12`, or the days of a session that has several: `Oct. 16–17`."""
    days = view.words.days(row, view.words.short_date)
    return weekday(view, row.day) if days == view.words.short_date(row.day) else days


def weekday(view: WeekView, day: dt.date) -> str:
    """`Wed 12 Feb`, `mer. 12 févr.`"""
    return f"{view.words(f'weekday.{day.weekday()}')} {view.words.short_date(day)}"
