"""The reference pages and the texts of tests/gallery, written from the program: `python -m docs.make`.

A page is a function that returns Markdown; tests/test_docs.py compares it with the file that is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from docs.examples import FIELDS, PLAN, RULES
from docs.mistakes import errors_page, write_messages
from prt import problems
from prt.cli import COMMANDS, OPTIONS
from prt.console.signature import Command, CommandGroup, Declared, declared, load_command, module_of
from prt.figures.status import WORDS, Code
from prt.files.plan.plan import read_plan
from prt.files.plan.schema import plan_schema
from prt.files.yaml.words import read_topic
from prt.model.cells import Known
from prt.model.columns import Column, Record
from prt.model.measures import KINDS, Measure, kind_name
from prt.model.plan import Plan
from prt.model.records import LOGS, ROSTERS, Correction, NameRecord, row_kinds
from prt.model.text import LANGUAGES
from prt.output.words import Words

DOCS = Path(__file__).parent
GENERATED = "<!-- Written by `python -m docs.make` from the program itself: change it there. -->"


def page(title: str, *parts: str) -> str:
    return "\n\n".join([GENERATED, f"# {title}", *(part for part in parts if part)]) + "\n"


def table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table, or nothing where there are no rows."""
    lines = [cells(row) for row in rows]
    heading = list(heading)
    return "\n".join([cells(heading), cells("---" for _ in heading), *lines]) if lines else ""


