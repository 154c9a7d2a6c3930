"""Office files are zips: written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that a zip gives a part that has none."""
NONE_CHANGED: Mapping[str, bytes] = {}


def repacked(raw: bytes, changed: Mapping[str, bytes] = NONE_CHANGED) -> bytes:
    """The package with some of its parts changed; it does not tell when it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, zipfile.ZipFile(packed, "w") as package:
        for name in parts.namelist():
            data = changed[name] if name in changed else parts.read(name)
            package.writestr(zipfile.ZipInfo(name, FIRST_ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
