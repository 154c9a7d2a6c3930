"""What a command finds around it: the clock, the environment, the project, and who is asking.

Only this file and the commands ask for any of these; everything below gets them as arguments.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from prt import __version__, spoken
from prt.console.git import answer_of_git, ask_git, find_repository
from prt.console.signature import COMPLETE
from prt.console.streams import fit_lines, written
from prt.console.surroundings.system import cache_folder, windows_language
from prt.console.user_settings import remember, remembered
from prt.figures.evaluate import Evaluation
from prt.files.file_cache import FileCache
from prt.files.kept.kept_files import forget_kept
from prt.files.project import Project, Year, find_root, plan_files, refuse_two_plans
from prt.files.rooms import find_copies, rooms_of, rooms_of_all_years
from prt.files.store.disk import Stamp, real_path, stamp_of
from prt.files.store.new_folder import complete_new
from prt.files.store.project_format import SHOWN, stated_format
from prt.files.store.reading import journal_path, watch_anew, watch_publications
from prt.files.trace.disk_questions import is_on_disk
from prt.files.trace.trace import end_trace, name_private, noted
from prt.files.yaml.words import read_topic, say_phrase
from prt.model.calendar import Window, read_day
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.model.text import Language
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import compile_later

DRAWN_ID = compile_later(r"p-[0-9a-z]{4}")
"""An id as prt draws it, which is nobody's name."""
PLAIN_ID = compile_later(r"[A-Za-z0-9][A-Za-z0-9._-]*")

PROGRAMS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def today() -> dt.date:
    """The clock's day; PRT_TODAY stands in for it in tests and demonstrations."""
    given = os.environ.get("PRT_TODAY")
    try:
        return dt.date.fromisoformat(given) if given else dt.date.today()
    except ValueError:
        raise PrtError(Mistake("today_not_a_date", given=given), code=2) from None


def now() -> dt.datetime:
    """Day and time to the second, for the record of corrections."""
    end_trace()
    clock = dt.datetime.now().astimezone().replace(microsecond=0)
    return clock if not os.environ.get("PRT_TODAY") else dt.datetime.combine(today(), clock.timetz())


def day(text: str, year: Window | None = None) -> dt.date:
    """A date of the command line: 2024-10-16, yesterday, -2d, oct 16, which is a day of the plan `year`."""
    try:
        return read_day(text, today(), year)
    except Mistake as mistake:
        raise PrtError(mistake, code=2) from None


def language(asked: str | None) -> Language:
    """The language of `--lang`, PRT_LANG, on a terminal what was remembered or the system's, or English."""
    wanted = (asked or os.environ.get("PRT_LANG") or terminal_language()).lower()[:2]
    if wanted not in ("en", "fr"):
        raise PrtError(Mistake("not_a_language", wanted=wanted), code=2)
    return "fr" if wanted == "fr" else "en"


def screen_language(asked: str | None) -> Language:
    """The language of `--lang`, or as above: that of the whole screen, of what is said beside figures too."""
    spoken.language = language(asked)
    return spoken.language


def session_language() -> Language:
    """The language of questions and of what moved; a PRT_LANG that prt does not know stops nothing here."""
    wanted = os.environ.get("PRT_LANG") or terminal_language()
    return "fr" if wanted.lower().startswith("fr") else "en"


def terminal_language() -> str:
    """What `prt start` remembered, or the system's; what is piped does not change with the laptop."""
    if not sys.stdout.isatty():
        return "en"
    return remembered("language") or system_language()


def system_language() -> Language:
    """French where the system speaks it."""
    if sys.platform == "win32":
        return "fr" if noted(("windows_language", ""), windows_language()) == FRENCH else "en"
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, named), "").startswith("fr") else "en"


FRENCH = 0x0C
"""LANG_FRENCH of Windows, in whatever country."""


def open_project(*, any_plans: bool = False) -> Project:
    """The project of --project, PRT_PROJECT, the nearest folder upwards, or the one that was remembered.

    `any_plans`: also where two plans are of one year, for whoever tells them apart.
    """
    given = os.environ.get("PRT_PROJECT")
    start = real_path(Path(given)) if given else Path.cwd()
    complete_new(start)
    root = find_root(start) if given else known_root() or find_root(start)
    project = project_of(root)
    begin_reading(project)
    tell_newer(project)
    if not any_plans:
        refuse_two_plans(project)
    return project


def project_of(root: Path) -> Project:
    """The project of this folder, before anything of it is read."""
    keeps = not os.environ.get("PRT_NO_CACHE")
    return Project(root, find_private(root), cache=FileCache(cache_folder(), keeps=keeps))


def chosen_language() -> str:
    """The language that a variable or an earlier `prt start` has chosen; empty where nobody has."""
    return os.environ.get("PRT_LANG") or remembered("language")


def speak(wanted: str) -> None:
    """The language of this process from here on."""
    os.environ["PRT_LANG"] = wanted
    spoken.language = session_language()


