"""The house: who may do what. Who may import whom is said by the contracts in pyproject.toml."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from benchmarks.structure import Module, circles, imports_of
from prt.files.yaml.words import shipped_templates
from tests.conftest import AT_A_LIBRARY, AT_LIBRARIES
from tests.sources import PACKAGE, files, nodes, parsed, sources

FRAMEWORKS = ("pydantic", "pydantic_core", "yaml", "typer", "rich", "jinja2", "babel")
DAILY = ("prt.commands.status", "prt.commands.explain", "prt.commands.todo", "prt.commands.log_row")
"""What is asked every day, in words."""
NOT_DAILY = (
    *("rapidfuzz", "prompt_toolkit", "docx", "openpyxl", "icalendar", "markdown_it", "nh3", "zipfile"),
    *("prt.imports", "prt.demo", "prt.figures.withholding.withhold", "prt.files.workbook"),
    *("prt.output.document", "prt.output.report", "prt.output.renderers", "prt.output.notes"),
)
"""What others need, and all that is inside."""

ONLY_IN = {
    "files": {"open", "Path.open", "*.read_text", "*.read_bytes", "*.write_text", "*.write_bytes"},
    "console": {"dt.date.today", "date.today", "dt.datetime.now", "datetime.now", "time.time"}
    | {"os.environ", "os.getenv", "shutil.get_terminal_size", "os.get_terminal_size"},
}
"""What may stand in one room alone: files are opened there; clock, environment and terminal are known there."""

REAL_PATH = "real_path"
"""The one function that follows links: one that leads to itself would end a command otherwise."""

CALLED_BY_OTHERS = (
    *(
        "__delitem__",
        "__setitem__",
        "as_piece",
        "with_tuples",
        "validateLink",
        "concat",
    ),
    *("intercepted_binops", "wrap_str_format", "open_"),
    *("get_cache_key", "get_source_checksum", "load_bytecode", "dump_bytecode"),
)
"""What Python, pydantic, markdown-it and Jinja2 call, and the command `prt open`."""
OF_INCIDENTS = {"circumstances", "known_on", "people_in_quebec", "people_notified"}
"""Columns that are only printed."""

DOOR = "files/trace/disk_questions.py"
LOOKS = {
    *("*.exists", "*.is_file", "*.is_dir", "*.is_symlink", "*.is_mount", "*.samefile", "*.readlink"),
    *("*.stat", "*.lstat", "*.iterdir", "*.glob", "*.rglob", "*.walk", "*.resolve"),
    *("*.scandir", "*.listdir", "*.access", "*.lexists", "*.isfile", "*.isdir", "*.islink", "*.getsize"),
    *("*.getmtime", "*.realpath", "open", "*.open", "*.read_text", "*.read_bytes", "*.open_code", "*.fstat"),
}
"""How a disk can be asked for anything, by names after a dot too."""
PAST_THE_DOOR = {
    "files/store/disk.py": {"*.open", "*.stat", "*.fstat"},  # what is written, and by which drive
    "files/store/backup.py": {"*.lexists"},
    "files/store/new_folder.py": {"*.lexists"},
    "files/store/staging.py": {"*.lexists"},
    "files/store/refusals.py": {"*.access"},
    "files/export/packages.py": {"*.access", "*.stat"},
    "files/workbook/mark_file.py": {"*.access"},
    "files/trace/trace.py": {"*.realpath"},  # where the private folder lies
    "files/kept/kept_files.py": {"*.stat", "*.scandir", "*.is_dir"},  # it is no input
    "files/kept/kept_bodies.py": {"*.lstat", "*.open", "*.read_bytes"},
    "files/kept/kept_answers.py": {"*.stat", "*.is_dir", "*.iterdir", "*.exists"},
    "files/kept/new_answers.py": {"*.scandir", "*.is_file"},
    "files/compiled_templates.py": {"*.is_file", "*.glob"},  # of prt itself
    "files/yaml/words.py": {"*.is_dir", "*.read_bytes"},  # of prt itself
    "console/streams.py": {"*.open"},  # a stream that leads nowhere
}
"""What may be asked otherwise: of prt itself, of its cache, and by whoever writes already."""
NAMESAKES = re.compile(
    r"webbrowser\.open|(one|broken\[-1\]|self)\.open|self\.read_bytes|part\.is_dir|calendar\.walk|.*cache\.read_bytes"
)
"""What is called alike: an open quote, the part of an archive, the bytes of a file that was read already."""

WAYS_IN = {"__main__.py": {"os.environ"}}
"""What `prt` itself is told before any room is entered."""


def names(found: Iterable[ast.AST]) -> set[str]:
    """Every dotted name in a source, and of an attribute also `*.attribute`."""
    named = [node for node in found if isinstance(node, ast.Name | ast.Attribute)]
    attributes = {f"*.{node.attr}" for node in named if isinstance(node, ast.Attribute)}
    return attributes.union(map(dotted, named))


@cache
def names_of(path: Path) -> set[str]:
    return names(nodes(path))


def dotted(node: ast.expr) -> str:
    """`dt.date.today`; what is no name, such as a call, is an empty text before the dot."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("room", ONLY_IN)
