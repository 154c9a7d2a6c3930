"""Everything that was sent, and the packages made of it, read by both readers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.attack.package import PackageReading
from tests.attack.printed import Fact, Reading, Secret, Unknowns
from tests.attack.readers import WhoSubtracts, WhoTriesAll
from tests.attack.year import Made


@dataclass
class Found:
    """How many secrets there were, and the names of those that each reader found."""

    secrets: int = 0
    found: dict[str, list[str]] = field(default_factory=lambda: {"subtracting": [], "trying": []})


def attack(made: Made, *, whole: bool = True) -> Found:
    """`whole`: also the reader who tries whole numbers, who takes his time."""
    unknowns = Unknowns.of(made.sendings)
    readings = [
        Reading(unknowns, made.sendings, number, report) for number, report in enumerate(made.reports)
    ]
    packages = (PackageReading(*one) for one in zip(readings, made.packages, strict=True))
    facts = [[*one.facts(), *other.facts()] for one, other in zip(readings, packages, strict=True)]
    for some in facts:
        for fact in some:
            true = unknowns.value(fact.amount)
            assert true >= fact.number if fact.least else true == fact.number, (fact, true)
    secrets = [(number, one) for number, reading in enumerate(readings) for one in reading.secrets()]
    found = Found(len(secrets))
    always = list(unknowns.always())
    everything = [*always, *(fact for some in facts for fact in some)]
    subtracting = WhoSubtracts(everything)
    trying = WhoTriesAll(unknowns, everything)
    for number, secret in secrets:
        before = [*always, *(fact for some in facts[:number] for fact in some)]
        if subtracting.finds(secret) and not WhoSubtracts(before).finds(secret):
            found.found["subtracting"].append(secret.name)
        elif whole and trying.finds(secret) and not was_known(unknowns, before, secret):
            found.found["trying"].append(secret.name)
    return found


def was_known(unknowns: Unknowns, before: list[Fact], secret: Secret) -> bool:
    """Did the reports before give it away?"""
    return WhoTriesAll(unknowns, before).finds(secret)
