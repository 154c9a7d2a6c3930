"""Every command with every fault: at each call of the short commands, at every 25th of the others.

Not of the suite, for it takes as long: `pytest tests/every_fault.py`, which CI runs by itself.
"""

from __future__ import annotations

import pytest

from tests.faults import FAULTS, SHORT, TYPED, Bench, Trial
from tests.test_faults import bench, trial, trials

__all__ = ["bench", "trials"]


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("command", TYPED)
def test_all_or_none(command: str, kind: str, bench: Bench, trials: dict[str, Trial]) -> None:
    """Case D5."""
    found = trial(command, bench, trials).points(kind, 1 if command in SHORT else 25)
    assert not found.wrong, "\n".join(found.wrong)
    assert found.points
