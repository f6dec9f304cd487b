from datetime import date

import pytest

from rag.read.dates import FoundDate, find_date, parse_date, read_date_line

DAY = date(2017, 9, 23)
LONG = "This is a longer paragraph of the article that says what happened, who was there and what they had to say. " * 2


@pytest.mark.parametrize(
    "text",
    [
        "2017-09-23",
        "2017/09/23",
        "2017.9.23",
        "20170923",
        "2017-09-23T10:30:00Z",
        "2017-09-23T10:30:00.123+02:00",
        "2017-09-23 10:30",
        "Sat, 23 Sep 2017 10:00:00 GMT",
        "23 September, 2017",
        "23rd of September 2017",
        "Saturday, September 23, 2017",
        "Sept. 23, 2017",
        "SEPTEMBER 23, 2017",
        "September 23, 2017, 5:30 p.m. EDT",
        "10:00 AM ET, Sat September 23, 2017",
        "23/09/2017",
        "09/23/2017",
        "23.09.2017",
        "23. September 2017",
        "samedi 23 septembre 2017",
        "23 de septiembre de 2017",
        "2017年9月23日",
    ],
)
def test_a_date_is_read_in_its_usual_forms(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2020",
        "2017-02-30",
        "2999-01-01",
        "1700-01-01",
        "September 2017",
        "23 September",
        "in 2017",
        "x" * 200,
    ],
)
def test_what_is_ambiguous_implausible_or_no_date_is_not_read(text: str) -> None:
    assert parse_date(text) is None


def test_day_and_month_that_are_equal_are_not_ambiguous() -> None:
    assert parse_date("05/05/2020") == date(2020, 5, 5)


@pytest.mark.parametrize(
    "line",
    [
        "Published: 23 September 2017",
        "Posted on September 23, 2017 at 3:15 pm",
        "By Jane Doe | September 23, 2017 | 3 min read",
        "Published 8:31 AM EDT Sept. 23, 2017 Updated 10:00 PM EDT Sept. 24, 2017",
        "Last updated: 24 September 2017 | Published: 23 September 2017",
    ],
)
def test_a_date_line_gives_the_day_of_publication(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.day == DAY


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert read_date_line("On 23 September, 2017 he left.") is None
    assert read_date_line("Supporters rally in Gaza City on August 26, 2014") is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "LONDON, Sept. 23, 2017 (Reuters) — The minister said so.",
        "NEW YORK (AP), September 23, 2017 - The minister said so.",
        "Paris, 23 September 2017 – The minister said so.",
    ],
)
def test_a_dateline_with_a_year_gives_the_date(paragraph: str) -> None:
    assert find_date([paragraph], "") == FoundDate(DAY, "dateline")


@pytest.mark.parametrize(
    "paragraph",
    [
        "On Saturday, Sept. 23, 2017 — the day of the vote — he left.",
        "LONDON, Sept. 23 (Reuters) — The minister said so.",
        "He spoke on Sept. 23, 2017 - his birthday.",
        "FILE - A rally in Gaza City, September 23, 2017. Reuters",
    ],
)
def test_a_date_in_running_text_or_a_caption_is_not_that_of_publication(paragraph: str) -> None:
    assert find_date([paragraph], "") == FoundDate()


def test_a_date_line_counts_near_the_top_only() -> None:
    assert find_date([LONG, "23 September, 2017", LONG], "") == FoundDate(DAY, "text")
    assert find_date([LONG, LONG, "23 September, 2017"], "") == FoundDate()


def test_published_wins_over_updated() -> None:
    lines = ["Updated: 24 September 2017", "Published: 23 September 2017"]
    assert find_date(lines, "") == FoundDate(DAY, "text")
    assert find_date(lines[:1], "") == FoundDate(date(2017, 9, 24), "text")


def test_the_dates_of_a_timeline_are_not_that_of_publication() -> None:
    assert find_date(["January 5, 2010", "It began.", "March 7, 2011", "It ended."], "") == FoundDate()


@pytest.mark.parametrize("name", ["2017-09-23-rift.txt", "rift_20170923.txt", "rift 2017_09_23.md", "20170923.pdf"])
def test_a_file_name_gives_the_date_when_nothing_else_does(name: str) -> None:
    assert find_date(["No date here."], name) == FoundDate(DAY, "file name")


@pytest.mark.parametrize(
    "name", ["000_36583eb5ba8d5c25.txt", "a20170923.txt", "120170923.txt", "20171399.txt", "03-04-2020.txt"]
)
def test_digits_that_are_no_date_are_not_taken_for_one(name: str) -> None:
    assert find_date(["No date here."], name) == FoundDate()
