from collections.abc import Sequence

from rag.answer.quote import Candidate, Reader, judge_sentences, quote_answer, split_candidates
from rag.records import AnswerSentence, ArticleHeader, Paragraph, Passage

ARTICLE = ArticleHeader("a", "Talks", "", "", "", None, "unknown")


def passage(text: str, number: int = 1, start: int = 100) -> Passage:
    paragraph = Paragraph(number, "body", start, start + len(text), text)
    return Passage(ARTICLE, paragraph, 1.0, 1.0, 1, None, None)


class ScriptedReader:
    """Gives each sentence the score that the test wrote for it."""

    name = "scripted"
    least_score = 0.5
    margin = 0.2

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = scores

    def score(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        return [self.scores[candidate.text] for candidate in candidates]


def quoted(reader: Reader, *passages: Passage, most: int = 4) -> list[AnswerSentence]:
    return list(quote_answer(judge_sentences("Q?", passages, reader), reader, most))


def answer(scores: dict[str, float], *passages: Passage, most: int = 4) -> list[str]:
    return [sentence.text for sentence in quoted(ScriptedReader(scores), *passages, most=most)]


def test_candidates_are_sentences_with_offsets_in_the_article() -> None:
    candidates = split_candidates([passage("They met. They left.")], "Q?")
    assert [(one.start, one.end, one.text) for one in candidates] == [(100, 109, "They met."), (110, 120, "They left.")]


def test_a_heading_is_no_sentence() -> None:
    heading = Paragraph(1, "heading", 0, 8, "Moving out")
    assert split_candidates([Passage(ARTICLE, heading, 1.0, 1.0, 1, None, None)], "Q?") == []


def test_of_an_endless_paragraph_those_sentences_are_judged_that_share_words() -> None:
    text = "It rained again. " * 100 + "They met in Oslo. " + "It rained again. " * 100
    candidates = split_candidates([passage(text)], "Who met in Oslo?")
    assert len(candidates) == 40
    assert candidates[0].text == "They met in Oslo."


def test_a_sentence_is_told_on_one_line_and_quoted_as_it_stands() -> None:
    [sentence] = quoted(ScriptedReader({"They met in Oslo.": 1.0}), passage("They met\nin Oslo."))
    assert (sentence.text, sentence.citations[0].quote) == ("They met in Oslo.", "They met\nin Oslo.")
    assert (sentence.citations[0].start, sentence.citations[0].end) == (100, 117)


def test_the_best_come_first_and_are_numbered_in_their_order() -> None:
    scores = {"They met.": 0.9, "It rained all day.": 1.0}
    sentences = quoted(ScriptedReader(scores), passage("They met. It rained all day."))
    assert [(one.text, one.citations[0].number) for one in sentences] == [("It rained all day.", 1), ("They met.", 2)]


def test_nothing_below_the_least_score_is_an_answer() -> None:
    assert answer({"They met.": 0.49}, passage("They met.")) == []
    assert answer({}) == []


def test_a_sentence_far_below_the_best_is_left_out() -> None:
    scores = {"They met.": 1.0, "It rained all day.": 0.79, "Nobody else came by.": 0.81}
    assert answer(scores, passage("They met. It rained all day. Nobody else came by.")) == [
        "They met.",
        "Nobody else came by.",
    ]


def test_what_says_the_same_is_said_once() -> None:
    first, second = "The ministers met in Oslo on Tuesday.", "The ministers met in Oslo on Tuesday at noon."
    assert answer({first: 1.0, second: 0.9}, passage(first), passage(second, number=2)) == [first]


def test_there_are_no_more_sentences_than_asked_for() -> None:
    scores = {"They met.": 1.0, "It rained all day.": 1.0, "Nobody else came by.": 1.0}
    assert len(answer(scores, passage("They met. It rained all day. Nobody else came by."), most=2)) == 2
