"""What is on the chat page and where. What happens when is wired in the `…_events` modules."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag import Assistant
from ui.page.api import add_api
from ui.page.article_events import ArticleEvents
from ui.page.chat_events import ChatEvents
from ui.page.keep_events import KeepEvents
from ui.page.limits import Limits
from ui.page.model_menu import ModelMenu
from ui.page.shown import find_headers, read_article, welcome
from ui.page.templates import asset


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page that events read or change."""

    transcript: gr.HTML
    status: gr.HTML
    limit: gr.HTML
    composer: gr.Textbox
    model: gr.Dropdown
    reader: gr.HTML
    articles: gr.HTML
    kept: gr.HTML
    outbox: gr.HTML


def build_page(desk: Assistant, limits: Limits) -> gr.Blocks:
    """Return the chat page of an assistant, ready to be launched."""
    blocks = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    menu = ModelMenu(desk)
    with blocks:
        parts = _lay_out(desk, limits, menu)
        ChatEvents(desk, limits, menu).wire(blocks, parts)
        ArticleEvents(desk, limits).wire(parts)
        KeepEvents(desk).wire(parts)
        add_api(desk, limits)
    return blocks


def component(name: str, *events: str, value: Any = None, **options: Any) -> gr.HTML:  # noqa: ANN401 - it is JSON
    """Return a component whose HTML is a file of `assets/`, and whose work is done by the page's own script.

    The value never goes into the template: Gradio evaluates a filled template as JavaScript, so that `${…}` in an
    article would run.

    Args:
        name: Name of the template, and of the script's function that mounts it.
        events: Events of its own, beside those that all components have.
        value: Its first value.
        options: Passed on to `gr.HTML`.
    """
    # Gradio looks for the names of a component's own events in quotes.
    names = ", ".join(f"'{event}'" for event in events)
    script = f"footnote.mount{name.capitalize()}({{element, props, trigger, server, watch, upload}}, [{names}]);"
    return gr.HTML(
        value, html_template=asset(f"{name}.html"), js_on_load=script, apply_default_css=False, elem_id=name, **options
    )


def _lay_out(desk: Assistant, limits: Limits, menu: ModelMenu) -> Parts:
    models = menu.choices()
    with gr.Row(elem_id="top"):
        component("masthead")
        model = gr.Dropdown(models, value=models[0][1], label="Model", elem_id="model", container=False, min_width=120)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="left"):
            transcript = component("transcript", "again", "undo", "feedback", "test", value={"welcome": welcome(desk)})
            status = component("status")
            limit = component("limit", value={})
            composer = gr.Textbox(
                label="Question",
                container=False,
                placeholder="Ask the articles …",
                elem_id="composer",
                max_lines=6,
                max_length=limits.question_characters,
                submit_btn="Ask",
                autofocus=True,
            )
        with gr.Column(elem_id="right"):
            component("tabs")

            # The names of these are how the page's script calls them.
            def article(article_id: str) -> Any:  # noqa: ANN401 - it is JSON
                return read_article(desk, article_id)

            def headers(wanted: object) -> Any:  # noqa: ANN401
                return find_headers(desk, wanted)

            reader = component("reader", server_functions=[article])
            allowed = {"files": limits.upload_files, "megabytes": limits.upload_megabytes}
            articles = component(
                "articles", "bring", "remove", "putback", value={"limits": allowed}, server_functions=[headers]
            )
            kept = component("kept", "restore", "export", value={})
    outbox = component("outbox")
    return Parts(transcript, status, limit, composer, model, reader, articles, kept, outbox)
