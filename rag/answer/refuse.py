"""Refusing so that it helps: which words of the question no article has, and which days the articles are from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rag.records import Answer, ArticleFilter
from rag.search.irregular import other_forms
from rag.search.lexical import MAX_WORDS, STOP_WORDS
from rag.search.spelling import nearest_spelling
from rag.store.index import Index

MOST_SUGGESTIONS = 5
"""Words for which another spelling is looked for; each takes some hundredths of a second in a large index."""

LARGE_INDEX = 1000
"""Articles from which on an ordinary word that none has tells something; few articles lack many words by chance."""

LONGEST_INITIALS = 5
"""Letters of a word in capitals that may stand for several, as UN does; a longer one is shouted."""

WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?"  # initials: U.N.
    r"|\d+(?:[.,]\d+)+"  # a number: 2,000
    r"|[^\W_]+(?:['’‑-][^\W_]+)*"  # a word, also with hyphens and apostrophes: F-16, O'Brien's
)

NEGATED = re.compile(r"n['’]t$", re.IGNORECASE)
ENDING = re.compile(r"['’](s|ll|re|ve|d|m)$", re.IGNORECASE)
"""What is said of a word or with it, and is no part of it: "Hamas's", "they'll"."""

SENTENCE_END = re.compile(r"[.?!:](?!.*\()")
"""Between two words; names that are added behind a follow-up, in brackets, begin none."""

PARTED_BY_SPACES = re.compile(r"[\u0000-\u052f\u1e00-\u1fff‑’]+")
"""Latin, Greek and Cyrillic. Elsewhere particles or whole words are written together, as in Arabic and Japanese: that
an index has no such word does not tell that no article has it."""


def refuse(answer: Answer, index: Index, where: ArticleFilter) -> Answer:
    """Return the refusal to answer, with what helps whoever is refused.

    Args:
        answer: What is known so far: the question and what came nearest.
        index: The index that was asked.
        where: Which articles could have answered.

    Raises:
        StoreError: The index cannot be read.
    """
    unknown = unknown_words(index, answer.standalone_question)
    return replace(
        answer,
        outcome="not_in_articles",
        reason="The articles do not say.",
        hint=_suggest(index, unknown),
        unknown_words=unknown,
        dates=dates_covered(index, where),
    )


def unknown_words(index: Index, question: str) -> tuple[str, ...]:
    """Return the words of a question that stand in no article, in any of their endings and with or without accents.

    A word with hyphens stands in an article as it is, as one word, or part by part. In a small index only names and
    numbers are looked for, if the question's capitals tell them. Stop words are left out, as are scripts that don't
    part words by spaces.

    Args:
        index: The index.
        question: The question; anything at all.

    Returns:
        The words as they are written in the question, in order, each once, without "'s".
    """
    names_only = question != question.lower() and index.articles.count("articles") < LARGE_INDEX
    words: dict[str, str] = {}
    for word in _subject_words(unicodedata.normalize("NFC", question), names_only):
        words.setdefault(word.lower(), word)
    return tuple(word for word in list(words.values())[:MAX_WORDS] if not _is_known(index, word))


def dates_covered(index: Index, where: ArticleFilter) -> tuple[date, date] | None:
    """Return the first and the last day that articles are from, or None if no date is known.

    Args:
        index: The index.
        where: Which articles count.
    """
    return index.articles.dates(where)


def _subject_words(question: str, names_only: bool) -> Iterator[str]:
    end = 0
    for match in WORD.finditer(question):
        word = ENDING.sub("", match[0])
        starts_sentence = end == 0 or SENTENCE_END.search(question, end, match.start())
        end = match.end()
        if NEGATED.search(word) or not PARTED_BY_SPACES.fullmatch(word):
            continue
        if names_only and not _is_name(word[1:] if starts_sentence and not word[0].isdecimal() else word):
            continue
        if any(part.lower() not in STOP_WORDS for part in _parts(word)):
            yield word


def _is_name(word: str) -> bool:
    return any(character.isupper() or character.isdecimal() for character in word)


def _is_known(index: Index, word: str) -> bool:
    if index.words.has_any(_spellings(word)):
        return True
    parts = _parts(word)
    # The parts of F-16 and of 2,000 say nothing by themselves.
    alone = len(parts) > 1 and all(len(part) > 1 for part in parts) and not re.search(r"[.,]", word)
    return alone and all(index.words.has_any([part]) for part in parts)


def _spellings(word: str) -> list[str]:
    """Return how articles may write a word; the index takes a hyphen, a full stop and a comma for a space."""
    spellings = [word, "".join(_parts(word)), re.sub(r"(?<=[^\W\d_])(?=\d)", " ", word)]  # F-16, F16
    spellings += other_forms(word)
    if word.isupper() and len(word) <= LONGEST_INITIALS:
        spellings.append(" ".join(word))  # U.N. for UN
    if re.fullmatch(r"\d{4,15}", word):
        spellings.append(re.sub(r"\B(?=(?:\d{3})+$)", " ", word))  # 2,000 for 2000
    return spellings


def _parts(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", word)


def _suggest(index: Index, words: tuple[str, ...]) -> str:
    found = [nearest_spelling(index, word) for word in words[:MOST_SUGGESTIONS]]
    near = list(dict.fromkeys(word for word in found if word))
    return f"Did you mean {', '.join(near)}?" if near else ""
