"""A row by its id, or by the beginning or the end of it, in whatever log and year it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from prt import spoken
from prt.console import context
from prt.console.dialogue.inquiry import Choice, NoChoice, pick_choice
from prt.entry.plan_labels import indicators_called
from prt.figures.evaluate import Evaluation, Result
from prt.files.corrections import removed_rows, said_day
from prt.files.csv.reader import CsvFile, Record
from prt.files.csv.rows import find_record
from prt.files.project import Project, Year, table_model, table_models
from prt.files.yaml.words import read_topic, say_phrase, say_reason
from prt.model.columns import Record as Model
from prt.model.records import HOURS_LOGS, LOGS, ROSTERS, Partnership, row_kinds
from prt.model.rows import Row
from prt.model.text import LANGUAGES, Language
from prt.problems import Mistake, PrtError
from prt.text import before_more, did_you_mean, join_labels, singular
from prt.values import dataclass


@dataclass(frozen=True)
class Found:
    """One row as it stands in its file, which may have mistakes; `row` is None where it has an error."""

    year: Year
    file: CsvFile
    record: Record
    log: str
    id: str

    @property
    def model(self) -> type[Model]:
        return table_model(self.year.plan, self.log)

    @property
    def cells(self) -> dict[str, str]:
        """The texts of the columns that the log has, without those that are empty."""
        known = self.model.indexes()
        texts = {name: text.strip() for name, text in self.file.cells(self.record).items()}
        return {name: text for name, text in texts.items() if text and name in known}

    @property
    def row(self) -> Row | None:
        rows = self.year.data.logs.get(self.log, ())
        return next((row for row in rows if row.line == self.record.line), None)

    @property
    def place(self) -> str:
        return f"{self.file.shown}:{self.record.line}"


def find_row(project: Project, wanted: str, year: str | None) -> Found:
    """The one row meant: in the year asked for, else in the current one, else in any other."""
    seen: list[str] = []
    removed: dict[tuple[str, str], Row] = {}
    for opened in open_years(project, year):
        ids = [(log, name) for log in (*LOGS, *ROSTERS) for name in ids_in(opened, log)]
        seen += [name for _, name in ids]
        if found := match_id(wanted, ids):
            log, name = found
            file = opened.read_table(log)
            return Found(opened, file, find_record(file, table_models()[log], name), log, name)
        removed |= removed_rows(opened.corrections())
    if gone := match_id(wanted, list(removed)):
        raise RemovedRow(removal_mistake(removed[gone]), code=2)
    raise PrtError(Mistake("no_row", id=wanted, hint=did_you_mean(wanted, seen)), code=2)


class RemovedRow(PrtError):
    """Says that the row which is meant was removed."""


def removal_mistake(note: Row) -> Mistake:
    """When a row was removed, by whom and why, and where its cells are kept."""
    why, who = say_reason(note["why"] or "", spoken.language) or say_phrase("no_reason"), note["who"]
    words = {"id": note["row"], "day": said_day(note), "why": why, "place": note.place()}
    return Mistake("row_removed_by", **words, who=who) if who else Mistake("row_removed", **words)


def open_years(project: Project, year: str | None) -> Iterator[Year]:
    current = context.load_year(project, year)
    yield current
    if year is None:
        yield from (project.load(path) for path in project.plan_paths if path != current.path)


def ids_in(year: Year, log: str) -> list[str]:
    """The ids of one file, each once; of rows with mistakes too."""
    file = year.read_table(log)
    return list(filter(None, file.column(table_models()[log].id_column)))


def match_id(wanted: str, ids: list[tuple[str, str]]) -> tuple[str, str] | None:
    """(log, id) of the id itself, or of the only one that begins or ends so."""
    if exact := [one for one in ids if one[1] == wanted]:
        return exact[0]
    close = dict.fromkeys(
        one for one in ids if len(wanted) > 2 and (one[1].startswith(wanted) or one[1].endswith(f"-{wanted}"))
    )
    if len(close) > 1:
        listed = join_labels((name for _, name in close), 8)
        raise PrtError(Mistake("may_be", id=wanted, ids=listed), code=2)
    return next(iter(close), None)


def names_row(project: Project, wanted: str, year: str | None) -> bool:
    """Would `prt show` know it, or that it was removed? A row may have any id, and part of one is enough."""
    try:
        find_row(project, wanted, year)
    except RemovedRow:
        return True
    except PrtError:
        return False
    return True


def find_results(evaluation: Evaluation, what: str, project: Project, year: str | None) -> list[Result]:
    """The indicator of that id or label, or all of a line or volet; none where it is the id of a row."""
    found = [one for one in evaluation.results if what in (one.handle, one.line.id, one.volet.id)]
    if found or looks_like_row(what) or names_row(project, what, year):
        return found
    called = indicators_called(evaluation.plan, what)
    if len(called) > 1:
        from prt.tasks.pick_row import pick_indicator  # 10 ms of questions, where several are meant

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


def find_logs(kind: str) -> tuple[str, ...]:
    """The logs of a kind, by its word in either language, one or several, or a beginning: of hours there are
    two. A log may be named itself, or by what its rows are called."""
    found = logs_by_word()
    choices = [
        Choice(logs, [form for word in words for form in (word, singular(word))], words[0])
        for logs, words in found.items()
    ]
    try:
        for typed in (kind, singular(kind)):
            with suppress(NoChoice):
                return pick_choice(typed, choices)
    except Mistake as several:
        raise PrtError(several, code=2) from None
    hint = before_more(did_you_mean(kind, [word for words in found.values() for word in words]))
    known = ", ".join(say_kind(one) for one in ("hours", *row_kinds()))
    raise PrtError(Mistake("no_kind", kind=kind, hint=hint, known=known), code=2)


def logs_by_word() -> dict[tuple[str, ...], list[str]]:
    """Every word for the rows of logs, in both languages; what the screen calls them stands first."""
    hours = tuple(model.log for model in HOURS_LOGS)
    found: dict[tuple[str, ...], list[str]] = {hours: []}
    found |= {(log,): [*(say_rows(log, one) for one in languages()), log] for log in LOGS}
    kinds: dict[str, tuple[str, ...]] = {kind: (log,) for kind, log in row_kinds().items()}
    kinds |= {"hours": hours, "agreement": (Partnership.log,)}
    for kind, logs in kinds.items():
        found[logs] += [*(say_kind(kind, one) for one in languages()), kind]
    return found


def languages() -> list[Language]:
    """That of the person, then the other one."""
    return sorted(LANGUAGES, key=lambda one: one != spoken.language)


def say_kind(kind: str, language: str = "") -> str:
    return read_topic("ask")[f"ask.kind.{kind}.{language or spoken.language}"]


def say_rows(log: str, language: str) -> str:
    return read_topic("log")[f"log.{log}.{language}"]


def looks_like_row(what: str) -> bool:
    """`w-20241016-7kq2`"""
    parts = what.split("-")
    return len(parts) >= 3 and parts[-2].isdigit() and len(parts[-2]) == 8
