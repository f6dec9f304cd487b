import random
import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.training.reword import find_synonyms, reword
from tests.fakes import WordHashEmbedder

SYNONYMS = {"bought": ("purchased",), "ship": ("vessel",), "first": ("second",)}


def test_words_are_replaced_or_left_out_and_the_question_word_and_names_stay() -> None:
    seen = {reword("Who first bought the ship in Oslo?", SYNONYMS, random.Random(seed)) for seed in range(200)}
    assert "Who second purchased the vessel in Oslo?" in seen
    assert "Who first bought the in Oslo?" in seen
    assert all(each.startswith("Who ") and each.endswith("in Oslo?") for each in seen)


def test_a_first_name_may_be_dropped_and_the_last_one_stays() -> None:
    seen = {reword("Who met Marie Curie?", {}, random.Random(seed)) for seed in range(100)}
    assert {"Who met Marie Curie?", "Who met Curie?"} <= seen
    assert all("Curie" in each for each in seen)


def test_synonyms_are_words_used_often_and_alike() -> None:
    words = ["the harbour closed", "a harbour burnt", "this harbour again"]
    assert find_synonyms(words, WordHashEmbedder()) == {}


class SeesNoDifference:
    """An embedder to which all words mean the same."""

    fingerprint = "one"
    dimension = 1

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_an_opposite_is_no_synonym_whichever_of_the_two_is_asked_for() -> None:
    questions = ["the rich and the poor and the wealthy"] * 3
    assert find_synonyms(questions, SeesNoDifference()) == {"rich": ("wealthy",), "wealthy": ("rich",)}


@given(st.text(max_size=80), st.integers(0, 9))
def test_nothing_is_said_that_is_not_in_the_question_or_alike(question: str, seed: int) -> None:
    words = re.findall(r"\w+", question)
    reworded = reword(question, dict.fromkeys(words, ("vessel",)), random.Random(seed))
    assert set(re.findall(r"\w+", reworded)) <= {*words, "vessel"}
