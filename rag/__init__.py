"""Footnote: ask a folder of news articles; every sentence of the answer is footnoted and checked."""

from rag.assistant import Assistant
from rag.errors import FootnoteError
from rag.records import (
    Answer,
    AnswerSentence,
    Article,
    ArticleFilter,
    ArticleHeader,
    Citation,
    Paragraph,
    Passage,
)
from rag.settings import Settings
from rag.store.report import FileReport

__all__ = [
    "Answer",
    "AnswerSentence",
    "Article",
    "ArticleFilter",
    "ArticleHeader",
    "Assistant",
    "Citation",
    "FileReport",
    "FootnoteError",
    "Paragraph",
    "Passage",
    "Settings",
]
