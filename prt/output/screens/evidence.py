"""The rows behind a figure: who and what counts, what was left out and why, breakdowns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.model.facts import Fact, Facts, of_side, rows_of, through
from prt.model.figure import Group, LeftOut, Member
from prt.model.measures import Measure
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row, RowKey
from prt.model.selections import columns_in_plan, is_empty, several
from prt.output.figure_text import group_parts, left_out_text, short_reason
from prt.output.screens.cell_words import say_log
from prt.output.screens.contributions import Contributions
from prt.output.screens.status import StatusScreen
from prt.output.tables import Heading, Table, as_text, cell_text
from prt.output.words import Words
from prt.text import Align, cell_width
from prt.values import NamedTuple, dataclass

OTHER_DAYS = ("before", "after")
FEW = 8
"""How many of a list are shown unless all are asked for."""
NARROW = 108
"""On lines that have less room a row of a list has no day, which its id has, and no name of its file."""


class ListedRow(NamedTuple):
    """A row of a listing: why it is here, and what it gave."""

    row: Row
    why: str
    gives: str = ""


@dataclass(frozen=True)
class ShownResult:
    """One result on a screen; `every` shows all of its rows, else the latest few of each list.

    `published` is what others see: no rows, and of a small group no figure. `is_tried`: the plan has no such
    indicator yet, so that no command shows more of it.
    """

    evaluation: Evaluation
    result: Result
    screen: StatusScreen
    every: bool = False
    published: bool = False
    is_tried: bool = False

    @property
    def words(self) -> Words:
        return self.screen.words

    @property
    def measure(self) -> Measure:
        return self.result.measure


@dataclass(frozen=True)
class Evidence(ShownResult):
    """The rows of one result as lines of text."""

    @property
    def contributions(self) -> Contributions:
        return Contributions(self.words, self.measure, self.result.to_date.facts)

    def lines(self) -> Iterator[str]:
        """Each part that there is, with an empty line after it; of rows and persons nothing is published."""
        yield from self.splits()
        if not self.published:
            for part in (self.members(), self.rows(), self.left_out()):
                yield from part

    def splits(self) -> Iterator[str]:
        """One breakdown per column; a column with several values says that its groups overlap."""
        main = self.measure.split_logs(self.evaluation.plan.selections)[0]
        rows = rows_of(of_side(self.result.to_date.facts, "part"))
        for column, groups in self.result.to_date.splits:
            name = self.words.column_name(main, column)
            of_rows = column in self.measure.split_columns("part")
            many = of_rows and any(len(several(row[column])) > 1 for row in rows)
            may = (many or self.measure.counts_values) and not self.adds_up(groups)
            overlap = f" ({self.words('explain.overlap')})" if may else ""
            yield self.words("report.by", column=name) + overlap
            for group in sorted(groups, key=lambda one: self.words.order(main, column, one.value)):
                label = self.words.value(main, column, group.value)
                yield f"  {group_line(self.words, self.measure, group, label)}"
            yield ""

    def adds_up(self, groups: Sequence[Group]) -> bool:
        """Is the sum of the groups the figure? Of what is withheld nobody says so."""
        amounts = [one.amount for one in groups if one.figure.absent != "withheld"]
        known = [one for one in amounts if one is not None]
        return len(known) == len(groups) and sum(known) == self.result.to_date.value

    def members(self) -> Iterator[str]:
        """Who counts, who does not, and why."""
        figure = self.result.to_date
        if self.measure.has_members and figure.whole is not None:
            yield self.words.counted(
                "explain.members", figure.part or 0, whole=self.screen.texts.plain(figure.whole)
            )
            for reached in (True, False):
                yield from self.listed([member for member in figure.members if member.reached is reached])
            if figure.not_due:
                yield self.words("explain.nothing_due", names=", ".join(figure.not_due))
            yield ""

    def listed(self, members: list[Member]) -> Iterator[str]:
        headings = (Heading("id"), Heading("times", align="right"), Heading("why"), Heading("rows"))
        rows = tuple(self.member(member) for member in self.some(members))
        if rows:
            yield from indent_each(as_text(Table(headings, rows)).splitlines()[1:])
            yield from self.and_more(len(members))

    def member(self, member: Member) -> tuple[str, str, str, str]:
        if member.reached:
            why = "explain.reached"
        elif self.measure.by_rounds:
            why = "explain.missing"
        else:
            why = "explain.can_still" if member.can_still else "explain.cannot"
        times = self.words("explain.times", n=str(member.times), needed=str(member.needed))
        return member.id, times, self.words(why), places(member.rows)

    def rows(self) -> Iterator[str]:
        """The rows that count, the latest last, each with its cells, its file and its line."""
        given = list(self.contributions.by_row().values())
        if self.result.to_date.absent == "no_data" and not self.measure.by_hand:
            log = ", ".join(say_log(self.words, one) for one in self.logs)
            used = self.evaluation.view.in_use(*self.measure.sources)
            day = self.words.date(self.evaluation.cut_off)
            yield self.words("explain.no_cells" if used else "explain.no_data", log=log, day=day)
            yield ""
        if given:
            logs = ", ".join(f"{log}.csv" for log in dict.fromkeys(row.log for row, _ in given))
            yield self.words.counted("explain.counts", len(given), log=logs)
            yield from indent_each(self.fitting(self.ways_to_list(self.some(given))))
            yield from self.and_more(len(given))
        if given or self.result.to_date.outside:
            yield from self.remarks()
            yield ""

    def ways_to_list(
        self, given: Sequence[tuple[Row, Facts]]
    ) -> Iterator[tuple[Sequence[ListedRow], Sequence[str]]]:
        """Rows that count with their breakdowns, without these, and with less about where cells come from."""
        entries = [ListedRow(row, self.evidence(row), self.contributions.text(facts)) for row, facts in given]
        yield entries, self.breakdowns()
        yield entries, []
        yield [one._replace(why=one.why and self.words("explain.derived_brief")) for one in entries], []

    @property
    def logs(self) -> tuple[str, ...]:
        """The logs of the rows that are listed."""
        return self.measure.source_logs(self.evaluation.plan.selections)

    def remarks(self) -> Iterator[str]:
        figure = self.result.to_date
        columns = list(self.measure.columns())
        if figure.unknown and columns and self.measure.naming:
            name = self.words.column(self.measure.main, self.measure.naming)
            yield self.words.counted("explain.unknown", figure.unknown, column=name)
        if figure.outside and self.measure.counts_values:
            yield self.words("explain.outside", values=", ".join(map(str, figure.outside)))

    def derived(self, row: Row) -> set[str]:
        """The cells that matter and that the file left empty."""
        return {name for _, _, name in self.measure.columns()} & set(row.derived) - {"series"}

    def through(self, row: Row) -> list[Row]:
        """The child rows that filled the cells that matter."""
        children = self.children.get(row.key, ()) if row.derived else ()
        return [Fact(*fact).giver for fact in through(row, sorted(self.derived(row)), children)]

    @cached_property
    def children(self) -> dict[RowKey, list[Row]]:
        """The rows that belong to each session."""
        found: dict[RowKey, list[Row]] = {}
        for row in chain(*self.evaluation.data.logs.values()):
            if row.session is not None:
                found.setdefault(row.session.key, []).append(row)
        return found

    def evidence(self, row: Row) -> str:
        """Which of the cells that matter come from other rows, or from another cell of this one."""
        used = self.derived(row)
        same = used & {"answered"} if not {"respondents", "positive"} & set(row.derived) else set()
        names = sorted(self.words.column_name(row.log, name) for name in used - same)
        said = [self.words("explain.derived", columns=", ".join(names))] if names else []
        return "; ".join([*said, *([self.words("explain.as_respondents")] if same else [])])

    def left_out(self) -> Iterator[str]:
        """Every other row with its reason; those of other days, and those about something else, are only
        counted unless all are asked for."""
        left = self.result.left_out
        if left:
            near = [one for one in left if self.every or not (one.aside or one.reason in OTHER_DAYS)]
            file = self.one_file([one.row for one in self.some(near)])
            yield self.words.counted("explain.left_out", len(left)) + (f" ({file})" if file else "")
            if near:
                yield from indent_each(self.left_out_listing(self.some(near)))
                yield from self.and_more(len(near))
            yield from indent_each(() if self.every else self.only_counted(left))
            yield ""

    def left_out_listing(self, left: Sequence[LeftOut]) -> list[str]:
        """Rows with their reasons, never cropped: cells give way first, then details of a reason."""
        columns = [name for name in self.columns() if any(self.cell(one.row, name) for one in left)]
        ways: list[tuple[list[str], Callable[[LeftOut], str]]] = [
            (columns, self.reason),
            ([], self.reason),
            ([], self.short_reason),
        ]
        return self.fitting(([ListedRow(one.row, why(one)) for one in left], names) for names, why in ways)

    def fitting(self, ways: Iterable[tuple[Sequence[ListedRow], Sequence[str]]]) -> list[str]:
        """The first of these listings, of rows with some of their cells, that has room if titles are short,
        with as much of them as there is room for; else the last one, cropped."""
        for entries, names in ways:
            lines = self.listing(entries, names, None, short=True)
            if self.limit is None or max(map(cell_width, lines)) <= self.limit:
                return self.listing(entries, names, self.limit, short=False)
        return self.listing(entries, names, self.limit, short=True)

    @property
    def limit(self) -> int | None:
        """The width of an indented line; None for a pipe."""
        return None if self.screen.limit is None else self.screen.limit - 2

    @property
    def is_narrow(self) -> bool:
        return self.limit is not None and self.limit < NARROW

    def one_file(self, rows: Sequence[Row]) -> str:
        """The file that the heading of a narrow list names, so that its lines need not; "" of several."""
        files = {file_name(row) for row in rows} if self.is_narrow else set()
        return files.pop() if len(files) == 1 else ""

    def only_counted(self, left: Sequence[LeftOut]) -> Iterator[str]:
        other_days = sum(one.reason in OTHER_DAYS for one in left)
        if other_days:
            yield self.words.counted("explain.other_days", other_days)
        aside = Counter(self.short_reason(one) for one in left if one.aside)
        if aside:
            pairs = aside.most_common()
            reasons = "; ".join(reason if len(pairs) == 1 else f"{n} {reason}" for reason, n in pairs)
            yield self.words.counted("explain.aside", aside.total(), reasons=reasons)

    def short_reason(self, left: LeftOut) -> str:
        return short_reason(self.words, left)

    def reason(self, left: LeftOut) -> str:
        return left_out_text(self.words, left)

    def listing(
        self, entries: Sequence[ListedRow], names: Sequence[str], width: int | None, *, short: bool
    ) -> list[str]:
        """Rows as columns: id, day, title, cells, what it gave, why, where; a reason of its own is whole."""
        title_room, given_room = (34, 40) if short else (None, None)
        days, one_file = not self.is_narrow, self.one_file([entry.row for entry in entries])
        gives = any(entry.gives for entry in entries)
        why = [entry.why or self.dated(entry.row) for entry in entries]
        cells = tuple(
            (
                entry.row.id or "-",
                *([self.day(entry.row)] if days else []),
                self.screen.cropped(self.title(entry.row), title_room),
                *(self.cell(entry.row, name) for name in names),
                *([self.screen.cropped(entry.gives, given_room)] if gives else []),
                *([said] if any(why) else []),
                f"{'' if one_file else file_name(entry.row)}:{entry.row.line}",
            )
            for entry, said in zip(entries, why, strict=True)
        )
        headings = [Heading("id", " ", whole=True), *([Heading("day", " ", whole=True)] if days else [])]
        headings += [Heading("title", " "), *map(self.heading, names)]
        headings += [Heading("gives", self.words("explain.gives"), cropped_last=True)] if gives else []
        headings += [Heading("why", " ", whole=not gives)] if any(why) else []
        lines = as_text(Table((*headings, Heading("place", " ", whole=True)), cells), width).splitlines()
        return lines if names or gives else lines[1:]

    def title(self, row: Row) -> str:
        """What tells a reader which row it is, in words."""
        source = row.session or row
        text = describe(row)
        return self.words.value(source.log, source.model.title_column, text) if text else ""

    def day(self, row: Row) -> str:
        """Its own day in a session, or all days of the session."""
        if row.session and "date" in row.index and row["date"]:
            return self.words.date(row["date"])
        return self.words.days(row.session or row, self.words.date)

    def dated(self, row: Row) -> str:
        """That a document has a later day: it counts on the last day of its period, whatever its own."""
        day = row["date"] if "date" in row.index else None
        if day is None or not row.day <= self.evaluation.cut_off < day:
            return ""
        return self.words("explain.dated", day=self.words.date(day))

    def heading(self, name: str) -> Heading:
        """Of the first of these logs that has the column: a population may stand in another."""
        of_logs = ((log, dict(columns_in_plan(self.evaluation.plan, log))) for log in self.logs)
        log, column = next((log, columns[name]) for log, columns in of_logs if name in columns)
        align: Align = "right" if column.cell.numeric else "left"
        return Heading(name, self.words.column_name(log, name), align)

    def breakdowns(self) -> list[str]:
        """The columns of the breakdowns, but for those that say which row it is."""
        return self.of_rows(self.measure.split_columns("part"))

    def columns(self) -> list[str]:
        """The columns of these rows that the measure reads, but for those that say which row it is."""
        data = self.evaluation.data
        columns = self.measure.columns()
        return self.of_rows(name for _, of, name in columns if data.flat(of).log in self.logs)

    def of_rows(self, names: Iterable[str]) -> list[str]:
        """Columns, each once, but for those that say which row it is."""
        named = {name for log in self.logs for name in naming_columns(log)}
        return [name for name in dict.fromkeys(names) if name not in named]

    def cell(self, row: Row, name: str) -> str:
        if name.startswith(SESSION) and row.session is None:
            return ""
        if not name.startswith(SESSION) and name not in row.index:
            return ""
        value = row[name]
        if is_empty(value) or isinstance(value, tuple):
            return self.screen.cropped(cell_text(value), None if self.screen.limit is None else 40)
        return self.words.value(row.log, name, value)

    def some(self, rows: Sequence[Any]) -> Sequence[Any]:
        return rows if self.every else rows[-FEW:]

    def and_more(self, number: int) -> Iterator[str]:
        if not self.every and number > FEW:
            word = "explain.more_rows" if self.is_tried else "explain.more"
            yield "  " + self.words.counted(word, number - FEW)


def group_line(words: Words, measure: Measure, group: Group, label: str) -> str:
    """The figure of a group, its label, and the base of a share: `  80.0%  EMSB (8 of 10)`."""
    number, base = group_parts(words, measure, group, "")
    return f"{number:>8}  {label}{f' ({base})' if base else ''}"


def indent_each(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def describe(row: Row) -> str:
    """What tells a reader which row it is; of a child row its session."""
    return (row.session or row).title


def naming_columns(log: str) -> tuple[str, ...]:
    """The columns that `describe` says in its own words."""
    return LOGS[log].title_column, "session"


def row_place(row: Row) -> dict[str, Any]:
    return {"id": row.id, "file": row.file, "line": row.line, "date": row.day.isoformat()}


def file_name(row: Row) -> str:
    return row.file.rsplit("/", 1)[-1]


def places(rows: Sequence[Row]) -> str:
    """`attendance.csv:3, :17`"""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(file_name(row), []).append(f":{row.line}")
    return " ".join(file + ", ".join(lines) for file, lines in found.items())
