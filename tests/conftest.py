"""What all tests share: nothing of the surroundings, one profile of hypothesis, golden files, the fictional year.

Nothing of prt is imported up here: typer reads some of the surroundings as it is imported.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

if TYPE_CHECKING:
    from tests.project import Prt

T = TypeVar("T")
NUMBERS = count()
"""Of the folders of tests: no two have the same name."""
SURROUNDINGS = ("PRT_", "GIT_", "LC_", "TYPER_", "_TYPER_", "CLICOLOR")
"""Variables that begin so are taken away: tests pass in the shell of anybody, and in a hook of git."""
MORE_SURROUNDINGS = (
    *(
        "LANG",
        "LANGUAGE",
        "COLUMNS",
        "LINES",
        "TERMINAL_WIDTH",
        "TERM",
        "COLORTERM",
        "NO_COLOR",
        "FORCE_COLOR",
    ),
    *("PY_COLORS", "GITHUB_ACTIONS", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "VISUAL", "EDITOR"),
    *("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"),
)
gc.set_threshold(3_000_000, 20, 20)  # it found little: 3 seconds of a run, for 100 MB
sys.dont_write_bytecode = False  # else each process of a run rewrites the asserts of all tests: 5 seconds

# No deadline: what a machine is busy with is no mistake. `--hypothesis-profile` chooses too.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("fast", UNHURRIED, max_examples=8)
settings.register_profile("full", UNHURRIED, max_examples=250)
if "--update-golden" in sys.argv:
    os.environ["HYPOTHESIS_PROFILE"] = "full"  # every golden file, from whatever process
FULL = (os.environ.get("HYPOTHESIS_PROFILE") or ("full" if os.environ.get("CI") else "fast")) == "full"
"""As in CI: more examples are drawn, the fictional year is larger, and `some` cases are all of them."""
settings.load_profile("full" if FULL else "fast")
set_hypothesis_home_dir(Path(__file__).parent.parent / ".hypothesis")  # its tables of Unicode are made once
only_in_ci = pytest.mark.only_in_ci
if not FULL:
    with suppress(ImportError):
        from hypothesis.internal.conjecture import providers

        # Else each process parses all of prt for numbers and texts to draw: 2 seconds in a new clone.
        setattr(providers, "_get_local_constants", lambda: providers._local_constants)  # noqa: B010


def some(cases: Iterable[T], number: int) -> list[T]:
    """Every case in CI; elsewhere so many of them, the first and others at even steps. Of none: ValueError."""
    every = list(cases)
    if not every:
        raise ValueError("a test of no case at all proves nothing")
    few = len(every) if FULL else min(number, len(every))
    return [every[at * len(every) // few] for at in range(few)]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Before a test is collected. A process that only deals out tests to others needs nothing of prt."""
    for name in list(os.environ):
        if name in MORE_SURROUNDINGS or name.startswith(SURROUNDINGS):
            del os.environ[name]
    os.environ["BROWSER"] = "true"  # a command that does nothing: no test opens a page
    os.environ["PRT_NO_CACHE"] = "1"  # nothing of an earlier run; tests/test_kept_*.py are about what is kept
    if session.config.getoption("dist", "no") != "no" and not hasattr(session.config, "workerinput"):
        return
    say_mistakes_in_words()
    read_each_plan_once()
    read_each_table_once()
    compile_each_template_once()
    if hasattr(session.config, "workerinput") and not names_files(session.config):
        import_tests(**session.config.workerinput)


def names_files(config: pytest.Config) -> bool:
    return any(".py" in name for name in config.option.file_or_dir)


