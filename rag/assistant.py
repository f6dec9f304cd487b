"""The assistant: articles in, answers out. It joins the parts and has no logic of its own."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from rag.answer.gate import AnswerGate, Gate
from rag.answer.question import check_question
from rag.answer.respond import Responder
from rag.errors import FolderError, StoreError
from rag.models.embedder import Embedder, load_embedder
from rag.models.llm import check_spec
from rag.models.llm_states import ModelStatus, list_models_of
from rag.models.reader import Reader, load_reader
from rag.records import Answer, Article, ArticleFilter, ArticleHeader, Passage
from rag.search.hybrid import EVERYWHERE, search
from rag.search.reread import reread
from rag.settings import Settings, load_settings
from rag.store.by_hand import add_by_hand, put_back_by_hand, remove_by_hand
from rag.store.index import Index, OnProgress, ignore_progress
from rag.store.report import FileReport
from rag.store.sync import sync

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.llms import LLM


class Assistant:
    """Answers questions about a folder of articles. Safe to use from several threads.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Assistant.open("seeds", index=folder) as desk:
        ...     answer = desk.ask("When did Hamas move its headquarters out of Damascus?")
        >>> answer.outcome, answer.citations[0].ref
        ('answered', '002_edf3047c270918b1#10')

    Attributes:
        index: The index, for those who want to search for themselves.
        settings: The settings in force.
        reports: What the last sync found out about each file.
    """

    def __init__(
        self, index: Index, settings: Settings, reader: Reader | None = None, model: "str | LLM | None" = None
    ) -> None:
        """Use an index that is open; `Assistant.open` is the usual way."""
        self.index = index
        self.settings = settings
        self.reports: list[FileReport] = []
        self._loaded_reader, self._loading = reader, Lock()
        self._model: str | LLM = model or settings.model

    @classmethod
    def open(  # noqa: PLR0913 - all by keyword, none needed
        cls,
        folder: str | Path | None = None,
        *,
        index: str | Path | None = None,
        embedder: "Embedder | BaseEmbedding | None" = None,
        model: "str | LLM | None" = None,
        fallback: str | None = None,
        rebuild: bool = False,
        may_be_empty: bool = False,
        on_progress: OnProgress = ignore_progress,
    ) -> "Assistant":
        """Open the index of a folder of articles, and bring it in step with the folder.

        Args:
            folder: A folder with articles, or one file; None for the one that the index belongs to, which may be gone.
            index: The index folder; `FOOTNOTE_INDEX`, else `.footnote` in the working directory, if None.
            embedder: An embedder of ours or any llama-index `BaseEmbedding`; the shipped one if None.
            model: Who answers: `reader`, `provider:name` or any llama-index `LLM`; `FOOTNOTE_MODEL`, else the
                reader, if None.
            fallback: `reader` to let it answer where another model fails; `FOOTNOTE_FALLBACK`, else nothing, if None.
            rebuild: Make all vectors anew from the stored articles.
            may_be_empty: Open an index also where there are no articles yet; `add` puts some in.
            on_progress: Called now and then during long work.

        Raises:
            FolderError: The folder is missing, or there are no articles in it.
            StoreError: The index cannot be opened or written; the subclasses say why.
            SettingsError: A setting is wrong.
        """
        named = model if isinstance(model, str) else None
        settings = load_settings(index=index, model=named, fallback=fallback)
        check_spec(settings.model)
        if folder is None and not may_be_empty and not _exists(settings.index):
            raise StoreError(f"There is no index in {settings.index}.", "Make one with: footnote index FOLDER")
        opened = Index(settings.index, _load_embedder(embedder, settings.threads), rebuild, on_progress)
        try:
            assistant = cls(opened, settings, model=model)
            if folder is not None or (assistant.folder and _exists(assistant.folder)):
                assistant.sync(folder, on_progress, may_be_empty)
        except BaseException:
            opened.close()
            raise
        return assistant

    def sync(
        self, folder: str | Path | None = None, on_progress: OnProgress = ignore_progress, may_be_empty: bool = False
    ) -> list[FileReport]:
        """Bring the index in step with its folder.

        Args:
            folder: The folder, or None for the one that the index belongs to.
            on_progress: Called now and then.
            may_be_empty: Whether a folder without articles is no error, as long as it never had any.

        Returns:
            A report for each file.

        Raises:
            FolderError: The folder is missing, or there are no articles in it.
            StoreError: The index cannot be written.
        """
        folder = Path(folder) if folder is not None else self.folder
        if folder is None:
            raise FolderError("The index belongs to no folder of articles yet.", "Name one: footnote index FOLDER")
        self.reports = sync(self.index, folder, self.settings.max_file_megabytes, on_progress, may_be_empty)
        return self.reports

    def add(self, files: Mapping[str, Path], on_progress: OnProgress = ignore_progress) -> list[FileReport]:
        """Index copies of files that are not in the folder, by name; see `add_by_hand`."""
        return add_by_hand(self.index, self._present_folder, files, self.settings.max_file_megabytes, on_progress)

    def remove(self, article_id: str) -> bool:
        """Take an article out, though its file may stay in the folder; see `remove_by_hand`."""
        return remove_by_hand(self.index, article_id)

    def put_back(self, article_id: str) -> None:
        """Bring an article back that was removed; see `put_back_by_hand`."""
        put_back_by_hand(self.index, self._present_folder, article_id, self.settings.max_file_megabytes)

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        where: ArticleFilter = EVERYWHERE,
        model: "str | LLM | None" = None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: The question.
            history: The answers before it in this conversation, oldest first.
            where: Which articles may be used.
            model: Who answers this question, if not the model that the assistant was opened with.

        Returns:
            The whole answer; its `outcome` tells whether there is one.

        Raises:
            QuestionError: The question is empty or too long.
            SettingsError: There is no such model.
            StoreError: The index cannot be read.
        """
        *_, answer = self.stream(question, history, where, model)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        where: ArticleFilter = EVERYWHERE,
        model: "str | LLM | None" = None,
        rewrite: bool = True,
    ) -> Iterator[Answer]:
        """Answer a question bit by bit.

        Args:
            question: The question.
            history: The answers before it in this conversation, oldest first.
            where: Which articles may be used.
            model: Who answers this question, if not the model that the assistant was opened with.
            rewrite: Whether a question that points back is made whole before it is searched for.

        Yields:
            The answer as far as it has come, its text only ever longer; the last one is whole. At least one. Close the
            iterator to stop a language model.

        Raises:
            QuestionError: The question is empty or too long.
            SettingsError: There is no such model.
            StoreError: The index cannot be read.
        """
        started = time.perf_counter()
        model = model or self._model
        if isinstance(model, str):
            check_spec(model)
        question = check_question(question, self.settings.max_question_characters)
        for answer in self._responder.stream(question, history, where, model, rewrite):
            yield replace(answer, seconds=time.perf_counter() - started)

    def read(self, question: str, passages: Sequence[Passage], history: Sequence[Answer] = ()) -> Answer:
        """Answer a question from some paragraphs alone, without a search.

        Args:
            question: The question.
            passages: The paragraphs, best first, as `search` returns them.
            history: The answers before it in this conversation, oldest first.

        Returns:
            The whole answer.

        Raises:
            QuestionError: The question is empty or too long.
        """
        started = time.perf_counter()
        question = check_question(question, self.settings.max_question_characters)
        answer = self._responder.read(question, passages, history)
        return replace(answer, seconds=time.perf_counter() - started)

    def search(self, question: str, limit: int = 10, where: ArticleFilter = EVERYWHERE) -> list[Passage]:
        """Return the paragraphs that are most likely to hold an answer, best first."""
        most = self.settings.max_passages
        found = search(self.index, question, max(limit, most), where)
        return [read.passage for read in reread(question, found, self._reader, most)][:limit]

    def models(self, check: bool = False) -> list[ModelStatus]:
        """Return the models that are set up, each with its state, the one asked by default first.

        Args:
            check: Ask each of them for one word.
        """
        return list_models_of(self._model, self.settings, check)

    def articles(self) -> list[ArticleHeader]:
        """Return all articles without their text, newest first."""
        return self.index.articles.headers()

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            NotFoundError: There is none with this id.
        """
        return self.index.articles.article(article_id)

    @property
    def folder(self) -> Path | None:
        """The folder of articles that the index belongs to, which may be gone; None before the first sync."""
        return Path(folder) if (folder := self.index.articles.database.meta("folder")) else None

    def close(self) -> None:
        """Let go of the index, so that another process can open it."""
        self.index.close()

    def __enter__(self) -> "Assistant":
        """Return itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    @cached_property
    def _responder(self) -> Responder:
        return Responder(self.index, self.settings, lambda: self._reader, self._gate)

    @property
    def _present_folder(self) -> Path | None:
        return self.folder if self.folder and _exists(self.folder) else None

    @cached_property
    def _gate(self) -> AnswerGate:
        return AnswerGate(lambda: self._sentence_gate, self.article, self.settings.gate)

    @cached_property
    def _sentence_gate(self) -> Gate:
        return Gate(self.index.embedder, self._reader)

    @property
    def _reader(self) -> Reader:
        with self._loading:  # only when it is needed, and once
            self._loaded_reader = self._loaded_reader or load_reader(self.settings.threads)
        return self._loaded_reader


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _load_embedder(embedder: "Embedder | BaseEmbedding | None", threads: int) -> Embedder:
    if embedder is None:
        return load_embedder(threads)
    from rag.llamaindex import adapt_embedder  # llama-index takes most of a second to import

    return adapt_embedder(embedder)
