"""Footnote inside LlamaIndex, and LlamaIndex inside Footnote. The only file that speaks its language of nodes.

Nothing here falls back to LlamaIndex's global `Settings`, which would call a remote model.
"""

from collections.abc import AsyncIterator, Generator, Sequence
from typing import Any

import numpy as np
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray
from pydantic import PrivateAttr

from rag.answer.follow_up import standalone_question
from rag.assistant import Assistant
from rag.errors import ModelError
from rag.models.embedder import Embedder
from rag.records import Answer, ArticleHeader, Citation, Passage


class FootnoteRetriever(BaseRetriever):
    """Our hybrid search as a LlamaIndex retriever: one node a paragraph, its id the paragraph's address."""

    def __init__(self, assistant: Assistant, limit: int = 10) -> None:
        """Use an assistant.

        Args:
            assistant: Whose articles are searched.
            limit: How many paragraphs at most.
        """
        self._assistant = assistant
        self._limit = limit
        super().__init__(callback_manager=CallbackManager())

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        passages = self._assistant.search(query_bundle.query_str, self._limit)
        return [_passage_node(passage) for passage in passages]


class FootnoteQueryEngine(BaseQueryEngine):
    """Our answers as a LlamaIndex query engine: a source node a footnote, the outcome in the metadata."""

    def __init__(self, assistant: Assistant) -> None:
        """Use an assistant."""
        self._assistant = assistant
        super().__init__(callback_manager=CallbackManager())

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str)
        return Response(answer.text, source_nodes=_source_nodes(answer), metadata=_answer_metadata(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class FootnoteChatEngine(BaseChatEngine):
    """Our conversation as a LlamaIndex chat engine; it remembers its answers until `reset`."""

    def __init__(self, assistant: Assistant) -> None:
        """Use an assistant."""
        self._assistant = assistant
        self._answers: list[Answer] = []

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Answer a message.

        Args:
            message: The question.
            chat_history: Messages to take for what was said before, in place of what this engine remembers.
        """
        response = self.stream_chat(message, chat_history)
        text = "".join(response.response_gen)
        return AgentChatResponse(text, source_nodes=response.source_nodes, metadata=_answer_metadata(self._answers[-1]))

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """Answer a message sentence by sentence; the source nodes are there when the last one is."""
        if chat_history is not None:
            self._answers = _remembered(chat_history)
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.chat_stream = self._deltas(message, response)
        return response

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Answer a message; nothing in it waits for anything but the processor."""
        return self.chat(message, chat_history)

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """Answer a message sentence by sentence, for `async_response_gen`."""
        response = self.stream_chat(message, chat_history)
        deltas = response.chat_stream
        assert deltas is not None

        async def deltas_later() -> AsyncIterator[ChatResponse]:
            for delta in deltas:
                yield delta

        response.achat_stream = deltas_later()  # type: ignore[assignment]  # their alias asks for a whole generator
        return response

    def reset(self) -> None:
        """Forget the conversation."""
        self._answers.clear()

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The conversation so far."""
        return [
            ChatMessage(role=role, content=content)
            for answer in self._answers
            for role, content in ((MessageRole.USER, answer.question), (MessageRole.ASSISTANT, answer.text))
        ]

    def _deltas(self, message: str, response: StreamingAgentChatResponse) -> Generator[ChatResponse, None, None]:
        shown = ""
        for answer in self._assistant.stream(message, self._answers):
            delta = answer.text.removeprefix(shown)
            shown = answer.text
            yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=shown), delta=delta)
        response.source_nodes = _source_nodes(answer)
        self._answers.append(answer)


class FootnoteEmbedding(BaseEmbedding):
    """Our embedder for LlamaIndex's own indexes, a `VectorStoreIndex` over our Chroma collection for one."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        """Use an embedder of ours."""
        super().__init__(model_name=embedder.fingerprint, callback_manager=CallbackManager())
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in vector] for vector in self._embedder.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


class LlamaIndexEmbedder:
    """Any LlamaIndex embedding model as an embedder of ours.

    Attributes:
        fingerprint: The class and the name of the model.
        dimension: Length of a vector, found by embedding a word.
    """

    def __init__(self, model: BaseEmbedding) -> None:
        """Use an embedding model; it is asked for one vector at once.

        Raises:
            ModelError: It fails.
        """
        self._model = model
        self.fingerprint = f"{type(model).__name__}-{model.model_name}"
        self.dimension = self.embed(["dimension"]).shape[1]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, shape (len(texts), dimension), each of length 1.

        Raises:
            ModelError: The model fails.
        """
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        try:
            vectors = np.array(self._model.get_text_embedding_batch(list(texts)), dtype=np.float32)
        except Exception as error:  # every provider raises its own
            raise ModelError(f"The embedder {self.fingerprint} failed: {error}", "Is its server running?") from error
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors


def adapt_embedder(embedder: Embedder | BaseEmbedding) -> Embedder:
    """Return an embedder of ours, whichever of the two it is given as."""
    return LlamaIndexEmbedder(embedder) if isinstance(embedder, BaseEmbedding) else embedder


def _passage_node(passage: Passage) -> NodeWithScore:
    metadata = {**_article_metadata(passage.article), "paragraph": passage.paragraph.number}
    paragraph = passage.paragraph
    node = TextNode(
        id_=passage.ref,
        text=paragraph.text,
        metadata=metadata,
        start_char_idx=paragraph.start,
        end_char_idx=paragraph.end,
    )
    return NodeWithScore(node=node, score=passage.score)


def _source_nodes(answer: Answer) -> list[NodeWithScore]:
    return [_citation_node(citation) for citation in answer.citations]


def _citation_node(citation: Citation) -> NodeWithScore:
    metadata = {
        **_article_metadata(citation.article),
        "paragraph": citation.paragraph_number,
        "footnote": citation.number,
    }
    node = TextNode(
        id_=f"{citation.ref}:{citation.start}-{citation.end}",
        text=citation.quote,
        metadata=metadata,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
    )
    return NodeWithScore(node=node)


def _article_metadata(article: ArticleHeader) -> dict[str, Any]:
    day = article.date.isoformat() if article.date else ""
    return {"article_id": article.id, "title": article.title, "date": day, "url": article.url}


def _answer_metadata(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome,
        "standalone_question": answer.standalone_question,
        "model": answer.model,
        "short": answer.short,
        "unsure": answer.unsure,
        "reason": answer.reason,
        "hint": answer.hint,
        "unanswered": list(answer.unanswered),
        "unknown_words": list(answer.unknown_words),
        "dates": [day.isoformat() for day in answer.dates or ()],
        "fallback": answer.fallback,
        "withheld": answer.withheld,
        "checked": answer.checked,
        "sentences": [
            {
                "text": sentence.text,
                "footnotes": [citation.number for citation in sentence.citations],
                "added": sentence.added,
                "verdict": sentence.verdict,
                "reason": sentence.reason,
            }
            for sentence in answer.sentences
        ],
    }


def _remembered(messages: Sequence[ChatMessage]) -> list[Answer]:
    """Return answers that say no more than what was asked: all that a follow-up needs to know."""
    answers: list[Answer] = []
    for message in messages:
        if message.role == MessageRole.USER and message.content:
            standalone = standalone_question(message.content, answers)
            answers.append(Answer(message.content, standalone, "answered", (), (), "", "", "", 0.0))
    return answers
