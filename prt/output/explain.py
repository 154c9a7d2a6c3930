"""Why a figure is what it is: its rule, its parts, the rows behind it, and how its status follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from prt.figures.evaluate import Evaluation, Result, Second
from prt.model.figure import Figure, LeftOut, Member
from prt.model.measures import Measure, Reach, Typed
from prt.model.rows import SESSION, Row
from prt.model.selections import several
from prt.output.numbers import exact, shown
from prt.output.status_screen import STYLES, Line, StatusScreen
from prt.output.tables import Heading, Table, as_text, crop, json_value
from prt.output.words import Words

NAMES = ("title", "organisation", "description", "objective", "campaign", "session", "indicator")
"""Columns that tell a reader which row it is; the first that a log has."""


@dataclass(frozen=True)
class Explanation:
    """One result explained in one language; `every` shows all rows, else the latest few of each list."""

    evaluation: Evaluation
    result: Result
    screen: StatusScreen
    every: bool = False

    @property
    def words(self) -> Words:
        return self.screen.words

    @property
    def measure(self) -> Measure:
        return self.result.indicator.measure

    def lines(self) -> Iterator[Line]:
        yield from self.head()
        yield [("", "")]
        yield from self.paragraphs()
        yield [("", "")]
        yield from map(plain, self.table_of_periods())
        for part in (self.splits(), self.members(), self.rows(), self.left_out()):
            yield from map(plain, part)
        yield [(f"{self.words('explain.status.head')}: ", "bold"), (self.status_sentence(), "")]
        if self.result.to_date.rows and self.result.to_date.rows[-1].id:
            yield [(self.words("explain.row", id=self.result.to_date.rows[-1].id), "dim")]

    def head(self) -> Iterator[Line]:
        word = self.screen.status(self.result)
        title = f"{self.result.handle}  {self.screen.label(self.result)}"
        space = max(2, min(self.screen.width, 80) - len(title) - len(word))
        yield [(title, "bold"), (" " * space, ""), (word, STYLES[self.result.status.word])]
        parts = [self.value(self.result.to_date), self.base(self.result.to_date)]
        if aim := self.aim():
            parts += [self.words("explain.aim", target=aim), self.needed()]
        yield [("   ".join(part for part in parts if part), "")]

    def value(self, figure: Figure) -> str:
        if figure.value is None:
            return self.words(f"status.{figure.absent}")
        return shown(figure.value, self.measure.unit, self.words.language, self.result.indicator.target)

    def base(self, figure: Figure) -> str:
        """`248 of 309`"""
        if figure.whole is None:
            return ""
        whole = self.screen.plain(figure.whole)
        return self.words("screen.of", part=self.screen.plain(figure.part), whole=whole)

    def aim(self) -> str:
        target, unit = self.result.indicator.target, self.measure.unit
        if target is None:
            return ""
        if target.due:
            return self.words("explain.due", day=self.screen.day(target.due, year=True))
        low = target.lower if target.lower is not None else target.upper
        numbers = [exact(Fraction(value), unit, self.words.language) for value in (low, target.upper or low)]
        return self.words(f"explain.{target.aim}", n=numbers[0], m=numbers[1])

    def needed(self) -> str:
        """Of persons or answers, the number that the target asks for: 75 % of 11 is 9."""
        target, whole = self.result.indicator.target, self.result.to_date.whole
        if target is None or not whole or self.measure.unit != "%" or target.lower is None:
            return ""
        return self.words("explain.needed", n=str(ceil(target.lower * whole)), whole=self.screen.plain(whole))

    def paragraphs(self) -> Iterator[Line]:
        """The rule, the funder's own words, the second readings, the note."""
        quoted = self.result.indicator
        plan = [(self.words("explain.indicator"), phrase) for phrase in quoted.says]
        plan += [
            (self.words("explain.target"), phrase) for phrase in (quoted.target.says if quoted.target else ())
        ]
        yield from self.paragraph("explain.rule", [self.measure.sentence(self.words)])
        yield from self.paragraph(
            "explain.plan", [f"{what}: “{' '.join(phrase.split())}”" for what, phrase in plan]
        )
        yield from self.paragraph("explain.other", map(self.second, self.result.also))
        note = self.result.indicator.note
        yield from self.paragraph("explain.note", [note.to(self.words.language)] if note else [])

    def paragraph(self, word: str, texts: Iterable[str]) -> Iterator[Line]:
        label = self.words(word)
        for number, text in enumerate(texts):
            for place, some in enumerate(wrapped(text, min(self.screen.width, 100) - 16)):
                head = label if number == place == 0 else ""
                yield [(f"{head:<15} ", "bold"), (some, "")]

    def second(self, second: Second) -> str:
        """`of participants: 53.3%, 248 of 465, no status`"""
        figure, measure = second.to_date, second.reading.measure
        value = self.words(f"status.{figure.absent}") if figure.absent else ""
        if figure.value is not None:
            value = shown(figure.value, measure.unit, self.words.language)
        label = second.reading.label.to(self.words.language)
        said = [f"{label}: {value}", self.base(figure), self.words("explain.no_status")]
        return ", ".join(part for part in said if part)

    def table_of_periods(self) -> list[str]:
        """One row per period begun, and to date."""
        rows = []
        for (period, window), figure in zip(self.evaluation.windows, self.result.periods, strict=True):
            if figure is not None:
                name = self.words("explain.period", n=str(period.id))
                rows.append((name, self.value(figure), self.base(figure), self.until(window.last)))
        figure = self.result.to_date
        rows.append((self.words("explain.to_date"), self.value(figure), self.base(figure), self.until(None)))
        headings = (Heading("w"), Heading("v", " ", "right"), Heading("b", " ", "right"), Heading("u", " "))
        lines = as_text(Table((Heading("w", " "), *headings[1:]), tuple(rows))).splitlines()[1:]
        planned = self.result.planned
        return [*lines, *([self.words.counted("explain.planned", planned)] if planned else []), ""]

    def until(self, day: Any) -> str:
        return self.words("explain.until", day=self.screen.day(day or self.evaluation.cut_off, year=True))

    def splits(self) -> Iterator[str]:
        """One breakdown per column; a column with several values says that its groups overlap."""
        main = self.evaluation.data.flat(self.measure.main).log if self.result.to_date.splits else ""
        for column, groups in self.result.to_date.splits:
            name = self.words.column(self.measure.main, column)
            many = any(len(several(row[column])) > 1 for row in self.result.to_date.rows)
            overlap = f" ({self.words('explain.overlap')})" if many or self.measure.kind == "distinct" else ""
            yield self.words("explain.by", column=name) + overlap
            for group in groups:
                label = self.words.value(main, column, group.value)
                yield f"  {shown(group.amount, '', self.words.language):>8}  {label}"
            yield ""

    def members(self) -> Iterator[str]:
        """Who counts, who does not, and why."""
        figure = self.result.to_date
        if isinstance(self.measure, Reach) and figure.whole is not None:
            yield self.words.counted(
                "explain.members", figure.part or 0, whole=self.screen.plain(figure.whole)
            )
            shown_members = sorted(
                figure.members, key=lambda member: (member.reached, member.can_still, member.id)
            )
            rows = tuple(self.member(member) for member in self.some(shown_members))
            headings = (Heading("id"), Heading("times", align="right"), Heading("why"), Heading("rows"))
            yield from indented(as_text(Table(headings, rows)).splitlines()[1:])
            yield from self.and_more(len(figure.members))
            if figure.not_due:
                yield self.words("explain.nothing_due", names=", ".join(figure.not_due))
            yield ""

    def member(self, member: Member) -> tuple[str, str, str, str]:
        if member.reached:
            why = "explain.reached"
        elif isinstance(self.measure, Reach) and self.measure.by_rounds:
            why = "explain.missing"
        else:
            why = "explain.can_still" if member.can_still else "explain.cannot"
        times = self.words("explain.times", n=str(member.times), needed=str(member.needed))
        return member.id, times, self.words(why), places(member.rows)

    def rows(self) -> Iterator[str]:
        """The rows that count, the latest last, each with its cells, its file and its line."""
        rows = self.result.to_date.rows
        if self.result.to_date.absent == "no_data" and not isinstance(self.measure, Typed):
            log = self.evaluation.data.flat(self.measure.main).log
            yield self.words(
                "explain.no_data", log=log, day=self.screen.day(self.evaluation.cut_off, year=True)
            )
            yield ""
        if rows:
            logs = ", ".join(f"{log}.csv" for log in dict.fromkeys(row.log for row in rows))
            yield self.words.counted("explain.counts", len(rows), log=logs)
            yield from indented(self.listing([(row, self.evidence(row)) for row in self.some(rows)]))
            yield from self.and_more(len(rows))
            yield from self.remarks()
            yield ""

    def remarks(self) -> Iterator[str]:
        figure = self.result.to_date
        columns = list(self.measure.columns())
        if figure.unknown and columns and self.measure.kind in ("distinct", "reach"):
            name = self.words.column(self.measure.main, columns[0][2])
            yield self.words.counted("explain.unknown", figure.unknown, column=name)
        if figure.outside and self.measure.kind == "distinct":
            yield self.words("explain.outside", values=", ".join(map(str, figure.outside)))

    def evidence(self, row: Row) -> str:
        """Which of the cells that matter come from other rows."""
        used = {name for _, _, name in self.measure.columns()} & set(row.derived) - {"series"}
        columns = ", ".join(sorted(self.words.column_name(row.log, name) for name in used))
        return self.words("explain.derived", columns=columns) if used else ""

    def left_out(self) -> Iterator[str]:
        """Rows that only one reason keeps out, with the reason."""
        left = all_left_out(self.evaluation, self.result)
        if left:
            yield self.words.counted("explain.left_out", len(left))
            yield from indented(self.listing([(one.row, self.reason(one)) for one in self.some(left)]))
            yield from self.and_more(len(left))
            yield ""

    def reason(self, left: LeftOut) -> str:
        column = self.words.column_name(left.row.log, left.column) if left.column else ""
        text = self.words(f"reason.{left.reason}", column=column)
        if left.reason != "condition":
            return text
        return f"{text} ({self.words.value(left.row.log, left.column, left.row[left.column])})"

    def listing(self, rows: Sequence[tuple[Row, str]]) -> list[str]:
        """Rows as columns: id, day, which it is, the cells that the measure adds, why, and where."""
        names = list(dict.fromkeys(name for _, _, name in self.measure.columns() if name not in NAMES))
        cells = tuple(
            (
                row.id or "-",
                row.day.isoformat(),
                crop(describe(row), 34),
                *(self.cell(row, name) for name in names),
                why,
                f"{row.file.rsplit('/', 1)[-1]}:{row.line}",
            )
            for row, why in rows
        )
        titles = [Heading(name, self.words.column(self.measure.main, name), "right") for name in names]
        headings = (Heading("id", " "), Heading("day", " "), Heading("title", " "), *titles)
        lines = as_text(Table((*headings, Heading("why", " "), Heading("place", " ")), cells)).splitlines()
        return lines if names else lines[1:]

    def cell(self, row: Row, name: str) -> str:
        if name.startswith(SESSION) and row.session is None:
            return ""
        if not name.startswith(SESSION) and name not in row.index:
            return ""
        value = row[name]
        return "" if value in (None, ()) else self.words.value(row.log, name, value)

    def some(self, rows: Sequence[Any], most: int = 8) -> Sequence[Any]:
        return rows if self.every else rows[-most:]

    def and_more(self, number: int, most: int = 8) -> Iterator[str]:
        if not self.every and number > most:
            yield "  " + self.words("explain.more", n=str(number - most))

    def status_sentence(self) -> str:
        """How the status follows from the figure."""
        result, plan = self.result, self.evaluation.plan
        code, due, value = result.status.code, result.expected, result.to_date.value
        word = f"explain.status.{code}"
        if code in ("at_risk", "behind") and result.indicator.pace == "none" and not by(result):
            reach = isinstance(self.measure, Reach) and not self.measure.by_rounds
            word += "_reach" if reach else "_strict"
        full = Fraction(due or 1)
        language, unit = self.words.language, self.measure.unit
        return self.words(
            word,
            value=self.value(result.to_date),
            target=self.aim(),
            day=self.screen.day(self.evaluation.cut_off, year=True),
            due=shown(full, unit, language) if due else "0",
            best=shown(result.to_date.best or Fraction(0), "%", language),
            share=shown((value or Fraction(0)) / full, "%", language),
            on_track=exact(plan.status.on_track, "%", language),
            at_risk=exact(plan.status.at_risk, "%", language),
        )

    def as_json(self) -> dict[str, Any]:
        """The same as data: every row with its file and line."""
        result = self.result
        return {
            "id": result.handle,
            "label": self.screen.label(result),
            "rule": self.measure.sentence(self.words),
            "value": json_value(result.to_date.value),
            "part": json_value(result.to_date.part),
            "whole": json_value(result.to_date.whole),
            "status": result.status.code,
            "why": self.status_sentence(),
            "rows": [place(row) for row in result.to_date.rows],
            "left_out": [
                place(one.row) | {"reason": self.reason(one)} for one in all_left_out(self.evaluation, result)
            ],
            "members": [
                {"id": one.id, "times": one.times, "needed": one.needed, "reached": one.reached}
                for one in result.to_date.members
            ],
        }

    def as_table(self) -> Table:
        """The rows that count and those left out, for a spreadsheet."""
        headings = tuple(Heading(key) for key in ("id", "date", "row", "counts", "why", "file", "line"))
        counted = [(row, "yes", "") for row in self.result.to_date.rows]
        left = [(one.row, "no", self.reason(one)) for one in all_left_out(self.evaluation, self.result)]
        return Table(
            headings,
            tuple(
                (row.id, row.day, describe(row), counts, why, row.file, row.line)
                for row, counts, why in [*counted, *left]
            ),
        )


