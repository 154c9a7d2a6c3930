"""Each line of the table of goals: who runs, on which data, and what is compared with what."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.measure import Contestant

REAL, LARGE, HUGE = 6_000, 100_000, 1_000_000
"""Rows of a real year of a team, and of two that no team has."""
FEW, MANY = 40, 50_000
"""Rows of the files to import."""
TOMORROW = "2025-02-15"
"""The day after that on which all is run."""
STAFF = tuple(f"p-bench{number}" for number in range(40))
"""Who gave the hours of these files: nobody more than a day has."""
YEAR_FOLDER = Path("data") / "2024-2025"
LOG = (
    "--date",
    "2025-02-13",
    "--board",
    "EMSB",
    "--role",
    "cda",
    "--objective",
    "skills",
    "--hours",
    "1.5",
    "--anyway",
)
"""The same row each time, and the team has some on that day: `--anyway`."""
WATSON = ("watson", "add", "-f", "2025-02-13 09:00", "-t", "2025-02-13 10:30", "accompaniment")
INDICATOR, OF_MANY_ROWS = "1.1.workshops", "3a.hours"
LIBRARIES = {"md": "jinja2", "html": "jinja2", "json": "json", "docx": "docx", "xlsx": "openpyxl"}
"""What each format of a report is made with."""
READ_CSV = "import csv, sys\nfor path in sys.argv[1:]:\n for row in csv.reader(open(path, newline='')): pass"
DIGEST = "import hashlib, sys\nhashlib.sha256(open(sys.argv[1], 'rb').read()).digest()"
PAGE = Path(__file__).parent.parent / "docs" / "many-projects.md"
QUERY = r"""
import pathlib, re, sys
import duckdb
page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
views, again, pooled, _ = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
with duckdb.connect() as base:
    base.execute(views)
    base.execute(again)
    assert base.execute(pooled).fetchall()
