"""What to look at in a plan that was made from another year's: a checklist."""

from __future__ import annotations

from collections.abc import Iterator

from prt import spoken
from prt.files.plan.next_year import NextYearText
from prt.files.yaml.words import say_phrase, say_weekday
from prt.model.plan import Plan, handle
from prt.model.text import LANGUAGES
from prt.text import fold_text, join_labels

SATURDAY = 5
UNSURE = ("confirm", "a valider")


def review(old: Plan, new: Plan, copied: NextYearText) -> Iterator[str]:
    """One line for each subject; nothing where there is nothing to look at."""
    yield from due_dates(copied)
    yield from targets(new)
    yield baselines(old, new)
    yield from unsure(new)
    yield from quoted_phrases(new)
    if lines := copied.earlier_years(new.starts.year):
        yield say_phrase("review_years", len(lines), lines=join_labels(lines))
    if words := [f"{name} ({len(words)})" for name, words in new.vocabularies.items()]:
        yield say_phrase("review_words", words=", ".join(words))
    if own := [f"{log} ({len(columns)})" for log, columns in new.columns.items()]:
        yield say_phrase("review_columns", columns=", ".join(own))
    if old.amendments:
        yield say_phrase("review_amendments", len(old.amendments), year=old.year)
    yield say_phrase("review_new", year=new.year)


def due_dates(copied: NextYearText) -> Iterator[str]:
    due = [day for path, day in copied.dates if path[-1] == "due"]
    weekend = [say_weekday(day, spoken.language) for day in due if day.weekday() >= SATURDAY]
    said = say_phrase("review_due", len(due))
    if due:
        yield say_phrase("review_weekend", due=said, days=join_labels(weekend)) if weekend else said


def targets(plan: Plan) -> Iterator[str]:
    found = [(handle(line, one), one.target) for _, line, one in plan.indicators() if one.target]
    by_period = [name for name, target in found if target.by]
    if found:
        yield say_phrase("review_targets", len(found), command=f"prt plan show --year {plan.year}")
    if by_period:
        yield say_phrase("review_by_period", names=join_labels(by_period))
    if still := [name for name, target in found if target.to_be_set]:
        yield say_phrase("review_to_be_set", names=join_labels(still))
    if relative := [name for name, target in found if target.is_relative]:
        yield say_phrase("review_relative", names=join_labels(relative))


def baselines(old: Plan, new: Plan) -> str:
    """Where this year will have ended is where the next one starts from."""
    said = say_phrase(
        "review_baselines",
        typed=f"baseline: {{value: …, date: {old.ends.isoformat()}}}",
        command=f"prt status --year {old.year} --as-of {old.ends.isoformat()}",
    )
    stale = [handle(line, one) for _, line, one in new.indicators() if one.target and one.target.baseline]
    return say_phrase("review_stale", baselines=said, names=join_labels(stale)) if stale else said


def unsure(plan: Plan) -> Iterator[str]:
    """Notes that say that something is to be confirmed."""
    notes = [(handle(line, one), one.note) for _, line, one in plan.indicators() if one.note]
    texts = [(name, " ".join(getattr(note, one) or "" for one in LANGUAGES)) for name, note in notes]
    found = [name for name, text in texts if any(word in fold_text(text) for word in UNSURE)]
    if found:
        yield say_phrase("review_unsure", names=join_labels(found))


def quoted_phrases(plan: Plan) -> Iterator[str]:
    quoted = [one.quoted for _, _, one in plan.indicators()]
    quoted += [one.target.quoted for _, _, one in plan.indicators() if one.target]
    if number := sum(len(one.says) for one in quoted):
        yield say_phrase("review_phrases", number)