def known_root() -> Path | None:
    """The project that the next command would open; None where there is none."""
    given = os.environ.get("PRT_PROJECT")
    start = real_path(Path(given)) if given else Path.cwd()
    return remembered_root() if is_outside(start) else find_root(start)


def plan_at_hand(words: Sequence[str]) -> Plan | None:
    """The current plan, of whose columns options are; None outside a project. Where the plan has errors,
    PrtError says so, rather than that there is no such option; help and completion are for everybody."""
    try:
        root = known_root()
        return open_plan(project_of(root), None) if root else None
    except PrtError:
        if {"-h", "--help"} & {*words} or os.environ.get(COMPLETE):
            return None
        raise


def project_with_copies() -> Project | None:
    """The project that the next command would open, if it has copies of files; it is not opened."""
    root = known_root()
    project = project_of(root) if root else None
    if project is None or not any(find_copies(rooms_of_all_years(project))):
        return None
    end_trace()  # what is said of copies is no part of an answer
    return project


def choose_project(root: Path) -> None:
    """Remember the project for whoever stands in no other, and go on in it."""
    remember(str(root), "project")
    os.environ["PRT_PROJECT"] = str(root)


def has_private(project: Project) -> bool:
    """Was it said where names are kept, or are there some?"""
    said = os.environ.get("PRT_PRIVATE") or kept_setting("private", project.root)
    return bool(said) or bool(project.names())


def named_me(root: Path) -> str:
    """Who sits at this laptop, by PRT_ME or a setting of the project: an id, a name, an e-mail, or ""."""
    return os.environ.get("PRT_ME") or kept_setting("me", root)


def is_outside(folder: Path) -> bool:
    """Is there no project in this folder or above it?"""
    return not any(plan_files(one) for one in (folder, *folder.parents))


def remembered_root() -> Path | None:
    """The project that `prt start` made or found, if it is still there."""
    root = Path(remembered("project"))
    return root if root.is_absolute() and plan_files(root) else None


def find_private(root: Path) -> Path:
    """The folder of names: PRT_PRIVATE, or what is kept, which holds wherever the command was typed."""
    given = os.environ.get("PRT_PRIVATE")
    found = Path(given) if given else root / (kept_setting("private", root) or "data/private")
    name_private(found)
    return found


def tell_newer(project: Project) -> None:
    """Say once what a colleague's newer prt means for who only reads; a command that writes is refused."""
    try:
        stated = stated_format(project)
    except PrtError as error:
        for text in error.texts:
            say(say_phrase("warning", text=text))
        return
    if stated.is_newer:
        said = read_topic("project")[f"project.newer.{language(None)}"]
        say(said.format(file=SHOWN, prt=stated.prt, own=__version__))


def begin_reading(project: Project) -> None:
    """What is being published, or was cut off, is completed before the project is read; the command begins
    again if another publication comes while it reads.
    """
    begins = watch_publications(project.root)
    while is_on_disk(journal_path(project.root)):
        if not complete_earlier(project.root, project.private):
            return
        if begins:  # else something was read before
            watch_anew(project.root)


def complete_earlier(root: Path, private: Path) -> bool:
    """Complete what an earlier command left that was cut off; where that cannot be, say so.

    A command that only reads goes on; one that writes is refused.
    """
    from prt.files.store.journal import complete_pending  # 7 ms, which a command after no crash does not need

    try:
        complete_pending(root, private)
    except PrtError as error:
        for text in error.texts:
            say(say_phrase("warning", text=text))
        return False
    with suppress(OSError):  # what was cut off may have been an erasure, which would have done so
        forget_kept(cache_folder())
    return True


def open_year(
    year: str | None, logs: Collection[str] | None = None, make: Callable[..., Year] | None = None
) -> Year:
    """One plan year of the project around the command, which may be of another class: see `load_year`."""
    project = open_project()
    return project.load(chosen_plan(project, year), LOGS if logs is None else logs, make)


def open_plan(project: Project, year: str | None) -> Plan:
    """The plan of the year asked for, or the current one."""
    return project.plan(chosen_plan(project, year))[0]


def plan_days(project: Project, year: str | None) -> Window:
    """The days of the plan year asked for, or of the current one."""
    return open_plan(project, year).window


def load_year(
    project: Project, year: str | None, on: dt.date | None = None, logs: Collection[str] | None = None
) -> Year:
    """One plan year with its rows, or those of `logs`: the one asked for, of a day, or the current one."""
    return project.load(chosen_plan(project, year, on), LOGS if logs is None else logs)


def chosen_plan(project: Project, year: str | None, on: dt.date | None = None) -> Path:
    """The plan of the year that is asked for, of a day, or the current one."""
    if year:
        return project.plan_path(year)
    return project.plan_path_of(on) if on else project.current_plan_path(today())


