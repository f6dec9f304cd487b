from rag.answer.quote import split_candidates
from rag.answer.similarity_reader import SimilarityReader
from rag.models.embedder import load_embedder
from tests.answer.test_quote import passage

READER = SimilarityReader(load_embedder())


def score(question: str, text: str) -> float:
    return READER.score(question, split_candidates([passage(text)], question))[0]


def test_a_sentence_that_answers_scores_above_one_that_does_not() -> None:
    question = "Where did the ministers meet on Tuesday?"
    assert score(question, "The ministers met in Oslo on Tuesday.") > READER.least_score
    assert score(question, "Oil prices fell again.") < READER.least_score


def test_words_of_the_question_in_the_paragraph_count() -> None:
    question = "How much did the bridge at Kerch cost?"
    assert score(question, "It cost a lot. The bridge is at Kerch.") > score(question, "It cost a lot. Nobody knows.")


def test_a_question_of_stop_words_has_no_words_to_share() -> None:
    assert -1 <= score("Who is he?", "Oil prices fell again.") <= 1
