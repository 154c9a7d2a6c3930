"""`prt export package`: a Data Package of the year's rows, facts and figures."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

from prt.console import context, messages
from prt.console.options import AsOfOption, ForceOption, LangOption, PeriodOption, YearOption
from prt.console.signature import Option
from prt.figures.evaluate import Evaluation
from prt.files.export.packages import check_package, write_package
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.output.package.data_package import package_files
from prt.output.package.published_edition import PublishedEdition
from prt.output.package.team_edition import TeamEdition
from prt.tasks.reports.editions import past_of, tell_what_gives_way
from prt.values import dataclass


@dataclass(frozen=True)
class PackageOptions:
    """What `prt export package` is asked for."""

    output: Annotated[str, Option("A new folder, or a file such as package.zip.", short="-o", metavar="PATH")]
    team: Annotated[bool, Option("True values and ids: it stays in the team.")] = False
    period: PeriodOption = None
    as_of: AsOfOption = None
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
    evaluation = context.evaluated(opened, options.period, options.as_of)
    edition = TeamEdition(evaluation) if options.team else published_edition(opened, evaluation)
    files = package_files(edition, options.name or opened.project.root.name)
    write_package(opened.project, path, files, evaluation.cut_off)
    messages.print_written(say_phrase("package_made", len(files), path=path, day=evaluation.cut_off))
    context.say(say_phrase(f"package_{edition.name}", smallest=opened.plan.privacy.smallest_group))
    context.left_out_notice(opened)


def published_edition(opened: Year, evaluation: Evaluation) -> PublishedEdition:
    """What the report on these days would print. Its key is of this process alone, and gone with it."""
    past = past_of(opened, evaluation.period.id)
    edition = past.edition(evaluation)
    tell_what_gives_way(past, edition)
    return PublishedEdition(edition.evaluation, edition, random.SystemRandom().randbytes(32))