def import_tests(workerid: str, workercount: int, **_: object) -> None:
    """In a new clone the asserts of all tests are rewritten, which takes a process 5 seconds. Each process of a
    run begins with other files, and then finds done what the others have passed.
    """
    paths = sorted(Path(__file__).parent.glob("test_*.py"))
    at = len(paths) * int(workerid.removeprefix("gw")) // workercount
    for path in paths[at:] + paths[:at]:
        with suppress(Exception, pytest.skip.Exception):  # collecting it says what is wrong
            import_module(f"tests.{path.stem}")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of garbage need not look at it again."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """A process that ends needs no collector of garbage, which its end would begin twice."""
    gc.freeze()


def say_mistakes_in_words() -> None:
    """As prt/cli.py does for a command."""
    from prt import problems
    from prt.files.yaml.words import read_topic

    problems.read_words = read_topic


SLOW_MODULES = {
    *("test_demo", "test_store", "test_write", "test_streams", "test_submission", "test_templates"),
    *(
        "test_at_once",
        "test_faults",
        "test_people_held",
        "test_amendments",
        "test_annual",
        "test_withhold",
        "test_privacy",
        "test_todo",
        "test_merge_copies",
        "test_git_merge",
    ),
}
"""Those that start many processes, or keep reports of whole years."""
if gone := sorted(name for name in SLOW_MODULES if not (Path(__file__).parent / f"{name}.py").is_file()):
    raise pytest.UsageError(f"SLOW_MODULES of tests/conftest.py names what is no module: {', '.join(gone)}")


AT_LIBRARIES = {
    "console/dialogue/editor": ("talk", "dialogue::test_a_real_terminal"),
    "console/screen": ("report_command",),
    "console/typer_app": ("cli", "completion", "french_screens", "plain_words"),
    "demo/exports": ("report_word",),
    "entry/roster": ("similar", "matching"),
    "files/compiled_templates": ("templates",),
    "files/plan/next_year": ("plan_new",),
    "files/plan/plan_text": ("explain_words",),
    "files/plan/schema": ("planfile", "plan_rules", "new_measure", "new_column", "base", "docs", "gallery"),
    "files/store/disk": ("lock",),
    "files/workbook/book_marks": ("sheet",),
    "files/workbook/book_writer": ("sheet", "new_column"),
    "files/workbook/workbook": ("gridfile", "imports_samples", "imports_workbooks"),
    "files/yaml/events": ("yamlfile",),
    "files/yaml/syntax_messages": ("yamlfile", "gallery"),
    "imports/proposing/session": ("matching",),
    "imports/reading/time_zones": ("import_events",),
    "imports/sources/ics_events": ("import_events",),
    "output/calendar_file": ("todo",),
    "output/forms/sheet_form": ("into_form",),
    "output/forms/word_form": ("into_form",),
    "output/notes/prose": ("notes",),
    "output/notes/prose_blocks": ("notes",),
    "output/notes/prose_markdown": ("notes",),
    "output/renderers/excel": ("report_workbook",),
    "output/renderers/markdown": ("new_format", "outputs"),
    "output/renderers/sandbox": ("hostile_texts", "templates"),
    "output/renderers/sheet_looks": ("report_workbook",),
    "output/renderers/svg": ("charts",),
    "output/renderers/template": ("outputs", "foreign_text"),
    "output/renderers/word/word_file": ("report_word", "foreign_text"),
    "output/words": ("words", "numbers"),
    "tasks/imports/import_sessions": ("imports_zoom",),
}
"""The modules of prt that import a library, and the modules of tests, or single tests, in which another version of it
shows: together they make each call of a library that the quick half makes. All other code is handed plain values.
tests/test_house.py keeps the list whole."""
AT_A_LIBRARY = {f"test_{name}" for names in AT_LIBRARIES.values() for name in names}
MODULES_AT_A_LIBRARY = {name.partition("::")[0] for name in AT_A_LIBRARY}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Who asks for these tests alone imports no others, nor what only those need."""
    alone = config.option.markexpr == "at_a_library" and collection_path.suffix == ".py"
    return True if alone and collection_path.stem not in MODULES_AT_A_LIBRARY else None


