import gzip
import json
from pathlib import Path

import pytest

from evals.datasets import load_dataset
from evals.datasets.articles import article_id
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk

CORPUS = [
    {"_id": "d 1", "title": "Talks", "text": "They met in Oslo.", "metadata": {}},
    {"_id": "d#1", "title": "", "text": "Rain fell on the whole of the country. More is to come."},
    {"_id": "d3", "title": "Only a title", "text": ""},
    {"_id": "d4", "title": " ", "text": ""},
]
QUERIES = [{"_id": name, "text": f"Query {name}?"} for name in ("q1", "q2", "q3", "q4")]
QRELS = "query-id\tcorpus-id\tscore\nq1\td 1\t2\nq1\td#1\t1\nq1\tgone\t1\nq2\td 1\t0\nq3\tgone\t1\nother\td3\t1\n"


def lines(rows: list[dict[str, object]]) -> str:
    return "\n".join(map(json.dumps, rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scifact"
    (path / "qrels").mkdir(parents=True)
    (path / "corpus.jsonl").write_text(lines(CORPUS))
    (path / "queries.jsonl").write_text(lines(QUERIES))
    (path / "qrels" / "test.tsv").write_text(QRELS)
    return path


def load(folder: Path) -> None:
    load_dataset(f"beir:{folder}", folder.parent / "work")


def fail(folder: Path) -> FootnoteError:
    with pytest.raises(FootnoteError) as caught:
        load(folder)
    return caught.value


def test_queries_with_a_judgement_are_asked(folder: Path, open_desk: OpenDesk) -> None:
    dataset = load_dataset(f"beir:{folder}", folder.parent / "work")
    first, third = dataset.load_questions(open_desk(dataset.articles))
    assert (first.id, first.question, first.answerable) == ("q1", "Query q1?", True)
    assert first.gains == {article_id("d 1"): 2, article_id("d#1"): 1, "gone": 1}
    assert first.articles == (frozenset(first.gains),)
    assert (first.answers, first.cites, first.skip) == ((), (), "")
    assert (third.id, third.skip) == ("q3", "its article is not there")


def test_an_article_without_title_or_text_borrows_from_the_other(folder: Path, open_desk: OpenDesk) -> None:
    desk = open_desk(load_dataset(f"beir:{folder}", folder.parent / "work").articles)
    titles = {header.id: header.title for header in desk.articles()}
    assert titles[article_id("d#1")] == "Rain fell on the whole of the country. More is to come."
    assert desk.article("d3").text == "Only a title"
    assert len(titles) == 3


def test_corpus_and_queries_may_be_packed(folder: Path, open_desk: OpenDesk) -> None:
    for name in ("corpus.jsonl", "queries.jsonl"):
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    dataset = load_dataset(f"beir:{folder}", folder.parent / "work")
    assert len(dataset.load_questions(open_desk(dataset.articles))) == 2


def test_only_the_judgements_for_testing_are_read(folder: Path) -> None:
    (folder / "qrels" / "train.tsv").write_text("no judgements")
    load(folder)
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "dev.tsv")
    error = fail(folder)
    assert error.message == f"{folder / 'qrels'} has no test.tsv but dev.tsv, train.tsv."
    assert error.hint == "Keep one of them, or call one test.tsv."
    (folder / "qrels" / "train.tsv").unlink()
    load(folder)


@pytest.mark.parametrize(
    ("qrels", "problem"),
    [
        ("q1\td1\t1\n", ", line 1: the header query-id, corpus-id, score is missing."),
        (QRELS + "q1 d1 1\n", ", line 8: expected are three columns with tabs between them."),
        (QRELS + "q1\t\t1\n", ", line 8: expected are three columns with tabs between them."),
        (QRELS + "q1\td1\thigh\n", ", line 8: the score must be a whole number, not 'high'."),
        ("", ", line 1: the header query-id, corpus-id, score is missing."),
    ],
)
def test_judgements_that_do_not_fit_are_named(qrels: str, problem: str, folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text(qrels)
    error = fail(folder)
    assert error.message == f"{folder / 'qrels' / 'test.tsv'}{problem}"
    assert error.hint.startswith("Expected is a folder with corpus.jsonl")


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("corpus.jsonl", lines([{"_id": 1, "text": ""}]), ", line 1: field '_id' must be text, not a number."),
        ("corpus.jsonl", lines([CORPUS[0], CORPUS[0]]), ": two articles have the id 'd 1'."),
        ("queries.jsonl", lines([{"_id": "q1"}]), ", line 1: field 'text' is missing."),
        ("queries.jsonl", lines([QUERIES[0], QUERIES[0]]), ": two questions have the id 'q1'."),
        ("queries.jsonl", lines([QUERIES[3]]), ": none of the queries has a judgement above 0."),
    ],
)
def test_a_line_that_does_not_fit_is_named(file: str, content: str, problem: str, folder: Path) -> None:
    (folder / file).write_text(content)
    assert fail(folder).message == f"{folder / file}{problem}"
    assert not list((folder.parent / "work").glob("*"))


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(file: str, folder: Path) -> None:
    (folder / file).unlink()
    assert fail(folder).message == f"{folder / file} cannot be read: No such file or directory."


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert fail(tmp_path / "gone").message == f"{tmp_path / 'gone'} cannot be read: No such file or directory."
