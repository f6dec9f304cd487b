from rag.models.embedder import load_embedder
from rag.training.hard_negatives import NEIGHBOURS, find_hard_negatives
from rag.training.reader_examples import Example


def answered(question: str, passage: str, answer: str) -> Example:
    return Example("squad", question, passage, (answer,), passage.index(answer))


BRIDGE = answered("When was the bridge opened?", "The bridge was opened in May 1932.", "May 1932")
SAME = answered("When was the bridge opened?", "Its first train crossed the river that year.", "that year")
TUNNEL = answered("When was the tunnel closed?", "Water came in, and in June 1950 it was shut.", "June 1950")
AGAIN = answered("When was the tower built?", "The tower is from May 1932 too.", "May 1932")
OTHERS = [
    answered(f"Who wrote book {number}?", f"The bridge in book {number} is by Ann.", "Ann") for number in range(40)
]


def test_wrong_passages_are_like_the_question_or_are_asked_like_questions_and_never_answer() -> None:
    found = find_hard_negatives([BRIDGE, SAME, TUNNEL, AGAIN, *OTHERS], load_embedder())[0]
    assert len(found) == len(set(found)) == NEIGHBOURS
    assert TUNNEL.passage in found  # it shares no word with the question, and tells when
    assert any(other.passage in found for other in OTHERS)
    assert BRIDGE.passage not in found
    assert AGAIN.passage not in found  # it has the words of the answer
    assert SAME.passage not in found[: NEIGHBOURS // 2]  # for the same question it may answer
