"""The command `footnote models`, and the options that name a model."""

from typing import Annotated

import typer
from rich.text import Text

from rag.models.llm import READER
from rag.models.llm_states import ModelStatus, list_models_of
from rag.settings import load_settings
from ui import render
from ui.terminal import JsonOption, console

ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="SPEC", help="Who answers: reader, or see footnote models. [reader]")
]
FallbackOption = Annotated[
    str | None, typer.Option("--fallback", metavar="reader", help="Who answers if the model fails. [nobody]")
]


def list_models(
    check: Annotated[bool, typer.Option("--check", help="Ask each of them one short question.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the models that can answer, and what is missing for others."""
    settings = load_settings()
    found = list_models_of(settings.model, settings, check)
    if as_json:
        typer.echo(render.to_json([render.model_to_dict(status) for status in found]))
        return
    for status in found:
        console.print(_line(status, checked=check and status.spec != READER))


def _line(status: ModelStatus, checked: bool) -> Text:
    if status.ready:
        return Text.assemble((render.plain(status.spec), "bold cyan"), ("  answers" if checked else "  ready", "green"))
    spec = (render.plain(status.spec), "cyan")
    return Text.assemble(spec, f"  {render.one_line(status.reason)} ", (render.plain(status.hint), "dim"))
