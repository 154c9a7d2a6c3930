"""The language in which people are told of their own files. It is set where the program begins."""

from __future__ import annotations

from typing import Literal

language: Literal["en", "fr"] = "en"
