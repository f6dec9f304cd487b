import pytest

from rag.answer.language import guess_language, other_language

GERMAN = "Die Hamas hat die Stadt im Jahr 2012 verlassen."


@pytest.mark.parametrize("question", ["In welchem Jahr verließ Hamas Damaskus?", "Wann ging Hamas?", "Hamas in Rom?"])
def test_a_word_of_several_languages_makes_no_question_english(question: str) -> None:
    assert other_language(GERMAN, question) == ""


@pytest.mark.parametrize("question", ["When did Hamas leave?", "Where is Hamas?", "Quand est parti le Hamas ?"])
def test_a_text_in_another_language_than_the_question_is_told(question: str) -> None:
    assert other_language(GERMAN, question) == "German"


def test_names_are_of_no_language() -> None:
    assert guess_language("El Al flies to Las Vegas and Los Angeles from Al Ain.") != "Spanish"
    assert guess_language("Los Angeles beat Las Vegas.") == ""
