"""What is measured: the assistant with a model, the same with something taken away or given, and baselines."""

from collections.abc import Sequence
from typing import Protocol

from evals.baselines import FirstSentence, Published, SearchBaseline, SupportJudge
from evals.desk import Desk, Found, first_found
from evals.entailment import ENTAILMENTS
from evals.records import Dataset, GivenSentence, Question, Response, unique
from evals.summary import Role
from rag import Answer, ArticleFilter, Assistant
from rag.models.llm import READER, check_spec


class System(Protocol):
    """Whatever can be asked the questions of a dataset.

    Attributes:
        name: Names it in the report.
        role: What it is in the run for.
    """

    name: str
    role: Role

    def applies(self, question: Question) -> bool:
        """Tell whether this question is for it."""
        ...

    def respond(self, question: Question) -> Response:
        """Return what comes of a question; an error is a failure."""
        ...


class ModelSystem:
    """The assistant as it is."""

    role: Role = "model"

    def __init__(self, desk: Desk, name: str) -> None:
        """Ask this desk."""
        self.name = name
        self.desk = desk

    def applies(self, question: Question) -> bool:
        """Every question is for it."""
        return True

    def respond(self, question: Question) -> Response:
        """Ask, with the conversation before, and search once more to see what was found."""
        talk = self.desk.talk(question.history)
        answer = self.desk.assistant.ask(question.question, talk, model=self.name)
        return self._response(question, answer, first_found(self.desk.search(answer.standalone_question)))

    def _response(self, question: Question, answer: Answer, found: Found | None = None) -> Response:
        return Response(
            question_id=question.id,
            system=self.name,
            outcome=answer.outcome,
            text=" ".join(sentence.text for sentence in answer.sentences),
            sentences=tuple(
                GivenSentence(sentence.text, tuple(map(self.desk.quote, sentence.citations)))
                for sentence in answer.sentences
            ),
            standalone_question=answer.standalone_question,
            found=found.refs if found else None,
            found_articles=found.articles if found else (),
            confidence=answer.confidence,
            seconds=answer.seconds,
            # What the reader says in its place is no answer of the model that is measured.
            failure=answer.fallback or (answer.reason if answer.outcome in ("model_failed", "empty_index") else ""),
            short=answer.short,
        )


class WithoutHistory(ModelSystem):
    """The assistant asked a follow-up as if nothing had been asked before: what making it whole is worth."""

    role: Role = "variant"

    def __init__(self, desk: Desk, name: str) -> None:
        """Ask this desk."""
        super().__init__(desk, f"{name}, without history")
        self.model = name

    def applies(self, question: Question) -> bool:
        """Only what has a history is for it."""
        return bool(question.history)

    def respond(self, question: Question) -> Response:
        """Ask the question alone."""
        answer = self.desk.assistant.ask(question.question, model=self.model)
        return self._response(question, answer, first_found(self.desk.search(question.question)))


class WithPassages(ModelSystem):
    """The assistant given the right paragraph, or some articles: reading apart from searching."""

    role: Role = "variant"

    def __init__(self, desk: Desk, name: str) -> None:
        """Ask this desk."""
        super().__init__(desk, f"{name}, given where to read")

    def applies(self, question: Question) -> bool:
        """Only what has a task of reading is for it."""
        return question.given is not None

    def respond(self, question: Question) -> Response:
        """Read the given paragraphs, or search the given articles."""
        given, history = question.given or (), self.desk.talk(question.history)
        if all("#" in ref for ref in given):
            answer = self.desk.assistant.read(question.question, self.desk.passages(given), history)
        else:
            answer = self.desk.assistant.ask(question.question, history, ArticleFilter(ids=given))
        return self._response(question, answer)


def build_systems(assistant: Assistant, dataset: Dataset, models: Sequence[str]) -> list[System]:
    """Return what a dataset's questions are put to, models first.

    Args:
        assistant: The assistant over the dataset's articles.
        dataset: The dataset.
        models: Specs of the models, as `check_models` lets them through.
    """
    desk = Desk(assistant)
    if dataset.name == "support":
        return [SupportJudge(desk, entailment) for entailment in ENTAILMENTS.values()]
    systems: list[System] = [ModelSystem(desk, model) for model in models]
    systems += [variant(desk, model) for model in models for variant in _variants(model)]
    systems.append(SearchBaseline(desk, "dense only", lambda passage: passage.dense_rank))
    systems.append(SearchBaseline(desk, "BM25 only", lambda passage: passage.lexical_rank))
    systems.append(FirstSentence(desk))
    names = {system.name for system in systems}
    for name, answers in dataset.published.items():
        systems.append(Published(f"published {name}" if name in names else name, answers))
    return systems


def _variants(model: str) -> tuple[type[WithoutHistory] | type[WithPassages], ...]:
    # Only the reader answers from paragraphs alone.
    return (WithoutHistory, WithPassages) if model == READER else (WithoutHistory,)


def check_models(models: Sequence[str]) -> tuple[str, ...]:
    """Return the specs of models, each once.

    Raises:
        SettingsError: There is no model of that name.
    """
    return unique([check_spec(model) for model in models])