"""
"""Each figure again, then all projects together, of the packages in the folder where it runs."""
PROJECTS = ("north", "south", "east")

Results = dict[str, Contestant]


@dataclass(frozen=True)
class Goal:
    """A figure made of the results, and what is wanted; it needs all of `names` to have run."""

    label: str
    names: tuple[str, ...]
    value: Callable[[Results], str]
    wanted: str


@dataclass
class Line:
    """What runs in turns, and the goals that it is held against; `turns` where many would take too long."""

    contestants: list[Contestant]
    goals: list[Goal] = field(default_factory=list)
    turns: int = 11


@dataclass(frozen=True)
class Bench:
    """The programs that are measured, and where the data of each size is made."""

    python: str
    prt: tuple[str, ...]
    folder: Path
    data: Callable[[int], Path]

    def prt_run(self, name: str, words: str, project: Path) -> Contestant:
        """A command that computes its answer: none that was kept is there."""
        return Contestant(name, (*self.prt, *words.split()), project, prepare=self.forget_answers)

    def reading_rows(self, name: str, project: Path) -> Contestant:
        """`prt status` that reads every row: what they gave is kept nowhere, since these runs have a cache
        folder of their own and ask for a day to come."""
        home = self.folder / "cache-of-rows"
        words = ("env", f"XDG_CACHE_HOME={home}", *self.prt, "status", "--as-of", TOMORROW)
        return Contestant(name, words, project, prepare=partial(forget_answers, home))

    def forget_answers(self) -> None:
        forget_answers(self.folder / "cache")

    def asked_again(self, name: str, words: str, project: Path) -> Contestant:
        return Contestant(name, (*self.prt, *words.split()), project)

    def python_run(self, name: str, code: str, *words: str) -> Contestant:
        return Contestant(name, (self.python, "-c", code, *words), self.folder)

    def imports(self) -> Contestant:
        """The libraries that prt was built on, imported and nothing done."""
        return self.python_run("IMP", "import typer, pydantic, rich, yaml")

    def copy(self, rows: int, name: str) -> Path:
        """A project of its own for what writes into it."""
        copied = self.folder / f"{name}-{rows}"
        refresh(self.data(rows) / "project", copied)
        return copied

    def hledger(self, rows: int) -> Contestant:
        return self.peer("hledger", rows, "hledger", "-f", "hours.journal", "balance")

    def ledger(self, rows: int) -> Contestant:
        return self.peer("ledger", rows, "ledger", "-f", "hours.journal", "balance")

    def peer(self, name: str, rows: int, *command: str) -> Contestant:
        return Contestant(name, command, self.data(rows))

    def csv_reader(self, rows: int) -> Contestant:
        files = sorted(map(str, (self.data(rows) / "project" / YEAR_FOLDER).glob("*.csv")))
        return self.python_run("csv.reader", READ_CSV, *files)


def forget_answers(home: Path) -> None:
    """What was printed before."""
    home.mkdir(exist_ok=True)
    for path in (home / "prt").glob("answer-*"):
        path.unlink()


def ratio(name: str, against: str, wanted: str) -> Goal:
    return Goal(
        f"{name} / {against}",
        (name, against),
        lambda found: f"{found[name].cpu / found[against].cpu:.2f}",
        wanted,
    )


def seconds(name: str, wanted: str) -> Goal:
    return Goal(f"{name}, CPU", (name,), lambda found: f"{found[name].cpu:.2f} s", wanted)


def memory(name: str, wanted: str) -> Goal:
    return Goal(f"{name}, peak", (name,), lambda found: f"{found[name].peak:.0f} MB", wanted)


def start(bench: Bench) -> Line:
    """What no project is read for: the version and the help."""
    project = bench.data(REAL) / "project"
    bare = "python -c pass"
    return Line(
        [
            bench.python_run(bare, "pass"),
            bench.prt_run("prt --version", "--version", project),
            bench.prt_run("prt --help", "--help", project),
            bench.prt_run("prt log --help", "log --help", project),
        ],
        [
            ratio("prt --version", bare, "≤ 1.5"),
            ratio("prt --help", bare, "≤ 5"),
            ratio("prt log --help", bare, "≤ 8"),
        ],
    )


def changed(bench: Bench) -> Line:
    """`status` of a real year in which a row was written since the last run."""
    project = bench.copy(REAL, "changed")
    status = bench.prt_run("status, changed", "status", project)
    status.prepare = lambda: append_row(project / YEAR_FOLDER / "accompaniment.csv")
    return Line(
        [bench.imports(), status, bench.hledger(REAL), bench.ledger(REAL)],
        [
            ratio(status.name, "IMP", "≤ 1.0"),
            ratio(status.name, "hledger", "≤ 0.45"),
            ratio(status.name, "ledger", ""),
        ],
    )


def append_row(log: Path) -> None:
    """The last row of a log once more, under another id."""
    text = log.read_text(encoding="utf-8")
    key, _, cells = text.splitlines()[-1].partition(",")
    start, _, place = key.rpartition("-")
    number = int(place) + 1 if place.isdecimal() else 2000
    log.write_text(f"{text}{start}-{number},{cells}\n", encoding="utf-8", newline="\n")


def again(bench: Bench) -> Line:
    """`status`, `explain` and `todo` of a real year asked once more, nothing having changed."""
    project = bench.data(REAL) / "project"
    asked = {"status": "status", "explain": f"explain {INDICATOR}", "todo": "todo"}
    runs = [bench.asked_again(f"{name}, again", words, project) for name, words in asked.items()]
    level = [ratio(run.name, "ledger", "about 1") for run in runs]
    return Line(
        [bench.imports(), *runs, bench.ledger(REAL)],
        [*(ratio(run.name, "IMP", "≤ 0.6") for run in runs), *level],
    )


def log(bench: Bench) -> Line:
    """A row written into a real year, as `watson add` does among as many frames."""
    run = log_run(bench, REAL, "log")
    (bench.folder / "watson").mkdir(exist_ok=True)
    shutil.copy(bench.data(REAL) / "frames", bench.folder / "watson")
    return Line([run, bench.peer("watson add", REAL, *WATSON)], [ratio(run.name, "watson add", "≤ 0.5")])


def log_run(bench: Bench, rows: int, name: str) -> Contestant:
    project = bench.copy(rows, "log")
    staff = first_member(project / "data" / "people.csv")
    return Contestant(name, (*bench.prt, "log", "accompaniment", *LOG, "--staff", staff), project)


def log_large(bench: Bench) -> Line:
    """A row written among many: what each row that is there already costs, beside one digest of the file."""
    small, large = log_run(bench, REAL, f"log, {REAL:,} rows"), log_run(bench, LARGE, f"log, {LARGE:,} rows")
    bare = bench.python_run("python -c pass", "pass")
    digest = bench.python_run("a digest", DIGEST, str(large.folder / YEAR_FOLDER / "accompaniment.csv"))
    rows = LARGE - REAL
    return Line(
        [small, large, bare, digest],
        [
            Goal(
                "log, for each row that is there",
                (small.name, large.name),
                lambda found: f"{(found[large.name].cpu - found[small.name].cpu) / rows * 1e6:.2f} µs",
                "as a digest",
            ),
            Goal(
                "a digest, for each row that is there",
                (bare.name, digest.name),
                lambda found: f"{(found[digest.name].cpu - found[bare.name].cpu) / rows * 1e6:.2f} µs",
                "",
            ),
        ],
        turns=3,
    )


def large(bench: Bench) -> Line:
    """`status` of 100,000 rows beside what reads as many; of what is kept of them; and `explain`."""
    project = bench.data(LARGE) / "project"
    status, kept = bench.reading_rows("status", project), bench.prt_run("status, kept", "status", project)
    explain = bench.prt_run("explain", f"explain {OF_MANY_ROWS}", project)
    peers = [
        bench.ledger(LARGE),
        bench.hledger(LARGE),
        bench.peer("bean-check", LARGE, "bean-check", "--no-cache", "hours.beancount"),
        bench.csv_reader(LARGE),
    ]
    ahead = [ratio("status", peer.name, "< 1") for peer in peers[:3]]
    return Line(
        [kept, status, explain, *peers],
        [
            *ahead,
            ratio("status", "csv.reader", "≤ 5"),
            memory("status", ""),
            ratio("status, kept", "status", ""),
            ratio("explain", "status", "< 1.5"),
        ],
        turns=3,
    )


def huge(bench: Bench) -> Line:
    """`status` of a million rows."""
    status = bench.reading_rows("status", bench.data(HUGE) / "project")
    return Line(
        [status, bench.ledger(HUGE), bench.csv_reader(HUGE)],
        [
            ratio("status", "ledger", "< 1"),
            ratio("status", "csv.reader", "≤ 5"),
            memory("status", "< 500 MB"),
        ],
        turns=1,
    )


def per_row(bench: Bench) -> Line:
    """What a row more costs `check` and `report`, beside `status`; and how large a report of many rows is."""
    report = bench.folder / "report.html"
    asked = {"check": "check", "report": f"report --output {report}"}
    runs = [
        run
        for rows, project in ((rows, bench.data(rows) / "project") for rows in (REAL, LARGE))
        for run in (
            bench.reading_rows(f"status, {rows:,} rows", project),
            *(bench.prt_run(f"{name}, {rows:,} rows", words, project) for name, words in asked.items()),
        )
    ]
    names = tuple(run.name for run in runs)

    def slope(found: Results, name: str) -> float:
        return found[f"{name}, {LARGE:,} rows"].cpu - found[f"{name}, {REAL:,} rows"].cpu

    def slopes(name: str, wanted: str) -> Goal:
        return Goal(
            f"{name} / status, per row",
            names,
            lambda found: f"{slope(found, name) / slope(found, 'status'):.2f}",
            wanted,
        )

    size = Goal("report, size", names, lambda _: f"{report.stat().st_size / 1e6:.2f} MB", "< 3 MB")
    return Line(runs, [slopes("check", "≤ 1.3"), slopes("report", "≤ 1.5"), size], turns=3)


def formats(bench: Bench) -> Line:
    """The report of a real year in each format, made in another before, without the import of its library,
    beside `status`."""
    project, bare = bench.data(REAL) / "project", bench.python_run("python -c pass", "pass")
    status = bench.reading_rows("status", project)
    runs = [report_run(bench, form, project) for form in LIBRARIES]
    libraries = [bench.python_run(f"import {names}", f"import {names}") for names in LIBRARIES.values()]
    goals = [over_status(*pair, bare, status) for pair in zip(runs, libraries, strict=True)]
    return Line([bare, status, *runs, *{one.name: one for one in libraries}.values()], goals)


def report_run(bench: Bench, form: str, project: Path) -> Contestant:
    output = bench.folder / f"report.{form}"
    run = bench.prt_run(f"report, {form}", f"report --output {output}", project)
    run.prepare = lambda: output.unlink(missing_ok=True)
    return run


def over_status(run: Contestant, library: Contestant, bare: Contestant, status: Contestant) -> Goal:
    """What a report takes beyond its library, beside `status`."""

    def value(found: Results) -> str:
        imported = found[library.name].cpu - found[bare.name].cpu
        return f"{(found[run.name].cpu - imported) / found[status.name].cpu:.2f}"

    names = (run.name, library.name, bare.name, status.name)
    return Goal(f"{run.name}, without its library / status", names, value, "≤ 1.5")


def imports(bench: Bench) -> Line:
    """Files of few and of many rows, each imported whole into a project that has none of them."""
    into = "--into accompaniment --yes"
    session = "--create --line 1.1 --format full-day --title Benchmark --yes"
    options = {
        (FEW, "sheet.csv"): (into, "0.3 s"),
        (FEW, "zoom.csv"): (session, "0.3 s"),
        (MANY, "sheet.csv"): (into, "2 s"),
        (MANY, "sheet.xlsx"): (into, ""),
        (MANY, "zoom.csv"): (session, "4 s"),
    }
    runs = [import_run(bench, file, rows, words) for (rows, file), (words, _) in options.items()]
    wanted = [wanted for _, wanted in options.values()]
    return Line(runs, [seconds(run.name, goal) for run, goal in zip(runs, wanted, strict=True)], turns=3)


def import_run(bench: Bench, file: str, rows: int, words: str) -> Contestant:
    """The same file again would add nothing: each run has a fresh project."""
    path = bench.data(REAL) / "imports" / str(rows) / file
    project = bench.folder / "import"
    run = bench.prt_run(f"import {file}, {rows:,} rows", f"import {path} {words}", project)
    run.prepare = lambda: hire_staff(bench.data(REAL) / "project", project)
    return run


def hire_staff(source: Path, project: Path) -> None:
    """A fresh copy of a project, with all who gave the hours of the files to import."""
    refresh(source, project)
    with (project / "data" / "people.csv").open("a", encoding="utf-8") as people:
        people.writelines(f"{person},prt-staff,,,,,,\n" for person in STAFF)


def many(bench: Bench) -> Line:
    """The figures of three projects of 100,000 rows: the query of docs/many-projects.md beside prt's own."""
    project, folder = bench.data(LARGE) / "project", bench.folder / "many"
    packages = [package_run(bench, project, folder / "packages" / name) for name in PROJECTS]
    query = Contestant("query, DuckDB", (sys.executable, "-c", QUERY, str(PAGE)), folder, module="duckdb")
    status = bench.prt_run("status", "status", project)
    anew = Contestant("status, nothing kept", ("env", "PRT_NO_CACHE=1", *status.command), project)
    goals = [over_projects(query, run, wanted) for run, wanted in ((status, ""), (anew, "≤ 1"))]
    return Line([*packages, query, status, anew], goals, turns=3)


