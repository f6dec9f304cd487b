"""The endpoints for programs: `ask`, `articles`, `article`. Everything else that the page does is private."""

from datetime import date
from typing import Any

import gradio as gr
from gradio.events import api

from rag import Assistant, FootnoteError
from rag.records import ArticleFilter
from ui.page.asking import MOST_IDS, parse_day
from ui.page.limits import Limits
from ui.render import answer_to_dict, header_to_dict


def add_api(desk: Assistant, limits: Limits) -> None:
    """Add the endpoints to the page that is being built; their docstrings are its API's documentation."""

    # Gradio tells callers the names of the types, and knows none with parameters here.
    def ask(question: str, articles: list[str] | None = None, first_date: str = "", last_date: str = "") -> dict:  # type: ignore[type-arg]
        """Answer a question, if wanted from these articles only, by their ids, or from these days: 2017-09-23."""
        if articles and len(articles) > MOST_IDS:
            raise gr.Error(f"A question may be limited to {MOST_IDS:,} articles at most.", print_exception=False)
        where = ArticleFilter(tuple(articles) if articles else None, _day(first_date), _day(last_date))
        try:
            return answer_to_dict(desk.ask(question, where=where))
        except FootnoteError as error:
            raise _told(error) from error

    def articles() -> list:  # type: ignore[type-arg]
        """List the articles, newest first."""
        return [header_to_dict(header) for header in desk.articles()]

    def article(article_id: str) -> dict:  # type: ignore[type-arg]
        """Return an article with its numbered paragraphs."""
        try:
            found = desk.article(article_id)
        except FootnoteError as error:
            raise _told(error) from error
        paragraphs = [{"number": each.number, "kind": each.kind, "text": each.text} for each in found.paragraphs]
        return {**header_to_dict(found), "paragraphs": paragraphs}

    answering: dict[str, Any] = {"concurrency_limit": limits.answers, "concurrency_id": "answers"}
    api(ask, api_name="ask", **answering)
    api(articles, api_name="articles")
    api(article, api_name="article")


def _day(text: str) -> date | None:
    day = parse_day(text)
    if text and not day:
        raise gr.Error(f"{text!r} is no day. Write it as 2017-09-23.", print_exception=False)
    return day


def _told(error: FootnoteError) -> gr.Error:
    return gr.Error(f"{error.message} {error.hint}".strip(), print_exception=False)
