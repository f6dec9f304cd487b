"""What a language model is to the rest of Footnote. Imports no library of any provider."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rag.models.llm_stream import Patience


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is told.

    Attributes:
        system: Who it is and by which rules it answers.
        user: The paragraphs and the question.
    """

    system: str
    user: str


class LanguageModel(Protocol):
    """Writes a reply to a prompt. Safe to use from several threads.

    Attributes:
        name: Names it in answers; the spec, for one that was loaded from a spec.
        context_tokens: Tokens that prompt and reply may have together.
        reply_tokens: Tokens that the reply may have.
    """

    name: str
    context_tokens: int
    reply_tokens: int

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has; more rather than less where that is estimated.

        Raises:
            ModelError: The model that counts them failed.
        """
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply piece by piece, empty pieces while nothing comes; close the iterator to stop the model.

        Raises:
            ModelError: The model failed; the subclasses say how.
        """
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model may use.

    Attributes:
        context_tokens: Tokens of prompt and reply together.
        reply_tokens: Tokens of the reply, its thinking included.
        timeout_seconds: How long it may say nothing.
    """

    context_tokens: int
    reply_tokens: int
    timeout_seconds: float

    @property
    def library_seconds(self) -> float:
        """A time-out for a library: longer than our own, which tells better what happened."""
        return self.timeout_seconds + 5.0

    @property
    def patience(self) -> Patience:
        """How long to wait; four pieces or eight characters a token are more than any model makes."""
        return Patience(self.timeout_seconds, self.reply_tokens * 4, self.reply_tokens * 8)


def estimate_tokens(text: str) -> int:
    """Return how many tokens a text has at most with usual tokenizers; two thirds of it are likelier in English.

    Example:
        >>> estimate_tokens("Who met in Beirut in 2017?")
        12
    """
    letters = len(re.findall(r"[A-Za-z ]", text))
    others = sum(1 if character.isascii() else len(character.encode(errors="replace")) / 2 for character in text)
    return round(letters / 3 + others - letters + 0.5)
