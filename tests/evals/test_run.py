from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.records import Dataset, ExpectedAnswer, Question, Response
from evals.run import EvalPlan, ask_all, run_eval
from evals.runs import finish_run, read_run, start_run
from evals.summary import Role, RunHeader, Summary
from rag import FootnoteError
from rag.errors import ModelError
from rag.store.index import Progress, ignore_progress
from tests.fakes import WordHashEmbedder

OSLO = "Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n\nIt rained all day, a spokesman said.\n"
QUESTIONS = [
    Question(
        "where", "fact", "Where did the ministers meet?", (), True,
        ((ExpectedAnswer("Oslo"),),), (frozenset({"talks#1"}),), given=("talks#1",), split="dev",
    ),
    Question("born", "near miss", "When was the Queen of Norway born?", answerable=False, split="test"),
    Question(
        "when", "follow-up", "And when was that?", ("Where did the ministers meet?",), True,
        ((ExpectedAnswer("Tuesday"),),), (frozenset({"talks#1"}),), split="dev",
    ),
    Question("lost", "fact", "Who won?", skip="its evidence is in no article"),
]  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> EvalPlan:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "talks.txt").write_text(OSLO)
    dataset = Dataset("own", folder, lambda assistant: QUESTIONS)
    return EvalPlan(dataset, "own", tmp_path / "work", name="first")


def means(summary: Summary, system: str, part: str = "all") -> dict[str, float]:
    [found] = [one for one in summary.systems if one.system == system]
    return {metric: estimate.mean for metric, estimate in found.slices[part].items()}


def test_a_model_is_measured_beside_its_variants_and_what_it_has_to_beat(plan: EvalPlan) -> None:
    summary = run_eval(plan, ignore_progress)
    assert [(system.system, system.role, system.asked) for system in summary.systems] == [
        ("reader", "model", 3),
        ("reader, without history", "variant", 1),
        ("reader, given where to read", "variant", 1),
        ("dense only", "baseline", 3),
        ("BM25 only", "baseline", 3),
        ("first sentence", "baseline", 3),
    ]
    assert means(summary, "reader")["exact_spans"] == 1
    assert means(summary, "dense only")["recall@1"] == 1
    assert "passed" not in means(summary, "dense only")
    assert means(summary, "first sentence")["false_answers"] == 1
    assert [question.id for question in summary.skipped] == ["lost"]


def test_splits_and_kinds_are_told_apart(plan: EvalPlan) -> None:
    [model, *_] = run_eval(plan, ignore_progress).systems
    assert set(model.slices) == {
        *("all", "dev", "test", "turn two and later", "what reader, given where to read was asked"),
        *("kind: fact", "kind: near miss", "kind: follow-up"),
    }
    assert model.slices["dev"]["false_refusals"].n == 2
    assert model.slices["test"]["false_answers"].n == 1


def test_nothing_connects_to_anywhere_and_time_and_memory_are_taken(plan: EvalPlan) -> None:
    summary = run_eval(plan, ignore_progress)
    reached = means(summary, "reader")
    assert reached["connections"] == 0
    assert 0 < reached["p50_seconds"] <= reached["p95_seconds"]
    assert summary.peak_megabytes > 50
    assert summary.seconds > 0


def test_an_interrupted_run_goes_on_and_asks_nothing_again(plan: EvalPlan) -> None:
    def stop_after_the_first(progress: Progress) -> None:
        if progress.task == "asking questions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_eval(replace(plan, name=""), stop_after_the_first)
    [file] = (plan.work / "runs").glob("*.jsonl")
    before = file.read_bytes()
    assert len(read_run(file).responses) == 5
    summary = run_eval(replace(plan, name=""), ignore_progress)
    assert list((plan.work / "runs").glob("*.jsonl")) == [file]
    assert file.read_bytes().startswith(before)
    assert len(read_run(file).responses) == sum(system.asked for system in summary.systems) == 14


def test_a_finished_run_of_this_name_is_only_reported_again(plan: EvalPlan) -> None:
    first = run_eval(plan, ignore_progress)
    before = (plan.work / "runs" / "first.jsonl").read_bytes()
    again = run_eval(plan, ignore_progress)
    assert (plan.work / "runs" / "first.jsonl").read_bytes() == before
    assert again.systems == first.systems


