"""The words of a page: its dates are those of a report, also in what a screen says elsewhere."""

from __future__ import annotations

import datetime as dt

from prt.output.numbers import day_text
from prt.output.words import Words


class PageWords(Words):
    """One manner of dates on a page: `February 14, 2025` at its head, `Feb. 14` in a row."""

    def date(self, day: dt.date) -> str:
        return day_text(day, self.language, "medium")

    def short_date(self, day: dt.date) -> str:
        return day_text(day, self.language, "short")