def cells(row: Iterable[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|").replace("\n", " ") for text in row) + " |"


# Commands


def commands_page() -> str:
    parts = [
        "Each command says the same with `--help`. Results go to standard output, messages to "
        "standard error.",
        "Exit codes: 0 done; 1 the files have errors, or a status named by `--fail-on` was hit; "
        "2 the command was wrong.",
        table(["option of every command", ""], map(root_row, OPTIONS.items())),
    ]
    for group in dict.fromkeys(group for group, _ in COMMANDS.values()):
        parts.append(f"## {group}")
        for name in (name for name, (its, _) in COMMANDS.items() if its == group):
            found = load_command(module_of(name))
            if name == "log" and isinstance(found, CommandGroup):
                parts += log_command(found)
            else:
                parts += command(found, f"prt {name}")
    return page("Commands", *parts)


def root_row(option: tuple[str, tuple[str, str]]) -> tuple[str, str]:
    name, (metavar, text) = option
    return f"`{name} {metavar}".rstrip() + "`", text


def command(found: Command | CommandGroup, name: str) -> Iterator[str]:
    """A command, or a group with each of its commands."""
    if isinstance(found, CommandGroup):
        for one in found.commands:
            yield from command(found.command(one), f"{name} {one}")
        return
    arguments = "".join(f" {one.note.metavar}" for one in declared(found) if not one.names)
    yield f"### `{name}{arguments}`"
    yield doc(found)
    rows = options(found)
    yield table(["option", ""], [*but_columns(rows), ANY_COLUMN] if name.endswith(" edit") else rows)


def log_command(found: CommandGroup) -> Iterator[str]:
    """The kinds share their options but for the columns of their logs, which have a page of their own."""
    yield "### `prt log KIND`"
    yield found.help
    yield table(
        ["kind", "what it is", "its columns are its options"],
        (kind_row(kind, log) for kind, log in row_kinds().items()),
    )
    kind = found.command(next(iter(found.commands)))
    assert not isinstance(kind, CommandGroup)
    yield table(["option", ""], but_columns(options(kind)))
    for name in (name for name in found.commands if name not in row_kinds()):
        yield from command(found.command(name), f"prt log {name}")


def kind_row(kind: str, log: str) -> tuple[str, str, str]:
    return f"`prt log {kind}`", doc(LOGS[log]), f"[{log}.csv](logs.md#{log}csv)"


def options(command: Command) -> Iterator[tuple[str, str]]:
    """How each argument and option is written, and its help; `--help` goes without saying."""
    for one in declared(command):
        names = ", ".join(one.names).replace("/", ", ") or one.note.metavar
        value = f" {metavar(one)}" if one.names and not one.is_switch else ""
        yield f"`{names}{value}`", one.note.help + default(one)


ANY_COLUMN = (
    "`--COLUMN VALUE`",
    "Another value for that column of [its log](logs.md); an empty one empties it.",
)


def but_columns(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Without the options that are columns of logs: those have a page of their own."""
    columns = {column.option for model in (*LOGS.values(), *ROSTERS.values()) for column in model.columns()}
    return (row for row in rows if row[0].strip("`").split()[0] not in columns)


def metavar(one: Declared) -> str:
    return one.note.metavar or ("N" if isinstance(one.default, int) else one.name.upper())


def default(one: Declared) -> str:
    """A default worth a word: neither nothing nor a switch that is off."""
    value = one.default
    return f" Default: `{value}`." if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def plain(text: str) -> str:
    return " ".join(text.split())


def doc(found: Any) -> str:
    """The docstring of a class or a command on one line."""
    return plain(found.__doc__ or "")


# Logs

OTHERS: tuple[type[Record], ...] = (*ROSTERS.values(), NameRecord, Correction)


def logs_page() -> str:
    return page(
        "Logs",
        "One CSV file for each kind of activity, in `data/YEAR/`. `*` marks what every row needs. "
        "A row keeps the `id` that prt gave it; a row typed in a spreadsheet may leave it empty "
        "(`prt check --fill-ids`). How cells are read: [spreadsheets](../spreadsheets.md). "
        "A plan may add [columns and words](../plan.md#columns-of-your-own).",
        *(log_part(model) for model in LOGS.values()),
        "# Other files",
        *map(log_part, OTHERS),
    )


def log_part(model: type[Record]) -> str:
    kinds = [f"`prt log {kind}`" for kind, log in row_kinds().items() if log == model.log]
    entered = f"Entered by {', '.join(kinds)}. Ids begin with `{model.prefix}-`." if kinds else ""
    columns = table(["column", "what may be written", "what it is"], map(column_row, model.columns()))
    return "\n\n".join(part for part in (f"## {model.log}.csv", doc(model), entered, columns) if part)


def column_row(column: Column) -> tuple[str, str, str]:
    return column.name + "*" * column.required, written(column), column.description


def written(column: Column) -> str:
    choices = list(column.cell.choices(Known(), column.name))
    return ", ".join(f"`{choice}`" for choice in choices) or column.cell.says


# Measures


def measures_page() -> str:
    plan, problems = read_plan(PLAN.encode(), "docs/examples.py")
    assert plan is not None, problems
    return page(
        "Measures",
        "How a figure is computed from rows: a few kinds, and no formulas. The sentence under each "
        "example is made from it; `prt explain` and the reports print it.",
        *(measure_part(kind, plan) for kind in KINDS),
        "## Rows: selections",
        table(["written", "which rows"], FIELDS["selection"].items()),
        "## Who or what a share is of: populations",
        table(["written", "who or what"], FIELDS["population"].items()),
        "## Tests of `where`",
        "All must hold. Values are read as the cells of that column are.",
        table(["written", "passes"], FIELDS["where"].items()),
        "## Targets",
        table(["written", "met when"], FIELDS["target"].items()),
    )


def measure_part(kind: type[Measure], plan: Plan) -> str:
    name = kind_name(kind)
    fields = (
        (f"`{field.key}`" + "*" * field.required, field.description)
        for field in kind.fields.values()
        if field.key != "kind"
    )
    measure = next(one.measure for _, _, one in plan.indicators() if one.id == name)
    said = [f"> {measure.sentence(Words(language, plan))}" for language in LANGUAGES]
    parts = [f"## {name}", doc(kind), table(["key", ""], fields), f"```yaml\nmeasure: {kind.example}\n```"]
    return "\n\n".join([*(part for part in parts if part), "\n>\n".join(said)])


# Statuses


def statuses_page() -> str:
    plan, _ = read_plan(PLAN.encode(), "docs/examples.py")
    assert plan is not None
    both = [Words(language, plan) for language in LANGUAGES]
    codes = (
        [f"`{code}`", *(words(f"status.{code}") for words in both), both[0](f"word.{WORDS[code]}")]
        for code in get_args(Code)
    )
    return page(
        "Statuses",
        "A status never flatters: nothing is rounded before it is compared. The first rule that fits "
        "decides; `prt explain` shows the comparison.",
        table(["", "status", "when"], ([str(number), *rule] for number, rule in enumerate(RULES, 1))),
        "The two thresholds of the last rules are the plan's own: `status: {on_track: 85%, at_risk: 60%}`. "
        "Others see `withheld` (x) where the status alone would tell what a small group answered.",
        "## Words",
        "On a screen seven words suffice, and the finer reason stands after a comma. `--only` and "
        "`--fail-on` take both: a word means its whole group.",
        table(["code", "English", "French", "word on the screen"], codes),
        "## What is expected by now",
        table(["pace", "expected by the cut-off"], FIELDS["pace"].items()),
    )


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands_page,
    "reference/logs.md": logs_page,
    "reference/measures.md": measures_page,
    "reference/statuses.md": statuses_page,
    "reference/errors.md": errors_page,
    "plan.schema.json": plan_schema,
}

if __name__ == "__main__":
    problems.read_words = read_topic
    write_messages()
    for file, write in PAGES.items():
        (DOCS / file).write_text(write(), encoding="utf-8", newline="\n")
