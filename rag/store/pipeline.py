"""Reading, embedding and writing at the same time, so that none of them waits for another."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Batch = TypeVar("Batch")
Vectors = TypeVar("Vectors")


def run_pipeline(
    batches: Iterator[Batch], embed: Callable[[Batch], Vectors], write: Callable[[Batch, Vectors], None]
) -> Iterator[Batch]:
    """Take each batch through three stages that overlap with those of its neighbours.

    The next batch is read in one thread while this one is embedded in the caller's and the one before is written in
    another. Batches are written in order, and an exception of any stage reaches the caller.

    Args:
        batches: Reads the next batch when asked.
        embed: Makes vectors of a batch.
        write: Stores a batch.

    Yields:
        Each batch once it has been written.
    """
    with ThreadPoolExecutor(1, "read") as reading, ThreadPoolExecutor(1, "write") as writing:
        following: Future[Batch | None] = reading.submit(next, batches, None)
        written: Future[Batch] | None = None

        def finish(batch: Batch, vectors: Vectors) -> Batch:
            write(batch, vectors)
            return batch

        while (batch := following.result()) is not None:
            following = reading.submit(next, batches, None)
            vectors = embed(batch)
            if written:
                yield written.result()
            written = writing.submit(finish, batch, vectors)
        if written:
            yield written.result()
