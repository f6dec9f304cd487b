"""What the sentences of some passages are worth as an answer, and how sure it is that one of them answers.

Each sentence with a span that the reader marked competes with all others and with "nothing here answers". What is
known of a sentence is weighed into log odds; the shares of all competitors, by softmax, are probabilities. The weights
are chosen on validation data by maximum likelihood (`rag.training.calibrate_reader`).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from rag.answer.fits import fit, trim_span
from rag.answer.kind import Asked, QuestionKind
from rag.answer.scope import offers_choice, tells_of_what_comes
from rag.answer.sentences import split_for_quoting
from rag.answer.widen import cut, widen, widen_list
from rag.models.reader import Calibration, Reading, Span
from rag.records import Passage
from rag.search.lexical import content_words
from rag.search.reread import ReadPassage
from rag.search.stem import stem

LEAST_FIT = 0.02
"""Fits below this count as this much, since a fit can be wrong; also a past day where a coming one is asked for."""

UNTAUGHT: frozenset[QuestionKind] = frozenset({"yes_no", "summary"})
"""Kinds of question that the reader has learned nothing of: its opinion counts half, the likeness the other half."""

ABOUT_IT, HALF_ABOUT_IT = 8.0, 0.4
"""What a passage's likeness says of its answering: log odds by cosine, 0 at the second number."""

EXACT: frozenset[QuestionKind] = frozenset({"span", "list", "quotation"})
"""Kinds of question that want exact words, which those of the question are not."""

_AMOUNTS = frozenset({"all", "both", "few", "most", "no", "once", "some"})
"""Words that say nothing elsewhere and may tell how many."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a sentence as an answer; higher speaks for it.

    Attributes:
        answered: Log odds that its passage answers, in the reader's opinion.
        span: Log of the share of its best span among the passage's spans, at most 0.
        fit: Log of how well the span fits the question's type, at most 0.
        searched: The passage's score in the search.
        words: Share of the question's words that the passage has, with its title and date.
        names: Share of the question's names and numbers that it has, or what stands before it.
        similarity: Cosine of question and passage; of a passage that was not found by it the least of all.

    The last four are told less that of the best passage, so they are at most 0. They tell passages apart, and not
    whether any of them answers: a question in other words is answered by a passage that has few of its words, and one
    that the articles don't answer may be all in theirs.
    """

    answered: float
    span: float
    fit: float
    searched: float
    words: float
    names: float
    similarity: float


RELATIVE = ("searched", "words", "names", "similarity")
"""Signs that are told less those of the best passage."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, verbatim, that may answer a question.

    Attributes:
        passage: Where it stands.
        start: Offset in the article's text.
        end: Offset behind it.
        text: The sentence on one line.
        short: Its words that answer, on one line.
        evidence: What is known of it.
        score: Log odds that it answers, against nothing doing so.
    """

    passage: Passage
    start: int
    end: int
    text: str
    short: str
    evidence: Evidence
    score: float


def judge_quotes(question: str, asked: Asked, passages: Sequence[ReadPassage], calibration: Calibration) -> list[Quote]:
    """Return the sentences that may answer a question, best first, each once for every span in it; headings are none.

    Args:
        question: A question that stands by itself.
        asked: What it asks for.
        passages: Paragraphs that were read with it.
        calibration: The weights.
    """
    words, names = set(content_words(question)), _find_names(question)
    known = _told(asked, question) if asked.kind in EXACT and not offers_choice(question) else None
    least = _least_similarity(passages)
    readable = [read for read in passages if read.passage.paragraph.kind != "heading"]
    signs = _compare([_find_signs(read, asked, words, names, least) for read in readable])
    quotes: list[Quote] = []
    for read, own in zip(readable, signs, strict=True):
        quotes += _quotes_of(read, asked, known, own, calibration)
    return sorted(quotes, key=lambda quote: -quote.score)


def _least_similarity(passages: Sequence[ReadPassage]) -> float:
    found = [read.passage.similarity for read in passages if read.passage.similarity is not None]
    return min(found, default=0.0)


def _find_signs(read: ReadPassage, asked: Asked, words: set[str], names: set[str], least_similarity: float) -> Evidence:
    """Return what is known of a passage as a whole; words and names are the question's."""
    passage, answered = read.passage, read.reading.answered
    similarity = least_similarity if passage.similarity is None else passage.similarity
    if asked.kind in UNTAUGHT:
        answered = (answered + ABOUT_IT * (similarity - HALF_ABOUT_IT)) / 2
    told = f"{passage.article.title} {passage.article.published} {passage.paragraph.text}"
    return Evidence(
        answered=answered,
        span=0.0,
        fit=0.0,
        searched=read.searched,
        words=_word_share(words, told),
        names=_word_share(names, f"{told} {passage.before}"),
        similarity=similarity,
    )


