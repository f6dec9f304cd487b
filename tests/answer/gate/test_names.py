import pytest

from rag.answer.gate.evidence import choose_sources
from rag.answer.gate.names import doubt_names, find_names
from rag.answer.gate.words import read_words
from tests.answer.gate.passages import evidence


def doubts(claim: str, cited: str, before: str = "", title: str = "News") -> list[bool]:
    around = evidence(cited, before, title)
    sources = choose_sources(read_words(claim), around.sources)
    return [doubt.grave for doubt in doubt_names(claim, around, sources)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Officials met Petrova.", "The officials met Ana Petrova."),
        ("They live in Syria.", "The Syrian refugees live there."),
        ("The visit to the U.S. ended.", "His visit to the United States ended."),
        ("A report of the WHO says so.", "The World Health Organization published a report."),
        ("The World Health Organization reports.", "A report by the WHO."),
        ("On Sunday President Assad left.", "Assad left."),
        ("A film by O’Brien opened in São Paulo.", "In Sao Paulo a film by O'Brien opened."),
        ("France won.", "The French team won."),
        ("It borders on Canada.", "It borders on three Canadian provinces."),
        ("They came from Portugal.", "They were of Portuguese descent."),
        ("Part of Broadway is named after him.", "Broadway is partly named after him."),
    ],
)
def test_a_name_may_take_any_form(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("They met Ivanova.", "They met Ana Petrova."),
        ("They met Olga Petrova.", "They met Ana Petrova."),
        ("Moussa Abu Marzouk left.", "Khaled Mashaal left."),
        ("The team is from Austria.", "It is the Australian team."),
        ("Ann Smith resigned.", "He resigned as the vote began."),
    ],
)
def test_a_name_that_stands_nowhere_is_a_grave_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == [True]


def test_a_first_name_may_stand_in_the_title() -> None:
    assert doubts("Then came Yahya Sinwar.", "Then came Sinwar.", title="The rise of Yahya Sinwar") == []


def test_a_pronoun_may_point_to_the_paragraph_before() -> None:
    before = "Ana Petrova is a sailor."
    assert doubts("In Oslo, Petrova bought a boat.", "She bought a boat in Oslo.", before) == []
    assert doubts("In Oslo, Petrova bought a boat.", "A boat was bought in Oslo.", before) == [False]


def test_a_headline_in_capitals_names_nobody() -> None:
    assert find_names("MINISTER LEAVES OSLO") == ()


def test_days_months_and_titles_are_no_names() -> None:
    assert [name.words for name in find_names("In May, on Sunday, President Assad saw Dr. Lund.")] == [
        ("assad",),
        ("lund",),
    ]
