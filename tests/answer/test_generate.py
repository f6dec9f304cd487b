import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from rag.answer.gate.check import Judgement
from rag.answer.generate import Check, find_quote, generate_answer, rewrite_question
from rag.answer.prompts import NOT_SAID
from rag.answer.quote import QuotedAnswer
from rag.errors import ModelCutError, ModelError, ModelTooLongError
from rag.models.language_model import Prompt
from rag.records import Answer, AnswerSentence, Passage
from tests.fakes import ScriptedModel, check_words, passage

LEFT = passage("It was in 2012. Hamas left Damascus in May 2012. Nobody knew why.", 1)
PAID = passage("Iran paid for the visit.", 2)
TITLE = passage("The visit was long.", 3)
BEGUN = Answer("When did Hamas leave?", "When did Hamas leave?", "answered", (), (), "", "", "", 0.0)


def ask(
    *pieces: str | Exception,
    check: Check | None = check_words,
    offered: Sequence[Passage] = (LEFT, PAID, TITLE),
    begun: Answer = BEGUN,
) -> list[Answer]:
    quoted = QuotedAnswer(tuple(offered), 0.9, "May 2012", ())
    return list(generate_answer(begun, quoted, (), ScriptedModel(*pieces), check))


def texts(answer: Answer) -> list[str]:
    return [f"{sentence.text} {sentence.marks}" for sentence in answer.sentences]


def test_every_sentence_has_its_footnote_and_the_footnote_quotes_the_paragraphs_nearest_sentence() -> None:
    answer = ask("Hamas left Dam", "ascus in May 2012. [", "1] Iran paid [2].")[-1]
    assert texts(answer) == ["Hamas left Damascus in May 2012. [1]", "Iran paid. [2]"]
    first = answer.citations[0]
    assert first.quote == "Hamas left Damascus in May 2012."
    assert LEFT.paragraph.text[first.start - 100 : first.end - 100] == first.quote
    assert (answer.outcome, answer.model, answer.withheld) == ("answered", "scripted", 0)


def test_the_text_only_grows_and_no_draft_has_a_part_of_a_mark() -> None:
    answers = ask(*"Hamas left Damascus in May 2012. [1] Iran paid for the visit [2]. ")
    for before, after in zip(answers, answers[1:], strict=False):
        assert after.text.startswith(before.text)
    assert all("[" not in answer.draft for answer in answers)
    assert answers[10].draft == "Hamas left"
    assert answers[-1].draft == ""


def test_footnotes_are_numbered_by_first_use_and_the_same_words_have_one_number() -> None:
    answer = ask("Iran paid. [2] Hamas left Damascus. [1] Iran paid for the visit. [2]")[-1]
    assert texts(answer) == ["Iran paid. [1]", "Hamas left Damascus. [2]", "Iran paid for the visit. [1]"]
    assert [citation.number for citation in answer.citations] == [1, 2]


def test_what_nothing_bears_out_is_left_out_and_counted() -> None:
    answer = ask("Hamas left Damascus. [1] The moon is made of cheese. [1]")[-1]
    assert (texts(answer), answer.withheld) == (["Hamas left Damascus. [1]"], 1)


def test_an_answer_of_nothing_but_that_is_none() -> None:
    answer = ask("The moon is made of cheese. [1]")[-1]
    assert (answer.outcome, answer.sentences, answer.withheld) == ("not_in_articles", (), 1)


def test_a_sentence_cited_to_the_wrong_paragraph_is_given_the_right_one_and_says_so() -> None:
    [sentence] = ask("Iran paid. [1]")[-1].sentences
    assert (sentence.verdict, sentence.reason) == ("misattributed", "Another paragraph says it.")
    assert sentence.citations[0].ref == PAID.ref


@pytest.mark.parametrize("mark", ["", "[9]", "[0]"])
def test_a_sentence_without_a_mark_gets_one_if_one_paragraph_alone_supports_it(mark: str) -> None:
    [sentence] = ask(f"Iran paid. {mark}")[-1].sentences
    assert (sentence.added, sentence.verdict, sentence.citations[0].ref) == (True, "supported", PAID.ref)


def test_a_sentence_without_a_mark_that_two_support_or_none_is_left_out() -> None:
    assert ask("The visit.")[-1].withheld == 1
    assert ask("It rained.")[-1].withheld == 1


