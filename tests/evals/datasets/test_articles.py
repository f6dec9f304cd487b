import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evals.datasets.articles import Lookup, PlainArticle, article_id, write_articles
from rag import FootnoteError
from rag.read import clean_id
from tests.evals.datasets.conftest import OpenDesk

TALKS = PlainArticle("talks", "Talks", "They met in Oslo.\n\nThey met in Oslo, “again”, in May.")


@given(some.text(), some.text())
def test_an_id_survives_cleaning_and_belongs_to_one_name(name: str, other: str) -> None:
    assert clean_id(article_id(name)) == article_id(name)
    assert len(article_id(name * 99)) <= 200
    assert (article_id(name) == article_id(other)) == (name == other)


def test_names_that_are_cleaned_alike_stay_apart() -> None:
    assert len({article_id(name) for name in ("a b", "a#b", "a-b", "a:b")}) == 4


def test_articles_are_written_as_they_can_be_indexed(tmp_path: Path, open_desk: OpenDesk) -> None:
    path = write_articles(tmp_path / "work", tmp_path / "squad.jsonl.gz", [TALKS])
    assert path.name.startswith("squad-")
    assert json.loads(path.read_text()) == {"id": "talks", "title": "Talks", "text": TALKS.text}
    assert [header.id for header in open_desk(path).articles()] == ["talks"]


def test_a_file_is_left_alone_unless_its_content_changes(tmp_path: Path) -> None:
    path = write_articles(tmp_path, tmp_path / "squad", [TALKS])
    before = path.stat()
    assert write_articles(tmp_path, tmp_path / "squad", [TALKS]) == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    write_articles(tmp_path, tmp_path / "squad", [TALKS, TALKS])
    assert len(path.read_text().splitlines()) == 2
    assert list(tmp_path.iterdir()) == [path]


def test_two_sources_have_two_files(tmp_path: Path) -> None:
    assert write_articles(tmp_path, tmp_path / "a", []) != write_articles(tmp_path, tmp_path / "b", [])


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("in the way")
    with pytest.raises(FootnoteError, match="cannot be written") as caught:
        write_articles(tmp_path / "work", tmp_path / "squad", [TALKS])
    assert caught.value.hint


def test_a_piece_is_found_in_any_case_and_the_shortest_paragraph_first(tmp_path: Path, open_desk: OpenDesk) -> None:
    lookup = Lookup(open_desk(write_articles(tmp_path, tmp_path / "squad", [TALKS])))
    assert lookup.find("talks", "MET — in Oslo") == ("talks#1", "talks#2")
    assert lookup.find("talks", "'Again' in May") == ("talks#2",)
    assert lookup.find("talks", "…") == lookup.find("talks", "Bergen") == lookup.find("gone", "Oslo") == ()
