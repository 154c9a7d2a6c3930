"""How the heads of a report are written in its sums: a row about a person as the person, and what is more.

Who is counted by rows in one figure and once in another is the same person, and no figure of rows is less
than that of persons: where both are equal, each has one row. So a row is written *person + more*, and the
number of *more* is 0: what adds up to 0 is 0 each. That is strict: where each of some people has two rows, a
reader counts as one who knows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping

from prt.figures.withholding.equations import Key, Sum
from prt.model.facts import OTHER_SIDE, About, Head, Heads

Write = Callable[[Heads], Sum]
Abouts = Mapping[Key, About]
RowTerms = Mapping[Head, tuple[Head, ...]]


def terms_of_rows(abouts: Abouts) -> RowTerms:
    """Of each row about a person who is counted, too: the person, and what is more."""
    heads = frozenset[Head]().union(*(about.part | about.whole for about in abouts.values()))
    pairs = ((head, head.of_person()) for head in heads)
    return {
        head: (person, head._replace(what=f"more {head.what}", number=0))
        for head, person in pairs
        if person in heads
    }


class Terms:
    """The terms of all sums of some cells; of terms that are always counted together one stands for all."""

    def __init__(self, abouts: Abouts) -> None:
        self.of_rows = terms_of_rows(abouts)
        self.values = self.standing(abouts)

    def write(self, heads: Heads) -> Sum:
        found = Counter(term for head in heads for term in self.of_rows.get(head, (head,)))
        return {term: times for term, times in found.items() if term in self.values}

    def write_plainly(self, heads: Heads) -> Sum:
        """Without the zeros of the other side: the people of a share, as a number of people counts them."""
        return {term: times for term, times in self.write(heads).items() if not of_other_side(term)}

    @property
    def ways(self) -> tuple[Write, ...]:
        """Both ways to write, where they differ: a reader may compute with either."""
        other = any(map(of_other_side, self.values))
        return (self.write, self.write_plainly) if other else (self.write,)

    def standing(self, abouts: Abouts) -> dict[Head, int]:
        """The most numerous of the terms that are counted together, as often, in the same cells, with how
        many people all of these are.
        """
        counted: dict[Head, list[tuple[Key, bool]]] = defaultdict(list)
        for key, about in abouts.items():
            for head in about.part:
                counted[head].append((key, True))
            for head in about.whole:
                counted[head].append((key, False))
        where: dict[Head, Counter[Hashable]] = defaultdict(Counter)
        for head, cells in counted.items():
            for term in self.of_rows.get(head, (head,)):
                where[term][tuple(cells)] += 1
        standing: dict[Hashable, Head] = {}
        people: Counter[Hashable] = Counter()
        for term, cells_of in where.items():
            together = frozenset(cells_of.items())
            other = standing.setdefault(together, term)
            standing[together] = max(term, other, key=lambda one: (one.number, one))
            people[together] += term.number
        return {term: people[together] for together, term in standing.items()}


def of_other_side(head: Head) -> bool:
    return head.what.startswith(OTHER_SIDE)


def related(abouts: Abouts, small: Iterable[Key]) -> set[Key]:
    """The cells that share terms with the small ones, or with cells that do."""
    of_rows = terms_of_rows(abouts)
    terms = {
        key: {term for head in about.part | about.whole for term in of_rows.get(head, (head,))}
        for key, about in abouts.items()
    }
    at: dict[Head, list[Key]] = defaultdict(list)
    for key, some in terms.items():
        for term in some:
            at[term].append(key)
    found, waiting, seen = set(small), list(small), set[Head]()
    while waiting:
        for term in terms[waiting.pop()] - seen:
            seen.add(term)
            new = [key for key in at[term] if key not in found]
            found.update(new)
            waiting += new
    return found
