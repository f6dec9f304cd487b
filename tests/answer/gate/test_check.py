import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.answer.gate import Gate
from rag.answer.gate.check import is_quoted_whole
from rag.models.embedder import load_embedder
from rag.models.reader import ReadableText, Reading, load_reader
from rag.records import Passage
from tests.answer.gate.passages import passage
from tests.fakes import WordHashEmbedder

SALE = passage(
    "Ana Petrova sold the boat to a Greek buyer for $2.4 million last Sunday. “I shall miss her,” she said. "
    "The harbour of Oslo has not found a new ferry.",
    number=1,
)
STORM = passage("A storm closed the harbour of Bergen for three days in May 2016.", number=2)


class NoEmbedder:
    """An embedder that must not be needed."""

    dimension = 1
    fingerprint = "none"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError("no model is needed for this")


class NoReader:
    """A reader that must not be needed."""

    fingerprint = "none"

    def read(self, question: str, texts: Sequence[ReadableText]) -> list[Reading]:
        raise AssertionError("no reader is needed for this")


@pytest.fixture(scope="module", params=["without reader", "with reader"])
def gate(request: pytest.FixtureRequest) -> Gate:
    # The weights are for the shipped models.
    return Gate(load_embedder(1), load_reader(1) if request.param == "with reader" else None)


def verdict(gate: Gate, sentence: str, *cited: Passage) -> str:
    return gate.check(sentence, cited).verdict


def test_a_sentence_that_is_quoted_whole_is_supported_without_a_model() -> None:
    judgement = Gate(NoEmbedder()).check("“I shall miss her,” she said.", [SALE])
    assert (judgement.verdict, judgement.reason, judgement.score) == ("supported", "", 1.0)


@given(st.lists(st.sampled_from(SALE.paragraph.text.split()), max_size=30), st.text(max_size=20))
def test_a_judgement_is_whole_whatever_the_sentence(words: list[str], more: str) -> None:
    judgement = Gate(WordHashEmbedder()).check(" ".join([*words, more]), [SALE], [SALE, STORM])
    assert 0 <= judgement.score <= 1
    assert (judgement.reason == "") == (judgement.verdict == "supported")
    assert (judgement.moved_to is not None) == (judgement.verdict == "misattributed")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Petrova sold the boat to a Greek buyer.",
        "Petrova sold the boat for 2,400,000 dollars to a Greek buyer.",
        "Ana Petrova sold the boat on 17 September 2017.",
        "The harbour of Oslo hasn't found a new ferry.",
    ],
)
def test_what_is_shortened_or_written_otherwise_is_supported(gate: Gate, sentence: str) -> None:
    assert verdict(gate, sentence, SALE) == "supported"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ana Petrova sold the boat to a Greek buyer for $4.2 million.", "4.2 million"),
        ("Ana Petrova sold the boat to a Greek buyer last Monday.", "Monday"),
        ("Olga Ivanova sold the boat to a Greek buyer.", "Ivanova"),
        ("Ana Petrova has not sold the boat to a Greek buyer.", "not"),
        ("The harbour of Oslo has found a new ferry.", "not"),
        ("Ana Petrova said: “I shall not miss her.”", "I shall not miss her"),
    ],
)
def test_one_wrong_fact_is_enough_and_is_told(gate: Gate, sentence: str, told: str) -> None:
    judgement = gate.check(sentence, [SALE])
    assert judgement.verdict == "unsupported"
    assert told in judgement.reason


def test_what_has_nothing_to_do_with_the_paragraph_is_unsupported(gate: Gate) -> None:
    assert verdict(gate, "The bank of Lisbon was founded by monks.", STORM) == "unsupported"


@pytest.mark.parametrize(
    "sentence",
    [
        "The vessel was acquired by somebody from Greece.",
        "A Greek paid Petrova 2.4 million dollars for her ship.",
        "Oslo still lacks another ferry.",
    ],
)
def test_a_true_sentence_in_other_words_is_never_withheld(gate: Gate, sentence: str) -> None:
    assert verdict(gate, sentence, SALE) in ("supported", "partly")


@pytest.mark.parametrize("more", [", and it lied about it", " and lied", ", lying about it", ", which it regretted"])
def test_a_supported_clause_carries_no_other(gate: Gate, more: str) -> None:
    cited = passage("Iran paid for the visit.")
    assert verdict(gate, f"Iran paid for the visit{more}.", cited) == "partly"
    assert verdict(gate, f"Ana Petrova sold the boat to a Greek buyer{more}.", SALE) == "partly"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("2012", "supported"), ("２０１２", "supported"), ("201²", "unsupported"), ("20①2", "unsupported")],
)
def test_a_raised_digit_is_no_part_of_a_year(gate: Gate, number: str, expected: str) -> None:
    cited = passage("The old bridge of Bergen was closed to all ships in 2012.")
    assert verdict(gate, f"The bridge of Bergen was closed to all ships in {number}.", cited) == expected


