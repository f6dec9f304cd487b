"""Passages of plain text, as a search would return them."""

from datetime import date

from rag.answer.gate.evidence import Evidence, gather_evidence
from rag.records import ArticleHeader, Paragraph, Passage

PUBLISHED = date(2017, 9, 23)  # a Saturday


def passage(text: str, number: int = 1, title: str = "News", published: date | None = PUBLISHED) -> Passage:
    article = ArticleHeader("a", title, "", "", "", published, "metadata" if published else "unknown")
    start = 1000 * number
    return Passage(article, Paragraph(number, "body", start, start + len(text), text), 0.0)


def evidence(text: str, before: str = "", title: str = "News") -> Evidence:
    beside = [Paragraph(1, "body", 0, len(before), before)] if before else []
    return gather_evidence([passage(text, 2, title)], lambda _: beside)
