from datetime import date

import pytest

from rag.answer.gate.relative_days import doubt_dates, find_days

SATURDAY = date(2017, 9, 23)


def doubts(claim: str, cited: str, around: str = "") -> list[bool]:
    return [doubt.grave for doubt in doubt_dates(claim, cited, around, [SATURDAY])]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last Sunday", "2017-09-17"),
        ("on Tuesday", "2017-09-19"),
        ("on Tuesday", "2017-09-26"),
        ("next Monday", "2017-09-25"),
        ("yesterday", "2017-09-22"),
        ("tomorrow", "2017-09-24"),
        ("last month", "2017-08"),
        ("last year", "2016"),
        ("three years ago", "2014"),
        ("two days ago", "2017-09-21"),
        ("nine months earlier", "2016-12"),
        ("last weekend", "2017-09-16"),
    ],
)
def test_relative_days_are_counted_from_the_articles_date(text: str, day: str) -> None:
    assert day in find_days(text, SATURDAY)


def test_without_a_date_relative_days_tell_nothing() -> None:
    assert find_days("last Sunday, and in 2012", None) == ["2012"]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("They met on 17 September 2017.", "They met last Sunday."),
        ("They met in 2016.", "They met last year."),
        ("They met last Sunday.", "They met on September 17."),
        ("They met on Sunday.", "On Sunday they met."),
        ("They met in May 2012.", "They met on 3 May 2012."),
        ("They met.", "They met on Sunday."),
    ],
)
def test_equal_dates_raise_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("They met on 18 September 2017.", "They met last Sunday."),
        ("They met in 2015.", "They met last year."),
        ("They met on Monday.", "They met on Sunday."),
        ("They met on Wednesday.", "After the talks of last week they met on Sunday."),
        ("They met in June 2012.", "They met in May 2012."),
        ("They met in 2012.", "They met."),
    ],
)
def test_other_dates_are_a_grave_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == [True]


def test_a_date_that_stands_only_beside_bears_out_in_part() -> None:
    assert doubts("They met in 2012.", "They met in Oslo.", around="The war began in 2012.") == [False]
