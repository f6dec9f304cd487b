import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.training.reader_examples import Example
from rag.training.unanswerable import (
    MAKERS,
    ask_for_missing,
    find_names,
    negate,
    remove_answer,
    swap_name,
    swap_number,
    turn_round,
)

PASSAGE = "Marie Curie left Poland in 1891. Pierre met her in Paris. He taught physics there for 22 years in all."


def example(question: str, answer: str, passage: str = PASSAGE) -> Example:
    return Example("test", question, passage, (answer,), passage.index(answer))


RNG = random.Random(0)


def test_another_name_of_the_passage_is_asked_about() -> None:
    changed = swap_name(example("When did Marie Curie leave Poland?", "1891"), RNG)
    assert changed is not None
    assert changed.question != "When did Marie Curie leave Poland?"
    assert "Paris" in changed.question


def test_the_answer_is_never_the_name_put_in() -> None:
    assert swap_name(example("Who met Curie?", "Pierre", "Pierre met Curie."), RNG) is None


def test_a_number_becomes_another() -> None:
    changed = swap_number(example("Who left Poland in 1891?", "Marie Curie"), RNG)
    assert changed is not None
    assert "1891" not in changed.question


def test_a_word_becomes_its_opposite() -> None:
    changed = turn_round(example("Who arrived before the war?", "Pierre"), RNG)
    assert changed is not None
    assert changed.question in ("Who departed before the war?", "Who arrived after the war?")


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("When did Marie Curie leave Poland?", r"When did Marie Curie (not|never) leave Poland\?"),
        ("Who was in Paris?", r"Who was (not|never) in Paris\?"),
    ],
)
def test_a_question_is_negated(question: str, negated: str) -> None:
    changed = negate(example(question, "1891"), RNG)
    assert changed is not None
    assert re.fullmatch(negated, changed.question)


def test_a_question_is_not_negated_twice_nor_against_grammar() -> None:
    assert negate(example("Who did not go to Paris?", "1891"), RNG) is None
    assert negate(example("How is the weather in Paris?", "1891"), RNG) is None


def test_the_sentence_with_the_answer_is_left_out() -> None:
    changed = remove_answer(example("When did Marie Curie leave Poland?", "1891"), RNG)
    assert changed is not None
    assert changed.passage == "Pierre met her in Paris. He taught physics there for 22 years in all."


def test_an_answer_that_stands_twice_cannot_be_left_out() -> None:
    assert remove_answer(example("Who?", "Pierre", f"{PASSAGE} Pierre was a physicist from Paris."), RNG) is None


def test_what_is_missing_has_no_sign_in_the_passage() -> None:
    born = example("Where?", "Paris", "In Paris lived Marie Curie, born in 1867, aged 24, who died old.")
    asked = {changed.question for seed in range(50) if (changed := ask_for_missing(born, random.Random(seed)))}
    assert asked
    assert not any("born" in question or "old" in question or "die" in question for question in asked)


def test_a_word_that_only_begins_a_sentence_is_no_name() -> None:
    assert find_names("Later he met Ana. Members praised the King of Norway.") == ["Ana", "King of Norway"]


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80), st.integers(0, 9))
def test_what_is_made_differs_and_has_no_answer(before: str, answer: str, after: str, seed: int) -> None:
    made = Example("test", after, before + answer + after, (answer,), len(before))
    for make in (*MAKERS, ask_for_missing):
        if changed := make(made, random.Random(seed)):
            assert changed.answers == ()
            assert changed.start == -1
            assert (changed.question, changed.passage) != (made.question, made.passage)
