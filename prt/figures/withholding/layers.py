"""Heads that differ only in number, 9 and then 11 positive answers of one session, cut into layers: 9, and 2.

Without them a correction would be another number altogether, and the two answers that came late could be
subtracted unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from prt.model.facts import About, Head, Heads

Cut = Callable[[About], About]


def cut_of(abouts: Iterable[About]) -> Cut:
    """How the heads of these, and of no others, are cut."""
    layers = layers_of(frozenset[Head]().union(*(about.part | about.whole for about in abouts)))
    if not layers:
        return lambda about: about
    return lambda about: About(cut(about.part, layers), cut(about.whole, layers))


def layers_of(heads: Iterable[Head]) -> Mapping[Head, Heads]:
    """Of each head that comes in several numbers its layers; a layer of 0 stays, for it tells of 0."""
    numbers: dict[Head, list[int]] = defaultdict(list)
    for head in heads:
        numbers[head._replace(number=0)].append(head.number)
    found: dict[Head, Heads] = {}
    for head, some in numbers.items():
        below, layers = 0, frozenset[Head]()
        for number in sorted(some) if len(some) > 1 else ():
            layers |= {head._replace(what=f"{head.what} {below}-{number}", number=number - below)}
            found[head._replace(number=number)] = layers
            below = number
    return found


def cut(heads: Heads, layers: Mapping[Head, Heads]) -> Heads:
    if heads.isdisjoint(layers):
        return heads
    return frozenset[Head]().union(*(layers.get(head, {head}) for head in heads))
