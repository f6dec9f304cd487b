import time
from pathlib import Path

import pytest

from rag.read import read_articles
from rag.records import Article

from .conftest import ReadOne

SEEDS = Path(__file__).parents[2] / "seeds"
B, C, R, H = "body", "caption", "boilerplate", "heading"


def read_seed(name: str) -> Article:
    [article] = read_articles(SEEDS / name, name, 1)
    assert isinstance(article, Article)
    assert all(article.text[part.start : part.end] == part.text for part in article.paragraphs)
    return article


def rows(article: Article) -> list[tuple[str, str, str]]:
    return [(part.kind, *(lambda words: (words[0], words[-1]))(part.text.split())) for part in article.paragraphs]


def test_the_first_seed_comes_out_right() -> None:
    article = read_seed("000_36583eb5ba8d5c25.txt")
    assert article.title == "Report: Nasrallah is pushing for Hamas reconciliation with Syria and Iran"
    assert (article.byline, article.agency) == ("", "Reuters")
    assert (str(article.date), article.date_source) == ("None", "unknown")
    assert rows(article) == [
        (B, 'Hamas', 'Assad.'),
        (C, 'Hezbollah', 'REUTERS)'),
        (C, 'Hezbollah', 'Nasrallah.'),
        (C, '(photo', 'REUTERS)'),
        (B, "Hezbollah's", 'Syria.'),
        (B, 'The', 'As-Safir.'),
        (B, 'According', 'capital.'),
        (B, 'Possible', 'resistance.'),
        (B, 'Hamas', 'ally.'),
        (B, 'The', 'world.'),
        (B, '"We', 'year.'),
        (B, 'Before', 'destruction.'),
        (B, "Hamas's", 'escalated.'),
        (R, 'Reuters', 'report.'),
    ]  # fmt: skip


def test_the_second_seed_comes_out_right() -> None:
    article = read_seed("002_edf3047c270918b1.txt")
    assert (
        article.title == "Iran attempts to end rift between Hamas and Syrian regime and re-build 'Axis of Resistance'"
    )
    assert (article.byline, article.agency) == ("", "")
    assert (str(article.date), article.date_source) == ("2017-09-23", "text")
    assert rows(article) == [
        (R, 'Iran', "Resistance'"),
        (B, 'Iran', 'region.'),
        (R, '3', 'read'),
        (R, '23', '2017'),
        (C, 'Hizballah,', '[AFP]'),
        (B, 'Iran', 'now.'),
        (B, 'Tehran', 'war.'),
        (B, 'While', 'axis.'),
        (H, 'Moving', 'out'),
        (B, 'In', 'inspired.'),
        (B, 'Iran', 'favour.'),
        (B, 'Yet,', 'support.'),
        (B, 'Hamas', 'Egypt.'),
        (B, 'Although', 'pragmatic.'),
        (B, '"We', 'al-Monitor.'),
        (R, '[click', 'enlarge]'),
        (B, 'Senior', 'regime.'),
        (B, '"There', 'said.'),
        (H, 'New', 'chapter'),
        (B, 'Damascus', 'war.'),
        (B, 'Appearing', 'Damascus.'),
        (B, '"What', 'steps."'),
        (B, 'Despite', 'fighting.'),
        (B, 'There', 'favour.'),
        (B, 'Iran', 'proxies.'),
        (B, '"Senior', 'month.'),
        (B, '"[Officials]', 'relations."'),
        (R, 'Agencies', 'story.'),
    ]  # fmt: skip


def test_the_third_seed_comes_out_right() -> None:
    article = read_seed("004_9ac7acf72945896c.txt")
    assert article.title == "Beirut – Hamas Leader Says Ready To Cooperate With Iran ‘to Destroy Israeli Occupation’"
    assert (article.byline, article.agency) == ("", "")
    assert (str(article.date), article.date_source) == ("None", "unknown")
    assert rows(article) == [
        (C, 'FILE', 'Reuters'),
        (B, 'Beirut', 'occupation.”'),
        (B, 'Zahar', 'Palestine.”'),
        (B, 'Zahar’s', 'Assad.'),
        (B, 'Sources', 'sides.'),
        (B, 'The', 'Edge.'),
        (B, 'In', 'Syria.'),
        (B, 'Hamas', 'Hezbollah.'),
        (B, 'Last', 'parties.'),
        (B, 'The', 'media.'),
        (B, 'According', 'sides).”'),
        (B, 'Hamas', 'Israel.'),
        (B, 'Zahar,', 'border.'),
        (R, 'Follow', 'Updates'),
        ("comment", '1.', '‘constitution’.'),
        ("comment", 'Well,', 'first.'),
        ("comment", 'What', 'Hamas???/'),
        ("comment", '2.', 'it?'),
        ("comment", '3.', 'know!!'),
        (R, 'Please', 'comment!'),
        (R, 'Please', 'here'),
    ]  # fmt: skip


def test_line_ends_marks_and_nuls_are_cleaned(read_one: ReadOne) -> None:
    article = read_one("a.txt", b"\xef\xbb\xbfTitle\r\n\r\nOne\0 line.\rAnother.\r\n")
    assert article.text == "Title\n\nOne line.\nAnother.\n"
    assert [part.text for part in article.paragraphs] == ["One line.", "Another."]


@pytest.mark.parametrize(
    "unit", ["a", '"', "A. ", "1. ", "[", "(AP", "x\n", "By A B ", "photo: ", "Reuters", "1/1/", "- "]
)
def test_a_third_of_a_megabyte_of_anything_is_read_in_seconds(read_one: ReadOne, unit: str) -> None:
    started = time.process_time()
    read_one("a.txt", unit * (300_000 // len(unit)))
    assert time.process_time() - started < 3
