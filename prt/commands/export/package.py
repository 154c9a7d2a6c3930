"""`prt export package`: a Data Package of the year's rows, facts and figures."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

from prt.console import context, messages
from prt.console.options import ForceOption, LangOption, YearOption
from prt.console.signature import Option
from prt.files.export.packages import check_package, write_package
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.output.package.data_package import package_files
from prt.output.package.published_edition import PublishedEdition
from prt.output.package.team_edition import TeamEdition
from prt.problems import Mistake, PrtError
from prt.tasks.submissions.sent_edition import choose_submission, edition_as_sent
from prt.values import dataclass


@dataclass(frozen=True)
class PackageOptions:
    """What `prt export package` is asked for."""

    output: Annotated[str, Option("A new folder, or a file such as package.zip.", short="-o", metavar="PATH")]
    team: Annotated[bool, Option("Today's rows, true values and ids: it stays in the team.")] = False
    period: Annotated[
        int | None,
        Option(
            "The report that was submitted, by its period; default: the last. With --team: its cut-off.",
            metavar="N",
        ),
    ] = None
    as_of: Annotated[str | None, Option("With --team: figures at that day.", metavar="DATE")] = None
    name: Annotated[
        str | None, Option("What the project is called in it; default: its folder.", metavar="NAME")
    ] = None
    force: ForceOption = False
    year: YearOption = None
    lang: LangOption = None


def package(options: PackageOptions) -> None:
    """Rows, what each gives to which figure, and the figures: a Data Package for other programs."""
    context.screen_language(options.lang)
    opened, path = context.open_year(options.year), Path(options.output)
    check_package(opened.project, path, force=options.force)
    if options.team:
        year, edition = opened, TeamEdition(context.evaluated(opened, options.period, options.as_of))
    else:
        year, edition = as_published(opened, options)
    day = edition.evaluation.cut_off
    files = package_files(edition, options.name or opened.project.root.name)
    write_package(opened.project, path, files, day)
    messages.print_written(say_phrase("package_made", len(files), path=path, day=day))
    context.say(say_phrase(f"package_{edition.name}", smallest=opened.plan.privacy.smallest_group))
    context.left_out_notice(year)


def as_published(opened: Year, options: PackageOptions) -> tuple[Year, TeamEdition]:
    """What a report that was submitted says, from its frozen rows: the package tells nobody anything new, so
    that no later report has to remember it. Its key is of this process alone, and gone with it.
    """
    if options.as_of:
        raise PrtError(Mistake("package_day_of_team"), code=2)
    one = choose_submission(opened, options.period)
    edition = edition_as_sent(opened, one)
    context.say(say_phrase("package_of_report", folder=one.shown, day=one.manifest.sent_on))
    return one.year, PublishedEdition(edition.evaluation, edition, random.SystemRandom().randbytes(32))
