"""The commands' table of contents. A command's module is imported when the command is asked for.

Nothing at the top of this file costs a millisecond: `prt --version` and `prt --help` need no more than it.
"""

from __future__ import annotations

import gc
import sys

from prt import __version__
from prt.console.streams import drop_output, open_streams, print_failure, print_unsaid, written

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prt.console.typer_app import Application

WEEKLY, PUT_RIGHT, REPORTS, SET_UP = "Every week", "Put right", "Reports", "Set up"

COMMANDS: dict[str, tuple[str, str]] = {
    "log": (WEEKLY, "Add one row: what happened. On a terminal it asks for what is missing."),
    "import": (WEEKLY, "Attendance, feedback or rows of a file: a preview, then all of it or nothing."),
    "sheet": (
        WEEKLY,
        "A workbook of your hours or of other rows, to be filled in Excel; prt import takes it back.",
    ),
    "status": (
        WEEKLY,
        "Where every target stands: to date, against the target and against what is expected by now.",
    ),
    "todo": (
        WEEKLY,
        "What is to do: rows that miss something, targets that are short, what the next report needs.",
    ),
    "open": (
        WEEKLY,
        "The page of the week in the browser: every target with its rows, what to do, who is missing.",
    ),
    "list": (PUT_RIGHT, "The rows of one log, the newest last; of hours those of both."),
    "show": (PUT_RIGHT, "One row: every column, its file and line, what was corrected, and where it counts."),
    "edit": (
        PUT_RIGHT,
        'Other values in one row: prt edit ID --hours 2,5 --why "…". An empty one empties: --note "".',
    ),
    "remove": (PUT_RIGHT, "Take a row out. Its line and the reason are kept, and prt undo brings it back."),
    "undo": (
        PUT_RIGHT,
        "Take back your last log, edit or remove on this laptop, if nothing has changed its row since.",
    ),
    "check": (
        PUT_RIGHT,
        "Every problem of the plan and the rows: where, what, why it matters, and what to do.",
    ),
    "merge": (
        PUT_RIGHT,
        "Bring in what a copy has: row by row, what was removed stays out, and what both changed is asked.",
    ),
    "explain": (
        REPORTS,
        "Why a figure is what it is: rule, parts, the rows that count and those left out, and its status.",
    ),
    "report": (REPORTS, "The report on a period: a page in a file; as Markdown for another program."),
    "notes": (
        REPORTS,
        "The notes for a report: makes the file, or adds the headings it misses, and opens it to be written.",
    ),
    "submit": (
        REPORTS,
        "Keep what is sent to the funder, for good: plan, rows, notes, reports. prt itself sends nothing.",
    ),
    "submissions": (
        REPORTS,
        "The reports that were submitted: each file is compared with its digest, and what differs is named.",
    ),
    "export": (REPORTS, "Rows, facts and figures for other programs."),
    "start": (
        SET_UP,
        "Your first day: the folder, the plan, your people, who you are. Leave, and come back, at any step.",
    ),
    "init": (
        SET_UP,
        "An empty project: a small plan to change, the boards, and a place for names that git never sees.",
    ),
    "demo": (
        SET_UP,
        "A fictional year of the real plan, plainly marked as fictional, and where it stood on 14 February.",
    ),
    "backup": (SET_UP, "The whole project in one dated zip, elsewhere; names only where you ask for them."),
    "completion": (
        SET_UP,
        "What your shell runs so that Tab completes commands, options, plan words.",
    ),
    "plan": (SET_UP, "The plan: what it promises and how each figure is computed."),
    "templates": (SET_UP, "What reports are made from; a project may change a part."),
    "people": (SET_UP, "Who held which role where, by id; names stay private."),
    "org": (SET_UP, "School boards and other bodies."),
    "privacy": (SET_UP, "Law 25: the notice, the retention date, incidents."),
    "git": (SET_UP, "Git: logs merged by row instead of line by line."),
}
"""Each command with its group in the help, and what its docstring says; module `prt.commands.NAME`."""
GROUPS = ("log", "export", "plan", "templates", "people", "org", "privacy", "git")
"""Commands that have commands of their own; the help has them after the others of their panel."""
ABOUT = "A funded action plan as living figures: each is computed from rows and explains itself."
MEETS_COPIES = {"start", "list", "show", "edit", "remove", "explain", "report", "notes", "submit"}
"""The commands, beside those of every week, that offer to take in what copies of files have."""
ONLY_READ = {"status", "explain", "todo", "report"}
"""The commands whose answer is kept, where all they did was read: asked again it is printed again."""
OPTIONS = {
    "--project": ("DIR", "The project's folder; or PRT_PROJECT."),
    "--version": ("", "Say which prt this is."),
}
"""The options that stand before a command: what is written after them, and what they do."""


