"""A Data Package as files: tables that any program reads, and datapackage.json, which describes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from prt import __version__
from prt.model.text import LANGUAGES
from prt.output.package.data_table import DataTable
from prt.output.package.fact_tables import fact_tables
from prt.output.package.indicator_tables import indicator_tables
from prt.output.package.row_tables import row_tables
from prt.output.package.team_edition import TeamEdition
from prt.output.words import Phrases
from prt.text import fold_text

DESCRIPTOR = "datapackage.json"


def package_files(edition: TeamEdition, project: str) -> Mapping[str, bytes]:
    """The bytes of each file by its path in the package, the descriptor first; `project` is its name."""
    tables = [(table, table.as_bytes()) for table in package_tables(edition, project)]
    described = [table.describe(data) for table, data in tables]
    text = json.dumps(
        describe_package(edition, project) | {"resources": described}, ensure_ascii=False, indent=1
    )
    return {DESCRIPTOR: f"{text}\n".encode(), **{table.path: data for table, data in tables}}


def package_tables(edition: TeamEdition, project: str) -> Iterator[DataTable]:
    return chain(indicator_tables(edition, project), fact_tables(edition, project), row_tables(edition))


def describe_package(edition: TeamEdition, project: str) -> dict[str, Any]:
    """What is true of all tables. `made_by` is what an output of prt is known by."""
    plan = edition.evaluation.plan
    said = [Phrases(language)(f"package.{edition.name}") for language in LANGUAGES]
    return {
        "profile": "tabular-data-package",
        "made_by": "prt export package",
        "name": slug(f"{project}-{plan.year}"),
        "edition": edition.name,
        "description": "\n".join(said),
        "project": project,
        "year": plan.year,
        "as_of": edition.evaluation.cut_off.isoformat(),
        "prt": __version__,
        "smallest_group": plan.privacy.smallest_group,
    }


def slug(text: str) -> str:
    """A name as Data Packages have it."""
    return re.sub(r"[^a-z0-9._-]+", "-", fold_text(text)).strip("-._") or "package"
