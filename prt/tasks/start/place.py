"""Where the work is kept: the language, the project's folder, its plan, the folder of names."""

from __future__ import annotations

from pathlib import Path

from prt.console import context
from prt.console.dialogue.inquiry import Back, Choice, Inquiry, pick_choice, refuse_empty
from prt.console.dialogue.talk import Talk
from prt.console.messages import note_written
from prt.console.user_settings import remember
from prt.files.new_project import PLAN, first_school_year, new_project, real_plan, starter_plan
from prt.files.own_folders import find_drives
from prt.files.project import Project, Year, find_root, plan_files
from prt.files.store.disk import make_owner_only, real_path
from prt.files.store.new_folder import refuse_used
from prt.files.trace.disk_questions import find_in, is_stored_file
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.start.open_steps import ask_step, say_start

FOLDER_NAME = "PRT"
LANGUAGES = [Choice("fr", ["français", "french"]), Choice("en", ["English", "anglais"])]


def ask_language(talk: Talk, *, again: bool = False) -> None:
    """The language, where nobody has chosen one: from here on, and of the next commands on a terminal.

    `again`: somebody went back to choose.
    """
    if (chosen := context.chosen_language()) and not again:
        context.speak(chosen)
        return
    likely = next(one for one in LANGUAGES if one.value == talk.language)
    found = talk.ask_alone(
        Inquiry(
            say_start(talk.language, "language"),
            lambda text: pick_choice(text, LANGUAGES),
            enter=likely.spellings[0],
            bracket=likely.spellings[0],
            words=[one.spellings[0] for one in LANGUAGES],
        )
    )
    remember(found, "language")
    context.speak(found)
    talk.language = context.session_language()


def ask_folder(talk: Talk, likely: Path) -> Path:
    """Where the work is kept; before this question stands that of the language."""
    while True:
        question = Inquiry(
            "    " + say_start(talk.language, "folder"),
            read_folder,
            enter=str(likely),
            bracket=str(likely),
            explain=lambda: [say_start(talk.language, "folder_help")],
        )
        if not isinstance(answer := talk.ask(question), Back):
            return answer
        ask_language(talk, again=True)


def find_or_make_project(talk: Talk, *, again: bool = False) -> Project:
    """The project that is here or was remembered, or a folder of one's own, which is made where it is new.

    `again`: somebody went back to choose.
    """
    root = context.known_root()
    if root is None or is_program(root) or again:
        root = ask_folder(talk, root if root and again else likely_folder())
        if not plan_files(root):
            make_project(talk, root)
    context.choose_project(root)
    return context.open_project()


def is_program(root: Path) -> bool:
    """Is it the source of prt, which an update replaces?"""
    return is_stored_file(root / "prt" / "cli.py") and is_stored_file(root / "pyproject.toml")


def likely_folder() -> Path:
    """A project that lies in a shared drive already, or a new folder there; without a drive, at home."""
    drives = find_drives()
    there = [path for drive in drives for path in sorted(find_in(drive, "*")) if plan_files(path)]
    return next((path for path in there if not is_program(path)), (drives or [Path.home()])[0] / FOLDER_NAME)


def read_folder(text: str) -> Path:
    """The project in a folder or above it, or a folder where one may be made. Raises Mistake."""
    refuse_empty(text)
    path = real_path(Path(text).expanduser())
    if not context.is_outside(path):
        path = find_root(path)
    if is_program(path):
        raise Mistake("folder_of_program")
    if not plan_files(path):
        try:
            refuse_used(path)
        except PrtError as error:
            raise mistake_of(error) from None
    return path


def mistake_of(error: PrtError) -> Mistake:
    """What stopped a task, to be told under a question."""
    first = error.problems[0]
    if isinstance(first, Problem) and first.where.line:
        return Mistake("as_was_told", text=". ".join(map(str.strip, str(first).splitlines())))
    found = first.mistake if isinstance(first, Problem) else first
    return found or Mistake("as_was_told", text="\n".join(error.texts))


def make_project(talk: Talk, root: Path) -> None:
    """The plan that prt brings, or a small one to be filled in, in a folder of its own."""
    first = first_school_year(context.today())
    own, real = f"{first}-{first + 1}", PLAN.removesuffix(".yaml")
    choices = [Choice(real, [real]), Choice("", ["small", "petit"])]
    question = Inquiry(
        "    " + say_start(talk.language, "plan"),
        lambda text: pick_choice(text, choices),
        enter=real,
        bracket=real,
        hint=say_start(talk.language, "plan_hint", year=own),
        words=[word for one in choices for word in one.spellings],
    )
    if year := talk.ask_alone(question):
        new_project(root, year, real_plan())
    else:
        new_project(root, own, starter_plan(first))
    note_written(str(root))


def ask_private(talk: Talk, year: Year) -> None:
    """Where names are kept, which is never where git or the plan's readers see them; the folder is made."""
    root = year.project.root
    shared = any(root.is_relative_to(drive) for drive in find_drives())
    likely = root.with_name(f"{root.name}-names") if shared else root / "data" / "private"
    likely = year.project.private if context.has_private(year.project) else likely
    question = Inquiry(
        say_start(talk.language, "names"),
        lambda text: read_private(text, root),
        enter=str(likely),
        bracket=str(likely),
        explain=lambda: [say_start(talk.language, "names_help")],
    )
    folder = ask_step(talk, question)
    context.keep_setting("private", root, str(folder))


def read_private(text: str, root: Path) -> Path:
    """A folder for names: outside the project, or its data/private. Raises Mistake."""
    refuse_empty(text)
    folder = real_path(root / Path(text).expanduser())
    if folder.is_relative_to(root) and folder != root / "data" / "private":
        raise Mistake("names_in_project")
    try:
        make_owner_only(folder)
    except OSError as error:
        raise Mistake("as_was_told", text=str(error)) from None
    return folder
