"""Yes or no: does a sentence say what a question asks about, or the contrary, or neither plainly?"""

import re
from itertools import chain
from typing import Literal

from rag.answer.figures import find_numbers, same_number
from rag.answer.gate.evidence import read_sources
from rag.answer.gate.likeness import are_related
from rag.answer.gate.names import first_names, known_names
from rag.answer.gate.polarity import doubt_polarity, is_month
from rag.answer.gate.quantities import doubt_quantities
from rag.answer.gate.relative_days import doubt_dates
from rag.answer.gate.roles import doubt_roles
from rag.answer.gate.statement import find_statement, is_denied, is_open, is_to_be_done, is_told
from rag.answer.gate.words import HELPERS, read_words, word_set, write_out
from rag.search.lexical import content_words
from rag.search.stem import stem

YesNo = Literal["Yes", "No", ""]

MOST = 0.6
"""Share of a question's words that a sentence has at least that denies one of them."""

_NOT = re.compile(
    r"\b(?:not|never|no longer|neither|nor|nobody|none|without|cannot|nothing|hardly|no(?!\.?\s?\d))\b|n[’']t\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|refus\w*|fail(?:s|ed|ing)? to|declin\w+ to|ruled? out|false|untrue|"
    r"unlikely|impossible|prevent\w*|avoid\w*|ban(?:s|ned)? on|stopped short|instead of|rather than|unable|lack\w*)\b",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(
    r"\b(?:may|might|could|would|should|if|whether|unless|perhaps|possibly|probably|reportedly|allegedly|alleged|claim\w*|"
    r"accus\w+|plan\w*|propos\w+|want\w*|hop(?:e[sd]?|ing)|expect\w*|call(?:s|ed|ing)? (?:for|on)|urg\w+|demand\w*|"
    r"threaten\w*|promis\w+|vow\w*|pledg\w+|consider\w*|seem\w*|appear\w*|rumou?r\w*|speculat\w*|almost|nearly|try|"
    r"tried|trying|attempt\w*|intend\w*|will|until|before|first|needs?|needed|requir\w*|await\w*|wait\w*|pending|"
    r"(?:subject|yet|due|set|about) to|aim\w*|seek\w*|prepar\w*|discuss\w*|debat\w*|fear(?:s|ed)?|warn(?:s|ed)?|"
    r"likely|possible|call(?:s|ed|ing)? off|cancel\w*|scrap\w*|abandon\w*)\b",
    re.IGNORECASE,
)
_SAYING_NOTHING = HELPERS | word_set("ever really actually indeed truly anyone anybody anything someone somebody")
_HELPER = re.compile(rf"\W*(?:{'|'.join(sorted(HELPERS))})\b", re.IGNORECASE)
_NOBODY = re.compile(r"\W*(?:no one|nobody|none)\b", re.IGNORECASE)
_ANYBODY = re.compile(r"\b(?:any|some)(?:one|body)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\W*[\"“‘']")
_UNTIL = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
_NOT_YET = re.compile(rf"(?:{_NOT.pattern}).{{1,80}}{_UNTIL.pattern}", re.IGNORECASE)
PARTS = re.compile(r"[,;]\s+(?:while|whereas|but)\s|;\s")
"""Between parts of a sentence that tell of different things."""

_NAME = re.compile(r"\b[A-Z]\w+(?:[ -][A-Z]\w+)*")
_POINTS_BACK = re.compile(r"\b(?:he|she|it|they|his|her|its|their|him|them)\b|^\W*[\"“‘']", re.IGNORECASE)
"""Such a sentence speaks of somebody whom a sentence beside it names: by a pronoun, or as the one who is quoted."""


def judge_yes_no(question: str, sentence: str, title: str, paragraph: str = "") -> YesNo:
    """Return what a sentence answers to a yes-or-no question.

    It commits itself only where the evidence is plain. A yes has all words of the question, or words like them, in
    their order, and does not hedge. A no has most of them, and denies one or says its contrary. Who or what the
    question is about, its first name, may be named beside the sentence instead.

    Args:
        question: A question that stands by itself.
        sentence: A sentence of an article, verbatim.
        title: Title of the article, which may have that name.
        paragraph: The sentence's paragraph, or an empty string; it may have that name if the sentence points back.

    Example:
        >>> judge_yes_no("Did the minister resign?", "The minister stepped down, and resigned on Monday.", "Crisis")
        'Yes'
        >>> judge_yes_no("Did the minister resign?", "The minister has not resigned.", "Crisis")
        'No'
        >>> judge_yes_no("Did the minister resign?", "The opposition wants the minister to resign.", "Crisis")
        ''
    """
    if sentence.rstrip().endswith("?") or _NOT.search(question):
        return ""  # "Did he not resign?" is answered by "No, he did not" as by "Yes, he did not"
    points_back = _POINTS_BACK.search(sentence) or _NOBODY.match(sentence)
    around = f"{title} {_beside(sentence, paragraph)}" if points_back else title
    denied = not _DENIED.search(question) and _is_contradicted(question, sentence)
    denied = denied and not (_NOT_YET.search(sentence) and not _UNTIL.search(question))
    if denied and _share(question, sentence, around) >= MOST:
        return "No"
    verdicts = {_judge_part(question, part, around) for part in PARTS.split(sentence)} - {""}
    return verdicts.pop() if len(verdicts) == 1 else ""


def _beside(sentence: str, paragraph: str) -> str:
    """Return what of a paragraph may name whom a sentence points back to: what is before it, if it is no quote."""
    before = " ".join(paragraph.split()).partition(sentence)[0]
    return paragraph if _QUOTED.match(sentence) else before


def _judge_part(question: str, part: str, around: str) -> YesNo:
    claim = _without_helper(question)
    if _share(question, part, around) < 1 or _is_of_another(claim, part):
        return ""
    statement = find_statement(claim, part)
    if statement is None or not is_told(question, claim, part, statement):
        return ""
    text = " ".join(word.text for word in statement.words)
    asked = _hedges(question)
    hedges = [each for each in _NOT_PLAIN.finditer(text) if _first_stem(each[0]) not in asked]
    places = [_place(text, each) for each in hedges]
    if any(is_open(statement, place) for place in places if not is_month(statement.words, place)):
        return ""
    denials = [is_denied(statement, _place(text, each)) for form in (_NOT, _DENIED) for each in form.finditer(text)]
    count = sum(map(bool, denials)) - len(_DENIED.findall(question))
    if None in denials or count not in (0, 1) or (not count and is_to_be_done(statement)):
        return ""
    return "No" if count else "Yes"


def _place(text: str, match: re.Match[str]) -> int:
    """Return the place of the word that a match in words with single spaces ends with."""
    return text.count(" ", 0, match.end())


def _is_of_another(claim: str, part: str) -> bool:
    """Tell whether a sentence has the words of a claim, but tells of others, of fewer or of another day.

    It says "Rome beat Oslo" where the claim is "Oslo beat Rome", "two" where that is "all", or "in June" for "in May".
    """
    words, sources = read_words(claim), read_sources(part)
    known = known_names(claim, part) | first_names(claim) | first_names(part)
    doubts = (doubt_roles(words, sources, known), doubt_quantities(words, sources), doubt_dates(claim, part, "", ()))
    return next(chain(*doubts), None) is not None


def _without_helper(question: str) -> str:
    return _HELPER.sub("", question, count=1).strip(" ?")


def _is_contradicted(question: str, sentence: str) -> bool:
    claim = read_words(_without_helper(question))
    return any(doubt.kind in ("negation", "contrary") for doubt in doubt_polarity(claim, read_sources(sentence)))


def _stems(text: str) -> set[str]:
    return set(map(stem, content_words(write_out(text))))


def _hedges(text: str) -> set[str]:
    return set(map(_first_stem, _NOT_PLAIN.findall(text.lower())))


def _first_stem(words: str) -> str:
    return stem(words.split()[0])


def _share(question: str, sentence: str, around: str) -> float:
    """Return the share of a question's words that a sentence has, or words like them; 0 if a number is another."""
    numbers = find_numbers(sentence)
    if not all(any(same_number(one, other) for other in numbers) for one in find_numbers(question)):
        return 0.0
    claim = _without_helper(question)
    first = _NAME.search(claim)
    names = _stems(first[0]) if first else set()
    here = _stems(sentence)
    beside = here | _stems(around)
    little = _SAYING_NOTHING - set(map(str.lower, _NAME.findall(claim)))  # "May" is a month
    wanted = {stem(word) for word in content_words(write_out(claim)) if word not in little and not word.isdecimal()}
    may_be_beside = wanted if _NOBODY.match(sentence) and _ANYBODY.search(question) else names
    found = [any(are_related(word, other) for other in (beside if word in may_be_beside else here)) for word in wanted]
    speaks_of_it = any(are_related(word, other) for word in wanted for other in here)
    return sum(found) / len(found) if speaks_of_it else 0.0
