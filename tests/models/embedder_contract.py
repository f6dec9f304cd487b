"""What every embedder promises: inherit, and give `make`."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rag.models.embedder import Embedder

TEXTS = ["a", "The ministers met in Oslo on Tuesday and agreed on nothing at all.", "", "Oil prices fell."]


class EmbedderContract:
    def make(self) -> Embedder:
        raise NotImplementedError

    def test_a_text_becomes_a_float32_row_of_length_one(self) -> None:
        embedder = self.make()
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (4, embedder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_no_texts_become_no_rows(self) -> None:
        embedder = self.make()
        assert embedder.embed([]).shape == (0, embedder.dimension)

    def test_rows_keep_the_order_of_the_texts_whatever_their_lengths(self) -> None:
        embedder = self.make()
        np.testing.assert_allclose(embedder.embed(TEXTS)[::-1], embedder.embed(TEXTS[::-1]), atol=1e-6)

    def test_a_vector_does_not_depend_on_the_texts_beside_it(self) -> None:
        embedder = self.make()
        np.testing.assert_allclose(embedder.embed(TEXTS)[1], embedder.embed([TEXTS[1]])[0], atol=1e-6)

    def test_texts_that_share_words_are_nearer_than_texts_that_do_not(self) -> None:
        question, near, far = self.make().embed(
            ["why did oil prices fall", "oil prices fall again", "a goalkeeper was sold to Madrid"]
        )
        assert question @ near > question @ far

    def test_odd_unicode_is_embedded_like_any_text(self) -> None:
        texts = ["\ud800", "a\x00b", "\u202e\ufffe\U0010ffff", "👩‍👩‍👧", "e" + "\u0301" * 500, "\n\t "]
        np.testing.assert_allclose(np.linalg.norm(self.make().embed(texts), axis=1), 1, atol=1e-5)

    def test_threads_that_embed_at_once_get_their_own_vectors(self) -> None:
        embedder = self.make()
        texts = [f"Storm number {number} reached the coast." for number in range(8)]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda text: embedder.embed([text])[0], texts))
        np.testing.assert_allclose(together, embedder.embed(texts), atol=1e-6)

    def test_two_embedders_of_the_same_make_are_interchangeable(self) -> None:
        assert self.make().fingerprint == self.make().fingerprint
        np.testing.assert_allclose(self.make().embed(TEXTS), self.make().embed(TEXTS), atol=1e-6)
