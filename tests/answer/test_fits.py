from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.fits import fit, trim_span
from rag.answer.nouns import AnswerType

TYPES = st.sampled_from(get_args(AnswerType))

PLAINLY = """
date            | in May 2012
date            | 4 August 2017
date            | 1857
date            | in 1066
year            | In 1984
year            | 1990–94
time            | at 5 p.m.
time            | 17:30
time            | midnight
number          | 1,200
number          | 5m people
number          | twenty-seven
number          | about 300 people
number          | five
money           | $5 million
money           | 300 euros
money           | half a million pounds
percent         | 40%
percent         | 12.5 per cent
age             | 34-year-old
age             | aged 12
age             | 12 years old
duration        | for two years
duration        | several weeks
duration        | 90 minutes
distance        | 300 km
distance        | six miles
quantity        | 12 tonnes
quantity        | twice a week
person          | Wangari Maathai
person          | by Wangari Maathai
group           | the United Nations
group           | NATO
person or group | Greenpeace
place           | in Oslo
place           | the US
any             | green
time            | nine o’clock
distance        | 5km
group           | al-Qaeda
person          | al-Assad
person          | Foreign Ministry spokesman Wangari Maathai
place           | King Fahd Airport
"""

PLAINLY_NOT = """
number   | Oslo
money    | Oslo
percent  | Oslo
age      | Oslo
duration | Oslo
distance | Oslo
date     | Oslo
year     | the director
person   | 1857
person   | May 2012
person   | $5 million
person   | last Tuesday
group    | 40 percent
place    | yesterday
place    | 300
place    | the
money    | May 2012
percent  | last Tuesday
number   | 4 August 2017
any      |
any      | ...
person   | ( )
"""

PERHAPS = """
date            | in recent months
date            | after the war
person          | a police officer
person          | two men
person or group | villagers
place           | at home
place           | a village near the border
number          | dozens
money           | 300
percent         | two thirds
duration        | until the spring
time            | in the evening
year            | the 1990s
quantity        | 40C
"""


def _rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("wants", "span"), _rows(PLAINLY))
def test_a_plain_answer_fits(wants: AnswerType, span: str) -> None:
    assert fit(wants, span, f"It was told that {span} did it.") == 1.0


@pytest.mark.parametrize(("wants", "span"), _rows(PLAINLY_NOT))
def test_what_is_of_another_type_does_not_fit(wants: AnswerType, span: str) -> None:
    assert fit(wants, span, f"It was told that {span} did it.") <= 0.1


@pytest.mark.parametrize(("wants", "span"), _rows(PERHAPS))
def test_what_cannot_be_told_is_in_between(wants: AnswerType, span: str) -> None:
    assert 0.4 < fit(wants, span, f"It was told that {span} did it.") < 1.0


@pytest.mark.parametrize("span", ["last Tuesday", "on Friday", "two years ago", "the 1990s", "Christmas"])
def test_a_time_that_is_told_in_another_way_fits_better_than_a_vague_one(span: str) -> None:
    assert 1.0 > fit("date", span, span) > fit("date", "in recent months", "in recent months") == 0.5


def test_what_stands_beside_a_number_tells_what_it_is() -> None:
    assert fit("percent", "40", "Some 40 percent stayed away.") == 1.0
    assert fit("money", "5 million", "They paid $5 million.") == 1.0
    assert fit("age", "34", "The 34-year-old man left.") == 1.0
    assert fit("number", "2000", "Some 2000 people came.") == 1.0
    assert fit("number", "2000", "They came in 2000.") < 0.5


def test_a_pronoun_is_hardly_an_answer() -> None:
    assert fit("person", "he", "Then he left.") == 0.2


def test_a_capital_at_the_start_of_a_sentence_says_less() -> None:
    assert fit("person", "Police", "Police were there.") < fit("person", "Maathai", "There was Maathai.")


def test_an_organisation_is_rather_a_group_and_somebody_with_a_title_a_person() -> None:
    sentence = "There Dr Lee met the Green Party."
    assert fit("group", "the Green Party", sentence) > fit("person", "the Green Party", sentence)
    assert fit("person", "Dr Lee", sentence) > fit("group", "Dr Lee", sentence) > fit("place", "Dr Lee", sentence)


@pytest.mark.parametrize(
    ("wants", "span", "trimmed"),
    [
        ("date", "in May 2012,", "May 2012"),
        ("date", "on Friday.", "Friday"),
        ("date", "in the 1990s and", "the 1990s"),
        ("date", "in two weeks", "in two weeks"),
        ("date", "since 2012", "since 2012"),
        ("time", "at 5 p.m.", "5 p.m."),
        ("age", "at the age of 12", "12"),
        ("number", "by 40%.", "40%"),
        ("number", ".5", ".5"),
        ("number", "at least 40", "at least 40"),
        ("group", "by the United Nations", "the United Nations"),
        ("person", "Houthis of the", "Houthis"),
        ("person", "(Maathai", "Maathai"),
        ("person", "Maathai (left)", "Maathai (left)"),
        ("person", "Sammy Davis Jr.", "Sammy Davis Jr."),
        ("place", "in Washington, D.C.", "Washington, D.C."),
        ("place", "near Oslo", "near Oslo"),
        ("place", "in the kitchen", "in the kitchen"),
        ("any", '"betrayal', "betrayal"),
        ("any", '"betrayal"', '"betrayal"'),
        ("any", "“betrayal” [1", "“betrayal” [1"),
        ("any", "in May 2012", "in May 2012"),
        ("any", "...", "..."),
        ("any", "", ""),
    ],
)
def test_a_span_is_tidied_to_what_people_write(wants: AnswerType, span: str, trimmed: str) -> None:
    assert span[slice(*trim_span(wants, span))] == trimmed


SPANS = st.text(max_size=60) | st.lists(
    st.sampled_from(["in", "at", "of the", "May", "2012", "(", ")", '"', "“", ".", ",", "D.C.", "$5", "Oslo", "age"])
).map(" ".join)


@given(TYPES, SPANS)
def test_trimming_stays_within_the_span_and_leaves_something(wants: AnswerType, span: str) -> None:
    start, end = trim_span(wants, span)
    assert 0 <= start <= end <= len(span)
    assert start < end or not span


@given(TYPES, SPANS)
def test_what_is_trimmed_stays_as_it_is(wants: AnswerType, span: str) -> None:
    trimmed = span[slice(*trim_span(wants, span))]
    assert trim_span(wants, trimmed) == (0, len(trimmed))


@given(TYPES, SPANS, SPANS)
def test_a_fit_is_a_share(wants: AnswerType, span: str, sentence: str) -> None:
    assert 0.0 <= fit(wants, span, sentence) <= 1.0
    assert 0.0 <= fit(wants, span, f"{sentence} {span} {sentence}") <= 1.0


def test_a_number_with_a_unit_that_nobody_asked_for_hardly_fits() -> None:
    sentence = "Within 2 days 20 inches of snow fell on 600 homes."
    assert fit("number", "600", sentence) == 1.0
    assert max(fit("number", "20", sentence), fit("number", "2 days", sentence)) < 0.5


def test_an_office_is_hardly_a_person() -> None:
    assert fit("person", "the Bureau of Reclamation", "He sued the Bureau of Reclamation.") < 0.5
