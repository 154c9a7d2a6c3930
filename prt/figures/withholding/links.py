"""Heads of a report as sums of others: one row of a person counts the person, a second one counts more.

Whoever sees two numbers may subtract them: so heads that mean the same people must be written alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from prt.model.facts import (
    NOT_AMONG,
    NOT_OUTSIDE,
    NOT_REACHED,
    OTHER_SIDE,
    About,
    Frequency,
    Head,
)

MORE = "more "
Abouts = Sequence[About]
"""Each once, in an order that no id decides."""
Link = tuple[Head, tuple[Head, ...]]
"""A head, and what it is the sum of."""
Links = Mapping[Head, tuple[Head, ...]]
Counted = Mapping[Head, list[int]]
"""Heads, each with the sides of the cells that count it."""


def terms_of_heads(abouts: Abouts, counted: Counted) -> Links:
    """For each head that contains others: those others, and a head for the rest."""
    logs, times = dict(links_of_logs(abouts)), dict(links_of_times(counted))
    rest, rows = dict(links_of_rest(abouts, logs, times)), dict(links_of_rows(counted, times))
    links = {**rest, **rows, **logs, **times}
    return {head: tuple(follow_links(head, links)) for head in links}


def where_counted(abouts: Abouts) -> Counted:
    """For each head the numbers of the sides (part or whole) of the cells that count it."""
    found: dict[Head, list[int]] = defaultdict(list)
    for number, side in enumerate(side for about in abouts for side in about.sides):
        for head in side:
            found[head].append(number)
    return found


def follow_links(head: Head, links: Links) -> Iterable[Head]:
    """The heads that a head is the sum of once no link is left to follow; each person stands there once."""
    found = [
        term for one in links.get(head, ()) for term in (follow_links(one, links) if one in links else (one,))
    ]
    return found if is_of_rows(head) else dict.fromkeys(found)


def links_of_rows(heads: Counted, times: Links) -> Iterator[Link]:
    """Rows about a person who is also counted as a person: each is the person and a head for the rest."""
    for (log, person), rows in rows_by_person(heads).items():
        one = Head(person, log, 1, person)
        if one in heads or one in times:
            yield from ((row, (one, more_of(row))) for row in rows)


def more_of(row: Head) -> Head:
    return row.called(f"{MORE}{row.what}", 0)


def is_of_rows(head: Head) -> bool:
    """Does the head stand for a number of rows, and not for a person?"""
    return bool(head.log) or head.what.startswith(MORE)


def links_of_logs(abouts: Abouts) -> Iterator[Link]:
    """Persons of a percentage over two logs (asked for help, was helped): the head of the whole is that of
    the part, or one that counts nobody.
    """
    linked = set[tuple[str, str]]()
    for about in abouts:
        named = {head.person: head for head in sorted(filter(is_named, about.part if about.whole else ()))}
        others = filter(of_other_side, about.whole if named else ())
        nobody = {head.person: head for head in sorted(others)}
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
    for about in (about for about in abouts if about.whole):
        outside = {head.person: head for head in not_among(about)}
        for head in sorted(head for head in about.whole - about.part if head.person):
            if often := Frequency.of(head):
                nobody = head._replace(what=f"{NOT_AMONG}{often.rule}", number=0, place=-1)
                found[nobody][Head(head.person, often.log, 1, head.person)] = None
            elif is_named(head) and head.person in outside and head not in logs:
                found[outside[head.person]][head] = None
    for nobody, same in found.items():
        first = next((head for head in same if head in times), next(iter(same)))
        yield first, (first.called(f"less {first.what}", first.number), nobody)
        yield from ((head, (first, nobody)) for head in same if head != first and head not in times)


def not_among(about: About) -> list[Head]:
    """Nobody, of each person who is in the whole of a share alone, by its own rule: it is on both sides.

    Beside the rows of the part stand others, by the rules of other shares, and which of them a set has last
    would be another in each process.
    """
    both = about.part & about.whole
    return sorted(head for head in both if not head.log and head.what.startswith(NOT_AMONG))


def is_named(head: Head) -> bool:
    """Is it a person whom rows of some log name?"""
    return bool(head.person and head.number and not head.log) and not of_other_side(head)


def links_of_times(heads: Counted) -> Iterator[Link]:
    """Heads of members who did something so many times: twice implies once, never implies not twice."""
    reached: dict[tuple[str, str, str], list[Head]] = defaultdict(list)
    times = {head: often for head in heads if (often := Frequency.of(head))}
    for head in in_order_of_cells(times, heads):
        if not head.what.startswith(NOT_REACHED):
            reached[head.person, times[head].log, times[head].rule].append(head)
    rows = rows_by_person(heads) if reached else {}
    for (person, log, rule), some in reached.items():
        own = in_order_of_cells(rows.get((log, person), ()), heads)
        yield from links_of_reach(Head(person, log, 1, person), rule, some, own, heads)


def in_order_of_cells(some: Iterable[Head], counted: Counted) -> list[Head]:
    """Heads in the order of the cells that count them: heads in the same cells are the same to a reader."""
    return sorted(some, key=lambda head: (counted[head], head))


def rows_by_person(heads: Iterable[Head]) -> dict[tuple[str, str], list[Head]]:
    """Rows about a person, by their log and the person."""
    found: dict[tuple[str, str], list[Head]] = defaultdict(list)
    for head in heads:
        if head.log and head.person and head.number:
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
        rungs: person.called(f"{rungs} of {rule}", int(rungs == true))
        for rungs in product(*(range(len(ladder) + 1) for ladder in ladders))
        if any(rungs) and (rungs == true or all(map(may_be_at, rungs, ladders)))
    }
    at_all, never = (person.called(f"{side}{rule}", 0) for side in (NOT_AMONG, NOT_OUTSIDE))
    not_far = person.called(f"not {rule}", int(not any(true)))
    once = at_all.called(f"less {at_all.what}", 0)
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
    """Can a member who did it be on this rung? Not below the first one where that asks for once."""
    return rungs > 0 or ladder[0].place > 1


def most_of(rungs: Sequence[int], ladders: Sequence[Sequence[Head]]) -> int:
    """How often a member on these rungs did it, at least."""
    return max(ladder[at - 1].place for at, ladder in zip(rungs, ladders, strict=True) if at)


def links_to_more(more: Head, times: Mapping[Head, int], rows: int) -> Iterator[Link]:
    """Further rows of a member who did it oftener than there are rows; one row may tell of several times."""
    oftener = [one for one, least in times.items() for _ in range(rows, least)]
    if oftener and not any(one.number for one in oftener):
        yield more, (*oftener, more.called(f"less {more.what}", more.number))


def not_reached(often: Head) -> Head:
    return often.called(f"{NOT_REACHED}{often.what}", 1 - often.number)


def of_other_side(head: Head) -> bool:
    return head.what.startswith(OTHER_SIDE)
