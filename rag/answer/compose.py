"""Put an answer together out of the sentences that answer best, by the kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

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

ACCOUNTS = Recipe(margin=4.0, most=5, short=False)
"""For a question that compares: it is not answered before each article has had its say."""


Told = tuple[Quote, ...]
"""A sentence of the answer: the quote that is told, then those of other articles that say the same."""


def choose_quotes(quotes: Sequence[Quote], asked: Asked, max_sentences: int) -> list[Told]:
    """Return the sentences that make the answer, in its order, no two saying the same.

    Args:
        quotes: The sentences to choose from, best first.
        asked: What is asked for.
        max_sentences: How many at most.
    """
    recipe = _recipe(asked)
    told: list[list[Quote]] = []
    for quote in _in_turn(quotes) if asked.compares else quotes:
        if quote.score < quotes[0].score - recipe.margin:
            continue
        same = next((each for each in told if _says_the_same(quote.text, each[0].text)), None)
        if same and quote.passage.article.id not in {other.passage.article.id for other in same}:
            same.append(quote)
        elif same is None and len(told) < min(recipe.most, max_sentences):
            told.append([quote])
    return [tuple(each) for each in told]


def shorten_answer(told: Sequence[Told], quotes: Sequence[Quote], asked: Asked) -> str:
    """Return the exact words of the best sentence, for a list those of all; empty if the question wants more.

    Args:
        told: The sentences of the answer, the best first.
        quotes: All quotes, best first; of a list, every span in a sentence that is told belongs to it.
        asked: What is asked for.
    """
    recipe = _recipe(asked)
    if not recipe.short:
        return ""
    if asked.kind != "list":
        return told[0][0].short
    sentences = {each[0].text for each in told}
    least = quotes[0].score - recipe.margin
    parts: list[str] = []
    for quote in quotes:
        known = any(_has_words(quote.short, part) or _has_words(part, quote.short) for part in parts)
        if quote.score >= least and quote.text in sentences and not known and not _is_piece(quote):
            parts.append(quote.short)
    return "; ".join(parts[: asked.count])


def cite_quotes(told: Sequence[Told]) -> tuple[AnswerSentence, ...]:
    """Return sentences with their footnotes, numbered from 1."""
    numbers = count(1)
    return tuple(AnswerSentence(each[0].text, tuple(_cite(next(numbers), quote) for quote in each)) for each in told)


def _recipe(asked: Asked) -> Recipe:
    return ACCOUNTS if asked.compares else RECIPES[asked.kind]


def _in_turn(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes in another order: the best sentence of each article, then the second of each, and so on."""
    sentences: dict[str, list[int]] = {}
    turns: list[int] = []
    for quote in quotes:
        own = sentences.setdefault(quote.passage.article.id, [])
        if quote.start not in own:
            own.append(quote.start)
        turns.append(own.index(quote.start))
    return [quote for _, quote in sorted(zip(turns, quotes, strict=True), key=lambda pair: pair[0])]


def _cite(number: int, quote: Quote) -> Citation:
    paragraph = quote.passage.paragraph
    words = paragraph.text[quote.start - paragraph.start : quote.end - paragraph.start]
    return Citation(number, quote.passage.article, paragraph.number, quote.start, quote.end, words)


def _is_piece(quote: Quote) -> bool:
    """Tell whether an item is cut out of a name: "Norway's", and "Education" of "Education Minister"."""
    owns, behind = quote.short.endswith(("'s", "’s")), quote.text.partition(quote.short)[2]
    return owns or bool(re.search(r"\b[A-Z][^\W_]*$", quote.short) and re.match(r" [A-Z]", behind))


def _has_words(whole: str, part: str) -> bool:
    """Tell whether a text has some words; "Nigeria" has no "Niger"."""
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole, re.IGNORECASE))


def _says_the_same(one: str, other: str) -> bool:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) >= SAME_STORY * min(len(words), len(others))
