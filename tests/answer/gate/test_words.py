import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.gate.words import fold, read_words, write_out


def stems(text: str) -> list[str]:
    return [word.stem for word in read_words(text) if word.is_content]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. didn't sign.", "The United States did not sign."),
        ("The US didn’t sign.", "The United States did not sign."),
        ("It can't, won't and cannot.", "It can not, will not and can not."),
        ("Up 27%", "Up 27 percent"),
        ("Hamas’s leaders", "Hamas leaders"),
        ("Sept. 4", "September 4"),
        ("São Paulo", "Sao Paulo"),
    ],
)
def test_short_forms_are_the_long_ones(one: str, other: str) -> None:
    assert [word.text for word in read_words(one)] == [word.text for word in read_words(other)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("201²", "201 2"),
        ("20①2", "20 1 2"),
        ("²⁰¹²", "2 0 1 2"),
        ("20⒈5", "20 1. 5"),
        ("3¹⁄₂", "3 1 ⁄ 2"),
        ("3½", "3.5"),
        ("¼ of it", ".25 of it"),
        ("1⁄2", "1⁄2"),
        ("２０１２", "2012"),
        ("CO₂", "CO2"),
        ("100 m²", "100 m2"),
        ("für 5 é", "für 5 é"),
    ],
)
def test_only_digits_make_a_number_longer(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_us_is_a_pronoun_where_it_is_written_small() -> None:
    assert write_out("He told us.") == "He told us."


def test_forms_of_a_word_have_one_stem() -> None:
    assert stems("resigned left died killed") == stems("resigns leaves dies killing")


def test_a_word_that_begins_a_sentence_is_not_told_to_be_a_name() -> None:
    assert [word.is_name for word in read_words("Officials met Petrova.")] == [False, False, True]


def test_punctuation_parts_clauses() -> None:
    assert [word.clause for word in read_words("He left, she stayed.")] == [0, 0, 1, 1]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(word.text for word in read_words(fold(text)))
