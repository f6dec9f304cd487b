from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import NotFoundError
from rag.read import read_articles
from rag.records import Article, ArticleFilter
from rag.store.articles import BEFORE
from rag.store.index import Index, with_chunks
from tests.store.rooms import sync_all, write

SEEDS = Path(__file__).parents[2] / "seeds"


def test_an_article_comes_out_as_it_went_in(index: Index) -> None:
    for path in SEEDS.iterdir():
        [article] = read_articles(path, path.stem, 1)
        assert isinstance(article, Article)
        index.articles.put([with_chunks(article)])
        assert index.articles.article(path.stem) == article


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(min_size=1, max_size=200))
def test_every_paragraph_is_the_slice_of_the_text_that_it_names(index: Index, folder: Path, text: str) -> None:
    (folder / "a.txt").write_text("Title\n\n" + text, encoding="utf-8", errors="replace")
    for article in read_articles(folder / "a.txt", "a", 1):
        if isinstance(article, Article):
            index.articles.put([with_chunks(article)])
            stored = index.articles.article("a")
            assert stored == article
            assert all(part.text == stored.text[part.start : part.end] for part in stored.paragraphs)


def test_an_unknown_article_is_an_error_that_says_where_to_look(index: Index) -> None:
    with pytest.raises(NotFoundError, match="no article 'x'") as caught:
        index.articles.article("x")
    assert caught.value.hint == "See all articles with: footnote articles"


def test_articles_are_listed_newest_first_and_the_undated_last(index: Index, folder: Path) -> None:
    for name, day in (("a", "2016-01-05"), ("b", ""), ("c", "2017-01-05"), ("d", "2016-01-05")):
        write(folder / f"{name}.json", f'{{"title": "{name}", "text": "Some text here.", "date": "{day}"}}')
    sync_all(index, folder)
    assert [header.id for header in index.articles.headers()] == ["c", "a", "d", "b"]


def test_the_dates_are_those_of_the_first_and_the_last_dated_article_asked_for(index: Index, folder: Path) -> None:
    for name, day in (("a", "2016-01-05"), ("b", ""), ("c", "2017-01-05"), ("d", "2018-01-05")):
        write(folder / f"{name}.json", f'{{"title": "{name}", "text": "Some text here.", "date": "{day}"}}')
    assert index.articles.dates(ArticleFilter()) is None
    sync_all(index, folder)
    assert index.articles.dates(ArticleFilter()) == (date(2016, 1, 5), date(2018, 1, 5))
    assert index.articles.dates(ArticleFilter(ids=("b", "c"))) == (date(2017, 1, 5), date(2017, 1, 5))
    assert index.articles.dates(ArticleFilter(last_date=date(2017, 1, 5))) == (date(2016, 1, 5), date(2017, 1, 5))
    assert index.articles.dates(ArticleFilter(ids=("b",))) is None


def test_what_is_gone_is_left_out(index: Index) -> None:
    assert index.articles.paragraphs([1, 2]) == {}
    assert index.articles.paragraph_keys(["x#1@1"]) == {}
    assert index.articles.paragraphs([]) == {}


def test_articles_put_together_go_in_together_or_not_at_all(index: Index) -> None:
    [article] = read_articles(SEEDS / "002_edf3047c270918b1.txt", "a", 1)
    assert isinstance(article, Article)
    new = with_chunks(article)
    twice = type(new)(article, [*new.chunks, new.chunks[0]])
    with pytest.raises(Exception, match="UNIQUE"):
        index.articles.put([twice])
    assert index.articles.article_ids() == []


def test_a_paragraph_is_told_with_the_end_of_what_stands_before_it(index: Index, folder: Path) -> None:
    write(folder / "a.txt", "Talks\n\n" + "A first paragraph." * 30 + "\n\nIt ends here.\n\nThe third.")
    sync_all(index, folder)
    first, second, third = index.articles.paragraphs([1, 2, 3]).values()
    assert first.before == ""
    assert first.paragraph.text.endswith(second.before)
    assert 100 < len(second.before) <= BEFORE
    assert third.before.endswith("A first paragraph.\n\nIt ends here.")


def test_an_article_is_found_by_its_day_as_people_write_it(index: Index, folder: Path) -> None:
    for name, day in (("a", "2016-01-05"), ("b", ""), ("c", "2017-01-05")):
        write(folder / f"{name}.json", f'{{"title": "{name}", "text": "Some text here.", "date": "{day}"}}')
    sync_all(index, folder)
    assert index.words.occurrences("article", "January") == 2
    assert index.words.occurrences("article", "2017") == 1
    (folder / "c.json").unlink()
    sync_all(index, folder)
    assert index.words.occurrences("article", "2017") == 0
