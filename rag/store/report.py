"""What a sync tells of each file."""

from dataclasses import dataclass
from typing import Literal

FileStatus = Literal["added", "changed", "unchanged", "renamed", "removed", "failed"]
"""What a sync found out about one file."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a sync did with one file, or with one article of a file that holds many.

    Attributes:
        path: The file, relative to the synced folder; `name:line` for an article of a JSON-lines file.
        status: What was found out.
        articles: How many articles of it the status speaks of.
        reason: Why it failed, what it was called before, or an empty string.
        hint: What to do about a failure, or an empty string.
    """

    path: str
    status: FileStatus
    articles: int
    reason: str = ""
    hint: str = ""
