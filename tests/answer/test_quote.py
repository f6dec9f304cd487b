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
