import pytest

from rag.answer.gate.amounts import doubt_amounts


def doubts(claim: str, cited: str) -> list[bool]:
    """Return of each doubt whether it is grave."""
    return [doubt.grave for doubt in doubt_amounts(claim, cited)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("It cost $1.2 million.", "It cost 1,200,000 dollars."),
        ("Twelve people came.", "There were 12 people."),
        ("They grew by 27%.", "Growth was 27 percent."),
        ("About 1,200 people came.", "There were 1,187 people."),
        ("More than 1,100 people came.", "There were 1,187 people."),
        ("Nearly 1,200 people came.", "There were 1,187 people."),
        ("In 2012 they left.", "They left in 2012."),
        ("It lost 25 percent of its value.", "It lost a quarter of its value."),
        ("More than four fifths of them came.", "83% of them came."),
        ("Two-thirds of them came.", "67 percent of them came."),
        ("Half of them came.", "Few came."),
        ("One of them left.", "Ana and Ben left."),
        ("The two left.", "Ana and Ben left."),
    ],
)
def test_equal_numbers_and_fair_roundings_raise_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("It cost $1.3 million.", "It cost 1,200,000 dollars."),
        ("13 people came.", "There were 12 people."),
        ("They grew by 27%.", "Growth was 72 percent."),
        ("About 155 people came.", "There were about 154 people."),
        ("More than 1,100 people came.", "There were 1,000,000 people."),
        ("It cost 5 million euros.", "It cost 5 million dollars."),
        ("It lost $27.", "It lost 27 percent."),
        ("8 people died.", "In August 2012, 40 people died."),
    ],
)
def test_other_numbers_are_a_grave_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == [True]


def test_a_number_rounded_without_a_word_is_borne_out_in_part() -> None:
    assert doubts("It cost 1.2 million.", "It cost 1,187,000.") == [False]


def test_another_fraction_is_borne_out_in_part() -> None:
    assert doubts("A third of them came.", "A quarter of them came.") == [False]
    assert doubts("35 percent of them came.", "A quarter of them came.") == [True]


def test_a_number_must_count_the_same() -> None:
    cited = "The blast killed 12 soldiers and wounded 30 civilians."
    assert doubts("30 soldiers were killed.", cited) == [True]
    assert doubts("12 soldiers were killed.", cited) == []
