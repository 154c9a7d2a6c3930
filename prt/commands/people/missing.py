"""`prt people missing 4.journals`: who has not handed in a round, or was not at a meeting; their e-mails."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from prt.console import context, messages, screen
from prt.console.options import AsOfOption, FormatOption, PeriodOption, YearOption, check_format
from prt.console.signature import Argument, Option
from prt.entry.plan_labels import indicators_called
from prt.figures import todo as rooms
from prt.figures.evaluate import Evaluation, Result
from prt.figures.todo import Missing
from prt.files.privacy.mail_lists import address_of, join_addresses, refuse_without_addresses, write_mail_list
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.cells import code_word
from prt.output.tables import Heading, Table, render
from prt.problems import Mistake, PrtError
from prt.text import before_more, did_you_mean

Wanted = Annotated[str, Argument("An indicator such as 4.journals, or its label.", metavar="[INDICATOR]")]
MailOption = Annotated[bool, Option("Only their addresses, to be put into BCC.")]
MergeOption = Annotated[
    str | None,
    Option(
        "With --mail: a CSV for mail merge of this name, in the private folder.", short="-o", metavar="FILE"
    ),
]
Round = Annotated[int | None, Option("Only who lacks this round.", name="--round", metavar="N")]


def missing(
    indicator: Wanted = "",
    round_: Round = None,
    period: PeriodOption = None,
    as_of: AsOfOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
    mail: MailOption = False,
    output: MergeOption = None,
) -> None:
    """Who has not: by name for those who have the private folder, by id for all others."""
    if output and not mail:
        raise PrtError(Mistake("mail_merge_needs_mail"), code=2)
    how, opened = check_format(form), context.open_year(year)
    if mail:
        refuse_without_addresses(opened.project)
    result = find_indicator(context.evaluated(opened, period, as_of), indicator)
    found = [one for one in rooms.lacking_members(result) if round_ is None or round_ in one.lacks]
    if mail:
        if found or output:
            give_addresses(opened, found, output)
        else:
            context.say("\n".join(summarise_missing(result, found)))
        return
    listed = missing_table(opened, found, by_rounds=result.measure.by_rounds, in_words=how == "table")
    if how != "table":
        print(render(listed, how))
        return
    if found:
        print(render(listed, how, screen.width()))
    for line in summarise_missing(result, found):
        messages.print_line(line)


def give_addresses(year: Year, found: list[Missing], output: str | None) -> None:
    """The addresses on one line, or each with its name for mail merge; then who has none."""
    names = year.project.names()
    people = [(one, address_of(names.get(one.member.id))) for one in found]
    without = [one.member.id for one, address in people if not address]
    if output is None:
        print(join_addresses(address for _, address in people))
    else:
        table = merge_table(year, [(one, address) for one, address in people if address])
        shown = write_mail_list(year.project, output, render(table, "csv"))
        messages.print_written(say_phrase("mail_people", len(table.rows), file=shown))
        context.say(say_phrase("delete_after"))
    if without:
        context.say(say_phrase("without_email", ids=", ".join(without)))


def merge_table(year: Year, people: list[tuple[Missing, str]]) -> Table:
    """A row for each person, by headings that a letter can name."""
    keys = ("email", "name", "first_name", "role", "board", "missing")
    names, rows = year.project.names(), list[tuple[Any, ...]]()
    for one, address in people:
        name = names[one.member.id]["name"]
        rows.append(
            (address, name, name.partition(" ")[0], *last_post(year, one.member.id), lacks_text(year, one))
        )
    return Table(tuple(map(Heading, keys)), tuple(rows))


def find_indicator(evaluation: Evaluation, indicator: str) -> Result:
    """The indicator, which must ask who was there, or who handed in what."""
    known = [one.handle for one in evaluation.results if rooms.is_of_people(evaluation, one)]
    called = [one for one in indicators_called(evaluation.plan, indicator) if one in known]
    indicator = called[0] if len(called) == 1 else indicator
    if indicator not in known:
        hint, listed = before_more(did_you_mean(indicator, known)), ", ".join(known) or say_phrase("none")
        if not indicator:
            raise PrtError(Mistake("who_may_be_missing", known=listed), code=2)
        raise PrtError(Mistake("not_of_people", indicator=indicator, hint=hint, known=listed), code=2)
    return next(one for one in evaluation.results if one.handle == indicator)


def missing_table(year: Year, found: list[Missing], *, by_rounds: bool, in_words: bool = False) -> Table:
    """Of meetings also whether the times needed can still be reached. `in_words`: roles as a person reads
    them."""
    names = year.project.names()
    language, roles = context.session_language(), year.known.labels_of("role")
    keys = ["role", "board", "times", "needed", *(() if by_rounds else ("can_still",)), "missing"]
    headings = [Heading("id", whole=True)]
    headings += [
        Heading(key, say_phrase(f"missing_{key}"), "right" if key in ("times", "needed") else "left")
        for key in keys
    ]
    rows: list[tuple[Any, ...]] = []
    for one in found:
        role, board = last_post(year, one.member.id)
        held = code_word("role", role, language, roles) if role and in_words else role, board
        still = () if by_rounds else (one.member.can_still,)
        rows.append(
            (one.member.id, *held, one.member.times, one.member.needed, *still, lacks_text(year, one))
        )
    if names:
        headings.insert(1, Heading("name", say_phrase("missing_name")))
        rows = [(row[0], names[row[0]]["name"] if row[0] in names else None, *row[1:]) for row in rows]
    return Table(tuple(headings), tuple(rows))


def last_post(year: Year, person: str) -> tuple[str | None, str | None]:
    """The last role and board that somebody held."""
    rows = year.data.posts.get(person)
    return (rows[-1]["role"], rows[-1]["board"]) if rows else (None, None)


def lacks_text(year: Year, one: Missing) -> str:
    """`round 1, round 2`, or the titles of the meetings."""
    return ", ".join(
        say_phrase("round_number", number=lack) if isinstance(lack, int) else series_title(year, str(lack))
        for lack in one.lacks
    )


def series_title(year: Year, series: str) -> str:
    rows = year.data.rows_with("sessions", series=series)
    return str(rows[0]["title"]) if rows else series


def summarise_missing(result: Result, found: list[Missing]) -> list[str]:
    """How many, and how many for each round; of meetings how many can still be there often enough."""
    members = result.members
    if not members:
        return [say_phrase("nothing_due_yet", id=result.handle)]
    rounds = Counter(lack for one in found for lack in one.lacks if isinstance(lack, int))
    by_round = "".join(
        say_phrase("one_round", round=one, number=number) for one, number in sorted(rounds.items())
    )
    if result.measure.by_rounds:
        return [say_phrase("missing_rounds", number=len(found), all=len(members), rounds=by_round)]
    still = sum(one.member.can_still for one in found)
    reached = sum(one.reached for one in members)
    return [
        say_phrase("missed", number=len(found), all=len(members), still=still, cannot=len(found) - still),
        say_phrase("reached_it", reached=reached, rest=len(members) - reached - len(found)),
    ]
