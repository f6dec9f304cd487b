import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import EmbedderChangedError, IndexLayoutError, IndexLockedError, StoreError
from rag.search.hybrid import search
from rag.store.chunks import article_version
from rag.store.index import Index
from tests.fakes import WordHashEmbedder
from tests.store.rooms import Breaking, CountingEmbedder, check_in_step, check_like_clean_build, open_index, sync_all
from tests.store.rooms import write as write_file

BEIRUT = "Talks in Beirut\n\nThe ministers of seven countries met in Beirut on Monday to talk about water.\n"
CAIRO = "Talks in Cairo\n\nThe envoys of nine countries met in Cairo on Tuesday to talk about the border.\n"
OSLO = "Talks in Oslo\n\nThe kings of two countries met in Oslo on Friday to talk about the price of fish.\n"


@pytest.fixture
def closed(tmp_path: Path, folder: Path) -> Path:
    """Return the folder of an index that holds two articles and is closed."""
    write_file(folder / "a.txt", BEIRUT)
    write_file(folder / "b.txt", CAIRO)
    index = open_index(tmp_path / "closed")
    sync_all(index, folder)
    index.close()
    return tmp_path / "closed"


def check_answers(index: Index, folder: Path) -> None:
    """Check that an index answers by meaning and is like a clean build, before a sync and after."""
    assert search(index, "Who met in Beirut?", 1)[0].dense_rank is not None
    check_in_step(index)
    sync_all(index, folder)
    check_like_clean_build(index, folder)


# What is half deleted


def test_vectors_whose_folder_is_gone_are_made_anew(closed: Path, folder: Path) -> None:
    [vectors] = closed.glob("vectors-*")
    shutil.rmtree(vectors)
    index = open_index(closed)
    check_answers(index, folder)
    index.close()


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 2000])
def test_vectors_whose_database_is_gone_or_damaged_are_made_anew(
    closed: Path, folder: Path, content: bytes | None
) -> None:
    [database] = closed.glob("vectors-*/chroma.sqlite3")
    database.unlink()
    if content is not None:
        database.write_bytes(content)
    index = open_index(closed)
    check_answers(index, folder)
    index.close()


@pytest.fixture
def long_closed(tmp_path: Path, folder: Path) -> Path:
    """Return the folder of a closed index with so many chunks that Chroma has purged its log of them."""
    embedder = WordHashEmbedder(dimension=8)
    sentence = "The ministers of seven countries met in town {} on Monday to talk about water."
    for file in range(5):
        paragraphs = [sentence.format(file * 1000 + number) for number in range(220)]
        write_file(folder / f"{file}.txt", f"Talks {file}\n\n" + "\n\n".join(paragraphs))
    index = open_index(tmp_path / "closed", embedder)
    sync_all(index, folder)
    index.close()
    return tmp_path / "closed"


@pytest.mark.parametrize("part", ["", "header.bin"])
def test_a_graph_of_vectors_that_is_gone_in_part_is_noticed_and_made_anew(long_closed: Path, part: str) -> None:
    [graph] = [path for path in long_closed.glob("vectors-*/*") if path.is_dir()]
    shutil.rmtree(graph) if not part else (graph / part).unlink()
    index = open_index(long_closed, WordHashEmbedder(dimension=8))
    assert len(index.vectors.collection.get(include=["embeddings"])["embeddings"]) == index.articles.count("chunks")
    check_in_step(index)
    index.close()


def test_articles_that_are_gone_are_read_again(closed: Path, folder: Path) -> None:
    for file in closed.glob("articles.sqlite*"):
        file.unlink()
    index = open_index(closed)
    assert index.vectors.count() == 0
    sync_all(index, folder)
    check_answers(index, folder)
    index.close()


