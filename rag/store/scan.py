"""Looking through a folder for files that may hold articles."""

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from rag.errors import FolderError
from rag.read import SUFFIXES, suffix_of
from rag.store.report import FileReport

LATEST_NS = 2**63 - 1
"""SQLite keeps no larger number; a file from the year 2262 or later counts as from then."""

ADDED = ".added/"
"""What the paths of files that were added by hand begin with; in a folder, names with a dot are passed over."""

_NAME_A_FOLDER = "Name a folder with articles: footnote index DIR"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may hold articles.

    Attributes:
        path: Relative to the folder, with forward slashes.
        file: Where to open it.
        size: In bytes.
        modified_ns: Time of the last change in nanoseconds.
    """

    path: str
    file: Path
    size: int
    modified_ns: int

    def hash(self) -> str:
        """Return the SHA-256 of the file's suffix and bytes: the same bytes are read otherwise under another suffix."""
        suffix = suffix_of(self.file.name)
        with self.file.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.sha256(suffix.encode())).hexdigest()


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What lies in a folder: the files to read, and what was passed over with the reason."""

    files: list[FoundFile] = field(default_factory=list)
    passed_over: list[FileReport] = field(default_factory=list)

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Return which files are gone for certain: not found, and not below something that was passed over."""
        seen = {file.path for file in self.files} | {report.path for report in self.passed_over}
        return [path for path in paths if seen.isdisjoint([path, *map(str, PurePosixPath(path).parents)])]


def scan_folder(folder: Path) -> FolderScan:
    """Find the files with articles in a folder and below, in order of their paths.

    Names that begin with a dot are passed over in silence; links that lead out of the folder, and what may not be
    opened, with a report.

    Args:
        folder: A folder, or a single file.

    Raises:
        FolderError: There is no such folder, it cannot be listed, or the file is of no kind that can be read.
    """
    scan = FolderScan()
    mode = _mode(folder)
    if stat.S_ISREG(mode):
        if not suffix_of(folder.name):
            raise FolderError(f"The file {folder} ends in none of {' '.join(SUFFIXES)}.", _NAME_A_FOLDER)
        scan.files.append(_found(folder, folder.parent, folder.stat()))
        return scan
    if not stat.S_ISDIR(mode):
        raise FolderError(f"The folder of articles {folder} is no folder.", _NAME_A_FOLDER)

    def pass_over(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise FolderError(f"The folder {folder} cannot be listed: {error.strerror}.", "Check its permissions.")
        path = Path(error.filename).relative_to(folder).as_posix()
        scan.passed_over.append(_cannot_open(path, error))

    for parent, folders, names in os.walk(folder, onerror=pass_over):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(names)]:
            _look_at(Path(parent, name), folder, scan)
    return scan


def _mode(folder: Path) -> int:
    try:
        return folder.stat().st_mode
    except FileNotFoundError as error:
        raise FolderError(f"The folder of articles {folder} does not exist.", _NAME_A_FOLDER) from error
    except OSError as error:
        problem = f"The folder of articles {folder} cannot be opened: {error.strerror}."
        raise FolderError(problem, "Check its permissions.") from error


def _look_at(file: Path, folder: Path, scan: FolderScan) -> None:
    if file.name.startswith((".", "~$")):
        return  # hidden, or the mark of Word that a file is open
    path = file.relative_to(folder).as_posix()
    is_wanted = bool(suffix_of(file.name))
    try:
        status = file.stat()
    except OSError as error:
        if is_wanted:
            scan.passed_over.append(_cannot_open(path, error))
        return
    is_folder = stat.S_ISDIR(status.st_mode)
    leads_out = file.is_symlink() and not file.resolve().is_relative_to(folder.resolve())
    if leads_out and (is_wanted or is_folder):
        reason = "It is a link that leads out of the folder."
        scan.passed_over.append(_passed_over(path, reason, "Copy what it leads to into the folder."))
    elif is_wanted and not is_folder:
        if not stat.S_ISREG(status.st_mode):
            scan.passed_over.append(_passed_over(path, "It is no regular file.", "Remove it."))
        elif not is_unicode(path):
            scan.passed_over.append(_passed_over(path, "Its name is not UTF-8.", "Rename it."))
        else:
            scan.files.append(_found(file, folder, status))


def _found(file: Path, folder: Path, status: os.stat_result) -> FoundFile:
    return FoundFile(file.relative_to(folder).as_posix(), file, status.st_size, min(status.st_mtime_ns, LATEST_NS))


def is_unicode(path: str) -> bool:
    """Tell whether a path can be stored and printed."""
    return path == path.encode("utf-8", "ignore").decode("utf-8")


def _cannot_open(path: str, error: OSError) -> FileReport:
    return _passed_over(path, f"It cannot be opened: {error.strerror}.", "Check its permissions.")


def _passed_over(path: str, reason: str, hint: str) -> FileReport:
    # A name that is not UTF-8 can be neither stored nor printed.
    printable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return FileReport(printable, "failed", 0, reason, hint)
