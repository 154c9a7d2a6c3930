"""The rows of a plan year that its files have, and that cannot be read: they are left out, not removed."""

from __future__ import annotations

from collections.abc import Iterator

from prt.files.csv.reader import CsvFile
from prt.files.project import Year
from prt.problems import Problem, errors


def unread(year: Year) -> dict[tuple[str, str], Problem]:
    """(log, id) of every row that is left out, with its first error; (log, "") of a file without any row."""
    found: dict[tuple[str, str], Problem] = {}
    wrong = sorted(errors(year.problems))
    if not wrong:
        return found
    for model, path in year.model_files():
        file = year.files.get(model.log) or year.project.read_csv(path)
        for problem in wrong:
            if problem.where.file == file.shown:
                for name in ids_at(file, problem.where.line, model.id_column):
                    found.setdefault((model.log, name), problem)
    return found


def ids_at(file: CsvFile, line: int, column: str) -> Iterator[str]:
    """The id of the row on a line; an empty one where the error is of the whole file."""
    if line <= (file.head.line if file.head else 0) or not file.header:
        yield ""
    elif column in file.header and line <= len(file.lines):
        cells = file.lines[line - 1].split(file.dialect.delimiter)  # an id has none
        yield from (cell.strip(' "') for cell in cells[file.header.index(column) :][:1])
