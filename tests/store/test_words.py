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


def test_any_of_some_words_or_phrases_is_known_by_its_ending_and_without_accents(index: Index) -> None:
    assert index.words.has_any(["zebra", "ministers"])
    assert index.words.has_any(["CAFE"])
    assert index.words.has_any(["nine day"])
    assert not index.words.has_any(["day nine"])
    assert not index.words.has_any([])


def test_the_vocabulary_is_told_by_first_letter_with_the_number_of_articles(index: Index) -> None:
    assert index.words.terms("m") == {"met": 2, "minist": 1, "more": 1}
    assert index.words.terms("z") == {}


def test_the_vocabulary_forgets_what_is_removed(index: Index, folder: Path) -> None:
    assert "water" in index.words.terms("w")
    (folder / "a.txt").unlink()
    sync_all(index, folder)
    assert "water" not in index.words.terms("w")


def test_a_term_is_told_as_paragraphs_write_it(index: Index) -> None:
    assert index.words.spellings("fish") == {"fish": 2, "fishing": 1}
    assert index.words.spellings("cafe") == {"café": 1}
    assert index.words.spellings("zebra") == {}


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
    index.words.has_any(words)
    for word in words:
        index.words.spellings(word)
