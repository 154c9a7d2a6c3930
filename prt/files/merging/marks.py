"""Files in which git left both versions between its marks, as two sides; and removed rows that are back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from prt.files.csv.dialect import byte_order_mark, codec, decode, error_handler, split_lines
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.csv.shape import MERGE_LINE, MERGE_SIGNS
from prt.files.merging.copies import OF_PROJECT, OF_YEAR, Copy, Twin
from prt.files.merging.mark_lines import OF_PROSE
from prt.files.merging.merge import FileMerge, Writer, keep_copy, merge_copy
from prt.files.merging.settle import Choices, OpenCell
from prt.files.merging.sides import Sides
from prt.files.merging.tables import table_of
from prt.files.project import Project
from prt.files.provenance import PRIVATE
from prt.files.rooms import plan_years
from prt.files.store.disk import read_bytes, write_atomic
from prt.files.trace.disk_questions import find_in, is_stored_file
from prt.model.merging.tables import Conflict, Key, Merged, Side, Table, key_of
from prt.model.merging.two_way import REMOVED, by_subject
from prt.model.records import Correction
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass

OURS, BASE, BETWEEN, THEIRS = MERGE_SIGNS


@dataclass(frozen=True)
class Block:
    """Lines that are the same on both sides, or (a `line` number) those of each side between marks."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    line: int = 0


def read_blocks(text: str, marks: re.Pattern[str], shown: str) -> list[Block]:
    """The blocks of a text; PrtError where a mark is missing."""
    blocks: list[Block] = []
    sides: dict[str, list[str]] = {}
    state, begun = "", 0
    for number, line in enumerate(split_lines(text), 1):
        found = marks.match(line)
        sign = found[1] if found and (state or found[1] == OURS) else ""
        if not sign:
            if state:
                sides[state].append(line)
            else:
                blocks.append(Block((line,), (line,)))
        elif (state, sign) in ORDER:
            state = ORDER[state, sign]
            if sign == OURS:
                sides, begun = {OURS: [], BASE: [], BETWEEN: []}, number
            elif sign == THEIRS:
                blocks.append(Block(tuple(sides[OURS]), tuple(sides[BETWEEN]), begun))
        else:
            raise PrtError(Problem.of(Place(shown, number), Mistake("marks_incomplete", sign=sign)))
    if state:
        raise PrtError(Problem.of(Place(shown, begun), Mistake("marks_incomplete", sign=OURS)))
    return blocks


ORDER = {
    ("", OURS): OURS,
    (OURS, BASE): BASE,
    (OURS, BETWEEN): BETWEEN,
    (BASE, BETWEEN): BETWEEN,
    (BETWEEN, THEIRS): "",
}
"""Which mark may follow where."""


def side_of(blocks: Iterable[Block], side: Side) -> str:
    return "".join(line for block in blocks for line in (block.ours if side == "ours" else block.theirs))


def with_text(raw: bytes, text: str) -> bytes:
    """A text as bytes, in the encoding that the bytes of a file are in."""
    encoding = decode(raw)[1]
    return byte_order_mark(raw, encoding) + text.encode(codec(encoding), error_handler(encoding))


class MarkedSides(Sides):
    """Our side and theirs of the same files."""

    def __init__(self, project: Project, twins: Sequence[Twin]) -> None:
        self.halves: dict[Path, tuple[CsvFile, CsvFile]] = {}
        super().__init__(project, Copy(tuple(twins)))

    def split(self, path: Path) -> tuple[CsvFile, CsvFile]:
        """The file as each side has it; twice the same where it has no marks."""
        if path not in self.halves:
            file, shown = self.project.read_csv(path), self.project.shown(path)
            if has_marks(file.raw):
                blocks = read_blocks(decode(file.raw)[0], MERGE_LINE, shown)
                ours, theirs = (
                    parse_csv(with_text(file.raw, side_of(blocks, side)), path, shown) for side in SIDES
                )
                self.halves[path] = ours, theirs
            else:
                self.halves[path] = file, file
        return self.halves[path]

    def our_file(self, path: Path) -> CsvFile:
        return self.split(path)[0]

    def read_theirs(self, twin: Twin) -> CsvFile:
        return self.split(twin.ours)[1]

    def is_written_anyway(self, twin: Twin) -> bool:
        return self.our_file(twin.ours) is not self.theirs[twin]

    def review(self, twin: Twin, merged: Merged, ours: Table) -> None:
        """Removed rows that stand there again, and those between marks where one side has none: it removed
        what the other changed."""
        notes, alone = by_subject(self.notes[self.is_private(twin.ours)][0]), self.alone_between_marks(twin)
        asked = {conflict.key for conflict in merged.conflicts}
        for key, at in ours.by_key.items():
            last = notes.get((twin.ours.stem, key[0], ""), [])[-1:]
            back = bool(last) and last[0].action == REMOVED and at not in merged.removed
            if (back or key in alone) and key not in asked and at not in merged.removed:
                merged.conflicts.append(Conflict(key, at, ours.rows[at], None))
        for row in list(merged.added):
            if (key := key_of(row, ours.identity)) in alone:
                merged.added.remove(row)
                merged.conflicts.append(Conflict(key, None, None, row))

    def alone_between_marks(self, twin: Twin) -> set[Key]:
        if not self.is_written_anyway(twin):
            return set()
        file, found = self.our_file(twin.ours), set[Key]()
        header = file.text(file.head) if file.head else ("", "")
        blocks = read_blocks(decode(self.project.read_csv(twin.ours).raw)[0], MERGE_LINE, file.shown)
        for block in (block for block in blocks if block.line and not (block.ours and block.theirs)):
            text = "".join([*header, *block.ours, *block.theirs])
            half = parse_csv(with_text(file.raw, text), twin.ours, file.shown)
            found |= set(table_of(half, self.model(twin)).keys)
        return found - {()}


