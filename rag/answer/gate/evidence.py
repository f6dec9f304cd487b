"""What a sentence is checked against: the sentences of the cited paragraphs, and which of them it is drawn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.answer.gate.likeness import groups_of
from rag.answer.gate.words import Word, read_words
from rag.read import split_sentences
from rag.records import ArticleHeader, Paragraph, Passage

Beside = Callable[[Passage], Sequence[Paragraph]]
"""Returns the paragraphs before and behind a passage's paragraph in its article, as far as they are known."""

DRAWN_FROM = 2
"""Sentences that one sentence of an answer may be drawn from; one that needs three says too much at once."""


def nothing_beside(passage: Passage) -> Sequence[Paragraph]:
    """Know no paragraphs beside any passage."""
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a cited paragraph.

    Attributes:
        text: The sentence on one line.
        before: The sentence before it, in its paragraph or the one before; empty if that is not known.
        words: Its words.
        stems: Their stems.
        pairs: Its pairs of neighbouring stems.
        groups: Numbers of the groups of like words that its words are in.
    """

    text: str
    before: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a sentence of an answer is checked against.

    Attributes:
        articles: The cited articles.
        cited: Text of the cited paragraphs, one a line.
        around: Titles and the paragraphs beside, which may tell who "he" is but bear nothing out by themselves.
        sources: The sentences of the cited paragraphs.
    """

    articles: tuple[ArticleHeader, ...]
    cited: str
    around: str
    sources: tuple[Source, ...]


def gather_evidence(cited: Sequence[Passage], beside: Beside = nothing_beside) -> Evidence:
    """Return what is known around some cited passages."""
    neighbours = {passage.ref: beside(passage) for passage in cited}
    titles = dict.fromkeys(passage.article.title for passage in cited)
    texts = [paragraph.text for each in neighbours.values() for paragraph in each]
    return Evidence(
        articles=tuple(passage.article for passage in cited),
        cited="\n".join(passage.paragraph.text for passage in cited),
        around="\n".join([*titles, *texts]),
        sources=tuple(
            source for passage in cited for source in read_sources(passage.paragraph.text, _before(passage, neighbours))
        ),
    )


def _before(passage: Passage, neighbours: dict[str, Sequence[Paragraph]]) -> str:
    number = passage.paragraph.number - 1
    return next((each.text for each in neighbours[passage.ref] if each.number == number), passage.article.title)


@lru_cache(maxsize=2_000)
def read_sources(text: str, before: str = "") -> tuple[Source, ...]:
    """Return the sentences of a paragraph, ready to be compared with.

    Args:
        text: The paragraph.
        before: What stands before it.
    """
    texts = [" ".join(text[start:end].split()) for start, end in split_sentences(text)]
    return tuple(_read_source(here, previous) for previous, here in pairwise([before, *texts]))


def _read_source(text: str, before: str) -> Source:
    words = read_words(text)
    stems = [word.stem for word in words]
    groups = frozenset(group for word in words if word.is_content for group in groups_of(word.stem))
    return Source(text, before, words, frozenset(stems), frozenset(pairwise(stems)), groups)


def choose_sources(claim: Sequence[Word], sources: Sequence[Source]) -> list[Source]:
    """Return the sentences that a claim is drawn from: the one that has most of it, and the one that adds most.

    Args:
        claim: The words of the claim.
        sources: Where to look; ties go to the first.

    Returns:
        At most `DRAWN_FROM`, the best first; a second one only if it adds a content word or two pairs.
    """
    chosen: list[Source] = []
    words = {word.stem for word in claim if word.is_content}
    pairs = set(pairwise(word.stem for word in claim))
    while len(chosen) < DRAWN_FROM and sources:
        gains = [2 * _count_words(words, source) + len(pairs & source.pairs) for source in sources]
        best = max(range(len(sources)), key=gains.__getitem__)
        if chosen and gains[best] < 2:
            break
        source = sources[best]
        chosen.append(source)
        words = {word for word in words if not _has(word, source)}
        pairs -= source.pairs
    return chosen


def _count_words(words: set[str], source: Source) -> float:
    return len(words & source.stems) + 0.7 * sum(bool(groups_of(word) & source.groups) for word in words - source.stems)


def _has(word: str, source: Source) -> bool:
    return word in source.stems or bool(groups_of(word) & source.groups)