DEMOS = {"demo", "fictional"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow, beside what says so itself, is what needs the fictional year or draws many examples.

    Tests that take a browser come first, for at the end nothing would be left to do beside them; then those
    that look at the sources of prt: one process of a run reads them all.
    """
    items.sort(
        key=lambda item: (
            "browser" not in getattr(item, "fixturenames", ()),
            not hasattr(getattr(item, "module", None), "nodes"),
        )
    )
    if not FULL and not names_files(config):
        leave_out_cases(config, items)
    for item in items:
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if {item.path.stem, f"{item.path.stem}::{item.name.partition('[')[0]}"} & AT_A_LIBRARY:
            item.add_marker("at_a_library")
        if drawn or DEMOS.intersection(getattr(item, "fixturenames", ())) or item.path.stem in SLOW_MODULES:
            item.add_marker("slow")


MOST_CASES = {"commands": 1, "functions": 4}
"""So many cases of a test are tried where no file of tests is named, by what it runs: the first, others at even steps."""


def leave_out_cases(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of each test `some` cases stay, and nothing that is `only_in_ci`."""
    tests: dict[tuple[str, str], list[pytest.Item]] = {}
    for item in [item for item in items if not item.get_closest_marker("only_in_ci")]:
        runs = "commands" if "capsys" in getattr(item, "fixturenames", ()) else "functions"
        tests.setdefault((item.nodeid.partition("[")[0], runs), []).append(item)
    chosen = {item for (_, runs), cases in tests.items() for item in some(cases, MOST_CASES[runs])}
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


def read_each_plan_once() -> None:
    """The same bytes are the same plan wherever they stand: a third of the time went into reading it again.

    Warnings are of one file; and after a test has declared a log or a measure of its own a plan is read anew.
    """
    from prt.files.plan import plan as module
    from prt.model import measures
    from prt.model.plan import Plan
    from prt.model.records import LOGS
    from prt.problems import Problem

    read = module.read_plan
    known: dict[tuple[object, ...], tuple[Plan, list[Problem]]] = {}

    def read_once(raw: bytes, shown: str) -> tuple[Plan | None, list[Problem]]:
        key = (raw, *LOGS.values(), *measures.KINDS)
        plan, problems = known.get(key) or known.get((*key, shown)) or read(raw, shown)
        if plan is not None:
            known[(*key, shown) if problems else key] = plan, problems
        return plan, [*problems]

    module.read_plan = read_once


def read_each_table_once() -> None:
    """The bytes of a CSV file as records, wherever it lies. Records are never changed; rows are made of them
    anew each time.
    """
    from prt.files.csv import reader as module
    from prt.values import replace

    parse, somewhere = lru_cache(maxsize=500)(module.parse_csv), Path()

    def parse_once(raw: bytes, path: Path, shown: str) -> module.CsvFile:
        return replace(
            parse(raw, somewhere, shown), path=path, raw=raw
        )  # by its bytes a table is known as current

    module.parse_csv = parse_once


def compile_each_template_once() -> None:
    """Each report has a sandbox of its own; the same source is the same code in all of them."""
    from prt.output.renderers.sandbox import Sandbox

    compiled: Any = Sandbox.compile
    codes: dict[tuple[object, ...], object] = {}

    def compile_once(self: Sandbox, source: str, *names: object, **options: object) -> object:
        key = (source, *names, *options.items(), self.finalize is None)
        if key not in codes:
            codes[key] = compiled(self, source, *names, **options)
        return codes[key]

    setattr(Sandbox, "compile", compile_once)  # noqa: B010 — no type checker lets a method be replaced


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder of this test alone, as pytest's own but without its link to the newest, which two thousand
    tests would make anew.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    path = tmp_path_factory.getbasetemp() / f"{name}-{next(NUMBERS)}"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(scope="session", autouse=True)
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home without downloads and settings of git, an empty folder to stand in; git reads nothing of the machine."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("APPDATA", str(home / "AppData"))
        patch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
        patch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        patch.setattr("os.fsync", lambda handle: None)  # a test outlives its process, not the power
        patch.setattr("prt.model.ids.SLOWLY", 10)  # of ids that everybody may read
        yield home


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """What a command sets for itself ends with its test: `prt demo` goes on in the project that it has made, and
    `--lang` is the language of all that is said.
    """
    from prt import spoken

    before = {name for name in os.environ if name.startswith("PRT_")}
    yield
    spoken.language = "en"
    for name in [name for name in os.environ if name.startswith("PRT_") and name not in before]:
        del os.environ[name]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A function of a file and a text: they are the same. The diff of an update is part of the review."""
    update = request.config.getoption("--update-golden")

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `prt demo`, made once: to be read only. A test that writes copies it first."""
    from prt.demo import REAL_SIZE

    return demo_of(REAL_SIZE, tmp_path_factory)


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest fictional year: the same sessions, fewer rows of hours. To be read only."""
    from prt.demo import SMALLEST

    return demo_of(SMALLEST, tmp_path_factory)


@pytest.fixture(scope="session")
def fictional(request: pytest.FixtureRequest) -> Path:
    """The fictional year of real size in CI, elsewhere the smallest, which has fewer hours. To be read only."""
    found: Path = request.getfixturevalue("demo" if FULL else "small_demo")
    return found


@pytest.fixture(scope="session")
def project_of_faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something for each command to do, which tests/faults.py prepares. To be read only."""
    from tests.faults import prepare

    return made_once(tmp_path_factory, "faults/project", prepare)


def demo_of(rows: int, folders: pytest.TempPathFactory) -> Path:
    from prt.commands.demo import make_demo

    return made_once(folders, f"demo-of-{rows}/prt-demo", lambda root: make_demo(root, rows, seed=1))


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """One for all processes of a run."""
    root = run_folder(folders) / name
    root.parent.mkdir(exist_ok=True)
    with FileLock(root.with_suffix(".lock")):
        if not root.with_suffix(".made").exists():
            make(root)
            root.with_suffix(".made").touch()
    return root


def run_folder(folders: pytest.TempPathFactory) -> Path:
    """Each process has its own folder in that of the run."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test of a module leaves a copy of its project for the others of the run: see `Prt.once`."""
    folder = run_folder(tmp_path_factory) / "kept"
    folder.mkdir(exist_ok=True)
    return folder / request.path.stem


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Prt:
    """A project of this test alone, and its commands as they are typed."""
    from tests.project import Prt

    return Prt(tmp_path / "project", monkeypatch, capsys)
