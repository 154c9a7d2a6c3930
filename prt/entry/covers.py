"""The ways in which the words of a line can be read together, and which of them are asked about.

The longest run of known words goes first. A way that splits such a run is as likely only where one of the two
takes words for a person, or for hours, that the other takes for a day, a board or anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from prt.entry.pieces import LinePiece, PieceFinder

LineCover = tuple[LinePiece, ...]
TOLD_APART = ("person", "hours")
MOST_COVERS = 500
"""So many ways of one line are compared."""


def covers_of(finder: PieceFinder, chosen: Iterable[LinePiece] = ()) -> list[LineCover]:
    """Every way to read all words of the line that agrees with what was chosen before."""
    number, longest = len(finder.tokens), finder.longest()
    fixed = {one.first: one for one in chosen if one.first >= 0}

    @cache
    def from_word(first: int) -> tuple[LineCover, ...]:
        if first == number:
            return ((),)
        if first in fixed:
            return tuple((fixed[first], *rest) for rest in from_word(fixed[first].last))
        end = min([number, first + longest, *(one for one in fixed if one > first)])
        found = (
            (piece, *rest)
            for last in range(end, first, -1)
            for piece in dict.fromkeys(finder.pieces(first, last))
            for rest in from_word(last)
        )
        return tuple(islice(found, MOST_COVERS))

    return list(from_word(0))


def unknown_words(finder: PieceFinder, chosen: Iterable[LinePiece] = ()) -> tuple[int, int]:
    """The first run of signs that no way of reading takes in, with its mark; (0, 0) where all is known."""
    number, longest = len(finder.tokens), finder.longest()
    fixed = [one for one in chosen if one.first >= 0]

    @cache
    def fewest(first: int) -> tuple[int, tuple[int, ...]]:
        """How many words from here on stay unknown at least, and which."""
        if first == number:
            return 0, ()
        left, which = fewest(first + 1)
        found = [(left + 1, (first, *which))]
        for last in range(first + 1, min(number, first + longest) + 1):
            own = any((one.first, one.last) == (first, last) for one in fixed)
            if own or finder.pieces(first, last):
                found.append(fewest(last))
        return min(found, key=lambda one: one[0])

    _, unknown = fewest(0)
    if not unknown:
        return 0, 0
    run = finder.tokens[unknown[0]].run
    marked = finder.tokens[unknown[0]].kind == "marker"
    inside = [at for at, token in enumerate(finder.tokens) if token.run in (run, run + marked)]
    return inside[0], inside[-1] + 1


def likely_covers(covers: Iterable[LineCover], result: Callable[[LineCover], object]) -> list[LineCover]:
    """One way for each result, without those that only split a run which another takes whole."""
    shortest: dict[object, LineCover] = {}
    for cover in sorted(covers, key=len):
        shortest.setdefault(result(cover), cover)
    found = list(shortest.values())
    return [one for one in found if not any(splits_runs(one, other) for other in found if other is not one)]


def splits_runs(cover: LineCover, other: LineCover) -> bool:
    """Is the cover the other one with runs split in words, none of which is a person in one of them alone?"""
    if len(cover) <= len(other):
        return False
    return all(is_split(piece, list(inside(cover, piece))) for piece in other)


def is_split(piece: LinePiece, parts: Sequence[LinePiece]) -> bool:
    """`2 mars` is a day, and 2 h with somebody called Mars: neither is the other one split."""
    whole = bool(parts) and parts[0].first == piece.first and parts[-1].last == piece.last
    like = all(len({one.column == name for one in (piece, *parts)}) == 1 for name in TOLD_APART)
    return whole and (list(parts) == [piece] or (len(parts) > 1 and like))


def inside(cover: LineCover, piece: LinePiece) -> Iterator[LinePiece]:
    return (one for one in cover if piece.first <= one.first and one.last <= piece.last)


def first_difference(covers: Sequence[LineCover]) -> list[LinePiece]:
    """The pieces that the covers have for the first word which they read otherwise."""
    for at in range(covers[0][-1].last):
        pieces = [next(one for one in cover if one.first <= at < one.last) for cover in covers]
        if len({(one.column, one.value) for one in pieces}) > 1:
            return list(dict.fromkeys(pieces))
    return []
