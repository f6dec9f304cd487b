import json
from pathlib import Path

import pytest

from evals.retrieval import recall, run_retrieval
from rag import FootnoteError
from rag.store.index import ignore_progress


def test_recall_counts_questions_with_a_right_paragraph_among_the_first() -> None:
    assert recall([1, 2, 0, 21], 1) == 0.25
    assert recall([1, 2, 0, 21], 20) == 0.5


def test_the_seeds_are_measured_for_the_search_and_for_each_half(tmp_path: Path) -> None:
    lines = run_retrieval("", tmp_path / "index", None, ignore_progress)
    assert [line.system for line in lines] == ["hybrid", "dense", "bm25"]
    assert all(line.questions == 15 and line.unmatched == 0 for line in lines)
    assert all(0 < line.found[0] <= line.found[1] <= line.found[2] <= 1 for line in lines)


def test_evidence_that_is_in_no_article_is_counted_and_not_asked(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n")
    rows = [
        {"id": str(number), "question": "Where did they meet?", "history": [], "evidence": [["a", piece]]}
        for number, piece in enumerate(["met in Oslo", "met in Rome"])
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    line = run_retrieval(f"asked:{tmp_path}", tmp_path / "index", None, ignore_progress)[0]
    assert (line.questions, line.unmatched, line.found[0]) == (1, 1, 1.0)


def test_distractors_without_the_articles_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text("Talks in Rome\n\nThe ministers met in Rome on Tuesday.\n")
    row = {"id": "1", "question": "Where did they meet?", "history": [], "evidence": [["a", "met in Oslo"]]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(row))
    with pytest.raises(FootnoteError, match="has its evidence in these articles"):
        run_retrieval(f"asked:{tmp_path}", tmp_path / "index", tmp_path / "other", ignore_progress)
