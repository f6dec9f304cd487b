from collections.abc import Iterator

import pytest

from rag.store.pipeline import run_pipeline


class Stages:
    """Three stages that remember what passed through them, one of which may fail at a batch."""

    def __init__(self, fails: str = "", at: int = 3) -> None:
        self.fails, self.at = fails, at
        self.written: list[tuple[int, str]] = []

    def read(self) -> Iterator[int]:
        for batch in range(1, 6):
            self.check("read", batch)
            yield batch

    def embed(self, batch: int) -> str:
        self.check("embed", batch)
        return f"vector {batch}"

    def write(self, batch: int, vectors: str) -> None:
        self.check("write", batch)
        self.written.append((batch, vectors))

    def check(self, stage: str, batch: int) -> None:
        if (stage, batch) == (self.fails, self.at):
            raise RuntimeError(f"{stage} {batch}")


def test_batches_are_written_in_order_each_with_its_own_vectors() -> None:
    stages = Stages()
    assert list(run_pipeline(stages.read(), stages.embed, stages.write)) == [1, 2, 3, 4, 5]
    assert stages.written == [(number, f"vector {number}") for number in range(1, 6)]


def test_a_batch_is_yielded_only_when_it_has_been_written() -> None:
    stages = Stages()
    for batch in run_pipeline(stages.read(), stages.embed, stages.write):
        assert (batch, f"vector {batch}") in stages.written


def test_nothing_to_read_is_nothing_to_do() -> None:
    stages = Stages()
    assert list(run_pipeline(iter([]), stages.embed, stages.write)) == []


@pytest.mark.parametrize("stage", ["read", "embed", "write"])
def test_a_failure_of_any_stage_reaches_the_caller_and_leaves_no_gap(stage: str) -> None:
    stages = Stages(fails=stage)
    with pytest.raises(RuntimeError, match=f"{stage} 3"):
        list(run_pipeline(stages.read(), stages.embed, stages.write))
    assert [batch for batch, _ in stages.written] in ([1], [1, 2])


def test_a_caller_who_stops_looking_ends_the_work() -> None:
    stages = Stages()
    pipeline = run_pipeline(stages.read(), stages.embed, stages.write)
    assert next(pipeline) == 1
    pipeline.close()
    assert len(stages.written) <= 3
