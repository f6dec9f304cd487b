"""Read a question with a passage: where is the answer, and is there one? The seam, and the reader that is shipped."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.models.runtime import REINSTALL, Model

WEIGHTS = Path(__file__).parent / "weights" / "reader"

READER_INPUTS = ("input_ids", "attention_mask", "token_type_ids", "readable")
"""What the model takes, a number a token: the token, 1, and twice whether it belongs to what is read."""

MAX_TOKENS = 224
"""Tokens of a question with what is read in one run; a longer passage is read in windows."""

MAX_QUESTION = 48
MAX_TITLE = 24
MAX_BEFORE = 40
OVERLAP = 48
"""Tokens that a window has in common with the one before it: more than nearly any answer has."""

MAX_WINDOWS = 6
"""Windows read of one passage, those that have most of the question's words: a whole article may stand on one line."""

MAX_ANSWER = 30
"""Tokens of an answer at most."""

SPANS = 8
"""Spans told of a passage."""

CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class ReadableText:
    """A passage to read.

    Attributes:
        title: What it is about; helps to understand it, holds no answer. May be empty.
        text: The passage.
        before: What stands before it in the article; the same. Its last `MAX_BEFORE` tokens count.
    """

    title: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a passage that may be the answer.

    Attributes:
        start: Offset in the passage.
        end: Offset behind it.
        score: Logit of both borders together; comparable within a passage, higher is better.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a question and a passage.

    Attributes:
        answered: Log odds that the passage answers the question, comparable between passages.
        spans: The likeliest answers, best first, none overlapping another; empty if the passage has no words.
    """

    answered: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the signs that a passage answers are worth in log odds; `rag.training.calibrate_reader` chooses them.

    Attributes:
        answered: For a point of `Reading.answered`.
        searched: For a point of the search's score.
        span: For the log of a span's share among the passage's spans.
        fit: For the log of how well a span fits the type of the question.
        words: For all of the question's words in the passage.
        names: For all of its names and numbers.
        similarity: For a cosine of 1.
        start: Added to it all.
        least_confidence: Probability of an answer below which none is given.
    """

    answered: float
    searched: float
    span: float
    fit: float
    words: float
    names: float
    similarity: float
    start: float
    least_confidence: float


class Reader(Protocol):
    """Whatever reads passages.

    Attributes:
        name: Shown as the model that answered.
        calibration: What its readings are worth.
    """

    name: str
    calibration: Calibration

    def read(self, question: str, texts: Sequence[ReadableText]) -> list[Reading]:
        """Return what it says of each text, in their order; may be called from several threads at once."""
        ...


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a passage with what the model says of it; `offsets` of its tokens in the passage, shape (tokens, 2)."""

    offsets: Sequence[tuple[int, int]]
    borders: NDArray[np.float32]
    answered: float


class MiniLMReader:
    """The shipped reader: MiniLM-L6 trained for extractive question answering, English, int8.

    Attributes:
        name: Shown as the model that answered.
        calibration: What its readings are worth.
    """

    def __init__(self, threads: int = 0, folder: Path = WEIGHTS, calibration: Calibration | None = None) -> None:
        """Load the weights.

        Args:
            threads: Passages read at once, each on one core; 0 means one per core.
            folder: Where `model.onnx`, `tokenizer.json` and `calibration.json` lie.
            calibration: If none, that of the folder.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._model = Model(folder, threads)
        self.name = f"footnote-reader-{self._model.hash[:8]}"
        self.calibration = calibration or _load_calibration(folder / "calibration.json")

    def read(self, question: str, texts: Sequence[ReadableText]) -> list[Reading]:
        """Return what the reader says of each text, in their order; thread-safe.

        Args:
            question: The question; its last `MAX_QUESTION` tokens count, since what is asked stands at the end.
            texts: Any number of texts of any length; a long one is read in overlapping windows.

        Raises:
            ModelError: The runtime failed, for example for want of memory.
        """
        asked = self._model.split(question, add_special_tokens=False).ids[-MAX_QUESTION:]
        return list(self._model.map(lambda text: self._read_one(asked, text), texts))

    def _read_one(self, question: list[int], text: ReadableText) -> Reading:
        windows = list(self._read_windows(question, text))
        spans = sorted((span for window in windows for span in _find_spans(window)), key=lambda span: -span.score)
        return Reading(max(window.answered for window in windows), _without_overlaps(spans))

    def _read_windows(self, question: list[int], text: ReadableText) -> Iterator[_Window]:
        title, before, passage = (
            self._model.split(part, add_special_tokens=False) for part in (text.title, text.before, text.text)
        )
        context = join_context(title.ids, before.ids)
        room = MAX_TOKENS - 3 - len(question) - len(context)
        starts = range(0, max(len(passage.ids) - OVERLAP, 1), room - OVERLAP)
        windows = [passage.ids[start : start + room] for start in starts]
        for number in _choose_windows(question, windows):
            start, tokens = starts[number], windows[number]
            borders, answered = self._model.run(build_inputs(question, context, tokens))
            first = len(question) + 2 + len(context)
            yield _Window(passage.offsets[start : start + room], borders[first : first + len(tokens)], answered.item())


