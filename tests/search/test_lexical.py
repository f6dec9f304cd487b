from hypothesis import given
from hypothesis import strategies as st

from rag.search.lexical import MAX_WORDS, STOP_WORDS, content_words, search_words


def test_words_that_say_nothing_are_left_out_and_each_comes_once() -> None:
    assert content_words("Who met whom in Beirut, and what did Beirut say?") == ["met", "beirut"]


def test_capitals_tell_a_name_from_a_word_that_says_nothing() -> None:
    assert content_words("Did the US or the WHO tell us?") == ["us", "who"]
    assert content_words("DID THE US TELL US?") == []


def test_a_question_of_nothing_but_stop_words_looks_for_them() -> None:
    assert search_words("Who is he?") == ["who", "is", "he"]


def test_a_very_long_question_looks_for_its_first_words() -> None:
    assert len(search_words(" ".join(f"word{number}" for number in range(10_000)))) == MAX_WORDS


def test_other_scripts_have_words_too() -> None:
    assert content_words("Кто встретился в Бейруте?") == ["кто", "встретился", "в", "бейруте"]


@given(st.text())
def test_words_are_lower_case_unique_and_hold_no_sign_of_an_expression(question: str) -> None:
    words = search_words(question)
    assert len(words) == len(set(words)) <= MAX_WORDS
    assert not any(set(word) & set("\"'*:(){}^+- \0") for word in words)
    assert not set(content_words(question.lower())) & STOP_WORDS
