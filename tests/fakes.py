"""Fakes: small real implementations of our seams, in place of patches."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.models.language_model import Prompt
from rag.models.reader import Calibration, ReadableText, Reading, Span
from rag.records import ArticleHeader, Paragraph, ParagraphKind, Passage, Verdict
from rag.search.lexical import content_words


class WordHashEmbedder:
    """An embedder that knows words and no meaning: texts that share words are alike."""

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.fingerprint = f"word-hash-{dimension}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            # A text without words still needs a vector of length 1.
            for word in re.findall(r"\w+", text.lower()) or [""]:
                row[zlib.crc32(word.encode()) % self.dimension] += 1.0
            row /= np.linalg.norm(row)
        return vectors


class WordReader:
    """A reader that knows words and no meaning: a text answers if it has the question's words, with the others."""

    name = "word-reader"
    calibration = Calibration(
        answered=1.0,
        searched=0.1,
        span=1.0,
        fit=0.1,
        words=0.0,
        names=0.0,
        similarity=0.0,
        start=0.0,
        least_confidence=0.5,
    )

    def read(self, question: str, texts: Sequence[ReadableText]) -> list[Reading]:
        return [self._read_one(set(content_words(question)), text) for text in texts]

    def _read_one(self, wanted: set[str], text: ReadableText) -> Reading:
        words = set(content_words(f"{text.title} {text.text}"))
        share = len(wanted & words) / len(wanted) if wanted else 0.0
        told = set(content_words(text.text)) - wanted
        runs = [run for run in re.finditer(r"\w+", text.text) if run[0].lower() in told]
        spans = [Span(run.start(), run.end(), 5.0 * (run[0][0].isupper() or run[0][0].isdigit())) for run in runs]
        return Reading(20 * (share - 0.7), tuple(sorted(spans, key=lambda span: -span.score)[:8]))


class ScriptedModel:
    """A language model that says what it is told to and keeps what it was asked; an error among it is raised."""

    def __init__(self, *pieces: str | Exception, context_tokens: int = 8192) -> None:
        self.name = "scripted"
        self.context_tokens = context_tokens
        self.reply_tokens = 500
        self.pieces = pieces
        self.prompts: list[Prompt] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(self, prompt: Prompt) -> Iterator[str]:
        self.prompts.append(prompt)
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


@dataclass(frozen=True, slots=True)
class WordJudgement:
    verdict: Verdict
    reason: str = ""
    moved_to: Passage | None = None


def check_words(sentence: str, cited: Sequence[Passage], offered: Sequence[Passage]) -> WordJudgement:
    """Check a sentence as strictly as can be: one cited paragraph has all its words and numbers."""

    def has_all(passage: Passage) -> bool:
        return {*re.findall(r"\w+", sentence.lower())} <= {*re.findall(r"\w+", passage.paragraph.text.lower())}

    if any(map(has_all, cited)):
        return WordJudgement("supported")
    for other in filter(has_all, offered):
        return WordJudgement("misattributed", "Another paragraph says it.", other)
    return WordJudgement("unsupported", "The paragraph does not have these words.")


def passage(text: str, number: int = 1, title: str = "Talks in Oslo", kind: ParagraphKind = "body") -> Passage:
    """Return a paragraph as if a search had found it, at offset 100 times its number in article `a`."""
    article = ArticleHeader("a", title, "", "", "", date(2017, 9, 23), "metadata")
    paragraph = Paragraph(number, kind, 100 * number, 100 * number + len(text), text)
    return Passage(article, paragraph, 1.0 / number)