def main() -> None:
    """Run prt, and end the process with its exit code."""
    sys.exit(run())


def run() -> int:
    """The exit code of prt; a mistake is printed, never a traceback, and Ctrl+C ends it without a word."""
    gc.disable()  # a process of a second builds a million rows, and drops them all at its end
    open_streams()
    written.clear()
    try:
        code, arguments = 0, sys.argv[1:]
        if not print_about(arguments):
            code = answer_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        drop_output(sys.stdout)
        code = 0
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        drop_output(sys.stdout)
        why = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
        code = print_unsaid(why) if written and not error.filename else print_failure(why)
    return code


def answer_command(arguments: Sequence[str]) -> int:
    """Run a command, unless it only reads and its answer is kept; the exit code."""
    answer = None
    if arguments and arguments[0] in ONLY_READ:
        from prt.console.surroundings.answer import find_answer  # 10 ms, which --help does not need

        if (answer := find_answer(arguments)) and answer.print_again():
            return 0
    from prt.console.runner import run_command  # 50 ms, which --version and --help do not need

    first = meet_copies if meets_copies(arguments) else None
    return run_command(arguments, COMMANDS, app, first, answer)


def print_about(arguments: Sequence[str]) -> bool:
    """Print the version or the help, where one of them is asked for and typer need not print it."""
    if arguments == ["--version"]:
        print(f"prt {__version__}")
        return True
    if arguments not in (["--help"], ["-h"]):
        return False
    from prt.console.help_page import print_help  # 8 ms of re, for this page alone

    return print_help(ABOUT, OPTIONS, panels())


def meets_copies(arguments: Sequence[str]) -> bool:
    """Is it a command of daily work, bare prt too, typed by somebody who can be asked?"""
    name = arguments[0] if arguments else "log"
    daily = name in MEETS_COPIES or COMMANDS.get(name, "")[:1] == (WEEKLY,)
    return daily and sys.stdin.isatty() and sys.stdout.isatty() and not {"--help", "-h"} & {*arguments}


def meet_copies() -> None:
    from prt.console.context import project_with_copies  # 50 ms, as above

    if project := project_with_copies():
        from prt.tasks.offer_copies import offer_copies  # 30 ms of merging, where there is a copy

        offer_copies(project)


def panels() -> dict[str, dict[str, str]]:
    """The groups of the help, each with its commands and their sentences, in the order of the page."""
    found: dict[str, dict[str, str]] = {}
    for name in sorted(COMMANDS, key=lambda name: name in GROUPS):
        group, sentence = COMMANDS[name]
        found.setdefault(group, {})[name] = sentence
    return found


def app(names: Iterable[str] = tuple(COMMANDS), arguments: Sequence[str] = ()) -> Application:
    """The application with these commands: typer reads arguments, and says what is wrong with them.

    Where none is named, it knows the names and the sentences of all.
    """
    from prt.console.typer_app import application  # 90 ms of typer, which --version and --help do not need

    return application(ABOUT, OPTIONS, panels(), names, arguments)
