import pytest

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


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("The opposition said the vote was rigged.", "Yes. The opposition said so"),
        ("Meanwhile, Ben Lund, a lawyer, told reporters that the vote was rigged.", "Yes. Ben Lund said so"),
        ("The vote was rigged and cost 40,000 pounds, said its leader, Eva Holm.", "Yes. Its leader said so"),
        ("The vote was rigged, Eva Holm, who lost it, told reporters.", "Yes. Eva Holm said so"),
        ("She also said that the vote was rigged.", "Yes. She said so"),
        ("The vote was rigged, observers said on Monday.", "Yes. Observers said so"),
        ("“The vote was rigged,” said Ben Lund, a lawyer.", "Yes. Ben Lund said so"),
        ("The vote was not rigged, according to the commission.", "No. The commission said so"),
        ("According to a report, the vote was rigged.", "Yes. A report said so"),
        ("The government has denied that the vote was rigged.", "No. The government denied it"),
        ("The vote was rigged.", "Yes"),
        ("The vote was rigged, and Ben Lund said he would resign.", "Yes"),
        ("The vote was rigged; Ben Lund said he would resign.", "Yes"),
        ("Ben Lund said he would resign, while his party said the vote was rigged.", "Yes. His party said so"),
        ("“I lost,” said Ben Lund, who knew that the vote was rigged.", "Yes"),
    ],
)
def test_what_only_somebody_says_is_told_as_their_word(sentence: str, answer: str) -> None:
    assert commit("Was the vote rigged?", [told(sentence)])[0] == answer


def test_what_somebody_says_of_himself_is_his_word_too() -> None:
    quotes = [told("The company said it had closed the plant.")]
    assert commit("Did the company close the plant?", quotes)[0] == "Yes. The company said so"


def test_it_is_nobodys_word_where_a_sentence_says_so_itself_or_where_the_saying_is_asked_for() -> None:
    reported, plain = told("Police said the bridge was closed."), told("The bridge was closed.")
    assert commit("Was the bridge closed?", [reported, plain]) == ("Yes", [plain, reported])
    assert commit("Did police say the bridge was closed?", [reported]) == ("Yes", [reported])


def test_this_or_that_is_no_yes_or_no() -> None:
    quotes = [told("The minister did not resign but was fired.")]
    assert commit("Did the minister resign or was he fired?", quotes) == ("", quotes)


def test_sentences_that_contradict_each_other_decide_nothing() -> None:
    quotes = [told("The minister resigned."), told("The minister did not resign.")]
    assert commit("Did the minister resign?", quotes) == ("", quotes)
