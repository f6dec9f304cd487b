"""Which models there are and whether they can answer now, all providers looked at at the same time."""

import json
import socket
import threading
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from queue import SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.errors import ModelError, ModelUnknownError, ModelUnreachableError, SettingsError
from rag.models.language_model import Prompt
from rag.models.llm import PROVIDERS, READER, check_spec, load_llm, problems_of
from rag.models.llm_loaders import ollama_address
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

CONNECT_SECONDS = 1.0
"""A server that does not take a connection by then is listed as down."""

QUESTION = Prompt("Answer in one word.", "What colour is the sky?")


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model that can be asked to answer, and whether it can do so now.

    Attributes:
        spec: What to name it by, `reader` or `provider:name`.
        ready: Whether it can answer.
        reason: Why it is not ready, in one sentence; empty if it is.
        hint: What to do about that, or an empty string.
    """

    spec: str
    ready: bool
    reason: str = ""
    hint: str = ""


def list_models_of(default: "str | LLM", settings: Settings, check: bool = False) -> list[ModelStatus]:
    """Return the reader, the model that is asked by default, the models of local servers, and what others need.

    Args:
        default: The model that is asked by default; it comes first.
        settings: Limits.
        check: Ask each model for one word. Those of one provider are asked in turn: they may share a machine.
    """
    named = [default] if isinstance(default, str) else []
    local = _local_models()
    specs = list(dict.fromkeys([*named, READER, *local]))
    providers = list(dict.fromkeys(map(_provider_of, specs)))

    def states_of(provider: str) -> list[ModelStatus]:
        return [_state(spec, local, settings, check) for spec in specs if _provider_of(spec) == provider]

    found = {state.spec: state for states in _at_once(states_of, providers) for state in states}
    others = [provider for provider in PROVIDERS if provider not in providers]
    return [found[spec] for spec in specs] + [_provider_state(provider) for provider in others]


def _at_once(states_of: Callable[[str], list[ModelStatus]], providers: Sequence[str]) -> list[list[ModelStatus]]:
    """Return the states of each provider's models; Ctrl-C waits for none of them."""
    heard: SimpleQueue[list[ModelStatus] | BaseException] = SimpleQueue()

    def look(provider: str) -> None:
        try:
            heard.put(states_of(provider))
        except BaseException as error:  # noqa: B036 - raised below
            heard.put(error)

    for provider in providers:
        threading.Thread(target=look, args=(provider,), daemon=True).start()
    found = []
    for _ in providers:
        states = heard.get()
        if isinstance(states, BaseException):
            raise states
        found.append(states)
    return found


def _provider_of(spec: str) -> str:
    return spec.partition(":")[0]


def _state(spec: str, local: Sequence[str], settings: Settings, check: bool) -> ModelStatus:
    if spec == READER:
        return ModelStatus(spec, ready=True)
    try:
        check_spec(spec)
        for problem in problems_of(_provider_of(spec)):
            raise problem
        _check_server(spec)
        if spec.startswith("ollama:") and spec.removesuffix(":latest") not in local:
            name = spec.partition(":")[2]
            raise ModelUnknownError(f"The Ollama server has no model {name}.", f"ollama pull {name}")
        if check or spec.startswith("gguf:"):  # a file is looked at, and not loaded before it is asked
            model = load_llm(spec, settings)
        if check:
            "".join(model.stream(QUESTION))
    except (ModelError, SettingsError) as error:
        return ModelStatus(spec, ready=False, reason=error.message, hint=error.hint)
    return ModelStatus(spec, ready=True)


def _check_server(spec: str) -> None:
    """Check that something listens where a model of one's own is to be asked; hosted ones are believed to be there."""
    provider, _, name = spec.partition(":")
    if provider not in ("ollama", "compatible"):
        return
    address = ollama_address() if provider == "ollama" else name.partition("#")[0]
    start = "Start it with: ollama serve" if provider == "ollama" else "Is its server running?"
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS).close()
    except (OSError, ValueError) as error:
        raise ModelUnreachableError(f"No server answers for {spec} at {address}.", start) from error


def _provider_state(provider: str) -> ModelStatus:
    """Return what is to be known before a model is named: whether one could be."""
    entry = PROVIDERS[provider]
    try:
        problem: ModelError | SettingsError | None = next(problems_of(provider), None)
    except SettingsError as error:
        problem = error
    if problem:
        return ModelStatus(entry.shape, ready=False, reason=problem.message, hint=problem.hint)
    if provider == "ollama":
        return ModelStatus(entry.shape, ready=False, reason="No Ollama server answers.", hint="ollama serve")
    return ModelStatus(
        entry.shape, ready=False, reason="No model is named.", hint=f"footnote ask --model {entry.shape}"
    )


def _local_models() -> list[str]:
    """Return the models that an Ollama server on this machine has; an empty list if there is none."""
    try:
        with urllib.request.urlopen(f"{ollama_address()}/api/tags", timeout=CONNECT_SECONDS) as response:
            listed = json.load(response)["models"]
            return [f"ollama:{str(each['name']).removesuffix(':latest')}" for each in listed]
    except (OSError, HTTPException, SettingsError, ValueError, KeyError, TypeError):
        return []
