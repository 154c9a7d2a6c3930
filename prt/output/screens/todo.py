"""`prt todo` as lines, as a table, or as days of a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from prt.figures.evaluate import Evaluation, Result
from prt.figures.status import Judgement
from prt.figures.todo import Due, DueReport, Group, Task
from prt.model.rows import Row
from prt.output.calendar_file import CalendarDay
from prt.output.figure_text import report_numbers
from prt.output.numbers import day_text, format_figure
from prt.output.screens.status import Line, StatusScreen
from prt.output.tables import Heading, Table, as_text
from prt.output.words import Words
from prt.problems import ProblemCount
from prt.text import cell_width, command_with, pad, quote_word, shorten
from prt.values import dataclass

GROUPS: tuple[Group, ...] = ("rows", "targets", "report")
FEW = 8


@dataclass(frozen=True)
class TodoScreen:
    """The tasks and dates in one language; `every` shows all rows, else the latest few.

    `problems` are the numbers of errors and of warnings by plan year; `waiting`
    are presences of imports without a name.
    """

    screen: StatusScreen
    tasks: Sequence[Task]
    dates: Sequence[Due]
    problems: Mapping[str, ProblemCount]
    every: bool = False
    waiting: int = 0
    reported: Evaluation | None = None
    """The evaluation of the report before which something is to do."""

    @property
    def words(self) -> Words:
        return self.screen.words

    @property
    def width(self) -> int:
        return min(self.screen.width, 100)

    def lines(self) -> Iterator[Line]:
        yield [(self.head(), "bold")]
        number = 0
        for group in GROUPS:
            found = [task for task in self.tasks if task.group == group]
            if found or (group == "report" and self.reported):
                yield [("", "")]
                yield [(self.title(group), "bold")]
            if group == "targets":
                yield from ([(text, "")] for text in self.targets(found, number))
            else:
                shown_tasks = found if self.every else found[:FEW]
                notes = notes_of_rows(self.words, shown_tasks, self.screen.evaluation)
                for place, task in enumerate(shown_tasks):
                    yield from self.task_lines(number + 1 + place, task)
                    for text, command in notes.get(place, ()):
                        yield from self.settled(f"    {text}", command)
                if len(found) > len(shown_tasks):
                    yield [("    " + self.words.counted("todo.more", len(found) - len(shown_tasks)), "dim")]
            number += len(found)
        yield from self.foot()

    def head(self) -> str:
        """The reports that were never sent, the next one, and the next round of the journals."""
        late, today, said = self.screen.late_reports(), self.screen.today, []
        if late:
            which = report_numbers(late, self.words, today)
            said.append(self.words.counted("todo.late", len(late), which=which))
        if coming := next((one for one in self.screen.unsent if one not in late), None):
            number = self.screen.report_number(coming)
            said.append(self.date_text("report", number, coming.period.due))
        if due := next((one for one in self.dates if one.kind == "round"), None):
            said.append(self.date_text("round", str(due.number), due.day))
        return f" {self.screen.glyphs.dot} ".join(said) or self.screen.evaluation.plan.year

    def date_text(self, kind: str, number: str, day: dt.date) -> str:
        left = self.words.counted("screen.in_days", (day - self.screen.today).days)
        return self.words(f"todo.{kind}", n=number, day=self.words.short_date(day), left=left)

    def title(self, group: Group) -> str:
        if group != "report":
            return self.words(f"todo.{group}")
        reported = self.reported or self.screen.evaluation
        number = self.screen.report_number(DueReport(reported.plan, reported.period))
        if reported.cut_off == self.screen.evaluation.cut_off:
            return self.words("todo.before_report", n=number)
        return self.words("todo.before_report_on", n=number, day=self.words.short_date(reported.cut_off))

    def text(self, task: Task) -> str:
        """What is to do, in words."""
        if task.row is not None:
            return f"{task.row.id} {task.row.title}, {self.words.days(task.row, self.words.short_date)}"
        if task.group == "targets" and task.result and task.judgement:
            return f"{task.result.handle}  {self.named(task.result, task.judgement)}"
        handle = task.result.handle if task.result else ""
        target = task.result.indicator.target if task.result else None
        day = self.words.short_date(target.to_be_set) if target and target.to_be_set else ""
        return self.words.counted(f"todo.{task.about}", task.number, id=handle, day=day)

    def named(self, result: Result, judgement: Judgement) -> str:
        """`Workshops delivered`, and of what a period is asked for which one."""
        label = self.screen.texts.label(result)
        if judgement.period is None:
            return label
        return self.words("todo.in_period", label=label, n=str(judgement.period.id))

    def amounts(self, task: Task) -> tuple[str, str, str]:
        """Done, planned, and target."""
        result, one = task.result, task.judgement
        assert result is not None and one is not None
        done = self.screen.texts.figure(result, one.figure)
        return done, str(task.number), self.screen.texts.aim(result, one.target)

    def task_lines(self, number: int, task: Task) -> Iterator[Line]:
        """`1  w-20250206-q7be RSB, 6 Feb: how many respondents?   prt edit …`"""
        asked = self.words("todo.asked", what=self.words(f"todo.{task.about}")) if task.row else ""
        text = f"{number:>2}  {shorten(self.text(task), self.width - 4 - cell_width(asked))}{asked}"
        yield from self.settled(text, task.command)

    def targets(self, tasks: Sequence[Task], before: int) -> Iterator[str]:
        """Done, planned and target of each amount that is short; of hours the pace it would take."""
        titles = [self.words(f"todo.{name}") for name in ("done", "planned", "target")]
        amounts = (Heading(title, title, "right") for title in titles)
        headings = (Heading("", "  ", "right", whole=True), Heading("", " "), *amounts)
        rows = []
        for number, task in enumerate(tasks, before + 1):
            rows.append((number, self.text(task), *self.amounts(task)))
        if rows:
            yield from as_text(Table(headings, tuple(rows)), self.width).splitlines()
        for task in tasks:
            if task.result is not None and task.result.is_untouched:
                said = self.words("figure.untouched", line=task.result.line.id)
                yield "    " + self.words("explain.labelled", label=task.result.handle, text=said)
            if task.weekly is not None and task.so_far is not None and task.result is not None:
                language = self.words.language
                weekly, so_far = (format_figure(one, "h", language) for one in (task.weekly, task.so_far))
                yield "    " + self.words("todo.weekly", id=task.result.handle, weekly=weekly, so_far=so_far)

    def foot(self) -> Iterator[Line]:
        for year, numbers in self.problems.items():
            yield from self.problems_in(year, numbers)
        if self.waiting:
            match = self.screen.command("prt people match", "year")
            yield from self.settled("    " + self.words.counted("todo.waiting", self.waiting), match)
        if not self.tasks:
            yield [("    " + self.words("todo.nothing"), "")]
        calendar = self.screen.command("prt todo --ics -o due.ics", "report", "year", "lang")
        yield [("    " + self.words("todo.calendar", command=calendar), "dim")]

    def problems_in(self, year: str, numbers: ProblemCount) -> Iterator[Line]:
        """How many problems the files of a plan year have; the year is named where there are two."""
        opened, several = year == self.screen.evaluation.plan.year, len(self.problems) > 1
        check = self.screen.command("prt check", "year") if opened else command_with("prt check", year=year)
        if not any(numbers):
            word = "todo.no_problems_in" if several else "todo.no_problems"
            yield [("    " + self.words(word, command=check, year=year), "")]
            return
        said = ", ".join(
            self.words.counted(f"method.{kind}", number) for kind, number in numbers._asdict().items()
        )
        text = self.words("todo.problems_in", what=said, year=year) if several else said
        yield from self.settled(f"    {text}", check)

    def settled(self, text: str, command: str) -> Iterator[Line]:
        """What is there, and at the right the command that settles it, or below where there is no room."""
        room = self.width - cell_width(command) - 2
        if cell_width(text) > room:
            yield [(text, "")]
            yield [("      ", ""), (command, "dim")]
        else:
            yield [(pad(text, room, "left") + "  ", ""), (command, "dim")]

    def table(self) -> Table:
        """The same for a spreadsheet: one row per task."""
        headings = tuple(
            Heading(key) for key in ("group", "what", "asked", "done", "planned", "target", "command")
        )
        return Table(headings, tuple(self.cells(task) for task in self.tasks))

    def cells(self, task: Task) -> tuple[object, ...]:
        asked = self.words(f"todo.{task.about}") if task.row is not None else None
        if task.group != "targets" or task.result is None:
            return task.group, self.text(task), asked, None, None, None, task.command
        done, _, target = self.amounts(task)
        return task.group, self.text(task), asked, done, task.number, target, task.command


MOST_SIGNS = 60
"""A title that is longer is no example of what can be typed."""


Note = tuple[str, str]
"""What is said below a task, and the command that goes with it."""


def notes_of_rows(
    words: Words, tasks: Sequence[Task], evaluation: Evaluation, hidden: Callable[[str], str] = str
) -> dict[int, list[Note]]:
    """How a row is put right in words, with the command, and what CODES are, where a command has them: each
    of the first task that it is true of, by its place.

    A title of which anything is `hidden`, or that is long, is no example.
    """
    found: dict[int, list[Note]] = {}
    titles = [(place, one.row.title) for place, one in enumerate(tasks) if one.row is not None]
    for place, title in titles:
        if len(title) <= MOST_SIGNS and title.isprintable() and hidden(title) == title:
            found[place] = [(words("todo.in_words"), f"prt edit {quote_word(title)}")]
            break
    for place, _ in titles:
        if "CODES" in tasks[place].command.split():
            boards = [row["code"] for row in evaluation.data.organisations if row["counts_as_board"]]
            found.setdefault(place, []).append((words("todo.codes", boards="; ".join(boards[:2])), ""))
            break
    return found


def due_days(dates: Sequence[Due], words: Words, year: str) -> Iterator[CalendarDay]:
    """The dates that the team answers to, for a calendar."""
    for due in dates:
        text = words(f"todo.{due.kind}", n=str(due.number), day=day_text(due.day, words.language), left=year)
        yield CalendarDay(f"{due.kind}-{due.number}-{year}@prt", due.day, text)


def session_days(
    sessions: Iterable[Row], today: dt.date, named: Callable[[str], bool]
) -> Iterator[CalendarDay]:
    """Sessions that are planned, or were, by their ids. A title that names somebody stays here."""
    for row in sessions:
        last = row["last_day"] or row["date"]
        if last >= today and row["status"] in ("planned", "cancelled"):
            text = row["line"] if named(row["title"]) else f"{row['line']} {row['title']}"
            yield CalendarDay(row.id, row["date"], text, last, row["status"] == "cancelled")
