"""The answerer that quotes: it reads what is found, and answers with its very words or says that it does not tell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.compose import Told, choose_quotes, cite_quotes, shorten_answer
from rag.answer.follow_up import standalone_question
from rag.answer.judge import estimate_confidence, judge_quotes
from rag.answer.kind import analyse_question
from rag.answer.parts import split_question
from rag.answer.unknown import find_unknown
from rag.answer.verdict import commit
from rag.models.reader import Reader
from rag.records import Answer, AnswerSentence, Passage
from rag.search.reread import reread

Find = Callable[[str], Sequence[Passage]]
"""Returns the passages to read for a question, best first."""


@dataclass(frozen=True, slots=True)
class QuotedAnswer:
    """What came of reading.

    Attributes:
        passages: What was read, likeliest to answer first.
        confidence: Probability that it answers, 0 to 1; of a question of several parts, that of the surest part.
        short: The exact words that answer, or an empty string.
        sentences: The sentences that answer, each with its footnote; none if nothing answers.
        unanswered: Parts of the question that are not answered, none if it has but one.
    """

    passages: tuple[Passage, ...]
    confidence: float
    short: str
    sentences: tuple[AnswerSentence, ...]
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a question with its answer: nothing told if there is none."""

    question: str
    passages: tuple[Passage, ...]
    confidence: float
    short: str
    told: tuple[Told, ...]


def quote_answer(question: str, find: Find, reader: Reader, max_sentences: int) -> QuotedAnswer:
    """Answer a question with sentences of what is found for it; each of its parts by itself.

    Args:
        question: A question that stands by itself.
        find: Searches.
        reader: Reads all that is found.
        max_sentences: How many sentences at most for each part.

    Raises:
        ModelError: The reader failed.
    """
    parts = list(_answer_parts(question, find, reader, max_sentences))
    told = {(each[0].passage.ref, each[0].start): each for part in reversed(parts) for each in reversed(part.told)}
    passages = {passage.ref: passage for part in reversed(parts) for passage in reversed(part.passages)}
    return QuotedAnswer(
        passages=tuple(reversed(passages.values())),
        confidence=max(part.confidence for part in parts),
        short="; ".join(dict.fromkeys(part.short for part in parts if part.short)),
        sentences=cite_quotes(list(reversed(told.values()))),
        unanswered=tuple(part.question for part in parts if not part.told) if told else (),
    )


def _answer_parts(question: str, find: Find, reader: Reader, max_sentences: int) -> Iterator[_Part]:
    history: list[Answer] = []
    for asked in split_question(question):
        whole = standalone_question(asked, history)
        part = _answer_part(whole, find, reader, max_sentences)
        history.append(_as_history(part))
        yield replace(part, question=asked)


def _answer_part(question: str, find: Find, reader: Reader, max_sentences: int) -> _Part:
    asked = analyse_question(question)
    passages = find(question)
    read = reread(question, passages, reader, len(passages))
    quotes = judge_quotes(question, asked, read, reader.calibration)
    confidence = estimate_confidence(quotes)
    likeliest = [*(quote.passage for quote in quotes), *(each.passage for each in read)]
    ordered = tuple({passage.ref: passage for passage in likeliest}.values())
    if not quotes or confidence < reader.calibration.least_confidence:
        return _Part(question, ordered, confidence, "", ())
    told = choose_quotes(quotes, asked, max_sentences)
    short = shorten_answer(told, quotes, asked)
    if asked.kind == "yes_no" and not asked.compares:
        short, told = commit(question, told)
    elif unknown := find_unknown(question, quotes[0]):
        short = ""
        told = [(unknown,), *(each for each in told if each[0].text != unknown.text)][:max_sentences]
    return _Part(question, ordered, confidence, short, tuple(told))


def _as_history(part: _Part) -> Answer:
    return Answer(
        question=part.question,
        standalone_question=part.question,
        outcome="answered" if part.told else "not_in_articles",
        sentences=cite_quotes(part.told),
        nearest=(),
        reason="",
        hint="",
        model="",
        seconds=0.0,
        short=part.short,
    )