def _compare(signs: Sequence[Evidence]) -> list[Evidence]:
    """Return what is known of some passages, the relative signs less those of the best."""
    best = {name: max((getattr(each, name) for each in signs), default=0.0) for name in RELATIVE}
    return [replace(each, **{name: getattr(each, name) - best[name] for name in RELATIVE}) for each in signs]


def weigh(evidence: Evidence, calibration: Calibration) -> float:
    """Return the log odds that a sentence answers, against nothing doing so."""
    worth = (getattr(calibration, sign.name) * getattr(evidence, sign.name) for sign in fields(Evidence))
    return float(calibration.start + sum(worth))


def estimate_confidence(quotes: Sequence[Quote]) -> float:
    """Return the probability that one of the sentences answers, 0 to 1."""
    odds = sum(math.exp(min(quote.score, 50.0)) for quote in quotes)
    return odds / (1 + odds)


def _quotes_of(
    read: ReadPassage, asked: Asked, known: set[str] | None, signs: Evidence, calibration: Calibration
) -> Iterator[Quote]:
    """Yield the sentences of a passage that may answer, each once for every span in it.

    Args:
        read: The passage.
        asked: What is asked for.
        known: Stems of the question, to which a span must add; None if it need not.
        signs: What is known of the passage as a whole.
        calibration: The weights.
    """
    passage, text = read.passage, read.passage.paragraph.text
    for claim in _claims(read.reading, asked, known, text):
        evidence = replace(signs, span=claim.share, fit=math.log(max(claim.fit, LEAST_FIT)))
        yield Quote(
            passage=passage,
            start=passage.paragraph.start + claim.start,
            end=passage.paragraph.start + claim.end,
            text=one_line(text[claim.start : claim.end]),
            short=claim.short,
            evidence=evidence,
            score=weigh(evidence, calibration),
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence of a passage: its place there, its words that answer, how well they fit, and their log share."""

    start: int
    end: int
    short: str
    fit: float
    share: float


def _claims(reading: Reading, asked: Asked, known: set[str] | None, text: str) -> list[_Claim]:
    """Return the sentences that spans are in, those left out whose span adds nothing to what is known."""
    sentences = split_for_quoting(text)
    claims = []
    for span, share in zip(reading.spans, _log_shares(reading), strict=True):
        sentence = max(sentences, key=lambda each: min(each[1], span.end) - max(each[0], span.start))
        short, fits = _shorten(asked, text, sentence, span)
        if known is None or _told(asked, short) - known:
            claims.append(_Claim(*sentence, short, fits, share))
    return claims


def _shorten(asked: Asked, text: str, sentence: tuple[int, int], span: Span) -> tuple[str, float]:
    """Return the part of a span that is in the sentence, tidied, and how well it fits what is asked."""
    whole = text[slice(*sentence)]
    start, end = max(span.start - sentence[0], 0), min(span.end - sentence[0], len(whole))
    if start >= end:
        return "", 0.0
    first, last = cut(asked.wants, whole[start:end], whole)
    start, end = start + first, start + last
    fits = LEAST_FIT if asked.ahead and not tells_of_what_comes(whole) else fit(asked.wants, whole[start:end], whole)
    first, last = trim_span(asked.wants, whole[start:end])
    first, last = widen(asked.wants, whole, start + first, start + last)
    if asked.kind == "list":
        first, last = widen_list(whole, first, last)
    return one_line(whole[first:last]), fits


def _log_shares(reading: Reading) -> list[float]:
    scores = [span.score for span in reading.spans]
    total = math.log(sum(math.exp(score - scores[0]) for score in scores)) + scores[0] if scores else 0.0
    return [score - total for score in scores]


def _find_names(question: str) -> set[str]:
    """Return the words of names, and numbers, in lower case: a capital tells a name, but not the first word's."""
    words = re.findall(r"\w+", question)
    names = [word for place, word in enumerate(words) if (place and word[0].isupper()) or word.isdecimal()]
    return set(content_words(" ".join(names)))


def _told(asked: Asked, text: str) -> set[str]:
    """Return the stems of what a text tells."""
    amounts = _AMOUNTS.intersection(text.lower().split()) if asked.wants in ("number", "quantity") else ()
    return {*amounts, *map(stem, content_words(text))}


def _word_share(words: set[str], text: str) -> float:
    here = set(content_words(text))
    return len(words & here) / len(words) if words else 1.0


def one_line(text: str) -> str:
    """Return text with single spaces between its words."""
    return " ".join(text.split())
