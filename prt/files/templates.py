"""Templates: ours beside the program, the project's own before them, and starters of these."""

from __future__ import annotations

import re
from pathlib import Path

from prt.files.store.disk import read_bytes, real_path
from prt.files.trace.disk_questions import (
    find_below,
    find_in,
    is_folder,
    is_on_disk,
    is_same_file,
    is_stored_file,
)
from prt.files.yaml.words import say_phrase, shipped_templates
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass

WORD_TEMPLATE = "report.docx"
BLOCK = re.compile(r"\{% block (\w+) %\}")
MACRO = re.compile(r"^\{% macro (\w+)\(.*?^\{%-? endmacro %\}\n", re.MULTILINE | re.DOTALL)


def own_file(folder: Path, *names: str) -> Path | None:
    """A template of a project; None where there is none.

    Mistake where a link leads out of the folder: a report would carry what stands there.
    """
    path = folder.joinpath(*names)
    if not is_stored_file(path):
        return None
    if not real_path(path).is_relative_to(real_path(folder.parent) / folder.name):
        said = f"templates/{'/'.join(names)} is a link to a file outside of templates/"
        raise Mistake("template_forbidden", said=said)
    return path


def read_word_template(own: Path | None) -> bytes:
    """The Word file that reports are made from: the project's own, else ours. PrtError where it is a link to
    a file outside of the folder."""
    try:
        path = own_file(own, WORD_TEMPLATE) if own else None
    except Mistake as mistake:
        raise PrtError(Problem.of(Place(f"templates/{WORD_TEMPLATE}"), mistake)) from mistake
    return read_bytes(path or shipped_templates() / WORD_TEMPLATE)


@dataclass(frozen=True)
class ShippedTemplate:
    """One template of prt: its blocks, or its macros, are what a project can change one by one."""

    name: str
    data: bytes

    @property
    def is_office(self) -> bool:
        """Is it a Word file, to be changed in Word?"""
        return self.name.endswith(".docx")

    @property
    def text(self) -> str:
        return "" if self.is_office else self.data.decode("utf-8")

    @property
    def blocks(self) -> list[str]:
        return BLOCK.findall(self.text)

    @property
    def macros(self) -> dict[str, str]:
        return {found[1]: found[0] for found in MACRO.finditer(self.text)}

    @property
    def pieces(self) -> list[str]:
        return self.blocks or list(self.macros)


def list_shipped() -> list[ShippedTemplate]:
    """Ours, by name; the words of reports are no template."""
    folder = shipped_templates()
    found = sorted([*find_in(folder, "*.j2"), *find_in(folder, "*.css"), *find_in(folder, "*.docx")])
    return [ShippedTemplate(path.name, read_bytes(path)) for path in found]


def own_templates_folder(root: Path) -> Path:
    """The project's templates. Of prt's own repository these are ours."""
    return root / "templates"


def own_template_names(root: Path) -> list[str]:
    """The names of the project's own templates, ours left out."""
    folder = own_templates_folder(root)
    if not is_folder(folder) or is_shipped_folder(root):
        return []
    return sorted(
        path.relative_to(folder).as_posix() for path in find_below(folder, "*") if is_stored_file(path)
    )


def is_shipped_folder(root: Path) -> bool:
    return is_folder(own_templates_folder(root)) and is_same_file(
        own_templates_folder(root), shipped_templates()
    )


def find_template(name: str) -> ShippedTemplate:
    known = list_shipped()
    for one in known:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in known)
    raise PrtError(Mistake("no_such_template", name=name, names=names), code=2)


def choose_piece(template: ShippedTemplate, name: str | None) -> str:
    """The block or the macro that is asked for; the outlook, or the first, where none is."""
    pieces = template.pieces
    if name is None:
        return "outlook" if "outlook" in pieces else pieces[0] if pieces else ""
    if name not in pieces:
        known = ", ".join(pieces) or say_phrase("none")
        raise PrtError(Mistake("no_such_block", template=template.name, name=name, known=known), code=2)
    return name


def starter_template(template: ShippedTemplate, piece: str) -> str:
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


def new_template_path(root: Path, name: str) -> Path:
    """The path of a new template of the project; PrtError where there is one already."""
    path = own_templates_folder(root) / name
    if is_shipped_folder(root):
        raise PrtError(Mistake("templates_of_prt"), code=2)
    if is_on_disk(path):
        raise PrtError(Mistake("template_there", name=name), code=2)
    return path