def test_without_a_check_what_cites_is_shown_unjudged_and_the_rest_left_out() -> None:
    answer = ask("The moon is cheese. [1] Iran paid. Hamas left. [9]", check=None)[-1]
    assert [(sentence.text, sentence.verdict) for sentence in answer.sentences] == [("The moon is cheese.", None)]
    assert answer.withheld == 2


@pytest.mark.parametrize(
    "reply",
    [
        NOT_SAID,
        NOT_SAID + " [1]",
        "The articles do not say when Hamas left.",
        "The provided paragraphs don't mention it.",
        "I could not find anything about that.",
    ],
)
def test_the_agreed_phrase_means_that_the_articles_do_not_say(reply: str) -> None:
    answer = ask(reply)[-1]
    assert (answer.outcome, answer.sentences, answer.withheld) == ("not_in_articles", (), 0)


def test_what_sources_do_not_expect_is_news() -> None:
    assert texts(ask("Sources do not expect a deal. [2]", check=None)[-1]) == ["Sources do not expect a deal. [1]"]


def test_what_the_articles_do_say_stands_beside_what_they_do_not() -> None:
    answer = ask("Iran paid. [2] The articles do not say how much.")[-1]
    assert (answer.outcome, texts(answer), answer.withheld) == ("answered", ["Iran paid. [1]"], 0)


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        (["I'm sorry, but I can't help with that."], "declined"),
        (["As an AI, I cannot discuss that."], "declined"),
        (["Die Hamas hat Damaskus im Mai verlassen und ist nicht zurück. [1]"], r"another language \(German\)"),
        (["Le Hamas est parti dans une ville qui est au Qatar. [1]"], r"another language \(French\)"),
        (["غادرت حماس دمشق في عام 2012. [1]"], r"another language \(Arabic\)"),
        (["哈马斯于二〇一二年离开大马士革。[1]"], r"another language \(Cjk\)"),
        (["<think>Well, I never"], "wrote no sentence"),
        (["\n\n"], "wrote no sentence"),
        ([ModelCutError("The connection broke off.", "Ask again.")], "broke off"),
    ],
)
def test_a_reply_that_is_no_answer_is_the_models_failure(pieces: list[str | Exception], reason: str) -> None:
    answer = ask(*pieces)[-1]
    assert (answer.outcome, answer.sentences) == ("model_failed", ())
    assert re.search(reason, answer.reason)
    assert answer.hint


GERMAN = replace(BEGUN, standalone_question="In welchem Jahr hat die Hamas Damaskus verlassen?")


def test_a_reply_in_the_language_of_the_question_stands_where_nothing_is_checked() -> None:
    answer = ask("Die Hamas ist nicht zurück und das ist die Lage. [1]", check=None, begun=GERMAN)[-1]
    assert (answer.outcome, len(answer.sentences)) == ("answered", 1)


def test_a_reply_in_the_language_of_the_question_alone_is_said_to_be_uncheckable_with_what_to_do() -> None:
    answer = ask("Die Hamas hat die Stadt im Jahr 2012 verlassen. [1]", begun=GERMAN)[-1]
    assert (answer.outcome, answer.sentences) == ("model_failed", ())
    assert "the language of the question (German)" in answer.reason
    assert "Ask in English" in answer.hint


def test_a_sentence_that_cannot_be_checked_is_never_shown_as_fact() -> None:
    reply = "Iran paid. [2] Die Hamas hat die Stadt nicht verlassen und ist in der Stadt. [1]"
    answer = ask(reply, check=lambda *_: Judgement("supported", "", 1.0), begun=GERMAN)[-1]
    assert (texts(answer), answer.withheld) == (["Iran paid. [1]"], 1)


def test_a_sentence_that_cannot_be_checked_may_be_shown_as_such() -> None:
    quoted = QuotedAnswer((LEFT, PAID), 0.9, "May 2012", ())
    model = ScriptedModel("Die Hamas hat die Stadt im Jahr 2012 verlassen. [1]")
    [sentence] = [*generate_answer(GERMAN, quoted, (), model, check_words, keep_unsupported=True)][-1].sentences
    assert (sentence.verdict, sentence.reason) == ("unsupported", "It is in German, so that it cannot be checked.")


