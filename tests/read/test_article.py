from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rag.read.article import Draft, build_article
from rag.read.paragraphs import split_paragraphs
from rag.records import Article

BODY = "The first paragraph says what happened, who was there and what they had to say about it."


def build(text: str, **stated: str) -> Article:
    return build_article("a", Draft(text, split_paragraphs(text), **stated), "stem", "stem.txt")  # type: ignore[arg-type]


def test_the_first_line_is_the_title_and_no_paragraph() -> None:
    article = build(f"Hamas  says it is\xa0ready\n{BODY}\n")
    assert article.title == "Hamas says it is ready"
    assert [(part.number, part.text) for part in article.paragraphs] == [(1, BODY)]


def test_a_first_line_that_is_no_headline_is_a_paragraph() -> None:
    for line in (BODY + " Then they left.", "x" * 260, "3 min read", "By Jane Doe"):
        article = build(f"{line}\n" + f"{BODY} And they came back. It was late.\n" * 2)
        assert article.title == "stem"
        assert article.paragraphs[0].text == line


def test_an_abbreviation_does_not_end_a_headline() -> None:
    assert build(f"Dr. Smith goes to the U.S. Senate\n{BODY}").title == "Dr. Smith goes to the U.S. Senate"


def test_boilerplate_above_the_headline_does_not_hide_it() -> None:
    article = build(f"Advertisement\nHamas is ready\n{BODY}")
    assert article.title == "Hamas is ready"
    assert [part.kind for part in article.paragraphs] == ["boilerplate", "body"]


def test_a_single_line_stays_a_paragraph() -> None:
    article = build("Only one line")
    assert (article.title, article.paragraphs[0].text) == ("stem", "Only one line")


def test_a_stated_title_wins_and_its_first_repeat_is_the_title_line() -> None:
    assert [part.text for part in build(f"Ready\n{BODY}", title="Ready").paragraphs] == [BODY]
    assert [part.text for part in build(f"Ready\n{BODY}", title="Other").paragraphs] == ["Ready", BODY]


def test_a_title_said_twice_is_a_numbered_paragraph_of_boilerplate() -> None:
    article = build(f"Hamas is ready\n\nHamas is ready\n{BODY}")
    assert [(part.number, part.kind) for part in article.paragraphs] == [(1, "boilerplate"), (2, "body")]


def test_titles_are_cut_and_put_on_one_line() -> None:
    assert build(BODY, title="A \n title " + "x" * 999).title == ("A title " + "x" * 999)[:300]


def test_byline_agency_and_date_are_found_in_the_text() -> None:
    article = build(f"Title\nBy Jane Doe and John Roe\nSeptember 23, 2017\n{BODY}\nReuters contributed to this report.")
    assert (article.byline, article.agency) == ("Jane Doe and John Roe", "Reuters")
    assert (article.date, article.date_source) == (date(2017, 9, 23), "text")


def test_the_date_of_a_readers_comment_is_not_that_of_the_article() -> None:
    article = build(f"Title\n{BODY}\n{BODY}\nComments\nJanuary 5, 2020 at 3:00 pm\nI disagree.")
    assert (article.date, article.date_source) == (None, "unknown")


@given(
    st.lists(
        st.sampled_from(["A title", "3 min read", BODY, "FILE - A rally. ReutersBeirut – He", "1. x", "\n", "\xa0 "])
    )
)
def test_every_paragraph_is_the_slice_of_its_offsets_and_numbers_have_no_gap(lines: list[str]) -> None:
    text = "\n".join([BODY, *lines])
    article = build(text)
    assert all(article.text[part.start : part.end] == part.text.strip() != "" for part in article.paragraphs)
    assert [part.number for part in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))


def test_a_title_of_nothing_visible_is_missing() -> None:
    assert build(f"A headline\n{BODY}", title="\u200b \x01\u202e").title == "A headline"
    assert build(f"\u200b\u200b\nA headline\n{BODY}").title == "A headline"
    assert build_article("a", Draft(BODY, split_paragraphs(BODY)), "\u200b", "").title == "untitled"


def test_no_field_has_half_of_a_surrogate_pair() -> None:
    half, text = "x\ud800é", f"H\udc00\n{BODY}\udfff"
    draft = Draft(text, split_paragraphs(text), title=half, byline=half, agency=half, url=half)
    article = build_article(half, draft, half, half)
    assert {article.id, article.title, article.byline, article.agency, article.url} == {"x?é"}
    assert article.text.encode() and article.paragraphs[-1].text.endswith("?")
