"""A figure, a target, a status in words of one language: the same for every place that prints one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from prt.figures.evaluate import Evaluation, Result
from prt.figures.plan_diff.amendments import Changed
from prt.figures.withholding.published import ALL_SHOWN, Withheld
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.model.selections import is_person
from prt.output.changed_aims import aim_change
from prt.output.document.content import Bar, Cell
from prt.output.document.indicator_parts import Aim
from prt.output.figure_text import FigureText
from prt.output.listings import named
from prt.output.numbers import NBSP, Value, day_text, format_exact, format_figure
from prt.output.words import Words
from prt.values import replace

LONGEST_SIGN = 4
"""Letters of a unit that is a sign, as `h` and `km` are; a longer one is a word."""


class Figures(FigureText):
    """Figures of one evaluation as text; in the audit edition with the rows behind them."""

    def __init__(
        self,
        evaluation: Evaluation,
        words: Words,
        withheld: Withheld = ALL_SHOWN,
        changed: Sequence[Changed] = (),
        lists_rows: bool = True,
    ) -> None:
        super().__init__(words)
        self.evaluation = evaluation
        self.withheld = withheld
        self.changed = {one.handle: one for one in changed}
        self.lists_rows = lists_rows

    def cell(self, measure: Measure, figure: Figure | None, target: Target | None = None) -> Cell:
        """A figure and its base: `80.3%`, `248 of 309`; that there is none is said in words."""
        if figure is None:
            return Cell(Value(self.words("figure.none")))
        has_base = figure.absent != "no_data" and not measure.counts_values
        base = self.base(figure, measure.base_word) if has_base else ""
        return Cell(self.number(measure, figure, target), base, figure.part, figure.whole)

    def among_others(self, measure: Measure, figure: Figure | None, target: Target | None) -> Cell:
        """As `cell`; where there is no figure a dash stands among those of others, whatever the reason."""
        if figure and figure.absent in ("no_data", "not_computable"):
            return Cell(Value(self.words("figure.none")))
        return self.cell(measure, figure, target)

    def of_period(self, measure: Measure, figure: Figure | None, target: Target | None) -> Cell:
        """As `among_others`; a milestone stands in the period it was done in.

        A unit in words stands beside the figure of the year and the target: a period has no room for it.
        """
        if figure and measure.is_event and not figure.value:
            return Cell(Value(""))
        cell = self.among_others(measure, figure, target)
        number = cell.number
        if len(number.unit) <= LONGEST_SIGN:
            return cell
        return replace(cell, number=number.printed(number.removesuffix(f"{NBSP}{number.unit}")))

    def named(self, result: Result) -> str:
        """`1.1 · Workshops delivered`"""
        return named(result.line.id, result.indicator.label.to(self.language))

    def one_text(self, cell: Cell) -> str:
        """`80.3% (248 of 309)`"""
        return f"{cell.number} ({cell.base})" if cell.base else cell.number

    def status(self, result: Result) -> str:
        """The finest word there is: `partly met`, `met, 12 days late`."""
        if result.status.days_late:
            return self.words.counted("status.late", result.status.days_late)
        return self.words(f"status.{result.status.code}")

    def told_status(self, result: Result) -> str:
        """`on track, target lowered from 3 to 2`: a target that asks for less is no progress."""
        one = self.changed.get(result.handle)
        because = aim_change(self.words, one.before, one.after) if one else ""
        return f"{self.status(result)}, {because}" if because else self.status(result)

    def expected(self, result: Result) -> str:
        """What is expected by now, where something is and it is not the whole target."""
        target, due = result.target, result.expected
        if not target or not due or target.due or due == target.lower or due == target.upper:
            return ""
        return format_figure(due, result.measure.unit, self.language)

    def expected_told(self, result: Result) -> str:
        expected = self.expected(result)
        return self.words("figure.expected", number=expected) if expected else ""

    def rate(self, result: Result) -> str:
        """`97.3% of the target`, of an amount: a percentage stands beside its target as it is."""
        target, value, measure = result.target, result.to_date.value, result.measure
        if not target or target.aim != "at_least" or measure.is_percentage or not measure.adds_up:
            return ""
        if value is None or target.lower <= 0:
            return ""
        thresholds = (Fraction(self.evaluation.plan.status.at_risk), Fraction(1))
        share = format_figure(value / Fraction(target.lower), "%", self.language, thresholds=thresholds)
        return self.words("bilan.rate", share=share)

    def due(self, result: Result) -> Value | None:
        """What is expected by now, where the target grows with the year."""
        if result.expected is None or not result.target or result.target.due:
            return None
        return format_figure(result.expected, result.measure.unit, self.language)

    def aim(self, result: Result) -> Aim | None:
        target = result.promised
        if target is None:
            return None
        return Aim(
            self.aim_told(result),
            self.aim_before(result),
            target.quoted.to(self.language),
            self.words("report.in_strategy") if target.stands_in else "",
            self.bar(result),
        )

    def aim_before(self, result: Result) -> str:
        """`changed on February 14, 2025; 1,190 h before`, of a target that was amended."""
        one = self.changed.get(result.handle)
        if one is None:
            return ""
        day = day_text(one.amendment.date, self.language, "medium")
        return self.words("aim.changed", day=day, before=self.aim_of(one.before))

    def alert(self, result: Result) -> str:
        """A share of more than all cannot be right."""
        value = result.to_date.value
        return self.words("figure.over") if result.measure.exceeds_all(value) else ""

    def baseline(self, result: Result) -> Iterator[str]:
        """Where the figure stood before, if the plan says it."""
        target, unit = result.promised, result.measure.unit
        if target and target.baseline:
            day = day_text(target.baseline.date, self.language)
            yield self.words(
                "aim.baseline", day=day, value=format_exact(target.baseline.value, unit, self.language)
            )

    def bar(self, result: Result) -> Bar | None:
        """The bar ends at the target, at 100 %, or at the figure, whichever is the most; None where there is
        nothing to draw: a figure that is withheld, a target less than 0, or none of the year.
        """
        target = result.target
        if target is None or target.full < 0 or result.to_date.absent == "withheld":
            return None
        measure, value = result.measure, max(result.to_date.value or Fraction(0), Fraction(0))
        goal = target.full
        full = max(value, goal, Fraction(measure.is_percentage))
        over = target.due or self.evaluation.at_end
        due = Fraction(0) if over else result.expected or Fraction(0)
        parts = {
            "value": self.one_text(self.cell(measure, result.to_date, target)),
            "target": self.aim_number(target, measure.unit),
        }
        says = self.words("report.bar", **parts)
        if expected := self.expected(result):
            says = self.words("report.bar_expected", expected=expected, **parts)
        return Bar(
            percent(value, full),
            percent(goal, full) if goal < full else "",
            percent(due, full) if due else "",
            says,
        )

    def remarks(self, result: Result) -> Iterator[str]:
        """What a reader should know of the figure to date."""
        figure, measure, words = result.to_date, result.measure, self.words
        left = Counter((one.reason, one.row.log, one.column) for one in figure.left_out)
        for (reason, log, column), number in left.items():
            name = words.column_name(log, column) if column else ""
            yield words.counted(f"remark.{reason}", number, column=name)
        yield from self.outside(measure, figure)
        if measure.exceeds_all(figure.value):
            yield words("remark.over")
        if figure.not_due:
            yield words.counted("remark.nothing_due", len(figure.not_due))
        still = None if self.evaluation.at_end else figure.best
        if still is not None and figure.value is not None and still > figure.value:
            yield words("remark.best", number=format_figure(still, "%", self.language, result.target))

    def outside(self, measure: Measure, figure: Figure) -> Iterator[str]:
        """Organisations outside a population are named, persons only counted."""
        if not figure.outside or not measure.naming:
            return
        name, log = measure.naming, self.words.flat(measure.main).log
        if is_person(self.words.plan, log, name):
            yield self.words.counted("remark.outside_people", len(figure.outside))
        else:
            names = (self.words.value(log, name, value) for value in figure.outside)
            yield self.words("remark.outside", names=", ".join(names))


def percent(part: Fraction, whole: Fraction) -> str:
    """A place on a bar of 100, with one decimal."""
    tenths = round(1000 * part / whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}"
