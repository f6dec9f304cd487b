from dataclasses import replace

from rag.records import Answer, AnswerSentence, ArticleHeader, Citation

ARTICLE = ArticleHeader("a", "Talks", "", "", "", None, "unknown")


def sentence(text: str, *numbers: int) -> AnswerSentence:
    return AnswerSentence(text, tuple(Citation(number, ARTICLE, number, 0, 4, "They") for number in numbers))


SENTENCES = (sentence("They left in May 2012.", 1, 2), sentence("Others stayed.", 3))
ANSWER = Answer("When?", "When?", "answered", SENTENCES, (), "", "", "scripted", 0.0)


def test_a_text_is_its_sentences_with_their_marks() -> None:
    assert ANSWER.text == "They left in May 2012. [1][2] Others stayed. [3]"


def test_a_text_begins_with_the_short_answer_and_the_marks_of_the_first_sentence() -> None:
    assert replace(ANSWER, short="May 2012").text == f"May 2012. [1][2] {ANSWER.text}"
    assert replace(ANSWER, short="the U.S.").text == f"the U.S. [1][2] {ANSWER.text}"


def test_a_text_without_sentences_is_the_reason() -> None:
    refused = replace(ANSWER, outcome="not_in_articles", sentences=(), short="", reason="The articles do not say.")
    assert refused.text == "The articles do not say."


def test_a_text_only_grows_with_its_sentences() -> None:
    whole = replace(ANSWER, short="May 2012")
    assert whole.text.startswith(replace(whole, sentences=SENTENCES[:1]).text)


def test_what_is_not_borne_out_is_marked_as_such_in_the_text() -> None:
    bad, uncited = replace(SENTENCES[0], verdict="unsupported"), AnswerSentence("So it is.", (), "unsupported")
    told = replace(ANSWER, sentences=(bad, replace(SENTENCES[1], verdict="partly"), uncited)).text
    assert told == ("They left in May 2012. [1][2] (not borne out) Others stayed. [3] So it is. (not borne out)")
