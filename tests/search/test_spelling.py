from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.spelling import count_edits, nearest_spelling
from rag.store.index import Index
from tests.store.rooms import open_index, sync_all, write

LETTERS = st.text("abc", max_size=6)
TEXT = """Elections

Netanyahu and Erdoğan held elections in Turkey, and NETANYAHU won. Netanyahu said that the Turks had to go.

Turkey said that Hezbollah had asked Turkey for herring, and for a pact. Nobody knew what a bruno is.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    place = tmp_path_factory.mktemp("spelling")
    write(place / "articles" / "a.txt", TEXT)
    write(place / "articles" / "b.txt", "Turkey\n\nThe ministers of Turkey met on Monday to talk about the weather.\n")
    opened = open_index(place / "index")
    sync_all(opened, place / "articles")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Netanjahu", "Netanyahu"),
        ("netanyhau", "Netanyahu"),
        ("Hizbolah", "Hezbollah"),
        ("Erdogna", "Erdoğan"),
        ("electoins", "elections"),
        ("Turkej", "Turkey"),
        ("minsters", "ministers"),
    ],
)
def test_a_misspelt_word_is_told_as_the_articles_write_it(index: Index, word: str, meant: str) -> None:
    assert nearest_spelling(index, word) == meant


def test_of_two_words_as_near_the_one_of_more_articles_is_meant(index: Index) -> None:
    assert nearest_spelling(index, "Turky") == "Turkey"


@pytest.mark.parametrize(
    "word", ["Zidane", "Bruning", "pakt", "12345", "Netanjahu-led", "x" * 1000, "", "誰が会ったか"]
)
def test_where_nothing_is_near_or_the_word_is_too_short_nothing_is_told(index: Index, word: str) -> None:
    assert nearest_spelling(index, word) == ""


@given(LETTERS, LETTERS)
def test_edits_are_a_distance_from_0_to_the_longer_length(one: str, other: str) -> None:
    edits = count_edits(one, other)
    assert (edits == 0) == (one == other)
    assert edits == count_edits(other, one)
    assert abs(len(one) - len(other)) <= edits <= max(len(one), len(other))
