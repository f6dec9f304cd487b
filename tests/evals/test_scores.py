from dataclasses import replace

import pytest

from evals.entailment import ENTAILMENTS
from evals.records import CitedText, ExpectedAnswer, GivenSentence, Question, Response
from evals.scores import Scores, score_response

ANSWERABLE = Question(
    "q1",
    "fact",
    "Where did they meet?",
    answers=((ExpectedAnswer("Oslo"),),),
    cites=(frozenset({"a#1"}), frozenset({"b#2"})),
)
UNANSWERABLE = Question("q2", "near miss", "Where was he born?", answerable=False)


def answered(*sentences: tuple[str, str], found: tuple[str, ...] | None = None) -> Response:
    """Return an answer of sentences, each with the paragraph that it cites and that says nothing else."""
    given = tuple(GivenSentence(text, (CitedText(ref, text, text, exact=True),)) for text, ref in sentences)
    text = " ".join(text for text, _ in sentences)
    return Response("q", "reader", "answered", text, given, "Where did they meet?", found, 0.9)


REFUSED = Response("q", "reader", "not_in_articles", standalone_question="Where did they meet?")


def score(question: Question, response: Response) -> Scores:
    return score_response(question, response, ENTAILMENTS["verbatim"])


def test_a_right_answer_with_a_right_footnote_passes() -> None:
    scores = score(ANSWERABLE, answered(("They met in Oslo.", "b#2")))
    assert (scores["passed"], scores["contained"], scores["cited"], scores["false_refusals"]) == (1, 1, 1, 0)


@pytest.mark.parametrize("sentence", [("They met in Oslo.", "c#3"), ("They met in Rome.", "a#1")])
def test_a_right_answer_with_a_wrong_footnote_fails_and_the_other_way_round(sentence: tuple[str, str]) -> None:
    assert score(ANSWERABLE, answered(sentence))["passed"] == 0


def test_one_more_footnote_costs_precision_only() -> None:
    scores = score(ANSWERABLE, answered(("They met in Oslo.", "a#1"), ("It rained.", "c#3")))
    assert (scores["passed"], scores["cite_precision"], scores["cite_recall"]) == (1, 0.5, 1)
    assert scores["cite_f1"] == pytest.approx(2 / 3)


def test_an_accepted_paragraph_more_costs_nothing() -> None:
    scores = score(ANSWERABLE, answered(("They met in Oslo.", "a#1"), ("In Oslo they met.", "b#2")))
    assert (scores["cite_precision"], scores["cite_recall"]) == (1, 1)


def test_a_refused_answerable_question_says_and_cites_nothing() -> None:
    scores = score(ANSWERABLE, REFUSED)
    assert (scores["passed"], scores["contained"], scores["f1"], scores["cited"]) == (0, 0, 0, 0)
    assert scores["false_refusals"] == 1
    assert not {"false_answers", "cite_precision", "cite_recall", "cite_f1"} & set(scores)


def test_an_unanswerable_question_passes_exactly_if_it_is_refused() -> None:
    assert score(UNANSWERABLE, REFUSED)["passed"] == 1
    scores = score(UNANSWERABLE, answered(("He was born in Oslo.", "a#1")))
    assert (scores["passed"], scores["false_answers"], scores["overall_f1"]) == (0, 1, 0)
    assert "false_refusals" not in scores
    assert "cited" not in scores


def test_nothing_applies_to_a_failure() -> None:
    assert score(ANSWERABLE, Response("q", "reader", failure="The model is down.")) == {}


def test_a_search_is_scored_by_paragraph_and_by_article() -> None:
    scores = score(ANSWERABLE, Response("q", "bm25", found=("c#1", "a#7", "a#1"), found_articles=("c", "a")))
    assert (scores["recall@1"], scores["recall@5"], scores["mrr"]) == (0, 1, pytest.approx(1 / 3))
    assert (scores["article_recall@1"], scores["article_recall@5"], scores["article_mrr"]) == (0, 1, 0.5)
    assert "passed" not in scores


def test_a_search_that_finds_nothing_is_none_that_was_not_made() -> None:
    assert score(ANSWERABLE, Response("q", "bm25", found=()))["recall@20"] == 0
    assert "recall@20" not in score(ANSWERABLE, Response("q", "gpt3", "answered", "Oslo"))
    assert "recall@20" not in score(UNANSWERABLE, Response("q", "bm25", found=("a#1",)))


