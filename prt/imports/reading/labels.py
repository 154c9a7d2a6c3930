"""Labels of a scale in both languages: which are positive, whatever the adverb before them; and what agreeing
with a question says of the session.

Of five degrees the two highest are positive. What is not known here is asked about.
"""

from __future__ import annotations

from typing import Literal

from prt.text import compile_later, fold_text

POSITIVE_LABELS = frozenset({
    "very satisfied", "satisfied", "extremely satisfied", "completely satisfied", "somewhat satisfied",
    "mostly satisfied", "strongly agree", "agree", "somewhat agree", "completely agree", "totally agree",
    "very useful", "useful", "extremely useful", "very helpful", "helpful", "extremely helpful",
    "very relevant", "relevant", "excellent", "very good", "good", "very positive", "positive", "yes",
    "very likely", "likely", "extremely likely",
    "tres satisfait", "satisfait", "extremement satisfait", "tout a fait satisfait", "plutot satisfait",
    "entierement satisfait", "fortement en accord", "en accord", "plutot en accord", "tout a fait en accord",
    "tout a fait d'accord", "d'accord", "plutot d'accord", "fortement d'accord", "entierement d'accord",
    "tres utile", "utile", "extremement utile", "tres pertinent", "pertinent", "excellente", "tres bien",
    "tres bon", "tres bonne", "bien", "bon", "bonne", "tres positif", "positif", "oui", "tres probable",
    "probable", "totalement d'accord", "totalement en accord",
})  # fmt: skip
OTHER_LABELS = frozenset({
    "neutral", "neither satisfied nor dissatisfied", "neither agree nor disagree", "undecided", "unsure",
    "dissatisfied", "very dissatisfied", "somewhat dissatisfied", "extremely dissatisfied", "unsatisfied",
    "very unsatisfied", "not satisfied", "not satisfied at all", "not at all satisfied", "disagree",
    "strongly disagree", "somewhat disagree", "completely disagree", "totally disagree", "not useful",
    "not very useful", "not at all useful", "not helpful", "not very helpful", "not relevant",
    "not very relevant", "fair", "average", "poor", "very poor", "bad", "very bad", "negative",
    "very negative", "no", "unlikely", "very unlikely", "neither likely nor unlikely",
    "neutre", "ni satisfait ni insatisfait", "ni en accord ni en desaccord", "ni d'accord ni en desaccord",
    "insatisfait", "tres insatisfait", "plutot insatisfait", "peu satisfait", "pas satisfait",
    "pas du tout satisfait", "en desaccord", "plutot en desaccord", "fortement en desaccord",
    "tout a fait en desaccord", "totalement en desaccord", "pas d'accord", "plutot pas d'accord",
    "pas du tout d'accord", "peu utile", "pas utile", "pas du tout utile", "inutile", "peu pertinent",
    "pas pertinent", "passable", "moyen", "moyenne", "faible", "mauvais", "mauvaise", "tres mauvais",
    "mediocre", "negatif", "tres negatif", "non", "improbable", "peu probable", "tres improbable",
})  # fmt: skip
NO_ANSWER_LABELS = frozenset({
    "not applicable", "n/a", "n.a.", "na", "does not apply", "doesn't apply", "don't know", "do not know",
    "i don't know", "i do not know", "don't know / not applicable", "prefer not to answer",
    "prefer not to say", "i prefer not to answer", "i'd rather not answer", "no opinion", "no answer",
    "ne s'applique pas", "non applicable", "sans objet", "s.o.", "s/o", "s. o.", "je ne sais pas",
    "ne sais pas", "ne sait pas", "nsp", "je prefere ne pas repondre", "prefere ne pas repondre",
    "je prefere ne pas le dire", "sans opinion", "aucune opinion", "pas d'opinion", "je n'ai pas d'opinion",
    "sans reponse", "pas de reponse", "aucune reponse", "", "—", "–", "--", "−", "…", "...",
})  # fmt: skip
"""What stands for a question that was not answered."""
GENDERED = compile_later(
    r"\b((?:in)?satisfait|pertinent|positif|negatif)(?:\(e\)|·e|\.e|/e|e|\(es\)|\(ve\))?(?=$|\s)"
)
NUMBERED_LABEL = compile_later(
    r"([0-9]+(?:[.,][0-9]+)?)(?: ?(?:/|sur|out of|of|de) ?([0-9]+))?"
    r"(?:(?:\s*[-–—:.=()]\s*|\s+(?=[^\W\d]))(.*))?"
)
STRONG = (
    r"tres|vraiment|extremement|tout a fait|totalement|completement|entierement|fortement|pleinement|"
    r"parfaitement|hautement|plutot|assez|largement|absolument|very|really|extremely|completely|totally|"
    r"entirely|strongly|fully|highly|quite|fairly|rather|mostly|somewhat|absolutely|generally|"
    r"generalement"
)
WEAK = (
    r"tres peu|peu|pas du tout|pas tres|pas vraiment|pas|plutot pas|aucunement|nullement|guere|"
    r"not at all|not very|not really|not|hardly|barely|vraiment pas|absolument pas"
)
GOOD = (
    r"satisf(?:ait|aisant|ied|ying|actory)|en accord|d'accord|agree|utile|useful|helpful|pertinent|"
    r"relevant|interessant|interesting|enrichissant|enriching|clair|clear|efficace|effective|valuable|"
    r"apprecie|appropriate?|approprie|adapte|engaging|excellent|good|bon|bien|positi(?:f|ve)|likely|"
    r"probable|confident|confiant"
)
BAD = (
    r"insatisf(?:ait|aisant)|dissatisfied|unsatisfied|unsatisfactory|en desaccord|disagree|inutile|"
    r"useless|unhelpful|irrelevant|non pertinent|unlikely|improbable|inefficace|ineffective|inadequate?|"
    r"inadequat|negati(?:f|ve)|mauvais|bad|poor|decevant|disappointing|unclear|confus|confusing"
)
ENDING = r"(?:\(e\)|\(ne\)|\(ve\)|\(es?\)|·e|\.e|/e|ne|e|es|s)?"
DEGREE = compile_later(rf"(?:(?P<weak>{WEAK}) |(?:{STRONG}) )?(?:(?P<good>{GOOD})|(?P<bad>{BAD})){ENDING}")
AGREEMENT = compile_later(
    r"\b(?:accord|desaccord|agree|disagree|likely|unlikely|probable|improbable|oui|non|yes|no)\b"
)
"""Labels that are praise or blame only by their question: a yes to difficulties is no praise."""
TWO_LANGUAGES = compile_later(r"\s*(?:/|\||\(|\)|–|—)\s*|\s+-\s+")


