"""Hybrid search: paragraphs near in meaning and paragraphs that share words, weighed against each other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.records import EVIDENCE_KINDS, ArticleFilter, ParagraphKind, Passage
from rag.search.lexical import search_words
from rag.store.articles import StoredParagraph
from rag.store.index import Index

CANDIDATES = 100
"""How many chunks and how many paragraphs each of the two searches brings in."""

MORE_CANDIDATES = 2000
"""How many if too many of those are readers' comments and boilerplate."""

ARTICLES = 1000
"""How many articles' shares of the question's words are looked at."""

LEXICAL_WEIGHT = 0.5
"""What it is worth, as a cosine, if a paragraph has all words of the question; and again if its article has."""

EVERYWHERE = ArticleFilter()


@dataclass(frozen=True, slots=True)
class _Hit:
    """A paragraph in the list that one of the two searches brought in: its place from 1, and its score there."""

    rank: int
    score: float


def search(
    index: Index,
    question: str,
    limit: int,
    where: ArticleFilter = EVERYWHERE,
    kinds: Collection[ParagraphKind] = EVIDENCE_KINDS,
) -> list[Passage]:
    """Return the paragraphs that are most likely to hold an answer.

    A paragraph's score is its cosine similarity, plus its share of the question's words, plus its article's share of
    them: the words that tell which story is meant, and when it was, often stand elsewhere in the article, or are its
    date. A paragraph that is not among the nearest is given the least similarity found.

    Source: Bruch, Gai, Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (TOIS 2023): a combination of
    scores scaled by what is possible does better than reciprocal ranks. The article's share is ours.

    Args:
        index: The index.
        question: The question; anything at all.
        limit: How many paragraphs at most.
        where: Which articles may be found.
        kinds: Which kinds of paragraph may be found.

    Returns:
        Passages, best first.
    """
    words = search_words(question)
    vector = index.embedder.embed([question])[0]
    article_shares = dict(index.words.search("article", words, ARTICLES, where))
    passages: list[Passage] = []
    for most in (CANDIDATES, MORE_CANDIDATES):
        dense = _find_similar(index, vector, most, where)
        lexical = {
            key: _Hit(rank, score)
            for rank, (key, score) in enumerate(index.words.search("paragraph", words, most, where), start=1)
        }
        found = index.articles.paragraphs(dense | lexical).values()
        fitting = [stored for stored in found if stored.paragraph.kind in kinds]
        passages = _fuse(fitting, dense, lexical, article_shares)
        if len(fitting) >= limit or len(fitting) == len(found):
            break
    return passages[:limit]


def add_similarity(index: Index, question: str, passages: Sequence[Passage]) -> list[Passage]:
    """Return passages with their cosine similarity to a question, if they have none yet.

    Args:
        index: The index whose embedder tells it.
        question: The question.
        passages: Passages; each is likened below its title, as it is in the index.
    """
    unknown = [passage for passage in passages if passage.similarity is None]
    texts = [f"{passage.article.title}\n{passage.paragraph.text}" for passage in unknown]
    vector, *vectors = index.embedder.embed([question, *texts])
    found = iter(vectors)
    return [
        passage if passage.similarity is not None else replace(passage, similarity=float(vector @ next(found)))
        for passage in passages
    ]


def _find_similar(index: Index, vector: NDArray[np.float32], most: int, where: ArticleFilter) -> dict[int, _Hit]:
    chunks = index.vectors.search(vector, most, where)
    keys = index.articles.paragraph_keys([chunk_id for chunk_id, _ in chunks])
    hits: dict[int, _Hit] = {}
    for chunk_id, similarity in chunks:
        for key in keys.get(chunk_id, ()):
            hits.setdefault(key, _Hit(len(hits) + 1, similarity))
    return hits


def _fuse(
    found: Sequence[StoredParagraph],
    dense: Mapping[int, _Hit],
    lexical: Mapping[int, _Hit],
    article_shares: Mapping[int, float],
) -> list[Passage]:
    least = min((hit.score for hit in dense.values()), default=0.0)
    passages = []
    for stored in found:
        near, worded = dense.get(stored.key), lexical.get(stored.key)
        share = (worded.score if worded else 0.0) + article_shares.get(stored.article_key, 0.0)
        passages.append(
            Passage(
                article=stored.article,
                paragraph=stored.paragraph,
                score=(near.score if near else least) + LEXICAL_WEIGHT * share,
                similarity=near.score if near else None,
                dense_rank=near.rank if near else None,
                lexical_score=worded.score if worded else None,
                lexical_rank=worded.rank if worded else None,
                before=stored.before,
            )
        )
    # Paragraphs that share a chunk may be equal in score; the longest is the one that the chunk is about.
    return sorted(passages, key=lambda passage: (-passage.score, -len(passage.paragraph.text), passage.ref))
