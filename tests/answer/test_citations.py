"""Every form in which models write citations, and the one promise: it never matters where a reply is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.citations import ReplyParser, defuse_marks, parse_reply

OFFERED = 5

FORMS = [
    # one
    ("[1]", (1,)),
    ("[ 1 ]", (1,)),
    ("[[1]]", (1,)),
    ("【1】", (1,)),
    ("【1†source】", (1,)),
    ("【1†L3-L5】", (1,)),
    ("［1］", (1,)),
    ("`[1]`", (1,)),
    ("**[1]**", (1,)),
    ("\\[1\\]", (1,)),
    ("[^1]", (1,)),
    ("^[1]", (1,)),
    ("<sup>1</sup>", (1,)),
    ("<sup>[1]</sup>", (1,)),
    ("[#1]", (1,)),
    ("[001]", (1,)),
    ("[1.]", (1,)),
    ("[paragraph 1]", (1,)),
    ("[Paragraph 1]", (1,)),
    ("[Source 1]", (1,)),
    ("[source: 1]", (1,)),
    ("[p. 1]", (1,)),
    ("[No. 1]", (1,)),
    ("[Ref. 1]", (1,)),
    ("(paragraph 1)", (1,)),
    ("(see paragraph 1)", (1,)),
    ("(see [1])", (1,)),
    ("([1])", (1,)),
    ("[1](#cite-1)", (1,)),
    ("[1](https://example.com/a?b=c)", (1,)),
    ("[[1]](#cite-4-1)", (1,)),
    ("[\\[1\\]](#cite-4-1)", (1,)),
    ("[１]", (1,)),
    # several
    ("[1, 2]", (1, 2)),
    ("[1,2]", (1, 2)),
    ("[1; 2]", (1, 2)),
    ("[1 and 2]", (1, 2)),
    ("[1, 2, and 3]", (1, 2, 3)),
    ("[1 & 2]", (1, 2)),
    ("[1][2]", (1, 2)),
    ("[1] [2]", (1, 2)),
    ("[1], [2]", (1, 2)),
    ("[1] and [2]", (1, 2)),
    ("([1], [2])", (1, 2)),
    ("([1][2])", (1, 2)),
    ("【1】【2】", (1, 2)),
    ("【1, 2】", (1, 2)),
    ("[[1], [2]]", (1, 2)),
    ("[paragraphs 1 and 2]", (1, 2)),
    ("[paragraph 1, paragraph 2]", (1, 2)),
    ("[1-3]", (1, 2, 3)),
    ("[1–3]", (1, 2, 3)),
    ("[1 to 3]", (1, 2, 3)),
    ("[1-2, 5]", (1, 2, 5)),
    ("[2, 2, 1]", (2, 1)),
    ("[1][1]", (1,)),
    ("[^1][^2]", (1, 2)),
    ("<sup>1, 2</sup>", (1, 2)),
]

INVENTED = [
    ("[9]", (), (9,)),
    ("[0]", (), (0,)),
    ("[999]", (), (999,)),
    ("[1][9]", (1,), (9,)),
    ("[1, 9]", (1,), (9,)),
    ("【42】", (), (42,)),
    ("[4-9]", (4, 5), (9,)),
    ("[7-9]", (), (7, 9)),
]

NO_MARKS = [
    "[sic]",
    "[2017]",
    "[12,000 of them]",
    "(1)",
    "(2 of them)",
    "[…]",
    "[the capital]",
    "[1st]",
    "[A1]",
    "5^1000",
]

WHOLE_REPLIES = [
    ("Hamas left. [1] Iran paid. [2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left [1]. Iran paid [2].", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left.[1] Iran paid.[2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left.[1]Iran paid.[2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("[1] Hamas left. [2] Iran paid.", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("[1] Hamas left.\n[2] Iran paid.", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("[1]: Hamas left.\n[2]: Iran paid.", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("- Hamas left [1]\n- Iran paid [2]", [("Hamas left", (1,)), ("Iran paid", (2,))]),
    ("1. Hamas left [1]\n2. Iran paid [2]", [("Hamas left", (1,)), ("Iran paid", (2,))]),
    ("* **Hamas** left. [1]\n* Iran paid. [2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left.\n[1]\n\nIran paid. [2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left.¹ Iran paid.²", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas [1] left Syria [2].", [("Hamas left Syria.", (1, 2))]),
    ("According to [1], Hamas left.", [("Hamas left.", (1,))]),
    ("It is 5 km² large. [1]", [("It is 5 km² large.", (1,))]),
    ("Mr. Smith met Dr. Jones. [1]", [("Mr. Smith met Dr. Jones.", (1,))]),
    ("It cost $3.5 million [1]. Iran paid. [2]", [("It cost $3.5 million.", (1,)), ("Iran paid.", (2,))]),
    ("He said: “We left.” [1] Iran paid. [2]", [("He said: “We left.”", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left. [1]\n\nSources:\n[1] A title\n[2] Another", [("Hamas left.", (1,))]),
    ("Hamas left. [1]\n\n**References**\n\n1. A title", [("Hamas left.", (1,))]),
    ("<think>I cite [3]. Well.</think>\n\nHamas left. [1]", [("Hamas left.", (1,))]),
    ("<think>I never stop [3].", []),
    ("# Answer\n\nHamas left. [1]", [("Answer", ()), ("Hamas left.", (1,))]),
    ("Hamas left. Iran paid. [2]", [("Hamas left.", ()), ("Iran paid.", (2,))]),
    ("Hamas left.<!-- Iran lied --> [1]", [("Hamas left.", (1,))]),
    ("Hamas left <!-- Iran lied [2]. It did. --> in May. [1]", [("Hamas left in May.", (1,))]),
    ("<!-- x --> Hamas left. [1] Iran paid. [2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    ("Hamas left. [1] <!--> Iran lied. --> It rained. [2]", [("Hamas left.", (1,)), ("It rained.", (2,))]),
    ("Hamas left. [1] <!-- Iran paid. [2]", [("Hamas left.", (1,)), ("Iran paid.", (2,))]),
    (
        "Hamas left [1]. <!-- it did. Iran paid. [2]",
        [("Hamas left.", (1,)), ("it did.", ()), ("Iran paid.", (2,))],
    ),
    ("Hamas <!--left. [1]", [("Hamas left.", (1,))]),
    ("Hamas left. [1] <!-", [("Hamas left.", (1,))]),
    ("Hamas left", [("Hamas left", ())]),
    ("[1]", []),
    ("", []),
    ("   \n\n ", []),
]


@pytest.mark.parametrize(("mark", "numbers"), FORMS)
@pytest.mark.parametrize("sentence", ["Hamas left Syria {}.", "Hamas left Syria. {}", "Hamas left Syria {}"])
def test_a_mark_in_any_form_is_read_and_taken_out(mark: str, numbers: tuple[int, ...], sentence: str) -> None:
    [read] = parse_reply(sentence.format(mark), OFFERED)
    assert (read.numbers, read.invented) == (numbers, ())
    assert read.text.rstrip(".") == "Hamas left Syria"


@pytest.mark.parametrize(("mark", "numbers", "invented"), INVENTED)
def test_an_invented_mark_is_dropped_and_told(mark: str, numbers: tuple[int, ...], invented: tuple[int, ...]) -> None:
    [read] = parse_reply(f"Hamas left Syria. {mark}", OFFERED)
    assert (read.text, read.numbers, read.invented) == ("Hamas left Syria.", numbers, invented)


@pytest.mark.parametrize("words", NO_MARKS)
def test_what_only_looks_like_a_mark_stays(words: str) -> None:
    [read] = parse_reply(f"Hamas {words} left Syria. [2]", OFFERED)
    assert (read.text, read.numbers) == (f"Hamas {words} left Syria.", (2,))


@pytest.mark.parametrize(("reply", "expected"), WHOLE_REPLIES)
def test_a_reply_is_read_sentence_by_sentence(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(read.text, read.numbers) for read in parse_reply(reply, OFFERED)] == expected


@pytest.mark.parametrize("reply", [reply for reply, _ in WHOLE_REPLIES] + [f"It left. {mark} So." for mark, _ in FORMS])
def test_a_reply_may_come_letter_by_letter(reply: str) -> None:
    assert parse_reply(list(reply), OFFERED) == parse_reply(reply, OFFERED)


PARTS = st.sampled_from(
    [mark for mark, _ in FORMS]
    + [mark for mark, *_ in INVENTED]
    + NO_MARKS
    + list("[]()【】`*^<>†\\.,;:!?-–12 \n\n¹²\"”'")
    + ["Hamas", " left", "Mr.", "U.S.", ". ", " and", "Iran ", "paragraph ", "see ", "Sources:\n", "1. ", "- ", "\n\n"]
    + ["<think>", "</think>", "he said", "Jan. 5", "](", "https://a.b/c", "<sup>", "</sup>"]
    + ["<!--", "-->", "\u200b", "\N{ARABIC LETTER ALEF}"]
)
REPLIES = st.lists(PARTS, max_size=40).map("".join)


def test_characters_that_nobody_sees_are_neither_shown_nor_in_the_way_of_a_mark() -> None:
    [read] = parse_reply("Ha\u200bmas le\u00adft\U000e0041. [\u20601\u200b]", OFFERED)
    assert (read.text, read.numbers) == ("Hamas left.", (1,))


@given(REPLIES, st.lists(st.integers(0, 400), max_size=8))
def test_any_reply_cut_anywhere_gives_the_same_as_the_whole(reply: str, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(reply)) for cut in cuts), len(reply)]
    pieces = [reply[start:end] for start, end in zip(places, places[1:], strict=False)]
    assert parse_reply(pieces, OFFERED) == parse_reply(reply, OFFERED)


@given(REPLIES)
def test_any_reply_letter_by_letter_gives_the_same_as_the_whole(reply: str) -> None:
    assert parse_reply(list(reply), OFFERED) == parse_reply(reply, OFFERED)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.integers(0, 200))
def test_any_text_at_all_cut_in_two_gives_the_same_as_the_whole(reply: str, cut: int) -> None:
    assert parse_reply([reply[:cut], reply[cut:]], OFFERED) == parse_reply(reply, OFFERED)


@given(REPLIES)
def test_only_offered_paragraphs_are_cited_each_once(reply: str) -> None:
    for read in parse_reply(reply, OFFERED):
        assert all(1 <= number <= OFFERED for number in read.numbers)
        assert len(set(read.numbers)) == len(read.numbers)
        assert "\n" not in read.text


@pytest.mark.parametrize(("mark", "_numbers"), FORMS)
def test_no_part_of_a_mark_is_ever_shown(mark: str, _numbers: tuple[int, ...]) -> None:
    parser = ReplyParser(OFFERED)
    shown = ""
    for letter in f"Hamas left Syria {mark}. ":
        parser.feed(letter)
        shown += parser.draft
    assert not set(shown) - set("Hamas left Syria.,and ")


def test_a_comment_is_never_shown_and_what_only_looks_like_one_when_the_reply_is_whole() -> None:
    parser = ReplyParser(OFFERED)
    for letter in "Hamas left. [1] <!-- Iran lied. [2] So ":
        assert not parser.feed(letter)
        assert parser.draft in "Hamas left."
    assert [read.text for read in parser.finish()] == ["Hamas left.", "Iran lied.", "So"]


def test_a_sentence_is_given_out_as_soon_as_the_next_one_begins() -> None:
    parser = ReplyParser(OFFERED)
    assert not parser.feed("Hamas left. [1]")
    assert [read.text for read in parser.feed(" Iran pai")] == ["Hamas left."] or parser.feed("d ")


def test_marks_in_an_article_are_defused_in_every_form() -> None:
    for mark, _ in FORMS:
        assert not any(read.numbers for read in parse_reply(f"It left. {defuse_marks(mark)}", OFFERED))


@pytest.mark.parametrize("named", ["(Article 5)", "(No. 5)"])
def test_a_number_that_the_world_gives_is_no_mark(named: str) -> None:
    [read] = parse_reply(f"They signed it {named} [1].", OFFERED)
    assert (read.text, read.numbers) == (f"They signed it {named}.", (1,))
