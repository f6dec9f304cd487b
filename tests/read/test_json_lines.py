import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.read import read_articles
from rag.records import Article

from .conftest import ReadAll, ReadBad, ReadOne

GOOD = '{"title": "T", "text": "One.\\n\\nTwo."}'


def test_every_field_of_an_article_is_read(read_one: ReadOne) -> None:
    record = {
        "id": "n 1#",
        "title": " A  title ",
        "text": "One.\r\nTwo.",
        "url": "https://x.com",
        "date": "2017/09/23",
        "author": "Jane Doe",
        "unknown": [1],
    }
    article = read_one("a.json", json.dumps(record))
    assert (article.id, article.title, article.byline) == ("n-1-", "A title", "Jane Doe")
    assert (article.url, article.date, article.date_source) == ("https://x.com", date(2017, 9, 23), "metadata")
    assert [part.text for part in article.paragraphs] == ["One.", "Two."]


def test_a_list_gives_numbered_ids_and_an_error_for_what_is_no_article(read_all: ReadAll) -> None:
    first, second, third = read_all("a.json", f"[{GOOD}, 5, {GOOD}]")
    assert isinstance(first, Article) and first.id == "a-1"
    assert isinstance(second, ReadError) and "entry 2" in second.message
    assert isinstance(third, Article) and third.id == "a-3"


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_bad_line_is_an_error_with_its_number_and_the_rest_goes_on(read_all: ReadAll, name: str) -> None:
    content = f"\ufeff{GOOD}\n\nnot json\n{GOOD}".encode()
    first, second, third = read_all(name, gzip.compress(content) if name.endswith("gz") else content)
    assert isinstance(first, Article) and first.id == "a-1"
    assert isinstance(second, ReadError) and second.line == 3 and "a.jsonl" in second.message
    assert isinstance(third, Article) and third.id == "a-4"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('{"title": "T"}', "'text'"),
        ('{"title": "T", "text": " "}', "'text'"),
        ('{"title": "T", "text": null}', "'text'"),
        ('{"title": "T", "text": 5}', "'text'"),
        ('{"title": ["T"], "text": "x"}', "'title'"),
        ('{"text": "x", "url": {}}', "'url'"),
        ('{"text": "x", "date": 2017.5}', "'date'"),
        ('{"text": "x", "author": [1]}', "'author'"),
        ('{"text": "x", "id": true}', "'id'"),
        ('{"text": "x", "id": "' + "i" * 201 + '"}', "'id'"),
        ("[]", "object"),
        ('"text"', "object"),
        ("[" * 100_000, "JSON"),
        ('{"text": ' + "9" * 5000 + "}", "JSON"),
        ("{'text': 'x'}", "column"),
    ],
)
def test_a_wrong_field_is_an_error_that_names_it(read_bad: ReadBad, line: str, names: str) -> None:
    error = read_bad("a.jsonl", line)
    assert names in error.message
    assert error.hint
    assert error.line == 1


def test_a_missing_title_is_looked_for_in_the_text(read_one: ReadOne) -> None:
    assert read_one("a.json", '{"text": "A headline\\nThe text."}').title == "A headline"
    assert read_one("a.json", '{"text": "Only a text."}').title == "a"


def test_a_date_that_cannot_be_read_is_unknown(read_one: ReadOne) -> None:
    assert read_one("a.json", '{"text": "x", "date": "last week"}').date_source == "unknown"


def test_a_list_of_authors_and_a_number_as_id_are_taken(read_one: ReadOne) -> None:
    article = read_one("a.json", '{"text": "x", "id": 7, "author": ["Jane", "John"]}')
    assert (article.id, article.byline) == ("7", "Jane, John")


def test_the_limit_holds_for_a_line_and_not_for_the_file(read_all: ReadAll) -> None:
    good = json.dumps({"title": "T", "text": "x" * 900_000})
    long = json.dumps({"title": "T", "text": "x" * 2_000_000})
    first, second, third = read_all("a.jsonl", f"{good}\n{long}\n{good}\n")
    assert isinstance(first, Article)
    assert isinstance(second, ReadError) and second.line == 2 and "FOOTNOTE_MAX_FILE_MEGABYTES" in second.hint
    assert isinstance(third, Article) and third.id == "a-3"


@pytest.mark.parametrize("unit", [b"x", b"\n", b"x\n"])
def test_a_gzip_bomb_is_given_up_early(read_all: ReadAll, unit: bytes) -> None:
    results = read_all("a.jsonl.gz", gzip.compress(unit * (30_000_000 // len(unit)), 1))
    assert isinstance(results[-1], ReadError)
    assert "after" in results[-1].message
    assert len(results) <= 1001


def test_a_damaged_archive_keeps_the_lines_before_the_damage(read_all: ReadAll) -> None:
    packed = gzip.compress(f"{GOOD}\n".encode() * 3)
    *articles, error = read_all("a.jsonl.gz", packed[:-6])
    assert all(isinstance(article, Article) for article in articles)
    assert isinstance(error, ReadError) and "damaged" in error.message
    assert isinstance(read_all("b.jsonl.gz", b"no gzip")[0], ReadError)


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n" * 2)
    articles = read_articles(path, "a", 1)
    next(articles)
    path.write_text("")
    assert len(list(articles)) <= 1
    articles.close()  # type: ignore[attr-defined]


def test_latin_1_in_a_json_line_is_an_error_of_that_line(read_all: ReadAll) -> None:
    error, article = read_all("a.jsonl", b'{"text": "caf\xe9"}\n' + GOOD.encode())
    assert isinstance(error, ReadError) and "UTF-8" in error.message
    assert isinstance(article, Article)


def test_a_list_of_useless_entries_is_given_up_early(read_all: ReadAll) -> None:
    results = read_all("a.json", f"[{'1,' * 100_000}{GOOD}]")
    assert len(results) == 1001
    assert isinstance(results[-1], ReadError) and "nothing after" in results[-1].message


def test_an_id_of_a_million_marks_is_refused_at_once(read_bad: ReadBad) -> None:
    record = json.dumps({"id": "a" + "\u0301\u0316" * 200_000, "text": "x"}, ensure_ascii=False)
    assert "'id'" in read_bad("a.json", record).message


def test_halves_of_surrogate_pairs_reach_no_field(read_one: ReadOne) -> None:
    fields = ("id", "title", "text", "url", "author")
    article = read_one("a.json", json.dumps(dict.fromkeys(fields, "x\ud800")))
    assert (article.id, article.title, article.text, article.url, article.byline) == ("x-", "x?", "x?", "x?", "x?")


def test_an_entry_of_too_many_paragraphs_is_refused_and_named(read_all: ReadAll) -> None:
    error, article = read_all("a.json", json.dumps([{"text": "a\n\n" * 200_001}, {"text": "x"}]))
    assert isinstance(error, ReadError) and "200,000 paragraphs in entry 1" in error.message
    assert isinstance(article, Article)
