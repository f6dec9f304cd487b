import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.text import (
    accepted_texts,
    answer_contained,
    contains,
    exact_match,
    folded_words,
    normalize_answer,
    token_f1,
)
from evals.records import AnswerForm, ExpectedAnswer

YES = ExpectedAnswer("yes", "verdict", "yes")
NO = ExpectedAnswer("no", "verdict", "no")


def test_case_articles_ascii_punctuation_and_blanks_are_normalized() -> None:
    assert normalize_answer("  The U.N.'s\tenvoy, a Dane ") == "uns envoy dane"
    assert normalize_answer("An anthem") == "anthem"
    assert normalize_answer("al-Manar") == "almanar"


def test_typographic_punctuation_stays_as_in_the_original() -> None:
    assert normalize_answer("“Al‑Manar”") == "“al‑manar”"


def test_an_article_ends_where_other_punctuation_begins() -> None:
    assert normalize_answer("vitamin—a—day") == "vitamin— —day"


def test_an_exact_match_is_one_after_normalizing() -> None:
    assert exact_match("the Buffalo Bills!", ["Bills", "Buffalo Bills"]) == 1.0
    assert exact_match("Buffalo", ["Bills", "Buffalo Bills"]) == 0.0


def test_f1_is_the_harmonic_mean_of_the_shared_words() -> None:
    # Shared: mahmoud, zahar. Precision 2/5, recall 2/2: 2 · 0.4 · 1 / 1.4.
    assert token_f1("It was Mahmoud al Zahar", ["Mahmoud Zahar"]) == pytest.approx(0.8 / 1.4)


def test_f1_counts_a_word_as_often_as_both_have_it() -> None:
    # Shared: no twice. Precision 2/3, recall 2/2.
    assert token_f1("no no no", ["no no"]) == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))


def test_f1_is_that_of_the_nearest_accepted_answer() -> None:
    assert token_f1("Cairo", ["Egypt", "in Cairo"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "accepted", "value"), [("", "", 1.0), ("The", "", 1.0), ("Oslo", "", 0.0), ("", "Oslo", 0.0)]
)
def test_a_refusal_agrees_with_no_answer_only(text: str, accepted: str, value: float) -> None:
    assert token_f1(text, [accepted]) == exact_match(text, [accepted]) == value


def test_nothing_can_be_compared_with_no_answers() -> None:
    with pytest.raises(ValueError, match="empty"):
        exact_match("Oslo", [])
    with pytest.raises(ValueError, match="empty"):
        token_f1("Oslo", [])


@given(st.text(), st.text())
def test_f1_is_a_share_in_both_directions_and_at_least_the_exact_match(one: str, other: str) -> None:
    assert 0 <= exact_match(one, [other]) <= token_f1(one, [other]) <= 1
    assert token_f1(one, [other]) == token_f1(other, [one])


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("He wrote in As-Safir.", "as safir"),
        ("He wrote in as safir", "As-Safir"),
        ("on “Al‑Manar” television", "al-Manar"),
        ("Syria’s government", "Syria"),
        ("the U.N. envoy", "UN envoy"),
        ("Erdoğan met José", "Erdogan met Jose"),
        ("an office in Damascus", "the office"),
        ("some 1,200 people", "1200 people"),
        ("co\u00adoperation", "cooperation"),
    ],
)
def test_a_text_is_contained_whatever_its_punctuation(said: str, wanted: str) -> None:
    assert contains(said, ExpectedAnswer(wanted))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Almanar", "Manar"),
        ("Zahar met Mahmoud", "Mahmoud Zahar"),
        ("3.5 percent", "5 percent"),
        ("Oslo", "The"),
        ("", "Oslo"),
    ],
)
def test_a_text_is_not_contained_in_parts_of_words_or_in_another_order(said: str, wanted: str) -> None:
    assert not contains(said, ExpectedAnswer(wanted))


