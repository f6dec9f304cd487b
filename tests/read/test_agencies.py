import pytest

from rag.read.agencies import find_agency


@pytest.mark.parametrize(
    ("paragraphs", "agency"),
    [
        (["BEIRUT (Reuters) - Hamas said so."], "Reuters"),
        (["WASHINGTON (AP) — The president said so."], "AP"),
        (["Associated Press", "The president said so."], "AP"),
        (["By JANE DOE, The Associated Press", "The president said so."], "AP"),
        (["The president said so.", "Reuters contributed to this report."], "Reuters"),
        (["The president said so.", "With inputs from AFP"], "AFP"),
        (["The president told Reuters that he would go.", "He went."], ""),
        (["The chief speaks. (photo credit: REUTERS)", "He spoke."], ""),
        (["Agencies contributed to this story."], ""),
        ([], ""),
    ],
)
def test_only_the_agency_of_the_text_is_credited(paragraphs: list[str], agency: str) -> None:
    assert find_agency(paragraphs) == agency
