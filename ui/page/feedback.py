"""What visitors think of answers, kept as one JSON object a line."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import StoreError
from rag.records import Answer

MOST_REASON_CHARACTERS = 2000


class FeedbackFile:
    """A file that only grows. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Use a file, which is made with the first line."""
        self.path = path
        self._writing = threading.Lock()

    def add(self, answer: Answer, thumb: str, reason: str) -> None:
        """Keep one opinion.

        Args:
            answer: The answer.
            thumb: `up` or `down`.
            reason: Why, in the visitor's words; may be empty.

        Raises:
            StoreError: The file cannot be written.
        """
        line = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "thumb": thumb,
            "reason": reason[:MOST_REASON_CHARACTERS],
            "question": answer.question,
            "standalone_question": answer.standalone_question,
            "outcome": answer.outcome,
            "text": answer.text,
            "cites": [citation.ref for citation in answer.citations],
            "model": answer.model,
        }
        try:
            with self._writing, self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as error:
            raise StoreError(
                f"Feedback cannot be kept in {self.path}: {error.strerror}.", "Is the disk full?"
            ) from error
