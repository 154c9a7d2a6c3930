"""What stands between a report and its submission: errors, targets without a word of explanation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from prt.figures.evaluate import Evaluation, Result
from prt.files.notes import Notes
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, Problem, PrtError, count_problems
from prt.text import join_labels
from prt.values import dataclass

Waiver = Literal["errors", "actions", "no-data", "personal", "damaged"]
WAIVERS: tuple[Waiver, ...] = get_args(Waiver)


@dataclass(frozen=True)
class Obstacle:
    """Why `prt submit` refuses, unless it is told `--anyway` with this word."""

    waiver: Waiver
    what: str
    remedy: str

    @property
    def mistake(self) -> Mistake:
        return Mistake("obstacle", what=self.what, remedy=self.remedy, waiver=self.waiver)


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
        yield Obstacle("errors", say_phrase("o_errors", wrong), say_phrase("o_errors_remedy"))
    if personal:
        places = join_labels(dict.fromkeys(str(one.where) for one in personal), 5, ", …")
        what = say_phrase("o_personal", places=places)
        yield Obstacle("personal", what, say_phrase("o_personal_remedy"))
    if damaged:
        places = join_labels(damaged, 5, ", …")
        what = say_phrase("o_damaged", places=places)
        yield Obstacle("damaged", what, say_phrase("o_damaged_remedy"))
    waivers: tuple[tuple[Waiver, str, tuple[str, ...]], ...] = (
        ("actions", "o_actions", ("behind", "at_risk")),
        ("no-data", "o_no_data", ("no_data",)),
    )
    for waiver, word, statuses in waivers:
        for handles, paths in silent_notes(evaluation, notes, statuses).items():
            path, ids = say_phrase("o_and").join(paths), ", ".join(handles)
            yield Obstacle(
                waiver, say_phrase(word, len(handles), path=path, ids=ids), under_headings(handles)
            )


def silent_notes(
    evaluation: Evaluation, notes: Mapping[str, Notes], statuses: Sequence[str]
) -> dict[tuple[str, ...], list[str]]:
    """The targets with one of these statuses of which notes say nothing, with the files of those notes: the
    two languages often lack the same."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path, said in notes.items():
        if handles := unexplained_targets(evaluation, said, statuses):
            found.setdefault(tuple(handles), []).append(path)
    return found


def unexplained_targets(evaluation: Evaluation, notes: Notes, words: Sequence[str]) -> list[str]:
    """The targets with one of these statuses that the notes say nothing of."""
    found = [result for result in evaluation.targets() if result.status.word in words]
    return [result.handle for result in found if not action(result, notes)]


def action(result: Result, notes: Notes) -> str:
    """The corrective action, or the explanation, of a target."""
    return notes.action(result.handle, result.line.id, result.volet.id)


def under_headings(handles: Sequence[str]) -> str:
    return say_phrase("o_write_them" if len(handles) > 1 else "o_write_it", id=handles[0])


def refuse_obstacles(found: Sequence[Obstacle], waived: Collection[str]) -> None:
    """Obstacles that were not waived stop the command, all at once."""
    if stopping := [one for one in found if one.waiver not in waived]:
        raise PrtError(*(one.mistake for one in stopping), Mistake("nothing_submitted"))
