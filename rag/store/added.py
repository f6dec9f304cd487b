"""Articles put in and taken out by hand: files kept beside the index, and a list of what is to stay out.

A folder of articles belongs to its owner, so nothing is written into it and nothing in it is deleted. What is added
lies in the index folder and is synced along with the folder; what is removed is remembered and passed over.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag.errors import StoreError
from rag.read import SUFFIXES, suffix_of
from rag.store.index import Index
from rag.store.report import FileReport
from rag.store.scan import ADDED, FolderScan, scan_folder

_MOST_NAME_CHARACTERS = 100
_UNSAFE = re.compile(r"[^\w .,()+=@&'-]")


def added_folder(index: Index) -> Path:
    """Return the folder of the files that were added by hand, which may not be there."""
    return index.folder / "added"


def scan_added(index: Index) -> FolderScan:
    """Find the files that were added by hand."""
    folder = added_folder(index)
    found = scan_folder(folder) if folder.exists() else FolderScan()
    return FolderScan(
        [replace(file, path=ADDED + file.path) for file in found.files],
        [replace(report, path=ADDED + report.path) for report in found.passed_over],
    )


def keep_files(index: Index, files: Mapping[str, Path]) -> list[FileReport]:
    """Copy files to where added files are kept; one of the same name is replaced.

    Args:
        index: The index.
        files: The files by the names that they are to have; a name may have folders in it.

    Returns:
        A report for each file: `added`, or `failed` with a reason. They are not read yet.

    Raises:
        StoreError: They cannot be copied.
    """
    reports = []
    for name, file in files.items():
        path = _safe_path(name)
        if not suffix_of(path):
            reports.append(FileReport(path, "failed", 0, "This kind of file cannot be read.", _readable()))
            continue
        try:
            _copy(file, added_folder(index) / path)
        except OSError as error:
            raise StoreError(f"{path} cannot be kept: {error.strerror}.", "Is the disk full?") from error
        _forget_removed(index, ADDED + path)
        reports.append(FileReport(path, "added", 0))
    return reports


def removed_by_hand(index: Index) -> dict[str, list[str]]:
    """Return the ids of the articles that were removed by hand, by the files that hold them."""
    found: dict[str, list[str]] = json.loads(index.articles.database.meta("removed") or "{}")
    return found


def read_again(index: Index, path: str) -> None:
    """See to it that the next sync reads a file again, whatever it holds."""
    if row := index.files.files().get(path):
        index.files.put(replace(row, hash=""), sorted(index.files.article_ids(path)))


def _forget_removed(index: Index, path: str) -> None:
    removed = removed_by_hand(index)
    if removed.pop(path, None):
        set_removed(index, removed)
        read_again(index, path)


def set_removed(index: Index, removed: Mapping[str, list[str]]) -> None:
    """Remember what was removed by hand."""
    index.articles.database.set_meta("removed", json.dumps(removed))


def _safe_path(name: str) -> str:
    """Return a name as a path below a folder, without anything that a file system, shell or page could obey."""
    parts = [_UNSAFE.sub("-", part).strip(" .") for part in name.replace("\\", "/").split("/")]
    kept = [_shortened(part) for part in parts if part]
    return "/".join(kept[-4:]) or "file"


def _shortened(part: str) -> str:
    end = len(part) - len(suffix_of(part))
    stem = part[:end]
    if len(stem) > _MOST_NAME_CHARACTERS:  # two that begin alike stay two
        stem = f"{stem[: _MOST_NAME_CHARACTERS - 9]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    return stem + part[end:]


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.parent / f".{secrets.token_hex(8)}"  # a sync passes over names with a dot
    try:
        shutil.copyfile(file, part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _readable() -> str:
    return f"Readable are {' '.join(SUFFIXES)}."
