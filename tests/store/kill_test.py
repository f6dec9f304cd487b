"""Killing a process at a random moment of a sync, again and again: nothing is lost and nothing is left over.

Run more kills than the tests do with: python -m tests.store.kill_test --kills 20
"""

import argparse
import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.search.hybrid import search
from tests.fakes import WordHashEmbedder
from tests.store.rooms import check_in_step, check_like_clean_build, open_index, sync_all, write

ARTICLES = 150
PARAGRAPHS = 10
LONGEST_SECONDS = 2.0
"""A whole sync takes about so long."""


class SlowEmbedder(WordHashEmbedder):
    """Takes a little time for each text, as a model does."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(len(texts) / 4000)
        return super().embed(texts)


def write_articles(folder: Path, chance: random.Random, share: float) -> None:
    """Write some of the articles anew, delete one and rename one."""
    for number in range(ARTICLES):
        if chance.random() < share:
            towns = [f"town{chance.randrange(1000)}" for _ in range(PARAGRAPHS)]
            paragraphs = [f"The ministers met in {town} and talked about the water of {number}." for town in towns]
            write(folder / f"{number}.txt", f"Talks number {number}\n\n" + "\n\n".join(paragraphs))
    files = sorted(folder.iterdir())
    files[chance.randrange(len(files))].unlink()
    files = sorted(folder.iterdir())
    files[chance.randrange(len(files))].replace(folder / f"renamed{chance.randrange(10)}.txt")


def kill_a_sync(index: Path, folder: Path, seconds: float) -> None:
    """Start a process that syncs, and kill it so many seconds later."""
    command = [sys.executable, "-m", "tests.store.kill_test", "--sync", str(index), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def state(index: Path) -> str:
    """Return what a killed process was doing, by what it left behind."""
    if not (index / "owner").exists():
        return "after the end" if (index / "articles.sqlite").exists() else "before the start"
    with tempfile.TemporaryDirectory() as place:
        # SQLite would repair the file that it opens; that is left to the index.
        for file in index.glob("articles.sqlite*"):
            shutil.copy(file, place)
        with contextlib.closing(sqlite3.connect(Path(place, "articles.sqlite"))) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'meta'").fetchall()
            rows = connection.execute("SELECT value FROM meta WHERE name = 'state'").fetchall() if tables else []
    return "while writing" if rows == [("writing",)] else "while opening"


def run_kills(kills: int, seed: int = 1) -> Counter[str]:
    """Kill that many syncs, and check the index after each against one made from nothing.

    Returns:
        How many processes were killed in which state.
    """
    chance = random.Random(seed)
    states: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder, index_folder = Path(place, "articles"), Path(place, "index")
        folder.mkdir()
        for kill in range(kills):
            write_articles(folder, chance, 1.0 if kill % 4 == 0 else 0.6)
            kill_a_sync(index_folder, folder, chance.uniform(0.02, LONGEST_SECONDS))
            states[state(index_folder)] += 1
            index = open_index(index_folder)
            try:
                check_in_step(index)
                assert search(index, "Who met in town7?", 5) or not index.articles.count("articles")
                sync_all(index, folder)
                assert search(index, "Who met in town7?", 5)
                check_like_clean_build(index, folder)
            finally:
                index.close()
    return states


def test_killing_a_sync_at_any_moment_loses_nothing() -> None:
    states = run_kills(kills=3)
    assert states.total() == 3


def main() -> None:
    """Run from the command line, as the killer or as its victim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sync", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.sync:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        index = open_index(arguments.sync[0], SlowEmbedder())
        sync_all(index, arguments.sync[1])
        index.close()
        return
    states = run_kills(arguments.kills, arguments.seed)
    killed = ", ".join(f"{number} {state}" for state, number in states.most_common())
    sys.stdout.write(f"{arguments.kills} kills ({killed}): every index opened, answered and equalled a clean build\n")


if __name__ == "__main__":
    main()