def _choose_windows(question: Sequence[int], windows: Sequence[Sequence[int]]) -> list[int]:
    """Return the places of `MAX_WINDOWS` windows, in order: those with most of the question's tokens, by rarity."""
    wanted = set(question)
    shared = [wanted.intersection(window) for window in windows]
    counts = Counter(token for tokens in shared for token in tokens)
    worth = [sum(1 / counts[token] for token in tokens) for tokens in shared]
    return sorted(nlargest(MAX_WINDOWS, range(len(windows)), key=worth.__getitem__))


def _load_calibration(path: Path) -> Calibration:
    try:
        return Calibration(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path} is missing or damaged: {error}", REINSTALL) from error


def join_context(title: Sequence[int], before: Sequence[int]) -> list[int]:
    """Return the tokens that are seen with a passage but not searched for an answer: its title and what comes before.

    Args:
        title: Tokens of the title; the first `MAX_TITLE` are taken.
        before: Tokens of what stands before the passage; the last `MAX_BEFORE` are taken.
    """
    parts = [part for part in (title[:MAX_TITLE], before[-MAX_BEFORE:]) if part]
    return [token for part in parts for token in (*part, SEP)]


def build_inputs(question: Sequence[int], context: Sequence[int], passage: Sequence[int]) -> dict[str, Sequence[int]]:
    """Return the model's inputs for one run, from the tokens of its parts."""
    around = [CLS, *question, SEP, *context]
    ids = [*around, *passage, SEP]
    readable = [0] * len(around) + [1] * len(passage) + [0]
    types = [0] * len(around) + [1] * (len(passage) + 1)
    return dict(zip(READER_INPUTS, (ids, [1] * len(ids), types, readable), strict=True))


def _find_spans(window: _Window) -> Iterator[Span]:
    """Yield the likeliest spans of a window, of all lengths up to `MAX_ANSWER`."""
    starts, ends = window.borders[:, 0], window.borders[:, 1]
    scores = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones_like(scores, dtype=bool)) & ~np.triu(np.ones_like(scores, dtype=bool), MAX_ANSWER)
    scores = np.where(allowed, scores, -np.inf)
    for _ in range(SPANS if len(starts) else 0):
        first, last = np.unravel_index(np.argmax(scores), scores.shape)
        if scores[first, last] == -np.inf:
            return
        yield Span(window.offsets[int(first)][0], window.offsets[int(last)][1], float(scores[first, last]))
        scores[: last + 1, first:] = -np.inf  # all that overlap


def _without_overlaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(kept[:SPANS])


def load_reader(threads: int = 0) -> Reader:
    """Return the shipped reader.

    Args:
        threads: Passages read at once, each on one core; 0 means one per core.

    Raises:
        ModelError: Its files are missing or damaged.
    """
    return MiniLMReader(threads)