def test_articles_replaced_by_garbage_are_an_error_whose_hint_works(closed: Path, folder: Path) -> None:
    (closed / "articles.sqlite").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError, match="damaged") as caught:
        open_index(closed)
    assert f"Delete articles.sqlite in {closed}" in caught.value.hint
    (closed / "articles.sqlite").unlink()
    index = open_index(closed)
    sync_all(index, folder)
    check_answers(index, folder)
    index.close()


def test_a_failed_opening_leaves_the_index_unlocked(closed: Path) -> None:
    (closed / "articles.sqlite").write_bytes(b"garbage" * 1000)
    for _ in range(2):
        with pytest.raises(StoreError, match="damaged"):
            open_index(closed)


def test_an_index_of_an_older_layout_is_refused_and_left_as_it_is(closed: Path) -> None:
    with sqlite3.connect(closed / "articles.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'layout'")
    connection.close()
    with pytest.raises(IndexLayoutError, match="layout 0"):
        open_index(closed)
    assert list(closed.glob("vectors-*"))


# Another embedder


def test_another_embedder_is_refused_and_named(closed: Path) -> None:
    with pytest.raises(EmbedderChangedError, match="word-hash-64, this is word-hash-32") as caught:
        open_index(closed, WordHashEmbedder(dimension=32))
    assert "--rebuild" in caught.value.hint


def test_rebuilding_makes_the_vectors_of_another_embedder(closed: Path, folder: Path) -> None:
    index = open_index(closed, WordHashEmbedder(dimension=32), rebuild=True)
    check_answers(index, folder)
    index.close()
    assert len(list(closed.glob("vectors-*"))) == 1


def test_a_rebuild_that_is_interrupted_leaves_the_old_vectors_in_use(closed: Path, folder: Path) -> None:
    class Failing(WordHashEmbedder):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_index(closed, Failing(dimension=32), rebuild=True)
    index = open_index(closed)
    check_answers(index, folder)
    index.close()
    assert len(list(closed.glob("vectors-*"))) == 1


# Where it lies


