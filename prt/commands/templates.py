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
from prt.files.yaml.words import shipped_templates


def list_templates() -> None:
    """The templates of prt, and which of them this project has its own of."""
    own = own_template_names(context.open_project().root)
    known = list_shipped()
    print(f"Templates of prt, in {shipped_templates()}:")
    for one in known:
        print(f"  {one.name:<16}  {'overridden by this project' if one.name in own else 'used as it is'}")
        if one.pieces:
            print(f"  {'':<16}  {'blocks' if one.blocks else 'macros'}: {', '.join(one.pieces)}")
    if other := [name for name in own if name not in {one.name for one in known}]:
        print(f"The project's own besides: {', '.join(other)}")
    print("To change a part of one: prt templates copy report.md.j2 --block outlook")


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
    print(f"{project.shown(path)}: made. The next prt report uses it; without the file, prt's own is used.")


templates = CommandGroup(
    "What reports are made from; a project may change a part.", {"list": list_templates, "copy": copy}
)
