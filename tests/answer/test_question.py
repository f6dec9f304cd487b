import pytest

from rag.answer.question import check_question
from rag.errors import QuestionError


@pytest.mark.parametrize("question", ["", "  \n", "?!", "…", "___", "\x1b\x07\u200b"])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check_question(question, 100)


def test_a_question_is_put_on_one_line_and_may_be_of_any_script() -> None:
    assert check_question(" Who \n met? ", 100) == "Who met?"
    assert check_question("谁见面了?", 100) == "谁见面了?"


def test_a_question_that_is_too_long_is_told_both_lengths() -> None:
    with pytest.raises(QuestionError, match="101 characters; at most 100"):
        check_question("w" * 101, 100)
