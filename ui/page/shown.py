"""What the page's components are given: records turned into what JSON can hold."""

from dataclasses import asdict
from typing import Any

from rag import Assistant
from rag.errors import NotFoundError
from ui.page.asking import parse_day
from ui.page.evidence import find_articles, find_citations, show_article
from ui.page.examples import example_questions
from ui.page.messages import render_turn
from ui.page.turns import Conversation
from ui.render import plain, render_date, render_span

MOST_HEADERS = 200
"""Articles that are listed at once; a search finds the others."""


def show_conversation(desk: Assistant, conversation: Conversation) -> dict[str, Any]:
    """Return a conversation for the transcript: each turn as HTML with its citations, and the articles they name."""
    turns, everything = [], []
    for turn in conversation.turns:
        citations = find_citations(turn.answer, desk.article) if turn.answer else []
        everything += citations
        html = render_turn(turn, citations, turn is conversation.turns[-1])
        turns.append({"id": turn.id, "html": html, "citations": [asdict(citation) for citation in citations]})
    return {
        "turns": turns,
        "articles": [asdict(article) for article in find_articles(everything, desk.article)],
        "spoken": _spoken(conversation),
    }


def _spoken(conversation: Conversation) -> str:
    """Return what a screen reader says when an answer is there."""
    last = conversation.turns[-1] if conversation.turns else None
    if not last or not last.done:
        return ""
    return plain(last.answer.text if last.answer else last.problem)


def welcome(desk: Assistant) -> dict[str, Any]:
    """Return what an empty conversation shows: how many articles there are, from when, and what one might ask."""
    headers = desk.articles()
    days = sorted(header.date for header in headers if header.date)
    return {
        "articles": len(headers),
        "dates": render_span(days[0], days[-1]) if days else "",
        "examples": example_questions(desk, headers),
    }


def read_article(desk: Assistant, article_id: str) -> dict[str, Any] | None:
    """Return an article for the reader pane, None if there is none."""
    try:
        return asdict(show_article(desk.article(str(article_id))))
    except NotFoundError:
        return None


def find_headers(desk: Assistant, wanted: object) -> dict[str, Any]:
    """Return the articles of which title, byline or agency have all words of a text, published in some days.

    Args:
        desk: The assistant.
        wanted: What the browser sent: `{"text": …, "first": …, "last": …}`.
    """
    fields = wanted if isinstance(wanted, dict) else {}
    words = str(fields.get("text") or "").lower().split()
    since, until = parse_day(fields.get("first")), parse_day(fields.get("last"))
    found = []
    for header in desk.articles():
        told = f"{header.title} {header.byline} {header.agency}".lower()
        in_time = (not since or (header.date and header.date >= since)) and (
            not until or (header.date and header.date <= until)
        )
        if in_time and all(word in told for word in words):
            found.append(header)
    shown = [
        {"id": each.id, "title": plain(each.title), "date": render_date(each.date)} for each in found[:MOST_HEADERS]
    ]
    return {"found": len(found), "articles": shown}