def test_only_one_room_does_it(room: str) -> None:
    elsewhere = [path for path in files() if path.relative_to(PACKAGE).parts[0] != room]
    found = {path.relative_to(PACKAGE).as_posix(): names_of(path) & ONLY_IN[room] for path in elsewhere}
    wrong = {name: kinds - WAYS_IN.get(name, set()) for name, kinds in found.items()}
    assert len(found) > 100
    assert {name: kinds for name, kinds in wrong.items() if kinds} == {}


def test_a_disk_is_asked_through_one_door() -> None:
    """Whatever a command was told by it is noted there, so that nothing is forgotten that an answer rests on."""
    found = {path.relative_to(PACKAGE).as_posix(): looks_of(path) for path in files()}
    past = {name: kinds - PAST_THE_DOOR.get(name, set()) for name, kinds in found.items() if name != DOOR}
    assert {name: kinds for name, kinds in past.items() if kinds} == {}
    assert {name: kinds - found[name] for name, kinds in PAST_THE_DOOR.items() if kinds - found[name]} == {}
    assert len(found[DOOR]) > 12


def looks_of(path: Path) -> set[str]:
    """The ways in which a source asks a disk: what it calls, or hands on to be called."""
    named = [node for node in nodes(path) if isinstance(node, ast.Name | ast.Attribute)]
    asked = {(f"*.{node.attr}" if isinstance(node, ast.Attribute) else node.id, node) for node in named}
    return {kind for kind, node in asked if kind in LOOKS and not NAMESAKES.fullmatch(ast.unparse(node))}


def test_every_name_is_used() -> None:
    """Nothing is left over that nobody calls; a name that stands in several modules is taken for used."""
    texts = [*sources(), *(path.read_text(encoding="utf-8") for path in shipped_templates().glob("*.j2"))]
    counted = Counter(word for text in texts for word in re.findall(r"\w+", text))
    kinds = ast.FunctionDef | ast.ClassDef
    every = [node for path in files() for node in nodes(path)]
    defined = {node.name for node in every if isinstance(node, kinds)}
    assigned = [one for node in every if isinstance(node, ast.Assign) for one in node.targets]
    assigned += [node.target for node in every if isinstance(node, ast.AnnAssign)]
    defined |= {one.id for one in assigned if isinstance(one, ast.Name)}
    assert len(defined) > 3000
    assert {name for name in defined if counted[name] == 1} == {*CALLED_BY_OTHERS, *OF_INCIDENTS}


REASON = re.compile(r"#.*(?:\d ms|\d s|second|while it is imported)\b")


def test_an_import_inside_a_function_says_what_it_saves() -> None:
    """So many milliseconds, on its line or the one above."""
    imports = ast.Import | ast.ImportFrom
    inside = [
        (path, one) for path in files() for one in nodes(path) if isinstance(one, imports) and one.col_offset
    ]
    top = {
        id(one)
        for path in files()
        for part in parsed(path).body
        if isinstance(part, ast.If)
        for one in part.body
    }
    places = [(path, one.lineno) for path, one in inside if id(one) not in top]
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path, _ in places}
    assert len(places) > 20
    said = [(path, n) for path, n in places if not any(map(REASON.search, lines[path][max(n - 2, 0) : n]))]
    assert [f"{path.name}:{n}" for path, n in said] == []


