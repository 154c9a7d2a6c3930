"""Who held which role where, by id; names stay private."""

from __future__ import annotations

from prt.console.signature import CommandGroup

people = CommandGroup(
    "Who held which role where, by id; names stay private.",
    {
        "add": "prt.commands.people.add",
        "edit": "prt.commands.people.edit",
        "end": "prt.commands.people.end",
        "list": "prt.commands.people.list_",
        "match": "prt.commands.people.match",
        "import": "prt.commands.people.import_",
        "missing": "prt.commands.people.missing",
        "show": "prt.commands.people.show",
        "merge": "prt.commands.people.merge",
        "erase": "prt.commands.people.erase",
    },
)
