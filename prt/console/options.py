"""The options that several commands have, each declared once."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from prt.console.signature import Argument, Option
from prt.problems import Mistake, PrtError, unknown_format

YearOption = Annotated[
    str | None, Option("Plan year such as 2024-2025; default: the current one.", metavar="YEAR")
]
PeriodOption = Annotated[int | None, Option("Figures at the cut-off of period N.", metavar="N")]
AsOfOption = Annotated[str | None, Option("Figures at that day; default: today.", metavar="DATE")]
AsPublishedOption = Annotated[bool, Option("As reports show it: small groups are withheld (x).")]
EveryRowOption = Annotated[bool, Option("Every row, not the latest few.", name="--all")]
LangOption = Annotated[str | None, Option("Language; or PRT_LANG.", metavar="en|fr")]
FormatOption = Annotated[
    str, Option("How to print: table, json, csv or md.", name="--format", metavar="table|json|csv|md")
]
ReportOption = Annotated[
    int | None, Option("Report N; default: the one that is due.", name="--period", metavar="N")
]
ReportLangOption = Annotated[str | None, Option("Language; default: the funder's.", metavar="en|fr")]
WhyOption = Annotated[str | None, Option("The reason; it is kept.", metavar="TEXT")]
AnywayOption = Annotated[bool, Option("Keep a text although a name, e-mail or telephone number is in it.")]
PreparedByOption = Annotated[str, Option("For the cover; default: the plan's signatures.", metavar="NAME")]
ApprovedByOption = Annotated[str, Option("For the cover; default: the plan's signatures.", metavar="NAME")]
AnnualOption = Annotated[bool, Option("The bilan of the year.")]
ForceOption = Annotated[bool, Option("Replace a file that prt did not make.")]
DryRunOption = Annotated[bool, Option("Say what would move; write nothing.")]
OddRowOption = Annotated[
    bool, Option("Though a row is alike or odd, or a text has a name, e-mail or telephone number.")
]
YesOption = Annotated[bool, Option("Do it without asking.", short="-y")]
RowArgument = Annotated[
    list[str] | None,
    Argument(
        "The row: its id or part of it; else pick one of the last ten, which words narrow.", metavar="[ID]"
    ),
]
PersonArgument = Annotated[
    str, Argument("The id; with the private folder also a name or e-mail.", metavar="PERSON")
]

Format = Literal["table", "json", "csv", "md"]


def check_format(asked: str, allowed: tuple[str, ...] = get_args(Format)) -> str:
    """The format that was asked for; PrtError where it is none of those."""
    if asked not in allowed:
        raise unknown_format(asked, allowed)
    return asked


def check_known(what: Literal["volet", "line", "volet or line"], asked: str | None, ids: list[str]) -> None:
    """PrtError where the plan has nothing of this id."""
    if asked is not None and asked not in ids:
        known = ", ".join(dict.fromkeys(ids))
        raise PrtError(Mistake("not_in_plan", what=what, asked=asked, known=known), code=2)
