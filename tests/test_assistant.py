import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag import Assistant
from rag.errors import (
    FolderError,
    IndexLockedError,
    ModelError,
    NotFoundError,
    QuestionError,
    SettingsError,
    StoreError,
)
from rag.records import Answer, ArticleFilter
from tests.fakes import WordHashEmbedder

SEEDS = Path(__file__).parents[1] / "seeds"
QUESTIONS = [
    "When did Hamas move its headquarters out of Damascus?",
    "Who is mediating between Hamas and Iran?",
    "What did Hamas urge Hezbollah to do?",
    "Who is Khaled Mashaal?",
    "Which newspaper reported the reconciliation efforts?",
    "What happened in Gaza earlier this month?",
    "What does Hezbollah fight for in Syria?",
    "Why did Hamas leave Syria?",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(SEEDS, index=tmp_path_factory.mktemp("desk") / "index") as opened:
        yield opened


def untimed(answer: Answer) -> Answer:
    return replace(answer, seconds=0.0)


# Answers


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_very_slice_of_the_article_that_it_names(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    for citation in answer.citations:
        article = desk.article(citation.article.id)
        paragraph = article.paragraphs[citation.paragraph_number - 1]
        assert citation.quote == article.text[citation.start : citation.end] != ""
        assert paragraph.start <= citation.start < citation.end <= paragraph.end
        assert paragraph.kind not in ("comment", "boilerplate")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_has_a_footnote_and_footnotes_count_from_1(desk: Assistant, question: str) -> None:
    answer = desk.ask(question)
    assert all(sentence.citations for sentence in answer.sentences)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len(answer.sentences) <= desk.settings.max_sentences


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_last_of_a_stream_is_the_answer_and_each_part_only_grows(desk: Assistant, question: str) -> None:
    parts = list(desk.stream(question))
    assert untimed(parts[-1]) == untimed(desk.ask(question))
    for before, after in zip(parts, parts[1:], strict=False):
        assert after.sentences[: len(before.sentences)] == before.sentences


def test_the_model_tells_how_sure_it_is_also_where_it_refuses(desk: Assistant) -> None:
    answered = desk.ask("When did Hamas move its headquarters out of Damascus?").confidence
    refused = desk.ask("How many penguins live in Antarctica?").confidence
    assert answered is not None
    assert refused is not None
    assert answered > refused


def test_given_paragraphs_are_read_and_nothing_else(desk: Assistant) -> None:
    question = "When did Hamas move its headquarters out of Damascus?"
    [right] = [passage for passage in desk.search(question) if passage.ref == "002_edf3047c270918b1#10"]
    answer = desk.read(question, [right])
    assert (answer.outcome, {citation.ref for citation in answer.citations}) == ("answered", {right.ref})
    assert answer.seconds > 0
    nothing = desk.read(question, [])
    assert (nothing.outcome, nothing.confidence) == ("not_in_articles", 0.0)


def test_a_question_that_the_articles_answer_is_answered(desk: Assistant) -> None:
    answer = desk.ask("When did Hamas move its headquarters out of Damascus?")
    assert (answer.outcome, answer.reason) == ("answered", "")
    assert answer.citations[0].article.id == "002_edf3047c270918b1"
    assert "2012" in answer.text
    assert answer.seconds > 0


def test_a_question_that_they_do_not_answer_is_said_to_be_none(desk: Assistant) -> None:
    answer = desk.ask("How much does a litre of olive oil cost in Portugal?")
    assert (answer.outcome, answer.sentences, answer.text) == ("not_in_articles", (), answer.reason)
    assert answer.reason
    assert 1 <= len(answer.nearest) <= 3


def test_a_picture_credit_alone_is_not_shown_as_what_comes_nearest(tmp_path: Path) -> None:
    text = "Olive oil\n\n(photo credit: REUTERS)\n\nFarmers in Jaen picked the last olives on Monday morning.\n"
    (tmp_path / "a.txt").write_text(text)
    with Assistant.open(tmp_path / "a.txt", index=tmp_path / "index") as desk:
        answer = desk.ask("Which agency was paid for the photo of Lisbon's mayor?")
    assert answer.outcome == "not_in_articles"
    assert [passage.paragraph.number for passage in answer.nearest] == [2]


def test_an_index_without_articles_is_empty_and_not_ignorant(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("")
    with Assistant.open(tmp_path / "articles", index=tmp_path / "index", embedder=WordHashEmbedder()) as desk:
        answer = desk.ask("Who met in Beirut?")
    assert (answer.outcome, answer.nearest, answer.hint) == ("empty_index", (), "footnote index FOLDER")


class FailingEmbedder(WordHashEmbedder):
    """Fails as soon as it is told to."""

    fails = False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails:
            raise ModelError("The embedder failed: no memory.", "Try again with fewer threads.")
        return super().embed(texts)


def test_a_model_that_fails_is_not_told_as_ignorance(tmp_path: Path) -> None:
    embedder = FailingEmbedder()
    with Assistant.open(SEEDS, index=tmp_path / "index", embedder=embedder) as desk:
        embedder.fails = True
        answer = desk.ask("Who met in Beirut?")
        embedder.fails = False
        assert desk.ask("Who met in Beirut?").outcome != "model_failed"
    assert (answer.outcome, answer.sentences) == ("model_failed", ())
    assert (answer.reason, answer.hint) == ("The embedder failed: no memory.", "Try again with fewer threads.")


def test_a_question_may_be_limited_to_some_articles(desk: Assistant) -> None:
    where = ArticleFilter(ids=("000_36583eb5ba8d5c25",))
    answer = desk.ask("What did Hamas do about Syria?", where=where)
    found = [citation.article.id for citation in answer.citations] + [near.article.id for near in answer.nearest]
    assert set(found) == {"000_36583eb5ba8d5c25"}
    assert desk.ask("What did Hamas do?", where=ArticleFilter(ids=())).outcome == "not_in_articles"


# Follow-ups


def test_a_follow_up_is_shown_made_whole(desk: Assistant) -> None:
    first = desk.ask("Who is Khaled Mashaal?")
    answer = desk.ask("Where does he live?", history=[first])
    assert answer.question == "Where does he live?"
    assert answer.standalone_question == "Where does Khaled Mashaal live?"


def test_a_follow_up_of_a_follow_up_still_knows_who_is_meant(desk: Assistant) -> None:
    history = [desk.ask("Who is Khaled Mashaal?")]
    history.append(desk.ask("Where does he live?", history=history))
    assert "Mashaal" in desk.ask("And when did he go there?", history=history).standalone_question


def test_a_follow_up_can_be_asked_as_it_is_written(desk: Assistant) -> None:
    first = desk.ask("Who is Khaled Mashaal?")
    [*_, answer] = desk.stream("Where does he live?", history=[first], rewrite=False)
    assert answer.standalone_question == "Where does he live?"


def test_a_model_that_does_not_exist_is_an_error_that_names_those_that_do(desk: Assistant) -> None:
    with pytest.raises(SettingsError, match="no:such") as caught:
        list(desk.stream("Who met in Beirut?", model="no:such"))
    assert desk.models()[0].spec in caught.value.hint
    [*_, named] = desk.stream("Who met in Beirut?", model=desk.models()[0].spec)
    assert named.outcome != "model_failed"


@pytest.mark.parametrize("question", ["Which newspaper reported the reconciliation efforts?", "Who rules Gaza?"])
def test_a_new_question_that_is_whole_stays_as_it_is(desk: Assistant, question: str) -> None:
    first = desk.ask("Who is Khaled Mashaal?")
    assert desk.ask(question, history=[first]).standalone_question == question


# Questions of any kind


@pytest.mark.parametrize("question", ["", "   \n", "?!", "…"])
def test_an_empty_question_is_an_error_with_an_example(desk: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="is empty") as caught:
        desk.ask(question)
    assert "footnote ask" in caught.value.hint


def test_a_question_of_100_000_characters_is_refused_by_its_length(desk: Assistant) -> None:
    with pytest.raises(QuestionError, match="has 100,000 characters; at most 2,000") as caught:
        desk.ask("x" * 100_000)
    assert "FOOTNOTE_MAX_QUESTION_CHARACTERS" in caught.value.hint


@pytest.mark.parametrize(
    "question",
    [
        "Who is he?",
        "كم عدد سكان بيروت؟",
        "誰が会ったのか",
        'NEAR("Hamas" OR',
        "title:Hamas*",
        "Hamas\0Iran",
        "😀 a",
        "\ud800x",
    ],
    ids=range(8),
)
def test_any_other_question_has_an_outcome(desk: Assistant, question: str) -> None:
    assert desk.ask(question).outcome in ("answered", "not_in_articles")


# Opening


def test_what_the_sync_found_is_kept(desk: Assistant) -> None:
    assert [(report.path, report.status) for report in desk.reports] == [
        (p.name, "added") for p in sorted(SEEDS.iterdir())
    ]


def test_articles_are_listed_and_shown(desk: Assistant) -> None:
    assert {header.id for header in desk.articles()} == {path.stem for path in SEEDS.iterdir()}
    assert desk.article("000_36583eb5ba8d5c25").title.startswith("Report: Nasrallah")
    with pytest.raises(NotFoundError):
        desk.article("no such")


def test_an_index_can_be_opened_without_its_folder_and_knows_it(tmp_path: Path) -> None:
    Assistant.open(SEEDS, index=tmp_path / "index", embedder=WordHashEmbedder()).close()
    with Assistant.open(index=tmp_path / "index", embedder=WordHashEmbedder()) as desk:
        assert (desk.folder, len(desk.articles())) == (SEEDS, 3)
        assert {report.status for report in desk.sync()} == {"unchanged"}


def test_an_index_that_is_not_there_is_an_error_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no index") as caught:
        Assistant.open(index=tmp_path / "index")
    assert caught.value.hint == "Make one with: footnote index FOLDER"
    assert not (tmp_path / "index").exists()


def test_an_index_may_begin_without_articles_and_get_some_by_hand(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "talks.txt").write_text("Talks\n\nThe ministers met in Oslo on Tuesday and agreed on nothing.\n")
    for folder in (None, tmp_path / "articles"):
        index = tmp_path / f"index of {folder is None}"
        with Assistant.open(folder, index=index, embedder=WordHashEmbedder(), may_be_empty=True) as desk:
            assert desk.ask("Who met?").outcome == "empty_index"
            assert [report.status for report in desk.add({"talks.txt": tmp_path / "talks.txt"})] == ["added"]
            assert desk.search("Who met?")[0].ref == "talks#1"
            desk.remove("talks")
            assert desk.articles() == []


def test_a_missing_folder_is_an_error_also_where_an_empty_one_is_not(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="does not exist"):
        Assistant.open(tmp_path / "x", index=tmp_path / "index", embedder=WordHashEmbedder(), may_be_empty=True)


def test_a_folder_without_articles_leaves_the_index_free(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for _ in range(2):
        with pytest.raises(FolderError, match="no articles"):
            Assistant.open(tmp_path / "articles", index=tmp_path / "index", embedder=WordHashEmbedder())


def test_an_assistant_has_its_index_for_itself_until_it_is_closed(tmp_path: Path) -> None:
    with (
        Assistant.open(SEEDS, index=tmp_path / "index", embedder=WordHashEmbedder()),
        pytest.raises(IndexLockedError, match="already open in this process"),
    ):
        Assistant.open(SEEDS, index=tmp_path / "index", embedder=WordHashEmbedder())
    Assistant.open(SEEDS, index=tmp_path / "index", embedder=WordHashEmbedder()).close()


def test_a_wrong_setting_is_an_error_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_INDEKS", "x")
    with pytest.raises(SettingsError, match="FOOTNOTE_INDEKS"):
        Assistant.open(SEEDS, index=tmp_path / "index")
    assert list(tmp_path.iterdir()) == []


# Threads


def ask_until(done: threading.Event, desk: Assistant, number: int) -> None:
    while not done.is_set():
        answer = desk.ask(f"Who met in town{number} to talk of water?")
        assert f"town{number} " in answer.nearest[0].paragraph.text
        assert all(citation.quote in desk.article(citation.article.id).text for citation in answer.citations)


def test_several_threads_may_ask_while_a_sync_runs(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(
            f"Talks {number}\n\nThe ministers met in town{number} to talk of water.\n"
        )
    done = threading.Event()
    with (
        Assistant.open(folder, index=tmp_path / "index", embedder=WordHashEmbedder()) as desk,
        ThreadPoolExecutor(4) as pool,
    ):
        asking = [pool.submit(ask_until, done, desk, number) for number in range(4)]
        for talks in range(5):
            for number in range(4, 40):
                text = f"Talks {talks}\n\nThe kings met in town{number} to talk of fish.\n"
                (folder / f"{number}.txt").write_text(text)
            assert {report.status for report in desk.sync()} == {"changed", "unchanged"}
        done.set()
        assert [future.exception() for future in asking] == [None] * 4
