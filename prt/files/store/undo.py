"""`prt undo`: takes back what this laptop did last, if its rows are still as it left them.

A step that was never completed, because the power went, has nothing to take back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from prt.files.csv.dialect import byte_order_mark, ends_line
from prt.files.csv.edit import as_wide, change_rows, edited_row_text
from prt.files.csv.reader import CsvFile, Record
from prt.files.csv.rows import refuse_marked
from prt.files.project import table_models
from prt.files.provenance import PRIVATE, UNDONE
from prt.files.store import undo_log
from prt.files.store.disk import digest_of, remove_file, write_atomic
from prt.files.store.store import Action
from prt.files.store.undo_log import Step, cell_mark, cell_marks
from prt.model.view import group_by
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, replace

Corrections = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What steps wrote into corrections.csv: the cells of each note, by its id, of each log."""


@dataclass(frozen=True)
class UndoneStep:
    """What was taken back: `step` is added, edited, extended, reshaped or removed."""

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
    last_first, notes = steps[::-1], read_corrections(action, steps)
    rows = [step for step in last_first if step["log"] != undo_log.PLAN]
    refuse_changed_rows(action, rows, notes)  # of several edits of one row the last left it as it is
    undone = [done for some in group_steps(last_first) for done in undo_steps(action, some, notes)]
    undo_log.forget_action(root, lines, steps[0]["action"])
    return undone


def refuse_changed_rows(action: Action, last_first: Sequence[Step], notes: Corrections) -> None:
    """Stop if a row is not as the last step of it left it, and say what changed."""
    files = {step["log"]: action.year.read_table(step["log"]) for step in last_first}
    known = {log: records_by_id(file, log) for log, file in files.items()}
    seen = set[tuple[str, str]]()
    for step in last_first:
        log, file = step["log"], files[step["log"]]
        if step["step"] == "removed":
            if not step["header"] or file.header[: len(step["header"])] != step["header"]:
                raise PrtError(Problem.of(Place(file.shown), Mistake("columns_changed_since")))
            continue
        for row, left in step["rows"]:
            if (log, row) in seen:
                continue
            seen.add((log, row))
            refuse_marked(file, (one.line for one in known[log].get(row, ())))
            record = find_left_record(file, known[log], row, left)
            changed = changed_columns(file, record, left) if record and left else []
            if record and changed and not has_old_cells(notes, step, file, record):
                mistake = Mistake("row_changed_since", row=row, columns=", ".join(changed))
                raise PrtError(Problem.of(Place(file.shown, record.line), mistake))


def group_steps(last_first: Iterable[Step]) -> Iterator[list[Step]]:
    """Edits of different rows of one file are taken back in one rewrite of it, any other step alone."""
    some, rows = list[Step](), set[str]()
    for step in last_first:
        own = {row for row, _ in step["rows"]}
        if some and not (are_edits_of_one_file(some[0], step) and rows.isdisjoint(own)):
            yield some
            some, rows = [], set()
        some.append(step)
        rows |= own
    if some:
        yield some


def are_edits_of_one_file(one: Step, other: Step) -> bool:
    """Edits of a file that had the same encoding?"""
    if not one["step"] == other["step"] == "edited":
        return False
    return bool(one["log"] == other["log"] and one.get("encoding") == other.get("encoding"))


def undo_steps(action: Action, steps: Sequence[Step], notes: Corrections) -> list[UndoneStep]:
    """The edits of different rows of a file, or one step of another kind."""
    if steps[0]["step"] == "edited":
        return undo_edited(action, steps, notes)
    return [UNDO[step["step"]](action, step, notes) for step in steps]


def records_by_id(file: CsvFile, log: str) -> dict[str, list[Record]]:
    """The records of a file by their ids."""
    name = table_models()[log].id_column
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


def read_corrections(action: Action, steps: Sequence[Step]) -> Corrections:
    """What the steps wrote into corrections.csv, and into that of the private folder."""
    logs = {step["log"]: action.year.corrections_path_of(step["log"]) for step in steps}
    wanted = {number for step in steps for number in step.get("corrections", ())}
    found = {path: read_wanted(action.year.project.read_csv(path), wanted) for path in {*logs.values()}}
    return {log: found[path] for log, path in logs.items()}