def cut_off(plan: Plan, period: int | None, as_of: str | None) -> dt.date:
    """The day that figures stop at; one still to come is warned of."""
    if period is not None and as_of is not None:
        raise PrtError(Mistake("two_cut_offs"), code=2)
    if period is not None:
        found = plan.calendar.period(period)
        if found is None:
            known = ", ".join(str(one.id) for one in plan.periods)
            raise PrtError(Mistake("plan_without_period", number=period, known=known), code=2)
        chosen = found.last
    else:
        chosen = day(as_of, plan.window) if as_of else min(max(today(), plan.starts), plan.ends)
    if not plan.starts <= chosen <= plan.ends:
        raise PrtError(Mistake("cut_off_outside_year", day=chosen, year=plan.year), code=2)
    if chosen > today():
        say(say_phrase("cut_off_to_come", day=chosen))
    return chosen


def evaluated(year: Year, period: int | None = None, as_of: str | None = None) -> Evaluation:
    return year.evaluate(cut_off(year.plan, period, as_of))


def me(root: Path) -> str | None:
    """Who is at the keyboard: PRT_ME, or `prt.me` as it is kept, as an id, a name or an e-mail.

    An id that nobody has is taken as it is: whoever starts a project has no list of people yet. PrtError
    where several people may be meant.
    """
    said = named_me(root) or None
    return known_id(root, said) if said and not DRAWN_ID.fullmatch(said) else said


def known_id(root: Path, said: str) -> str:
    """The id of somebody who says a name or an e-mail; PrtError where it is nobody's, or several people's."""
    end_trace()  # what was found once is not read again
    project = Project(root, find_private(root))
    names = [project.roster_path(name) for name in ("people", "organisations")]
    stamps = tuple(map(stamp_of, (*names, project.private / "names.csv")))
    return find_id(root, project.private, said, today(), stamps)


@lru_cache(maxsize=1)
def find_id(root: Path, private: Path, said: str, day: dt.date, stamps: tuple[Stamp | None, ...]) -> str:
    """The id of who is meant, kept until the files of people change: it is asked for each row."""
    finder = Project(root, private).person_finder()
    found = finder.find(said, day, team=True)
    if found.taken:
        return found.taken
    found = found if found.persons else finder.find(said)
    if found.kind == "nobody" and PLAIN_ID.fullmatch(said):
        return said
    wrong = finder.person_may_be(said, found) if found.persons else Mistake("not_a_person", text=said)
    raise PrtError(Problem.of(Place("PRT_ME"), wrong), code=2)


def kept_setting(name: str, root: Path) -> str:
    """A setting of a project on this laptop: git's `prt.NAME`, or what was remembered."""
    return git_config(f"prt.{name}", root) or remembered("projects", str(root), name)


def keep_setting(name: str, root: Path, value: str) -> None:
    """Keep it where git keeps it; where no git does, it is remembered."""
    if find_repository(root):
        ask_git(root, "config", f"prt.{name}", value)
        config_of_git.cache_clear()
        written.append(f"{name}: {value}")
    if kept_setting(name, root) != value:
        remember(value, "projects", str(root), name)


def git_config(name: str, root: Path) -> str | None:
    """A setting of git, or None: nothing fails where git is missing."""
    if find_repository(root) is None:
        return None
    return noted(("git", str(root), "config", name), config_of_git(name, root)) or None


@cache
def config_of_git(name: str, root: Path) -> str | None:
    """What git says of a setting. Asked once, for git takes its time."""
    return answer_of_git(root, "config", name)


def editor() -> str | None:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR")


def page_place() -> Path | None:
    """The folder or the file that PRT_PAGE names for the page of the week."""
    given = os.environ.get("PRT_PAGE")
    return Path(given) if given else None


def named_browser() -> str | None:
    """What PRT_BROWSER says: the program that prints pages as PDF."""
    return os.environ.get("PRT_BROWSER")


def program_folders() -> list[str]:
    """Where Windows says that programs are."""
    return [*filter(None, map(os.environ.get, PROGRAMS))]


def stand_in(project: Path, private: Path, day: str) -> None:
    """From here on this project is used, and this is the day."""
    os.environ |= {"PRT_PROJECT": str(project), "PRT_PRIVATE": str(private), "PRT_TODAY": day}


def say(message: str | Mistake) -> None:
    """A message to the person: stderr, so that results can be piped."""
    text = message if isinstance(message, str) else message.sentence()
    print(fit_lines(text, sys.stderr), file=sys.stderr)


def left_out_notice(year: Year) -> None:
    for said in say_left_out(year):
        say(said)


def say_left_out(year: Year) -> Iterator[str]:
    """Every output says how many rows are left out because of an error, and how many copies nobody reads."""
    if year.left_out:
        yield say_phrase("left_out", year.left_out)
    if copies := sum(1 for _ in find_copies(rooms_of(year))):
        yield say_phrase("copies_unread", copies)
