import gzip
import json
from pathlib import Path

import pytest

from evals.datasets import SEEDS, EvalQuestion, Evidence, load_dataset
from rag import Assistant, FootnoteError


def test_every_seeds_question_has_its_evidence_in_a_paragraph(tmp_path: Path) -> None:
    dataset = load_dataset("", tmp_path)
    with Assistant.open(SEEDS, index=tmp_path / "index") as assistant:
        assert all(question.gold(assistant) for question in dataset.questions)


def test_squad_becomes_articles_with_a_paragraph_a_context(tmp_path: Path) -> None:
    good = {"id": "q1", "question": "Where?", "answers": ["Oslo"], "is_impossible": False}
    bad = {"id": "q2", "question": "Why?", "answers": [], "is_impossible": True}
    row = {"title": "Some_talks", "paragraph": 1, "context": "They met in Oslo.", "qas": [good, bad]}
    (tmp_path / "squad.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    dataset = load_dataset(f"squad:{tmp_path / 'squad.jsonl.gz'}", tmp_path / "work")
    assert dataset.questions == [EvalQuestion("q1", "Where?", (Evidence("Some_talks", "They met in Oslo."),))]
    assert json.loads(dataset.articles.read_text())["title"] == "Some talks"


def test_asked_leaves_out_follow_ups_and_what_the_articles_do_not_say(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "question": "Where?", "history": [], "evidence": [["a", "in Oslo"]]},
        {"id": "2", "question": "And when?", "history": ["Where?"], "evidence": [["a", "in Oslo"]]},
        {"id": "3", "question": "Why?", "history": [], "evidence": []},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [question.id for question in load_dataset(f"asked:{tmp_path}", tmp_path).questions] == ["1"]


@pytest.mark.parametrize("spec", ["nothing", "nothing:here", "squad:"])
def test_an_unknown_kind_is_told_the_known_ones(spec: str, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError) as caught:
        load_dataset(spec, tmp_path)
    assert "squad:PATH" in caught.value.hint


def test_a_path_that_does_not_hold_the_dataset_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(FootnoteError, match="no dataset of the kind asked"):
        load_dataset(f"asked:{tmp_path}", tmp_path)
    with pytest.raises(FootnoteError, match="no dataset of the kind squad"):
        load_dataset(f"squad:{tmp_path / 'missing'}", tmp_path)
