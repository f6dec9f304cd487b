"""Bringing an index in step with a folder: what is new goes in, what changed is replaced, what is gone goes out."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import FolderError, IndexFolderError, ReadError
from rag.read import SUFFIXES, count_articles, read_articles
from rag.records import Article
from rag.store.added import added_folder, removed_by_hand, scan_added, set_removed
from rag.store.articles import NewArticle
from rag.store.files import FileRow
from rag.store.identity import Identities
from rag.store.index import CHUNKS_PER_BATCH, Index, OnProgress, Progress, ignore_progress, with_chunks
from rag.store.pipeline import run_pipeline
from rag.store.report import FileReport, FileStatus
from rag.store.scan import ADDED, FolderScan, FoundFile, is_unicode, scan_folder


def sync(
    index: Index,
    folder: Path | None,
    max_megabytes: int,
    on_progress: OnProgress = ignore_progress,
    may_be_empty: bool = False,
) -> list[FileReport]:
    """Bring an index in step with a folder, when no other thread does.

    Only what is new or changed is embedded. A file that cannot be read keeps the articles that it gave before. The
    work is saved batch by batch: after an interruption the next call goes on where this one stopped.

    Args:
        index: The index.
        folder: A folder with articles, or a single file; None for only what was added by hand.
        max_megabytes: Larger files are not read.
        on_progress: Called now and then.
        may_be_empty: Whether a folder without articles is no error, as long as it never had any.

    Returns:
        A report for each file, in order of their paths.

    Raises:
        FolderError: The folder is missing, or holds no articles.
        IndexFolderError: The index belongs to another folder.
        StoreError: The index cannot be written; what was in it still is.
    """
    with index.syncing:
        return sync_held(index, folder, max_megabytes, on_progress, may_be_empty)


def sync_held(
    index: Index, folder: Path | None, max_megabytes: int, on_progress: OnProgress, may_be_empty: bool
) -> list[FileReport]:
    """Do what `sync` does for a caller that holds `index.syncing`."""
    return _Sync(index, folder, max_megabytes, on_progress).run(may_be_empty)


@dataclass(slots=True)
class _Batch:
    """What is embedded and written together: new articles, and the files that are complete with them."""

    new: list[NewArticle] = field(default_factory=list)
    files: list[tuple[FileRow, Sequence[str]]] = field(default_factory=list)
    articles: int = 0
    characters: int = 0

    @property
    def is_full(self) -> bool:
        return sum(len(new.chunks) for new in self.new) >= CHUNKS_PER_BATCH


class _Sync:
    def __init__(self, index: Index, folder: Path | None, max_megabytes: int, on_progress: OnProgress) -> None:
        self.index = index
        self.in_folder = scan_folder(folder) if folder else FolderScan()
        self.added = scan_added(index)
        self.scan = FolderScan(
            self.in_folder.files + self.added.files, self.in_folder.passed_over + self.added.passed_over
        )
        self.folder = folder.resolve() if folder else None
        self.max_megabytes = max_megabytes
        self.on_progress = on_progress
        self.removed = removed_by_hand(index)
        known = index.files.files()
        self.known = {path: row for path, row in known.items() if folder or path.startswith(ADDED)}
        self.gone = set(self.scan.missing(self.known))
        self.identities = Identities(index.articles, index.files, self.gone)
        self.renamed: set[str] = set()
        self.reports = list(self.scan.passed_over)

    def run(self, may_be_empty: bool) -> list[FileReport]:
        if self.folder:
            self._check_folder(self.folder, may_be_empty)
        self.index.begin_writing()
        seen = {row.hash for row in self.known.values()}
        new: list[FileRow] = []
        twins: list[FileRow] = []
        for file in self._changed_files():
            (twins if file.hash in seen else new).append(file)
            seen.add(file.hash)
        self._read(new)
        self._read([file for file in twins if not self._settle_as_twin(file)])
        self._forget_gone()
        self.index.end_writing()
        return sorted(self.reports, key=lambda report: report.path)

    def _check_folder(self, folder: Path, may_be_empty: bool) -> None:
        if not is_unicode(str(folder)):
            raise FolderError(f"The name of the folder {ascii(str(folder))} is not UTF-8.", "Rename it.")
        belongs_to = self.index.articles.database.meta("folder")
        if belongs_to and belongs_to != str(folder):
            raise IndexFolderError(
                f"The index in {self.index.folder} holds the articles of {belongs_to}, not of {folder}.",
                "Give the other folder an index of its own: --index DIR",
            )
        known = any(not path.startswith(ADDED) for path in self.known)
        if not self.in_folder.files and not self.in_folder.passed_over and (known or not may_be_empty):
            # An unmounted disk looks just like a folder that was emptied.
            hint = f"Is its disk there? To forget its articles, delete {self.index.folder}."
            hint = hint if known else f"Put files there that end in {', '.join(SUFFIXES)}."
            raise FolderError(f"There are no articles in {folder}.", hint)
        self.index.articles.database.set_meta("folder", str(folder))

    def _changed_files(self) -> Iterator[FileRow]:
        """Settle the files whose content is as it was, and yield the others."""
        for file in self.scan.files:
            row = self.known.get(file.path)
            if row and row.looks_the_same(file.size, file.modified_ns):
                self._report_unchanged(row)
                continue
            try:
                found = self._row(file)
            except OSError as error:
                problem = ReadError(f"It cannot be opened: {error.strerror}.", "Check its permissions.")
                self.reports.append(_failure(file.path, problem))
                continue
            if row and row.hash == found.hash:
                found = replace(found, failures=row.failures)
                self.index.files.put(found, sorted(self.index.files.article_ids(file.path)))
                self._report_unchanged(found)
            else:
                yield found

    def _row(self, file: FoundFile) -> FileRow:
        known = self.known.get(file.path)
        return FileRow(
            path=file.path,
            size=file.size,
            modified_ns=file.modified_ns,
            checked_ns=time.time_ns(),
            hash=file.hash(),
            base_id=known.base_id if known else self.identities.base_id(file.path),
        )

    def _settle_as_twin(self, file: FileRow) -> bool:
        """Settle a file whose content is stored under another name; False if it no longer is."""
        twin = self.index.files.twin(file)
        if not twin:
            return False
        article_ids = sorted(self.index.files.article_ids(twin.path))
        if not article_ids:
            return False  # they were removed by hand, and nobody said so of this file
        renamed = twin.path in self.gone and file.path not in self.known
        if renamed:
            self.renamed.add(twin.path)
            if self.identities.claim(twin.base_id, file.path):
                file = replace(file, base_id=twin.base_id)
        self.index.files.put(file, article_ids)
        status: FileStatus = "renamed" if renamed else "changed" if file.path in self.known else "added"
        reason = f"It was called {twin.path}." if renamed else f"It has the same content as {twin.path}."
        self._report(file.path, status, len(article_ids), reason)
        return True

    def _read(self, files: Sequence[FileRow]) -> None:
        if not files:
            return
        total = sum(count_articles(self._locate(file)) for file in files)
        done = characters = 0
        self.on_progress(Progress("reading articles", 0, total, 0))
        for batch in run_pipeline(self._batches(files), self._embed, self._write):
            done += batch.articles
            characters += batch.characters
            self.on_progress(Progress("reading articles", done, total, characters))

    def _batches(self, files: Sequence[FileRow]) -> Iterator[_Batch]:
        batch = _Batch()
        for file in files:
            held = self.index.files.article_ids(file.path)
            if held:
                self._keep_names(file)
            article_ids: list[str] = []
            failures: list[FileReport] = []
            changed = False
            for article in read_articles(self._locate(file), file.base_id, self.max_megabytes):
                batch.articles += 1
                if isinstance(article, ReadError):
                    failures.append(_failure(file.path, article))
                    continue
                batch.characters += len(article.text)
                before = len(batch.new)
                article_ids += self._take(article, file, batch)
                changed = changed or len(batch.new) > before
                if batch.is_full:
                    yield batch
                    batch = _Batch()
            self.reports += failures
            if article_ids or file.path in self.removed:
                # What a line gave before it went bad is kept.
                kept = {*article_ids, *held} if failures else {*article_ids}
                self._report_read(file.path, article_ids, changed or held != kept)
                batch.files.append((replace(file, failures=tuple(failures)), sorted(kept)))
        yield batch

    def _take(self, article: Article, file: FileRow, batch: _Batch) -> Iterator[str]:
        """Put an article into the batch if it is new, and yield its id, unless it was removed by hand."""
        article_id = self.identities.id_of_same(article)
        if not article_id:
            article_id = self.identities.new_id(article, file.path)
            if article_id in self.removed.get(file.path, ()):
                self.identities.release(article_id)
                return
            batch.new.append(with_chunks(replace(article, id=article_id)))
        yield article_id

    def _keep_names(self, file: FileRow) -> None:
        """Leave their ids to the articles that the file still has, before a new one among them asks for one."""
        for article in read_articles(self._locate(file), file.base_id, self.max_megabytes):
            if not isinstance(article, ReadError):
                self.identities.id_of_same(article)

    def _report_unchanged(self, file: FileRow) -> None:
        self.reports += file.failures
        self._report(file.path, "unchanged", len(self.index.files.article_ids(file.path)))

    def _report_read(self, path: str, article_ids: Sequence[str], changed: bool) -> None:
        known = path in self.known
        self._report(path, ("changed" if changed else "unchanged") if known else "added", len(article_ids))

    def _embed(self, batch: _Batch) -> NDArray[np.float32]:
        return self.index.embed(batch.new)

    def _write(self, batch: _Batch, vectors: NDArray[np.float32]) -> None:
        self.index.write(batch.new, vectors)
        for file, article_ids in batch.files:
            self.index.files.put(file, article_ids)

    def _forget_gone(self) -> None:
        for path in self.gone:
            if path not in self.renamed:
                self._report(path, "removed", len(self.index.files.article_ids(path)))
        self.index.vectors.remove(self.index.files.forget(sorted(self.gone)))
        if gone := self.removed.keys() & self.gone:  # a new file of the same name is another one
            set_removed(self.index, {path: ids for path, ids in self.removed.items() if path not in gone})

    def _locate(self, file: FileRow) -> Path:
        if file.path.startswith(ADDED):
            return added_folder(self.index) / file.path.removeprefix(ADDED)
        assert self.folder, "only a folder has files that were not added"
        return self.folder / file.path if self.folder.is_dir() else self.folder

    def _report(self, path: str, status: FileStatus, articles: int, reason: str = "") -> None:
        self.reports.append(FileReport(path, status, articles, reason))


def _failure(path: str, error: ReadError) -> FileReport:
    where = path if error.line is None else f"{path}:{error.line}"
    # The file's name stands beside the reason already.
    reason = error.message.removeprefix(f"{Path(where).name}: ")
    return FileReport(where, "failed", 0 if error.line is None else 1, reason, error.hint)
