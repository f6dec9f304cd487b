from rag.models.reader import Reading
from rag.records import ArticleHeader, Paragraph, Passage
from rag.search.reread import reread
from tests.fakes import WordReader

ARTICLE = ArticleHeader("a", "Talks", "", "", "", None, "unknown")


def passage(number: int, text: str, score: float = 0.0) -> Passage:
    return Passage(ARTICLE, Paragraph(number, "body", 0, len(text), text), score)


FOUND = [passage(1, "It rained all day.", 1.2), passage(2, "They met in Oslo.", 1.1), passage(3, "Nobody came.", 1.0)]


def numbers(question: str, most: int) -> list[int]:
    return [read.passage.paragraph.number for read in reread(question, FOUND, WordReader(), most)]


def test_what_the_reader_finds_likelier_comes_first() -> None:
    assert numbers("Who met in Oslo?", most=3) == [2, 1, 3]


def test_what_is_not_read_stays_behind_as_the_search_had_it() -> None:
    assert numbers("Who met in Oslo?", most=1) == [1, 2, 3]


def test_a_passage_that_is_not_read_has_no_spans() -> None:
    read = {each.passage.paragraph.number: each for each in reread("Who met in Oslo?", FOUND, WordReader(), 2)}
    assert read[1].reading.spans
    assert read[3].reading == Reading(read[1].reading.answered, ())


def test_scores_never_rise_and_the_searchs_own_are_kept() -> None:
    read = reread("Who met in Oslo?", FOUND, WordReader(), 3)
    assert [each.passage.score for each in read] == sorted((each.passage.score for each in read), reverse=True)
    assert sorted(each.searched for each in read) == [1.0, 1.1, 1.2]


def test_nothing_found_nothing_read() -> None:
    assert reread("Who?", [], WordReader(), 30) == []
