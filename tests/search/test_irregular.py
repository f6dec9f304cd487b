from rag.search.irregular import other_forms


def test_a_form_leads_to_the_others_in_any_case() -> None:
    assert other_forms("leave") == ["left"]
    assert other_forms("WON") == ["win"]


def test_a_form_of_two_verbs_leads_to_both() -> None:
    assert other_forms("lay") == ["laid", "lie", "lain"]


def test_a_regular_word_has_no_other_forms() -> None:
    assert other_forms("attack") == []
