"""`prt plan diff`: what changed in the plan, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from prt.console import context
from prt.console.messages import print_line
from prt.console.options import FormatOption, LangOption, YearOption, check_format
from prt.console.signature import Argument
from prt.figures.plan_diff import plan_diff
from prt.files.plan.plan import value_problems
from prt.files.project import Year
from prt.model.known import known_of
from prt.output.screens.plan_diff_formats import Compared, render_diff
from prt.output.words import Words
from prt.problems import PrtError, errors
from prt.tasks.plan_versions import find_source, read_plans, read_source

if TYPE_CHECKING:
    from prt.files.project import Project
    from prt.model.plan import Plan
    from prt.model.view import Data
    from prt.tasks.plan_versions import Source

LAST_COMMIT = "HEAD"


def diff(
    before: Annotated[
        str,
        Argument("A revision of git, a file, or a submission such as period-1.", metavar="[A]"),
    ] = LAST_COMMIT,
    after: Annotated[str | None, Argument("The same; default: the file as it is now.", metavar="[B]")] = None,
    year: YearOption = None,
    lang: LangOption = None,
    form: FormatOption = "table",
) -> None:
    """What changed in the plan, in words, and which figures already reported would move."""
    how, language = check_format(form), context.language(lang)
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
        self, project: Project, path: Path, plans: tuple[Plan, Plan], sources: tuple[Source, Source]
    ) -> None:
        self.project = project
        self.path = path
        self.plans = plans
        self.sources = sources

    def __call__(self) -> tuple[Data, Data]:
        old, new = (self.read(*pair) for pair in zip(self.plans, self.sources, strict=True))
        context.left_out_notice(new)
        return old.data, new.data

    def read(self, plan: Plan, source: Source) -> Year:
        """The plan year with this plan in place of its own."""
        known = known_of(plan, self.project.organisations[0])
        if wrong := errors(value_problems(plan, known, source.shown, lambda: source.raw)):
            raise PrtError(*wrong)
        year = Year(self.project, self.path, plan, known)
        year.read()
        return year
