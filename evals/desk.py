"""An assistant as the systems use it: it remembers conversations, and looks up what is cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.records import FOUND, CitedText, Question, split_ref, unique
from rag import Answer, Assistant, Citation, Passage
from rag.answer.follow_up import standalone_question

DEPTH = 100
"""How far the search is followed for the articles that it finds."""

WHOLE = 400
"""More than both halves of the search bring in together, so that either can be read off the fused list."""


class Desk:
    """An assistant that remembers: the answers before a follow-up, and what a question found."""

    def __init__(self, assistant: Assistant) -> None:
        """Ask this assistant."""
        self.assistant = assistant
        self.article = lru_cache(maxsize=200)(assistant.article)
        self.search = lru_cache(maxsize=4)(self._search)
        self.search_all = lru_cache(maxsize=4)(self._search_all)
        self.talk = lru_cache(maxsize=50)(self._talk)

    def quote(self, citation: Citation) -> CitedText:
        """Return a citation with the paragraph that it cites, checked against the article."""
        article = self.article(citation.article.id)
        paragraph = article.paragraphs[citation.paragraph_number - 1]
        within = paragraph.start <= citation.start < citation.end <= paragraph.end
        exact = within and article.text[citation.start : citation.end] == citation.quote
        return CitedText(citation.ref, citation.quote, paragraph.text, exact)

    def passages(self, refs: Sequence[str]) -> list[Passage]:
        """Return paragraphs as if a search had found them."""
        found = []
        for ref in refs:
            article_id, number = split_ref(ref)
            article = self.article(article_id)
            found.append(Passage(article, article.paragraphs[number - 1], 0.0))
        return found

    def standalone(self, question: Question) -> str:
        """Return the question that the assistant searches for."""
        return standalone_question(question.question, self.talk(question.history))

    def _talk(self, questions: tuple[str, ...]) -> tuple[Answer, ...]:
        """Return the answers to a conversation, question after question."""
        if not questions:
            return ()
        before = self.talk(questions[:-1])
        return (*before, self.assistant.ask(questions[-1], before))

    def _search(self, question: str) -> list[Passage]:
        return self.assistant.search(question, DEPTH)

    def _search_all(self, question: str) -> list[Passage]:
        return self.assistant.search(question, WHOLE)


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept of a search: the first paragraphs, and the first articles."""

    refs: tuple[str, ...]
    articles: tuple[str, ...]


def first_found(passages: Sequence[Passage]) -> Found:
    """Return the first paragraphs and articles of a search, best first."""
    refs = tuple(passage.ref for passage in passages[:FOUND])
    return Found(refs, unique([passage.article.id for passage in passages])[:FOUND])
