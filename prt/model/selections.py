"""Which rows of a log count: `{log: sessions, where: {line: "1.1", format: [full-day, half-day]}}`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, partial
from typing import Annotated, Any, Protocol

from prt.model.base import Base, Written, field
from prt.model.cells import Cell, Known, OrganisationCell, Value, cell_of_one, names_person
from prt.model.columns import Column, LogRecord, OwnColumn, Record
from prt.model.records import LOGS, ROSTERS, OrganisationRecord
from prt.model.rows import SESSION
from prt.model.text import Unquoted
from prt.problems import Mistake
from prt.text import before_more, did_you_mean
from prt.values import dataclass


def as_cell(value: Any) -> Any:
    """A value as a cell would hold it: `1.10`, `2024-10-16`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, (str, int, dt.date, Unquoted)) else value


def as_cells(value: Any) -> Any:
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(as_cell(one) for one in values)


CellInput = str | int | float | bool | dt.date
"""What the plan file may write where a cell's value is meant."""

Cells = Annotated[tuple[str, ...], Written(as_cells, CellInput | list[CellInput])]
OneCell = Annotated[str, Written(as_cell, CellInput)]


class Condition(Base):
    """What one column must be: a value, a list (any of), or one of the keys below."""

    any_of: Cells | None = field(default=None, key="is")
    none_of: Cells | None = field(default=None, key="not")
    present: bool | None = None
    first: OneCell | None = field(default=None, key="from")
    last: OneCell | None = field(default=None, key="to")

    def check(self) -> None:
        """Something is asked of the column."""
        if all(value is None for _, value in self.items()):
            raise Mistake("condition_of_nothing")

    def cells(self) -> list[str]:
        """Every value named, as text."""
        ends = [end for end in (self.first, self.last) if end is not None]
        return [*(self.any_of or ()), *(self.none_of or ()), *ends]

    @property
    def asked(self) -> Hashable:
        """The condition without the order of its values."""
        any_of = None if self.any_of is None else frozenset(self.any_of)
        none_of = None if self.none_of is None else frozenset(self.none_of)
        return any_of, none_of, self.present, self.first, self.last

    def test(self, column: Column, known: Known) -> Callable[[Any], bool]:
        """A function of one value. An empty cell matches only `not` and `present: false`."""
        read = partial(cell_of_one(column.cell).read, known=known, column=column.name)
        tests: list[Callable[[Any], bool]] = []
        if self.any_of is not None:
            wanted = frozenset(map(read, self.any_of))
            within: Callable[[Any], bool] = wanted.__contains__
            tests.append((lambda value: not wanted.isdisjoint(value)) if column.cell.many else within)
        if self.none_of is not None:
            unwanted = frozenset(map(read, self.none_of))
            tests.append(lambda value: unwanted.isdisjoint(several(value)))
        if self.present is not None:
            tests.append(lambda value: is_empty(value) is not self.present)
        if self.first is not None:
            first: Any = read(self.first)
            tests.append(lambda value: any(one >= first for one in several(value)))
        if self.last is not None:
            last: Any = read(self.last)
            tests.append(lambda value: any(one <= last for one in several(value)))
        return tests[0] if len(tests) == 1 else lambda value: all(test(value) for test in tests)


def is_empty(value: Any) -> bool:
    """An empty cell: None, or no value of several."""
    return value is None or (type(value) is tuple and not value)


