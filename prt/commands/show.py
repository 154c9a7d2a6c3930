"""`prt show ID`: one row with every column, where it stands, what was corrected, and where it counts."""

from __future__ import annotations

from typing import Annotated

from prt.console import context
from prt.console.options import RowArgument, YearOption, check_format
from prt.console.signature import Option
from prt.tasks.find.pick_row import choose_row
from prt.tasks.show_row import show_row

Form = Annotated[str, Option("How to print: text or json.", name="--format", metavar="text|json")]


def show(row: RowArgument = None, year: YearOption = None, form: Form = "text") -> None:
    """One row: every column, its file and line, what was corrected, and where it counts."""
    how = check_format(form, ("text", "json"))
    project = context.open_project()
    show_row(project, choose_row(project, row, year, to_read=True), year, how)
