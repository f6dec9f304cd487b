from pathlib import Path

from evals.benchmark import run_benchmark
from rag.store.index import ignore_progress


def test_the_seeds_are_measured_and_a_finished_size_is_not_run_again(tmp_path: Path) -> None:
    first = list(run_benchmark(Path("seeds"), [2, None], tmp_path, ignore_progress))
    assert [result.articles for result in first] == [2, 3]
    assert all(result.characters > 5000 and result.share > 0 for result in first)
    assert all(result.search_p95_ms >= result.search_median_ms > 0 for result in first)
    again = list(run_benchmark(Path("seeds"), [2, None], tmp_path, ignore_progress))
    assert again == first
