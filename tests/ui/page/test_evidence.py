from dataclasses import replace

import pytest

from rag.errors import NotFoundError
from rag.records import Article, Paragraph
from tests.ui.page.answers import ARTICLE, HEADER, TEXT, answer, cite, find, nearest, say
from ui.page.evidence import MOST_PARAGRAPHS, find_articles, find_citations, show_article


def missing(article_id: str) -> Article:
    raise NotFoundError(article_id)


def test_a_quote_is_found_where_javascript_finds_it() -> None:
    [place] = find_citations(answer(say()), find)
    units = ARTICLE.paragraphs[1].text.encode("utf-16-le")
    assert units[2 * place.start : 2 * place.end].decode("utf-16-le") == place.quote == "price & more"


def test_an_article_that_changed_since_is_told_and_its_words_are_kept() -> None:
    changed = replace(ARTICLE, text=TEXT.replace("price", "PRICE"))
    [place] = find_citations(answer(say()), lambda _: changed)
    assert (place.changed, place.quote) == ("The article has changed since this answer.", "price & more")


@pytest.mark.parametrize("paragraphs", [(), ARTICLE.paragraphs[:1]])
def test_an_article_that_lost_its_paragraph_is_told(paragraphs: tuple[Paragraph, ...]) -> None:
    [place] = find_citations(answer(say()), lambda _: replace(ARTICLE, paragraphs=paragraphs))
    assert place.changed


def test_an_article_that_is_gone_is_told_and_not_shown() -> None:
    places = find_citations(answer(say()), missing)
    assert places[0].changed == "The article is no longer there."
    assert list(find_articles(places, missing)) == []


def test_what_came_nearest_can_be_opened_too() -> None:
    [place] = find_citations(answer(outcome="not_in_articles", nearest=(nearest(),)), find)
    assert (place.key, place.paragraph, place.quote) == ("near1", 2, ARTICLE.paragraphs[1].text)


def test_each_article_is_sent_once_with_kinds_and_where_its_date_is_from() -> None:
    [shown] = find_articles([*find_citations(answer(say()), find)] * 2, find)
    assert [paragraph.kind for paragraph in shown.paragraphs] == ["body", "body", "comment"]
    assert shown.facts == ("Ann", "1 May 2020 (found in the text)")


def test_of_a_very_long_article_the_cited_part_is_shown() -> None:
    many = tuple(Paragraph(number, "body", 0, 1, "x") for number in range(1, 5001))
    shown = show_article(replace(ARTICLE, paragraphs=many), [4000])
    numbers = [paragraph.number for paragraph in shown.paragraphs]
    assert 4000 in numbers
    assert len(numbers) + shown.left_out == 5000
    assert len(numbers) <= MOST_PARAGRAPHS
    assert HEADER.id == cite().article.id
