"""The acronyms that a report uses, with what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prt.output.report.document import Report
from prt.output.report.walk import texts
from prt.output.words import Words
from prt.text import fold_text


def acronyms(made: Report, words: Words) -> Iterator[str]:
    """Those of the plan and of the words that the report uses: `CLC: Community Learning Centre`."""
    used = " ".join(texts(made))
    for short, said in sorted(known(words).items(), key=lambda pair: fold_text(pair[0])):
        if re.search(rf"(?<!\w){re.escape(short)}s?(?!\w)", used):
            yield said


def known(words: Words) -> dict[str, str]:
    """By acronym; the plan has the last word. One that the plan has in one language is of that language."""
    found = {said.partition(":")[0].strip(): said for said in words.topic("acronym")}
    for short, meaning in words.plan.acronyms.items():
        if words.language not in meaning.missing():
            found[short] = words("report.acronym", short=short, meaning=meaning.to(words.language))
    return found
