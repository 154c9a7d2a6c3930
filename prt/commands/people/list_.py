"""`prt people list`: everybody's roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prt.console import context, screen
from prt.console.options import FormatOption, YearOption, check_format
from prt.files.project import Year
from prt.model.records import PersonRecord
from prt.output.screens.cell_words import is_whole, name_cell, say_cell
from prt.output.tables import Heading, Table, render
from prt.output.words import Words

WIDE = 110


def list_(year: YearOption = None, form: FormatOption = "table") -> None:
    """Everybody's roles; names only for those who have the private folder."""
    how, opened = check_format(form), context.open_year(year)
    names = {number: str(row["name"]) for number, row in opened.project.names().items()}
    width = screen.width()
    words = Words(context.session_language() if how == "table" else "en", opened.plan)
    raw = how in ("csv", "json")
    table = people_table(opened, names, words, width if how == "table" else None, raw=raw)
    print(render(table, how, width))


def people_table(
    year: Year, names: Mapping[str, str], words: Words, width: int | None = None, *, raw: bool = False
) -> Table:
    """A row for each role, in words, or `raw` for programs; a narrow terminal shows neither centre nor year
    of welcome."""
    columns: Sequence[str] = ("id", "role", "board", "centre", "start", "end", "new_in")
    if width and width < WIDE:
        columns = [name for name in columns if name not in ("centre", "new_in")]
    headings = [
        Heading(name, name_cell(words, "people", name), whole=is_whole(PersonRecord, name))
        for name in columns
    ]
    rows = [
        tuple(row[name] if raw else say_cell(words, row, name) for name in columns)
        for row in year.data.people
    ]
    if names:
        headings.insert(1, Heading("name", name_cell(words, "names", "name")))
        rows = [(row[0], names.get(row[0]), *row[1:]) for row in rows]
    return Table(tuple(headings), tuple(rows))
