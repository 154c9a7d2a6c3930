"""The templates of a project beside ours: which there are, which are the project's own, and starters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from prt.files.store.disk import make_folder, write_atomic
from prt.files.templates import shipped_templates
from prt.problems import PrtError

BLOCK = re.compile(r"\{% block (\w+) %\}")
MACRO = re.compile(r"^\{% macro (\w+)\(.*?^\{%-? endmacro %\}\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shipped:
    """One template of prt: its blocks, or its macros, are what a project can change one by one."""

    name: str
    text: str

    @property
    def blocks(self) -> list[str]:
        return BLOCK.findall(self.text)

    @property
    def macros(self) -> dict[str, str]:
        return {found[1]: found[0] for found in MACRO.finditer(self.text)}

    @property
    def pieces(self) -> list[str]:
        return self.blocks or list(self.macros)


def shipped() -> list[Shipped]:
    """Ours, by name; the words of reports are no template."""
    folder = shipped_templates()
    found = sorted([*folder.glob("*.j2"), *folder.glob("*.css")])
    return [Shipped(path.name, path.read_text(encoding="utf-8")) for path in found]


def own_folder(root: Path) -> Path:
    """The project's templates. Of prt's own repository these are ours."""
    return root / "templates"


def own_names(root: Path) -> list[str]:
    """The names of the project's own templates, ours left out."""
    folder = own_folder(root)
    if not folder.is_dir() or is_ours(root):
        return []
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def is_ours(root: Path) -> bool:
    return own_folder(root).is_dir() and own_folder(root).samefile(shipped_templates())


def find(name: str) -> Shipped:
    known = shipped()
    for one in known:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in known)
    raise PrtError(f'prt has no template "{name}". Templates: {names}.', code=2)


def piece_of(template: Shipped, name: str | None) -> str:
    """The block or the macro that is asked for; the outlook, or the first, where none is."""
    pieces = template.pieces
    if name is None:
        return "outlook" if "outlook" in pieces else pieces[0] if pieces else ""
    if name not in pieces:
        known = ", ".join(pieces) or "none"
        raise PrtError(f'{template.name} has no block or macro "{name}". It has: {known}.', code=2)
    return name


def starter(template: Shipped, piece: str) -> str:
    """A small template that changes one thing of ours and leaves all else to prt."""
    if template.blocks:
        return (
            f"{{# Blocks of it: {', '.join(template.blocks)}. #}}\n"
            f'{{% extends "shipped/{template.name}" %}}\n\n'
            f"{{% block {piece} %}}\n{{{{ super() }}}}\n{{% endblock %}}\n"
        )
    if template.macros:
        kept = [name for name in template.macros if name != piece]
        lines = "".join(f"{{% set {name} = ours.{name} %}}\n" for name in kept)
        ours = f'{{% import "shipped/{template.name}" as ours with context %}}\n'
        return f"{ours}{lines}\n{template.macros[piece]}"
    return f'{{% include "shipped/{template.name}" %}}\n\n'


def copy(root: Path, name: str, text: str) -> Path:
    """A new file; one that is there is never written over."""
    path = own_folder(root) / name
    if is_ours(root):
        raise PrtError("templates/ of this folder are those of prt itself: edit them there.", code=2)
    if path.exists():
        raise PrtError(f"templates/{name} is there already: edit it, or remove it first.", code=2)
    make_folder(path.parent)
    write_atomic(path, text.encode("utf-8"), f"templates/{name}")
    return path
