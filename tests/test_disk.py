"""The disk has one door: every call of prt that changes a disk is in `disk.system`, and files are read through it."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from prt.files.store import disk
from tests.sources import PACKAGE, files, nodes, parsed

DOOR = PACKAGE / "files" / "store" / "disk.py"
ALWAYS = {
    "write_text", "write_bytes", "touch", "unlink", "mkdir", "makedirs", "chmod", "rename", "renames", "rmdir",
    "removedirs", "truncate", "ftruncate", "symlink_to", "hardlink_to", "symlink", "link", "rmtree", "copytree",
    "copyfile", "copy2", "copyfileobj", "fsync", "mkstemp", "mkdtemp", "extractall", "unpack_archive",
    "NamedTemporaryFile", "TemporaryDirectory",
}  # fmt: skip
OF_MODULES = {
    ("os", "open"),
    ("os", "write"),
    ("os", "replace"),
    ("os", "remove"),
    ("shutil", "copy"),
    ("shutil", "move"),
}
HARMLESS = {"get_terminal_size"}


def writing_calls(found: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """(line, call) of everything that could change a disk."""
    for node in found:
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "shutil", "tempfile"):
            yield from ((node.lineno, one.name) for one in node.names if one.name not in HARMLESS)
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open" and opens_for_writing(node, 1):
            yield node.lineno, "open"
        if isinstance(node.func, ast.Attribute) and is_writing(node, node.func):
            yield node.lineno, ast.unparse(node.func)


def is_writing(call: ast.Call, name: ast.Attribute) -> bool:
    owner = name.value.id if isinstance(name.value, ast.Name) else ""
    if owner == "system" or (isinstance(name.value, ast.Attribute) and name.value.attr == "system"):
        return True  # even the door is the disk layer's own
    if (owner, name.attr) in OF_MODULES:
        return not (name.attr == "open" and call.args and ast.unparse(call.args[0]) == "os.devnull")
    if name.attr == "replace":  # that of a text has two arguments, that of a date or a class has names
        return len(call.args) == 1 and not call.keywords
    if name.attr == "open" and owner == "webbrowser":
        return False
    if name.attr == "open":
        return opens_for_writing(call, 0)
    return name.attr in ALWAYS


def opens_for_writing(call: ast.Call, at: int) -> bool:
    """A mode that is not plainly one of reading."""
    named = [one.value for one in call.keywords if one.arg == "mode"]
    modes = [*call.args[at : at + 1], *named]
    return any(not isinstance(one, ast.Constant) or set(str(one.value)) & set("wax+") for one in modes)


ELSEWHERE = "files/export/browser.py"
"""The page and the profile of a browser lie in a folder of the system's, which goes with it: no file of a project."""


def test_only_the_disk_layer_changes_a_disk() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}:{line}: {call}"
        for path in files()
        if path not in (DOOR, PACKAGE / ELSEWHERE)
        for line, call in writing_calls(nodes(path))
    }
    assert not found


def test_in_the_disk_layer_only_its_system_does() -> None:
    tree = parsed(DOOR)
    others = [node for node in tree.body if not (isinstance(node, ast.ClassDef) and node.name == "System")]
    calls = [call for node in others for _, call in writing_calls(ast.walk(node))]
    assert {call for call in calls if not call.startswith("system.")} <= {"os.open"}  # a folder, to sync it
    assert set(methods()) == {call.partition(".")[2] for call in calls if call.startswith("system.")}


OF_PROGRAM = "files/yaml/words.py"
"""The words of the program itself, which --help reads without the disk layer."""


QUESTIONS = "files/trace/disk_questions.py"
"""What a disk is asked, the part of its layer that is loaded first."""
OF_CACHE = "files/kept/kept_bodies.py"
"""What can be made again is read before the disk layer is loaded."""


def reading_calls(found: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """(line, call) of everything that reads a file by its path."""
    calls = (node for node in found if isinstance(node, ast.Call))
    yield from ((call.lineno, ast.unparse(call.func)) for call in calls if is_reading(call))


def is_reading(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, ast.unparse(call.func.value)
    if name == "ZipFile":  # of bytes, of an open file, or of one that is written
        return ast.unparse(call.args[0]) in ("path", "target")
    if name == "read_bytes":  # that of a path has no argument, that of the cache has one
        return not call.args
    return name == "read_text" or (name == "open" and owner not in ("os", "webbrowser"))


def test_only_the_disk_layer_reads_a_file() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}:{line}: {call}"
        for path in files()
        if path not in (DOOR, PACKAGE / OF_PROGRAM, PACKAGE / QUESTIONS, PACKAGE / OF_CACHE)
        for line, call in reading_calls(nodes(path))
    }
    assert not found
    assert len(list(reading_calls(nodes(DOOR)))) > 3  # and there it does


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("path.read_bytes()", True),
        ("(a / b).read_text(encoding='utf-8')", True),
        ("path.open('rb')", True),
        ("open(path)", True),
        ("zipfile.ZipFile(path)", True),
        ("self.cache.read_bytes(path)", False),
        ("read_bytes(path)", False),
        ("zipfile.ZipFile(io.BytesIO(raw))", False),
        ("os.open(path, 1)", False),
    ],
)
def test_a_reading_call_is_found(line: str, reads: bool) -> None:
    assert bool(list(reading_calls(ast.walk(ast.parse(line))))) == reads


def methods() -> list[str]:
    return [name for name in vars(disk.System) if not name.startswith("_")]


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text('')", "path.replace(other)", "os.replace(a, b)", "open(path, 'w')", "path.open('ab+')",
        "open(path, mode)", "shutil.rmtree(folder)", "from shutil import move", "disk.system.unlink(path)", "os.open(p, 1)",
    ],
)  # fmt: skip
def test_a_writing_call_is_found(line: str) -> None:
    assert list(writing_calls(ast.walk(ast.parse(line))))


@pytest.mark.parametrize(
    "line",
    [
        "text.replace('a', 'b')",
        "day.replace(year=2024)",
        "open(path)",
        "path.open('rb')",
        "os.open(os.devnull, 2)",
    ],
)
def test_a_call_that_changes_nothing_is_none(line: str) -> None:
    assert not list(writing_calls(ast.walk(ast.parse(line))))
