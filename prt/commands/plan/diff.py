"""`prt plan diff`: what changed in the plan, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.git import run_git
from prt.console.messages import print_line
from prt.console.options import FormatOption, LangOption, YearOption, check_format
from prt.console.signature import Argument
from prt.figures.plan_diff import plan_diff
from prt.files.plan.plan import plan_bytes, read_plan, value_problems
from prt.files.project import Project, Year
from prt.files.rooms import SUBMISSION
from prt.files.store.disk import real_path
from prt.files.trace.disk_questions import find_in, is_stored_file
from prt.files.yaml.words import say_phrase
from prt.model.plan import Plan, known_of
from prt.model.view import Data
from prt.output.screens.plan_diff_formats import Compared, render_diff
from prt.output.words import Words
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import dataclass

LAST_COMMIT = "HEAD"


def diff(
    before: Annotated[
        str, Argument("A revision of git, a file, or a submission such as period-1.", metavar="[A]")
    ] = LAST_COMMIT,
    after: Annotated[str | None, Argument("The same; default: the file as it is now.", metavar="[B]")] = None,
    year: YearOption = None,
    lang: LangOption = None,
    form: FormatOption = "table",
) -> None:
    """What changed in the plan, in words, and which figures already reported would move."""
    how, language = check_format(form), context.screen_language(lang)
    project = context.open_project()
    path = project.plan_path(year) if year else project.current_plan_path(context.today())
    sources = (
        find_source(project, path, before),
        find_source(project, path, after) if after else read_source(project, path, project.shown(path)),
    )
    old, new = read_plans(*sources)
    rows = Rows(project, path, (old, new), sources)
    changes = plan_diff(old, new, rows if old.year == new.year else None, context.today())
    was, now = (Words(language, plan, project.organisations[0]) for plan in (old, new))
    name = sources[1].name if after else now("change.working_tree")
    for line in render_diff(Compared((before, name), was, now, changes), how).splitlines():
        print_line(line)


class Rows:
    """The rows of today as each of two plans reads them; asked for only where the plans differ."""

    def __init__(
        self, project: Project, path: Path, plans: tuple[Plan, Plan], sources: tuple[PlanSource, PlanSource]
    ) -> None:
        self.project = project
        self.path = path
        self.plans = plans
        self.sources = sources

    def __call__(self) -> tuple[Data, Data]:
        old, new = (self.read(*pair) for pair in zip(self.plans, self.sources, strict=True))
        context.left_out_notice(new)
        return old.data, new.data

    def read(self, plan: Plan, source: PlanSource) -> Year:
        """The plan year with this plan in place of its own."""
        known = known_of(plan, self.project.organisations[0])
        if wrong := errors(value_problems(plan, known, source.shown, lambda: source.raw)):
            raise PrtError(*wrong)
        year = Year(self.project, self.path, plan, known)
        year.read()
        return year


FATAL = 128
"""git's exit code where it could not even look: no repository, or one of another user."""


@dataclass(frozen=True)
class PlanSource:
    """The bytes of a plan file. `name` is what the user called it, `shown` where mistakes in it are."""

    name: str
    shown: str
    raw: bytes


def find_source(project: Project, path: Path, asked: str) -> PlanSource:
    """Submissions first, then files, then revisions; `path` is the plan file that is compared."""
    if SUBMISSION.fullmatch(asked):
        return submitted_source(project, path, asked)
    if Path(asked).suffix == ".yaml" or is_stored_file(Path(asked)):
        return read_source(project, Path(asked), asked)
    return revision_source(project, path, asked)


def read_source(project: Project, path: Path, name: str) -> PlanSource:
    return PlanSource(name, project.shown(real_path(path)), plan_bytes(path))


def submitted_source(project: Project, path: Path, name: str) -> PlanSource:
    """The plan as it was sent, from the frozen folder of that name."""
    folder = project.root / "data" / path.stem / "submitted"
    frozen = folder / name / "plan" / path.name
    if not is_stored_file(frozen):
        known = ", ".join(sorted(one.name for one in find_in(folder, "[a-z]*"))) or say_phrase("none")
        raise PrtError(Mistake("not_submitted", name=name, year=path.stem, known=known), code=2)
    return read_source(project, frozen, name)


def revision_source(project: Project, path: Path, name: str) -> PlanSource:
    """The file as a commit has it. Nothing else of prt needs git."""
    shown = project.shown(path)
    asked = run_git(
        project.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if asked.returncode == FATAL:
        said = asked.stderr.decode("utf-8", "replace").strip().splitlines()
        mistake = Mistake("git_says", said=said[0] if said else "no")
        raise PrtError(Problem.of(Place(str(project.root)), mistake), code=2)
    if asked.returncode:
        raise PrtError(Mistake("not_a_revision", name=name), code=2)
    commit = asked.stdout.decode().strip()
    found = run_git(project.root, "cat-file", "blob", f"{commit}:./{shown}")
    if found.returncode:
        mistake = Mistake("not_in_revision", revision=name, file=shown)
        raise PrtError(Problem.of(Place(shown), mistake), code=2)
    return PlanSource(name, f"{name}:{shown}", found.stdout)


def read_plans(*sources: PlanSource) -> list[Plan]:
    """Each as a plan; the errors of all of them at once."""
    read = [read_plan(one.raw, one.shown) for one in sources]
    wrong = [problem for _, problems in read for problem in errors(problems)]
    if wrong:
        raise PrtError(*wrong)
    return [plan for plan, _ in read if plan]