def test_a_run_without_a_name_is_a_new_one_once_its_report_is_written(plan: EvalPlan) -> None:
    run_eval(plan, ignore_progress)
    run_eval(replace(plan, name=""), ignore_progress)
    assert len(list((plan.work / "runs").glob("*.jsonl"))) == 1
    finish_run(plan.work / "runs" / "first.jsonl")
    run_eval(replace(plan, name=""), ignore_progress)
    assert len(list((plan.work / "runs").glob("*.jsonl"))) == 2


def test_other_articles_are_another_run(plan: EvalPlan) -> None:
    run_eval(plan, ignore_progress)
    (plan.dataset.articles / "more.txt").write_text("Talks in Rome\n\nThe ministers met in Rome on Friday.\n")
    with pytest.raises(FootnoteError, match="There is a run first already"):
        run_eval(plan, ignore_progress)


def test_another_embedder_has_another_index(plan: EvalPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("evals.run.load_embedder", lambda threads: WordHashEmbedder())
        run_eval(replace(plan, name="earlier"), ignore_progress)
    summary = run_eval(plan, ignore_progress)
    assert summary.header.articles == 1
    assert len(list((plan.work / "indexes").iterdir())) == 2


def test_a_limit_spreads_over_the_dataset(plan: EvalPlan) -> None:
    summary = run_eval(replace(plan, limit=2), ignore_progress)
    assert summary.systems[0].asked == 2
    assert {"kind: fact", "kind: follow-up"} <= set(summary.systems[0].slices)


def test_questions_about_some_articles_are_asked_among_all(plan: EvalPlan) -> None:
    (plan.dataset.articles / "trade.txt").write_text("Trade in Rome\n\nThe ministers met in Rome on Friday.\n")
    trade = replace(QUESTIONS[0], id="trade", cites=(frozenset({"trade#1"}),), given=("trade#1",))
    dataset = replace(plan.dataset, load_questions=lambda assistant: [*QUESTIONS[:2], trade])
    summary = run_eval(replace(plan, dataset=dataset, about=("Trade in Rome",)), ignore_progress)
    run = read_run(plan.work / "runs" / "first.jsonl")
    assert {question_id for _, question_id in run.responses} == {"trade"}
    assert (summary.header.filter, summary.header.articles, summary.header.questions) == (("Trade in Rome",), 2, 1)
    assert run.header == summary.header


def test_a_run_with_another_filter_is_another_run(plan: EvalPlan) -> None:
    dataset = replace(plan.dataset, load_questions=lambda assistant: QUESTIONS[:1])
    run_eval(replace(plan, dataset=dataset, about=("talks",)), ignore_progress)
    with pytest.raises(FootnoteError, match="There is a run first already that was made with other filter"):
        run_eval(replace(plan, dataset=dataset), ignore_progress)
    again = run_eval(replace(plan, dataset=dataset, about=("Talks_in_Oslo",)), ignore_progress)
    assert again.header.filter == ("Talks in Oslo",)


def test_questions_that_are_about_other_articles_are_an_error(plan: EvalPlan) -> None:
    dataset = replace(plan.dataset, load_questions=lambda assistant: [QUESTIONS[-1]])
    with pytest.raises(FootnoteError, match="its evidence is in no article"):
        run_eval(replace(plan, dataset=dataset), ignore_progress)


def test_an_unknown_model_is_told_the_known_ones(plan: EvalPlan) -> None:
    with pytest.raises(FootnoteError, match="no model 'gpt'") as caught:
        run_eval(replace(plan, models=("gpt",)), ignore_progress)
    assert "reader" in caught.value.hint


class Moody:
    """A system that fails on some questions, until it is well."""

    name = "moody"
    role: Role = "model"

    def __init__(self, *errors: Exception) -> None:
        self._errors: Iterator[Exception] = iter(errors)

    def applies(self, question: Question) -> bool:
        return True

    def respond(self, question: Question) -> Response:
        for error in self._errors:
            raise error
        return Response(question.id, self.name, "not_in_articles")


def test_a_failure_is_kept_with_its_reason_and_the_run_goes_on(tmp_path: Path) -> None:
    header = RunHeader("first", "own", "", 1, 3, ("moody",), {}, {}, {})
    run = start_run(tmp_path, header)
    moody = Moody(ModelError("The model is down.", "Start it."), ValueError("bad answer"))
    ask_all(run, QUESTIONS[:3], [moody], ignore_progress)
    failures = [response.failure for response in run.responses.values()]
    assert failures == ["The model is down. Start it.", "ValueError: bad answer", ""]
    ask_all(run, QUESTIONS[:3], [moody], ignore_progress)
    assert [response.failure for response in read_run(run.path).responses.values()] == ["", "", ""]