def test_an_index_may_lie_in_a_folder_that_is_yet_to_be_made(tmp_path: Path) -> None:
    open_index(tmp_path / "not" / "yet").close()
    assert (tmp_path / "not" / "yet" / "articles.sqlite").exists()


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_in_place_of_the_index_folder_is_an_error_with_a_hint(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made") as caught:
        open_index(tmp_path / name)
    assert "--index" in caught.value.hint


@pytest.mark.usefixtures("ordinary_user")
def test_an_index_that_may_not_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    write_file(tmp_path / "own" / "a.txt", BEIRUT)
    index = open_index(tmp_path / "index")
    sync_all(index, tmp_path / "own")
    index.close()
    (tmp_path / "index").chmod(0o555)
    with pytest.raises(StoreError, match="cannot be written") as caught:
        open_index(tmp_path / "index")
    assert "--index" in caught.value.hint
    (tmp_path / "index").chmod(0o755)
    open_index(tmp_path / "index").close()


@pytest.mark.usefixtures("ordinary_user")
def test_an_index_in_a_folder_that_may_not_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    with pytest.raises(StoreError, match="cannot be made: Permission denied") as caught:
        open_index(tmp_path / "closed" / "index")
    assert "--index" in caught.value.hint


@pytest.mark.usefixtures("ordinary_user")
@pytest.mark.parametrize("pattern", ["articles.sqlite", "vectors-*/chroma.sqlite3"])
def test_files_of_the_index_that_may_not_be_opened_are_an_error_with_a_hint(tmp_path: Path, pattern: str) -> None:
    write_file(tmp_path / "own" / "a.txt", BEIRUT)
    index = open_index(tmp_path / "index")
    sync_all(index, tmp_path / "own")
    index.close()
    [file] = (tmp_path / "index").glob(pattern)
    file.chmod(0o000)
    (tmp_path / "index").chmod(0o555)
    with pytest.raises(StoreError) as caught:
        open_index(tmp_path / "index")
    assert caught.value.hint
    (tmp_path / "index").chmod(0o755)


def test_an_index_is_open_once_at_a_time_and_free_when_closed(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index")
    with pytest.raises(IndexLockedError, match="already open in this process"):
        open_index(tmp_path / "index")
    index.close()
    index.close()
    open_index(tmp_path / "index").close()


# Writing, broken off at each step

STEPS = [
    ("vectors", "add", False),
    ("vectors", "add", True),
    ("articles", "put", False),
    ("articles", "put", True),
    ("vectors", "remove", False),
    ("vectors", "remove", True),
    ("files", "put", False),
    ("files", "put", True),
    ("files", "forget", False),
    ("files", "forget", True),
]


def edit(folder: Path) -> None:
    """Change one file, rename another, and add a third."""
    write_file(folder / "a.txt", BEIRUT.replace("seven", "eight"))
    (folder / "b.txt").rename(folder / "c.txt")
    write_file(folder / "d.txt", OSLO)


@pytest.mark.parametrize(("part", "method", "after"), STEPS)
def test_a_sync_broken_off_at_any_step_leaves_an_index_that_answers_and_goes_on(
    closed: Path, folder: Path, part: str, method: str, after: bool
) -> None:
    index = open_index(closed)
    edit(folder)
    setattr(index, part, Breaking(getattr(index, part), method, after))
    with pytest.raises(RuntimeError, match="on purpose"):
        sync_all(index, folder)
    assert search(index, "Who met in Beirut?", 1)[0].article.title == "Talks in Beirut"
    index.close()
    index = open_index(closed)
    check_answers(index, folder)
    index.close()


@pytest.mark.parametrize(("part", "method", "after"), STEPS)
def test_a_sync_broken_off_can_be_repeated_without_opening_again(
    closed: Path, folder: Path, part: str, method: str, after: bool
) -> None:
    index = open_index(closed)
    edit(folder)
    whole = getattr(index, part)
    setattr(index, part, Breaking(whole, method, after))
    with pytest.raises(RuntimeError, match="on purpose"):
        sync_all(index, folder)
    setattr(index, part, whole)
    sync_all(index, folder)
    index.close()
    index = open_index(closed)
    check_like_clean_build(index, folder)
    index.close()


def test_the_old_version_answers_until_the_new_one_can(closed: Path, folder: Path) -> None:
    index = open_index(closed)
    index.vectors = Breaking(index.vectors, "add")  # type: ignore[assignment]
    write_file(folder / "a.txt", BEIRUT.replace("seven", "eight"))
    with pytest.raises(RuntimeError, match="on purpose"):
        sync_all(index, folder)
    assert "seven" in search(index, "Who met in Beirut?", 1)[0].paragraph.text
    index.close()


def test_a_repair_embeds_only_what_is_missing(closed: Path) -> None:
    index = open_index(closed)
    index.vectors.remove(["a#1@" + article_version(index.articles.article("a"))])
    index.close()
    embedder = CountingEmbedder()
    index = open_index(closed, embedder)
    assert [text.split("\n")[0] for text in embedder.texts] == ["Talks in Beirut"]
    check_in_step(index)
    index.close()


def test_opening_an_index_that_was_closed_in_order_embeds_nothing(closed: Path) -> None:
    embedder = CountingEmbedder()
    open_index(closed, embedder).close()
    assert embedder.texts == []


def test_a_folder_that_holds_other_files_is_not_taken_for_an_index(tmp_path: Path) -> None:
    (tmp_path / "vectors-mine").mkdir()
    with pytest.raises(StoreError, match="holds other files and no index"):
        open_index(tmp_path)
    assert (tmp_path / "vectors-mine").is_dir()


def test_chroma_takes_no_orders_from_the_working_directory_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("chroma_api_impl=chromadb.api.fastapi.FastAPI\nis_persistent=abc\n")
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_SERVER_HOST", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    index = open_index(tmp_path / "index")
    assert (index.vectors.folder / "chroma.sqlite3").exists()
    index.close()