@pytest.mark.parametrize(
    ("said", "text", "form", "normal"),
    [
        ("Some 1.2 million fled.", "1,200,000", "number", "1200000"),
        ("Twenty-seven of them", "27", "number", "27"),
        ("about half of them", "half", "number", "0.5"),
        ("It began on Aug. 4, 2017.", "2017", "date", "2017"),
        ("on 4 August", "August 4, 2017", "date", "2017-08-04"),
        ("They met last spring.", "last spring", "date", "2012-04"),
    ],
)
def test_an_equal_number_or_date_is_contained(said: str, text: str, form: AnswerForm, normal: str) -> None:
    assert contains(said, ExpectedAnswer(text, form, normal))


@pytest.mark.parametrize(
    ("said", "text", "form", "normal"),
    [
        ("2 million fled", "2", "number", "2"),
        ("Some fled", "27", "number", "27"),
        ("May 4, 2016", "May 4", "date", "2017-05-04"),
        ("in 2017", "August 4, 2017", "date", "2017-08-04"),
    ],
)
def test_another_number_or_date_is_not_contained_for_its_words(
    said: str, text: str, form: AnswerForm, normal: str
) -> None:
    assert not contains(said, ExpectedAnswer(text, form, normal))


def test_a_verdict_is_the_first_word() -> None:
    assert contains("Yes, they did.", YES)
    assert contains("“No. They left.”", NO)
    assert not contains("They said yes.", YES)
    assert not contains("Yes and no", NO)
    assert not contains("Not at all", NO)
    assert not contains("", NO)


def test_all_of_one_accepted_answer_has_to_be_said() -> None:
    accepted = [(ExpectedAnswer("Egypt"), ExpectedAnswer("Qatar")), (ExpectedAnswer("abroad"),)]
    assert answer_contained("to Qatar and Egypt", accepted) == 1.0
    assert answer_contained("They went abroad.", accepted) == 1.0
    assert answer_contained("to Egypt", accepted) == 0.0
    assert answer_contained("", accepted) == 0.0


def test_nothing_can_be_said_of_an_unknown_answer() -> None:
    assert answer_contained("to Egypt", []) is None


def test_things_that_belong_together_make_one_accepted_text() -> None:
    assert accepted_texts([(ExpectedAnswer("Egypt"), ExpectedAnswer("Qatar"))]) == ["Egypt, Qatar"]


@given(st.text())
def test_a_text_contains_itself_if_it_has_words(text: str) -> None:
    assert contains(text, ExpectedAnswer(text)) == bool({*folded_words(text)} - {"a", "an", "the"})


@pytest.mark.parametrize(
    ("given_answer", "said"),
    [
        ("Syria", True),
        ("Syria.", True),
        ("Syria. He lives there, he told AP.", True),
        ("Syria (Damascus)", True),
        ("A Palestinian official living in Syria told AP.", False),
        ("Syria and Lebanon", False),
        ("", False),
    ],
)
def test_a_word_that_has_to_stand_alone_is_not_found_in_a_sentence(given_answer: str, said: bool) -> None:
    assert contains(given_answer, ExpectedAnswer("Syria", "alone")) is said


ALONE = ExpectedAnswer("Norway", "alone")


def test_what_an_answer_has_to_begin_with_is_looked_for_in_the_short_one_in_front() -> None:
    assert answer_contained("They did not agree.", [(NO,)], "No") == 1.0
    assert answer_contained("No, they went home.", [(NO,)], "home") == 0.0
    assert answer_contained("The talks were hosted by Norway.", [(ALONE,)], "Norway") == 1.0
    assert answer_contained("Norway, he said, was the host.", [(ALONE,)], "the host") == 0.0


def test_other_words_may_stand_in_the_short_answer_or_behind_it_but_not_across_both() -> None:
    assert answer_contained("They met there.", [(ExpectedAnswer("Oslo"), ExpectedAnswer("met"))], "Oslo") == 1.0
    assert answer_contained("Leaders of Hamas left.", [(ExpectedAnswer("Hamas leaders"),)], "Hamas") == 0.0
    assert answer_contained("Million people fled.", [(ExpectedAnswer("2 million", "number", "2000000"),)], "2") == 0.0
