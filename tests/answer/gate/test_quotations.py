import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.gate.evidence import read_sources
from rag.answer.gate.quotations import doubt_quotations, find_quotations, has_quotation

SAID = "“We shall not leave,” she told the crowd. “This is our city, and it's our home.”"


@pytest.mark.parametrize(
    "quotation",
    [
        "We shall not leave",
        "we shall not leave.",
        "This is our city … it's our home",
        "This is our city ... our home",
        "This is [their] city",
        "it’s our home",
    ],
)
def test_a_quotation_is_found_whatever_its_marks(quotation: str) -> None:
    assert has_quotation(quotation, SAID)


@pytest.mark.parametrize("quotation", ["We shall leave", "our home … our city", "We shall not leave this city"])
def test_other_words_are_no_quotation(quotation: str) -> None:
    assert not has_quotation(quotation, SAID)


def test_straight_and_curly_and_single_marks_are_one() -> None:
    assert find_quotations('"One", “two”, ‘three four’ and the boys\' room') == ["One", "two", "three four"]


def test_the_words_that_are_not_there_are_told() -> None:
    [doubt] = doubt_quotations("She said “we shall leave”.", SAID, [])
    assert (doubt.kind, doubt.grave) == ("quotation", True)
    assert "we shall leave" in doubt.reason


WORDS = st.text("abcÄé019 ’'“-,!?")


@given(WORDS, WORDS, WORDS)
def test_a_piece_at_word_borders_is_always_found(before: str, piece: str, behind: str) -> None:
    assert has_quotation(piece, f"{before} {piece} {behind}")


def test_one_quoted_word_has_to_stand_where_the_sentence_is_from_or_be_quoted() -> None:
    cited = "He called the tax “unfair”. The tax office is on a fine square."
    sources = read_sources("He called the tax “unfair”.")
    assert not list(doubt_quotations("He called the tax “unfair”.", cited, sources))
    assert list(doubt_quotations("He called the tax “fine”.", cited, sources))
