"""Real Time QA: quiz questions about the news of a week, and the articles that a web search returned for them.

Source: Kasai et al., "RealTime QA: What's the Answer Right Now?", NeurIPS 2023; https://realtimeqa.github.io/.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.datasets.articles import MISSING_ARTICLE
from evals.datasets.rows import Row, Text, check_there, read_rows
from evals.records import Dataset, ExpectedAnswer, Question
from rag import Assistant

HINT = (
    'Expected is a folder with articles.jsonl.gz and questions.jsonl: {"id": "…", "question": "…", "answer": "…", '
    '"search_results": ["article id"], "answer_in": ["article id"]}.'
)
_PREDICTIONS_HINT = 'Expected is a prediction a line: {"id": "question id", "system": "…", "prediction": "…"}.'


class _Asked(Row):
    id: Text
    question: Text
    answer: Text
    search_results: list[Text]
    answer_in: list[Text]


class _Prediction(Row):
    id: Text
    system: Text
    prediction: str


def load_news(path: Path, work: Path) -> Dataset:
    """Read a folder of Real Time QA, with what other systems answered if `published_predictions.jsonl` is there.

    Args:
        path: The folder.
        work: Not used: the articles can be indexed as they are.

    Raises:
        FootnoteError: It is no such folder.
    """
    file = path / "questions.jsonl"
    rows = list(read_rows(file, _Asked, HINT))
    articles = check_there(path / "articles.jsonl.gz", HINT)
    published = _read_published(path / "published_predictions.jsonl")
    return Dataset("news", articles, lambda assistant: _questions(rows, assistant), published)


def _read_published(path: Path) -> Mapping[str, Mapping[str, str]]:
    published: dict[str, dict[str, str]] = {}
    rows = list(read_rows(path, _Prediction, _PREDICTIONS_HINT)) if path.exists() else []
    names = _distinct([(row.system, row.id) for row in rows])
    for row, name in zip(rows, names, strict=True):
        published.setdefault(row.system, {})[name] = row.prediction
    return published


def _distinct(keys: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ids, each with `-2` and so on from its second use on: some ids name several published questions.

    Args:
        keys: Whose ids must be distinct among each other, and the ids.
    """
    taken = set(keys)
    uses: Counter[tuple[str, str]] = Counter()
    names = []
    for system, name in keys:
        uses[system, name] += 1
        found = name
        while uses[system, name] > 1 and (system, found := f"{name}-{uses[system, name]}") in taken:
            uses[system, name] += 1
        names.append(found)
    return names


def _questions(rows: Sequence[_Asked], assistant: Assistant) -> list[Question]:
    there = {header.id for header in assistant.articles()}
    names = _distinct([("", row.id) for row in rows])
    return [_question(row, name, there) for row, name in zip(rows, names, strict=True)]


def _question(row: _Asked, name: str, there: set[str]) -> Question:
    holding = tuple(frozenset({article}) for article in row.answer_in if article in there)
    return Question(
        id=name,
        kind="answer in the found articles" if row.answer_in else "answer not in them",
        question=row.question,
        answers=((ExpectedAnswer(row.answer),),),
        answerable=True if row.answer_in else None,
        articles=holding,
        given=tuple(article for article in row.search_results if article in there),
        skip=MISSING_ARTICLE if row.answer_in and not holding else "",
    )
