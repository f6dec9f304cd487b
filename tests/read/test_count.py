import gzip
from pathlib import Path

from rag.read import count_articles


def test_json_lines_count_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}\n{}\n")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    assert count_articles(tmp_path / "a.jsonl") == 3
    assert count_articles(tmp_path / "b.jsonl.gz") == 2


def test_any_other_file_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    assert count_articles(tmp_path / "a.txt") == 1


def test_what_cannot_be_read_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 1000)[:20])
    assert count_articles(tmp_path / "broken.jsonl.gz") == 1
    assert count_articles(tmp_path / "missing.jsonl") == 1


def test_a_list_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[{}, {}]")
    assert count_articles(tmp_path / "a.json") == 1
