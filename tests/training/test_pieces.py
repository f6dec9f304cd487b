import random

from hypothesis import given
from hypothesis import strategies as st

from rag.training.pieces import cut_passage, most_alike
from rag.training.reader_examples import Example

SENTENCES = [f"Mayor number {n} opened the harbour of town {n}." for n in range(8)]
PASSAGE = " ".join(SENTENCES)


def ask(answer: str) -> Example:
    answers = (answer,) if answer else ()
    return Example("squad", "Which town has mayor number 5?", PASSAGE, answers, PASSAGE.index(answer) if answer else -1)


@given(st.integers(0, 2**32), st.integers(0, 7))
def test_the_first_piece_holds_the_answer_at_its_offset_and_no_other_has_its_words(seed: int, number: int) -> None:
    first, *others = cut_passage(ask(f"town {number}"), random.Random(seed))
    assert first.passage[first.start : first.end] == f"town {number}"
    assert others
    assert not any(other.answers or f"town {number}" in other.passage for other in others)


@given(st.integers(0, 2**32))
def test_each_piece_has_what_stands_before_it(seed: int) -> None:
    for piece in cut_passage(ask("town 5"), random.Random(seed)):
        assert PASSAGE.startswith(f"{piece.before} {piece.passage}".strip())


def test_a_piece_far_down_may_have_the_first_sentence_for_a_title() -> None:
    titles = {cut_passage(ask("town 7"), random.Random(seed))[0].title for seed in range(20)}
    assert titles == {"", SENTENCES[0]}


def test_an_answer_over_two_sentences_or_a_short_passage_is_not_cut() -> None:
    assert all(not cut_passage(ask(PASSAGE), random.Random(seed)) for seed in range(20))
    assert not cut_passage(Example("squad", "Who?", "Ben came.", ("Ben",), 0), random.Random(0))


def test_an_example_without_an_answer_is_cut_into_pieces_without_one() -> None:
    pieces = cut_passage(ask(""), random.Random(0))
    assert len(pieces) > 1
    assert not any(piece.answers for piece in pieces)


def test_the_piece_most_alike_has_most_of_the_questions_words() -> None:
    assert "number 5" in most_alike(cut_passage(ask(""), random.Random(3))).passage
