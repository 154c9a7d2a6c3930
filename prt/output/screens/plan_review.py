"""What to look at in a plan that was made from another year's: a checklist."""

from __future__ import annotations

from collections.abc import Iterator

from prt.files.plan.next_year import NextYearText
from prt.model.plan import Plan, handle
from prt.model.text import LANGUAGES
from prt.text import fold_text, join_labels, plural

SATURDAY = 5
UNSURE = ("confirm", "a valider")


def review(old: Plan, new: Plan, copied: NextYearText) -> Iterator[str]:
    """One line for each subject; nothing where there is nothing to look at."""
    yield from due_dates(copied)
    yield from targets(new)
    yield from baselines(old, new)
    yield from unsure(new)
    yield from quoted_phrases(new)
    if lines := copied.earlier_years(new.starts.year):
        earlier = plural(len(lines), "line")
        yield f"{earlier} with an earlier year in a comment or a phrase: {join_labels(lines)}"
    words = [f"{name} ({len(words)})" for name, words in new.vocabularies.items()]
    if words:
        yield f"words that may be logged: {', '.join(words)}"
    if old.amendments:
        yield f"{plural(len(old.amendments), 'amendment')} of {old.year} left out: what they changed is kept"
    yield f"people who are new this year: new_in {new.year}, in data/people.csv (prt people)"


def due_dates(copied: NextYearText) -> Iterator[str]:
    due = [day for path, day in copied.dates if path[-1] == "due"]
    if not due:
        return
    weekend = [f"{day} is a {day:%A}" for day in due if day.weekday() >= SATURDAY]
    said = f": {'; '.join(weekend)}" if weekend else ""
    yield f"{plural(len(due), 'due date')}, moved with the year{said}"


def targets(plan: Plan) -> Iterator[str]:
    found = [(handle(line, one), one.target) for _, line, one in plan.indicators() if one.target]
    by_period = [name for name, target in found if target.by]
    if found:
        yield f"{plural(len(found), 'target')}, as they were: prt plan show --year {plan.year}"
    if by_period:
        yield f"expected by period: {join_labels(by_period)}"


def baselines(old: Plan, new: Plan) -> Iterator[str]:
    """Where this year will have ended is where the next one starts from."""
    status = f"prt status --year {old.year} --as-of {old.ends}"
    stale = [handle(line, one) for _, line, one in new.indicators() if one.target and one.target.baseline]
    said = f" (now of an earlier year: {join_labels(stale)})" if stale else ""
    yield f"baselines, if you want them: baseline: {{value: …, date: {old.ends}}}; {status}{said}"


def unsure(plan: Plan) -> Iterator[str]:
    """Notes that say that something is to be confirmed."""
    found = []
    for _, line, one in plan.indicators():
        said = (
            " ".join(fold_text(getattr(one.note, language) or "") for language in LANGUAGES)
            if one.note
            else ""
        )
        if any(word in said for word in UNSURE):
            found.append(handle(line, one))
    if found:
        yield f"notes that say it is to be confirmed: {join_labels(found)}"


def quoted_phrases(plan: Plan) -> Iterator[str]:
    quoted = [one.quoted for _, _, one in plan.indicators()]
    quoted += [one.target.quoted for _, _, one in plan.indicators() if one.target]
    number = sum(len(one.says) for one in quoted)
    if number:
        yield f"{plural(number, 'phrase')} of the funder's, word for word those of the plan before (says)"