SIDES: tuple[Side, Side] = ("ours", "theirs")


def has_marks(raw: bytes) -> bool:
    return any(sign in raw for sign in (OURS.encode(), OURS.encode("utf-16-le")))


def settle_marks(project: Project, writer: Writer) -> list[FileMerge]:
    """Both versions of each file with marks as one, and rows that are back, as somebody chooses."""
    done: list[FileMerge] = []
    twins = []
    for path in tables_of(project):
        try:
            if has_marks(read_bytes(path)):
                read_blocks(decode(read_bytes(path))[0], MERGE_LINE, project.shown(path))
            twins.append(Twin(path, path))
        except PrtError as error:
            done.append(unread_file(project, path, error))
    found = merge_copy(MarkedSides(project, twins), writer)
    done += [one for one in found if one.has_news or not one.is_merged]
    return done + [one for path in texts_of(project) for one in settle_text(project, path, writer.choices)]


def unread_file(project: Project, path: Path, error: PrtError) -> FileMerge:
    shown = project.shown(path)
    problems = [one for one in error.problems if isinstance(one, Problem)]
    return FileMerge(shown, shown, problems=problems)


def tables_of(project: Project) -> Iterator[Path]:
    folders = [(project.root / "data" / year, OF_YEAR) for year in reversed(plan_years(project))]
    folders += [(project.root / "data", OF_PROJECT), (project.private, (*PRIVATE, Correction.log))]
    for folder, names in folders:
        yield from (path for path in (folder / f"{name}.csv" for name in names) if is_stored_file(path))


def texts_of(project: Project) -> Iterator[Path]:
    """What people write, and git merges as text."""
    for pattern in ("plan/*.yaml", "data/*/notes/*.md", "templates/**/*"):
        yield from (path for path in sorted(find_in(project.root, pattern)) if is_stored_file(path))


def settle_text(project: Project, path: Path, choices: Choices) -> Iterator[FileMerge]:
    """A text with marks, block by block; as it was it is kept in `.prt/merged`."""
    raw, shown = read_bytes(path), project.shown(path)
    if not has_marks(raw):
        return
    try:
        blocks = read_blocks(decode(raw)[0], OF_PROSE_AND_BETWEEN, shown)
    except PrtError as error:
        yield unread_file(project, path, error)
        return
    if not any(block.line for block in blocks):
        return
    one, text = FileMerge(shown, shown, is_split=True), ""
    for block in blocks:
        name = f"{shown}:{block.line}"
        side = choices.side(name) if block.line else "ours"
        if side is None:
            texts = ("".join(block.ours).strip(), "".join(block.theirs).strip())
            one.asked.append(OpenCell(shown, name, "", *texts, {}, is_of_both=True))
        elif block.line:
            one.taken.append(side)
        text += "".join(block.ours if side == "ours" else block.theirs)
    if one.is_merged:
        one.is_put_away = keep_copy(project, path)
        write_atomic(path, with_text(raw, text), shown, known=raw)
    yield one


OF_PROSE_AND_BETWEEN = re.compile(OF_PROSE.pattern.replace("(<{7}", r"(<{7}|\|{7}|={7}"))
"""Between its marks git puts lines that elsewhere may be prose."""
