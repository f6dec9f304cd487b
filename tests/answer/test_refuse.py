import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answer.refuse import dates_covered, refuse, unknown_words
from rag.records import Answer, Article, ArticleFilter
from rag.store.articles import NewArticle
from rag.store.index import Index
from tests.store.rooms import open_index, sync_all, write

ANY = ArticleFilter()
ARTICLES = {
    "a": "Netanyahu in Oslo\n\nSeptember 3, 2017\n\nNetanyahu met Abdel Hadi at the café to talk about the attack.\n",
    "b": "The UN and NATO\n\nMay 9, 2018\n\nThe UN sent 2,000 men and a T-72 to rebuild what the I.M.F. paid for.\n",
    "c": "Rain\n\nIt rained for nine days on Hamas, and Assad said that the policy of the team had not changed.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    place = tmp_path_factory.mktemp("refuse")
    for name, text in ARTICLES.items():
        write(place / "articles" / f"{name}.txt", text)
    opened = open_index(place / "index")
    sync_all(opened, place / "articles")
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(tmp_path / "index")
    articles = [Article(f"a{number}", "Rain", "", "", "", None, "unknown", "It rained.", ()) for number in range(1000)]
    opened.articles.put([NewArticle(article, ()) for article in articles])
    yield opened
    opened.close()


def refusal(index: Index, question: str) -> Answer:
    return refuse(Answer(question, question, "answered", (), (), "", "", "", 0.0), index, ANY)


# Unknown words


def test_unknown_words_are_told_in_order_as_they_are_written_and_once(index: Index) -> None:
    assert unknown_words(index, "Did Zidane or the Pope meet ZIDANE in Göteborg?") == ("Zidane", "Pope", "Göteborg")


@pytest.mark.parametrize("word", ["attacks", "attacking", "CAFE", "Café", "policies", "raining"])
def test_a_word_is_known_by_any_ending_accent_and_case(index: Index, word: str) -> None:
    assert unknown_words(index, f"What about {word}?") == ()


@pytest.mark.parametrize("word", ["meet", "Send", "pay", "man", "say"])
def test_a_word_is_known_by_an_irregular_form(index: Index, word: str) -> None:
    assert unknown_words(index, f"Who did {word} it?") == ()


@pytest.mark.parametrize("word", ["Hamas's", "Hamas’s", "Hamas'", "Assad's", "teams'", "didn't", "it'll", "Who's"])
def test_possessives_and_contractions_are_no_words_of_their_own(index: Index, word: str) -> None:
    assert unknown_words(index, f"{word} policy?") == ()


def test_an_unknown_name_is_told_without_its_possessive(index: Index) -> None:
    assert unknown_words(index, "What is Macron's policy?") == ("Macron",)


@pytest.mark.parametrize("word", ["Abdel-Hadi", "re-build", "NATO-Hamas", "team-policy", "T72", "T 72"])
def test_a_word_with_hyphens_is_known_as_one_word_as_a_phrase_or_by_its_parts(index: Index, word: str) -> None:
    assert unknown_words(index, f"What about {word}?") == ()


@pytest.mark.parametrize("word", ["T-80", "COVID-19", "Macron-led", "2,019", "9.2017"])
def test_a_name_is_unknown_if_only_its_letter_or_its_number_is_known(index: Index, word: str) -> None:
    assert unknown_words(index, f"What about {word}?") == (word,)


@pytest.mark.parametrize("word", ["U.N.", "N.A.T.O.", "IMF", "I.M.F.", "2000", "2,000", "2017"])
def test_initials_and_numbers_are_known_however_they_are_written(index: Index, word: str) -> None:
    assert unknown_words(index, f"What about {word}?") == ()


def test_unknown_initials_and_numbers_are_told(index: Index) -> None:
    assert unknown_words(index, "Did the E.U. or the AU send 3000 men in 1999?") == ("E.U.", "AU", "3000", "1999")


def test_few_articles_lack_an_ordinary_word_by_chance_so_only_names_are_told(index: Index) -> None:
    assert unknown_words(index, "Tell me why Zidane quarrelled. Roughly how loud was he? NASA knows?") == (
        "Zidane",
        "NASA",
    )


def test_many_articles_lack_an_ordinary_word_for_a_reason(large: Index) -> None:
    assert unknown_words(large, "Why did it hail when it rained?") == ("hail",)


def test_a_question_without_capitals_may_have_names_anywhere(index: Index) -> None:
    assert unknown_words(index, "who is zidane?") == ("zidane",)


def test_words_that_only_ask_are_never_told(index: Index) -> None:
    assert unknown_words(index, "Please explain: who exactly would you name, and how many? Describe them!") == ()


def test_scripts_that_do_not_part_words_by_spaces_are_left_alone(index: Index) -> None:
    assert unknown_words(index, "誰が会ったのか كم عدد سكان Москва हिन्दी") == ("Москва",)


def test_readers_of_an_empty_index_are_told_every_word(empty: Index) -> None:
    assert unknown_words(empty, "who met in oslo?") == ("met", "oslo")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(max_size=200))
def test_any_question_can_be_looked_at_and_each_word_told_stands_in_it(index: Index, question: str) -> None:
    assert all(word in unicodedata.normalize("NFC", question) for word in unknown_words(index, question))


@pytest.mark.parametrize("question", ["9" * 6000, "x" * 20_000, "a.b." * 2000, "x-" * 5000, "\ud800 \0 \" ' OR NEAR("])
def test_a_hostile_question_is_looked_at_in_no_time(index: Index, question: str) -> None:
    assert len(unknown_words(index, question)) <= 40


# Dates


def test_the_dates_covered_are_those_of_the_first_and_the_last_article(index: Index) -> None:
    assert dates_covered(index, ANY) == (date(2017, 9, 3), date(2018, 5, 9))


def test_the_dates_covered_are_those_of_the_articles_asked(index: Index) -> None:
    assert dates_covered(index, ArticleFilter(ids=("b", "c"))) == (date(2018, 5, 9), date(2018, 5, 9))
    assert dates_covered(index, ArticleFilter(first_date=date(2018, 1, 1))) == (date(2018, 5, 9), date(2018, 5, 9))


def test_where_no_date_is_known_none_is_told(index: Index) -> None:
    assert dates_covered(index, ArticleFilter(ids=("c",))) is None
    assert dates_covered(index, ArticleFilter(ids=())) is None


# The refusal


def test_a_refusal_tells_what_is_unknown_what_is_near_and_the_dates(index: Index) -> None:
    answer = refusal(index, "Did Netanjahu meet Zidane?")
    assert (answer.outcome, answer.text) == ("not_in_articles", "The articles do not say.")
    assert answer.unknown_words == ("Netanjahu", "Zidane")
    assert answer.hint == "Did you mean Netanyahu?"
    assert answer.dates == (date(2017, 9, 3), date(2018, 5, 9))


def test_where_all_words_are_known_there_is_nothing_to_hint_at(index: Index) -> None:
    answer = refusal(index, "Did Hamas attack the UN?")
    assert (answer.unknown_words, answer.hint) == ((), "")


def test_of_a_follow_up_the_whole_question_is_looked_at(index: Index) -> None:
    follow_up = Answer("And when?", "And when? (Zidane)", "answered", (), (), "", "", "", 0.0)
    assert refuse(follow_up, index, ANY).unknown_words == ("Zidane",)
