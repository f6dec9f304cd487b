from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Assistant
from rag.settings import load_settings
from rag.store.index import Index
from tests.fakes import WordHashEmbedder, WordReader
from ui.page.shown import find_headers, read_article, show_conversation, welcome
from ui.page.turns import Conversation


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    index = tmp_path_factory.mktemp("shown") / "index"
    with Assistant(Index(index, WordHashEmbedder()), load_settings(index=index), WordReader()) as opened:
        opened.sync("seeds")
        yield opened


def test_the_examples_are_made_from_the_articles_that_are_there(desk: Assistant, tmp_path: Path) -> None:
    shown = welcome(desk)
    assert (shown["articles"], shown["dates"]) == (3, "The dated one was published on 23 September 2017.")
    assert 2 <= len(shown["examples"]) <= 4
    texts = " ".join(desk.article(header.id).text for header in desk.articles())
    names = [question.removeprefix("Who is ").removeprefix("What did ") for question in shown["examples"]]
    assert all(name.removesuffix("?").removesuffix(" say") in texts for name in names)
    with Assistant(Index(tmp_path / "i", WordHashEmbedder()), load_settings(index=tmp_path / "i")) as empty:
        assert welcome(empty) == {"articles": 0, "dates": "", "examples": []}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, 3),
        ({"text": "HAMAS iran"}, 3),
        ({"text": "axis hamas"}, 1),
        ({"first": "2017-09-23", "last": "2017-09-23"}, 1),
        ({"first": "2017-09-24"}, 0),
        ("nonsense", 3),
        ({"text": ["x"], "first": 7}, 0),
    ],
)
def test_articles_are_found_by_words_and_days(desk: Assistant, wanted: object, found: int) -> None:
    assert find_headers(desk, wanted)["found"] == found


def test_an_article_that_is_not_there_is_none(desk: Assistant) -> None:
    assert read_article(desk, "nobody") is None
    assert (read_article(desk, "004_9ac7acf72945896c") or {})["paragraphs"][0]["number"] == 1


def test_each_turn_comes_with_its_own_citations_and_each_article_once(desk: Assistant) -> None:
    conversation = Conversation().asking("Who met?")
    shown = show_conversation(desk, conversation)
    assert [turn["id"] for turn in shown["turns"]] == [conversation.turns[0].id]
    assert shown["articles"] == []
