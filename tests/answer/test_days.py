from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.days import date_matches, find_dates


@pytest.mark.parametrize(
    "text",
    [
        "Aug. 4, 2017",
        "August 4,2017",
        "AUGUST 4TH 2017",
        "4 August 2017",
        "the 4th of August, 2017",
        "august 4 2017",
        "2017-08-04",
        "2017/8/4",
        "Friday, Aug. 4, 2017",
        "at 10:30 on 4-Aug-2017.",
    ],
)
def test_a_day_is_found_in_every_spelling(text: str) -> None:
    assert find_dates(text) == ["2017-08-04"]


def test_a_date_has_the_parts_that_the_text_tells() -> None:
    assert find_dates("In 2012 it began, in August 2013 it grew, and on May 4 it ended.") == [
        "2012",
        "2013-08",
        "--05-04",
    ]
    assert find_dates("Since March; by April; in early August; 2014-02") == ["--03", "--04", "--08", "2014-02"]


def test_both_ends_of_some_days_are_found() -> None:
    assert find_dates("Aug. 4-6, 2017, and 1–2 May") == ["2017-08-04", "2017-08-06", "--05-01", "--05-02"]


@pytest.mark.parametrize(
    "text",
    [
        "May the force be with you.",
        "He may 12 times, they march 4 miles.",
        "Theresa May said by May.",
        "April Smith and June Jones",
        "$2000, 2,012 and 2012.5",
        "the 1990s",
        "T-2000",
        "No. 20171",
        "9/11",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("month", ["March", "April", "May", "June", "October"])
def test_a_month_may_be_the_whole_answer(month: str) -> None:
    assert find_dates(f"{month}.") == find_dates(f"It was in {month}.")


def test_what_can_be_read_in_two_ways_is_read_for_its_year_only() -> None:
    assert find_dates("03/04/2017 or 23/04/2017") == ["2017", "2017-04-23"]


def test_a_day_that_does_not_exist_is_read_for_its_other_parts() -> None:
    assert find_dates("30 February 2017; February 30; 2017-13-01") == ["2017-02", "--02", "2017"]
    assert find_dates("29 Feb") == ["--02-29"]


def test_years_stand_side_by_side() -> None:
    assert find_dates("2011-2012, mid-2013, 2014–15") == ["2011", "2012", "2013", "2014"]


def test_a_relative_date_is_not_read() -> None:
    assert find_dates("last Sunday, yesterday and on Monday, July 3") == ["--07-03"]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(date_matches(day, day) for day in find_dates(text))


@given(
    st.lists(
        st.sampled_from(["4", "32", "2017", "-", ", ", " ", "Aug", "May", "in ", "of ", "/", "٣", "last ", "Sunday"])
    )
)
def test_any_heap_of_date_parts_can_be_read(parts: list[str]) -> None:
    assert all(date_matches(day, day) for day in find_dates("".join(parts)))


@given(st.dates(date(1000, 1, 1), date(2100, 12, 31)))
def test_every_day_is_found_as_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        assert find_dates(text) == [day.isoformat()]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2012", "2012"),
        ("2012", "2012-08"),
        ("2012", "2012-08-04"),
        ("2012-08", "2012-08-04"),
        ("2012-08", "--08"),
        ("2017-08-04", "2017-08-04"),
        ("2017-08-04", "--08-04"),
        ("--08-04", "2017-08-04"),
    ],
)
def test_a_date_matches_if_it_tells_all_that_is_wanted_but_maybe_the_year(wanted: str, found: str) -> None:
    assert date_matches(wanted, found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2012", "2013"),
        ("2012", "--08"),
        ("2012-08", "2012"),
        ("2017-08-04", "2017-08"),
        ("2017-08-04", "2016-08-04"),
        ("2017-08-04", "--08-05"),
        ("2017-08-04", "--08"),
        ("--08-04", "2017-09-04"),
    ],
)
def test_a_coarser_or_another_date_does_not_match(wanted: str, found: str) -> None:
    assert not date_matches(wanted, found)


@pytest.mark.parametrize("text", ["", "-", "--", "August", "2017-8-4", "2017-08-04-01"])
def test_what_is_no_date_cannot_be_compared(text: str) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        date_matches("2012", text)
