import random

from rag.training.gate_fusions import compress, fuse_false, fuse_true, join_apart, make_up

SENTENCES = [
    "Ana Petrova, a sailor from Oslo, sold the boat to Ben Lund (37) on Sunday.",
    "Olga Ivanova has bought a ship for three years in Bergen.",
    "She was offered money for it in Lisbon.",
]


def test_all_that_a_sentence_can_do_without_is_left_out() -> None:
    assert compress(SENTENCES[0], random.Random(0)) == "Ana Petrova sold the boat to Ben Lund."
    assert compress("They met.", random.Random(0)) is None


def test_a_pronoun_stands_for_the_name_that_begins_the_sentence_before() -> None:
    told = dict(fuse_true(SENTENCES, random.Random(0)))
    assert told["resolved"] == "Olga Ivanova was offered money for it in Lisbon."
    assert told["fused"] == f"{SENTENCES[1][:-1]} and was offered money for it in Lisbon."


def test_what_is_told_of_another_or_ends_like_another_is_false() -> None:
    found = [pair for seed in range(30) for pair in fuse_false(SENTENCES, random.Random(seed))]
    assert {"misresolved", "mixed end"} <= {kind for kind, _ in found}
    true = {*SENTENCES, *(text for _, text in fuse_true(SENTENCES, random.Random(0)))}
    assert not any(text in true for _, text in found)


def test_any_two_sentences_may_be_joined_unless_the_second_points_back() -> None:
    found = [pair for seed in range(30) for pair in join_apart([*SENTENCES, "The boat sank."], random.Random(seed))]
    assert ("joined apart", "Ana Petrova sold the boat to Ben Lund, and the boat sank.") in found
    assert not any("she" in text.split(", and ")[1] for _, text in found)


def test_what_is_made_up_has_words_of_another_paragraph() -> None:
    others = ["The bishop of Lisbon was crowned in the old cathedral, said Olga Ivanova."]
    found = [pair for seed in range(30) for pair in make_up(SENTENCES, others, random.Random(seed))]
    assert {"made-up mixed", "made-up word"} <= {kind for kind, _ in found}
    assert not any(text in SENTENCES for _, text in found)


def test_a_quotation_is_never_fused() -> None:
    quoted = ["Ana Petrova was there.", "She said: “I sold it.”"]
    assert list(fuse_true(quoted, random.Random(0))) == []
