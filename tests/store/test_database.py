import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import IndexLayoutError, StorageFullError, StoreError
from rag.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "articles.sqlite")
    yield opened
    opened.close()


def test_a_named_value_is_kept_and_an_unknown_one_is_empty(database: Database) -> None:
    database.set_meta("folder", "/a")
    database.set_meta("folder", "/b")
    assert (database.meta("folder"), database.meta("unknown")) == ("/b", "")


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute("INSERT INTO meta VALUES ('a', '1')")
        raise ZeroDivisionError
    assert database.meta("a") == ""


def test_each_thread_may_read_and_write(database: Database) -> None:
    threads = [threading.Thread(target=database.set_meta, args=(str(number), "x")) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [database.meta(str(number)) for number in range(20)] == ["x"] * 20


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be counted here")
def test_connections_of_ended_threads_are_closed(database: Database) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(20):
        thread = threading.Thread(target=database.set_meta, args=(str(number), "x"))
        thread.start()
        thread.join()
    assert len(list(Path("/proc/self/fd").iterdir())) < before + 10


def test_another_layout_is_an_error_that_names_both(tmp_path: Path) -> None:
    database = Database(tmp_path / "articles.sqlite")
    database.set_meta("layout", "0")
    database.close()
    with pytest.raises(IndexLayoutError, match="has layout 0; this version of Footnote reads layout ") as caught:
        Database(tmp_path / "articles.sqlite")
    assert "another folder with --index DIR" in caught.value.hint


def test_a_sqlite_file_of_someone_else_is_of_an_unknown_layout(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "articles.sqlite") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(IndexLayoutError, match="layout unknown"):
        Database(tmp_path / "articles.sqlite")


def test_garbage_is_told_as_damage_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "articles.sqlite").write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match="damaged") as caught:
        Database(tmp_path / "articles.sqlite")
    assert (
        caught.value.hint == f"Delete articles.sqlite in {tmp_path} and run: footnote index FOLDER --index {tmp_path}"
    )


def test_an_empty_file_is_made_a_database(tmp_path: Path) -> None:
    (tmp_path / "articles.sqlite").touch()
    Database(tmp_path / "articles.sqlite").close()


def test_a_full_database_is_told_as_a_full_disk_and_goes_on_when_it_may_grow(database: Database) -> None:
    [(pages,)] = database.rows("PRAGMA page_count")
    database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFullError, match="cannot grow") as caught:
        database.set_meta("long", "x" * 100_000)
    assert "Free some disk space" in caught.value.hint
    database.rows("PRAGMA max_page_count = 1000000")
    database.set_meta("long", "x" * 100_000)


@pytest.mark.usefixtures("ordinary_user")
def test_a_file_that_may_not_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    Database(tmp_path / "articles.sqlite").close()
    (tmp_path / "articles.sqlite").chmod(0o444)
    database = Database(tmp_path / "articles.sqlite")
    with pytest.raises(StoreError, match="cannot be written") as caught:
        database.set_meta("folder", "/a")
    database.close()
    assert "--index" in caught.value.hint


def test_a_closed_database_is_closed_for_every_thread_and_not_called_damaged(tmp_path: Path) -> None:
    database = Database(tmp_path / "articles.sqlite")
    database.close()
    with pytest.raises(StoreError, match="is closed"), ThreadPoolExecutor(1) as pool:
        pool.submit(database.meta, "layout").result()
    with pytest.raises(StoreError, match="is closed"):
        database.meta("layout")
