"""Any llama-index LLM as a language model of ours: asked, heard piece by piece, its tokens estimated."""

from collections.abc import Iterator
from typing import Any, Literal

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms import LLM

from rag.models.language_model import Limits, Prompt, estimate_tokens
from rag.models.llm_errors import Source, cut_off, endless, malformed, refused
from rag.models.llm_stream import stream_pieces

Finish = Literal["", "stop", "length", "filter"]
"""Why a reply ended; empty if that was not told."""

_FINISHES: dict[str, Finish] = {
    **dict.fromkeys(("stop", "end_turn", "stop_sequence", "eos", "true"), "stop"),
    **dict.fromkeys(("length", "max_tokens", "model_length"), "length"),
    **dict.fromkeys(("content_filter", "refusal", "safety", "recitation", "prohibited_content", "blocklist"), "filter"),
}


class LlamaIndexModel:
    """A llama-index LLM as a language model.

    Attributes:
        name: Names it in answers.
        context_tokens: Tokens that prompt and reply may have together.
        reply_tokens: Tokens that the reply may have.
    """

    def __init__(self, llm: LLM, source: Source, limits: Limits, tells_finish: bool = False) -> None:
        """Use an LLM.

        Args:
            llm: The LLM; it should neither retry by itself nor have a shorter time-out than `limits`.
            source: Who it is, for errors.
            limits: What it may use.
            tells_finish: Whether it always tells why it ends, so that an end without that is a broken connection.
        """
        self.name = source.spec
        self.context_tokens = limits.context_tokens
        self.reply_tokens = limits.reply_tokens
        self._llm, self._source, self._limits, self._tells_finish = llm, source, limits, tells_finish

    def count_tokens(self, text: str) -> int:
        """Return an estimate that is too high for all usual tokenizers."""
        return estimate_tokens(text)

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply piece by piece.

        Raises:
            ModelError: The model failed; the subclasses say how.
        """
        yield from stream_pieces(lambda: self.ask(prompt), self._source, self._limits.patience)

    def ask(self, prompt: Prompt) -> Iterator[str]:
        """Ask once and yield the reply, with no patience and with the library's own errors."""
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
            ChatMessage(role=MessageRole.USER, content=prompt.user),
        ]
        finish: Finish = ""
        said, response = 0, None
        for response in self._replies(messages):
            piece = _delta(response, said)
            said += len(piece)
            yield piece
            finish = read_finish(response.raw) or finish
        self._check(finish, heard=response is not None)

    def _replies(self, messages: list[ChatMessage]) -> Iterator[ChatResponse]:
        try:
            yield from self._llm.stream_chat(messages)
        except NotImplementedError:  # an LLM object that cannot stream
            yield self._llm.chat(messages)

    def _check(self, finish: Finish, heard: bool) -> None:
        if finish == "filter":
            raise refused(self._source)
        if finish == "length":
            raise endless(self._source)
        if not finish and self._tells_finish:
            raise cut_off(self._source) if heard else malformed("nothing is in the agreed form", self._source)


def read_finish(raw: Any) -> Finish:  # noqa: ANN401 - whatever a provider sent
    """Return why a reply ended, from what any of the providers sent."""
    raw = _get(raw, "data") or raw
    for holder in (raw, _first(_get(raw, "choices")), _first(_get(raw, "candidates")), _get(raw, "delta")):
        for name in ("finish_reason", "done_reason", "stop_reason", "finishReason"):
            told = _get(holder, name)
            if told:
                return _FINISHES.get(str(getattr(told, "value", told)).lower(), "stop")
    return "stop" if _get(raw, "done") is True else ""


def _delta(response: ChatResponse, said: int) -> str:
    if response.delta is not None:
        return response.delta
    return (response.message.content or "")[said:]


def _get(holder: Any, name: str) -> Any:  # noqa: ANN401
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _first(several: Any) -> Any:  # noqa: ANN401
    return several[0] if isinstance(several, list | tuple) and several else None