def several(value: Any) -> tuple[Any, ...]:
    """The values of a cell: none, one, or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def read_one(cell: Cell, text: str, known: Known, column: str) -> Value:
    """One value of a cell that may hold several."""
    return cell_of_one(cell).read(text, known, column)


def as_condition(value: Any) -> Any:
    return value if isinstance(value, dict) else {"is": value}


Where = dict[str, Annotated[Condition, Written(as_condition, CellInput | list[CellInput] | Condition)]]


class Selection(Base):
    """Rows of one log, or a named selection made narrower. `when` places rows by another date column."""

    log: str | None = None
    selection: str | None = None
    where: Where = field(factory=dict)
    when: str | None = None

    def check(self) -> None:
        """One source of rows."""
        if (self.log is None) == (self.selection is None):
            raise Mistake("no_log_or_selection")

    def knows_columns(self, own: Mapping[str, OwnColumn]) -> None:
        """The columns that its plan adds, as its rows name them: a total is in the unit of its column."""
        vars(self)["_own"] = own

    def own_column(self, name: str) -> OwnColumn | None:
        own: Mapping[str, OwnColumn] = vars(self).get("_own", {})
        return own.get(name)

    def flat(self, named: Mapping[str, Selection]) -> Flat:
        """Its log and all conditions, those of the selection that it narrows too. Made once for a plan."""
        if "_flat" not in vars(self) or vars(self)["_flat"][0] is not named:
            found = Flat(self.log or "", tuple(self.where.items()), self.when)
            if self.selection is not None:
                base = named[self.selection].flat(named)
                found = Flat(base.log, base.conditions + found.conditions, self.when or base.when)
            vars(self)["_flat"] = named, found
        kept: Flat = vars(self)["_flat"][1]
        return kept


@dataclass(frozen=True, eq=False)
class Flat:
    """A selection with its names resolved; two that ask for the same are equal, in whatever order."""

    log: str
    conditions: tuple[tuple[str, Condition], ...]
    when: str | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Flat) and self.asked == other.asked

    def __hash__(self) -> int:
        return hash(self.asked)

    @cached_property
    def asked(self) -> Hashable:
        """What is asked of a row, without the order in which the plan writes it."""
        return self.log, frozenset((name, one.asked) for name, one in self.conditions), self.when

    @property
    def asks_status(self) -> bool:
        """Does it ask for a status of the session itself? Otherwise only held sessions count."""
        return any(column in ("status", SESSION + "status") for column, _ in self.conditions)

    def tests(self, records: Records, known: Known) -> list[tuple[str, Callable[[Any], bool]]]:
        """What each column must pass. Made once for a project."""
        if "_tests" not in vars(self) or vars(self)["_tests"][0] is not known:
            tests = []
            for name, condition in self.conditions:
                column = column_of(records, self.log, name)
                tests.append((name, condition.test(column, known.at(owner(self.log, name)))))
            vars(self)["_tests"] = known, tests
        found: list[tuple[str, Callable[[Any], bool]]] = vars(self)["_tests"][1]
        return found


def whole_log(log: str) -> Selection:
    """Every row of a log."""
    return Selection(log=log)


def as_selection(value: Any) -> Any:
    return {"selection": value} if isinstance(value, str) else value


Selected = Annotated[Selection, Written(as_selection, str | Selection)]
"""As the plan writes it: a name, or a mapping."""


def as_selections(value: Any) -> Any:
    """One selection is a list of one."""
    return tuple(map(as_selection, value if isinstance(value, list | tuple) else (value,)))


Sources = Annotated[
    tuple[Selection, ...], Written(as_selections, str | Selection | tuple[str | Selection, ...])
]
"""One selection or several, of one log or of several."""


def owner(log: str, name: str) -> str:
    """The log that a column belongs to: `session.line` is a column of sessions."""
    return "sessions" if name.startswith(SESSION) else log


class Records(Protocol):
    """Who knows the columns that rows of a log have: a plan, or the data of its year."""

    def record_of(self, log: str, /) -> type[LogRecord]: ...


def model_of(records: Records, log: str) -> type[Record]:
    """The class of the rows of a log, or of a roster, which no plan changes."""
    return records.record_of(log) if log in LOGS else ROSTERS[log]


def columns_in_plan(records: Records, log: str) -> Iterator[tuple[str, Column]]:
    """The columns of a log, or of a roster, by the names that a plan has for them: those of the session that
    a row belongs to as well, `session.line`."""
    model = model_of(records, log)
    yield from ((one.name, one) for one in model.columns())
    if model.parent:
        yield from ((SESSION + one.name, one) for one in model_of(records, model.parent).columns())


def column_of(records: Records, log: str, name: str) -> Column:
    """The declaration of a column. KeyError where there is none; plans are checked before."""
    column = model_of(records, owner(log, name)).column_named(name.removeprefix(SESSION))
    if column is None:
        raise KeyError(f"{log}.{name}")
    return column


def log_of(selection: Selection, named: Mapping[str, Selection]) -> str | None:
    """The log that a selection takes rows of; None where a name or the log is wrong."""
    seen = set()
    while selection.selection is not None:
        if selection.selection in seen or selection.selection not in named:
            return None
        seen.add(selection.selection)
        selection = named[selection.selection]
    return selection.log if selection.log in LOGS else None


def is_person(records: Records, log: str, name: str) -> bool:
    """Does the column say who?"""
    return names_person(column_of(records, log, name).cell)


def is_organisation(records: Records, log: str, name: str) -> bool:
    """Does the column hold the code of an organisation?"""
    column = column_of(records, log, name)
    own = log == OrganisationRecord.log and column.name == OrganisationRecord.id_column
    return own or isinstance(cell_of_one(column.cell), OrganisationCell)


def unit_of(selection: Selection, name: str) -> str:
    """The unit of a column of numbers; of a named selection, what every log with such a column agrees on."""
    if own := selection.own_column(name):
        return own.unit_text
    log = owner(selection.log or "", name)
    models = [LOGS[log]] if log in LOGS else LOGS.values()
    bare = name.removeprefix(SESSION)
    units = {column.cell.unit for model in models if (column := model.column_named(bare))}
    return units.pop() if len(units) == 1 else ""


def column_mistake(records: Records, log: str, name: str) -> Mistake | None:
    """What is wrong with a column's name in the plan, or None."""
    own = model_of(records, log)
    if name.startswith(SESSION) and not own.parent:
        return Mistake("rows_without_session", log=log, columns=", ".join(own.header()))
    model, bare = model_of(records, owner(log, name)), name.removeprefix(SESSION)
    if model.column_named(bare):
        return None
    hint = before_more(did_you_mean(bare, model.header()))
    columns = ", ".join(model.header())
    return Mistake("log_without_column", log=model.log, column=bare, hint=hint, columns=columns)
