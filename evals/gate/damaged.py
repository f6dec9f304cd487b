"""The gate on the sentences of articles, damaged by rules, and on the same reworded so that they stay true."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

from evals.gate.damage import DAMAGES, read_pool
from evals.gate.measuring import Judged
from evals.gate.reword import REWORDINGS, join
from rag.answer.gate import Gate
from rag.read import SUFFIXES, clean_id, read_articles, split_sentences
from rag.records import Article, ArticleHeader, Paragraph, Passage

SEED = 0
MOST_MEGABYTES = 50
SHORTEST, LONGEST = 6, 60
"""Words of a sentence that is worth damaging."""

REWORDED = 0.5
"""Share of the sentences that are reworded before they are damaged, so that nothing is caught by being no quotation."""


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence made of an article's own: what was done to it, whether it stays true, and what it cites."""

    kind: str
    is_true: bool
    sentence: str
    article: Article
    cited: tuple[Paragraph, ...]


def judge_damaged(folder: Path, gate: Gate, most: int) -> Iterator[Judged]:
    """Yield true and damaged sentences, each checked against the paragraphs that it is from.

    Args:
        folder: A folder of articles, or one file.
        gate: The gate.
        most: Sentences at most of each kind.
    """
    rng = random.Random(SEED)
    made = [each for article in _read(folder) for each in make_sentences(article, rng)]
    rng.shuffle(made)
    counts: Counter[tuple[str, bool]] = Counter()
    for each in made:
        counts[each.kind, each.is_true] += 1
        if counts[each.kind, each.is_true] <= most:
            yield _judge(each, gate)


def make_sentences(article: Article, rng: random.Random) -> Iterator[Made]:
    """Yield what the rules make of an article's sentences.

    Args:
        article: The article.
        rng: Chance.
    """
    paragraphs = [paragraph for paragraph in article.paragraphs if paragraph.kind == "body"]
    pool = read_pool([paragraph.text for paragraph in paragraphs])
    for paragraph in paragraphs:
        sentences = _sentences(paragraph)
        for sentence in sentences:
            yield from _reworded(sentence, article, paragraph, rng)
            told = _reword(sentence, rng) if rng.random() < REWORDED else sentence
            for kind, damage in DAMAGES.items():
                if damaged := damage(told, pool, rng):
                    yield Made(kind, False, damaged, article, (paragraph,))
    yield from _joined(article, paragraphs)


def _reworded(sentence: str, article: Article, paragraph: Paragraph, rng: random.Random) -> Iterator[Made]:
    for kind, rewording in REWORDINGS.items():
        if reworded := rewording(sentence, rng):
            yield Made(kind, True, reworded, article, (paragraph,))


def _reword(sentence: str, rng: random.Random) -> str:
    for rewording in rng.sample(list(REWORDINGS.values()), len(REWORDINGS)):
        if reworded := rewording(sentence, rng):
            return reworded
    return sentence


def _joined(article: Article, paragraphs: Sequence[Paragraph]) -> Iterator[Made]:
    """Yield the last sentence of a paragraph joined with the first of the next; both are cited."""
    for one, other in pairwise(paragraphs):
        before, behind = _sentences(one), _sentences(other)
        if before and behind and (joined := join(before[-1], behind[0])):
            yield Made("joined", True, joined, article, (one, other))


def _sentences(paragraph: Paragraph) -> list[str]:
    texts = [" ".join(paragraph.text[start:end].split()) for start, end in split_sentences(paragraph.text)]
    return [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST and text[-1] in '."”']


def _judge(made: Made, gate: Gate) -> Judged:
    header = ArticleHeader(**{field.name: getattr(made.article, field.name) for field in fields(ArticleHeader)})

    def beside(passage: Passage) -> list[Paragraph]:
        return [other for other in made.article.paragraphs if abs(other.number - passage.paragraph.number) == 1]

    cited = [Passage(header, paragraph, 0.0) for paragraph in made.cited]
    started = time.perf_counter()
    judgement = gate.check(made.sentence, cited, beside=beside)
    return Judged(made.kind, made.is_true, made.sentence, judgement, time.perf_counter() - started)


def _read(folder: Path) -> Iterator[Article]:
    files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
    for file in files:
        if file.is_file() and file.name.lower().endswith(SUFFIXES):
            for article in read_articles(file, clean_id(file.stem), MOST_MEGABYTES):
                if isinstance(article, Article):
                    yield article
