"""Hybrid search: paragraphs near in meaning and paragraphs that share words, weighed against each other."""

from collections.abc import Collection
from dataclasses import dataclass

from rag.records import EVIDENCE_KINDS, ArticleFilter, ParagraphKind, Passage
from rag.search.lexical import search_words
from rag.store.articles import StoredParagraph
from rag.store.index import Index

CANDIDATES = 100
"""How many chunks and how many paragraphs each of the two searches brings in."""

ARTICLES = 1000
"""How many articles' shares of the question's words are looked at."""

LEXICAL_WEIGHT = 0.5
"""What it is worth, as a cosine, if a paragraph has all words of the question; and again if its article has."""

EVERYWHERE = ArticleFilter()


@dataclass(slots=True)
class _Candidate:
    """A paragraph that one search or both have found."""

    similarity: float | None = None
    dense_rank: int | None = None
    lexical_score: float | None = None
    lexical_rank: int | None = None


def search(
    index: Index,
    question: str,
    limit: int,
    where: ArticleFilter = EVERYWHERE,
    kinds: Collection[ParagraphKind] = EVIDENCE_KINDS,
) -> list[Passage]:
    """Return the paragraphs that are most likely to hold an answer.

    A paragraph's score is its cosine similarity, plus its share of the question's words, plus its article's share of
    them: the words that tell which story is meant often stand elsewhere in the article. A paragraph that is not
    among the nearest is given the least similarity found.

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
    candidates: dict[int, _Candidate] = {}
    _find_similar(index, question, where, candidates)
    _find_lexical(index, question, where, candidates)
    similarities = [found.similarity for found in candidates.values() if found.similarity is not None]
    least_similarity = min(similarities, default=0.0)
    article_shares = dict(index.words.search("article", search_words(question), ARTICLES, where))
    passages = []
    for key, stored in index.articles.paragraphs(candidates).items():
        if stored.paragraph.kind in kinds:
            found = candidates[key]
            share = (found.lexical_score or 0.0) + article_shares.get(stored.article_key, 0.0)
            similarity = least_similarity if found.similarity is None else found.similarity
            passages.append(_passage(stored, found, similarity + LEXICAL_WEIGHT * share))
    # Paragraphs that share a chunk may be equal in score; the longest is the one that the chunk is about.
    passages.sort(key=lambda passage: (-passage.score, -len(passage.paragraph.text), passage.ref))
    return passages[:limit]


def _find_similar(index: Index, question: str, where: ArticleFilter, candidates: dict[int, _Candidate]) -> None:
    chunks = index.vectors.search(index.embedder.embed([question])[0], CANDIDATES, where)
    keys = index.articles.paragraph_keys([chunk_id for chunk_id, _ in chunks])
    rank = 0
    for chunk_id, similarity in chunks:
        for key in keys.get(chunk_id, ()):
            if key not in candidates:
                rank += 1
                candidates[key] = _Candidate(similarity=similarity, dense_rank=rank)


def _find_lexical(index: Index, question: str, where: ArticleFilter, candidates: dict[int, _Candidate]) -> None:
    found = index.words.search("paragraph", search_words(question), CANDIDATES, where)
    for rank, (key, score) in enumerate(found, start=1):
        candidate = candidates.setdefault(key, _Candidate())
        candidate.lexical_rank, candidate.lexical_score = rank, score


def _passage(stored: StoredParagraph, found: _Candidate, score: float) -> Passage:
    return Passage(
        article=stored.article,
        paragraph=stored.paragraph,
        score=score,
        similarity=found.similarity,
        dense_rank=found.dense_rank,
        lexical_score=found.lexical_score,
        lexical_rank=found.lexical_rank,
    )