def test_what_came_before_the_connection_broke_stands_and_half_a_sentence_does_not() -> None:
    answer = ask("Iran paid. [2] Hamas left Dam", ModelCutError("The connection broke off.", "Ask again."))[-1]
    assert (answer.outcome, texts(answer)) == ("model_failed", ["Iran paid. [1]"])
    assert (answer.reason, answer.draft) == ("The connection broke off.", "")


def test_a_model_that_repeats_itself_is_stopped() -> None:
    answer = ask(*["Iran paid. [2] "] * 50)[-1]
    assert (answer.outcome, texts(answer)) == ("model_failed", ["Iran paid. [1]"])
    assert "repeats itself" in answer.reason


def test_a_prompt_that_is_too_long_for_the_server_is_tried_with_half_as_many_paragraphs() -> None:
    class Short(ScriptedModel):
        def stream(self, prompt: Prompt) -> Iterator[str]:
            if "[2]" in prompt.user.split("=====")[2]:
                self.prompts.append(prompt)
                raise ModelTooLongError("too long")
            yield from super().stream(prompt)

    model = Short("Hamas left Damascus. [1]")
    quoted = QuotedAnswer((LEFT, PAID, TITLE), 0.9, "", ())
    answer = list(generate_answer(BEGUN, quoted, (), model, check_words))[-1]
    assert (answer.outcome, len(model.prompts)) == ("answered", 2)


def test_a_question_that_is_too_long_for_the_model_is_the_models_failure_and_asks_nothing() -> None:
    model = ScriptedModel("It is so. [1]", context_tokens=600)
    begun = replace(BEGUN, question="Who? " * 2000)
    [answer] = generate_answer(begun, QuotedAnswer((LEFT, PAID, TITLE), 0.9, "", ()), (), model, check_words)
    assert (answer.outcome, model.prompts) == ("model_failed", [])
    assert "FOOTNOTE_CONTEXT_TOKENS" in answer.hint


def test_what_has_no_letters_gets_no_footnote_that_it_does_not_bring() -> None:
    offered = (passage("Cite paragraph 1 of 2.", 1), PAID)
    assert ask("⟦1⟧ &#91;2&#93;", offered=offered)[-1].withheld == 1
    assert texts(ask("1. [1]", offered=offered)[-1]) == ["1. [1]"]


HISTORY = [
    Answer(
        "Who is Mashaal?",
        "Who is Mashaal?",
        "answered",
        (AnswerSentence("Khaled Mashaal led Hamas.", ()),),
        (),
        "",
        "",
        "",
        0.0,
    )
]


def test_a_model_may_make_a_follow_up_whole_with_words_of_the_conversation() -> None:
    said = rewrite_question("Where does he live?", HISTORY, ScriptedModel('"Where does ', 'Khaled Mashaal live?"'))
    assert said == "Where does Khaled Mashaal live?"


@pytest.mark.parametrize(
    "pieces", [["Where does Yahya Sinwar live?"], [""], ["A\nB"], ["Mashaal " * 90], [ModelError("down")]]
)
def test_a_rewriting_that_adds_or_fails_is_not_used(pieces: list[str | Exception]) -> None:
    assert rewrite_question("Where does he live?", HISTORY, ScriptedModel(*pieces)) is None


def test_a_quote_is_a_whole_sentence_of_the_paragraph() -> None:
    start, end = find_quote("Nobody at all knew.", LEFT.paragraph.text)
    assert LEFT.paragraph.text[start:end] == "Nobody knew why."


def test_a_sentence_that_says_more_than_that_the_articles_do_not_say_is_an_answer() -> None:
    said = "The articles do not name the minister, but in the same year, 2012, Hamas left Damascus for good."
    assert texts(ask(f"{said} [1]", check=None)[-1]) == [f"{said} [1]"]
    assert ask("The articles do not say. [1]", check=None)[-1].outcome == "not_in_articles"


def test_a_model_that_fails_when_tokens_are_counted_is_told_like_any_other() -> None:
    class Uncountable(ScriptedModel):
        def count_tokens(self, text: str) -> int:
            raise ModelError("It cannot be loaded.", "Get another.")

    [answer] = generate_answer(BEGUN, QuotedAnswer((LEFT,), 0.9, "", ()), (), Uncountable("It is so. [1]"), check_words)
    assert (answer.outcome, answer.reason, answer.hint) == ("model_failed", "It cannot be loaded.", "Get another.")
