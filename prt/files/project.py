"""Which folder we are in, and everything in it loaded once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.year import assemble
from prt.files.corrections import removed_rows, without_removed
from prt.files.csv.reader import CsvFile
from prt.files.csv.rows import read_rows, unread_rows, unreadable_ids
from prt.files.file_cache import FileCache
from prt.files.kept.valid_plans import ValidPlan, organisation_problems, read_valid_plan
from prt.files.kept.year_digests import forget_others
from prt.files.provenance import KEPT, PRIVATE, HeadingRecord
from prt.files.trace.disk_questions import find_in, is_folder, is_stored_file
from prt.files.yaml.words import say_phrase
from prt.model.cells import Known
from prt.model.columns import Record
from prt.model.plan import Plan, known_of, spellings_of
from prt.model.records import LOGS, ROSTERS, Correction, NameRecord, OrganisationRecord, PersonRecord
from prt.model.rows import Row
from prt.model.selections import Records
from prt.model.view import Data, YearBefore, rows_by_name
from prt.problems import JoinedTexts, Mistake, Place, Problem, PrtError, errors, first_of_each_kind
from prt.text import compile_later, fold_text
from prt.values import dataclass, field, replace

if TYPE_CHECKING:
    from prt.entry.persons import PersonFinder


def table_models() -> dict[str, type[Record]]:
    """Every table of a project whose rows prt writes."""
    return {**LOGS, **ROSTERS, **KEPT, **PRIVATE, HeadingRecord.log: HeadingRecord}


def table_model(plan: Records, table: str) -> type[Record]:
    """The class of the rows of a table in a plan year."""
    return plan.record_of(table) if table in LOGS else table_models()[table]


def find_root(start: Path) -> Path:
    """The nearest folder upwards that has `plan/*.yaml`."""
    for folder in (start, *start.parents):
        if plan_files(folder):
            return folder
    raise PrtError(Problem.of(Place(str(start)), Mistake("no_project_here")), code=2)


YEARS = compile_later(r"\d{4}-\d{4}")
COPY_OF = compile_later(r"^(copy of|copie de|conflit de) +")
YEAR = compile_later(rb"""^["']?year["']?[ \t]*:[ \t]*["']?([^"'\s#]+)""", re.MULTILINE)
"""Where a plan says of which year it is, without reading it as YAML."""


def refuse_two_plans(project: Project, beside: Callable[[Project], Iterable[Problem]] = lambda _: ()) -> None:
    """PrtError where two plans are of one year, which names both, once: which of them is meant? `beside` says
    what else is to be told then."""
    found: dict[bytes, list[Path]] = {}
    for path in project.plan_paths if len(project.plan_paths) > 1 else ():
        if said := YEAR.search(project.cache.read_bytes(path)):
            found.setdefault(said[1], []).append(path)
    several = {year: sorted(paths) for year, paths in found.items() if len(paths) > 1}
    if problems := [one for year, paths in several.items() for one in plans_of_a_year(project, year, paths)]:
        raise PrtError(*sorted(problems), *beside(project))


def plans_of_a_year(project: Project, said: bytes, paths: list[Path]) -> Iterator[Problem]:
    """One for each copy that a program for shared folders made of a plan; else one that names all plans."""
    year = said.decode("utf-8", "replace")
    copies = {
        path: original for path in paths if (original := original_of(path.name, names_but(paths, path)))
    }
    for path, original in copies.items():
        mistake = Mistake("copy_of_a_plan", year=year, file=f"plan/{original}", copy=project.shown(path))
        yield Problem.of(Place(project.shown(path)), mistake)
    if len(paths) - len(copies) > 1:
        others = JoinedTexts([project.shown(path) for path in paths[1:]], "and")
        yield Problem.of(
            Place(project.shown(paths[0])), Mistake("two_plans_of_a_year", year=year, other=others)
        )


def names_but(paths: Iterable[Path], path: Path) -> list[str]:
    """The plans of which this one may be a copy: those that have the name of a year."""
    return [one.name for one in paths if one != path and YEARS.fullmatch(one.stem)]


def original_of(name: str, known: Iterable[str]) -> str:
    """The file that this one is a copy of, by its name; "" where it is of none.

    Whatever a program adds in whatever language stands after the name, or before it: `sessions (1).csv`,
    `sessions-LAPTOP.csv`, `sessions (Copie en conflit de Marie 2024-11-03).csv`, `Copie de sessions.csv`.
    """
    stem = COPY_OF.sub("", fold_text(name.replace("_", " ")))
    for one in sorted(known, key=lambda one: (-len(one), one)):
        begins = fold_text(one.rpartition(".")[0].replace("_", " "))
        if stem.startswith(begins) and not stem[len(begins) : len(begins) + 1].isalnum():
            return one
    return ""


@lru_cache(maxsize=1000)
def shown_in(root: Path, path: Path) -> str:
    """A path inside a folder as users see it; the same few are asked for again and again."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


@lru_cache(maxsize=1000)
def csv_file(folder: Path, name: str) -> Path:
    """The path of a CSV file: one object for each, which keeps its text and its hash."""
    return folder / f"{name}.csv"


def plan_files(root: Path) -> list[Path]:
    """The plan files of a folder, the latest year first; a folder may be named like one."""
    return sorted((path for path in find_in(root / "plan", "*.yaml") if is_stored_file(path)), reverse=True)


@dataclass(frozen=True)
class Project:
    """A project folder; `private` may be elsewhere. Files are read when they are first asked for."""

    root: Path
    private: Path
    plans: dict[Path, ValidPlan] = field(default_factory=dict, compare=False)
    cache: FileCache = field(default_factory=FileCache, compare=False)

    @property
    def shares_private(self) -> bool:
        """Is the private folder elsewhere, so that several laptops or projects may write there?"""
        return is_folder(self.private) and not self.private.is_relative_to(self.root)

    def shown(self, path: Path) -> str:
        """A path as users see it: relative to the project, with forward slashes."""
        return shown_in(self.root, path)

    @property
    def plan_paths(self) -> list[Path]:
        """The plan files, the latest year first."""
        return plan_files(self.root)

    def read_csv(self, path: Path) -> CsvFile:
        return self.cache.read_csv(path, self.shown(path))

    def read_rows(self, model: type[Record], path: Path) -> tuple[list[Row], list[Problem]]:
        """Rows whose cells mean the same in every plan, such as names and corrections. Read once."""
        table, known = self.cache.read_csv(path, self.shown(path)), self.cache.rows.get(path)
        if known is None or known[0] is not table:
            known = self.cache.rows[path] = table, read_rows(model, table, Known())
        return known[1]

    def roster_path(self, name: str) -> Path:
        return csv_file(self.root, f"data/{name}")

    @property
    def organisations(self) -> tuple[list[Row], list[Problem]]:
        return self.read_rows(OrganisationRecord, self.roster_path("organisations"))

    def read_roster(self, name: str, known: Known) -> tuple[list[Row], list[Problem]]:
        """The rows of a roster, which is of all years: what is no word of this year may be one of another."""
        file = self.read_csv(self.roster_path(name))
        rows, problems = read_rows(ROSTERS[name], file, known)
        if errors(problems):
            return read_rows(ROSTERS[name], file, self.with_every_word(known))
        return rows, problems

    def with_every_word(self, known: Known) -> Known:
        """What is known, and the words that the plan of any year adds to the lists of the program."""
        plans = (self.valid_plan_or_none(path.stem) for path in self.plan_paths)
        added = {name: dict(words) for name, words in known.added.items()}
        for plan in filter(None, plans):
            for name, words in known_of(plan, ()).added.items():
                added[name] = {**words, **added.get(name, {})}
        return replace(known, added=added, of_logs={}, read={})

    def plan(self, path: Path) -> tuple[Plan, list[Problem]]:
        """A plan without errors, with its warnings; a plan with errors stops the command."""
        valid = self.valid_plan(path)
        return valid.plan, valid.warnings

    def valid_plan(self, path: Path) -> ValidPlan:
        """A plan without errors, with the ids and words that it declares; read once."""
        if path not in self.plans:
            raw = self.cache.read_bytes(path)
            self.plans[path] = read_valid_plan(raw, self.shown(path), self.cache.kept)
        return self.plans[path]

    def valid_plan_or_none(self, year: str) -> Plan | None:
        """The plan of a year; None where there is none, or one with errors."""
        try:
            return self.plan(self.plan_path(year))[0]
        except PrtError:
            return None

    def plan_path(self, year: str) -> Path:
        path = self.root / "plan" / f"{year}.yaml"
        if path not in self.plan_paths:
            years = ", ".join(sorted(one.stem for one in self.plan_paths))
            raise PrtError(Mistake("no_plan_of_year", year=year, years=years), code=2)
        return path

    def current_plan_path(self, today: dt.date) -> Path:
        """The latest plan that has begun, but the year before until its last report is due."""
        begun: Path | None = None
        paths = self.plan_paths
        if len(paths) == 1:
            return paths[0]
        for path in paths:
            plan, _ = self.plan(path)
            if begun and plan.periods[-1].due >= today:
                return path
            if begun:
                return begun
            if plan.starts <= today:
                begun = path
        return begun or paths[-1]

    def plan_path_of(self, day: dt.date) -> Path:
        """The plan year that contains a day."""
        spans = []
        for path in self.plan_paths:
            plan, _ = self.plan(path)
            if plan.starts <= day <= plan.ends:
                return path
            spans.append(say_phrase("year_from_to", year=plan.year, first=plan.starts, last=plan.ends))
        raise PrtError(Mistake("in_no_year", day=day, years=", ".join(spans)), code=2)

    def load(self, path: Path, logs: Collection[str] = LOGS, make: Callable[..., Year] | None = None) -> Year:
        """One plan year: everything, or only the logs that are asked for, with people and organisations. It
        may be of another class than Year."""
        valid = self.valid_plan(path)
        plan, problems = valid.plan, valid.warnings
        organisations, more = self.organisations
        unread = unread_rows(
            OrganisationRecord, self.read_csv(self.roster_path("organisations")), organisations
        )
        known = known_of(plan, organisations, unread)
        problems = [
            *problems,
            *more,
            *organisation_problems(valid, known, self.shown(path), partial(self.cache.read_bytes, path)),
        ]
        if errors(problems):
            raise PrtError(*problems)
        year = (make or Year)(self, path, plan, known, problems)
        year.read(logs)
        return year

    def names(self) -> Mapping[str, Row]:
        """Names by id, for those who have the private folder; empty without it."""
        rows, _ = self.read_rows(NameRecord, self.private / "names.csv")
        return {row.id: row for row in rows}

    def person_finder(
        self, posts: Mapping[str, list[Row]] | None = None, roles: Mapping[str, Any] | None = None
    ) -> PersonFinder:
        """Who is meant by a name, an e-mail or an id, of those posts, or of people.csv as it is now."""
        from prt.entry.persons import PersonFinder  # 5 ms of regular expressions, which figures do not need

        if posts is None:
            people, _ = self.read_roster("people", Known(organisations=spellings_of(self.organisations[0])))
            posts = rows_by_name(people, "id")
        return PersonFinder(self.names(), posts, roles or {})


def is_mark(problem: Problem) -> bool:
    """Is it told of a line of git, which is no row?"""
    return problem.mistake is not None and problem.mistake.code == "merge_line"


@dataclass
class Year:
    """One plan year of a project, as its files are now."""

    project: Project
    path: Path
    plan: Plan
    known: Known
    plan_problems: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    data: Data = field(init=False)
    tables: dict[str, CsvFile] = field(default_factory=dict)
    left_out: int = 0
    evaluations: dict[dt.date, Evaluation] = field(default_factory=dict)

    def evaluate(self, cut_off: dt.date) -> Evaluation:
        """Every indicator at a cut-off (of the plan year, if it is outside), evaluated once."""
        day = self.plan.calendar.clamp(cut_off)
        if day not in self.evaluations:
            self.evaluations[day] = evaluate(self.plan, self.data, day)
        return self.evaluations[day]

    def read(self, logs: Collection[str] = LOGS) -> None:
        """Read the files of these logs; the others are left empty."""
        people, problems = self.project.read_roster("people", self.known)
        self.tables = {log: self.read_table(log) for log in ("people", *logs)}
        self.data, found = self.put_together(people, logs)
        self.problems = first_of_each_kind(chain(self.plan_problems, problems, found))
        self.left_out = self.count_left_out()
        forget_others(self.project.cache.kept, self.folder, {log: self.tables[log].raw for log in logs})

    def put_together(self, people: Sequence[Row], logs: Collection[str]) -> tuple[Data, list[Problem]]:
        """The rows of the tables of these logs, linked, and what is wrong with them."""
        problems, known = list[Problem](), self.known
        rows: dict[str, list[Row]] = {log: [] for log in LOGS}
        unread = {PersonRecord.log: unread_rows(PersonRecord, self.tables["people"], people)}
        removed = removed_rows(self.corrections()) if logs else {}
        for log in LOGS:
            if log not in logs:
                continue
            model = self.plan.record_of(log)
            every, found = read_rows(model, self.tables[log], known.at(log))
            rows[log], back = without_removed(log, every, removed)
            problems += [*found, *back]
            unread[log] = unread_rows(model, self.tables[log], rows[log])
        places = {(table, name): place for table, found in unread.items() for name, place in found.items()}
        data, found = assemble(self.plan, known, rows, people, self.project.organisations[0], places)
        data.read_before = self.read_year_before
        return data, [*problems, *found]

    def read_year_before(self) -> YearBefore | None:
        """What is known of the year before; it is read when something asks for it."""
        # 15 ms, which a year without a question to the one before it does not need
        from prt.files.plan.year_before import LAST_YEAR, find_year_before

        kept = self.folder / LAST_YEAR
        return find_year_before(self.plan, lambda: self.year_before, kept, self.project.cache.read_bytes)

    def count_left_out(self) -> int:
        """How many rows are left out of every figure because of an error."""
        told = {(one.where.file, one.where.line) for one in errors(self.problems) if not is_mark(one)}
        rows = {"people": self.data.people, **self.data.logs}
        absent = [one.left_out + len(one.starts) - len(rows[log]) for log, one in self.tables.items()]
        return max(len(told), sum(absent))

    def again(self, logs: Collection[str] = LOGS) -> Year:
        """The plan year with its logs read again, as the files are now."""
        year = self.unread()
        year.read(logs)
        return year

    def unread(self) -> Year:
        """The plan year before its logs are read."""
        return Year(self.project, self.path, self.plan, self.known, self.plan_problems)

    def as_now(self, logs: Collection[str] = LOGS) -> Year:
        """The year itself, or as its files are now where another process has written since it was read."""
        if self.project.organisations[0] is not self.data.organisations:
            return self.project.load(self.path, logs)
        current = all(self.read_table(log) is self.tables.get(log) for log in ("people", *logs))
        return self if current else self.again(logs)

    def plus(self, *added: Row) -> Year:
        """The year with more rows, of logs or rosters, without reading its files again."""
        data = self.data
        rosters = {
            name: [*rows] for name, rows in (("people", data.people), ("organisations", data.organisations))
        }
        logs = {log: [one.as_read() for one in rows] for log, rows in data.logs.items()}
        for model, rows in groupby(added, key=attrgetter("model")):
            (rosters | logs)[model.log].extend(rows)
        people, organisations = rosters["people"], rosters["organisations"]
        known = (
            known_of(self.plan, organisations, self.known.unread)
            if len(organisations) > len(data.organisations)
            else self.known
        )
        year = Year(self.project, self.path, self.plan, known, self.plan_problems)
        year.data, found = assemble(self.plan, known, logs, people, organisations, data.unread)
        year.data.read_before = partial(getattr, data, "before")
        told = set(self.problems)
        year.problems = self.problems + [one for one in found if one not in told]
        year.left_out = self.left_out
        return year

    @cached_property
    def year_before(self) -> Year | PrtError | None:
        """The year before, or what is wrong with it; None where the project has no plan of it. Read once."""
        try:
            return self.project.load(self.path_before) if self.path_before else None
        except PrtError as error:
            return error

    @property
    def path_before(self) -> Path | None:
        """The plan of the year before, where the project has it."""
        path = self.project.root / "plan" / f"{self.plan.year_later(-1)}.yaml"
        return path if path in self.project.plan_paths else None

    @cached_property
    def person_finder(self) -> PersonFinder:
        """Who is meant by a name, an e-mail or an id."""
        return self.project.person_finder(self.data.posts, self.known.labels_of("role"))

    @cached_property
    def folder(self) -> Path:
        return self.project.root / "data" / self.plan.year

    def log_path(self, log: str) -> Path:
        return csv_file(self.folder, log)

    def table_path(self, table: str) -> Path:
        """The file of a log, a roster, or what only the private folder may know."""
        if table in LOGS or table in KEPT:
            return self.log_path(table)
        return csv_file(self.project.private, table) if table in PRIVATE else self.project.roster_path(table)

    def read_table(self, table: str) -> CsvFile:
        path = self.table_path(table)
        return self.project.cache.read_csv(path, self.project.shown(path), keep=table in LOGS)

    def bytes_of(self, log: str) -> bytes:
        """What the file of a log holds; while an action writes it, what it is to hold."""
        return self.project.cache.read_bytes(self.log_path(log), keep=False)

    def raws_of(self, logs: Iterable[str]) -> dict[str, bytes]:
        """The bytes of all files that figures are made of, by what they hold: of those that were read
        already, as they were; none of one that is not there."""
        cache, paths = self.project.cache, {name: self.table_path(name) for name in ("people", *logs)}
        read = {"plan": self.path, "organisations": self.table_path("organisations")}
        found = {name: cache.raws.get(path, b"") for name, path in read.items()}
        for name, path in {**paths, "corrections": self.corrections_path}.items():
            found[name] = b""
            with suppress(FileNotFoundError):
                found[name] = cache.read_bytes(path)
        return found

    def read_rows(self, model: type[Record]) -> tuple[list[Row], list[Problem]]:
        """The rows of a table that no figure is computed from."""
        return self.project.read_rows(model, self.table_path(model.log))

    @property
    def corrections_path(self) -> Path:
        return self.folder / "corrections.csv"

    def corrections_path_of(self, table: str) -> Path:
        """Where the old values of a table are kept: those of private files are private too."""
        return self.project.private / "corrections.csv" if table in PRIVATE else self.corrections_path

    def corrections(self) -> list[Row]:
        return self.project.read_rows(Correction, self.corrections_path)[0]

    def model_files(self) -> Iterator[tuple[type[Record], Path]]:
        """Every CSV file of the year with its class: logs first, then the rosters."""
        yield from ((self.plan.record_of(log), self.log_path(log)) for log in LOGS)
        yield from ((model, self.project.roster_path(name)) for name, model in ROSTERS.items())

    def unreadable_rows(self) -> dict[tuple[str, str], Problem]:
        """(log, id) of every row that is left out, with its first error; (log, "") of a file without any
        row. Such rows cannot be read; they were not removed."""
        found: dict[tuple[str, str], Problem] = {}
        wrong = sorted(errors(self.problems))
        for model, path in self.model_files() if wrong else ():
            file = self.project.read_csv(path)
            for problem in wrong:
                if problem.where.file == file.shown:
                    for name in unreadable_ids(file, problem.where.line, model.id_column):
                        found.setdefault((model.log, name), problem)
        return found
