"""`prt templates`: what reports are made from, and how a project changes a part of it."""

from __future__ import annotations

from typing import Annotated

from prt.console import context
from prt.console.signature import Argument, CommandGroup, Option
from prt.files.outputs import create_own_file
from prt.files.templates import (
    choose_piece,
    find_template,
    list_shipped,
    new_template_path,
    own_template_names,
    starter_template,
)
from prt.files.yaml.words import say_phrase, shipped_templates


def list_templates() -> None:
    """The templates of prt, and which of them this project has its own of."""
    own = own_template_names(context.open_project().root)
    known = list_shipped()
    print(say_phrase("templates_in", folder=shipped_templates()))
    for one in known:
        print(f"  {one.name:<16}  {say_phrase('template_own' if one.name in own else 'template_ours')}")
        if one.pieces:
            kind = "template_blocks" if one.blocks else "template_macros"
            print(f"  {'':<16}  {say_phrase(kind, names=', '.join(one.pieces))}")
    if other := [name for name in own if name not in {one.name for one in known}]:
        print(say_phrase("templates_besides", names=", ".join(other)))
    print(say_phrase("templates_change"))


def copy(
    name: Annotated[str, Argument("A template of prt.", metavar="[NAME]")] = "report.md.j2",
    block: Annotated[str | None, Option("The block, or the macro, to change.", metavar="BLOCK")] = None,
    whole: Annotated[bool, Option("The whole template, to change all of it.")] = False,
) -> None:
    """Put a starter into the project's templates/ that changes one block or macro, or the whole template."""
    project, template = context.open_project(), find_template(name)
    data = template.data
    if block or not (whole or template.is_office):
        data = starter_template(template, choose_piece(template, block)).encode("utf-8")
    path = new_template_path(project.root, template.name)
    create_own_file(project, path, data, "prt templates copy", context.now())
    print(say_phrase("template_made", path=project.shown(path)))


templates = CommandGroup(
    "What reports are made from; a project may change a part.", {"list": list_templates, "copy": copy}
)
