"""What agreeing with a question of a form says of the session: praise, blame, or nobody knows."""

from __future__ import annotations

import re
from typing import Literal

from prt.text import fold_text

PRAISE_WORDS = re.compile(
    r"\b(?:satisf|appreciat|recommend|useful|helpful|relevant|enjoy|liked\b|(?:did|do) you like\b|"
    r"me(?:e?t|ets|eting) (?:my|your|our|the|its|their|participants'?) (?:\w+ )?"
    r"(?:expectation|need|objective|goal)|"
    r"expectations|worth(?:while)?\b|clear(?:ly)?\b|learn(?:ed|t)\b|interesting|engaging|effective|valuable|"
    r"informative|well \w+ed\b|well run|(?:was|were|is) (?:very )?good\b|excellent|(?:of|high) quality|"
    r"(?:feel|felt|more|better) (?:\w+ )?(?:confident|equipped|prepared)|knowledgeable|inspiring|"
    r"apprecie|recommand|utiles?\b|pertinent|aimee?s?\b|plu\b|attentes|repond(?:u|ait)? (?:a|aux)\b|"
    r"(?:valait|valu) (?:la peine|le)|claire?s?\b|clairement|appris|interessant|enrichissant|efficace|"
    r"bien \w+(?:e|es|ee|ees|i|is)\b|de qualite|confiant|outille|inspirant|"
    r"atteint|stimulant|dynamique|competent)"
)
WISH_WORDS = re.compile(
    r"\b(?:would (?!you recommend|recommend)|should|could|want|wish|prefer|future|next|serait|seraient|"
    r"souhait|"
    r"aimeri|voudri|devrai|pourrai|prochain|avenir)"
)
"""What somebody would like is no praise of what there was."""
BLAME_WORDS = re.compile(
    r"\b(?:difficult|probl|trop\b|too\b|manqu|lack|ennu|boring|bored|confus|insatisf|dissatisf|unsatisf|inutil|"
    r"useless|unhelpful|unclear|irrelevan|regret|plaint|complain|obstacle|frustr|stress|perte\b|perdu|wast|"
    r"decu|decev|disappoint|missing|hard\b|challeng|defi|barrier|barriere|issues?\b|trouble|not\b|n'|ne\b|"
    r"nor\b|pas\b|peu\b|never|jamais|aucun|sans\b|without|less\b|moins|worse|pire|poor|mauvais|inconfort|"
    r"uncomfortable|unsure|incertain|long\b|lourd|overwhelm|depass|weak|faible|"
    r"improve|ameliorer\b|change[rd]?\b|leave|quit|negati|against|contre\b)|n't\b"
)
Polarity = Literal["praise", "blame", "unknown"]
"""What agreeing with a question says of the session."""


def find_polarity(question: str) -> Polarity:
    """What agreeing with it says of the session, by the words of the question."""
    words = fold_text(question)
    if BLAME_WORDS.search(words):
        return "blame"
    return "praise" if PRAISE_WORDS.search(words) and not WISH_WORDS.search(words) else "unknown"
