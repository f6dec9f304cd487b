import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import load_dataset
from evals.records import ExpectedAnswer, Question
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk

ARTICLE = "Talks go on\n\nThey met in Oslo in May.\n\nThey also met in Bergen.\n\nIn Oslo it rained."


def row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "type": "factoid",
        "question": "Where?",
        "history": [],
        "answers": ["Oslo", "in Oslo"],
        "evidence": [["talks", "met in OSLO"]],
        "need_all": False,
        **fields,
    }


def write(folder: Path, *rows: dict[str, Any]) -> str:
    (folder / "articles").mkdir()
    (folder / "articles" / "talks.txt").write_text(ARTICLE)
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return f"asked:{folder}"


def ask(folder: Path, open_desk: OpenDesk, **fields: Any) -> Question:
    dataset = load_dataset(write(folder, row(**fields)), folder / "work")
    [question] = dataset.load_questions(open_desk(dataset.articles))
    return question


def test_a_question_cites_the_paragraph_of_its_evidence(tmp_path: Path, open_desk: OpenDesk) -> None:
    question = ask(tmp_path, open_desk, type="followup", history=["Who met?"])
    assert (question.kind, question.history, question.answerable) == ("followup", ("Who met?",), True)
    assert question.answers == ((ExpectedAnswer("Oslo"),), (ExpectedAnswer("in Oslo"),))
    assert question.cites == (frozenset({"talks#1"}),)


def test_each_paragraph_with_a_piece_will_do(tmp_path: Path, open_desk: OpenDesk) -> None:
    evidence = [["talks", "in Oslo"], ["talks", "in Bergen"], ["talks", "gone"]]
    question = ask(tmp_path, open_desk, evidence=evidence)
    assert set(question.cites) == {frozenset({f"talks#{number}"}) for number in (1, 2, 3)}


def test_where_all_is_needed_answers_and_paragraphs_come_together(tmp_path: Path, open_desk: OpenDesk) -> None:
    evidence = [["talks", "in Oslo"], ["talks", "in Bergen"]]
    question = ask(tmp_path, open_desk, type="multi", need_all=True, answers=["Oslo", "Bergen"], evidence=evidence)
    assert question.answers == ((ExpectedAnswer("Oslo"), ExpectedAnswer("Bergen")),)
    assert set(question.cites) == {frozenset({"talks#1", "talks#2"}), frozenset({"talks#3", "talks#2"})}


def test_without_evidence_the_articles_do_not_say(tmp_path: Path, open_desk: OpenDesk) -> None:
    question = ask(tmp_path, open_desk, type="unanswerable", answers=[], evidence=[])
    assert (question.answerable, question.answers, question.cites, question.skip) == (False, (), (), "")


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": [["gone", "in Oslo"]]},
        {"evidence": [["talks", "in Paris"]]},
        {"evidence": [["talks", "in Oslo"], ["talks", "in Paris"]], "need_all": True},
    ],
)
def test_evidence_that_is_nowhere_makes_it_one_to_skip(
    fields: dict[str, Any], tmp_path: Path, open_desk: OpenDesk
) -> None:
    assert ask(tmp_path, open_desk, **fields).skip == "its paragraph is not in the articles"


def test_evidence_is_looked_up_in_what_is_indexed(tmp_path: Path, open_desk: OpenDesk) -> None:
    dataset = load_dataset(write(tmp_path, row()), tmp_path / "work")
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "talks.txt").write_text("Talks go on\n\nIt began.\n\nThey met in Oslo in May.")
    [question] = dataset.load_questions(open_desk(tmp_path / "many"))
    assert question.cites == (frozenset({"talks#2"}),)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([row(), row(id=7)], ", line 2: field 'id' must be text, not a number."),
        ([row(evidence=[["talks"]])], ", line 1: field 'evidence', entry 1 needs 2 or more entries, not 1."),
        ([row(evidence="talks")], ", line 1: field 'evidence' must be a list, not text."),
        ([row(need_all=1)], ", line 1: field 'need_all' must be true or false, not a number."),
        ([row(), row()], ": two questions have the id '1'."),
        ([], " is empty."),
    ],
)
def test_questions_that_do_not_fit_are_told_the_format(
    rows: list[dict[str, Any]], problem: str, tmp_path: Path
) -> None:
    with pytest.raises(FootnoteError) as caught:
        load_dataset(write(tmp_path, *rows), tmp_path / "work")
    assert caught.value.message == f"{tmp_path / 'questions.jsonl'}{problem}"
    assert caught.value.hint.startswith("Expected is a folder with articles/*.txt and questions.jsonl")


def test_the_articles_have_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps(row()))
    with pytest.raises(FootnoteError, match="articles cannot be read"):
        load_dataset(f"asked:{tmp_path}", tmp_path / "work")
