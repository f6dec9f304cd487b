"""Is a question fit to be asked?"""

import re

from rag.errors import QuestionError


def check_question(question: str, max_characters: int) -> str:
    """Return the question on one line.

    Args:
        question: As it was typed.
        max_characters: The longest that is taken.

    Raises:
        QuestionError: It is empty or too long.
    """
    # Half of a surrogate pair, as a terminal gives for a byte that is no UTF-8, is no text.
    question = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())
    if not re.search(r"[^\W_]", question):
        raise QuestionError("The question is empty.", 'Ask in words, for example: footnote ask "Who met in Beirut?"')
    if len(question) > max_characters:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {max_characters:,} are taken.",
            "Ask it shorter, or raise FOOTNOTE_MAX_QUESTION_CHARACTERS.",
        )
    return question
