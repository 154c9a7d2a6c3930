"""Which events of a calendar are taken: those of one category, which is remembered, or all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice
from prt.console.dialogue.talk import INDENT
from prt.imports.proposing.events import EVERY_CATEGORY, count_categories
from prt.imports.proposing.proposal import ExportFile
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import before_more, did_you_mean, fold_text, join_labels
from prt.values import replace

SETTING = "category"
"""The name under which the category is kept on this laptop."""
EVERY_WORDS = ("all", "tous", "toutes", EVERY_CATEGORY)


def choose_category(file: ExportFile, root: Path, said: str | None, *, ask: bool) -> str:
    """The category whose events are taken: said, asked with what is remembered, or remembered."""
    counted = count_categories(file.export.events)
    names = [name for name, _ in counted.most_common()]
    if said is not None:
        return read_category(said, names, file)
    last = context.kept_setting(SETTING, root)
    if not names or (last and not ask):
        return last or EVERY_CATEGORY
    if not ask:
        wrong = Mistake("which_category", choices=", ".join(names), first=names[0])
        raise PrtError(Problem.of(Place(file.shown), wrong), code=2)
    own = [name for name in names if fold_text(name) in (fold_text(last), "prt")]
    return ask_category((own or names)[0], names)


def read_category(text: str, names: Sequence[str], file: ExportFile) -> str:
    """The category that was written, as the calendar spells it; * for all."""
    if fold_text(text) in EVERY_WORDS:
        return EVERY_CATEGORY
    if found := [name for name in names if fold_text(name) == fold_text(text)]:
        return found[0]
    hint, choices = before_more(did_you_mean(text, names)), ", ".join(names) or "–"
    wrong = Mistake("not_a_category", text=text, hint=hint, choices=choices)
    raise PrtError(Problem.of(Place(file.shown), wrong), code=2)


def ask_category(likely: str, names: Sequence[str]) -> str:
    talk = terminal.open_talk()
    others = [Choice(name, [name]) for name in names]
    help_text = INDENT + talk.say("category_help", names=join_labels(names, 12))
    question = talk.yes_or_no(
        talk.say("only_category", category=likely), True, others, talk.say("another_one")
    )
    question = replace(question, explain=lambda: [help_text])
    while not isinstance(answer := talk.ask(question), (bool, str)):
        talk.tell(INDENT + talk.say("first"))
    return answer if isinstance(answer, str) else likely if answer else EVERY_CATEGORY
