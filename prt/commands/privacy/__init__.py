"""Law 25: the notice, the retention date, incidents."""

from __future__ import annotations

from prt.console.signature import CommandGroup

privacy = CommandGroup(
    "Law 25: the notice, the retention date, incidents.",
    {
        "notice": "prt.commands.privacy.notice",
        "purge": "prt.commands.privacy.purge",
        "redact": "prt.commands.privacy.redact",
        "incident": "prt.commands.privacy.incident",
    },
)
