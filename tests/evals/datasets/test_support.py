import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets.support import join_figures, load_support
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk


def judged(sentence: str, *responses: str) -> dict[str, Any]:
    return {
        "sentence": sentence,
        "responses": [{"worker_id": number, "response": each} for number, each in enumerate(responses)],
    }


def write(folder: Path, *sentences: dict[str, Any]) -> Path:
    path = folder / "qags.jsonl"
    path.write_text(json.dumps({"article": "They met.", "summary_sentences": sentences}) + "\n")
    return path


def test_the_majority_says_whether_a_sentence_is_supported(tmp_path: Path, open_desk: OpenDesk) -> None:
    sentences = [judged("Yes.", "yes", "no", "yes"), judged("No.", "no", "yes", "no"), judged("Tie.", "yes", "no")]
    dataset = load_support(write(tmp_path, *sentences), tmp_path / "work")
    desk = open_desk(dataset.articles)
    questions = dataset.load_questions(desk)
    assert [(question.id, question.question, question.answerable) for question in questions] == [
        ("1-1", "Yes.", True),
        ("1-2", "No.", False),
        ("1-3", "Tie.", False),
    ]
    assert desk.article(questions[0].given[0]).text == "They met."


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        (judged("Maybe.", "maybe"), "'responses', entry 1, 'response' must be 'yes' or 'no'."),
        (judged("Nobody."), "'responses' needs 1 or more entries, not 0."),
        ({"sentence": "Unjudged."}, "'responses' is missing."),
    ],
)
def test_what_does_not_fit_is_told_the_format(sentence: dict[str, Any], problem: str, tmp_path: Path) -> None:
    path = write(tmp_path, sentence)
    with pytest.raises(FootnoteError) as caught:
        load_support(path, tmp_path)
    assert caught.value.message == f"{path}, line 1: field 'summary_sentences', entry 1, {problem}"
    assert caught.value.hint.startswith("Expected is an article a line")


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("It won $ 53, 193, 914 on Tuesday.", "It won $ 53,193,914 on Tuesday."),
        ("It grew to 31. 8 million.", "It grew to 31.8 million."),
        ("In 2015, 200 people came. 3 left.", "In 2015, 200 people came. 3 left."),
        ("Ana, 34, 120 others and Ben, 21, left.", "Ana, 34,120 others and Ben, 21, left."),  # cannot be told apart
    ],
)
def test_a_number_that_was_cut_in_tokens_is_joined(tokens: str, text: str) -> None:
    assert join_figures(tokens) == text
