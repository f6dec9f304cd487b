"""Comparing what was said with what should have been said."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from evals.records import ExpectedAnswer
from rag.answer.days import date_matches, find_dates
from rag.answer.figures import find_numbers, same_number

_PUNCTUATION = re.compile(r"[.:;,()\[\]!?–—\n]")
_MOST_MARKS = 10
_ARTICLES = frozenset({"a", "an", "the"})
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))")
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")


def normalize_answer(text: str) -> str:
    """Normalize a text as SQuAD's evaluation does: lower case, no punctuation, no articles, single blanks.

    Only ASCII punctuation is dropped, and a dropped hyphen leaves no blank: “al-Manar” keeps its quotes and becomes
    one word.

    Source: Rajpurkar, Zhang, Lopyrev, Liang, SQuAD: 100,000+ Questions for Machine Comprehension of Text (EMNLP
    2016), section 6.1.

    Example:
        >>> normalize_answer("The  U.N.'s Envoy, a diplomat")
        'uns envoy diplomat'
    """
    bare = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", bare).split())


def exact_match(given: str, accepted: Sequence[str]) -> float:
    """Tell whether an answer is an accepted one, as SQuAD compares them.

    Args:
        given: The answer; empty for a refusal.
        accepted: At least one; exactly the empty text if the question is unanswerable.

    Returns:
        1.0 if it is, else 0.0.

    Raises:
        ValueError: Nothing is accepted.
    """
    return max(float(normalize_answer(given) == normalize_answer(text)) for text in accepted)


def token_f1(given: str, accepted: Sequence[str]) -> float:
    """Return the harmonic mean of the shares of words that an answer and the nearest accepted one have in common.

    Source: Rajpurkar et al. (EMNLP 2016), section 6.1. If either has no words, SQuAD 2.0's rule holds (Rajpurkar,
    Jia, Liang, Know What You Don't Know, ACL 2018): 1 if both have none, else 0.

    Args:
        given: The answer; empty for a refusal.
        accepted: At least one; exactly the empty text if the question is unanswerable.

    Returns:
        0 to 1, higher is better.

    Raises:
        ValueError: Nothing is accepted.
    """
    return max(_token_f1(normalize_answer(given).split(), normalize_answer(text).split()) for text in accepted)


def contains(given: str, wanted: ExpectedAnswer) -> bool:
    """Tell whether an answer says something.

    A text is said if its words stand in the answer in a row; case, articles, accents, punctuation and the kind of
    quotes and hyphens do not matter. A number or a date is said if the answer has an equal one. The words of the
    expected answer count for these only if its value cannot be read from them ("half", "last spring"): the answer
    "2 million" has the word "2" and does not say 2. A verdict is said if it is the answer's first word, and a word
    that has to stand alone if a punctuation mark or nothing follows it at the beginning.

    Args:
        given: The answer.
        wanted: What it should say.

    Raises:
        ValueError: The value of a number or date is malformed.

    Example:
        >>> contains("Some 1.2 million people fled.", ExpectedAnswer("1,200,000", "number", "1200000"))
        True
        >>> contains("It was Lebanon's as Safir.", ExpectedAnswer("As-Safir"))
        True
    """
    if wanted.form == "verdict":
        return folded_words(given)[:1] == [wanted.normal]
    if wanted.form == "alone":
        return _begins_alone(given, wanted.text)
    if wanted.form == "text":
        return _contains_words(given, wanted.text)
    says = _SAYS[wanted.form]
    return says(given, wanted.normal) or (not says(wanted.text, wanted.normal) and _contains_words(given, wanted.text))


def answer_contained(given: str, accepted: Sequence[tuple[ExpectedAnswer, ...]], short: str = "") -> float | None:
    """Tell whether an answer says everything of an accepted answer.

    A short answer stands in front: what an answer has to begin with, a verdict or a word that has to stand alone, is
    looked for there. Everything else may stand in either, but not across both.

    Args:
        given: The answer; empty for a refusal.
        accepted: Accepted answers, each one or several things that all have to be said.
        short: The answer in a few words, in front of the other, or an empty string.

    Returns:
        1.0 if it does, else 0.0; None if the accepted answers are unknown.

    Example:
        >>> answer_contained("They did not agree.", [(ExpectedAnswer("No", "verdict", "no"),)], "No")
        1.0
    """
    if not accepted:
        return None
    parts = [short, given] if short else [given]
    return float(any(all(_says_in(parts, wanted) for wanted in answer) for answer in accepted))


def accepted_texts(accepted: Sequence[tuple[ExpectedAnswer, ...]]) -> list[str]:
    """Return each accepted answer as one text, for `exact_match` and `token_f1`.

    Example:
        >>> accepted_texts([(ExpectedAnswer("Egypt"), ExpectedAnswer("Qatar")), (ExpectedAnswer("Cairo"),)])
        ['Egypt, Qatar', 'Cairo']
    """
    return [", ".join(wanted.text for wanted in answer) for answer in accepted]


def folded_words(text: str) -> list[str]:
    """Return a text's words without case, accents and punctuation.

    Hyphens and apostrophes part words, soft hyphens do not. `U.N.` is one word, and so is a number with its commas,
    which are dropped.

    Example:
        >>> folded_words("The U.N.’s “Al-Ánba” paid 1,200.50")
        ['the', 'un', 's', 'al', 'anba', 'paid', '1200.50']
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return [word.replace(",", "") for word in _WORD.findall(_INITIALS.sub(r"\1", plain))]


def has_run(words: list[str], run: list[str]) -> bool:
    """Tell whether some words have others in a row; no words are in nothing.

    Example:
        >>> has_run(["in", "new", "york"], ["new", "york"]), has_run(["new", "in", "york"], ["new", "york"])
        (True, False)
    """
    size = len(run)
    return bool(size) and any(words[start : start + size] == run for start in range(len(words) - size + 1))


def _says_in(parts: Sequence[str], wanted: ExpectedAnswer) -> bool:
    begins = wanted.form in ("verdict", "alone")
    return any(contains(part, wanted) for part in (parts[:1] if begins else parts))


def _contains_words(given: str, wanted: str) -> bool:
    return has_run(_said_words(given), _said_words(wanted))


def _begins_alone(given: str, wanted: str) -> bool:
    ends = [mark.start() for mark in _PUNCTUATION.finditer(given)][:_MOST_MARKS]
    return any(_said_words(given[:end]) == _said_words(wanted) for end in (*ends, len(given)))


def _said_words(text: str) -> list[str]:
    return [word for word in folded_words(text) if word not in _ARTICLES]


def _says_number(text: str, normal: str) -> bool:
    return any(same_number(float(normal), number) for number in find_numbers(text))


def _says_date(text: str, normal: str) -> bool:
    return any(date_matches(normal, day) for day in find_dates(text))


_SAYS: dict[str, Callable[[str, str], bool]] = {"number": _says_number, "date": _says_date}


def _token_f1(given: list[str], accepted: list[str]) -> float:
    if not given or not accepted:
        return float(given == accepted)
    common = (Counter(given) & Counter(accepted)).total()
    return 2 * common / (len(given) + len(accepted))
