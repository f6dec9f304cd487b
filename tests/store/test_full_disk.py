"""A disk that is full, for real: the operating system refuses to let any file of this process grow."""

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import StorageFullError
from rag.search.hybrid import search
from rag.store.index import Index
from tests.store.rooms import check_in_step, check_like_clean_build, open_index, sync_all, write

SENTENCE = "The ministers of {} countries met in town {} on Monday to talk about the price of water and of fish."


@contextlib.contextmanager
def full_disk(largest_file: int) -> Iterator[None]:
    """Let no file of this process grow above a number of bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def many(folder: Path) -> Path:
    """Return a folder with 300 paragraphs in 30 articles."""
    for file in range(30):
        paragraphs = [SENTENCE.format(file, number) for number in range(10)]
        write(folder / f"{file:02}.txt", f"Talks number {file}\n\n" + "\n\n".join(paragraphs))
    return folder


# From a limit that the first table breaks to one that only the larger of the two databases does.
LIMITS = [1_000, 100_000, 200_000, 500_000]


@pytest.mark.parametrize("largest_file", LIMITS)
def test_a_full_disk_is_told_and_the_next_sync_goes_on(tmp_path: Path, many: Path, largest_file: int) -> None:
    with pytest.raises(StorageFullError, match="cannot grow") as caught, full_disk(largest_file):
        build(tmp_path / "index", many)
    assert caught.value.hint.startswith("Free some disk space")
    index = open_index(tmp_path / "index")
    check_in_step(index)
    sync_all(index, many)
    check_like_clean_build(index, many)
    index.close()


def build(index_folder: Path, folder: Path) -> None:
    index = open_index(index_folder)
    try:
        sync_all(index, folder)
    finally:
        index.close()


@pytest.mark.parametrize("largest_file", LIMITS[1:])
def test_an_open_index_answers_while_the_disk_is_full_and_goes_on_afterwards(
    index: Index, many: Path, tmp_path: Path, largest_file: int
) -> None:
    write(many / "00.txt", "Talks\n\nThe envoys of nine countries met in Cairo on Tuesday to talk about the border.\n")
    sync_all(index, many / "00.txt")
    index.articles.database.set_meta("folder", str(many))
    with pytest.raises(StorageFullError), full_disk(largest_file):
        sync_all(index, many)
    assert search(index, "Who met in Cairo?", 1)[0].article.id == "00"
    sync_all(index, many)
    index.close()
    again = open_index(tmp_path / "index")
    check_like_clean_build(again, many)
    again.close()
