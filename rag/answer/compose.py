"""Put an answer together out of the sentences that answer best, by the kind of question."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.judge import Quote
from rag.answer.kind import Asked, QuestionKind
from rag.records import AnswerSentence, Citation

SAME_STORY = 0.75
"""Sentences that share so many of their words say the same; one of them is enough."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an answer to a kind of question is put together.

    Attributes:
        margin: How far below the best sentence, in log odds, another may be and still belong to the answer.
        most: How many sentences at most.
        short: Whether the exact words are told in front.
    """

    margin: float
    most: int
    short: bool


RECIPES: dict[QuestionKind, Recipe] = {
    "span": Recipe(margin=1.5, most=3, short=True),
    "quotation": Recipe(margin=1.5, most=3, short=True),
    "list": Recipe(margin=2.5, most=5, short=True),
    "explain": Recipe(margin=2.5, most=4, short=False),
    "summary": Recipe(margin=4.0, most=5, short=False),
    "yes_no": Recipe(margin=2.0, most=3, short=False),
}


def choose_quotes(quotes: Sequence[Quote], asked: Asked, max_sentences: int) -> list[Quote]:
    """Return the sentences that make the answer, in its order, no two saying the same.

    Args:
        quotes: The sentences to choose from, best first.
        asked: What is asked for.
        max_sentences: How many at most.
    """
    recipe = RECIPES[asked.kind]
    chosen: list[Quote] = []
    for quote in quotes:
        if quote.score < quotes[0].score - recipe.margin or len(chosen) == min(recipe.most, max_sentences):
            break
        if not any(_says_the_same(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return chosen


def shorten_answer(chosen: Sequence[Quote], asked: Asked) -> str:
    """Return the exact words of the best sentence, for a list those of all; empty if the question wants more."""
    if not RECIPES[asked.kind].short:
        return ""
    parts = {quote.short.lower(): quote.short for quote in reversed(chosen if asked.kind == "list" else chosen[:1])}
    return "; ".join(reversed(parts.values()))


def cite_quotes(chosen: Sequence[Quote]) -> tuple[AnswerSentence, ...]:
    """Return sentences with their footnotes, numbered from 1."""
    return tuple(AnswerSentence(quote.text, (_cite(number, quote),)) for number, quote in enumerate(chosen, start=1))


def _cite(number: int, quote: Quote) -> Citation:
    paragraph = quote.passage.paragraph
    words = paragraph.text[quote.start - paragraph.start : quote.end - paragraph.start]
    return Citation(number, quote.passage.article, paragraph.number, quote.start, quote.end, words)


def _says_the_same(one: str, other: str) -> bool:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) >= SAME_STORY * min(len(words), len(others))
