"""QAGS: sentences of summaries that three people judged as supported by the article or not.

Source: Wang, Cho and Lewis, "Asking and Answering Questions to Evaluate the Factual Consistency of Summaries",
ACL 2020; https://github.com/W4ngatang/qags.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from evals.datasets.articles import PlainArticle, write_articles
from evals.datasets.rows import Row, Text, read_rows
from evals.records import Dataset, Question

HINT = (
    'Expected is an article a line: {"article": "…", "summary_sentences": [{"sentence": "…", '
    '"responses": [{"worker_id": 1, "response": "yes"}]}]}.'
)


_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:, \d{3})+(?!\d)")
_DECIMALS = re.compile(r"(?<![\d.,])(\d{1,3})\. (?=\d)")


class _Response(Row):
    response: Literal["yes", "no"]


class _Sentence(Row):
    sentence: Text
    responses: Annotated[list[_Response], Field(min_length=1)]


class _Judged(Row):
    article: Text
    summary_sentences: Annotated[list[_Sentence], Field(min_length=1)]


def load_support(path: Path, work: Path) -> Dataset:
    """Read a QAGS file: its sentences become questions that are answerable if the article supports them.

    A sentence is supported if more than half of those who judged it found it so.

    Args:
        path: The file.
        work: Folder where the articles can be written.

    Raises:
        FootnoteError: It is no such file.
    """
    rows = list(enumerate(read_rows(path, _Judged, HINT), start=1))
    articles = (PlainArticle(str(number), f"Article {number}", join_figures(row.article)) for number, row in rows)
    questions = [_question(number, place, judged) for number, row in rows for place, judged in _sentences(row)]
    return Dataset("support", write_articles(work, path, articles), lambda assistant: questions)


def read_judged(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield each judged sentence of a QAGS file: the article, the sentence, and whether the article supports it.

    Args:
        path: The file.

    Raises:
        FootnoteError: It is no such file.
    """
    for row in read_rows(path, _Judged, HINT):
        for judged in row.summary_sentences:
            yield join_figures(row.article), judged.sentence, _is_supported(judged.responses)


def join_figures(article: str) -> str:
    """Return an article with its numbers in one piece.

    QAGS has its articles as tokens with spaces between them, and its sentences as they were written: 30 of its 531 true
    sentences would have a number that is not in their article.

    Example:
        >>> join_figures("It sold 1, 056 of them for $ 2. 4 million in 1996, 200 of them in May.")
        'It sold 1,056 of them for $ 2.4 million in 1996, 200 of them in May.'
    """
    return _DECIMALS.sub(r"\1.", _THOUSANDS.sub(lambda match: match[0].replace(" ", ""), article))


def _sentences(row: _Judged) -> Iterator[tuple[int, _Sentence]]:
    return enumerate(row.summary_sentences, start=1)


def _question(number: int, place: int, judged: _Sentence) -> Question:
    supported = _is_supported(judged.responses)
    return Question(
        id=f"{number}-{place}",
        kind="supported" if supported else "not supported",
        question=judged.sentence,
        answerable=supported,
        given=(str(number),),
    )


def _is_supported(responses: Sequence[_Response]) -> bool:
    return sum(response.response == "yes" for response in responses) * 2 > len(responses)
