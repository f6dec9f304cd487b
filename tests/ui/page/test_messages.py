import re

import pytest

from rag.records import AnswerSentence, Outcome
from tests.ui.page.answers import answer, find, nearest, say
from ui.page.evidence import find_citations
from ui.page.messages import render_turn
from ui.page.turns import Turn

HOSTILE = '<img src=x onerror=alert(1)><script>alert(1)</script>"onmouseover="alert(1)'


def render(turn: Turn) -> str:
    citations = find_citations(turn.answer, find) if turn.answer else []
    return render_turn(turn, citations, is_last=True)


def test_a_mark_follows_its_sentence_without_a_space_and_links_to_its_citation() -> None:
    html = render(Turn("t", "?", answer(say()), done=True))
    assert 'Fish costs &lt;more&gt;.<sup><a class="mark" href="#cite-t-1"' in html
    assert "paragraph 2" in html


@pytest.mark.parametrize("outcome", ["answered", "not_in_articles", "empty_index", "model_failed"])
def test_the_outcomes_look_different(outcome: Outcome) -> None:
    html = render(Turn("t", "?", answer(outcome=outcome, reason="A reason.", hint="A hint."), done=True))
    assert f'class="answer {outcome}"' in html


def test_a_refusal_shows_what_comes_nearest_and_where_it_was_searched() -> None:
    refused = answer(
        outcome="not_in_articles", reason="The articles do not say.", nearest=(nearest(),), unknown_words=("Rome",)
    )
    html = render(Turn("t", "?", refused, done=True))
    assert "The articles do not say." in html
    assert "No article mentions: Rome" in html
    assert 'data-cite="near1"' in html


def test_a_question_that_failed_shows_reason_and_hint() -> None:
    html = render(Turn("t", "?", done=True, problem="The disk is full.", hint="Make room."))
    assert "The disk is full." in html
    assert "Make room." in html


def test_a_verdict_stands_beside_its_sentence_and_none_where_none_was_given() -> None:
    html = render(Turn("t", "?", answer(say(verdict="partly", reason="It says May."), say()), done=True))
    assert html.count('class="verdict ') == 1
    assert "borne out only in part" in html
    assert "It says May." in html


def test_the_rewritten_question_is_shown_with_a_way_back() -> None:
    html = render(Turn("t", "And he?", answer(say(), question="And he?", standalone_question="And Ann?"), done=True))
    assert "Searched for: “And Ann?”" in html
    assert 'data-act="as-written"' in html
    assert "as-written" not in render(Turn("t", "?", answer(say()), done=True))


def test_sentences_that_were_left_out_are_counted() -> None:
    assert "2 sentences were left out" in render(Turn("t", "?", answer(say(), withheld=2), done=True))


def test_an_answer_that_may_be_none_says_so_before_its_words() -> None:
    assert "may not answer" not in render(Turn("t", "?", answer(say(), confidence=0.5), done=True))
    told = render(Turn("t", "?", answer(say(), confidence=0.4, short="Oslo"), done=True))
    assert told.index("This may not answer the question.") < told.index("Oslo")


def test_nothing_that_others_wrote_becomes_markup() -> None:
    bad = answer(
        say(HOSTILE, "partly", HOSTILE),
        question=HOSTILE,
        standalone_question=HOSTILE + "?",
        short=HOSTILE,
        model=HOSTILE,
        unanswered=(HOSTILE,),
    )
    worse = answer(outcome="not_in_articles", reason=HOSTILE, hint=HOSTILE, unknown_words=(HOSTILE,))
    for each in (bad, worse, answer(outcome="model_failed", reason=HOSTILE, hint=HOSTILE)):
        html = render(Turn("t", HOSTILE, each, done=True))
        assert not re.search(r"<(?:img|script|i\b)", html)
        assert not re.search(r'"onmouseover', html)


def test_a_model_that_broke_off_keeps_what_it_had_said_and_says_why() -> None:
    html = render(Turn("t", "?", answer(say(), outcome="model_failed", reason="The line broke."), done=True))
    assert "Fish costs &lt;more&gt;." in html
    assert "The model failed" in html
    assert "The line broke." in html


def test_a_refusal_by_the_reader_in_a_models_place_tells_of_the_model_too() -> None:
    refused = answer(outcome="not_in_articles", reason="The articles do not say.", fallback="No server answers.")
    assert "The reader answers instead: No server answers." in render(Turn("t", "?", refused, done=True))


def test_a_draft_is_shown_apart_as_unchecked_and_escaped_and_never_in_a_whole_answer() -> None:
    written = answer(say(), draft="They <b>left</b>")
    assert '<p class="draft"><span class="kind">Being written, not checked yet</span>They &lt;b&gt;' in render(
        Turn("t", "?", written)
    )
    assert "They" not in render(Turn("t", "?", written, done=True))
    assert 'class="draft"' in render(Turn("t", "?", answer(draft="They")))


def test_what_was_stopped_keeps_its_sentences_says_so_and_can_be_no_test_question() -> None:
    html = render(Turn("t", "?", answer(say()), done=True, problem="Stopped.", hint="Ask it again."))
    assert "Fish costs &lt;more&gt;." in html
    assert '<p class="broken-off"><span class="reason">Stopped.</span> Ask it again.</p>' in html
    assert 'data-act="retry"' in html
    assert 'data-act="test"' not in html


def test_an_answer_without_a_sentence_yet_is_waited_for() -> None:
    assert "Reading the articles" in render(Turn("t", "?", answer()))


def test_an_unsupported_sentence_without_a_footnote_gets_none() -> None:
    bare = AnswerSentence("They flew.", (), "unsupported", "It cites no paragraph.")
    html = render(Turn("t", "?", answer(bare, nearest=(nearest(),)), done=True))
    assert "not borne out" in html
    assert "near1" not in html