def package_run(bench: Bench, project: Path, package: Path) -> Contestant:
    """The same rows under another name, as another project would have them."""
    package.parent.mkdir(parents=True, exist_ok=True)
    words = f"export package --team --name {package.name} --output {package}"
    run = bench.prt_run(f"export package, {package.name}", words, project)
    run.prepare = lambda: shutil.rmtree(package, ignore_errors=True)
    return run


def over_projects(query: Contestant, status: Contestant, wanted: str) -> Goal:
    """What asks all projects at once, beside what asks one, as often as there are projects."""
    return Goal(
        f"{query.name} / {len(PROJECTS)} × {status.name}",
        (query.name, status.name),
        lambda found: f"{found[query.name].cpu / found[status.name].cpu / len(PROJECTS):.2f}",
        wanted,
    )


def no_logs(bench: Bench) -> Line:
    """`check` of files that no team has: short rows, empty lines, more people than a province employs."""
    runs = [
        bench.prt_run(f"check, {name}", "check", wild_project(bench, name, files))
        for name, files in NO_LOGS.items()
    ]
    for run in runs:
        run.ends = (0, 1)  # check ends with 1 where there are errors
    goals = [goal for run in runs for goal in (seconds(run.name, "20 s"), memory(run.name, "< 700 MB"))]
    return Line(runs, goals, turns=1)


