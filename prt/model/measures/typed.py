"""`{kind: typed}`"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from prt.model.figure import Figure
from prt.model.measures.base import Measure, Path, Say, left_out
from prt.model.selections import Selection, whole_log
from prt.model.view import View


class Typed(Measure):
    """A figure that somebody typed in figures.csv, with its document: the latest one holds."""

    kind: Literal["typed"]
    percent: bool = False
    can_fall = True

    @property
    def unit(self) -> str:
        return "%" if self.percent else ""

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        return iter(())

    @property
    def main(self) -> Selection:
        return whole_log("figures")

    def figure(self, view: View, handle: str) -> Figure:
        found = [row for row in view.rows(self.main) if row["indicator"] == handle]
        rows = sorted(found, key=lambda row: (row["date"], row.line))  # of one day the one written last
        if not rows:
            return Figure(None, "no_data")
        return Figure(rows[-1]["value"], rows=(rows[-1],), left_out=left_out(rows[:-1], "", "replaced"))

    def sentence(self, say: Say) -> str:
        return say("measure.typed")
