from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.errors import EmbedderChangedError
from rag.records import ArticleFilter, ArticleHeader, Chunk
from rag.store.vectors import VectorStore
from tests.fakes import WordHashEmbedder

EMBEDDER = WordHashEmbedder()
WATER = Chunk("a#1@1", "a", 1, 1, "body", "Talks\nThey talked about water.")
FISH = Chunk("b#1@1", "b", 1, 1, "body", "Talks\nThey talked about fish.")
OLD = ArticleHeader("a", "Talks", "", "", "", date(2016, 12, 31), "metadata")
NEW = ArticleHeader("b", "Talks", "", "", "", date(2017, 1, 1), "metadata")
ANY = ArticleFilter()


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorStore]:
    store = VectorStore(tmp_path / "vectors-0", EMBEDDER.fingerprint)
    store.add([WATER, FISH], EMBEDDER.embed([WATER.text, FISH.text]), [OLD, NEW])
    yield store
    store.close()


def found(store: VectorStore, question: str, where: ArticleFilter = ANY) -> list[str]:
    return [id for id, _ in store.search(EMBEDDER.embed([question])[0], 10, where)]


def test_the_nearest_chunk_comes_first_with_its_cosine(vectors: VectorStore) -> None:
    [(first, best), (second, worse)] = vectors.search(EMBEDDER.embed([FISH.text])[0], 10, ANY)
    assert (first, second) == (FISH.id, WATER.id)
    assert best == pytest.approx(1.0, abs=1e-5)
    assert worse == pytest.approx(float(EMBEDDER.embed([FISH.text])[0] @ EMBEDDER.embed([WATER.text])[0]), abs=1e-5)


def test_dates_limit_a_search_on_both_sides_and_the_days_themselves_count(vectors: VectorStore) -> None:
    assert found(vectors, "water", ArticleFilter(last_date=date(2016, 12, 31))) == [WATER.id]
    assert found(vectors, "water", ArticleFilter(first_date=date(2017, 1, 1))) == [FISH.id]
    assert found(vectors, "water", ArticleFilter(first_date=date(2017, 1, 2))) == []


def test_an_article_without_a_date_falls_out_of_a_search_by_date(vectors: VectorStore) -> None:
    vectors.add([replace(WATER, id="c#1@1")], EMBEDDER.embed([WATER.text]), [replace(OLD, date=None)])
    assert "c#1@1" not in found(vectors, "water", ArticleFilter(first_date=date(1900, 1, 1)))
    assert "c#1@1" in found(vectors, "water")


@pytest.mark.parametrize(("ids", "expected"), [(("a",), [WATER.id]), (("x",), []), ((), [])])
def test_articles_limit_a_search(vectors: VectorStore, ids: tuple[str, ...], expected: list[str]) -> None:
    assert found(vectors, "water", ArticleFilter(ids=ids)) == expected


def test_adding_a_chunk_again_replaces_its_vector(vectors: VectorStore) -> None:
    vectors.add([WATER], EMBEDDER.embed(["entirely different"]), [OLD])
    assert vectors.count() == 2
    assert found(vectors, "entirely different")[0] == WATER.id


def test_more_rows_than_chroma_takes_in_a_call_can_be_added_and_removed(vectors: VectorStore) -> None:
    chunks = [replace(WATER, id=f"a#{number}@1") for number in range(2, 5700)]
    vectors.add(chunks, EMBEDDER.embed([WATER.text] * len(chunks)), [OLD] * len(chunks))
    assert vectors.ids() == {WATER.id, FISH.id, *(chunk.id for chunk in chunks)}
    vectors.remove([chunk.id for chunk in chunks])
    assert vectors.ids() == {WATER.id, FISH.id}


def test_removing_what_is_not_there_does_nothing(vectors: VectorStore) -> None:
    vectors.remove(["x#1@1"])
    vectors.remove([])
    assert vectors.count() == 2


def test_a_store_opened_again_has_what_was_added(vectors: VectorStore, tmp_path: Path) -> None:
    vectors.close()
    again = VectorStore(tmp_path / "vectors-0", EMBEDDER.fingerprint)
    assert found(again, FISH.text)[0] == FISH.id
    again.close()


def test_a_store_of_another_embedder_is_refused_and_can_be_opened_by_its_own(
    vectors: VectorStore, tmp_path: Path
) -> None:
    vectors.close()
    with pytest.raises(EmbedderChangedError, match="made by the embedder word-hash-64, this is another"):
        VectorStore(tmp_path / "vectors-0", "another")
    VectorStore(tmp_path / "vectors-0", EMBEDDER.fingerprint).close()
