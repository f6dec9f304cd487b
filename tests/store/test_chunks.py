from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.models.embedder import MAX_TOKENS, MiniLMEmbedder
from rag.read import read_articles
from rag.records import Article, Paragraph, ParagraphKind
from rag.store.chunks import MAX_TITLE_WIDTH, MAX_WIDTH, MIN_CHARACTERS, article_version, split_chunks

SEEDS = Path(__file__).parents[2] / "seeds"
SHORT = "Too short."
LONG = "The ministers met in Beirut on Monday and talked about the war next door."

words = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=30)
separators = st.sampled_from([" ", " ", " ", ". ", "\n", "? ", '." '])
kinds = st.sampled_from(["body", "body", "heading", "caption", "boilerplate", "comment"])


@st.composite
def paragraph_texts(draw: st.DrawFn) -> str:
    pairs = draw(st.lists(st.tuples(words, separators), min_size=1, max_size=12))
    return (" ".join(word + separator for word, separator in pairs) * draw(st.integers(1, 12))).strip()


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return article(*draw(st.lists(st.tuples(kinds, paragraph_texts()), max_size=8)), title=draw(words))


def article(*paragraphs: tuple[ParagraphKind, str], title: str = "A title") -> Article:
    text, numbered = "", []
    for number, (kind, paragraph) in enumerate(paragraphs, start=1):
        numbered.append(Paragraph(number, kind, len(text), len(text) + len(paragraph), paragraph))
        text += paragraph + "\n"
    return Article("a", title, "", "", "", None, "unknown", text, tuple(numbered))


@given(articles())
def test_every_word_that_is_no_boilerplate_is_in_a_chunk_of_its_paragraph(article: Article) -> None:
    chunks = split_chunks(article)
    for paragraph in article.paragraphs:
        held = [chunk.text for chunk in chunks if chunk.first_number <= paragraph.number <= chunk.last_number]
        kept = {word for text in held for word in text.split()}
        assert paragraph.kind == "boilerplate" or set(paragraph.text.split()) <= kept


@given(articles())
def test_no_window_is_longer_than_the_limit_and_none_is_empty(article: Article) -> None:
    for chunk in split_chunks(article):
        title, window = chunk.text.split("\n", 1)
        assert len(title) <= MAX_TITLE_WIDTH
        assert window.strip()
        assert len(window) <= MAX_WIDTH


@given(articles())
def test_chunk_ids_are_unique_and_differ_from_those_of_another_version(article: Article) -> None:
    ids = [chunk.id for chunk in split_chunks(article)]
    edited = replace(article, title=article.title + "!")
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {chunk.id for chunk in split_chunks(edited)}


def test_a_word_longer_than_a_window_is_cut_and_loses_nothing() -> None:
    chunks = split_chunks(article(("body", "x" * 2000)))
    assert "".join(chunk.text.split("\n", 1)[1] for chunk in chunks) == "x" * 2000


def test_short_paragraphs_share_a_chunk_with_the_next() -> None:
    chunks = split_chunks(article(("body", SHORT), ("body", SHORT), ("body", LONG), ("body", LONG)))
    assert [(chunk.first_number, chunk.last_number) for chunk in chunks] == [(1, 3), (4, 4)]
    assert all(len(chunk.text) >= MIN_CHARACTERS for chunk in chunks)


def test_readers_comments_never_share_a_chunk_with_the_article() -> None:
    chunks = split_chunks(article(("body", SHORT), ("comment", SHORT), ("body", SHORT)))
    assert [(chunk.first_number, chunk.kind) for chunk in chunks] == [(1, "body"), (2, "comment"), (3, "body")]


def test_boilerplate_between_two_paragraphs_has_no_chunk() -> None:
    chunks = split_chunks(article(("body", LONG), ("boilerplate", "3 min read and much more of it"), ("body", LONG)))
    assert [chunk.first_number for chunk in chunks] == [1, 3]


def test_boilerplate_between_two_short_paragraphs_is_not_in_the_chunk_that_they_share() -> None:
    [chunk] = split_chunks(article(("body", SHORT), ("boilerplate", "3 min read"), ("body", SHORT)))
    assert chunk.text == f"A title\n{SHORT}\n{SHORT}"


def test_a_chunk_is_of_the_kind_of_its_longest_paragraph() -> None:
    [chunk] = split_chunks(article(("heading", "What next?"), ("body", LONG)))
    assert chunk.kind == "body"


def test_windows_hold_whole_sentences() -> None:
    chunks = split_chunks(article(("body", " ".join([LONG] * 30))))
    assert len(chunks) > 2
    assert all(chunk.text.startswith("A title\nThe ministers") and chunk.text.endswith("door.") for chunk in chunks)


def test_an_article_without_paragraphs_has_no_chunks() -> None:
    assert split_chunks(article()) == []


def test_the_version_knows_everything_but_the_id() -> None:
    one = article(("body", LONG))
    version = article_version(one)
    assert article_version(replace(one, id="b")) == version
    assert article_version(replace(one, title="x")) != version
    assert article_version(replace(one, byline="x")) != version
    assert article_version(replace(one, agency="x")) != version
    assert article_version(replace(one, url="x")) != version
    assert article_version(replace(one, date=date(2017, 1, 1))) != version
    assert article_version(replace(one, text="x")) != version


def test_the_seeds_split_into_chunks_whose_ids_begin_with_the_paragraphs_address() -> None:
    for path in sorted(SEEDS.iterdir()):
        [seed] = read_articles(path, path.stem, 1)
        assert isinstance(seed, Article)
        chunks = split_chunks(seed)
        assert len({chunk.id for chunk in chunks}) == len(chunks) > 8
        assert all(chunk.id.startswith(f"{path.stem}#{chunk.first_number}") for chunk in chunks)


def test_a_short_last_paragraph_shares_the_chunk_before_it() -> None:
    [chunk] = split_chunks(article(("body", LONG), ("body", SHORT)))
    assert (chunk.first_number, chunk.last_number) == (1, 2)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers of 27 countries met in Brussels on Tuesday, and agreed on nothing at all. ",
        "Министры двадцати семи стран встретились во вторник в Брюсселе и ни о чём не договорились. ",
        "二十七国部长周二在布鲁塞尔会晤，没有达成任何协议。",
        "اجتمع وزراء سبع وعشرين دولة يوم الثلاثاء في بروكسل ولم يتفقوا على شيء. ",
    ],
)
def test_the_embedder_takes_every_word_of_a_chunk_in_any_script(sentence: str) -> None:
    embedder = MiniLMEmbedder()
    chunks = split_chunks(article(("body", sentence * 60), title=sentence * 4))
    assert len(chunks) > 3
    assert max(embedder.count_tokens([chunk.text for chunk in chunks])) <= MAX_TOKENS
