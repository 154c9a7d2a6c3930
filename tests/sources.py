"""The sources of prt as trees: parsed once for all tests of a process that look at them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import prt

PACKAGE = Path(prt.__file__).parent


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of one file, which nobody changes."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Those of one file, in the order of `ast.walk`, which takes twice the time."""
    found: list[ast.AST] = [parsed(path)]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                found.append(value)
            elif isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
    return tuple(found)


@cache
def files() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def sources() -> tuple[str, ...]:
    """What each of the files says."""
    return tuple(path.read_text(encoding="utf-8") for path in files())
