from dataclasses import replace

from rag.answer.compose import choose_quotes, cite_quotes, shorten_answer
from rag.answer.judge import Evidence, Quote
from rag.answer.kind import Asked, QuestionKind
from rag.records import ArticleHeader, Paragraph, Passage

ARTICLE = ArticleHeader("a", "Talks", "", "", "", None, "unknown")


def quote(text: str, score: float, short: str = "", number: int = 1, article: str = "a") -> Quote:
    passage = Passage(replace(ARTICLE, id=article), Paragraph(number, "body", 100, 100 + len(text), text), 0.0)
    return Quote(passage, 100, 100 + len(text), " ".join(text.split()), short, Evidence(0, 0, 0, 0, 0, 0, 0), score)


def chosen(*quotes: Quote, kind: QuestionKind = "span", most: int = 9) -> list[str]:
    return [each[0].text for each in choose_quotes(quotes, Asked(kind, "any"), most)]


def test_a_piece_of_a_name_is_no_item_of_a_list() -> None:
    quotes = [
        quote("Norway's Education Minister met Denmark.", 3.0, short) for short in ("Norway's", "Education", "Denmark")
    ]
    assert shorten_answer([(quotes[0],)], quotes, Asked("list", "place")) == "Denmark"


def test_what_is_nearly_as_good_is_told_and_what_is_not_is_left_out() -> None:
    quotes = quote("They met.", 3.0), quote("Nobody else came by.", 2.0), quote("It rained all day.", -5.0)
    assert chosen(*quotes) == ["They met.", "Nobody else came by."]


def test_what_says_the_same_is_said_once() -> None:
    first, second = "The ministers met in Oslo on Tuesday.", "The ministers met in Oslo on Tuesday at noon."
    assert chosen(quote(first, 2.0), quote(second, 1.9, number=2)) == [first]


def test_never_more_sentences_than_are_wanted() -> None:
    quotes = [quote(f"{name} came.", 2.0) for name in ("Ana", "Ben", "Eva", "Tom", "Kim", "Ida", "Leo", "Max")]
    assert len(chosen(*quotes, kind="list", most=2)) == 2
    assert len(chosen(*quotes, kind="list")) < 8


def test_a_list_tells_the_words_of_all_its_sentences_each_once() -> None:
    quotes = [quote("Norway came.", 3.0, "Norway"), quote("So did norway.", 2.0, "norway"), quote("Iran.", 1.0, "Iran")]
    assert shorten_answer([(each,) for each in quotes], quotes, Asked("list", "place")) == "Norway; Iran"


def test_a_list_keeps_a_word_that_is_part_of_another() -> None:
    quotes = [quote("Nigeria came.", 3.0, "Nigeria"), quote("So did Niger.", 2.0, "Niger")]
    assert shorten_answer([(each,) for each in quotes], quotes, Asked("list", "place")) == "Nigeria; Niger"


def test_a_list_tells_all_that_one_sentence_names_and_no_more_than_are_asked_for() -> None:
    quotes = [quote("Norway, Iran and Oman came.", 3.0, name) for name in ("Norway", "Iran", "Oman")]
    assert shorten_answer([(quotes[0],)], quotes, Asked("list", "place")) == "Norway; Iran; Oman"
    assert shorten_answer([(quotes[0],)], quotes, Asked("list", "place", count=2)) == "Norway; Iran"


def test_articles_that_say_the_same_are_all_cited() -> None:
    quotes = (
        quote("They met in Oslo.", 3.0),
        quote("They met in Oslo.", 2.9, article="b"),
        quote("They met in Oslo.", 2),
    )
    [sentence] = cite_quotes(choose_quotes(quotes, Asked("span", "any"), 4))
    assert [(one.number, one.article.id) for one in sentence.citations] == [(1, "a"), (2, "b")]


def test_a_fact_tells_the_words_of_the_best_sentence_and_a_reason_none() -> None:
    quotes = [quote("Norway came.", 3.0, "Norway"), quote("Iran came.", 2.0, "Iran")]
    told = [(each,) for each in quotes]
    assert shorten_answer(told, quotes, Asked("span", "place")) == "Norway"
    assert shorten_answer(told, quotes, Asked("explain", "any")) == ""


def test_a_sentence_is_told_on_one_line_and_quoted_as_it_stands() -> None:
    [sentence] = cite_quotes([(quote("They met\nin Oslo.", 1.0),)])
    assert (sentence.text, sentence.citations[0].quote) == ("They met in Oslo.", "They met\nin Oslo.")
    assert (sentence.citations[0].start, sentence.citations[0].end) == (100, 117)


def test_footnotes_are_numbered_in_order() -> None:
    sentences = cite_quotes([(quote("They met.", 2.0),), (quote("It rained.", 1.0),)])
    assert [one.citations[0].number for one in sentences] == [1, 2]


def test_a_comparison_hears_every_article_before_one_speaks_twice() -> None:
    quotes = (
        quote("Ana left.", 3.0),
        replace(quote("Ben wept.", 2.0), start=200),
        quote("Ana stayed.", 0.0, article="b"),
        quote("It rained.", -9.0, article="c"),
    )
    told = choose_quotes(quotes, Asked("summary", "any", compares=True), 9)
    assert [each[0].text for each in told] == ["Ana left.", "Ana stayed.", "Ben wept."]
