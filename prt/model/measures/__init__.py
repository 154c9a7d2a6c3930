"""THE MEASURES: one class per kind, in a file of its own: its YAML fields, its arithmetic, its sentence.

`facts(data, indicator_id)` says what each row of the year gives (prt/model/facts.py), `fold(facts, view)`
makes the figure of one window from them; the id is such as `1.1.workshops`. Numbers are exact. A new kind is
one class in one file, and its name in `KINDS`.
"""

from __future__ import annotations

from typing import Annotated, get_args

from prt.model.base import ByKind
from prt.model.measures.base import Measure, Pace, Say
from prt.model.measures.count import Count
from prt.model.measures.distinct import Distinct
from prt.model.measures.list import List
from prt.model.measures.mean import Mean
from prt.model.measures.milestone import Milestone
from prt.model.measures.ratio import Ratio
from prt.model.measures.reach import Reach
from prt.model.measures.sum import Sum
from prt.model.measures.typed import Typed

KINDS: list[type[Measure]] = [Count, Sum, Distinct, Mean, Ratio, Reach, List, Milestone, Typed]
AnyMeasure = Annotated[Measure, ByKind(KINDS)]


def kind_name(kind: type[Measure]) -> str:
    """What the plan writes after `kind:`."""
    return str(get_args(kind.fields["kind"].hint)[0])


__all__ = ["KINDS", "AnyMeasure", "Measure", "Pace", "Say", "kind_name"]
