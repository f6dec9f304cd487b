import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.read.paragraphs import Block, Span, join_blocks, split_paragraphs, split_run_in_captions

WRAPPED = """\
Iran is attempting to reconcile Hamas and Damascus since a fall out
over the Syria war, with Tehran hoping to rebuild an axis in the
region.

The second paragraph is wrapped at the same width and it goes on for
one more line.
"""
POEM = """\
Two roads diverged in a yellow wood,
And sorry I could not travel both
And be one traveler, long I stood
And looked down one as far as I could
To where it bent in the undergrowth;
"""


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_paragraphs(text)]


def test_every_line_is_a_paragraph_and_blank_ones_are_none() -> None:
    assert split("One.\nTwo.\n\xa0 \n\n\tThree.\xa0 \n") == ["One.", "Two.", "Three."]


def test_other_line_ends_of_unicode_end_paragraphs_too() -> None:
    assert split("One.\u2028Two.\fThree.") == ["One.", "Two.", "Three."]


def test_lines_wrapped_at_a_fixed_width_are_joined_and_keep_their_newlines() -> None:
    first, second = split(WRAPPED)
    assert first.count("\n") == 2
    assert first.endswith("in the\nregion.")
    assert second.startswith("The second")


def test_a_list_in_a_wrapped_text_stays_a_list() -> None:
    assert split(WRAPPED + "- one thing\n- another thing\n")[2:] == ["- one thing", "- another thing"]


@pytest.mark.parametrize(
    "text", [POEM, "Apples\nPears\nPlums\nCherries\n", "One line.\n" * 9, "1. One\n2. Two\n3. Three\n4. Four"]
)
def test_poems_lists_and_short_lines_are_not_joined(text: str) -> None:
    assert len(split(text)) == text.strip().count("\n") + 1


def test_a_caption_that_runs_into_the_text_is_parted_behind_its_credit() -> None:
    text = "FILE - A rally in Gaza City August 26, 2014. ReutersBeirut – Hamas said so."
    caption, body = split_run_in_captions(text, split_paragraphs(text))
    assert (caption.kind, text[caption.start : caption.end]) == ("caption", text[:52])
    assert (body.kind, text[body.start : body.end]) == (None, "Beirut – Hamas said so.")


@pytest.mark.parametrize(
    "caption",
    ["A rally (AP Photo/John Roe)", "(AFP)", "A rally. [REUTERS]", "A rally. AFP via Getty Images", "A rally. AP"],
)
def test_credits_of_many_forms_part_a_caption(caption: str) -> None:
    text = caption + "Beirut – Hamas said so."
    assert [span.start for span in split_run_in_captions(text, split_paragraphs(text))] == [0, len(caption)]


@pytest.mark.parametrize(
    "text", ["He spoke. Reuters reported it.", "He told APTN. Then he left.", "He spoke. Apple fell."]
)
def test_an_agency_in_running_text_parts_nothing(text: str) -> None:
    assert split_run_in_captions(text, split_paragraphs(text)) == [Span(0, len(text))]


def test_blocks_are_joined_by_blank_lines_and_empty_ones_are_left_out() -> None:
    text, spans = join_blocks([Block(" One. "), Block("  "), Block("Two", "heading")])
    assert text == "One.\n\nTwo"
    assert spans == [Span(0, 4), Span(6, 9, "heading")]


@given(st.text(alphabet=st.sampled_from(list("aA1.- \n\n\xa0\u2028中")), max_size=200))
def test_paragraphs_are_in_order_stripped_and_cover_everything_but_white_space(text: str) -> None:
    spans = split_paragraphs(text)
    ends = [0, *(offset for span in spans for offset in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() != "" for span in spans)
    between = zip(ends[::2], ends[1::2], strict=True)
    assert "".join(text[start:end] for start, end in between).strip() == ""


def test_a_column_of_letters_is_no_wrapped_text() -> None:
    assert len(split_paragraphs("a\n" * 100)) == 100
