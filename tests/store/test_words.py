from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.records import ArticleFilter
from rag.store.index import Index
from tests.store.rooms import sync_all, write

ANY = ArticleFilter()


@pytest.fixture(autouse=True)
def articles(index: Index, folder: Path) -> None:
    write(folder / "a.txt", "Talks in Beirut\n\nThe ministers met to talk about water.\n\nThey ate at the café.\n")
    write(folder / "b.txt", "Talks in Cairo\n\nThe envoys met to talk about fish, and more fish, and fishing.\n")
    write(folder / "c.txt", "Rain\n\nDecember 31, 2016\n\nIt rained for nine days and nobody could do a thing.\n")
    sync_all(index, folder)


def refs(index: Index, words: Sequence[str], where: ArticleFilter = ANY) -> list[str]:
    found = index.words.search("paragraph", words, 10, where)
    stored = index.articles.paragraphs([key for key, _ in found])
    return [f"{stored[key].article.id}#{stored[key].paragraph.number}" for key, _ in found]


def test_a_paragraph_is_found_by_any_ending_of_its_words_and_without_accents(index: Index) -> None:
    assert refs(index, ["minister"]) == ["a#1"]
    assert refs(index, ["cafe"]) == ["a#2"]


def test_a_paragraph_is_found_by_its_articles_title(index: Index) -> None:
    assert sorted(refs(index, ["beirut"])) == ["a#1", "a#2"]


def test_scores_are_above_0_and_about_1_at_most_and_best_first(index: Index) -> None:
    found = index.words.search("paragraph", ["fish", "envoy", "rain"], 10, ANY)
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1.05 for score in scores)


def test_no_words_and_unknown_words_find_nothing(index: Index) -> None:
    assert (refs(index, []), refs(index, ["zebra"])) == ([], [])


def test_articles_and_dates_limit_what_is_found(index: Index) -> None:
    assert refs(index, ["met"], ArticleFilter(ids=("b",))) == ["b#1"]
    assert refs(index, ["met"], ArticleFilter(ids=())) == []
    assert refs(index, ["rain", "met"], ArticleFilter(last_date=date(2016, 12, 31)))[0].startswith("c#")
    assert refs(index, ["rain", "met"], ArticleFilter(first_date=date(2017, 1, 1))) == []


def test_whole_articles_can_be_found_too(index: Index) -> None:
    [(key, score)] = index.words.search("article", ["water"], 10, ANY)
    assert score > 0
    assert [paragraph.article.id for paragraph in index.articles.paragraphs([key]).values()] == ["a"]


OPERATORS = [
    '"',
    "NEAR",
    "NEAR(a b)",
    "title:x",
    "a*",
    "^a",
    "AND",
    "OR",
    "NOT",
    "-",
    "{a b}:c",
    "(",
    "\0",
    "😀",
    "'",
    "",
]


@pytest.mark.parametrize("word", OPERATORS)
def test_no_word_is_ever_read_as_an_operator(index: Index, word: str) -> None:
    assert refs(index, [word, "fish"])[0] == "b#1"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.lists(st.text(), max_size=5))
def test_any_words_can_be_looked_for(index: Index, words: list[str]) -> None:
    index.words.search("paragraph", words, 10, ANY)
    index.words.search("article", words, 10, ANY)
