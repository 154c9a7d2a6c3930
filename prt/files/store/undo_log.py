"""`.prt/undo.jsonl`: what this laptop did last, as ids and check marks, without a value; git ignores it.

A line is one step; the steps of one command have the same `action`, and `prt undo` takes them back together,
if the person who did them asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any
from zlib import crc32

from prt.files.project import table_models
from prt.files.provenance import PRIVATE
from prt.files.store.disk import add_line, cut_file, read_bytes, remove_file, write_atomic
from prt.files.store.refusals import warn
from prt.files.yaml.words import say_phrase
from prt.problems import NO_NAMES, Mistake, Place, Problem, PrtError
from prt.text import convert_texts

Step = dict[str, Any]
SHOWN = ".prt/undo.jsonl"
PLAN = "plan"
"""What stands in the place of a log where the plan of the year was written."""
ALWAYS = {"action": str, "year": str, "log": str, "rows": list}
PARTS: dict[str, dict[str, type]] = {
    "added": {"size": int},
    "edited": {"corrections": list},
    "extended": {"at": int, "size": int, "whole": int, "mark": str},
    "reshaped": {"mark": bool, "breaks": list, "lines": int},
    "removed": {"corrections": list, "before": list, "ends": list, "header": list},
}
"""The fields of a step, by the kind of step."""
ALONGSIDE = ("rows", "corrections", "before", "ends")
"""The lists of a removal that have one entry for each row."""


def cell_marks(log: str, row: Mapping[str, str]) -> dict[str, str]:
    """A mark for each cell that is not empty, by which a later change is seen; none of a name.

    A spreadsheet that saves 1.25 as 1,25 has changed nothing.
    """
    if log in PRIVATE:
        return {}
    return {name: known_mark(text) for name, text in row.items() if text.strip()}


def column_marks(log: str, columns: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """A mark for each cell of a table, by column; it is "" for an empty cell. An id is its own mark."""
    own = table_models()[log].id_column
    if log in PRIVATE:
        return {}
    return {name: convert_texts(texts, marks_of) for name, texts in columns.items() if name != own}


def marks_of(texts: Sequence[str]) -> list[str]:
    """The mark of each text; "" of an empty one. Spaces around it and a decimal comma are no difference."""
    stripped = [*map(str.strip, texts)]
    if "," in "".join(texts):
        stripped = [text.replace(",", ".") for text in stripped]
    encoded = (text.encode("utf-8", "surrogatepass") for text in stripped)
    return [crc32(one).to_bytes(4, "big").hex() if one else "" for one in encoded]


def cell_mark(text: str) -> str:
    return marks_of([text])[0]


known_mark = lru_cache(maxsize=100_000)(cell_mark)


def note_steps(root: Path, steps: Sequence[Step]) -> bool:
    """Add steps. Losing one in a power cut loses a way back, not a row: it is not waited for.

    Where it cannot be written there is no way back at all, for an older one would be the wrong one: False.
    """
    path = undo_path(root)
    try:
        add_line(path, "\n".join(map(json.dumps, steps)).encode())
    except (OSError, PrtError) as error:
        forget_all(root)
        why = getattr(error, "strerror", None) or error
        warn(say_phrase("warning", text=say_phrase("no_way_back", error=why)))
        return False
    return True


def forget_all(root: Path) -> None:
    """Nothing can be taken back any more."""
    path = undo_path(root)
    with suppress(OSError, PrtError):
        cut_file(path, 0)
        return
    with suppress(OSError, PrtError):
        remove_file(path)


def last_action(steps: Sequence[Step], who: str = "", names: Mapping[str, str] = NO_NAMES) -> list[Step]:
    """Of all steps those of this person's last action, in the order in which they were done; empty where
    there is none at all. `names` are what messages call people, by id.

    On a shared drive others write here too: theirs are never taken back, and neither is an older action
    where the note of a newer one cannot be read (PrtError).
    """
    last = next(
        (step for step in reversed(steps) if not step or not who or step_author(step) in ("", who)), None
    )
    if not steps:
        return []
    if last is None or (last and step_author(last) not in ("", who)):
        raise anothers_action(step_author(last or steps[-1] or {}), who, names)
    if not last:
        raise damaged_note(max(number for number, step in enumerate(steps, 1) if not step))
    first = next(at for at, step in enumerate(steps) if step.get("action") == last["action"])
    if damaged := [number for number, step in enumerate(steps, 1) if not step and number > first]:
        raise damaged_note(damaged[-1])
    return [step for step in steps if step.get("action") == last["action"]]


def step_author(step: Step) -> str:
    return str(step.get("who", ""))


def anothers_action(their: str, who: str, names: Mapping[str, str]) -> PrtError:
    mine = say_phrase("you_are", who=names.get(who, who)) if who else ""
    return PrtError(Mistake("undo_of_another", their=names.get(their, their), mine=mine, id=their))


def damaged_note(line: int) -> PrtError:
    return PrtError(Problem.of(Place(SHOWN, line), Mistake("undo_note_damaged")))


def forget_action(root: Path, lines: Iterable[bytes], action: str) -> None:
    """Take out the steps of an action, of the lines that the file has; every other line stays as it is."""
    kept = [line for line in lines if parse_step(line).get("action") != action]
    write_atomic(undo_path(root), b"".join(line + b"\n" for line in kept), SHOWN)


def read_steps(root: Path) -> list[Step]:
    """All steps; an empty one for a line that a crash cut."""
    return parse_steps(read_lines(root))


def parse_steps(lines: Iterable[bytes]) -> list[Step]:
    return list(map(parse_step, lines))


def read_lines(root: Path) -> list[bytes]:
    """The lines, without those that are blank. PrtError where the file cannot be read at all."""
    try:
        return [line for line in read_bytes(undo_path(root)).split(b"\n") if line.strip()]
    except FileNotFoundError:
        return []
    except OSError as error:
        mistake = Mistake("undo_unreadable", error=error.strerror or error)
        raise PrtError(Problem.of(Place(SHOWN), mistake)) from error


def parse_step(line: bytes) -> Step:
    """The step of a line; an empty one if the line is damaged."""
    try:
        step = row_by_row(json.loads(line))
    except (ValueError, RecursionError):
        return {}
    return step if is_whole(step) else {}


def row_by_row(step: Any) -> Step:
    """The step with the marks of each row, which stand by column where rows were added. Raises ValueError."""
    if not isinstance(step, dict):
        raise ValueError("no step")
    rows, columns = step.get("rows"), step.pop("marks", None)
    if columns is None:
        return step
    if not (isinstance(rows, list) and isinstance(columns, dict)):
        raise ValueError("no rows")
    if not all(isinstance(marks, list) for marks in columns.values()):
        raise ValueError("no marks")
    model = table_models().get(str(step.get("log")))
    if model is None or not all(isinstance(row, str) for row in rows):
        raise ValueError("no ids")
    columns = {model.id_column: marks_of(rows)} | columns if columns else {}
    table = zip(*columns.values(), strict=True) if columns else repeat((), len(rows))
    step["rows"] = [
        [row, {name: mark for name, mark in zip(columns, marks, strict=True) if mark}]
        for row, marks in zip(rows, table, strict=True)
    ]
    return step


def is_whole(step: Step) -> bool:
    """Has the step all that taking it back needs?"""
    if str(step.get("step")) not in PARTS:
        return False
    needed = ALWAYS | PARTS[str(step["step"])]
    if not all(isinstance(step.get(name), kind) for name, kind in needed.items()):
        return False
    if step["log"] not in (table_models() if step["step"] != "extended" else (PLAN,)):
        return False
    texts = [text for name in ("corrections", "ends", "header") for text in step.get(name, [])]
    lists = [step[name] for name in ("rows", *PARTS[step["step"]]) if name in ALONGSIDE]
    return (
        all(isinstance(text, str) for text in texts)
        and all(map(is_row, step["rows"]))
        and all(map(is_above, step.get("before", [])))
        and all(map(is_break, step.get("breaks", [])))
        and (len(step["rows"]) == 1 if step["step"] == "edited" else len(set(map(len, lists))) == 1)
    )


def is_row(row: object) -> bool:
    """An id, and the marks of cells."""
    return isinstance(row, list) and len(row) == 2 and isinstance(row[0], str) and isinstance(row[1], dict)


def is_above(above: object) -> bool:
    """The id and the line of a row, and how many empty lines are under it."""
    if not isinstance(above, list) or len(above) not in (2, 3):
        return False
    return isinstance(above[0], str) and all(isinstance(number, int) for number in above[1:])


def is_break(one: object) -> bool:
    """A line, and how it ended."""
    return isinstance(one, list) and len(one) == 2 and isinstance(one[0], int) and isinstance(one[1], str)


def undo_path(root: Path) -> Path:
    return root / ".prt" / "undo.jsonl"
