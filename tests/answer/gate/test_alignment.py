import pytest

from rag.answer.gate.alignment import align
from rag.models.embedder import load_embedder
from tests.fakes import WordHashEmbedder

WORDS = WordHashEmbedder()
SOLD, CLOSED = WORDS.embed_words("Ana sold the boat."), WORDS.embed_words("Oslo closed its harbour.")


def test_what_stands_there_is_found_whole() -> None:
    found = align(WORDS.embed_words("Ana sold the boat."), [SOLD, CLOSED])
    assert (found.likeness, found.weakest, found.apart) == pytest.approx((1.0, 1.0, 0.0))


def test_a_word_that_stands_nowhere_is_told_and_a_small_one_or_a_number_is_not() -> None:
    assert align(WORDS.embed_words("Ana sold a boat."), [SOLD]).weakest == pytest.approx(1.0)
    assert align(WORDS.embed_words("Ana sold 12 boat."), [SOLD]).weakest == pytest.approx(1.0)
    assert align(WORDS.embed_words("Ana painted a boat."), [SOLD]).weakest < 0.5


def test_neighbours_from_different_sources_are_apart() -> None:
    assert align(WORDS.embed_words("Ana closed boat harbour."), [SOLD, CLOSED]).apart == 1.0
    assert align(WORDS.embed_words("Ana sold boat closed harbour."), [SOLD, CLOSED]).apart == 0.25


@pytest.mark.parametrize("claim", ["", "Ana sold the boat.", "…"])
def test_without_sources_or_words_nothing_is_found(claim: str) -> None:
    assert align(WORDS.embed_words(claim), []).likeness == 0.0
    assert align(WORDS.embed_words(claim), [WORDS.embed_words("")]).weakest == 0.0


def test_a_word_of_the_same_meaning_is_nearer_than_any_other() -> None:
    shipped = load_embedder(1)
    source = [shipped.embed_words("They found a painting in the cellar of the school.")]
    same, other = (
        align(shipped.embed_words(f"They found a painting in the {room} of the school."), source)
        for room in ("basement", "attic")
    )
    assert same.weakest > other.weakest
