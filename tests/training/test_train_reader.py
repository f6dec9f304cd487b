from pathlib import Path
from typing import Any

import pytest

from rag.models.embedder import WEIGHTS
from rag.training.reader_examples import Example

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
training = pytest.importorskip("rag.training.train_reader")

SOLD = Example("squad", "Who sold the mill?", "Ada Holt sold the mill in 1931.", ("Ada Holt",), 0)
ASKED_OF_ANOTHER = Example("squad", "Who sold the mill?", "The mill has a wheel.", (), -1)
EPOCHS = [[(SOLD, ASKED_OF_ANOTHER)], [(ASKED_OF_ANOTHER,), (SOLD,)], [(SOLD,)]]


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """Return the folder of a BERT with one small layer."""
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64, max_position_embeddings=512
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path / "tiny")
    return tmp_path / "tiny"


def make_trainer(source: Path, work: Path, seed: int) -> Any:
    work.mkdir(exist_ok=True)
    torch.manual_seed(seed)
    network, tokenizer = training.ReaderNetwork(source), training.load_tokenizer(WEIGHTS)
    return training.Trainer(network, tokenizer, work, training.Plan(epochs=3, seed=seed))


def test_an_interrupted_training_ends_with_the_weights_of_one_that_was_not(tiny_model: Path, tmp_path: Path) -> None:
    whole = make_trainer(tiny_model, tmp_path / "whole", 0)
    before = {name: weights.clone() for name, weights in whole.network.state_dict().items()}
    whole.train(EPOCHS, [(SOLD,)])
    broken_off = make_trainer(tiny_model, tmp_path / "broken", 0)
    with pytest.raises(TypeError):
        broken_off.train([*EPOCHS[:2], None], [(SOLD,)])
    gone_on = make_trainer(tiny_model, tmp_path / "broken", 0)
    gone_on.train(EPOCHS, [(SOLD,)])
    for name, weights in whole.network.state_dict().items():
        assert torch.equal(gone_on.network.state_dict()[name], weights), name
    assert any(not torch.equal(before[name], weights) for name, weights in whole.network.state_dict().items())


def test_a_checkpoint_of_another_training_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    make_trainer(tiny_model, tmp_path / "work", 0).train(EPOCHS, [(SOLD,)])
    other = make_trainer(tiny_model, tmp_path / "work", 5)
    with pytest.raises(SystemExit, match=r"made with Plan\(epochs=3, seed=0.*\n.*--work"):
        other.train(EPOCHS, [(SOLD,)])
