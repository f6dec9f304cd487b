from pathlib import Path

from evals.benchmark import run_benchmark
from rag.store.index import ignore_progress


def test_a_folder_is_measured_and_a_finished_size_is_not_run_again(tmp_path: Path) -> None:
    folder, work = tmp_path / "articles", tmp_path / "work"
    folder.mkdir()
    for place in ("Bergen", "Oslo", "Rome"):
        (folder / f"{place}.txt").write_text(f"Storm in {place}\n\nA storm closed the harbour of {place} on Monday.\n")
    first = list(run_benchmark(folder, [2, None], work, ignore_progress))
    assert [result.articles for result in first] == [2, 3]
    assert all(result.characters > 80 and result.share > 0 for result in first)
    assert all(result.search_p95_ms >= result.search_median_ms > 0 for result in first)
    again = list(run_benchmark(folder, [2, None], work, ignore_progress))
    assert again == first
