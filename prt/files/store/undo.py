"""`prt undo`: takes back what this laptop did last, if its rows are still as it left them.

A step that was never completed, because the power went, has nothing to take back.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from prt.files.csv.dialect import byte_order_mark
from prt.files.csv.edit import edited_row_text, rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.project import table_model
from prt.files.provenance import PRIVATE, UNDONE
from prt.files.store import undo_log
from prt.files.store.disk import remove_file, write_atomic
from prt.files.store.store import Action
from prt.files.store.undo_log import Step, cell_mark, cell_marks
from prt.model.view import group_by
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, replace


@dataclass(frozen=True)
class UndoneStep:
    """What was taken back: `step` is added, edited, reshaped or removed."""

    step: str
    log: str
    ids: tuple[str, ...]
    notes: tuple[Mapping[str, str], ...] = ()


def undo_action(action: Action, steps: list[Step]) -> list[UndoneStep]:
    """All steps of one action, the last first; none if a row was changed since. `action` has the lock."""
    root = action.year.project.root
    lines = undo_log.read_lines(root)
    if undo_log.last_action(undo_log.parse_steps(lines), action.who) != steps:
        raise PrtError(Mistake("another_prt_wrote"))
    seen = set[tuple[str, str]]()
    for step in reversed(steps):  # of several edits of one row the last left it as it is
        refuse_changed_rows(action, step, seen)
    undone = [UNDO[step["step"]](action, step) for step in reversed(steps)]
    undo_log.forget_action(root, lines, steps[0]["action"])
    return undone


def refuse_changed_rows(action: Action, step: Step, seen: set[tuple[str, str]]) -> None:
    """Stop if a row that was not `seen` is not as the step left it, and say what changed."""
    file = action.year.read_table(step["log"])
    if step["step"] == "removed":
        if file.header != step["header"]:
            raise PrtError(Problem.of(Place(file.shown), Mistake("columns_changed_since")))
        return
    known = records_by_id(file, step)
    for row, left in step["rows"]:
        if (step["log"], row) in seen:
            continue
        seen.add((step["log"], row))
        record = find_left_record(file, known, row, left)
        changed = changed_columns(file, record, left) if record and left else []
        if (
            record
            and changed
            and not (step["step"] == "edited" and has_old_cells(action, step, file, record))
        ):
            mistake = Mistake("row_changed_since", row=row, columns=", ".join(changed))
            raise PrtError(Problem.of(Place(file.shown, record.line), mistake))


def records_by_id(file: CsvFile, step: Step) -> dict[str, list[Record]]:
    """The records of a file by their ids."""
    name = table_model(step["log"]).id_column
    return group_by(file.records, lambda record: file.cell(record, name).strip())


def find_left_record(
    file: CsvFile, known: Mapping[str, list[Record]], row: str, left: Mapping[str, str]
) -> Record | None:
    """The row's record: of several with one id (the roles of a person) the one that is as it was left."""
    found = known.get(row, [])
    same = [record for record in found if not changed_columns(file, record, left)]
    return next(iter(same or found), None)


def changed_columns(file: CsvFile, record: Record, left: Mapping[str, str]) -> list[str]:
    now = cell_marks("", file.cells(record))
    return [name for name in file.header if now.get(name) != left.get(name)]


def step_corrections(action: Action, step: Step) -> list[dict[str, str]]:
    """What the step wrote into corrections.csv, with every cell as it stands there."""
    file = action.year.project.read_csv(action.year.corrections_path_of(step["log"]))
    found = {file.cell(record, "id"): file.cells(record) for record in file.records}
    return [found[number] for number in step["corrections"] if number in found]


def old_cells(action: Action, step: Step) -> dict[str, str]:
    """What the cells of an edited row were."""
    return {note["column"]: note["old"] for note in step_corrections(action, step)}


def has_old_cells(action: Action, step: Step, file: CsvFile, record: Record) -> bool:
    """Has the row still its old cells, because the edit was never completed?"""
    old = old_cells(action, step)
    return bool(old) and all(
        cell_mark(file.cell(record, name)) == cell_mark(text) for name, text in old.items()
    )


def undo_added(action: Action, step: Step) -> UndoneStep:
    """The rows go; the file has the bytes that it had if nothing else was added."""
    file = action.year.read_table(step["log"])
    known = records_by_id(file, step)
    found = [(row, find_left_record(file, known, row, left)) for row, left in step["rows"]]
    records = [(row, record) for row, record in found if record]
    notes = [
        action.correction("removed", file, row, UNDONE, old=file.text(record)[0])
        for row, record in records
        if step["log"] not in PRIVATE  # what is taken back of a private file is gone
    ]
    if records:
        action.correct(step["log"], notes)
        rewrite(file, {record.line: None for _, record in records})
        trim_file(action, step)
    return UndoneStep("added", step["log"], tuple(row for row, _ in records))