def is_agreement(word: str) -> bool:
    return bool(AGREEMENT.search(word))


def read_degree(label: str) -> Literal["yes", "no"] | None:
    """Whether a label is positive; of one in two languages only if both parts say the same."""
    if found := read_word(label_word(label)):
        return found
    parts = {read_word(label_word(part)) for part in TWO_LANGUAGES.split(label) if part.strip(" 0123456789.")}
    return parts.pop() if len(parts) == 1 else None


def read_word(word: str) -> Literal["yes", "no"] | None:
    if word in POSITIVE_LABELS or word in OTHER_LABELS:
        return "yes" if word in POSITIVE_LABELS else "no"
    found = DEGREE.fullmatch(word)
    if not found or (found["weak"] and found["bad"]):
        return None
    return "yes" if found["good"] and not found["weak"] else "no"


def label_word(label: str) -> str:
    """`5 – Très satisfait(e)` is `tres satisfait`; a number alone stays."""
    word = fold_text(label).strip(" .!*★⭐")
    numbered = NUMBERED_LABEL.fullmatch(word)
    if numbered and numbered[3] and numbered[3].strip(" )"):
        word = numbered[3].strip(" )")
    return GENDERED.sub(r"\1", word)


PRAISE_WORDS = compile_later(
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
WISH_WORDS = compile_later(
    r"\b(?:would (?!you recommend|recommend)|should|could|want|wish|prefer|future|next|serait|seraient|"
    r"souhait|"
    r"aimeri|voudri|devrai|pourrai|prochain|avenir)"
)
"""Words of a wish: what somebody would like is no praise of what there was."""
BLAME_WORDS = compile_later(
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
