import gzip
import json
from pathlib import Path

import pytest

from rag.training.reader_examples import SquadPart, read_mixed, read_squad


def write(path: Path, lines: list[object]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    row = {"source": "nq", "question": "Who?", "answer_start": 0, "answer": "Ana"}
    return write(tmp_path / "mixed.gz", [row | {"context": f"Ana met {n}."} for n in range(400)])


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    asked = {"id": "1", "question": "Where is the old palace?", "answers": ["Oslo"], "is_impossible": False}
    other = {"id": "2", "question": "Why?", "answers": [], "is_impossible": True}
    context = f"Oslo is far away. {'It rains and nobody comes here. ' * 4}The old palace stands in Oslo."
    return write(
        tmp_path / "squad.gz", [{"title": f"T_{n}", "context": context, "qas": [asked, other]} for n in range(9)]
    )


def test_every_passage_is_in_one_part(mixed: Path) -> None:
    train, validation = ({one.passage for one in read_mixed(mixed, part)} for part in ("train", "validation"))
    assert len(train) + len(validation) == 400
    assert not train & validation
    assert 5 <= len(validation) <= 40


def test_every_article_is_in_one_part(squad: Path) -> None:
    parts: tuple[SquadPart, ...] = ("train", "validation", "test")
    titles = [{one.title for one in read_squad(squad, part)} for part in parts]
    assert [len(each) for each in titles] == [3, 2, 4]
    assert len(set.union(*titles)) == 9


def test_an_answer_is_where_the_question_is_about(squad: Path) -> None:
    answered = read_squad(squad, "test")[0]
    assert answered.passage[answered.start - 10 : answered.end] == "stands in Oslo"


def test_an_unanswerable_question_has_no_place(squad: Path) -> None:
    unanswered = read_squad(squad, "test")[1]
    assert (unanswered.answers, unanswered.start, unanswered.end) == ((), -1, -1)