def test_judged_articles_are_scored_by_their_gain() -> None:
    question = Question("q", "query", "Talks?", articles=(frozenset("ab"),), gains={"a": 1.0, "b": 2.0})
    scores = score(question, Response("q", "bm25", found=("b#1", "a#1"), found_articles=("b", "a")))
    assert (scores["article_ndcg@10"], scores["article_recall@1"], scores["article_recall@5"]) == (1, 0.5, 1)
    assert "recall@1" not in scores


def test_an_answer_that_was_only_published_is_not_blamed_for_citing_nothing() -> None:
    scores = score(ANSWERABLE, Response("q", "gpt3", "answered", "Oslo"))
    assert (scores["passed"], scores["exact_match"]) == (1, 1)
    assert "cited" not in scores


def test_a_follow_up_is_to_be_made_whole_and_a_new_topic_to_be_left_alone() -> None:
    whole = Response("q", "reader", "not_in_articles", standalone_question="And when? (Oslo)")
    follow_up = Question("q", "follow-up", "And when?", history=("Where did they meet?",))
    new_topic = Question("q", "topic change", "And when?", history=("Where did they meet?",))
    assert score(follow_up, whole)["rewritten"] == 1
    assert score(new_topic, whole)["left_alone"] == 0


def test_a_sentence_that_is_not_in_its_paragraph_is_not_supported() -> None:
    sentence = GivenSentence("They met in Rome.", (CitedText("a#1", "They met", "They met in Oslo.", exact=False),))
    scores = score(ANSWERABLE, Response("q", "reader", "answered", "They met in Rome.", (sentence,)))
    assert (scores["alce_recall"], scores["exact_spans"], scores["uncited_sentences"]) == (0, 0, 0)


def test_where_nothing_else_is_known_an_answerable_question_passes_if_it_is_answered() -> None:
    judged = Question("q", "supported", "They met.")
    assert score(judged, Response("q", "words", "answered"))["passed"] == 1
    assert score(judged, REFUSED)["passed"] == 0
    only_searched = Question("q", "query", "Talks?", articles=(frozenset("a"),))
    assert score(only_searched, answered(("They met in Oslo.", "a#1")))["passed"] is None


def test_either_of_two_accepted_paragraphs_found_first_is_the_best_order() -> None:
    scores = score(ANSWERABLE, Response("q", "bm25", found=("b#2", "c#1"), found_articles=("b", "c")))
    assert (scores["ndcg@10"], scores["mrr"], scores["recall@1"], scores["article_ndcg@10"]) == (1, 1, 1, 1)


def test_where_nobody_knows_whether_it_is_answerable_neither_answer_nor_refusal_is_blamed() -> None:
    unknown = Question("q", "quiz", "Where?", answerable=None, answers=((ExpectedAnswer("Oslo"),),))
    refused, answer = score(unknown, REFUSED), score(unknown, answered(("They met in Oslo.", "a#1")))
    assert (refused["contained"], answer["contained"]) == (0, 1)
    assert (refused["passed"], answer["passed"]) == (None, None)
    assert not {"false_refusals", "false_answers", "overall_f1"} & {*refused, *answer}


def test_a_short_answer_is_compared_alone_and_stands_in_front_of_the_whole() -> None:
    short = replace(answered(("They met in Oslo.", "a#1")), short="Oslo")
    scores = score(ANSWERABLE, short)
    assert (scores["exact_match"], scores["f1"], scores["overall_exact_match"], scores["contained"]) == (1, 1, 1, 1)
    elsewhere = score(ANSWERABLE, replace(short, short="on Tuesday"))
    assert (elsewhere["exact_match"], elsewhere["f1"], elsewhere["contained"]) == (0, 0, 1)


def test_a_verdict_in_front_makes_a_quoting_answer_pass() -> None:
    asked = replace(ANSWERABLE, answers=((ExpectedAnswer("No", "verdict", "no"),),))
    quoted = answered(("They left without a deal.", "a#1"))
    assert (score(asked, quoted)["passed"], score(asked, replace(quoted, short="No"))["passed"]) == (0, 1)
