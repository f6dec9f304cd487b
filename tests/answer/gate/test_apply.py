from dataclasses import replace

import pytest

from rag.answer.gate import AnswerGate, Gate, Judgement, apply_gate
from rag.errors import ModelError, NotFoundError
from rag.records import Answer, AnswerSentence, Article, Citation, Passage
from tests.answer.gate.passages import passage
from tests.answer.gate.test_check import NoEmbedder
from tests.fakes import WordHashEmbedder

SOLD, CLOSED = passage("Ana sold the boat.", 1), passage("The harbour of Oslo was closed.", 2)
WELL = Judgement("supported", "", 1.0)
BADLY = Judgement("unsupported", "The paragraph does not name “Ben”.", 0.1)
IN_PART = Judgement("partly", "The paragraph says only “may … sell”.", 0.4)


def cite(found: Passage, number: int) -> Citation:
    paragraph = found.paragraph
    return Citation(number, found.article, paragraph.number, paragraph.start, paragraph.end, paragraph.text)


def sentence(text: str, *citations: Citation) -> AnswerSentence:
    return AnswerSentence(text, citations)


ANSWER = Answer(
    question="What happened?",
    standalone_question="What happened?",
    outcome="answered",
    sentences=(
        sentence("Ben sold the boat.", cite(SOLD, 1)),
        sentence("The harbour of Oslo was closed.", cite(CLOSED, 2)),
    ),
    nearest=(SOLD, CLOSED),
    reason="",
    hint="",
    model="scripted",
    seconds=0.0,
)


def test_an_unsupported_sentence_is_left_out_and_counted() -> None:
    answer = apply_gate(ANSWER, [BADLY, WELL], "withhold")
    assert [each.text for each in answer.sentences] == ["The harbour of Oslo was closed."]
    assert (answer.withheld, answer.outcome) == (1, "answered")


def test_footnotes_are_counted_from_one_again() -> None:
    answer = apply_gate(ANSWER, [BADLY, WELL], "withhold")
    assert [citation.number for citation in answer.citations] == [1]


def test_an_unsupported_sentence_may_be_marked_instead() -> None:
    answer = apply_gate(ANSWER, [BADLY, WELL], "mark")
    assert [(each.verdict, each.reason) for each in answer.sentences] == [
        ("unsupported", BADLY.reason),
        ("supported", ""),
    ]
    assert answer.withheld == 0


def test_what_is_borne_out_in_part_stays_and_says_so() -> None:
    answer = apply_gate(ANSWER, [IN_PART, WELL], "withhold")
    assert (answer.sentences[0].verdict, answer.sentences[0].reason) == ("partly", IN_PART.reason)


def test_a_misattributed_sentence_gets_the_right_footnote_and_keeps_its_verdict() -> None:
    moved = Judgement("misattributed", "a#1 does not bear it out; a#2 does.", 0.1, CLOSED)
    answer = apply_gate(ANSWER, [moved, WELL], "withhold")
    assert [each.verdict for each in answer.sentences] == ["misattributed", "supported"]
    assert [citation.ref for citation in answer.sentences[0].citations] == ["a#2"]
    assert [each.marks for each in answer.sentences] == ["[1]", "[1]"]


def test_an_answer_of_which_nothing_is_left_is_none() -> None:
    answer = apply_gate(replace(ANSWER, short="Ben"), [BADLY, BADLY], "withhold")
    assert (answer.outcome, answer.sentences, answer.short, answer.withheld) == ("not_in_articles", (), "", 2)
    assert answer.reason
    assert "FOOTNOTE_GATE" in answer.hint


@pytest.mark.parametrize(("short", "left"), [("Ben; Oslo", "Oslo"), ("Yes", ""), ("Oslo", "Oslo")])
def test_a_short_answer_keeps_what_is_still_told(short: str, left: str) -> None:
    assert apply_gate(replace(ANSWER, short=short), [BADLY, WELL], "withhold").short == left


def test_a_short_answer_stays_where_nothing_is_left_out() -> None:
    assert apply_gate(replace(ANSWER, short="Yes"), [WELL, WELL], "withhold").short == "Yes"


def no_article(article_id: str) -> Article:
    raise NotFoundError(article_id, "")


def test_an_answer_is_judged_by_what_was_read_though_the_store_has_lost_it() -> None:
    gate = AnswerGate(lambda: Gate(WordHashEmbedder()), no_article, "withhold")
    answer = gate.let_through(replace(ANSWER, nearest=()), [SOLD, CLOSED])
    assert answer.withheld == 1
    assert [each.verdict for each in answer.sentences] == ["supported"]


def test_nothing_is_loaded_where_nothing_is_to_be_judged() -> None:
    def load() -> Gate:
        raise AssertionError("no gate is needed")

    assert AnswerGate(load, no_article, "off").let_through(ANSWER, [SOLD, CLOSED]) == ANSWER
    assert AnswerGate(load, no_article, "mark").let_through(replace(ANSWER, sentences=()), []).sentences == ()


def test_a_model_that_fails_is_told_as_such() -> None:
    class Failing(NoEmbedder):
        def embed(self, texts: object) -> None:  # type: ignore[override]
            raise ModelError("The embedder failed.", "Install it again.")

    gate = AnswerGate(lambda: Gate(Failing()), no_article, "withhold")
    reworded = replace(ANSWER, sentences=(sentence("Ana has sold that boat.", cite(SOLD, 1)),))
    answer = gate.let_through(reworded, [SOLD])
    assert (answer.outcome, answer.sentences, answer.hint) == ("model_failed", (), "Install it again.")
