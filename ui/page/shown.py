"""What the page's components are given: records turned into what JSON can hold."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rag import Assistant
from rag.errors import NotFoundError
from rag.records import ArticleHeader
from ui.page.asking import parse_day
from ui.page.evidence import find_articles, find_citations, show_article
from ui.page.examples import example_questions
from ui.page.messages import render_turn
from ui.page.turns import Conversation, Turn
from ui.render import plain, render_date, render_span

MOST_HEADERS = 200
"""Articles that are listed at once; a search finds the others."""


def show_conversation(desk: Assistant, conversation: Conversation) -> dict[str, Any]:
    """Return a conversation for the transcript: each turn as HTML with its citations, and the articles they name."""
    shown: dict[str, Any] = {"turns": [], "articles": []}
    for turn in conversation.turns:
        _add_turn(desk, turn, turn is conversation.turns[-1], shown)
    return {**shown, "spoken": _spoken(conversation), "forgotten": conversation.forgotten}


def show_last_turn(desk: Assistant, conversation: Conversation, before: dict[str, Any]) -> dict[str, Any]:
    """Return a conversation for the transcript of which only the last turn has changed since it was shown before."""
    shown: dict[str, Any] = {"turns": before["turns"][:-1], "articles": list(before["articles"])}
    _add_turn(desk, conversation.turns[-1], True, shown)
    return {**shown, "spoken": _spoken(conversation), "forgotten": conversation.forgotten}


def _add_turn(desk: Assistant, turn: Turn, is_last: bool, shown: dict[str, Any]) -> None:
    citations = find_citations(turn.answer, desk.article) if turn.answer else []
    html = render_turn(turn, citations, is_last)
    shown["turns"].append({"id": turn.id, "html": html, "citations": [asdict(citation) for citation in citations]})
    known = {article["id"] for article in shown["articles"] if not article["left_out"]}
    new = [citation for citation in citations if citation.article not in known]
    shown["articles"] += [asdict(article) for article in find_articles(new, desk.article)]


def _spoken(conversation: Conversation) -> str:
    """Return what a screen reader says when an answer is there."""
    last = conversation.turns[-1] if conversation.turns else None
    if not last or not last.done:
        return ""
    return plain(last.answer.text if last.answer else last.problem)


def welcome(desk: Assistant) -> dict[str, Any]:
    """Return what an empty conversation shows: how many articles there are, from when, and what one might ask."""
    headers = desk.articles()
    return {
        "articles": len(headers),
        "dates": _span_of(headers),
        "examples": example_questions(desk, headers),
    }


def _span_of(headers: Sequence[ArticleHeader]) -> str:
    """Return in a sentence when the articles were published, as far as they tell."""
    days = sorted(header.date for header in headers if header.date)
    if not days:
        return ""
    whose = "Published" if len(days) == len(headers) else f"The {len(days):,} dated of them were published"
    whose = "The dated one was published" if len(days) == 1 < len(headers) else whose
    return f"{whose} {render_span(days[0], days[-1])}."


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
