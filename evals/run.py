"""Running an eval: every question to every system, kept as it comes, scored at the end."""

import hashlib
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from evals.about import Chosen, choose_questions
from evals.compare import check_common, compare_runs
from evals.measure import connection_counter, peak_megabytes
from evals.records import Dataset, Question, Response, conversation
from evals.runs import RunFile, find_unfinished, free_name, read_run, run_path, start_run
from evals.summarise import summarise
from evals.summary import RunHeader, Summary
from evals.systems import System, build_systems, check_models
from rag import Assistant, FootnoteError
from rag.models.embedder import Embedder, load_embedder
from rag.models.llm import READER
from rag.read import clean_id
from rag.settings import load_settings
from rag.store.database import LAYOUT
from rag.store.index import OnProgress, Progress

LIBRARIES = ("chromadb", "llama-index-core", "numpy", "onnxruntime", "tokenizers")


@dataclass(frozen=True, slots=True)
class EvalPlan:
    """What is to be run.

    Attributes:
        dataset: The questions.
        title: The dataset as it was named on the command line.
        work: Folder for indexes (`indexes`) and run files (`runs`).
        models: Specs of the models.
        name: Name of the run; an unfinished one made with the same is gone on with if empty.
        limit: Ask only so many questions, evenly spread over the dataset, or None for all.
        distractors: Articles to search in place of the dataset's own, which must be among them by id.
        index: Folder of the index, or None for one in `work`.
        compare: Name of an earlier run to compare with, or its file, or an empty string.
        about: Titles or ids of the articles that the questions are to be about, all articles searched; any if empty.
    """

    dataset: Dataset
    title: str
    work: Path
    models: tuple[str, ...] = (READER,)
    name: str = ""
    limit: int | None = None
    distractors: Path | None = None
    index: Path | None = None
    compare: str = ""
    about: tuple[str, ...] = ()


def run_eval(plan: EvalPlan, on_progress: OnProgress) -> Summary:
    """Ask what has not been asked yet, and score the run.

    Args:
        plan: What is to be run.
        on_progress: Called now and then.

    Raises:
        FootnoteError: The articles, the questions, a model's name or an earlier run cannot be used.
    """
    started = time.perf_counter()
    models = check_models(plan.models)
    earlier = _read_earlier(plan) if plan.compare else None
    articles = plan.distractors or plan.dataset.articles
    embedder = load_embedder(load_settings().threads)
    index = plan.index or plan.work / "indexes" / index_name(articles, embedder)
    opened = Assistant.open(articles, index=index, embedder=embedder, model=READER, on_progress=on_progress)
    with opened as assistant:
        chosen = choose_questions(plan.dataset.load_questions(assistant), plan.about, assistant.articles())
        questions = _spread(chosen.questions, plan.limit)
        fit = _askable(questions, plan.title)
        if earlier:
            check_common(earlier, fit)
        systems = build_systems(assistant, plan.dataset, models)
        run = _open_run(plan, assistant, replace(chosen, questions=tuple(fit)), systems)
        ask_all(run, fit, systems, on_progress)
        summary = summarise(run, questions, systems, assistant)
    comparisons = compare_runs(earlier, run, fit, run.header.models) if earlier else ()
    return replace(
        summary,
        comparisons=tuple(comparisons),
        unread=tuple(f"{report.path}: {report.reason}" for report in assistant.reports if report.status == "failed"),
        seconds=time.perf_counter() - started,
        peak_megabytes=peak_megabytes(),
    )


def _askable(questions: Sequence[Question], title: str) -> list[Question]:
    fit = [question for question in questions if not question.skip]
    if not questions:
        raise FootnoteError(f"{title} has no questions.", "See evals/README.md for what it should hold.")
    if not fit:
        raise FootnoteError(
            f"No question of {title} can be asked about these articles: {questions[0].skip}.",
            "Do the ids of the articles agree?",
        )
    return fit


def _read_earlier(plan: EvalPlan) -> RunFile:
    is_file = plan.compare.endswith(".jsonl")
    return read_run(Path(plan.compare) if is_file else run_path(plan.work / "runs", plan.compare))


def ask_all(run: RunFile, questions: Sequence[Question], systems: Sequence[System], on_progress: OnProgress) -> None:
    """Ask every question of every system that it is for, unless there is an answer or a refusal already.

    An error of a system is its failure on this question; the run goes on.
    """
    counter = connection_counter()
    for number, question in enumerate(questions, start=1):
        for system in systems:
            known = run.responses.get((system.name, question.id))
            if system.applies(question) and (known is None or known.failure):
                before = counter.opened
                response = _respond(system, question)
                run.add(replace(response, asked=conversation(question), connections=counter.opened - before))
        on_progress(Progress("asking questions", number, len(questions), 0))


def _respond(system: System, question: Question) -> Response:
    try:
        return system.respond(question)
    except FootnoteError as error:
        return Response(question.id, system.name, failure=" ".join([error.message, error.hint]).strip())
    except Exception as error:  # somebody else's model may raise anything, and the other questions are worth asking
        return Response(question.id, system.name, failure=f"{type(error).__name__}: {error}")


def _open_run(plan: EvalPlan, assistant: Assistant, asked: Chosen, systems: Sequence[System]) -> RunFile:
    folder = plan.work / "runs"
    header = _header(plan, assistant, asked, systems)
    name = plan.name or find_unfinished(folder, header) or free_name(folder, header.name)
    return start_run(folder, replace(header, name=name))


def _header(plan: EvalPlan, assistant: Assistant, asked: Chosen, systems: Sequence[System]) -> RunHeader:
    now = datetime.now().astimezone()
    settings = assistant.settings.model_dump(mode="json", exclude={"index"})
    return RunHeader(
        name=plan.name or f"{plan.dataset.name}-{now:%Y%m%d-%H%M%S}",
        dataset=os.fsencode(plan.title).decode("utf-8", "replace"),
        started=now.isoformat(timespec="seconds"),
        articles=assistant.index.articles.count("articles"),
        questions=len(asked.questions),
        models=tuple(system.name for system in systems if system.role == "model"),
        settings={name: str(value) for name, value in settings.items()},
        versions={
            "footnote": version("footnote"),
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
            "embedder": assistant.index.embedder.fingerprint,
        },
        hashes={
            "articles": assistant.index.articles.digest()[:16],
            "questions": _hash_questions(asked.questions),
            "code": _hash_code(),
        },
        filter=asked.titles,
    )


def _hash_questions(questions: Sequence[Question]) -> str:
    # The order of a set is another one in each process.
    whole = [(replace(question, cites=()), sorted(map(sorted, question.cites))) for question in questions]
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]


def _hash_code() -> str:
    """Return a hash of the code and the weights that answer; the code of the evals changes no answer."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].glob("rag/**/*")):
        if path.suffix in (".py", ".json", ".onnx"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def index_name(articles: Path, embedder: Embedder) -> str:
    """Return a name for the index of some articles: another place, layout or embedder makes another index."""
    whole = f"{embedder.fingerprint}\n{LAYOUT}\n".encode() + os.fsencode(articles.resolve())
    return f"{clean_id(articles.name.split('.')[0])}-{hashlib.sha256(whole).hexdigest()[:8]}"


def _spread(questions: Sequence[Question], limit: int | None) -> list[Question]:
    if limit is None or limit >= len(questions):
        return list(questions)
    return [questions[number * len(questions) // limit] for number in range(limit)]
