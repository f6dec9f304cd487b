"""Language models by name: `provider:name`, one table, each provider's library imported when it is asked for."""

import difflib
import json
import re
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.error import HTTPError

from rag.errors import ModelError, ModelKeyError, ModelUnknownError, ModelUnreachableError, SettingsError
from rag.models import llm_loaders
from rag.models.language_model import LanguageModel, Prompt
from rag.records import ModelStatus
from rag.settings import Settings, read_key

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

READER = "reader"
"""The model that is shipped: it quotes, writes nothing, and needs no other."""

REACH_SECONDS = 1.0
"""Time that a server has to say that it is there."""

NO_OLLAMA = "No Ollama server answers."
START_OLLAMA = "ollama serve"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where language models are asked.

    Attributes:
        shape: What its specs look like.
        meaning: What it is, in a few words.
        load: Makes a model out of a name, a key and the settings.
        module: The module that must be there.
        extra: The extra of ours that installs it, or an empty string if the default install has it.
        keys: Variables that may hold its key; none if it needs none.
    """

    shape: str
    meaning: str
    load: Callable[[str, str, Settings], LanguageModel]
    module: str
    extra: str = ""
    keys: tuple[str, ...] = ()


PROVIDERS: dict[str, Provider] = {
    "ollama": Provider("ollama:NAME", "a model of Ollama", llm_loaders.load_ollama, "llama_index.llms.ollama"),
    "compatible": Provider(
        "compatible:URL#NAME",
        "any server that speaks OpenAI's protocol: llama-server, vLLM, LM Studio, …",
        llm_loaders.load_compatible,
        "llama_index.llms.openai_like",
    ),
    "openai": Provider(
        "openai:NAME",
        "OpenAI",
        llm_loaders.load_openai,
        "llama_index.llms.openai_like",
        keys=("OPENAI_API_KEY",),
    ),
    "anthropic": Provider(
        "anthropic:NAME",
        "Anthropic",
        llm_loaders.load_anthropic,
        "llama_index.llms.anthropic",
        "anthropic",
        ("ANTHROPIC_API_KEY",),
    ),
    "gemini": Provider(
        "gemini:NAME",
        "Google Gemini",
        llm_loaders.load_gemini,
        "llama_index.llms.google_genai",
        "gemini",
        ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    ),
    "mistral": Provider(
        "mistral:NAME",
        "Mistral",
        llm_loaders.load_mistral,
        "llama_index.llms.mistralai",
        "mistral",
        ("MISTRAL_API_KEY",),
    ),
}
"""All providers by the name that begins their specs. The README and `footnote models` list this table."""


def check_spec(spec: str) -> str:
    """Return a spec if it has the right form.

    Args:
        spec: `reader` or `provider:name`.

    Raises:
        SettingsError: It has not, or it holds a key.
    """
    if spec == READER:
        return spec
    provider, _, name = spec.partition(":")
    if provider not in PROVIDERS:
        near = difflib.get_close_matches(provider, [READER, *PROVIDERS], n=1)
        shapes = ", ".join([READER, *(each.shape for each in PROVIDERS.values())])
        hint = f"Did you mean {near[0]}?" if near else f"A model is one of {shapes}."
        raise SettingsError(f"There is no model {_shorten(spec)!r}.", hint)
    if re.search(r"//[^/]*@", name) or re.search(r"[?&](?:api_?)?key=", name, re.IGNORECASE):
        raise SettingsError("A model's name must not hold a key.", "Keys are read from the environment or a file.")
    if not name or (provider == "compatible" and not re.fullmatch(r"https?://[^#\s]+#.+", name)):
        raise SettingsError(
            f"{_shorten(spec)!r} does not name a model.", f"It has the form {PROVIDERS[provider].shape}."
        )
    return spec


def load_llm(model: "str | LLM", settings: Settings) -> LanguageModel:
    """Return a language model that is ready to be asked; no server is asked for more than its context.

    Args:
        model: A spec other than `reader`, or any llama-index LLM.
        settings: Its limits.

    Raises:
        SettingsError: The spec is wrong.
        ModelKeyError: There is no key for it.
        ModelUnknownError: Its package is not installed.
    """
    if not isinstance(model, str):
        return llm_loaders.adapt_llm(model, settings)
    provider, _, name = check_spec(model).partition(":")
    entry = PROVIDERS[provider]
    for problem in _problems(provider):
        raise problem
    return entry.load(name, read_key(entry.keys), settings)


def list_models_of(default: "str | LLM", settings: Settings, check: bool = False) -> list[ModelStatus]:
    """Return the reader, the model that is asked by default, the models of local servers, and what others need.

    No client is made for that: a local server is asked whether it is there, a hosted one not at all.

    Args:
        default: The model that is asked by default; it comes first.
        settings: Limits.
        check: Ask each model for one word.
    """
    named = [] if not isinstance(default, str) or default == READER else [default]
    local = _local_models()
    specs = dict.fromkeys([*named, READER, *(local or [])])
    found = [_checked(spec, settings) if check else _status(spec, local) for spec in specs]
    providers = {spec.partition(":")[0] for spec in specs}
    others = (provider for provider in PROVIDERS if provider not in providers)
    return found + [_provider_status(provider) for provider in others]


def _checked(spec: str, settings: Settings) -> ModelStatus:
    """Return the state of a model that is asked for one word."""
    if spec == READER:
        return ModelStatus(spec, ready=True)
    try:
        "".join(load_llm(spec, settings).stream(Prompt("Answer in one word.", "What colour is the sky?")))
    except (ModelError, SettingsError) as error:
        return ModelStatus(spec, ready=False, reason=error.message, hint=error.hint)
    return ModelStatus(spec, ready=True)


def _status(spec: str, local: Sequence[str] | None) -> ModelStatus:
    """Return what can be known of a model without asking it.

    Args:
        spec: The model.
        local: The models of the Ollama server, or None if there is no server.
    """
    if spec == READER:
        return ModelStatus(spec, ready=True)
    try:
        provider, _, name = check_spec(spec).partition(":")
        for problem in _problems(provider):
            raise problem
        if provider == "ollama":
            _find_in_ollama(name.removesuffix(":latest"), local)
        elif provider == "compatible":
            _reach(name.partition("#")[0])
    except (ModelError, SettingsError) as error:
        return ModelStatus(spec, ready=False, reason=error.message, hint=error.hint)
    return ModelStatus(spec, ready=True)


def _find_in_ollama(name: str, local: Sequence[str] | None) -> None:
    if local is None:
        raise ModelUnreachableError(NO_OLLAMA, START_OLLAMA)
    if f"ollama:{name}" not in local:
        raise ModelUnknownError(f"The Ollama server has no model {_shorten(name)}.", f"ollama pull {_shorten(name)}")


def _reach(address: str) -> None:
    try:
        urllib.request.urlopen(f"{address.rstrip('/')}/models", timeout=REACH_SECONDS).close()
    except HTTPError:  # it answers, if not to somebody without a key
        return
    except (OSError, HTTPException, ValueError) as error:
        raise ModelUnreachableError(f"No server answers at {address}.", "Is its server running?") from error


def _provider_status(provider: str) -> ModelStatus:
    """Return what is to be known before a model is named: whether one could be."""
    entry = PROVIDERS[provider]
    try:
        problem: ModelError | SettingsError | None = next(_problems(provider), None)
    except SettingsError as error:
        problem = error
    if problem:
        return ModelStatus(entry.shape, ready=False, reason=problem.message, hint=problem.hint)
    if provider == "ollama":
        return ModelStatus(entry.shape, ready=False, reason=NO_OLLAMA, hint=START_OLLAMA)
    return ModelStatus(
        entry.shape, ready=False, reason="No model is named.", hint=f"footnote ask --model {entry.shape}"
    )


def _local_models() -> list[str] | None:
    """Return the models that an Ollama server on this machine has; None if there is no server."""
    try:
        with urllib.request.urlopen(f"{llm_loaders.ollama_address()}/api/tags", timeout=REACH_SECONDS) as response:
            listed = json.load(response)["models"]
            return [f"ollama:{str(each['name']).removesuffix(':latest')}" for each in listed]
    except (OSError, HTTPException, SettingsError, ValueError, KeyError, TypeError):
        return None


def _problems(provider: str) -> Iterator[ModelKeyError | ModelUnknownError]:
    entry = PROVIDERS[provider]
    if not _is_installed(entry.module):
        install = f"pip install 'footnote[{entry.extra}]'" if entry.extra else "pip install footnote"
        yield ModelUnknownError(f"The package for {entry.shape} is not installed.", install)
    if entry.keys and not read_key(entry.keys):
        hint = f"Set {entry.keys[0]}, or {entry.keys[0]}_FILE to a file that holds it."
        yield ModelKeyError(f"There is no key for {entry.shape}.", hint)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
