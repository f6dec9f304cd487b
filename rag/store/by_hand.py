"""Putting articles in and taking them out by hand, whatever the folder of articles holds."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag.errors import NotFoundError
from rag.store.added import added_folder, keep_files, read_again, removed_by_hand, set_removed
from rag.store.index import Index, OnProgress, ignore_progress
from rag.store.report import FileReport
from rag.store.scan import ADDED
from rag.store.sync import sync_held


def add_by_hand(
    index: Index,
    folder: Path | None,
    files: Mapping[str, Path],
    max_megabytes: int,
    on_progress: OnProgress = ignore_progress,
) -> list[FileReport]:
    """Put files into an index that are not in its folder; copies are kept beside the index.

    Args:
        index: The index.
        folder: The folder that the index belongs to, or None if it belongs to none or its folder is gone.
        files: The files by the names that they are to have. One that was added before under the same name is replaced.
        max_megabytes: Larger files are not read.
        on_progress: Called now and then.

    Returns:
        A report for each file, and for each article that could not be read.

    Raises:
        StoreError: The index cannot be written.
    """
    # Held from the first copy on: a removal in between would delete a file that has just taken the place of another.
    with index.syncing:
        kept = keep_files(index, files)
        paths = [report.path for report in kept if report.status != "failed"]
        reports = sync_held(index, folder, max_megabytes, on_progress, may_be_empty=True)
        for path in paths:
            if not index.files.article_ids(ADDED + path):  # nothing in it could be read
                (added_folder(index) / path).unlink(missing_ok=True)
    added = [replace(each, path=each.path.removeprefix(ADDED)) for each in reports if each.path.startswith(ADDED)]
    of_these = [each for each in added if each.path in paths or each.path.rpartition(":")[0] in paths]
    return [report for report in kept if report.status == "failed"] + of_these


def remove_by_hand(index: Index, article_id: str) -> bool:
    """Remove an article, and see to it that no sync brings it back.

    A file that was added by hand is deleted with its last article; one of the folder stays as it is.

    Returns:
        Whether `put_back_by_hand` can bring it back: a file still holds it.

    Raises:
        NotFoundError: There is no such article.
        StoreError: The index cannot be written.
    """
    with index.syncing:
        index.articles.article(article_id)  # raises unless it is there
        paths = index.files.paths(article_id)
        removed = removed_by_hand(index)
        for path in paths:
            removed.setdefault(path, []).append(article_id)
        set_removed(index, removed)
        index.begin_writing()
        index.vectors.remove(index.files.remove_article(article_id))
        added = [path for path in paths if path.startswith(ADDED) and not index.files.article_ids(path)]
        for path in added:
            (added_folder(index) / path.removeprefix(ADDED)).unlink(missing_ok=True)
        index.files.forget(added)
        set_removed(index, {path: ids for path, ids in removed.items() if path not in added})
        index.end_writing()
        return set(paths) != set(added)


def put_back_by_hand(index: Index, folder: Path | None, article_id: str, max_megabytes: int) -> None:
    """Bring an article back that was removed by hand and that a file still holds.

    Args:
        index: The index.
        folder: The folder that the index belongs to, or None if it belongs to none or its folder is gone.
        article_id: The article.
        max_megabytes: Larger files are not read.

    Raises:
        NotFoundError: It was not removed, or no file holds it any more.
        StoreError: The index cannot be written.
    """
    with index.syncing:
        removed = removed_by_hand(index)
        paths = [path for path, ids in removed.items() if article_id in ids]
        left = {path: [each for each in ids if each != article_id] for path, ids in removed.items()}
        set_removed(index, {path: ids for path, ids in left.items() if ids})
        for path in paths:
            read_again(index, path)
        sync_held(index, folder, max_megabytes, ignore_progress, may_be_empty=True)
        if not paths or not index.files.paths(article_id):
            raise NotFoundError(f"{article_id} cannot be put back.", "Is its file still there? Then drop it again.")
