import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.read.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "Mr. Smith met Dr. A. B. Jones in the U.S. on Jan. 5.",
            '"We call on Hezbollah to stop," Moussa Abu Marzouk, a Cairo-based leader, said.',
            "It cost $3.5 million.",
        ],
        ["Gov. Rick Scott spoke at 5 p.m. Friday."],
        ["He left at 5 p.m. on Friday.", "They left at 6 p.m.", "The end."],
        [
            '"What happened was big.',
            'It was betrayal as Syrian authorities say," Khaled Abdul-Majid told AP.',
            '"These (mediation) efforts have not reached serious steps."',
        ],
        ["He is No. 5 in St. Louis.", "He works for Apple Inc.", "He is paid well."],
        ["The U.S. Senate met in Washington, D.C. on Monday.", "It met the U.N. envoy."],
        ["He waited... and left.", "He waited...", "Then he left."],
        ["See e.g. The Times, i.e. the paper.", "Yes!", "Really?", "Who knows?!", "She does."],
        ['"Will you go?" Khaled Mashaal asked.', '"Go!"', "They went."],
        ["(He said so.)", "[They agreed.]", "“It is over.”", "Then all went home."],
        ["This is cited.[1]", "So is this. [2]", "Not this."],
        ["他走了。", "她来了！", "为什么？", "「好。」", "完"],
        ["वह गया।", "वह आई।"],
        ["هل ذهب؟", "نعم."],
        ["1. They want it.", "2. They get it."],
        ["It went on in 2012.", "In Jan. 2013 the price fell.", "It fell by 3.5.", "Nobody knew."],
        ["Bloomberg L.P. said iPhone sales grew.", "eBay fell."],
        ["Report: all is well"],
    ],
)
def test_splits_where_a_reader_would(sentences: list[str]) -> None:
    space = "" if "。" in sentences[0] else " "
    assert split(space.join(sentences)) == sentences


def test_a_missing_space_does_not_hide_a_sentence_end() -> None:
    assert split("They left the capital.The next day came.") == ["They left the capital.", "The next day came."]


def test_addresses_and_versions_are_left_whole() -> None:
    assert split("See www.Example.Com and Node.js 3.5 for more.") == ["See www.Example.Com and Node.js 3.5 for more."]


def test_a_line_end_is_a_space_but_a_blank_line_and_a_list_line_end_a_sentence() -> None:
    assert split("One\ntwo\n\nThree\n- Four\n- Five") == ["One\ntwo", "Three", "- Four", "- Five"]


def test_nothing_gives_nothing() -> None:
    assert split_sentences("") == split_sentences(" \n\t") == []


@given(st.text(alphabet=st.sampled_from(list("aAbB1.!?…。।\"'”’)([] \n\xa0-é中")), max_size=80))
def test_sentences_are_in_order_and_cover_everything_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    ends = [0, *(offset for span in spans for offset in span), len(text)]
    assert ends == sorted(ends)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    between = zip(ends[::2], ends[1::2], strict=True)
    assert "".join(text[start:end] for start, end in between).strip() == ""


@pytest.mark.parametrize("unit", ["a", " ", '"', "\n", "\n ", "A. ", "1. ", ".", ".(", ". [1]", "Mr. ", '."x'])
def test_half_a_megabyte_of_anything_is_split_in_seconds(unit: str) -> None:
    started = time.process_time()
    split_sentences(unit * (500_000 // len(unit)))
    assert time.process_time() - started < 4