def trim_file(action: Action, step: Step) -> None:
    """Take away what came with the first row: the file and its header, or the line end that was missing."""
    path, file = action.year.table_path(step["log"]), action.year.read_table(step["log"])
    if step["size"] == 0 and not file.records and not file.problems:
        remove_file(path)
    elif step["size"] and file.raw[step["size"] :] == file.dialect.encode(file.dialect.newline):
        write_atomic(path, file.raw[: step["size"]], file.shown, known=file.raw)


def undo_edited(action: Action, step: Step) -> UndoneStep:
    """The old cells come back."""
    file = action.year.read_table(step["log"])
    [(row, left)] = step["rows"]
    record, old = find_left_record(file, records_by_id(file, step), row, left), old_cells(action, step)
    file = restore_encoding(file, step)
    if not record or not old:
        return UndoneStep("edited", step["log"], ())
    notes = [
        action.correction("restored", file, row, UNDONE, column=name, old=file.cell(record, name), new=text)
        for name, text in old.items()
        if file.cell(record, name) != text
    ]
    if notes:
        action.correct(step["log"], notes)
        rewrite(file, {record.line: edited_row_text(file, record, old)})
    return UndoneStep("edited", step["log"], (row,), tuple(notes))


def undo_reshaped(action: Action, step: Step) -> UndoneStep:
    """The ids that were given go, and the file ends its lines and begins as it did."""
    file, name = action.year.read_table(step["log"]), table_model(step["log"]).id_column
    given, ends = {row for row, _ in step["rows"]}, dict(step["breaks"])
    texts = dict[int, str]()
    for record in file.records:
        if file.cell(record, name).strip() in given:
            texts[record.line] = edited_row_text(file, record, {name: ""})
        if record.line in ends and len(file.lines) == step["lines"]:
            text = texts.get(record.line) or "".join(file.text(record))
            texts[record.line] = text.rstrip("\r\n") + ends[record.line]
    if texts:
        rewrite(file, texts)
    file = action.year.read_table(step["log"])
    if step["mark"] and (mark := byte_order_mark(file.raw, file.dialect.encoding)):
        write_atomic(file.path, file.raw[len(mark) :], file.shown, known=file.raw)
    return UndoneStep("reshaped", step["log"], (file.shown,))


def undo_removed(action: Action, step: Step) -> UndoneStep:
    """Put removed lines back, each below the row that it stood below; at the end if that row is gone."""
    lines = {note["id"]: note["old"] for note in step_corrections(action, step)}
    back = []
    parts = zip(step["rows"], step["corrections"], step["before"], step["ends"], strict=True)
    for (row, _), number, above, end in sorted(parts, key=lambda part: part[2][1]):
        file = restore_encoding(action.year.read_table(step["log"]), step)
        if number in lines and not find_left_record(file, records_by_id(file, step), row, {}):
            note = action.correction("restored", file, row, UNDONE, new=lines[number])
            action.correct(step["log"], [note])
            rewrite(file, {}, {line_above(file, step["log"], *above): lines[number] + end})
            back.append(row)
    return UndoneStep("removed", step["log"], tuple(back))


def restore_encoding(file: CsvFile, step: Step) -> CsvFile:
    """The file in the encoding of before: without its only é a cp1252 file looks like any other."""
    encoding = step.get("encoding", "")
    if encoding != "cp1252" or not file.raw.isascii():
        return file
    return replace(file, dialect=replace(file.dialect, encoding=encoding))


def line_above(file: CsvFile, log: str, above: str, line: int, empty: int = 0) -> int:
    """The line after which a row stood: that of the row above, or of the header where it was the first, and
    the `empty` lines under it, as many as are left; the file's last where the row above is gone."""
    name = table_model(log).id_column
    ends = {file.cell(record, name).strip(): record.end - 1 for record in file.records}
    header = file.head.end - 1 if file.head else line
    after = ends.get(above, len(file.lines)) if above else header
    taken = {record.line for record in file.records}
    under = range(after + 1, min(after + empty, len(file.lines)) + 1)
    return after + len(list(takewhile(lambda one: one not in taken, under)))


UNDO = {"added": undo_added, "edited": undo_edited, "reshaped": undo_reshaped, "removed": undo_removed}
