import pytest

from rag.answer.gate.yes_no import judge_yes_no


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("Did the minister resign?", "The minister resigned on Monday.", "Yes"),
        ("Did the Alliance lose Rome?", "The Alliance lost Rome to a coalition that had not existed before.", ""),
        (
            "Was the study published on Monday?",
            "The study was published on Monday by men who had no say in it.",
            "Yes",
        ),
        ("Did sales of soup increase?", "The maker of soups raised prices, and sales of snacks climbed.", ""),
        ("Has the takeover been approved?", "The takeover still needs to be approved.", ""),
        ("Will prices rise in May?", "Prices will not rise before May.", ""),
        ("Did the minister resign?", "The minister did not, however, resign.", "No"),
        ("Did Ray win the final?", "World No. 1 Ray won the final.", "Yes"),
        ("Did the firm close its plant?", "The firm closed its plant in May.", "Yes"),
        ("Did Ray lead the firm?", "Ray led the firm, which was not sold.", "Yes"),
        ("Was the match played?", "The match was called off and never played.", "No"),
        ("Did the minister resign?", "The minister has not resigned.", "No"),
        ("Did the minister resign?", "The minister refused to resign.", "No"),
        ("Did the minister not resign?", "The minister did not resign.", ""),
        ("Did the ministers meet in Oslo?", "Both ministers met in Oslo.", "Yes"),
        ("Is Oslo the capital of Norway?", "Oslo, the capital of Norway, is cold.", "Yes"),
        ("Were 12 people hurt?", "At least twelve people were hurt.", "Yes"),
        ("Were 12 people hurt?", "At least 13 people were hurt.", ""),
        ("Did the minister resign?", "The minister may resign.", ""),
        ("Did the minister resign?", "The opposition wants the minister to resign.", ""),
        ("Did the minister resign?", "Did the minister resign?", ""),
        ("Did the minister resign?", "The minister met his wife.", ""),
        ("Did the minister resign?", "If the minister resigns, elections follow.", ""),
        ("Did the minister resign?", "", ""),
        ("Did the minister ever resign?", "The minister resigned on Monday.", "Yes"),
        ("Did parliament approve the plan?", "Parliament accepted the plan.", "Yes"),
        ("Did parliament approve the plan?", "On Monday parliament rejected the plan.", "No"),
        ("Would Rome let the firm open an office there?", "It talks, but Rome would not allow it an office.", "No"),
        ("Would Rome let the firm open an office there?", "Rome would not comment.", ""),
        ("Did Ann lead the ministry?", "Ben led the ministry, while the party was led by Ann.", ""),
        ("Did Rome refuse to pay?", "Rome refused to pay.", "Yes"),
        ("Had they won the cup before?", "They won the cup for the first time.", ""),
        ("Did Oslo beat Rome?", "Oslo beat Rome on Saturday.", "Yes"),
        ("Did Oslo beat Rome?", "Rome beat Oslo on Saturday.", ""),
        ("Was Rome beaten by Oslo?", "Oslo beat Rome on Saturday.", "Yes"),
        ("Did all hostages survive?", "Two hostages survived.", ""),
        ("Did the minister resign in May?", "The minister resigned in June.", ""),
        ("Did the minister resign in May?", "The minister resigned in May.", "Yes"),
        ("Did the minister resign on Friday?", "The minister resigned on Monday.", ""),
        ("Did the US leave Syria?", "Russia left Syria.", ""),
        ("Did the US leave Syria?", "The United States left Syria.", "Yes"),
        ("Did the US leave Syria?", "The US left Syria.", "Yes"),
    ],
)
def test_commits_itself_where_the_evidence_is_plain_and_nowhere_else(
    question: str, sentence: str, verdict: str
) -> None:
    assert judge_yes_no(question, sentence, "News") == verdict


def test_who_the_question_is_about_may_stand_in_the_title_instead_and_nobody_else() -> None:
    assert judge_yes_no("Is the Post a paper from Syria?", "The Post is a paper.", "War in Syria") == ""
    assert judge_yes_no("Did Merkel resign?", "The chancellor resigned.", "Merkel steps down") == "Yes"


def test_a_name_may_stand_beside_a_sentence_that_points_back_to_it_and_no_other() -> None:
    paragraph = "Merkel spoke on Monday. {} Others stayed."
    for sentence, verdict in (("She resigned.", "Yes"), ("Schulz resigned.", "")):
        assert judge_yes_no("Did Merkel resign?", sentence, "News", paragraph.format(sentence)) == verdict
