import random

import pytest

from evals.gate.reword import REWORDINGS, join


@pytest.mark.parametrize(
    ("kind", "sentence", "reworded"),
    [
        ("shortened", "Ana, a sailor from Oslo, sold the boat.", "Ana sold the boat."),
        ("shortened", "The boat (a ferry) was sold.", "The boat was sold."),
        ("other figures", "It cost 1,200,000 crowns.", "It cost 1.2 million crowns."),
        ("other figures", "It cost 3.5 million crowns.", "It cost 3,500,000 crowns."),
        ("other figures", "There were 1,187 people.", "There were 1187 people."),
        ("other figures", "It rose by 27 percent.", "It rose by 27%."),
        ("speaker moved", "The boat has been sold already, Ana said.", "Ana said that the boat has been sold already."),
        ("contracted", "They did not come.", "They didn’t come."),
        ("contracted", "They didn’t come.", "They did not come."),
        ("contracted", "They won’t come.", "They will not come."),
        ("beginning moved", "In May 2012, the boat was sold.", "The boat was sold in May 2012."),
    ],
)
def test_a_true_sentence_stays_true(kind: str, sentence: str, reworded: str) -> None:
    assert REWORDINGS[kind](sentence, random.Random(0)) == reworded


@pytest.mark.parametrize("kind", ["other words", "contracted", "beginning moved", "speaker moved"])
def test_quotations_are_left_alone(kind: str) -> None:
    assert REWORDINGS[kind]("In May, “they did not come, many said.”", random.Random(0)) is None


def test_two_sentences_become_one() -> None:
    assert join("Ana sold the boat.", "It was old.") == "Ana sold the boat, and it was old."
    assert join("Ana sold the boat.", "Ben came.") is None
    assert join("“Sold,” she said.", "It was old.") is None
