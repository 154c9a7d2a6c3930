"""`prt plan show` and `prt plan schema`; `diff` and `new` have files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from prt.console import context, screen
from prt.console.options import LangOption, YearOption, check_known
from prt.console.signature import Argument
from prt.files.project import Project
from prt.model.plan import Indicator, Target, handle
from prt.output.figure_text import FigureText
from prt.output.numbers import format_exact
from prt.output.screens.status import Line
from prt.output.words import Words
from prt.text import collapse_spaces


def show(
    line: Annotated[str | None, Argument("One volet or line only.", metavar="[LINE]")] = None,
    year: YearOption = None,
    lang: LangOption = None,
) -> None:
    """Every line with its indicators: the funder's words, the rule in a sentence, the target."""
    language = context.screen_language(lang)
    project: Project = context.open_project()
    path = project.plan_path(year) if year else project.current_plan_path(context.today())
    plan, _ = project.plan(path)
    check_known("volet or line", line, [*(one.id for one in plan.volets), *(one.id for one in plan.lines())])
    words = Words(language, plan, project.organisations[0])
    screen.show(plan_lines(words, line))


def plan_lines(words: Words, wanted: str | None) -> list[Line]:
    plan, language = words.plan, words.language
    found: list[Line] = [[(f"{plan.year}  {' '.join(plan.title.to(language))}", "bold")]]
    for volet, line, indicator in plan.indicators():
        if wanted not in (None, volet.id, line.id):
            continue
        if indicator is line.indicators[0]:
            if line is volet.lines[0]:
                found += [[("", "")], [(f"{volet.id} {' '.join(volet.title.to(language))}", "bold")]]
            strategy = " ".join(line.strategy.to(language)) if line.strategy else ""
            found += [[("", "")], [(f"  {line.id}  ", "bold"), (strategy, "dim")]]
        found.append([(f"    {handle(line, indicator)}", "bold"), (f"  {indicator.label.to(language)}", "")])
        found += [
            [("        " + words("change.quote", text=collapse_spaces(phrase)), "dim")]
            for phrase in indicator.quoted.to(language)
        ]
        found.append([(f"        = {indicator.measure.sentence(words)}", "")])
        if indicator.target:
            found.append(target_line(words, indicator, indicator.target))
    return found


def target_line(words: Words, indicator: Indicator, target: Target) -> Line:
    """What is judged, and behind it the funder's phrase where there is one."""
    phrases = collapse_spaces(" ".join(target.quoted.to(words.language)))
    quoted = "  " + words("change.quote", text=phrases) if phrases else ""
    told = [str(FigureText(words).aim_of(indicator)), *way_texts(words, target, indicator.measure.unit)]
    return [(f"        → {' · '.join(told)}", ""), (quoted, "dim")]


def way_texts(words: Words, target: Target, unit: str) -> Iterator[str]:
    """What is due when each period is over: `P1 10, P2 25`; and where the figure stood before."""
    if target.by:
        steps = ((period, format_exact(value, unit, words.language)) for period, value in target.by.items())
        yield ", ".join(f"P{period} {value}" for period, value in sorted(steps))
    if target.baseline:
        day, value = target.baseline.date, format_exact(target.baseline.value, unit, words.language)
        yield words("aim.baseline", day=words.date(day), value=value)
