"""How prt is built, in figures: sizes, names, imports, and what a start loads; each beside its goal.

python benchmarks/structure.py [--which] [--source FOLDER]

The source is read, not imported: any Python does. Only what is loaded and called at run time needs an
interpreter that can run prt.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "prt"
COMMANDS = f"{PACKAGE}.commands"
TODAY = "2025-02-14"
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
"""Tokens that make no line of code."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of the package, parsed."""

    name: str
    path: Path
    tree: ast.Module
    code: frozenset[int]

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def definitions(self) -> list[str]:
        """Functions and classes at the top level."""
        return [node.name for node in self.tree.body if isinstance(node, Function | ast.ClassDef)]

    def length(self, function: Function) -> int:
        """Lines of code from `def` to the end, decorators apart."""
        return len(self.code.intersection(range(function.lineno, (function.end_lineno or 0) + 1)))

    def place(self, node: ast.stmt) -> str:
        return f"{self.name}:{node.lineno}"


def parse_module(path: Path, root: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, tree, frozenset(code_lines(text, tree)))


def code_lines(text: str, tree: ast.Module) -> set[int]:
    """Numbers of the lines that are neither blank nor comment nor docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in LAYOUT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            lines.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
    return lines


@dataclass(frozen=True)
class Import:
    """An import statement: where it stands, what it names, and the own modules among that."""

    place: str
    targets: frozenset[str]
    own: frozenset[str]
    in_function: bool


def imports_of(module: Module, names: set[str]) -> Iterator[Import]:
    inside = {id(node) for function in module.functions for node in ast.walk(function)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            targets = list(import_targets(node, module))
            own = frozenset(filter(None, (own_module(target, names) for target in targets)))
            yield Import(module.place(node), frozenset(targets), own, id(node) in inside)


def import_targets(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[str]:
    """Dotted names: the module itself, or each thing that is taken from it."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package.pop()
    above = package[: len(package) + 1 - node.level] if node.level else []
    start = ".".join([*above, *([node.module] if node.module else [])])
    yield from (f"{start}.{alias.name}" for alias in node.names)


def own_module(target: str, names: set[str]) -> str | None:
    """The module that an import of `target` loads: `target` itself, or the one that holds this name."""
    if target in names:
        return target
    holder = target.rpartition(".")[0]
    return holder if holder in names else None


class Source:
    """All modules of the package below a root, and what they import."""

    def __init__(self, root: Path) -> None:
        self.modules = [parse_module(path, root) for path in sorted((root / PACKAGE).rglob("*.py"))]
        if not self.modules:
            raise SystemExit(f"{root / PACKAGE}: no Python files here")
        names = {module.name for module in self.modules}
        self.imports = {module.name: list(imports_of(module, names)) for module in self.modules}

    @cached_property
    def graph(self) -> dict[str, set[str]]:
        """For each module those it imports, wherever the statement stands."""
        return {
            name: {own for statement in statements for own in statement.own} - {name}
            for name, statements in self.imports.items()
        }

    @cached_property
    def functions(self) -> list[tuple[int, str]]:
        """Lengths in order, each with its place."""
        return sorted(
            (m.length(node), f"{m.place(node)} {node.name}") for m in self.modules for node in m.functions
        )

    @property
    def folders(self) -> Counter[str]:
        """Files of each folder; a command is one file, so that theirs is apart."""
        counted = Counter(module.path.parent.as_posix() for module in self.modules)
        return Counter({f: n for f, n in counted.items() if not f.endswith(COMMANDS.replace(".", "/"))})

    @property
    def definitions(self) -> Counter[str]:
        return Counter(name for module in self.modules for name in set(module.definitions))

    @property
    def inner_imports(self) -> list[Import]:
        return [one for statements in self.imports.values() for one in statements if one.in_function]

    @property
    def command_imports(self) -> list[str]:
        """Commands that import another one; the files of one command's folder belong together."""
        pairs = ((name, other) for name in sorted(self.graph) for other in sorted(self.graph[name]))
        return [f"{name} > {other}" for name, other in pairs if are_two_commands(name, other)]


def are_two_commands(name: str, other: str) -> bool:
    depth = COMMANDS.count(".") + 1
    both = name.startswith(f"{COMMANDS}.") and other.startswith(f"{COMMANDS}.")
    return both and name.split(".")[depth] != other.split(".")[depth]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Modules that reach each other, largest circle first: components of more than one."""
    reach = {name: reachable(name, graph) for name in graph}
    found = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in graph}
    return sorted((list(circle) for circle in found if circle), key=len, reverse=True)


def reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        following = graph[waiting.pop()] - seen
        seen |= following
        waiting.extend(following)
    return seen


CHILD = """
import atexit, json, os, sys
from collections import Counter
folder, report, words = sys.argv[1], sys.argv[2], sys.argv[3:]
running = Counter()
depth = deepest = 0
def watch(frame, event, _):
    global depth, deepest
    code = frame.f_code
    if event == "call" and code.co_filename.startswith(folder):
        running[code] += 1
        depth += running[code] == 1
        deepest = max(deepest, depth)
    elif event == "return" and code.co_filename.startswith(folder):
        running[code] -= 1
        depth -= running[code] == 0
