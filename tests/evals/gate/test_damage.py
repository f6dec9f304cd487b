import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gate.damage import DAMAGES, read_pool

POOL = read_pool(["In Oslo the mayor, Ben Lund, met Clara Vik.", "The harbour of Bergen was closed."])


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("number", "They sold 12 boats."),
        ("number", "They sold three boats."),
        ("date", "They met on Sunday."),
        ("date", "They met in 2012."),
        ("name", "They met Ana Petrova."),
        ("negation", "The harbour was open."),
        ("negation", "The harbour was not open."),
        ("negation", "The minister visited the harbour."),
        ("speaker", "The boat was sold, Petrova said."),
        ("speaker", "“The boat was sold,” said Petrova."),
        ("quotation", "“The harbour was closed on that day,” she said."),
        ("exchanged names", "On Sunday, Ana told Petrova."),
    ],
)
def test_one_fact_is_changed_and_the_rest_is_left(kind: str, sentence: str) -> None:
    damaged = DAMAGES[kind](sentence, POOL, random.Random(0))
    assert damaged is not None
    assert damaged != sentence
    assert len(set(damaged.split()) ^ set(sentence.split())) <= 4


@pytest.mark.parametrize("kind", DAMAGES)
def test_what_is_not_there_cannot_be_changed(kind: str) -> None:
    assert DAMAGES[kind]("Nothing happens here", POOL, random.Random(0)) is None


@pytest.mark.parametrize("kind", DAMAGES)
@given(sentence=st.text(), seed=st.integers(0, 9))
def test_what_comes_out_is_never_what_went_in(kind: str, sentence: str, seed: int) -> None:
    assert DAMAGES[kind](sentence, POOL, random.Random(seed)) != sentence
