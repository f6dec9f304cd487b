"""The lock: one process at a time uses an index, because two of them damage a Chroma folder."""

import json
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexLockedError
from rag.store.database import not_writable


class IndexLock:
    """Holds an index folder for this process from the moment it is made until `release`.

    The operating system frees the lock when its process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Args:
            folder: The index folder; it must exist.

        Raises:
            IndexLockedError: Another process, or another `Assistant` in this one, holds it.
            StoreError: The folder cannot be written.
        """
        self._owner = folder / "owner"
        self._lock = FileLock(folder / "lock", thread_local=False, fallback_to_soft=False)
        try:
            self._lock.acquire(timeout=0)
            self._owner.write_text(json.dumps({"pid": os.getpid(), "command": " ".join(sys.argv)[:200]}))
        except Timeout as error:
            raise self._locked_error(folder) from error
        except OSError as error:
            self._lock.release()
            raise not_writable(folder, error.strerror or str(error)) from error

    def release(self) -> None:
        """Let the next process in."""
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _locked_error(self, folder: Path) -> IndexLockedError:
        try:
            owner = json.loads(self._owner.read_text())
            pid, command = int(owner["pid"]), str(owner["command"])
        except (OSError, ValueError, KeyError, TypeError):
            return IndexLockedError(f"The index in {folder} is used by another process.", "Close it and try again.")
        if pid == os.getpid():
            return IndexLockedError(
                f"The index in {folder} is already open in this process.", "Close that Assistant first, or share it."
            )
        return IndexLockedError(
            f"The index in {folder} is used by process {pid} ({command}).",
            f"Close it (or: kill {pid}) and try again, or choose another folder with --index DIR.",
        )
