"""Files that no figure is computed from: where rows came from, and what only the private folder knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prt.files.project import Year
from prt.model.provenance import KEPT, PRIVATE, HeadingRecord
from prt.model.records import Record
from prt.problems import Problem


def kept_problems(year: Year) -> Iterator[Problem]:
    """Mistakes in them, as warnings: a row that cannot be read is not remembered by the next import."""
    models: list[type[Record]] = [*KEPT.values(), HeadingRecord, *PRIVATE.values()]
    for model in models:
        for problem in year.read_rows(model)[1]:
            yield replace(problem, severity="warning")
