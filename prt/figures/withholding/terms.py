"""How the heads of a report are written in its sums: a row about a person as the person, and what is more.

Who is counted by rows in one figure and once in another is the same person, and no figure of rows is less
than that of persons: where both are equal, each has one row. So a row is written *person + more*, and the
number of *more* is 0: what adds up to 0 is 0 each. That is strict: where each of some people has two rows, a
reader counts as one who knows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import chain

from prt.figures.withholding.equations import Sum
from prt.figures.withholding.links import (
    Abouts,
    Counted,
    is_of_rows,
    of_other_side,
    terms_of_heads,
    where_counted,
)
from prt.model.facts import NOBODY, About, Head, Heads

Write = Callable[[Heads], Sum]
Where = tuple[tuple[int, ...], bool, bool]
"""The cells of a head, and of what kind it is."""


class Terms:
    """The terms of all sums of some cells: of heads that are always counted together one stands for all."""

    def __init__(self, abouts: Abouts) -> None:
        counted = where_counted(abouts)
        self.links = terms_of_heads(abouts, counted)
        self.linked = frozenset(self.links)
        self.standing = self.standing_for(counted)
        self.told_apart = frozenset(self.standing)
        self.zeros = frozenset(filter(of_other_side, chain(counted, self.links, *self.links.values())))
        self.of_shares = any(not about.whole.isdisjoint(self.zeros) for about in abouts)
        self.written: dict[Heads, Sum] = {}

    def write(self, heads: Heads) -> Sum:
        """Each row counts; but people once each, be they on the other side, too. Made once of the same."""
        if heads not in self.written:
            self.written[heads] = self.written_anew(heads)
        return self.written[heads]

    def written_anew(self, heads: Heads) -> Sum:
        linked = heads & self.linked
        found = Counter(dict.fromkeys((heads - linked) & self.told_apart, 1))
        persons = set[Head]()
        for head in linked:
            (found if is_of_rows(head) else persons).update(self.links[head])
        found.update(term for term in persons if is_of_rows(term) or term not in heads or term in linked)
        return {self.standing[term]: times for term, times in found.items() if term in self.told_apart}

    def write_plainly(self, heads: Heads) -> Sum:
        """Without the zeros of the other side: the people of a share, as a number of people counts them."""
        return self.write(heads - self.zeros)

    @property
    def ways(self) -> tuple[Write, ...]:
        """Both ways to write, where they differ: a reader may compute with either."""
        return (self.write, self.write_plainly) if self.of_shares else (self.write,)

    def standing_for(self, counted: Counted) -> dict[Head, Head]:
        """Of the heads that are counted as often in the same cells, in both ways to write, the first, by the
        head of all of them.

        Its name is its place in the order of those cells: nothing depends on what anybody is called.
        """
        where: dict[Head, dict[Where, int]] = defaultdict(dict)
        for head, cells in counted.items():
            kind = tuple(cells), of_other_side(head), is_of_rows(head)
            for term in self.links.get(head, (head,)):
                where[term][kind] = where[term].get(kind, 0) + 1
        together: dict[tuple[tuple[Where, int], ...], list[Head]] = defaultdict(list)
        for term, cells_of in where.items():
            together[tuple(sorted(cells_of.items()))].append(term)
        in_order = [together[cells] for cells in sorted(together)]
        numbers = (sum(term.number for term in some) for some in in_order)
        everybody = (Head(f"{place:06}", "", number) for place, number in enumerate(numbers))
        return {some[0]: one for some, one in zip(in_order, everybody, strict=True)}


def find_related_cells(abouts: Iterable[About], small: Iterable[About]) -> set[About]:
    """The cells that share terms with the small ones, or with cells that do."""
    found, new = set[About](), list(small)
    every = list(dict.fromkeys(chain(abouts, new))) if new else []
    links = terms_of_heads(every, where_counted(every))
    terms = {head: frozenset(some) for head, some in links.items()}
    linked, waiting = frozenset(terms), {about: about.part.union(about.whole, about.rows) for about in every}
    for about, heads in waiting.items():
        if not heads.isdisjoint(linked):
            waiting[about] = (heads - linked).union(*(terms[head] for head in heads & linked))
    while new:
        found.update(new)
        told = NOBODY.union(*(waiting.pop(about, NOBODY) for about in new))
        new = [about for about, some in waiting.items() if not some.isdisjoint(told)]
    return found
