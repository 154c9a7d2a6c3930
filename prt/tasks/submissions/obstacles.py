"""What stands between a report and its submission: errors, targets without a word of explanation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from prt.figures.evaluate import Evaluation, Result
from prt.files.notes import Notes
from prt.problems import Problem, PrtError, count_problems
from prt.text import join_labels, plural
from prt.values import dataclass

Waiver = Literal["errors", "actions", "no-data", "personal", "damaged"]
WAIVERS: tuple[Waiver, ...] = get_args(Waiver)


@dataclass(frozen=True)
class Obstacle:
    """Why `prt submit` refuses, unless it is told `--anyway` with this word."""

    waiver: Waiver
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}\n    {self.remedy} Or submit without: --anyway {self.waiver}"


def obstacles(
    evaluation: Evaluation,
    problems: Sequence[Problem],
    notes: Mapping[str, Notes],
    personal: Sequence[Problem] = (),
    damaged: Sequence[str] = (),
) -> Iterator[Obstacle]:
    """All of them at once. `notes` are those of the report, by the path of their file; `personal` are the
    names and addresses in the files of the plan year, `damaged` those not as they were sent."""
    if wrong := count_problems(problems).errors:
        what = f"{plural(wrong, 'error')} in the files, and each may make a figure wrong."
        yield Obstacle("errors", what, "prt check names them.")
    if personal:
        places = join_labels(dict.fromkeys(str(one.where) for one in personal), 5, ", …")
        what = f"A name, e-mail or telephone number in what would be kept for good: {places}."
        yield Obstacle("personal", what, "prt check says of whom; take it out.")
    if damaged:
        places = join_labels(damaged, 5, ", …")
        what = f"What was sent before is damaged, so what it told of few people is uncertain: {places}."
        yield Obstacle("damaged", what, "prt submissions says more; restore it from git or from a backup.")
    for path, said in notes.items():
        behind = unexplained(evaluation, said, ("behind", "at_risk"))
        if behind:
            what = (
                f"{plural(len(behind), 'target')} behind or at risk without a corrective action in {path}: "
            )
            yield Obstacle("actions", what + ", ".join(behind) + ".", under_headings(behind))
        empty = unexplained(evaluation, said, ("no_data",))
        if empty:
            what = f"{plural(len(empty), 'target')} without data, unexplained in {path}: "
            yield Obstacle("no-data", what + ", ".join(empty) + ".", under_headings(empty))


def unexplained(evaluation: Evaluation, notes: Notes, words: Sequence[str]) -> list[str]:
    """The targets with one of these statuses that the notes say nothing of."""
    found = [result for result in evaluation.targets() if result.status.word in words]
    return [result.handle for result in found if not action(result, notes)]


def action(result: Result, notes: Notes) -> str:
    """The corrective action, or the explanation, of a target."""
    return notes.action(result.handle, result.line.id, result.volet.id)


def under_headings(handles: Sequence[str]) -> str:
    return f"Write it there, under ### {handles[0]}{' and so on' if len(handles) > 1 else ''}."


def refuse_obstacles(found: Sequence[Obstacle], waived: Collection[str]) -> None:
    """Obstacles that were not waived stop the command, all at once."""
    if stopping := [one for one in found if one.waiver not in waived]:
        raise PrtError(*map(str, stopping), "Nothing was submitted.")