def read_wanted(file: CsvFile, wanted: Container[str]) -> dict[str, dict[str, str]]:
    """Corrections by their ids, with every cell as it stands there."""
    ids = [file.cell(record, "id") for record in file.records]
    pairs = zip(ids, file.records, strict=True)
    return {number: file.cells(record) for number, record in pairs if number in wanted}


def step_corrections(notes: Corrections, step: Step) -> list[Mapping[str, str]]:
    found = notes[step["log"]]
    return [found[number] for number in step["corrections"] if number in found]


def old_cells(notes: Corrections, step: Step) -> dict[str, str]:
    """What the cells of an edited row were."""
    return {note["column"]: note["old"] for note in step_corrections(notes, step)}


def has_old_cells(notes: Corrections, step: Step, file: CsvFile, record: Record) -> bool:
    """Has the row still its old cells, because the edit was never completed?"""
    old = old_cells(notes, step) if step["step"] == "edited" else {}
    return bool(old) and all(
        cell_mark(file.cell(record, name)) == cell_mark(text) for name, text in old.items()
    )


def undo_added(action: Action, step: Step, notes: Corrections) -> UndoneStep:
    """The rows go; the file has the bytes that it had if nothing else was added."""
    file = action.year.read_table(step["log"])
    known = records_by_id(file, step["log"])
    found = [(row, find_left_record(file, known, row, left)) for row, left in step["rows"]]
    records = [(row, record) for row, record in found if record]
    removed = [
        action.correction("removed", file, row, UNDONE, old=file.text(record)[0])
        for row, record in records
        if step["log"] not in PRIVATE  # what is taken back of a private file is gone
    ]
    if records:
        action.correct(step["log"], removed)
        change_rows(file, {record.line: None for _, record in records})
        trim_file(action, step)
    return UndoneStep("added", step["log"], tuple(row for row, _ in records))


def trim_file(action: Action, step: Step) -> None:
    """Take away what came with the first row: the file and its header, or the line end that was missing."""
    path, file = action.year.table_path(step["log"]), action.year.read_table(step["log"])
    if step["size"] == 0 and not file.records and not file.problems:
        remove_file(path)
    elif step["size"] and file.raw[step["size"] :] == file.dialect.encode(file.dialect.newline):
        write_atomic(path, file.raw[: step["size"]], file.shown, known=file.raw)


def undo_edited(action: Action, steps: Sequence[Step], notes: Corrections) -> list[UndoneStep]:
    """The old cells come back."""
    log, file = steps[0]["log"], action.year.read_table(steps[0]["log"])
    known, file = records_by_id(file, log), restore_encoding(file, steps[0])
    texts, undone = dict[int, str](), list[UndoneStep]()
    for step in steps:
        [(row, left)] = step["rows"]
        record, old = find_left_record(file, known, row, left), old_cells(notes, step)
        if not record or not old:
            undone.append(UndoneStep("edited", log, ()))
            continue
        restored = [
            action.correction(
                "restored", file, row, UNDONE, column=name, old=file.cell(record, name), new=text
            )
            for name, text in old.items()
            if file.cell(record, name) != text
        ]
        if restored:
            texts[record.line] = edited_row_text(file, record, old)
        undone.append(UndoneStep("edited", log, (row,), tuple(restored)))
    if texts:
        action.correct(log, [note for one in undone for note in one.notes])
        change_rows(file, texts)
    return undone


def undo_reshaped(action: Action, step: Step, notes: Corrections) -> UndoneStep:
    """The ids that were given go, and the file ends its lines and begins as it did."""
    file, name = action.year.read_table(step["log"]), table_models()[step["log"]].id_column
    given, ends = {row for row, _ in step["rows"]}, dict(step["breaks"])
    texts = dict[int, str]()
    for record in file.records:
        if file.cell(record, name).strip() in given:
            texts[record.line] = edited_row_text(file, record, {name: ""})
        if record.line in ends and len(file.lines) == step["lines"]:
            text = texts.get(record.line) or "".join(file.text(record))
            texts[record.line] = text.rstrip("\r\n") + ends[record.line]
    if texts:
        change_rows(file, texts)
    file = action.year.read_table(step["log"])
    if step["mark"] and (mark := byte_order_mark(file.raw, file.dialect.encoding)):
        write_atomic(file.path, file.raw[len(mark) :], file.shown, known=file.raw)
    return UndoneStep("reshaped", step["log"], (file.shown,))


