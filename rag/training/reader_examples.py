"""Questions about passages, with their answers: read from files and split into training, validation and test.

The files are gzipped JSON lines as `rag/models/weights/reader/README.md` describes them.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Part = Literal["train", "validation"]
SquadPart = Part | Literal["test"]

TEST_ARTICLES = 4
VALIDATION_ARTICLES = 2
"""Of the SQuAD 2.0 articles in the order of a hash of their titles, the first are for test, the next for validation."""

VALIDATION_SHARE = 0.05
"""Of all other passages so many, by a hash of their text, are for validation."""

NEAR = 100
"""Characters around an answer that tell whether the question is about it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a passage.

    Attributes:
        source: Name of the data set.
        question: The question.
        passage: The text to read.
        answers: What counts as the answer, none if the passage does not tell.
        start: Offset of the first answer in the passage, or -1.
        title: Title of the passage's article, or an empty string if it is not known.
        before: What stands before the passage in its article, or an empty string.
    """

    source: str
    question: str
    passage: str
    answers: tuple[str, ...]
    start: int
    title: str = ""
    before: str = ""

    @property
    def end(self) -> int:
        """Return the offset behind the first answer; -1 if there is none."""
        return self.start + len(self.answers[0]) if self.answers else -1


def read_examples(mixed: Path, squad: Path, part: Part) -> list[Example]:
    """Read one part of both files."""
    return read_mixed(mixed, part) + read_squad(squad, part)


def read_mixed(path: Path, part: Part) -> list[Example]:
    """Read the part of a file with lines of `source`, `question`, `context`, `answer_start` and `answer`.

    Args:
        path: The file.
        part: `train` or `validation`, by a hash of the passage. Passages of `qamr`, `fairy` and `covid` share
            sentences: half of the answers of the validation part stand in one that is in the train part too.
    """
    found = []
    for line in _lines(path):
        answers = (str(line["answer"]),) if int(line["answer_start"]) >= 0 else ()
        passage = str(line["context"])
        if _is_held_out(passage) == (part == "validation"):
            start = int(line["answer_start"])
            found.append(Example(str(line["source"]), str(line["question"]), passage, answers, start))
    return found


def read_squad(path: Path, part: SquadPart) -> list[Example]:
    """Read the articles of one part of a file with lines of `title`, `context` and `qas`; those are SQuAD 2.0's own."""
    lines = list(_lines(path))
    titles = sorted({str(line["title"]) for line in lines}, key=_hash)
    test, validation = TEST_ARTICLES, TEST_ARTICLES + VALIDATION_ARTICLES
    own = {"test": titles[:test], "validation": titles[test:validation], "train": titles[validation:]}[part]
    return [example for line in lines if line["title"] in own for example in _read_questions(line)]


def _read_questions(line: dict[str, Any]) -> Iterator[Example]:
    for question in line["qas"]:
        asked, passage, answers = str(question["question"]), str(line["context"]), tuple(question["answers"])
        start = _likeliest_start(asked, passage, answers[0]) if answers else -1
        yield Example("squad2", asked, passage, answers, start, str(line["title"]).replace("_", " "))


def _likeliest_start(question: str, passage: str, answer: str) -> int:
    """Return where an answer stands: of several places the one with most of the question's words around it."""
    words = set(re.findall(r"\w+", question.lower()))
    starts = [match.start() for match in re.finditer(re.escape(answer), passage)]
    around = {start: passage[max(start - NEAR, 0) : start + len(answer) + NEAR].lower() for start in starts}
    return max(starts, key=lambda start: len(words & set(re.findall(r"\w+", around[start]))))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _is_held_out(passage: str) -> bool:
    return int(_hash(passage)[:8], 16) < VALIDATION_SHARE * 16**8


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
