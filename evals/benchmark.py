"""How fast a folder is indexed and searched, and what that takes."""

import itertools
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.measure import peak_megabytes
from evals.run import index_name
from rag import Article, ArticleFilter, Assistant
from rag.models.embedder import Embedder, load_embedder
from rag.read import read_articles
from rag.search.hybrid import EVERYWHERE
from rag.settings import load_settings
from rag.store.index import OnProgress, with_chunks
from rag.store.scan import scan_folder

SAMPLE_ARTICLES = 100
"""Articles whose chunks are embedded with nothing else going on, before and after indexing."""

SEARCHES = 60


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """What was measured with a number of articles.

    Attributes:
        articles: Articles in the index.
        paragraphs: Their paragraphs.
        chunks: Their vectors.
        characters: Characters embedded in this run, titles in front of chunks among them; fewer after an interruption.
        index_seconds: Time in which they were read, embedded and written.
        characters_per_second: The whole pipeline's rate.
        embedder_characters_per_second: The embedder's rate alone, mean of before and after.
        share: The first rate divided by the second, 0 to 1.
        peak_megabytes: Most memory that this process had so far.
        index_megabytes: Size on disk.
        open_seconds: Time to open the finished index, vectors loaded.
        search_median_ms: Median time of a search alone, in milliseconds.
        search_p95_ms: 95th percentile of it.
        filtered_median_ms: Median time of a search among the newest half of the dated articles, in milliseconds.
    """

    articles: int
    paragraphs: int
    chunks: int
    characters: int
    index_seconds: float
    characters_per_second: float
    embedder_characters_per_second: float
    share: float
    peak_megabytes: float
    index_megabytes: float
    open_seconds: float
    search_median_ms: float
    search_p95_ms: float
    filtered_median_ms: float

    def to_dict(self) -> dict[str, Any]:
        """Return the result for machines."""
        return asdict(self)

    def render(self) -> str:
        """Return the result for people."""
        return (
            f"{self.articles:,} articles, {self.paragraphs:,} paragraphs, {self.chunks:,} chunks\n"
            f"  indexing  {self.characters_per_second:,.0f} characters/s, {self.share:.2f} of the embedder's own "
            f"{self.embedder_characters_per_second:,.0f} ({self.index_seconds:,.1f} s)\n"
            f"  search    median {self.search_median_ms:.1f} ms, 95th percentile {self.search_p95_ms:.1f} ms; "
            f"in the newest half {self.filtered_median_ms:.1f} ms\n"
            f"  opening   {self.open_seconds:.2f} s\n"
            f"  memory    {self.peak_megabytes:,.0f} MB at most; on disk {self.index_megabytes:,.0f} MB"
        )


class _CountingEmbedder:
    """Passes everything on to an embedder and counts the characters."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self.characters = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.characters += sum(map(len, texts))
        return self._embedder.embed(texts)


def run_benchmark(
    articles: Path, sizes: Sequence[int | None], work: Path, on_progress: OnProgress
) -> Iterator[BenchmarkResult]:
    """Index and search articles in growing numbers.

    A size that is finished is not run again, and one that was interrupted goes on where it stopped.

    Args:
        articles: A folder of articles, or one file.
        sizes: Numbers of articles above 0, or None for all.
        work: Folder for the indexes and for `results.jsonl`.
        on_progress: Called now and then.

    Yields:
        A result a size.

    Raises:
        FootnoteError: The articles cannot be read.
    """
    scan_folder(articles)
    work.mkdir(parents=True, exist_ok=True)
    results = work / "results.jsonl"
    embedder = load_embedder(load_settings().threads)
    for size in sizes:
        name = f"{index_name(articles, embedder)}-{size or 'all'}"
        result = _finished(results).get(name)
        if result is None:
            folder = _write_first(articles, size, work / f"{name}.jsonl") if size else articles
            result = _measure(folder, work / name, _CountingEmbedder(embedder), on_progress)
            with results.open("a") as stream:
                stream.write(json.dumps({"name": name, "result": result.to_dict()}) + "\n")
        yield result


def _finished(results: Path) -> dict[str, BenchmarkResult]:
    rows = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    return {row["name"]: BenchmarkResult(**row["result"]) for row in rows}


def _measure(folder: Path, index: Path, embedder: _CountingEmbedder, on_progress: OnProgress) -> BenchmarkResult:
    sample = [chunk.text for article in _read(folder, SAMPLE_ARTICLES) for chunk in with_chunks(article).chunks]
    alone = [_embedder_rate(embedder, sample)]
    embedder.characters = 0
    started = time.perf_counter()
    with Assistant.open(folder, index=index, embedder=embedder, on_progress=on_progress):
        seconds = time.perf_counter() - started
    characters = embedder.characters
    alone.append(_embedder_rate(embedder, sample))
    started = time.perf_counter()
    with Assistant.open(index=index, embedder=embedder) as assistant:
        open_seconds = time.perf_counter() - started
        times = _search_times(assistant, EVERYWHERE)
        filtered = _search_times(assistant, _newest_half(assistant))
        store = assistant.index.articles
        return BenchmarkResult(
            articles=store.count("articles"),
            paragraphs=store.count("paragraphs"),
            chunks=store.count("chunks"),
            characters=characters,
            index_seconds=seconds,
            characters_per_second=characters / seconds,
            embedder_characters_per_second=statistics.mean(alone),
            share=characters / seconds / statistics.mean(alone),
            peak_megabytes=peak_megabytes(),
            index_megabytes=sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / 1e6,
            open_seconds=open_seconds,
            search_median_ms=statistics.median(times) * 1000,
            search_p95_ms=statistics.quantiles(times, n=20)[-1] * 1000,
            filtered_median_ms=statistics.median(filtered) * 1000,
        )


def _newest_half(assistant: Assistant) -> ArticleFilter:
    days = [header.date for header in assistant.articles() if header.date]
    return ArticleFilter(first_date=days[len(days) // 2]) if days else EVERYWHERE


def _search_times(assistant: Assistant, where: ArticleFilter) -> list[float]:
    """Return the seconds of searches for headlines: names and words of the articles, some ten of them."""
    headers = assistant.articles()
    times = []
    for number in range(SEARCHES):
        started = time.perf_counter()
        assistant.search(headers[number * len(headers) // SEARCHES].title, where=where)
        times.append(time.perf_counter() - started)
    return times


def _embedder_rate(embedder: Embedder, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    embedder.embed(texts)
    return sum(map(len, texts)) / (time.perf_counter() - started)


def _read(folder: Path, limit: int) -> Iterator[Article]:
    """Yield the first articles of a folder or file that can be read."""
    max_megabytes = load_settings().max_file_megabytes
    found = (
        article
        for file in scan_folder(folder).files
        for article in read_articles(file.file, Path(file.path).stem, max_megabytes)
        if isinstance(article, Article)
    )
    return itertools.islice(found, limit)


def _write_first(articles: Path, limit: int, file: Path) -> Path:
    with file.open("w", encoding="utf-8") as stream:
        for article in _read(articles, limit):
            day = article.date.isoformat() if article.date else None
            row = {"id": article.id, "title": article.title, "text": article.text, "date": day}
            stream.write(json.dumps(row) + "\n")
    return file
