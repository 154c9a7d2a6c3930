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
