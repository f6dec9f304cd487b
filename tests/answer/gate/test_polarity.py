import pytest

from rag.answer.gate.evidence import read_sources
from rag.answer.gate.polarity import doubt_polarity
from rag.answer.gate.words import read_words


def doubts(claim: str, cited: str) -> list[tuple[str, bool]]:
    found = doubt_polarity(read_words(claim), read_sources(cited))
    return [(doubt.kind, doubt.grave) for doubt in found]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The minister did not resign.", "The minister has not resigned."),
        ("The minister didn't resign.", "The minister refused to resign."),
        ("The minister resigned.", "The minister resigned, but he did not leave."),
        ("The museum opened in 2012.", "The museum did not open until 2012."),
        ("The minister lost the vote.", "The minister did not win the vote."),
        ("The minister plans to resign.", "The minister intends to resign."),
        ("The minister is about to resign.", "The minister is about to resign."),
        ("Iran closed the harbour.", "The minister urged Iran to help; the harbour was closed."),
        ("He was tired and ill.", "He was not only tired but ill."),
        ("Imports rose.", "Imports rose while exports fell."),
        ("Ana Petrova won the final.", "World No. 1 Ana Petrova won the final."),
        ("The company closed its plant.", "In May the company closed its plant."),
    ],
)
def test_what_agrees_raises_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The minister resigned.", "The minister has not resigned."),
        ("The minister has not resigned.", "The minister has resigned."),
        ("The minister resigned.", "The minister refused to resign."),
        ("The minister never resigned.", "The minister resigned."),
        ("The minister met the union.", "The minister denied meeting the union."),
        ("There is a deal.", "There is no deal."),
    ],
)
def test_a_not_on_one_side_alone_is_a_grave_doubt(claim: str, cited: str) -> None:
    assert ("negation", True) in doubts(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The minister resigned.", "The minister may resign."),
        ("The minister visited Tehran.", "The minister is expected to visit Tehran."),
        ("The minister took bribes.", "The minister allegedly took bribes."),
        ("The minister acquired a boat.", "The minister may have bought a boat."),
        ("The city elected a woman.", "The city is poised to elect a woman."),
        ("The minister resigned.", "The minister is about to resign."),
        ("The minister resigned.", "The minister, expected soon to resign, left."),
        ("The minister resigned.", "The minister may finally resign."),
        ("The minister took about ten boats.", "The minister is believed to have taken about ten boats."),
        ("Only the minister took bribes.", "The minister took bribes."),
    ],
)
def test_what_the_paragraph_leaves_open_is_borne_out_in_part(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == [("hedge", False)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Prices rose by half.", "Prices fell by half."),
        ("Parliament approved the plan.", "Parliament rejected the plan."),
        ("He left before the war.", "He left after the war."),
        ("Exports rose while imports rose.", "Imports rose while exports fell."),
    ],
)
def test_a_contrary_in_its_place_is_a_grave_doubt(claim: str, cited: str) -> None:
    assert ("contrary", True) in doubts(claim, cited)
