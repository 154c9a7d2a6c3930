"""Office files are zips: written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from prt.files.store.disk import bytes_or_none
from prt.files.workbook.workbook import bomb_problem
from prt.problems import Mistake, Place, Problem, PrtError

FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that a zip gives a part that has none."""
NONE_CHANGED: Mapping[str, bytes] = {}


def repack(raw: bytes, changed: Mapping[str, bytes] = NONE_CHANGED) -> bytes:
    """The package with some of its parts changed; it does not tell when it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, zipfile.ZipFile(packed, "w") as package:
        for name in parts.namelist():
            data = changed[name] if name in changed else parts.read(name)
            package.writestr(zipfile.ZipInfo(name, FIRST_ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_package(path: Path, shown: str) -> bytes:
    """The bytes of a Word or Excel file. PrtError where there is none, or it would unpack to far more."""
    raw = bytes_or_none(path)
    if raw is None:
        raise PrtError(Problem.of(Place(shown), Mistake("no_such_form")), code=2)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            wrong = bomb_problem(package, shown)
    except zipfile.BadZipFile as error:
        mistake = Mistake("workbook_unreadable", error=type(error).__name__)
        raise PrtError(Problem.of(Place(shown), mistake)) from error
    if wrong:
        raise PrtError(wrong)
    return raw
