"""Counting the articles of a file without reading them, so that progress can be told."""

import gzip
import zlib
from itertools import islice
from pathlib import Path

_BLOCK = 1 << 20
_MAX_BLOCKS = 2000


def count_articles(path: Path) -> int:
    """Return about how many articles a file holds: its lines if it is JSON lines, else 1.

    A list in a `.json` file counts as 1 too, since only reading it all would tell how many it holds.

    Args:
        path: The file; one that cannot be read counts as 1. Of a very large one the first 2 GB are looked at.
    """
    name = path.name.lower()
    if not name.endswith((".jsonl", ".jsonl.gz")) or not path.is_file():
        return 1
    try:
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as stream:
            blocks = islice(iter(lambda: stream.read(_BLOCK), b""), _MAX_BLOCKS)
            lines = sum(block.count(b"\n") for block in blocks)
    except (OSError, EOFError, zlib.error):
        return 1
    return max(lines, 1)
