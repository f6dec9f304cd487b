from collections import Counter
from pathlib import Path

import pytest

from evals.datasets import LOADERS, load_dataset, load_own, load_seeds
from evals.desk import Desk
from evals.metrics.text import answer_contained
from evals.records import Question
from rag import Assistant, FootnoteError
from tests.evals.datasets.conftest import OpenDesk
from tests.fakes import WordHashEmbedder

QUESTION = "- {id: where, kind: fact, question: Where, answers: [Oslo], cites: [talks#1]}"


@pytest.fixture(scope="module")
def seeds_questions(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    folder = tmp_path_factory.mktemp("seeds")
    dataset = load_dataset("", folder)
    with Assistant.open(dataset.articles, index=folder / "index", embedder=WordHashEmbedder()) as desk:
        return dataset.load_questions(desk)


def test_the_questions_about_seeds_are_many_and_of_all_kinds(seeds_questions: list[Question]) -> None:
    assert len(seeds_questions) >= 90
    assert sum(question.kind == "follow-up" for question in seeds_questions) >= 15
    assert sum(not question.answerable for question in seeds_questions) >= 25


def test_every_accepted_set_of_paragraphs_says_an_accepted_answer(
    seeds_questions: list[Question], seeds_index: Path
) -> None:
    with Assistant.open("seeds", index=seeds_index) as assistant:
        desk = Desk(assistant)
        for question in seeds_questions:
            said_by_itself = [answers for answers in question.answers if answers[0].form != "verdict"]
            for refs in question.cites if said_by_itself else ():
                text = "\n".join(passage.paragraph.text for passage in desk.passages(sorted(refs)))
                assert answer_contained(text, said_by_itself), question.id


def test_a_quarter_of_the_questions_about_seeds_is_for_testing(seeds_questions: list[Question]) -> None:
    splits = Counter(question.split for question in seeds_questions)
    assert set(splits) == {"dev", "test"}
    assert 0.15 <= splits["test"] / len(seeds_questions) <= 0.35


def test_without_its_articles_the_default_tells_what_else_there_is(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError) as caught:
        load_seeds(tmp_path / "seeds")
    assert caught.value.message.startswith(f"{tmp_path / 'seeds'} is missing")
    assert caught.value.hint == "Name your own with --articles and --questions, or use --dataset."


@pytest.mark.parametrize("spec", ["nothing", "nothing:here", "squad:", ":", "squad"])
def test_an_unknown_kind_is_told_the_known_ones(spec: str, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError) as caught:
        load_dataset(spec, tmp_path)
    assert repr(spec) in caught.value.message
    assert caught.value.hint == "Datasets are squad:PATH, news:PATH, asked:PATH, support:PATH, beir:PATH."


@pytest.mark.parametrize("kind", LOADERS)
@pytest.mark.parametrize("name", ["gone", "empty"])
def test_a_path_that_holds_nothing_of_the_kind_is_told_the_format(kind: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FootnoteError) as caught:
        load_dataset(f"{kind}:{tmp_path / name}", tmp_path / "work")
    assert caught.value.message.startswith(str(tmp_path / name))
    assert caught.value.hint.startswith("Expected is ")


def test_ones_own_questions_are_about_ones_own_articles(tmp_path: Path, open_desk: OpenDesk) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text("Talks go on\n\nThey met in Oslo.")
    (tmp_path / "mine.yaml").write_text(QUESTION)
    dataset = load_own(tmp_path / "articles", tmp_path / "mine.yaml")
    [question] = dataset.load_questions(open_desk(dataset.articles))
    assert (question.id, question.cites) == ("where", (frozenset({"talks#1"}),))
    assert dataset.name == "own"
