import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import load_dataset
from evals.records import ExpectedAnswer
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk

ARTICLES = [{"id": name, "title": f"Title {name}", "text": f"Text of {name}."} for name in ("a1", "b2")]


def asked(**fields: Any) -> dict[str, Any]:
    return {"id": "w_0", "question": "Who?", "answer": "Ada", "search_results": ["b2", "a1", "gone"], **fields}


def write(folder: Path, *rows: dict[str, Any]) -> str:
    (folder / "articles.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, ARTICLES)).encode()))
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return f"news:{folder}"


def test_a_question_knows_what_the_search_found_and_which_of_it_answers(tmp_path: Path, open_desk: OpenDesk) -> None:
    rows = [asked(answer_in=["a1"]), asked(id="w_1", answer_in=[]), asked(id="w_2", answer_in=["gone"])]
    dataset = load_dataset(write(tmp_path, *rows), tmp_path / "work")
    found, not_found, gone = dataset.load_questions(open_desk(dataset.articles))
    assert (found.kind, found.articles) == ("answer in the found articles", (frozenset({"a1"}),))
    assert (found.given, found.cites, found.answers) == (("b2", "a1"), (), ((ExpectedAnswer("Ada"),),))
    assert (not_found.kind, not_found.articles) == ("answer not in them", ())
    assert found.answerable
    assert not_found.answerable is None
    assert (found.skip, not_found.skip, gone.skip) == ("", "", "its article is not there")
    assert dataset.published == {}


def test_published_predictions_are_kept_by_system(tmp_path: Path) -> None:
    spec = write(tmp_path, asked(answer_in=[]))
    lines = [{"id": "w_0", "system": name, "prediction": answer} for name, answer in (("gpt3", "Ada"), ("rag", ""))]
    (tmp_path / "published_predictions.jsonl").write_text("\n\n".join(map(json.dumps, lines)) + "\n\n")
    assert load_dataset(spec, tmp_path / "work").published == {"gpt3": {"w_0": "Ada"}, "rag": {"w_0": ""}}


def test_an_id_that_was_given_twice_keeps_questions_and_predictions_apart(tmp_path: Path, open_desk: OpenDesk) -> None:
    spec = write(tmp_path, asked(answer_in=[]), asked(question="Which?", answer_in=[]))
    lines = [{"id": "w_0", "system": "gpt3", "prediction": answer} for answer in ("Ada", "Greggs")]
    (tmp_path / "published_predictions.jsonl").write_text("\n".join(map(json.dumps, lines)))
    dataset = load_dataset(spec, tmp_path / "work")
    questions = dataset.load_questions(open_desk(dataset.articles))
    assert [(question.id, question.question) for question in questions] == [("w_0", "Who?"), ("w_0-2", "Which?")]
    assert dataset.published == {"gpt3": {"w_0": "Ada", "w_0-2": "Greggs"}}


def test_what_does_not_fit_is_told_the_format(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError) as caught:
        load_dataset(write(tmp_path, asked()), tmp_path / "work")
    assert caught.value.message == f"{tmp_path / 'questions.jsonl'}, line 1: field 'answer_in' is missing."
    assert caught.value.hint.startswith("Expected is a folder with articles.jsonl.gz and questions.jsonl")


def test_predictions_that_do_not_fit_are_told_theirs(tmp_path: Path) -> None:
    path = tmp_path / "published_predictions.jsonl"
    path.write_text('\n{"id": "w_0", "prediction": "Ada"}')
    with pytest.raises(FootnoteError) as caught:
        load_dataset(write(tmp_path, asked(answer_in=[])), tmp_path / "work")
    assert caught.value.message == f"{path}, line 2: field 'system' is missing."
    assert caught.value.hint.startswith("Expected is a prediction a line")


def test_the_articles_have_to_be_there(tmp_path: Path) -> None:
    spec = write(tmp_path, asked(answer_in=[]))
    (tmp_path / "articles.jsonl.gz").unlink()
    with pytest.raises(FootnoteError, match=r"articles.jsonl.gz cannot be read"):
        load_dataset(spec, tmp_path / "work")