def test_no_two_modules_import_each_other() -> None:
    """Nor over others, nor inside a function."""
    known = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in files()}
    modules = [
        Module(name.removesuffix(".__init__"), path, parsed(path), frozenset())
        for name, path in known.items()
    ]
    every = {one.name for one in modules}
    graph = {
        one.name: {own for statement in imports_of(one, every) for own in statement.own} - {one.name}
        for one in modules
    }
    assert sum(map(len, graph.values())) > 1000
    assert circles(graph) == []


def test_no_folder_is_full() -> None:
    """One has two subjects then. Of the commands each has a file."""
    counted = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in files())
    assert len(counted) > 40
    assert [folder for folder, number in counted.items() if number > 15 and folder != "commands"] == []


def test_one_function_follows_links() -> None:
    assert sum(source.count(".resolve()") for source in sources()) == 1
    assert sum(f"def {REAL_PATH}(" in source for source in sources()) == 1


@pytest.mark.parametrize(
    ("source", "room"),
    [
        ("open('plan')", "files"),
        ("folder.joinpath('plan').read_bytes()", "files"),
        ("today = dt.date.today()", "console"),
        ("os.environ['PRT_ME'] = 'me'", "console"),
    ],
)
def test_what_is_done_elsewhere_is_found(source: str, room: str) -> None:
    assert names(ast.walk(ast.parse(source))) & ONLY_IN[room]


@pytest.mark.parametrize(("room", "fewest"), [("model", 20), ("figures", 20), ("entry", 10)])
def test_the_core_loads_no_framework(room: str, fewest: int) -> None:
    """Not through another module either."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in (PACKAGE / room).rglob("*.py"))
    modules = sorted(".".join(path.parts).removesuffix(".__init__") for path in paths)
    loaded = loaded_by(*modules)
    assert len(modules) > fewest
    assert loaded >= set(modules)
    assert loaded.isdisjoint(FRAMEWORKS)


def test_pydantic_is_loaded_only_when_a_plan_is_checked() -> None:
    assert "pydantic" not in loaded_by("prt.files.project", "prt.files.submissions.submission")


def test_daily_work_loads_nothing_of_imports_and_reports() -> None:
    """What a command needs is imported, and nothing of what only others need."""
    loaded = loaded_by(*DAILY)
    assert loaded >= {*DAILY}
    assert loaded.isdisjoint(FRAMEWORKS)
    assert [one for one in loaded if f"{one}.".startswith(tuple(f"{other}." for other in NOT_DAILY))] == []


def loaded_by(*modules: str) -> set[str]:
    """What is loaded once these are imported."""
    code = f"import sys, {', '.join(modules)}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def imported_by(path: Path) -> set[str]:
    """The packages that a module imports."""
    imports = [node for node in nodes(path) if isinstance(node, (ast.Import, ast.ImportFrom))]
    named = {one.name for node in imports if isinstance(node, ast.Import) for one in node.names}
    named |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in named}


def libraries_of(path: Path) -> set[str]:
    """What a module imports that is neither Python's nor prt's."""
    return imported_by(path) - sys.stdlib_module_names - {"prt"}


AS_CODE = {"pickle", "marshal", "shelve", "copyreg"}
"""What makes anything of a file, or runs it."""


def test_nothing_that_is_read_from_a_file_may_be_code() -> None:
    """But our own templates, which are compiled beside those of the program, as its modules are."""
    every = {path.relative_to(PACKAGE).as_posix(): imported_by(path) for path in files()}
    found = {name: modules & AS_CODE for name, modules in every.items()}
    assert {name: modules for name, modules in found.items() if modules} == {
        "files/compiled_templates.py": {"marshal"}
    }


def test_every_module_that_imports_a_library_has_tests_with_its_lowest_version() -> None:
    found = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in files() if libraries_of(path)}
    assert found == AT_LIBRARIES.keys()
    for name in AT_A_LIBRARY:
        module, _, test = name.partition("::")
        assert f"def {test or 'test_'}" in Path(__file__).with_name(f"{module}.py").read_text("utf-8"), name
