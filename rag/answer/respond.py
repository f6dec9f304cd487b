"""What becomes of a question: searched, read, and answered by the reader or a language model, or refused."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from rag.answer.follow_up import standalone_question
from rag.answer.gate.apply import LOST, AnswerGate
from rag.answer.kind import analyse_question
from rag.answer.quote import Find, QuotedAnswer, quote_answer
from rag.answer.refuse import refuse
from rag.errors import ModelError
from rag.models.language_model import LanguageModel
from rag.models.llm import READER, load_llm
from rag.models.reader import Reader
from rag.records import EVIDENCE_KINDS, Answer, ArticleFilter, ParagraphKind, Passage
from rag.search.hybrid import EVERYWHERE, add_similarity, search
from rag.settings import Settings
from rag.store.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

NEAREST = 3
"""Paragraphs shown with an answer that is none."""

FEWEST_WORDS = 6
"""Words of a paragraph that is shown so, where there are longer ones: "(Photo: Reuters)" tells nobody anything."""

NOTHING_CITED = "What the model wrote cites no paragraph."
"""Why there is no answer where nothing was checked and all was left out."""


class Responder:
    """Answers the questions that are put to an index. Safe to use from several threads."""

    def __init__(self, index: Index, settings: Settings, load_reader: Callable[[], Reader], gate: AnswerGate) -> None:
        """Answer from an index.

        Args:
            index: The index.
            settings: Limits, and what to do if a language model fails.
            load_reader: Returns the reader, which reads what is found, also for a language model.
            gate: Judges each sentence before it is shown.
        """
        self._index = index
        self._settings = settings
        self._load_reader = load_reader
        self._gate = gate
        self._loaded: dict[str, LanguageModel] = {}
        self._loading = Lock()

    def stream(
        self,
        question: str,
        history: Sequence[Answer],
        where: ArticleFilter,
        model: "str | LLM",
        rewrite: bool = True,
    ) -> Iterator[Answer]:
        """Yield the answer as it grows, by the reader or by a language model; the last one is whole.

        Args:
            question: The question.
            history: The answers before it, oldest first.
            where: Which articles may be used.
            model: `reader`, another spec or any llama-index LLM.
            rewrite: Whether a question that points back is made whole.

        Raises:
            StoreError: The index cannot be read.
        """
        answer = self._begin(question, history if rewrite else (), model)
        if not self._index.articles.count("articles"):
            yield replace(
                answer, outcome="empty_index", reason="There are no articles yet.", hint="footnote index FOLDER"
            )
            return
        about_comments = analyse_question(answer.standalone_question).about_comments
        kinds: frozenset[ParagraphKind] = EVIDENCE_KINDS | {"comment"} if about_comments else EVIDENCE_KINDS
        most = self._settings.max_passages
        quoted = self._read(answer, lambda question: search(self._index, question, most, where, kinds))
        if isinstance(quoted, Answer):
            yield quoted
        elif model == READER:
            yield self._quoted(answer, quoted, where)
        else:
            yield from self._written(
                replace(answer, nearest=_choose_nearest(quoted.passages)), quoted, history, where, model
            )

    def read(self, question: str, passages: Sequence[Passage], history: Sequence[Answer]) -> Answer:
        """Return what the reader answers from some paragraphs alone."""
        answer = self._begin(question, history, READER)
        quoted = self._read(answer, partial(add_similarity, self._index, passages=passages))
        return quoted if isinstance(quoted, Answer) else self._quoted(answer, quoted, EVERYWHERE)

    def _read(self, answer: Answer, find: Find) -> QuotedAnswer | Answer:
        """Return what the reader makes of what is found, or the answer that tells that a shipped model failed."""
        try:
            return quote_answer(answer.standalone_question, find, self._load_reader(), self._settings.max_sentences)
        except ModelError as error:
            return replace(answer, outcome="model_failed", reason=error.message, hint=error.hint)

    def _begin(self, question: str, history: Sequence[Answer], model: "str | LLM") -> Answer:
        return Answer(
            question=question,
            standalone_question=self._rewritten(question, history, model) or standalone_question(question, history),
            outcome="answered",
            sentences=(),
            nearest=(),
            reason="",
            hint="",
            model="",
            seconds=0.0,
            checked=self._gate.action != "off",
        )

    def _rewritten(self, question: str, history: Sequence[Answer], model: "str | LLM") -> str | None:
        if not history or model == READER or not self._settings.rewrite_with_model:
            return None
        from rag.answer.generate import rewrite_question

        try:
            return rewrite_question(question, history, self._load(model))
        except ModelError:  # told when it is to answer
            return None

    def _quoted(self, answer: Answer, quoted: QuotedAnswer, where: ArticleFilter) -> Answer:
        answer = replace(
            answer,
            nearest=_choose_nearest(quoted.passages),
            confidence=quoted.confidence,
            model=self._load_reader().name,
            short=quoted.short,
            sentences=quoted.sentences,
            unanswered=quoted.unanswered,
        )
        if not answer.sentences:
            return refuse(answer, self._index, where)
        return self._gate.let_through(answer, quoted.passages)

    def _written(
        self,
        begun: Answer,
        quoted: QuotedAnswer,
        history: Sequence[Answer],
        where: ArticleFilter,
        model: "str | LLM",
    ) -> Iterator[Answer]:
        """Yield what a language model answers; at last the reader's answer if it failed before it said anything."""
        for answer in self._generate(begun, quoted, history, model):
            if answer.outcome == "not_in_articles":
                refused = refuse(answer, self._index, where)
                lost = LOST if answer.checked else NOTHING_CITED
                yield replace(refused, reason=lost) if answer.withheld else refused
            elif answer.outcome == "model_failed" and self._settings.fallback == READER and not answer.sentences:
                yield replace(self._quoted(begun, quoted, where), fallback=answer.reason)
            else:
                yield answer

    def _generate(
        self, begun: Answer, quoted: QuotedAnswer, history: Sequence[Answer], model: "str | LLM"
    ) -> Iterator[Answer]:
        from rag.answer.generate import generate_answer

        try:
            loaded = self._load(model)
        except ModelError as error:
            name = model if isinstance(model, str) else type(model).__name__
            yield replace(begun, outcome="model_failed", reason=error.message, hint=error.hint, model=name)
            return
        action = self._gate.action
        check = None if action == "off" else partial(self._gate.check, begun.standalone_question)
        yield from generate_answer(begun, quoted, history, loaded, check, keep_unsupported=action == "mark")

    def _load(self, model: "str | LLM") -> LanguageModel:
        if not isinstance(model, str):
            return load_llm(model, self._settings)
        with self._loading:  # two who ask at the same time share one
            if model not in self._loaded:
                self._loaded[model] = load_llm(model, self._settings)
            return self._loaded[model]


def _choose_nearest(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    telling = [passage for passage in passages if len(passage.paragraph.text.split()) >= FEWEST_WORDS]
    return tuple(telling or passages)[:NEAREST]
