import gzip
import json
from pathlib import Path

import pytest

from evals.datasets import load_dataset
from evals.records import ExpectedAnswer
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk

WHERE = {"id": "q1", "question": "Where?", "answers": ["Oslo", "in Oslo", "Oslo"], "is_impossible": False}
WHY = {"id": "q2", "question": "Why?", "answers": [], "is_impossible": True}
ROWS = [
    {"title": "Some_(talks)", "paragraph": 1, "context": "It began well.", "qas": []},
    {"title": "Some_(talks)", "paragraph": 2, "context": "They met\n\n in Oslo.", "qas": [WHERE, WHY]},
]
OFFICIAL = {
    "version": "v2.0",
    "data": [
        {
            "title": "Some_(talks)",
            "paragraphs": [
                {"context": "It began well.", "qas": []},
                {
                    "context": "They met\n\n in Oslo.",
                    "qas": [
                        {**WHERE, "answers": [{"text": "Oslo", "answer_start": 12}, {"text": "in Oslo"}]},
                        {**WHY, "plausible_answers": [{"text": "Oslo", "answer_start": 12}]},
                    ],
                },
            ],
        }
    ],
}
LINES = "\n".join(map(json.dumps, ROWS))
HINT = "Expected is SQuAD's own JSON, or a paragraph a line:"


@pytest.mark.parametrize("text", [LINES, json.dumps(OFFICIAL), json.dumps(OFFICIAL, indent=2)])
def test_both_forms_give_the_same_questions(text: str, tmp_path: Path, open_desk: OpenDesk) -> None:
    (tmp_path / "squad.gz").write_bytes(gzip.compress(text.encode()))
    dataset = load_dataset(f"squad:{tmp_path / 'squad.gz'}", tmp_path / "work")
    desk = open_desk(dataset.articles)
    [header] = desk.articles()
    where, why = dataset.load_questions(desk)
    assert header.title == "Some (talks)"
    assert (where.kind, where.answerable, where.skip) == ("answerable", True, "")
    assert where.answers == ((ExpectedAnswer("Oslo"),), (ExpectedAnswer("in Oslo"),))
    assert where.cites == (frozenset({f"{header.id}#2"}),)
    assert (why.kind, why.answerable, why.answers, why.cites) == ("unanswerable", False, (), ())
    assert where.given == why.given == (f"{header.id}#2",)


def test_the_first_version_has_only_answerable_questions(tmp_path: Path, open_desk: OpenDesk) -> None:
    asked = {"id": "q1", "question": "Where?", "answers": [{"text": "Oslo", "answer_start": 8}]}
    data = [{"title": "Talks", "paragraphs": [{"context": "They met in Oslo.", "qas": [asked]}]}]
    (tmp_path / "squad.json").write_text(json.dumps({"data": data, "version": "1.1"}))
    dataset = load_dataset(f"squad:{tmp_path / 'squad.json'}", tmp_path / "work")
    [question] = dataset.load_questions(open_desk(dataset.articles))
    assert question.answerable
    assert question.given == ("Talks#1",)


def test_what_is_not_in_the_articles_is_skipped(tmp_path: Path, open_desk: OpenDesk) -> None:
    (tmp_path / "squad.jsonl").write_text(LINES)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "some.txt").write_text("Something else.")
    dataset = load_dataset(f"squad:{tmp_path / 'squad.jsonl'}", tmp_path / "work")
    where, _ = dataset.load_questions(open_desk(tmp_path / "other"))
    assert where.skip == "its paragraph is not in the articles"
    assert where.cites == where.given == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LINES.replace('"question": "Where?"', '"q": 1'), ", line 2: field 'qas', entry 1, 'question' is missing."),
        (LINES.replace('"Oslo"', "7", 1), ", line 2: field 'qas', entry 1, 'answers', entry 1 must be text"),
        (LINES.replace("q2", "q1"), ": two questions have the id 'q1'."),
        (json.dumps(ROWS[0]), " has no questions."),
        ('{"data": []}', ": field 'data' needs 1 or more entries, not 0."),
        ('{"version": "v2.0", "data": [{"title": "A"}]}', ": field 'data', entry 1, 'paragraphs' is missing."),
        ('{"data": [\n\n{"title": }]}', ": this is no JSON: expected value at line 3 column 11."),
        ("{\n", ": this is no JSON:"),
        ("", " is empty."),
    ],
)
def test_a_file_that_does_not_fit_is_told_the_format(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "squad.jsonl"
    path.write_text(text)
    with pytest.raises(FootnoteError) as caught:
        load_dataset(f"squad:{path}", tmp_path / "work")
    assert caught.value.message.startswith(f"{path}{problem}")
    assert caught.value.hint.startswith(HINT)
