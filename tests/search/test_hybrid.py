from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.models.embedder import load_embedder
from rag.records import ArticleFilter
from rag.search.hybrid import search
from rag.store.index import Index
from tests.store.rooms import open_index, sync_all, write

BEIRUT = (
    "Talks in Beirut\n\nSeptember 23, 2017\n\nThe ministers of seven countries met on Monday to talk about water.\n"
)
CAIRO = "Talks in Cairo\n\nDecember 31, 2016\n\nThe envoys of nine countries met on Tuesday to talk about fish.\n"
OSLO = """Talks in Oslo

The kings of two countries met on Friday to talk about the price of herring and of bread.

Nobody else was invited to the palace, and nobody said why that was so in all of that week.

Comments

Anna says:

I was at the palace with the kings and the herring was bad, believe me.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    place = tmp_path_factory.mktemp("search")
    for name, text in (("beirut", BEIRUT), ("cairo", CAIRO), ("oslo", OSLO)):
        write(place / "articles" / f"{name}.txt", text)
    opened = open_index(place / "index")
    sync_all(opened, place / "articles")
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(tmp_path / "index")
    yield opened
    opened.close()


def refs(index: Index, question: str, where: ArticleFilter = ArticleFilter()) -> list[str]:  # noqa: B008
    return [passage.ref for passage in search(index, question, 10, where)]


def test_the_paragraph_that_shares_the_words_comes_first(index: Index) -> None:
    assert search(index, "Which ministers talked about water?", 3)[0].article.id == "beirut"
    assert search(index, "What about the price of herring?", 3)[0].ref == "oslo#1"


def test_a_passage_tells_why_it_was_found(index: Index) -> None:
    best = search(index, "What about the price of herring?", 1)[0]
    assert (best.dense_rank, best.lexical_rank) == (1, 1)
    assert best.similarity is not None
    assert best.lexical_score is not None
    assert 0 < best.similarity <= 1
    assert best.lexical_score > 0
    assert best.score > best.similarity


def test_scores_never_rise_down_the_list(index: Index) -> None:
    scores = [passage.score for passage in search(index, "Who met to talk about fish?", 10)]
    assert scores == sorted(scores, reverse=True)


def test_the_order_is_the_same_every_time(index: Index) -> None:
    once = search(index, "Who met to talk about the countries?", 10)
    assert all(search(index, "Who met to talk about the countries?", 10) == once for _ in range(5))


def test_a_limit_cuts_the_list_and_changes_nothing_else(index: Index) -> None:
    assert refs(index, "Who met?")[:2] == [passage.ref for passage in search(index, "Who met?", 2)]


def test_readers_comments_are_no_evidence_unless_they_are_asked_for(index: Index) -> None:
    question = "Who was at the palace and found the herring bad?"
    assert {passage.paragraph.kind for passage in search(index, question, 10)} <= {"body", "heading", "caption"}
    assert "herring was bad" in search(index, question, 1, kinds={"comment"})[0].paragraph.text


def test_articles_limit_a_search(index: Index) -> None:
    found = search(index, "Who met?", 10, ArticleFilter(ids=("cairo", "oslo")))
    assert {passage.article.id for passage in found} == {"cairo", "oslo"}
    assert search(index, "Who met?", 10, ArticleFilter(ids=())) == []
    assert search(index, "Who met?", 10, ArticleFilter(ids=("no such",))) == []


def test_dates_limit_a_search_and_the_undated_fall_out(index: Index) -> None:
    def ids(where: ArticleFilter) -> set[str]:
        return {passage.article.id for passage in search(index, "Who met to talk?", 10, where)}

    assert ids(ArticleFilter(first_date=date(2017, 9, 23))) == {"beirut"}
    assert ids(ArticleFilter(last_date=date(2016, 12, 31))) == {"cairo"}
    assert ids(ArticleFilter(first_date=date(2016, 1, 1), last_date=date(2018, 1, 1))) == {"beirut", "cairo"}
    assert ids(ArticleFilter(ids=("oslo",), first_date=date(2016, 1, 1))) == set()


def test_an_empty_index_finds_nothing(empty: Index) -> None:
    assert search(empty, "Who met?", 10) == []


HOSTILE = [
    '"',
    '"unbalanced',
    "NEAR(water fish, 2)",
    "water NEAR fish AND NOT (bread OR",
    "title:water",
    "{title text}:water",
    "water*",
    "^water",
    "water\0fish",
    "'; DROP TABLE articles; --",
    "%_?",
    "😀 🏳️‍🌈",
    "Кто встретился? 誰が会った؟ من التقى",
    "\ud800",
    "Who is he? What was it?",
    "",
    " \n\t",
    "water " * 16_667,
    "x" * 100_000,
]


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_no_question_is_ever_a_syntax_error(index: Index, question: str) -> None:
    assert len(search(index, question, 2)) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.text(max_size=300))
def test_any_text_can_be_searched_for(index: Index, question: str) -> None:
    search(index, question, 5)


def test_meaning_finds_what_shares_no_word(tmp_path: Path) -> None:
    write(tmp_path / "articles" / "a.txt", OSLO)
    write(tmp_path / "articles" / "b.txt", BEIRUT)
    index = open_index(tmp_path / "index", load_embedder(1))
    sync_all(index, tmp_path / "articles")
    assert search(index, "Which monarchs discussed the cost of seafood?", 1)[0].ref == "a#1"
    index.close()
