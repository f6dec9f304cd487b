import pytest

from rag.answer.compose import Told
from rag.answer.judge import Evidence, Quote
from rag.answer.verdict import commit, judge_verdict
from rag.records import ArticleHeader, Paragraph, Passage


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("Did the minister resign?", "The minister resigned on Monday.", "Yes"),
        ("Did the minister resign?", "The minister has not resigned.", "No"),
        ("Did the minister resign?", "The minister refused to resign.", "No"),
        ("Did the minister not resign?", "The minister did not resign.", ""),
        ("Did the ministers meet in Oslo?", "Both ministers met in Oslo.", "Yes"),
        ("Is Oslo the capital of Norway?", "Oslo, the capital of Norway, is cold.", "Yes"),
        ("Were 12 people hurt?", "At least twelve people were hurt.", "Yes"),
        ("Were 12 people hurt?", "At least 13 people were hurt.", ""),
        ("Did the minister resign?", "The minister may resign.", ""),
        ("Did the minister resign?", "The opposition wants the minister to resign.", ""),
        ("Did the minister resign?", "Did the minister resign?", ""),
        ("Did the minister resign?", "The minister met his wife.", ""),
        ("Did the minister resign?", "If the minister resigns, elections follow.", ""),
        ("Did the minister resign?", "", ""),
    ],
)
def test_commits_itself_where_the_evidence_is_plain_and_nowhere_else(
    question: str, sentence: str, verdict: str
) -> None:
    assert judge_verdict(question, sentence, "News") == verdict


def test_a_name_may_stand_in_the_title_instead() -> None:
    assert judge_verdict("Did Merkel resign?", "The chancellor resigned.", "Merkel steps down") == "Yes"


def told(text: str) -> Told:
    article = ArticleHeader("a", "News", "", "", "", None, "unknown")
    passage = Passage(article, Paragraph(1, "body", 0, len(text), text), 0.0, None, None, None, None)
    return (Quote(passage, 0, len(text), text, "", Evidence(0, 0, 0, 0, 0, 0, 0), 0.0),)


def test_the_sentence_that_decides_comes_first() -> None:
    other, deciding = told("It was a long day."), told("The minister resigned.")
    assert commit("Did the minister resign?", [other, deciding]) == ("Yes", [deciding, other])


def test_sentences_that_contradict_each_other_decide_nothing() -> None:
    quotes = [told("The minister resigned."), told("The minister did not resign.")]
    assert commit("Did the minister resign?", quotes) == ("", quotes)
