import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.figures import find_numbers, same_number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200,000 people", [1200000]),
        ("1,200,000.5", [1200000.5]),
        ("1.2 million, 2.5-million, 3bn and 4 trn", [1.2e6, 2.5e6, 3e9, 4e12]),
        ("1.2million", [1.2e6]),
        ("3.5% or 27 percent", [3.5, 27]),
        (".5 percent, and $.75", [0.5, 0.75]),
        ("2 dozen or 5 hundred thousand", [24, 5]),
        ("in 2012, at 10:30", [2012, 10, 30]),
        ("the 27th, the 3RD, the 1990s", [27, 3, 1990]),
    ],
)
def test_digits_are_read_with_their_scale(text: str, numbers: list[float]) -> None:
    assert find_numbers(text) == pytest.approx(numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("twenty-seven", [27]),
        ("Two Thousand", [2000]),
        ("a dozen, half a dozen, two dozen", [12, 6, 24]),
        ("a hundred and one", [101]),
        ("three hundred and five thousand", [305000]),
        ("nineteen hundred and five", [1905]),
        ("two thousand and twelve", [2012]),
        ("one million two hundred thousand and thirty-four", [1200034]),
        ("half a million, a quarter of a million", [500000, 250000]),
        ("two and a half million, a million and a half", [2.5e6, 1.5e6]),
        ("the first, the second, the twenty-seventh, the two hundredth", [1, 2, 27, 200]),
        ("one of zero", [1, 0]),
    ],
)
def test_words_are_read(text: str, numbers: list[float]) -> None:
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("between one hundred and two hundred", [100, 200]),
        ("between two thousand and three thousand", [2000, 3000]),
        ("two to three million", [2, 3e6]),
        ("five six", [5, 6]),
        ("twenty first-time voters", [20, 1]),
        ("3,5 and 1 200 000", [3, 5, 1, 200, 0]),
        ("1.2.3 on 04.08.2017", [1, 2, 3, 4, 8, 2017]),
        ("1,2000", [1, 2000]),
    ],
)
def test_numbers_that_stand_together_stay_apart(text: str, numbers: list[float]) -> None:
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    "text", ["F16", "F-16", "Covid-19", "mid‑2012", "5G", "4x4", "someone", "no one", "no-one", "2½", "²", ""]
)
def test_a_number_inside_a_name_or_a_word_is_none(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize("text", ["hundreds", "several thousand", "tens of millions", "dozens", "thirds"])
def test_a_vague_number_is_none(text: str) -> None:
    assert find_numbers(text) == []


def test_single_letters_are_scales_of_money_only() -> None:
    assert find_numbers("$3.5m, £5k, US$2B, € 7m") == [3.5e6, 5000, 2e9, 7e6]
    assert find_numbers("3.5m, 5k, 20km, 27kg") == [3.5, 5, 20, 27]


def test_digits_of_other_scripts_are_read() -> None:
    assert find_numbers("٣٤ and ५") == [34, 5]


def test_letters_that_only_look_like_others_do_no_harm() -> None:
    assert find_numbers("fİve mİllion, ſix") == [5e6, 6]


def test_a_number_beyond_floating_point_is_left_out() -> None:
    assert find_numbers("9" * 400 + " or 1") == [1]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(number >= 0 for number in find_numbers(text))


@given(st.text(st.sampled_from("0123456789٣½²,.-$kmİ ")))
def test_any_heap_of_digits_can_be_read(text: str) -> None:
    assert all(number >= 0 for number in find_numbers(text))


@given(
    st.lists(
        st.sampled_from(
            ["a", "and", "one", "two", "ten", "twenty", "hundred", "thousand", "million", "half", "first", "3"]
        )
    )
)
def test_any_heap_of_number_words_can_be_read(words: list[str]) -> None:
    assert all(number >= 0 for number in find_numbers(" ".join(words)))


@given(st.integers(0, 10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert find_numbers(f"{number:,}") == find_numbers(str(number)) == [number]


def test_rounding_makes_no_other_number() -> None:
    assert same_number(1.1 * 1e6, 1100000)
    assert not same_number(1100000, 1100001)
    assert not same_number(0, 1e-9)
