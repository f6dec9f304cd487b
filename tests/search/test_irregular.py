import pytest

from rag.search.irregular import other_forms
from rag.search.stem import base_form, stem


def test_a_form_leads_to_the_others_in_any_case() -> None:
    assert other_forms("leave") == ["left"]
    assert other_forms("WON") == ["win"]


def test_a_form_of_two_verbs_leads_to_both() -> None:
    assert other_forms("lay") == ["laid", "lie", "lain"]


def test_a_regular_word_has_no_other_forms() -> None:
    assert other_forms("attack") == []


@pytest.mark.parametrize("forms", ["pay pays paying paid", "run runs running ran", "flee flees fleeing fled"])
def test_regular_forms_of_an_irregular_word_have_its_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_a_word_that_looks_like_a_regular_form_stays() -> None:
    assert [base_form(word) for word in ("founding", "thing", "press")] == ["founding", "thing", "press"]