def undo_extended(action: Action, step: Step, notes: Corrections) -> UndoneStep:
    """What was added to the plan goes, from where it stood: as many bytes from the file's beginning, or from
    its end. PrtError where neither is it any more."""
    path, project = action.year.path, action.year.project
    raw, size = project.cache.read_bytes(path), step["size"]
    places = (step["at"], len(raw) - step["whole"] + step["at"])
    at = next((one for one in places if one >= 0 and digest_of(raw[one : one + size]) == step["mark"]), None)
    [(handle, _)] = step["rows"]
    if at is None:
        mistake = Mistake("plan_changed_since", indicator=handle)
        raise PrtError(Problem.of(Place(project.shown(path)), mistake))
    write_atomic(path, raw[:at] + raw[at + size :], project.shown(path), known=raw)
    project.plans.pop(path, None)
    return UndoneStep("extended", step["log"], (handle,))


def undo_removed(action: Action, step: Step, notes: Corrections) -> UndoneStep:
    """Each line comes back where it stood under its row; at the end, if that row is gone."""
    log, file = step["log"], restore_encoding(action.year.read_table(step["log"]), step)
    lines = {note["id"]: note["old"] for note in step_corrections(notes, step)}
    known, returned = records_by_id(file, log), ReturnedLines(file, log)
    restored = []
    parts = zip(step["rows"], step["corrections"], step["before"], step["ends"], strict=True)
    for (row, _), number, above, end in sorted(parts, key=lambda part: part[2][1]):
        if number in lines and not find_left_record(file, known, row, {}) and not returned.has(row):
            restored.append(action.correction("restored", file, row, UNDONE, new=lines[number]))
            returned.put(row, as_wide(lines[number], file) + end, *above)
    if restored:
        action.correct(log, restored)
        change_rows(file, {}, returned.texts())
    return UndoneStep("removed", log, tuple(note["row"] for note in restored))


def restore_encoding(file: CsvFile, step: Step) -> CsvFile:
    """The file in the encoding of before: without its only é a cp1252 file looks like any other."""
    encoding = step.get("encoding", "")
    if encoding != "cp1252" or not file.raw.isascii():
        return file
    return replace(file, dialect=replace(file.dialect, encoding=encoding))


class ReturnedLines:
    """The lines that come back, by the line of the file after which they stand, each with its row."""

    def __init__(self, file: CsvFile, log: str) -> None:
        name = table_models()[log].id_column
        self.file = file
        self.ends = {file.cell(record, name).strip(): record.end - 1 for record in file.records}
        self.begun = {record.line for record in file.records}
        self.after = defaultdict[int, list[tuple[str, str]]](list)
        self.places = dict[str, int]()

    def has(self, row: str) -> bool:
        return row in self.places

    def put(self, row: str, text: str, above: str, line: int, empty: int = 0) -> None:
        """Under the row above, or under the header where it was the first, and the `empty` lines under that,
        as many as are left; at the end of the file where the row above is gone."""
        place, at = self.place_under(above, line)
        last = len(self.file.lines)
        while empty and at == len(self.after[place]) and place < last and place + 1 not in self.begun:
            place, at, empty = place + 1, 0, empty - 1
        self.after[place].insert(at, (row, text))
        self.places[row] = place

    def place_under(self, above: str, line: int) -> tuple[int, int]:
        """The line of the file under a row, and after how many of the lines that come back there."""
        if not above:
            return self.file.head.end - 1 if self.file.head else line, 0
        if above not in self.places:
            end = self.ends.get(above)
            last = len(self.file.lines)
            return (last, len(self.after[last])) if end is None else (end, 0)
        place = self.places[above]
        there = self.after[place]
        is_last = there[-1][0] == above  # as nearly always
        return place, len(there) if is_last else [row for row, _ in there].index(above) + 1

    def texts(self) -> dict[int, str]:
        """The lines that come back at each place, as one text; no line is glued to the next."""
        newline = self.file.dialect.newline
        return {
            place: "".join(
                text if at == len(some) or ends_line(text) else text + newline
                for at, (_, text) in enumerate(some, 1)
            )
            for place, some in self.after.items()
            if some
        }


UNDO = {
    "added": undo_added,
    "extended": undo_extended,
    "reshaped": undo_reshaped,
    "removed": undo_removed,
}
