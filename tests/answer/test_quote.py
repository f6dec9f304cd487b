from collections.abc import Sequence

from rag.answer.quote import QuotedAnswer, quote_answer
from rag.records import ArticleHeader, Paragraph, Passage
from tests.fakes import WordReader

ARTICLE = ArticleHeader("a", "Talks", "", "", "", None, "unknown")


def passage(number: int, text: str) -> Passage:
    return Passage(ARTICLE, Paragraph(number, "body", 100, 100 + len(text), text), 1.0)


MET = passage(1, "The ministers met Petrova in Oslo. It was cold.")
PAID = passage(2, "Petrova paid 500 crowns for the boat.")
RAIN = passage(3, "It rained all day and nobody came.")


def answer(question: str, *passages: Passage, most: int = 4) -> QuotedAnswer:
    return quote_answer(question, lambda _: passages, WordReader(), most)


def test_the_sentence_and_its_exact_words_are_told() -> None:
    given = answer("Who met the ministers in Oslo?", RAIN, MET)
    assert [sentence.text for sentence in given.sentences] == ["The ministers met Petrova in Oslo."]
    assert given.short == "Petrova"
    assert given.passages[0].ref == MET.ref
    assert given.confidence > 0.5


def test_what_no_passage_tells_is_not_answered() -> None:
    given = answer("Who founded the bank of Lisbon?", RAIN, MET)
    assert (given.sentences, given.short, given.unanswered) == ((), "", ())
    assert given.confidence < 0.5
    assert len(given.passages) == 2


def test_a_sentence_that_says_that_it_is_not_known_comes_first_and_nobody_is_named() -> None:
    letter = passage(4, "Petrova wrote the letter of thanks. It is still not known who wrote the letter of May.")
    given = answer("Who wrote the letter of May?", letter, RAIN)
    assert given.sentences[0].text == "It is still not known who wrote the letter of May."
    assert given.short == ""


def test_a_quotation_is_told_whole() -> None:
    given = answer(
        "Who met the ministers in Oslo?", passage(5, '"We met the ministers in Oslo. It was cold," Petrova said.')
    )
    assert [sentence.text for sentence in given.sentences] == [
        '"We met the ministers in Oslo. It was cold," Petrova said.'
    ]


def test_a_day_that_is_past_does_not_answer_when_something_will_be() -> None:
    past, coming = passage(6, "The grades were abolished in 2015."), passage(7, "The grades will be abolished in 2023.")
    given = answer("When will the grades be abolished?", past, coming)
    assert given.sentences[0].citations[0].paragraph_number == 7


def test_each_part_of_a_question_is_answered_by_itself() -> None:
    given = answer("Who met the ministers in Oslo, and how many crowns were paid for the boat?", RAIN, MET, PAID)
    assert [sentence.citations[0].paragraph_number for sentence in given.sentences] == [1, 2]
    assert [sentence.citations[0].number for sentence in given.sentences] == [1, 2]
    assert given.short == "Petrova; 500"


def test_a_part_that_is_not_answered_is_told() -> None:
    given = answer("Who met the ministers in Oslo, and who founded the bank of Lisbon?", RAIN, MET)
    assert len(given.sentences) == 1
    assert given.unanswered == ("who founded the bank of Lisbon?",)


def test_a_part_is_searched_for_with_what_the_part_before_answered() -> None:
    asked = []

    def find(question: str) -> Sequence[Passage]:
        asked.append(question)
        return [MET, PAID]

    quote_answer("Who met the ministers in Oslo, and how much did she pay?", find, WordReader(), 4)
    assert asked[0] == "Who met the ministers in Oslo?"
    assert "Petrova" in asked[1]


def test_nothing_found_nothing_answered() -> None:
    assert answer("Who met?").confidence == 0.0
