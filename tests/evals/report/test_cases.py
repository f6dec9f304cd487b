from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from evals.records import Response
from evals.report import cases
from evals.summary import Case
from tests.evals.report import summaries
from tests.evals.report.summaries import MODEL, PARAGRAPHS, question, refusal, response, right_answer


def case(given: Response, contained: float | None = None, *, answerable: bool = True) -> Case:
    asked = question(given.question_id, answerable=answerable)
    return Case(asked, given, {"contained": contained, "cited": 0.0}, PARAGRAPHS)


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (case(refusal("1")), "false refusal"),
        (case(response("1"), answerable=False), "false answer"),
        (case(response("1"), 0.0), "wrong answer"),
        (case(response("1"), 1.0), "right answer, wrong paragraph"),
        (case(response("1")), "wrong paragraph"),
        (case(Response("1", MODEL, failure="no server")), "failed"),
        (case(Response("1", MODEL, "model_failed")), "failed"),
    ],
)
def test_a_case_says_what_went_wrong(one: Case, fault: str) -> None:
    assert cases.fault_of(one) == fault


@given(st.text("a<&\x00b ", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=5))
def test_marks_change_nothing_but_marking(text: str, spans: list[tuple[int, int]]) -> None:
    marked = cases.mark_spans(text, [span for span in spans if span[1] <= len(text)])
    assert marked.replace("<mark>", "").replace("</mark>", "") == str(escape(text.replace("\x00", "")))
    assert "<mark><mark>" not in marked


def test_wanted_words_are_marked_as_words_across_spaces() -> None:
    text = "Khaled\nMashaal went; 12 of 120 went."
    assert cases.mark_words(text, ["khaled mashaal", "12", " "]) == (
        "<mark>Khaled\nMashaal</mark> went; <mark>12</mark> of 120 went."
    )


def test_a_quote_is_marked_where_it_stands() -> None:
    assert cases.mark_quotes("a b c b", ["b", "", "z"]) == Markup("a <mark>b</mark> c b")


def test_the_answer_is_shown_with_the_paragraphs_it_cites() -> None:
    shown = cases.show_case(case(response("1"), 0.0))
    assert shown.given.sentences == (cases.ShownSentence("Abu Ubaida speaks for the Kassam Brigades.", (1,)),)
    [cited] = shown.given.cited
    assert (cited.number, cited.ref, cited.accepted, cited.astray) == (1, "hamas-rift#5", False, ())
    assert "<mark>the Kassam Brigades</mark>" in cited.text
    assert cases.show_response(question("1"), right_answer("1")).cited[0].accepted


def test_expected_paragraphs_say_where_they_were_found() -> None:
    first, second = cases.show_case(case(response("1"), 0.0)).expected
    assert [(each.ref, each.number) for each in first] == [("hamas-rift#3", 3)]
    assert "<mark>As-Safir</mark>" in first[0].text
    assert [(each.ref, each.number) for each in second] == [("axis#9", 4), ("axis#10", 5)]


def test_found_passages_keep_their_rank_and_say_whether_they_are_accepted() -> None:
    found = cases.show_case(case(refusal("1"))).found
    assert [(each.number, each.ref, each.accepted) for each in found] == [
        (1, "cairo#2", False),
        (2, "axis#9", True),
        (3, "hamas-rift#5", False),
    ]


def test_where_nobody_knows_the_paragraph_the_article_counts_or_nothing_does() -> None:
    asked = replace(question("1"), cites=(), articles=(frozenset({"axis"}),))
    assert cases.is_accepted(asked, "axis#3")
    assert not cases.is_accepted(asked, "cairo#2")
    assert cases.is_accepted(replace(asked, articles=()), "axis#3") is None


def test_a_quote_that_is_not_there_is_told() -> None:
    [cited] = cases.show_case(summaries.hostile_case()).given.cited
    assert cited.astray == (summaries.HOSTILE[3:30],)


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        (refusal("1"), "Refused: the articles do not say it."),
        (Response("1", MODEL, failure="no server"), "Failed: no server"),
        (Response("1", MODEL), "No answer."),
    ],
)
def test_without_an_answer_it_is_told_why(given: Response, instead: str) -> None:
    assert cases.show_response(question("1"), given).instead == instead


def test_an_answer_without_sentences_is_its_text() -> None:
    shown = cases.show_response(question("1"), Response("1", MODEL, "answered", "As-Safir"))
    assert [sentence.text for sentence in shown.sentences] == ["As-Safir"]
    assert not shown.instead


def test_a_short_answer_is_answer_enough() -> None:
    shown = cases.show_response(question("1"), Response("1", MODEL, "answered", short="As-Safir"))
    assert (shown.short, shown.sentences, shown.instead) == ("As-Safir", (), "")
    failed = cases.show_response(question("1"), Response("1", MODEL, failure="no server", short="As-Safir"))
    assert failed.instead == "Failed: no server"
