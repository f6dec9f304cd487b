"""Yes or no: does a sentence say what a question asks about, or the contrary, or neither plainly?"""

import re
from collections.abc import Sequence
from typing import Literal

from rag.answer.compose import Told
from rag.answer.figures import find_numbers, same_number
from rag.search.lexical import content_words
from rag.search.stem import stem

Verdict = Literal["Yes", "No", ""]

_NOT = re.compile(
    r"\b(?:not|never|no longer|neither|nor|nobody|none|without|cannot|nothing|hardly|no)\b|n[’']t\b", re.IGNORECASE
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
    r"tried|trying|attempt\w*|intend\w*|will|until|before)\b",
    re.IGNORECASE,
)
HELPERS = """
    did does do is are was were has have had can could will would may might must shall should
"""
_HELPERS = frozenset(HELPERS.split())


def commit(question: str, told: Sequence[Told]) -> tuple[Verdict, list[Told]]:
    """Return what some sentences answer to a yes-or-no question, and the sentences, those first that say so.

    Args:
        question: A question that stands by itself.
        told: The sentences, best first; where they contradict each other, none decides.
    """
    verdicts = [judge_verdict(question, each[0].text, each[0].passage.article.title) for each in told]
    plain = {verdict for verdict in verdicts if verdict}
    if len(plain) != 1:
        return "", list(told)
    order = sorted(range(len(told)), key=lambda place: not verdicts[place])
    return plain.pop(), [told[place] for place in order]


def judge_verdict(question: str, sentence: str, title: str) -> Verdict:
    """Return what a sentence answers to a yes-or-no question.

    It commits itself only where the evidence is plain: the sentence has all words of the question (names may stand in
    the title instead) and does not hedge; one "not" or denial makes it a no.

    Args:
        question: A question that stands by itself.
        sentence: A sentence of an article, verbatim.
        title: Title of the article.

    Example:
        >>> judge_verdict("Did the minister resign?", "The minister resigned on Monday.", "Crisis")
        'Yes'
        >>> judge_verdict("Did the minister resign?", "The minister has not resigned.", "Crisis")
        'No'
        >>> judge_verdict("Did the minister resign?", "The opposition wants the minister to resign.", "Crisis")
        ''
    """
    if sentence.rstrip().endswith("?") or not _covers(question, sentence, title):
        return ""
    if set(_NOT_PLAIN.findall(sentence.lower())) - set(_NOT_PLAIN.findall(question.lower())):
        return ""
    denials = len(_NOT.findall(sentence)) + len(_DENIED.findall(sentence)) - len(_DENIED.findall(question))
    if _NOT.search(question) or denials not in (0, 1):
        return ""  # "Did he not resign?" is answered by "No, he did not" as by "Yes, he did not"
    return "No" if denials else "Yes"


def _covers(question: str, sentence: str, title: str) -> bool:
    """Tell whether a sentence has what the question is about: all its words, and all its numbers."""
    numbers = find_numbers(sentence)
    if not all(any(same_number(one, other) for other in numbers) for one in find_numbers(question)):
        return False
    names = {stem(word) for word in content_words(" ".join(re.findall(r"\b[A-Z]\w+", question)))}
    here = {stem(word) for word in content_words(sentence)}
    around = here | {stem(word) for word in content_words(title)}
    wanted = {stem(word) for word in content_words(question) if word not in _HELPERS and not word.isdecimal()}
    found = [word in (around if word in names else here) for word in wanted]
    return all(found) and any(word in here for word in wanted)
