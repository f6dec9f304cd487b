import pytest

from rag.read.kinds import label_kinds
from rag.records import ParagraphKind

LONG = "This is a longer paragraph of the article that says what happened, who was there and what they had to say."


def label(*texts: str, title: str = "A title") -> list[ParagraphKind]:
    return label_kinds(title, texts, [None] * len(texts))


@pytest.mark.parametrize(
    "text",
    [
        "3 min read",
        "[click to enlarge]",
        "Advertisement",
        "Story continues below advertisement",
        "Follow The Paper For Breaking News Updates",
        "Follow Jane Doe on Twitter @janedoe",
        "Sign up for our newsletter",
        "Subscribe now",
        "Share this article",
        "Share on Facebook",
        "Read more: Hamas says it is ready",
        "RELATED: What we know",
        "Reuters contributed to this report.",
        "Jane Doe and John Roe contributed to this story.",
        "(Reporting by Jane Doe; editing by John Roe)",
        "This article was originally published on The Conversation.",
        "© 2017 The Paper. All rights reserved.",
        "Copyright 2017 The Paper",
        "Copyright of The Paper",
        "Please enter your comment!",
        "Your email address will not be published. Required fields are marked *",
        "12 Comments",
        "Tags: Hamas, Iran",
        "By Jane Doe",
        "By JANE DOE, Associated Press",
    ],
)
def test_what_a_page_adds_is_boilerplate(text: str) -> None:
    assert label(LONG, LONG, text, LONG)[2] == "boilerplate"


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fell by 3 percent on Monday.",
        "Read more books, he said.",
        "Follow the money for two years and you will find the man.",
        "Reporting by the station revealed the 11 cases. The others were dropped.",
        "By Monday the army had left the city.",
        "Sign up before Friday, the school says.",
        "He told Reuters.",
        "The photo shows a man.",
        "More than 30 people died.",
        "Video of the attack was shown on television.",
        "Image is everything in politics, he told AFP.",
        "He was killed, according to a witness (a cousin).",
        "Comments that he made on Sunday were met with anger.",
        "Copyright holders sued the company on Tuesday.",
        "Reporting by Reuters found that 40 people had died in the camp.",
    ],
)
def test_a_sentence_of_the_article_is_body(text: str) -> None:
    assert label(LONG, text, LONG)[1] == "body"


@pytest.mark.parametrize(
    "text",
    [
        "(photo credit: REUTERS)",
        "Photo: Jane Doe",
        "FILE - A leader speaks at a rally in this photo from 2014.",
        "FILE PHOTO: A leader speaks at a rally.",
        "The four form the 'Axis of Resistance' [AFP]",
        "A leader speaks at a rally. (AP Photo/John Roe)",
        "A leader speaks at a rally. John Roe/AFP/Getty Images",
        "A leader speaks in Gaza, August 26, 2014. Reuters",
        "A leader speaks (Photo by John Roe)",
    ],
)
def test_a_picture_credit_makes_a_caption(text: str) -> None:
    assert label(LONG, text, LONG)[1] == "caption"


def test_a_caption_said_again_without_its_credit_is_a_caption() -> None:
    kinds = label("The chief speaks. (photo credit: REUTERS)", "The chief speaks.", "(photo credit: REUTERS)", LONG)
    assert kinds == ["caption", "caption", "caption", "body"]


def test_the_title_said_again_is_boilerplate() -> None:
    assert label("A title", LONG, title="A title") == ["boilerplate", "body"]


def test_a_date_at_the_head_is_boilerplate_and_a_date_on_a_timeline_is_a_heading() -> None:
    assert label("23 September, 2017", LONG) == ["boilerplate", "body"]
    assert label("January 5, 2010", LONG, "March 7, 2011", LONG) == ["heading", "body", "heading", "body"]


def test_a_short_line_above_a_body_is_a_heading_and_lines_of_a_list_are_not() -> None:
    assert label(LONG, "Moving out", LONG) == ["body", "heading", "body"]
    assert label(LONG, "What happens next?", LONG)[1] == "heading"
    assert label(LONG, "Apples", "Pears", "Plums", LONG)[2:] == ["body", "body", "body"]
    assert label(LONG, "The last line") == ["body", "body"]


@pytest.mark.parametrize("heading", ["Comments", "3 Comments", "Leave a reply", "Join the conversation"])
def test_all_under_a_heading_of_comments_is_comment(heading: str) -> None:
    kinds = label(LONG, LONG, heading, "I disagree.", "So do I.", "Please enter your name here")
    assert kinds == ["body", "body", "boilerplate", "comment", "comment", "boilerplate"]


def test_a_button_for_comments_above_the_article_starts_none() -> None:
    assert label("3 Comments", LONG, LONG) == ["boilerplate", "body", "body"]


def test_a_numbered_list_between_boilerplate_and_the_form_is_comments() -> None:
    kinds = label(LONG, "Share this", "1. I disagree.", "Not at all.", "2. So do I.", "Please enter your comment!")
    assert kinds == ["body", "boilerplate", "comment", "comment", "comment", "boilerplate"]


def test_an_article_that_is_a_numbered_list_stays_body_above_a_form() -> None:
    kinds = label(LONG, "1. The first thing to know is this.", "2. The second is that.", "Please enter your comment!")
    assert kinds == ["body", "body", "body", "boilerplate"]


def test_what_the_markup_says_is_believed() -> None:
    assert label_kinds("T", ["Read on.", LONG], ["heading", None]) == ["heading", "body"]