def plain(text: str) -> Line:
    return [(text, "")]


def indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def by(result: Result) -> bool:
    return bool(result.indicator.target and result.indicator.target.by)


def describe(row: Row) -> str:
    """What tells a reader which row it is; of a child row its session."""
    source = row.session or row
    name = next((name for name in NAMES if name in source.index), "")
    return str(source[name] or "") if name else ""


def place(row: Row) -> dict[str, Any]:
    return {"id": row.id, "file": row.file, "line": row.line, "date": row.day.isoformat()}


def places(rows: Sequence[Row]) -> str:
    """`attendance.csv:3, :17`"""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.file.rsplit("/", 1)[-1], []).append(f":{row.line}")
    return " ".join(file + ", ".join(lines) for file, lines in found.items())


def all_left_out(evaluation: Evaluation, result: Result) -> list[LeftOut]:
    """Rows that the measure could not use, then those that its selections leave out, each once."""
    found = list(result.to_date.left_out)
    for _, selection in result.indicator.measure.selections():
        found += evaluation.view.left_out(selection)
    counted = {id(row) for row in result.to_date.rows}
    seen: dict[int, LeftOut] = {}
    for one in found:
        if id(one.row) not in counted:
            seen.setdefault(id(one.row), one)
    return list(seen.values())


def wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, max(30, width)) or [""]