def write():
    sys.setprofile(None)
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    own = [file for file in files if file.startswith(folder)]
    with open(report, "w") as out:
        json.dump({"files": len(own), "depth": deepest}, out)
atexit.register(write)
sys.argv = ["prt", *words]
from prt.__main__ import main
sys.setprofile(watch)
main()
"""
"""Runs a command of prt and writes which own files are loaded at its end, and how deep its own calls went. A
function that calls itself counts once: how deep a plan is nested says nothing of how prt is built."""


class CannotRun(Exception):
    """This interpreter does not run prt."""


@dataclass(frozen=True)
class Trace:
    """What one run loaded and called."""

    files: int
    depth: int


def trace_runs(root: Path, runs: dict[str, list[str]]) -> dict[str, Trace]:
    """Each of these commands run in a fresh fictional project."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        run_python(root, folder, "-m", PACKAGE, "demo", "project")
        traces = {}
        for name, words in runs.items():
            own = f"{root / PACKAGE}{os.sep}"
            run_python(root, folder / "project", "-c", CHILD, own, str(folder / "report.json"), *words)
            traces[name] = Trace(**json.loads((folder / "report.json").read_text(encoding="utf-8")))
        return traces


def run_python(root: Path, folder: Path, *words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRT_")}
    environment = kept | {"PYTHONPATH": str(root), "PRT_TODAY": TODAY}
    ended = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True
    )
    if ended.returncode:
        raise CannotRun((ended.stderr.strip() or "no word why").splitlines()[-1])


Line = tuple[str, str, str]
"""What is measured, the result, the goal."""


def static_lines(source: Source) -> list[Line]:
    lengths = [length for length, _ in source.functions]
    middle, tenth = statistics.median(lengths), lengths[int(len(lengths) * 0.9)]
    folder, files = source.folders.most_common(1)[0]
    inner = source.inner_imports
    own = sum(bool(one.own) for one in inner)
    every, shared = source.definitions.total(), sum(n for n in source.definitions.values() if n > 1)
    code = sum(len(module.code) for module in source.modules)
    fullest = f"fullest folder ({Path(folder).name}; commands apart)"
    return [
        ("files", f"{len(source.modules)}", "≤ 190"),
        ("lines of code", f"{code:,}", "≤ 19,500"),
        (fullest, f"{files}", "≤ 15"),
        ("function: median / p90 / largest", f"{middle:g} / {tenth} / {lengths[-1]}", "5 / 14 / 49"),
        ("imports inside functions", f"{len(inner)}, {own} of them own", "≤ 30"),
        ("names shared by several modules", f"{shared:,} of {every:,}, {shared / every:.0%}", "≤ 10%"),
        ("import circles", f"{len(circles(source.graph))}", "0"),
        ("imports of a command by a command", f"{len(source.command_imports)}", "0"),
    ]


def running_lines(root: Path) -> list[Line]:
    runs = {"status": ["status"], "help": ["--help"], "version": ["--version"]}
    traces = trace_runs(root, runs)
    return [
        ("own files loaded by status", f"{traces['status'].files}", "≤ 40"),
        ("own files loaded by --help", f"{traces['help'].files}", "≤ 3"),
        ("own files loaded by --version", f"{traces['version'].files}", "≤ 3"),
        ("deepest chain of own calls, status", f"{traces['status'].depth}", "≤ 16"),
    ]


def print_table(lines: list[Line]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_which(source: Source) -> None:
    """The places behind the figures, for whoever wants to better them."""
    folders = (f"{n:3} {Path(folder).name}" for folder, n in source.folders.most_common(5))
    functions = (f"{length:3} {place}" for length, place in reversed(source.functions[-5:]))
    names = (f"{n:3} {name}" for name, n in source.definitions.most_common() if n > 1)
    print("\nfullest folders", *folders, sep="\n  ")
    print("\nlargest functions", *functions, sep="\n  ")
    print("\nimport circles", *(" ".join(circle) for circle in circles(source.graph)), sep="\n  ")
    print("\nimports of a command by a command", *source.command_imports, sep="\n  ")
    inner = (f"{one.place} {' '.join(sorted(one.own or one.targets))}" for one in source.inner_imports)
    print("\nimports inside functions", *inner, sep="\n  ")
    print("\nnames shared by several modules", *names, sep="\n  ")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument(
        "--source", type=Path, default=Path(__file__).parent.parent, help="the folder around prt/"
    )
    options.add_argument("--which", action="store_true", help="list the places behind the figures")
    options.add_argument("--static", action="store_true", help="run nothing: only what the source says")
    given = options.parse_args()
    root = given.source.resolve()
    source = Source(root)
    lines: list[Line] = [("", "result", "goal"), *static_lines(source)]
    skipped = "left out, as asked" if given.static else ""
    if not given.static:
        try:
            lines += running_lines(root)
        except CannotRun as error:
            skipped = f"left out, for prt does not run with this Python: {error}"
    print_table(lines)
    if skipped:
        print(f"own files loaded, chain of calls: {skipped}")
    if given.which:
        print_which(source)


if __name__ == "__main__":
    main()
