"""The names that a form may have, `{{ 1.1.workshops cumul }}`, and what a report has under each of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from prt.model.text import Language
from prt.output.document.content import Prose
from prt.output.document.first_page import BriefTarget
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from prt.output.document.year_pages import Adjustment, YearPages
from prt.output.figure_text import gap_text
from prt.output.numbers import Value, day_text
from prt.output.words import Phrases
from prt.text import closest, fold_letters, one_line
from prt.values import dataclass

JOINTS = re.compile(r"[\s._-]+")
ALIKE: dict[str, tuple[str, ...]] = {
    "to_date": ("to date", "cumul", "year", "année"),
    "target": ("target", "cible"),
    "status": ("status", "état"),
    "base": ("base",),
    "gap": ("gap", "écart"),
    "action": ("action",),
    "planned": ("planned", "prévu"),
    "expected": ("expected", "attendu"),
    "last_year": ("last year", "an dernier"),
    "follow_up": ("follow-up", "suite"),
    "label": ("label", "libellé"),
    "narrative": ("narrative", "récit"),
    "title": ("title", "titre"),
    "report": ("report", "rapport"),
    "period": ("period", "période"),
    "date": ("date",),
    "team": ("team", "équipe"),
    "draft": ("draft", "ébauche"),
    "highlights": ("highlights", "faits saillants"),
    "outlook": ("outlook", "perspectives"),
    "learned": ("learned", "appris"),
    "adjustments": ("adjustments", "ajustements"),
}
"""The words of a name: of each first the English one, then the French one, of any language of the report."""
UNITS = ("%", "h")


@dataclass(frozen=True)
class FormName:
    """A name as the language of a report has it, what other words mean the same, and what it stands for."""

    name: str
    others: tuple[str, ...]
    value: Value | Prose

    @property
    def text(self) -> str:
        return self.value.text if isinstance(self.value, Prose) else str(self.value)

    @property
    def is_gap(self) -> bool:
        """Is it to be written still?"""
        return isinstance(self.value, Prose) and self.value.gap


def name_key(name: str) -> str:
    """Letters alone tell names apart, and between words a dot, as a name of Excel has it."""
    return JOINTS.sub(".", fold_letters(name)).strip(".")


def list_names(report: Report, periods: int) -> list[FormName]:
    """Every name that this edition of a report fills in, in its order; empty of periods to come."""
    cover, day = report.cover, report.cover.cut_off
    amount = day.amount if isinstance(day, Value) else None
    printed = day_text(amount, report.language) if isinstance(amount, dt.date) else Value(day)
    told: dict[str, str | Prose | None] = {
        "title": cover.title,
        "report": cover.name,
        "period": cover.span,
        "date": printed,
        "team": cover.team,
        "draft": cover.draft,
        "highlights": report.brief.told,
        **(told_of_year(report.year) if report.year else {"outlook": report.outlook_told}),
    }
    concerns = {one.anchor: one for one in report.brief.concerns}
    found = list(make_names("", told, report.language))
    for volet in report.volets:
        found += make_names(f"volet {volet.id} ", {"narrative": volet.narrative}, report.language)
        for line in volet.lines:
            found += make_names(f"{line.id} ", {"narrative": line.narrative}, report.language)
            for part in line.indicators:
                told = told_of(part, concerns.get(part.anchor), report)
                found += make_names(f"{part.handle} ", told, report.language)
                found += periods_of(part, periods)
    return found


def make_names(before: str, told: Mapping[str, str | Prose | None], language: Language) -> Iterator[FormName]:
    at = 0 if language == "en" else 1
    for word, value in told.items():
        alike = ALIKE[word]
        own = alike[min(at, len(alike) - 1)]
        others = tuple(before + one for one in alike if one != own)
        shown = value if isinstance(value, Prose | Value) else Value(value or "")
        yield FormName(before + own, others, shown)


def told_of_year(year: YearPages) -> dict[str, str | Prose | None]:
    return {"learned": year.learned, "adjustments": join_adjustments(year.adjustments)}


def join_adjustments(found: Sequence[Adjustment]) -> str | Prose | None:
    """What changes next year, each after what it is about; one that names nothing stays as it is."""
    if len(found) == 1 and not found[0].label:
        return found[0].told
    heads = (" – ".join(filter(None, (one.label, one.standing))) for one in found)
    texts = (line for head, one in zip(heads, found, strict=True) for line in (head, one.told.text) if line)
    return "\n".join(texts)


def told_of(
    part: IndicatorPart, concern: BriefTarget | None, report: Report
) -> dict[str, str | Prose | None]:
    """What a report has of an indicator; a bilan also last year's figure, and what becomes of the target."""
    of_year = {
        "last_year": part.last_year.number if part.last_year else "",
        "follow_up": concern.follow_up if concern else None,
    }
    action = concern.action if concern else None
    return {
        "label": part.label,
        "to_date": part.to_date.number,
        "base": part.to_date.base,
        "target": part.aim.number if part.aim else "",
        "expected": part.due,
        "gap": gap_of(part, report.language),
        "planned": part.planned,
        "status": part.status if part.aim else "",
        "action": part.remark or action,
        **(of_year if report.year else {}),
    }


def periods_of(part: IndicatorPart, many: int) -> Iterator[FormName]:
    for at in range(many):
        value = part.periods[at].number if at < len(part.periods) else Value("")
        yield FormName(f"{part.handle} P{at + 1}", (), value)


def gap_of(part: IndicatorPart, language: Language) -> str:
    """How much more, or less, than expected by now; empty where one of the two is no number."""
    if part.now_and_due is None:
        return ""
    now, due = part.now_and_due
    return gap_text(Phrases(language), now - due, part.unit if part.unit in UNITS else "")


class FormNames:
    """The names of a report, in the words of either language, and the nearest of one that is none."""

    def __init__(self, names: Iterable[FormName]) -> None:
        self.known: dict[str, FormName] = {}
        self.shown: dict[str, str] = {}
        for one in names:
            for name in chain((one.name,), one.others):
                self.known[name_key(name)] = one
                self.shown[name_key(name)] = name

    def find(self, name: str) -> FormName | None:
        return self.known.get(name_key(name))

    def nearest(self, name: str) -> str:
        """The name that was meant, maybe: of the same indicator, or of the same word."""
        key = name_key(name)
        first, _, last = key.rpartition(".")
        ends = (f"{first}.", f".{last}")
        alike = [one for one in self.known if first and (one.startswith(ends[0]) or one.endswith(ends[1]))]
        found = closest(key, alike or [one for one in self.known if "." not in one])
        return self.shown[found] if found else ""


WIDTH = 60
"""So much of a value tells which it is."""


def names_text(names: Iterable[FormName]) -> str:
    """Each name as a form has it, ready to be copied, and its value of today."""
    lines = [(f"{{{{ {one.name} }}}}", one_line(one.text.replace("\n", " "))) for one in names]
    longest = max(len(name) for name, _ in lines)
    return "".join(f"{name:<{longest}}  {text[:WIDTH]}".rstrip() + "\n" for name, text in lines)
