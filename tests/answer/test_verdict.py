from rag.answer.compose import Told
from rag.answer.judge import Evidence, Quote
from rag.answer.verdict import commit
from rag.records import ArticleHeader, Paragraph, Passage


def told(text: str) -> Told:
    article = ArticleHeader("a", "News", "", "", "", None, "unknown")
    passage = Passage(article, Paragraph(1, "body", 0, len(text), text), 0.0)
    return (Quote(passage, 0, len(text), text, "", Evidence(0, 0, 0, 0, 0, 0, 0), 0.0),)


def test_the_sentence_that_decides_comes_first() -> None:
    other, deciding = told("It was a long day."), told("The minister resigned.")
    assert commit("Did the minister resign?", [other, deciding]) == ("Yes", [deciding, other])


def test_this_or_that_is_no_yes_or_no() -> None:
    quotes = [told("The minister did not resign but was fired.")]
    assert commit("Did the minister resign or was he fired?", quotes) == ("", quotes)


def test_sentences_that_contradict_each_other_decide_nothing() -> None:
    quotes = [told("The minister resigned."), told("The minister did not resign.")]
    assert commit("Did the minister resign?", quotes) == ("", quotes)
