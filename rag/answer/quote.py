"""The answerer that quotes: it picks the sentences that answer best and adds no word of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.read import split_sentences
from rag.records import AnswerSentence, Citation, Passage
from rag.search.lexical import content_words

MAX_SENTENCES_OF_A_PARAGRAPH = 40
"""Judging a sentence takes a millisecond or two; a whole article may stand on one line."""

SAME_STORY = 0.75
"""Sentences that share so many of their words say the same; one of them is enough."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage that may be part of an answer.

    Attributes:
        passage: Where it stands.
        start: Offset in the article's text.
        end: Offset behind it.
        text: The sentence on one line.
    """

    passage: Passage
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """How well a sentence answers a question, in a reader's opinion: higher is better."""

    score: float
    candidate: Candidate


class Reader(Protocol):
    """Whatever can tell how well sentences answer a question.

    Attributes:
        name: Shown as the model that answered.
        least_score: Below this a sentence answers nothing.
        margin: How far below the best sentence another may be and still belong to the answer.
    """

    name: str
    least_score: float
    margin: float

    def score(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """Return one score a sentence, higher is better, comparable between questions."""
        ...


def split_candidates(passages: Sequence[Passage], question: str) -> list[Candidate]:
    """Return the sentences of some passages, in order; headings are none.

    Of a paragraph with very many sentences, those are returned that share most words with the question.
    """
    wanted = set(content_words(question))
    candidates: list[Candidate] = []
    for passage in passages:
        sentences = _sentences(passage) if passage.paragraph.kind != "heading" else []
        if len(sentences) > MAX_SENTENCES_OF_A_PARAGRAPH:
            sentences.sort(key=lambda sentence: -len(wanted & set(content_words(sentence.text))))
        candidates += sentences[:MAX_SENTENCES_OF_A_PARAGRAPH]
    return candidates


def _sentences(passage: Passage) -> list[Candidate]:
    paragraph = passage.paragraph
    return [
        Candidate(passage, paragraph.start + start, paragraph.start + end, " ".join(paragraph.text[start:end].split()))
        for start, end in split_sentences(paragraph.text)
    ]


def judge_sentences(question: str, passages: Sequence[Passage], reader: Reader) -> list[JudgedSentence]:
    """Return the sentences of some passages with the reader's opinion of each, best first.

    Args:
        question: A question that stands by itself.
        passages: The paragraphs to choose from.
        reader: Judges the sentences.
    """
    candidates = split_candidates(passages, question)
    scores = reader.score(question, candidates) if candidates else []
    judged = map(JudgedSentence, scores, candidates)
    return sorted(judged, key=lambda sentence: -sentence.score)


def quote_answer(judged: Sequence[JudgedSentence], reader: Reader, max_sentences: int) -> Iterator[AnswerSentence]:
    """Yield the sentences that answer a question, best first; none when nothing answers it.

    Args:
        judged: The sentences to choose from, best first.
        reader: Who judged them.
        max_sentences: How many at most.
    """
    if not judged:
        return
    least = max(reader.least_score, judged[0].score - reader.margin)
    chosen: list[Candidate] = []
    for sentence in judged:
        if sentence.score < least or len(chosen) == max_sentences:
            return
        candidate = sentence.candidate
        if not any(_says_the_same(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
            yield AnswerSentence(candidate.text, (_citation(len(chosen), candidate),))


def _citation(number: int, candidate: Candidate) -> Citation:
    paragraph = candidate.passage.paragraph
    quote = paragraph.text[candidate.start - paragraph.start : candidate.end - paragraph.start]
    return Citation(number, candidate.passage.article, paragraph.number, candidate.start, candidate.end, quote)


def _says_the_same(one: str, other: str) -> bool:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) >= SAME_STORY * min(len(words), len(others))
