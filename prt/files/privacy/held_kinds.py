"""The kinds of files about people that prt writes beside its tables. A new kind joins this list."""

from __future__ import annotations

from prt.files.privacy.held_kind import HeldKind
from prt.files.privacy.held_lines import HeldLines
from prt.files.privacy.held_sheets import HeldSheets
from prt.files.privacy.mail_lists import MailLists

HELD_KINDS: tuple[HeldKind, ...] = (HeldSheets(), MailLists(), HeldLines())
