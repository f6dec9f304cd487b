import math
from dataclasses import replace

import pytest

from rag.answer.judge import Quote, estimate_confidence, judge_quotes
from rag.answer.kind import Asked, analyse_question
from rag.models.reader import Calibration, Reading, Span
from rag.records import ArticleHeader, Paragraph, ParagraphKind, Passage
from rag.search.reread import ReadPassage

ARTICLE = ArticleHeader("a", "Talks in Oslo", "", "", "", None, "unknown")
EVEN = Calibration(
    answered=1.0,
    searched=1.0,
    span=1.0,
    fit=1.0,
    words=1.0,
    names=1.0,
    similarity=1.0,
    start=0.0,
    least_confidence=0.5,
)


def read(
    text: str, *words: str, answered: float = 0.0, kind: ParagraphKind = "body", searched: float = 0.0
) -> ReadPassage:
    """Return a passage of which the reader likes these words, the first most."""
    places = [(text.index(each), text.index(each) + len(each)) for each in words]
    spans = tuple(Span(start, end, -2.0 * rank) for rank, (start, end) in enumerate(places))
    passage = Passage(ARTICLE, Paragraph(1, kind, 100, 100 + len(text), text), 0.0)
    return ReadPassage(passage, Reading(answered, spans), searched)


def judge(question: str, *passages: ReadPassage, calibration: Calibration = EVEN) -> list[Quote]:
    return judge_quotes(question, analyse_question(question), passages, calibration)


def test_a_quote_is_the_sentence_with_the_span_and_its_place_in_the_article() -> None:
    [quote] = judge("When did they leave?", read("They met. They left in May 2012.", "in May 2012"))
    assert (quote.text, quote.short) == ("They left in May 2012.", "May 2012")
    assert (quote.start, quote.end) == (110, 132)


def test_a_span_over_two_sentences_is_cut_to_the_one_that_has_more_of_it() -> None:
    [quote] = judge("What did they buy?", read("They bought it. A red car and a boat.", "it. A red car and a boat"))
    assert (quote.text, quote.short) == ("A red car and a boat.", "A red car and a boat")


def test_a_heading_is_never_quoted() -> None:
    assert judge("Who met?", read("Ministers met in Oslo", "Ministers", kind="heading")) == []


def test_each_span_is_a_quote_the_likeliest_first() -> None:
    quotes = judge("Who met whom?", read("Ana met Ben in Oslo.", "Ana", "Ben"))
    assert [(quote.text, quote.short) for quote in quotes] == [
        ("Ana met Ben in Oslo.", each) for each in ("Ana", "Ben")
    ]


def test_names_and_numbers_of_the_question_speak_for_a_passage_also_if_they_stand_before_it() -> None:
    there = read("Ministers met in May.", "Ministers")
    before = replace(there, passage=replace(there.passage, before="Ana Petrova came in 2017."))
    quotes = judge("When in 2017 did Petrova meet Karlsson?", there, before)
    assert [round(quote.evidence.names, 2) for quote in quotes] == [0.0, -0.67]
    assert judge("when did they meet?", there, before)[0].evidence.names == 0.0


def test_what_does_not_fit_the_question_falls_behind() -> None:
    quotes = judge("How many people met?", read("Ministers met. There were 12 people.", "Ministers", "12"))
    assert quotes[0].short == "12"


@pytest.mark.parametrize("better", [{"answered": 1.0}, {"searched": 1.0}])
def test_what_the_reader_or_the_search_likes_more_comes_first(better: dict[str, float]) -> None:
    plain, liked = read("Ana met Ben.", "Ana"), read("Eva met Tom.", "Eva", **better)  # type: ignore[arg-type]
    assert judge("Who met?", plain, liked)[0].short == "Eva"


def test_weights_decide_what_counts() -> None:
    plain, liked = read("Ana met Ben.", "Ana", searched=0.5), read("Eva met Tom.", "Eva", answered=1.0)
    deaf = replace(EVEN, answered=0.0)
    assert judge("Who met?", plain, liked, calibration=deaf)[0].short == "Ana"


def test_for_a_yes_or_no_the_likeness_of_question_and_passage_counts_as_much_as_the_reader() -> None:
    sure, alike = read("It rained.", "rained", answered=1.0), read("The ministers signed the treaty.", "signed")
    sure = replace(sure, passage=replace(sure.passage, similarity=0.1))
    alike = replace(alike, passage=replace(alike.passage, similarity=0.9))
    assert judge("Did the ministers sign the treaty?", sure, alike)[0].text == "The ministers signed the treaty."
    sure = replace(sure, reading=replace(sure.reading, answered=20.0))
    assert judge("Did the ministers sign the treaty?", sure, alike)[0].text == "It rained."


def test_a_span_that_only_repeats_the_question_answers_nothing() -> None:
    passage = read("Ana Petrova met Ben. The meeting was in Oslo.", "Ana Petrova", "Oslo", "The")
    assert [quote.short for quote in judge("Where was the meeting of Ana Petrova?", passage)] == ["Oslo"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which country was blamed?", "US"),
        ("Which agency was blamed?", "The WHO"),
        ("How many of the miners were saved?", "All"),
        ("How often did he come?", "Once"),
    ],
)
def test_little_words_answer_where_they_tell_how_many_or_are_names_in_capitals(question: str, answer: str) -> None:
    passage = read(f"{answer}, or so it is said.", answer, "it")
    assert [quote.short for quote in judge(question, passage)] == [answer]


def test_of_a_choice_the_answer_repeats_the_question() -> None:
    assert judge("Who left, Ana or Ben?", read("Ben left.", "Ben"))[0].short == "Ben"


def test_confidence_is_the_share_of_all_that_may_answer() -> None:
    quotes = judge("Who met?", read("Ana met Ben.", "Ana", answered=-1.0))
    score = quotes[0].score
    assert estimate_confidence(quotes) == pytest.approx(1 / (1 + math.exp(-score)))
    assert estimate_confidence(quotes * 2) > estimate_confidence(quotes)


def test_without_anything_to_quote_there_is_no_confidence() -> None:
    assert estimate_confidence([]) == 0.0


def test_confidence_stays_below_or_at_one_however_sure_the_reader_is() -> None:
    assert 0.999 < estimate_confidence(judge("Who met?", read("Ana met Ben.", "Ana", answered=1e6))) <= 1.0


def test_a_passage_without_sentences_is_left_out() -> None:
    empty = read("", answered=5.0)
    assert judge_quotes("Who?", Asked("span", "any"), [empty], EVEN) == []