def test_a_fraction_is_the_number_that_it_stands_for(gate: Gate) -> None:
    cited = passage("The old bridge of Bergen was closed for 3½ years, and Ana Petrova paid for it.")
    assert verdict(gate, "The old bridge of Bergen was closed for 3.5 years.", cited) == "supported"
    assert verdict(gate, "The old bridge of Bergen was closed for 31 years.", cited) == "unsupported"


def test_a_grave_doubt_needs_no_model() -> None:
    judgement = Gate(NoEmbedder()).check("Ana Petrova sold the boat to a Greek buyer for $4.2 million.", [SALE])
    assert (judgement.verdict, judgement.score) == ("unsupported", 0.0)


def test_the_reader_is_asked_only_about_what_is_told_in_other_words() -> None:
    gate = Gate(WordHashEmbedder(), NoReader())
    assert gate.check("Ana Petrova sold the boat to a Greek buyer last Sunday.", [SALE]).verdict != "unsupported"
    with pytest.raises(AssertionError, match="no reader"):
        gate.check("A Greek paid Petrova 2.4 million dollars for her ship.", [SALE])


def test_a_sentence_may_join_what_two_paragraphs_say(gate: Gate) -> None:
    sentence = "Ana Petrova sold the boat to a Greek buyer, and a storm closed the harbour of Bergen."
    assert verdict(gate, sentence, SALE, STORM) == "supported"
    assert verdict(gate, sentence, STORM) != "supported"


def test_the_wrong_paragraph_is_told_with_the_right_one(gate: Gate) -> None:
    judgement = gate.check("A storm closed the harbour of Bergen for three days.", [SALE], [SALE, STORM])
    assert (judgement.verdict, judgement.moved_to) == ("misattributed", STORM)
    assert "a#2" in judgement.reason


def test_a_sentence_without_a_footnote_gets_one_or_is_unsupported(gate: Gate) -> None:
    assert gate.check("A storm closed the harbour of Bergen for three days.", [], [STORM]).moved_to == STORM
    assert gate.check("A storm closed the harbour of Bergen for three days.", []).verdict == "unsupported"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("In May 2016.", "supported"), ("May 2016", "supported"), ("In June 2016.", "unsupported"), ("—", "unsupported")],
)
def test_a_few_words_have_to_stand_in_the_paragraph(gate: Gate, sentence: str, expected: str) -> None:
    assert verdict(gate, sentence, STORM) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"), [("Yes.", "supported"), ("No.", "unsupported"), ("Yes, it did in May 2016.", "partly")]
)
def test_yes_and_no_are_held_against_the_question(gate: Gate, sentence: str, expected: str) -> None:
    question = "Did a storm close the harbour of Bergen in May 2016?"
    found = gate.check(sentence, [STORM], question=question).verdict
    assert found == expected or (expected == "partly" and found != "supported")


@pytest.mark.parametrize(
    "told",
    ["No one has seen the boat", "No-one has seen the boat", "No. 38 on the list was the boat"],
)
def test_a_no_that_belongs_to_the_sentence_is_no_answer(gate: Gate, told: str) -> None:
    cited = passage(f"{told}, said Ana. It had been sold.", number=3)
    assert verdict(gate, f"{told}, Ana stated.", cited) == "supported"


@pytest.mark.parametrize(
    ("told", "paragraph"),
    [
        ("Yes.", "The vote was rigged, the opposition said on Monday."),
        ("No.", "The minister denied that the vote was rigged."),
    ],
)
def test_yes_and_no_on_somebodys_word_alone_are_borne_out_in_part(gate: Gate, told: str, paragraph: str) -> None:
    judgement = gate.check(told, [passage(paragraph)], question="Was the vote rigged?")
    assert judgement.verdict == "partly"
    assert re.search("reports it: The (opposition said so|minister denied it)", judgement.reason)


def test_yes_without_a_question_is_borne_out_in_part(gate: Gate) -> None:
    assert verdict(gate, "Yes.", STORM) == "partly"


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("They talked.", True),
        ("“It is untrue that they met,” he said.", True),
        ("they met", False),
        ("It is untrue", False),
        ("It is untrue that they met", False),
        ("It cost 3.", False),
        ("5 euros.", False),
        ("team lost.", False),
        ("", False),
    ],
)
def test_part_of_a_sentence_is_no_sentence(sentence: str, whole: bool) -> None:
    text = '"It is untrue that they met," he said. They talked. It cost 3.5 euros. The boys\' team lost.'
    assert is_quoted_whole(sentence, [text]) is whole
