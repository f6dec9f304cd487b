from rag.training.reader_examples import Example
from rag.training.reader_groups import plan_epoch

ANSWERED = [
    Example(
        "squad2", f"Who met Ana in Oslo in {1900 + n}?", f"In {1900 + n} Ben met Ana in Oslo.", ("Ben",), 8, "Talks"
    )
    for n in range(200)
]
UNANSWERED = [Example("squad2", "Who left?", f"Nobody came in {n}.", (), -1, "Talks") for n in range(50)]
WRONG = [[other.passage for other in ANSWERED[:3]]] * 200


def test_the_same_seed_gives_the_same_epoch() -> None:
    assert plan_epoch(ANSWERED, WRONG, {}, 1) == plan_epoch(ANSWERED, WRONG, {}, 1)
    assert plan_epoch(ANSWERED, WRONG, {}, 1) != plan_epoch(ANSWERED, WRONG, {}, 2)


def test_the_answered_example_comes_first_and_its_rivals_are_not_answered() -> None:
    for first, *rivals in plan_epoch(ANSWERED, WRONG, {}, 0):
        assert first.answers
        assert not any(rival.answers for rival in rivals)


def test_an_example_that_is_not_answered_stands_alone() -> None:
    assert all(len(group) == 1 for group in plan_epoch(UNANSWERED, WRONG[:50], {}, 0))


def test_a_known_title_comes_and_goes_with_right_and_wrong_alike() -> None:
    groups = plan_epoch(ANSWERED, WRONG, {}, 0)
    for members in ([group[0] for group in groups], [rival for group in groups for rival in group[1:]]):
        share = sum(bool(member.title) for member in members) / len(members)
        assert 0.3 < share < 0.7


def test_a_question_and_its_rivals_are_asked_in_the_same_words() -> None:
    groups = plan_epoch(ANSWERED, WRONG, {"met": ("saw",)}, 0)
    assert {"saw" in group[0].question for group in groups} == {True, False}
    for first, *rivals in groups:
        assert all(rival.question == first.question for rival in rivals if rival.source == "found")
