import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.embeddings import MockEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag import Assistant
from rag.errors import ModelError
from rag.llamaindex import (
    FootnoteChatEngine,
    FootnoteEmbedding,
    FootnoteQueryEngine,
    FootnoteRetriever,
    LlamaIndexEmbedder,
)
from rag.models.embedder import Embedder
from tests.fakes import WordHashEmbedder
from tests.models.embedder_contract import EmbedderContract

HEZBOLLAH_TEAM = "004_9ac7acf72945896c#10"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open("seeds", index=tmp_path_factory.mktemp("index")) as assistant:
        yield assistant


class TestLlamaIndexEmbedder(EmbedderContract):
    def make(self) -> Embedder:
        return LlamaIndexEmbedder(FootnoteEmbedding(WordHashEmbedder()))


def test_the_retriever_gives_paragraphs_with_their_address_and_offsets(desk: Assistant) -> None:
    found = FootnoteRetriever(desk, limit=3).retrieve("Who led the Hezbollah team in Beirut?")
    node = found[0].node
    assert len(found) == 3
    assert node.node_id == HEZBOLLAH_TEAM
    article = desk.article(node.metadata["article_id"])
    assert article.text[node.start_char_idx : node.end_char_idx] == node.get_content()


def test_the_query_engine_gives_an_answer_with_its_footnotes(desk: Assistant) -> None:
    response = FootnoteQueryEngine(desk).query("Who led the Hezbollah team in Beirut?")
    assert "Hasan Huballah" in str(response)
    assert response.metadata["outcome"] == "answered"
    assert response.source_nodes[0].node.metadata["paragraph"] == 10
    assert str(response).startswith(response.metadata["short"])


def test_the_query_engine_tells_a_refusal_as_such(desk: Assistant) -> None:
    response = FootnoteQueryEngine(desk).query("Who won the football World Cup in 2018?")
    assert response.metadata["outcome"] == "not_in_articles"
    assert response.metadata["short"] == ""
    assert response.metadata["unknown_words"] == ["Cup", "2018"]
    assert response.metadata["dates"] == ["2017-09-23", "2017-09-23"]
    assert not response.source_nodes


def test_the_chat_engine_remembers_until_it_is_reset(desk: Assistant) -> None:
    engine = FootnoteChatEngine(desk)
    engine.chat("Who headed the Hamas delegation in Beirut?")
    second = engine.chat("And who headed the Hezbollah team?")
    assert second.metadata["standalone_question"] == "And who headed the Hezbollah team? (Hamas, Beirut)"
    assert [message.role for message in engine.chat_history] == [MessageRole.USER, MessageRole.ASSISTANT] * 2
    engine.reset()
    assert not engine.chat_history


def test_the_chat_engine_takes_a_history_from_outside(desk: Assistant) -> None:
    before = [ChatMessage(role=MessageRole.USER, content="Who headed the Hamas delegation in Beirut?")]
    answer = FootnoteChatEngine(desk).chat("And who headed the Hezbollah team?", chat_history=before)
    assert "Beirut" in answer.metadata["standalone_question"]


def test_the_streamed_pieces_add_up_to_the_answer(desk: Assistant) -> None:
    engine = FootnoteChatEngine(desk)
    response = engine.stream_chat("What did Zahar ask of Iran?")
    pieces = list(response.response_gen)
    assert "".join(pieces) == engine.chat_history[-1].content
    assert response.source_nodes


def test_the_asynchronous_engine_says_the_same(desk: Assistant) -> None:
    async def pieces() -> list[str]:
        response = await FootnoteChatEngine(desk).astream_chat("What did Zahar ask of Iran?")
        return [piece async for piece in response.async_response_gen()]

    assert "".join(asyncio.run(pieces())) == desk.ask("What did Zahar ask of Iran?").text


def test_a_plain_vector_store_index_works_over_our_collection(desk: Assistant) -> None:
    index = VectorStoreIndex.from_vector_store(
        ChromaVectorStore(chroma_collection=desk.index.vectors.collection),
        embed_model=FootnoteEmbedding(desk.index.embedder),
    )
    node = index.as_retriever(similarity_top_k=1).retrieve("Who led the Hezbollah team in Beirut?")[0].node
    assert "Hasan Huballah" in node.get_content()
    assert f"{node.metadata['article_id']}#{node.metadata['paragraph']}" == HEZBOLLAH_TEAM


def test_an_index_can_be_made_with_a_llama_index_embedding(tmp_path: Path) -> None:
    with Assistant.open("seeds", index=tmp_path, embedder=MockEmbedding(embed_dim=8)) as desk:
        assert desk.index.embedder.dimension == 8
        assert desk.search("Hamas")


def test_a_failing_llama_index_embedding_is_a_model_error() -> None:
    class Broken(MockEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            raise ConnectionError("refused")

    with pytest.raises(ModelError, match="refused"):
        LlamaIndexEmbedder(Broken(embed_dim=8))


def test_vectors_from_llama_index_get_length_one() -> None:
    vectors = LlamaIndexEmbedder(MockEmbedding(embed_dim=4)).embed(["a", "b"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