def wild_project(bench: Bench, name: str, files: Mapping[str, tuple[str, str, int]]) -> Path:
    """The plan of the fictional year with these files and no others: header, row, how many."""
    source, project = bench.data(REAL) / "project", bench.folder / name.replace(" ", "-").replace(",", "")
    refresh(source / "plan", project / "plan")
    (project / YEAR_FOLDER).mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "data" / "organisations.csv", project / "data")
    for file, (header, row, times) in {"people.csv": (PEOPLE, "", 0), **files}.items():
        rows = (row.format(number=number) for number in range(times))
        (project / "data" / file).write_text("".join([header, *rows]), encoding="utf-8")
    return project


PEOPLE = "id,role,board,centre,start,end,new_in,note\n"
UPDATES = "date,description\n"
NO_LOGS: dict[str, dict[str, tuple[str, str, int]]] = {
    "short rows": {"2024-2025/sessions.csv": ("id,line,date,title,format\n", "a,1.1\n", 500_000)},
    "long rows": {"2024-2025/updates.csv": (UPDATES, "x,y,z\n", 500_000)},
    "empty lines": {"2024-2025/updates.csv": (UPDATES, "\n", 3_000_000)},
    "many people": {
        "people.csv": (PEOPLE, "p-{number:06},cda,EMSB,,,,,\n", 20_000),
        "2024-2025/journals.csv": ("round,person,date\n", "1,p-{number:07},2024-11-10\n", 20_000),
    },
}


def refresh(source: Path, copied: Path) -> None:
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(source, copied)


def first_member(people: Path) -> str:
    """The id of somebody of the team."""
    rows = (line.split(",") for line in people.read_text(encoding="utf-8").splitlines())
    return next(row[0] for row in rows if row[1] == "prt-staff")


LINES: dict[str, Callable[[Bench], Line]] = {
    "start": start,
    "changed": changed,
    "again": again,
    "log": log,
    "log-large": log_large,
    "large": large,
    "huge": huge,
    "formats": formats,
    "per-row": per_row,
    "many": many,
    "import": imports,
    "no-logs": no_logs,
}
QUICK = ("start", "changed", "again", "log", "formats")
"""Those of a real year, without the large files."""
