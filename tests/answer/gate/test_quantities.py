import pytest

from rag.answer.gate.evidence import read_sources
from rag.answer.gate.quantities import doubt_quantities
from rag.answer.gate.words import read_words


def doubts(claim: str, cited: str) -> list[tuple[str, bool]]:
    return [(doubt.kind, doubt.grave) for doubt in doubt_quantities(read_words(claim), read_sources(cited))]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("All experts expect a pause.", "Some experts expect a pause."),
        ("Most experts expect a pause.", "Some experts expect a pause. Most banks are closed."),
        ("Every expert expects a pause.", "Most experts expect a pause."),
        ("All of the city's schools closed.", "About half of the city's schools closed."),
        ("All the boats sank.", "Six of the 40 boats sank."),
        ("All parents agree.", "62% of parents agree."),
        ("Everyone views it as a success.", "Some view it as a success."),
        ("The mayor always visits Kolm.", "The mayor visits Kolm."),
        ("Each major firm sells it.", "More and more major firms sell it."),
    ],
)
def test_more_than_the_paragraph_says_is_borne_out_in_part(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == [("hedge", False)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Some experts expect a pause.", "All experts expect a pause."),
        ("All experts expect a pause.", "Every expert expects a pause, and some banks closed."),
        ("All were saved.", "Nobody was lost."),
        ("It was the most popular boat.", "Some say that no boat was better liked."),
        ("Most parents, 62%, agree.", "62% of parents agree."),
        ("All 40 boats sank.", "The 40 boats sank."),
        ("Each of the two mayors signed it.", "The two mayors signed it."),
        ("It sails every day.", "It sails daily."),
        ("After all, it sank.", "It sank."),
        ("It was known all over Oslo.", "It was known in Oslo."),
        ("They met each other.", "They met."),
    ],
)
def test_less_or_as_much_raises_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []
