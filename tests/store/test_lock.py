import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.errors import IndexLockedError, StoreError
from rag.store.lock import IndexLock

HOLD = """
import sys
import threading
from pathlib import Path
from rag.store.lock import IndexLock
lock = IndexLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock of a folder."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_who_holds_the_lock_and_what_to_do(tmp_path: Path) -> None:
    with other_process(tmp_path) as owner:
        with pytest.raises(IndexLockedError, match=f"process {owner.pid} ") as caught:
            IndexLock(tmp_path)
        assert f"kill {owner.pid}" in caught.value.hint
        assert "--index" in caught.value.hint


def test_the_lock_of_a_killed_process_is_free_again(tmp_path: Path) -> None:
    with other_process(tmp_path) as owner:
        owner.kill()
        owner.wait()
        assert json.loads((tmp_path / "owner").read_text())["pid"] == owner.pid
        IndexLock(tmp_path).release()


def test_the_same_process_is_told_that_it_has_the_lock_itself(tmp_path: Path) -> None:
    lock = IndexLock(tmp_path)
    with pytest.raises(IndexLockedError, match="already open in this process"):
        IndexLock(tmp_path)
    lock.release()


def test_a_refused_process_does_not_take_the_lock_from_its_owner(tmp_path: Path) -> None:
    lock = IndexLock(tmp_path)
    for _ in range(2):
        with pytest.raises(IndexLockedError, match="already open"):
            IndexLock(tmp_path)
    assert json.loads((tmp_path / "owner").read_text())["pid"] == os.getpid()
    lock.release()


def test_a_released_lock_can_be_taken_again_and_releasing_twice_does_nothing(tmp_path: Path) -> None:
    first = IndexLock(tmp_path)
    first.release()
    second = IndexLock(tmp_path)
    first.release()
    with pytest.raises(IndexLockedError):
        IndexLock(tmp_path)
    second.release()


@pytest.mark.parametrize("owner", ["", "{}", "[1]", '{"pid": "me", "command": 1}', "\0"])
def test_an_unreadable_owner_is_another_process(tmp_path: Path, owner: str) -> None:
    lock = IndexLock(tmp_path)
    (tmp_path / "owner").write_text(owner)
    with pytest.raises(IndexLockedError, match="used by another process"):
        IndexLock(tmp_path)
    lock.release()


@pytest.mark.usefixtures("ordinary_user")
def test_a_folder_that_may_not_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index").chmod(0o555)
    with pytest.raises(StoreError, match="cannot be written") as caught:
        IndexLock(tmp_path / "index")
    assert "--index" in caught.value.hint


def test_another_thread_may_release_the_lock(tmp_path: Path) -> None:
    lock = IndexLock(tmp_path)
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    IndexLock(tmp_path).release()
