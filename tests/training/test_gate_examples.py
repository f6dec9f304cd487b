import random

import pytest

from rag.training.gate_examples import FROM_ELSEWHERE, Asked, make_examples, state

BOATS = (
    "Ana Petrova, a sailor from Oslo, sold the boat to Ben Lund on Sunday. She did not say why. "
    "In May 2012, the harbour of Bergen was closed for three days."
)
BANKS = "The bank of Lisbon was founded by monks in 1624. It lent the crown 12 million ducats in the following years."
QUESTIONS = [
    Asked(BANKS, True, [("Who founded the bank of Lisbon?", "monks")]),
    Asked(BOATS, True, [("Who sold the boat?", "Ana Petrova"), ("Who bought the boat?", "Ben Lund")]),
]


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Who sold the boat?", "Ana Petrova", None),
        ("Who founded the bank?", "monks", "Monks founded the bank."),
        ("What is the capital of Norway?", "Oslo", "Oslo is the capital of Norway."),
        ("How many people attended the talks?", "twelve", "Twelve people attended the talks."),
        ("When did Ana leave Oslo?", "2012", "Ana leave Oslo in 2012."),
        ("Why did they leave?", "of the war", None),
    ],
)
def test_a_question_with_its_answer_is_a_statement(question: str, answer: str, statement: str | None) -> None:
    assert state(question, answer) == statement


def test_examples_are_true_and_false_and_their_sentence_is_not_the_paragraphs_own() -> None:
    examples = make_examples(QUESTIONS, 99, random.Random(1))
    assert {example.is_true for example in examples} == {True, False}
    assert {"elsewhere", "number", "date"} <= {example.kind for example in examples}
    changed = [example for example in examples if example.kind not in ("verbatim", "cut")]
    assert all(example.sentence not in example.paragraph for example in changed)


def test_sentences_are_joined_only_where_they_belong_together() -> None:
    apart = [Asked(asked.text, False, asked.questions) for asked in QUESTIONS]
    kinds = {example.kind for example in make_examples(apart, 99, random.Random(1))}
    assert "joined" in {example.kind for example in make_examples(QUESTIONS, 99, random.Random(1))}
    assert not kinds & {"joined", "resolved", "fused", "mixed", "misresolved"}


def test_what_another_paragraph_says_does_not_cite_it() -> None:
    for example in make_examples(QUESTIONS, 99, random.Random(1)):
        assert example.kind not in FROM_ELSEWHERE or "\n" not in example.paragraph


def test_a_paragraph_with_the_same_sentence_bears_out_what_the_other_says() -> None:
    more = f"{BOATS} The bank of Lisbon was founded by monks in 1624."
    both = [QUESTIONS[0], Asked(more, True, [("Who sold the boat?", "Ana Petrova")])]
    kinds = {example.kind for example in make_examples(both, 99, random.Random(1))}
    assert not kinds & {*FROM_ELSEWHERE, "made-up word", "made-up mixed"}


def test_no_kind_is_more_frequent_than_asked_for() -> None:
    examples = make_examples(QUESTIONS, 1, random.Random(1))
    kinds = [(example.kind, example.is_true) for example in examples]
    assert len(kinds) == len(set(kinds))
