"""How the heads of a report are written in its sums: a row about a person as the person, and what is more.

Who is counted by rows in one figure and once in another is the same person, and no figure of rows is less
than that of persons: where both are equal, each has one row. So a row is written *person + more*, and the
number of *more* is 0: what adds up to 0 is 0 each. That is strict: where each of some people has two rows, a
reader counts as one who knows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, filterfalse, product

from prt.figures.withholding.equations import Sum
from prt.model.facts import (
    NOBODY,
    NOT_AMONG,
    NOT_OUTSIDE,
    NOT_REACHED,
    OTHER_SIDE,
    About,
    Frequency,
    Head,
    Heads,
)

MORE = "more "
Write = Callable[[Heads], Sum]
Abouts = Sequence[About]
"""Each once, in an order that no id decides."""
Link = tuple[Head, tuple[Head, ...]]
"""A head, and what it is the sum of."""
Links = Mapping[Head, tuple[Head, ...]]
Counted = Mapping[Head, list[int]]
"""Heads, first those that are in the first cells: what is in the same cells is for a reader the same."""
Where = tuple[tuple[int, ...], bool, bool]
"""The cells of a head, and of what kind it is."""


def terms_of_heads(abouts: Abouts, counted: Counted) -> Links:
    """Of each head that others are a part of: these, and what is more."""
    heads = {head: cells for cells, head in sorted((cells, head) for head, cells in counted.items())}
    logs, times = dict(links_of_logs(abouts)), dict(links_of_times(heads))
    rest, rows = dict(links_of_rest(abouts, logs, times)), dict(links_of_rows(heads, times))
    links = {**rest, **rows, **logs, **times}
    return {head: tuple(expanded(head, links)) for head in links}


def where_counted(abouts: Abouts) -> Counted:
    """By head the sides of the cells that count it."""
    found: dict[Head, list[int]] = defaultdict(list)
    for number, side in enumerate(side for about in abouts for side in (about.part, about.whole)):
        for head in side:
            found[head].append(number)
    return found


def expanded(head: Head, links: Links) -> Iterable[Head]:
    """What it is the sum of in the end; a person is nobody twice."""
    found = [
        term for one in links.get(head, ()) for term in (expanded(one, links) if one in links else (one,))
    ]
    return found if is_of_rows(head) else dict.fromkeys(found)


def links_of_rows(heads: Counted, times: Links) -> Iterator[Link]:
    """A row about a person who is counted, too, be it how often, is the person, and what is more."""
    for head in heads:
        person = head.of_person()
        if person and (person in heads or person in times):
            yield head, (person, more_of(head))


def more_of(row: Head) -> Head:
    return row._replace(what=f"{MORE}{row.what}", number=0)


def is_of_rows(head: Head) -> bool:
    """Does it say how many rows, and not who?"""
    return bool(head.log) or head.what.startswith(MORE)


def links_of_logs(abouts: Abouts) -> Iterator[Link]:
    """Of the people of one log those whom another names: each is that person, or nobody."""
    linked = set[tuple[str, str]]()
    for about in abouts:
        named = {head.person: head for head in sorted(about.part) if is_named(head)} if about.whole else {}
        nobody = {head.person: head for head in sorted(about.whole) if of_other_side(head)} if named else {}
        for head in sorted(about.whole - about.part) if named else ():
            other = named.get(head.person)
            if other is None or not is_named(head) or other in about.whole:
                continue
            if (other.what, head.what) not in linked:
                linked.add((head.what, other.what))
                yield head, (other, nobody[head.person])


def links_of_rest(abouts: Abouts, logs: Links, times: Links) -> Iterator[Link]:
    """Who came, or is in post, and never asked would be the same if they had; and is one person in both."""
    found: dict[Head, dict[Head, None]] = defaultdict(dict)
    for about in abouts:
        outside = {head.person: head for head in about.part if head.what.startswith(NOT_AMONG)}
        for head in sorted(about.whole - about.part) if outside else ():
            if is_named(head) and head.person in outside and head not in logs:
                found[outside[head.person]][head] = None
    for nobody, same in found.items():
        first = next((head for head in same if head in times), next(iter(same)))
        yield first, (first._replace(what=f"less {first.what}"), nobody)
        yield from ((head, (first, nobody)) for head in same if head != first and head not in times)


def is_named(head: Head) -> bool:
    """Is it a person whom rows of some log name?"""
    return bool(head.person and head.number and not head.log) and not of_other_side(head)


def links_of_times(heads: Counted) -> Iterator[Link]:
    """Who did something twice did it once; who never did it did not do it twice."""
    reached: dict[tuple[str, str, str], list[Head]] = defaultdict(list)
    for head in heads:
        times = Frequency.of(head)
        if times and not head.what.startswith(NOT_REACHED):
            reached[head.person, times.log, times.rule].append(head)
    rows = rows_by_person(heads)
    for (person, log, rule), some in reached.items():
        yield from links_of_reach(Head(person, log, 1, person), rule, some, rows[log, person], heads)


def rows_by_person(heads: Counted) -> dict[tuple[str, str], list[Head]]:
    found: dict[tuple[str, str], list[Head]] = defaultdict(list)
    for head in heads:
        if head.of_person():
            found[head.log, head.person].append(head)
    return found


def links_of_reach(
    person: Head, rule: str, reached: Sequence[Head], rows: Sequence[Head], heads: Counted
) -> Iterator[Link]:
    """A member as one who got so far on each ladder: a ladder is what is told apart, days or objectives, its
    rungs are how many of them are asked. The first of each is the same where it is once.
    """
    ladders = ladders_of(reached)
    true = tuple(sum(rung.number for rung in ladder) for ladder in ladders)
    far = {
        rungs: person._replace(what=f"{rungs} of {rule}", number=int(rungs == true))
        for rungs in product(*(range(len(ladder) + 1) for ladder in ladders))
        if any(rungs) and (rungs == true or all(map(may_be_at, rungs, ladders)))
    }
    at_all, never = (person._replace(what=f"{side}{rule}", number=0) for side in (NOT_AMONG, NOT_OUTSIDE))
    not_far = person._replace(what=f"not {rule}", number=int(not any(true)))
    once = at_all._replace(what=f"less {at_all.what}")
    not_named = at_all in heads and never not in heads  # a member whom no row names
    yield person, (*far.values(), not_far)
    if not_named:
        yield at_all, (*far.values(), once)
    for number, ladder in enumerate(ladders):
        for at, rung in enumerate(ladder, 1):
            yield rung, tuple(one for rungs, one in far.items() if rungs[number] >= at)
            below = (one for rungs, one in far.items() if rungs[number] < at)
            yield not_reached(rung), (*below, not_far, once if not_named else never)
    times = {one: most_of(rungs, ladders) for rungs, one in far.items()}
    yield from links_to_more(more_of(rows[0] if rows else at_all), times, len(rows) or 1)


def ladders_of(reached: Sequence[Head]) -> list[list[Head]]:
    found: dict[str, list[Head]] = defaultdict(list)
    for head in sorted(reached, key=lambda head: head.place):
        found[head.what].append(head)
    return [found[what] for what in sorted(found)]


def may_be_at(rungs: int, ladder: Sequence[Head]) -> bool:
    """Who did it in any way did it once."""
    return rungs > 0 or ladder[0].place > 1


def most_of(rungs: Sequence[int], ladders: Sequence[Sequence[Head]]) -> int:
    """How often at least did it who got so far?"""
    return max(ladder[at - 1].place for at, ladder in zip(rungs, ladders, strict=True) if at)


def links_to_more(more: Head, times: Mapping[Head, int], rows: int) -> Iterator[Link]:
    """Who had done it oftener than there are rows would have more; but one row may tell of several times."""
    oftener = [one for one, least in times.items() for _ in range(rows, least)]
    if oftener and not any(one.number for one in oftener):
        yield more, (*oftener, more._replace(what=f"less {more.what}"))


def not_reached(often: Head) -> Head:
    return often._replace(what=f"{NOT_REACHED}{often.what}", number=1 - often.number)


class Terms:
    """The terms of all sums of some cells: of heads that are always counted together one stands for all."""

    def __init__(self, abouts: Abouts) -> None:
        counted = where_counted(abouts)
        self.links = terms_of_heads(abouts, counted)
        self.standing = self.standing_for(counted)
        self.of_shares = any(of_other_side(head) for about in abouts for head in about.whole)

    def write(self, heads: Heads) -> Sum:
        """Each row counts; but people once each, be they on the other side, too."""
        found = Counter(self.linked(filter(is_of_rows, heads)))
        found.update(set(self.linked(filterfalse(is_of_rows, heads))))
        return {self.standing[term]: times for term, times in found.items() if term in self.standing}

    def linked(self, heads: Iterable[Head]) -> Iterator[Head]:
        return chain.from_iterable(self.links.get(head, (head,)) for head in heads)

    def write_plainly(self, heads: Heads) -> Sum:
        """Without the zeros of the other side: the people of a share, as a number of people counts them."""
        return self.write(frozenset(head for head in heads if not of_other_side(head)))

    @property
    def ways(self) -> tuple[Write, ...]:
        """Both ways to write, where they differ: a reader may compute with either."""
        return (self.write, self.write_plainly) if self.of_shares else (self.write,)

    def standing_for(self, counted: Counted) -> dict[Head, Head]:
        """Of the heads that are counted as often in the same cells, in both ways to write, the first, by the
        head of all of them.

        Its name is its place in the order of those cells: nothing depends on what anybody is called.
        """
        where: dict[Head, Counter[Where]] = defaultdict(Counter)
        for head, cells in counted.items():
            for term in self.linked([head]):
                where[term][tuple(cells), of_other_side(head), is_of_rows(head)] += 1
        together: dict[tuple[tuple[Where, int], ...], list[Head]] = defaultdict(list)
        for term, cells_of in where.items():
            together[tuple(sorted(cells_of.items()))].append(term)
        numbers = (sum(term.number for term in together[cells]) for cells in sorted(together))
        everybody = [Head(f"{place:06}", "", number) for place, number in enumerate(numbers)]
        return {together[cells][0]: one for cells, one in zip(sorted(together), everybody, strict=True)}


def of_other_side(head: Head) -> bool:
    return head.what.startswith(OTHER_SIDE)


def related(abouts: Iterable[About], small: Iterable[About]) -> set[About]:
    """The cells that share terms with the small ones, or with cells that do."""
    found, new = set[About](), list(small)
    every = list(dict.fromkeys(chain(abouts, new))) if new else []
    links = terms_of_heads(every, where_counted(every))
    terms = {head: frozenset(some) for head, some in links.items()}
    linked, waiting = frozenset(terms), {about: about.part | about.whole for about in every}
    for about, heads in waiting.items():
        if not heads.isdisjoint(linked):
            waiting[about] = (heads - linked).union(*(terms[head] for head in heads & linked))
    while new:
        found.update(new)
        told = NOBODY.union(*(waiting.pop(about, NOBODY) for about in new))
        new = [about for about, some in waiting.items() if not some.isdisjoint(told)]
    return found
