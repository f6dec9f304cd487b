"""Language models by name: `provider:name`, one table, each provider's library imported when it is asked for."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from rag.errors import ModelKeyError, ModelUnknownError, SettingsError
from rag.models import llm_loaders
from rag.models.language_model import LanguageModel
from rag.models.llm_errors import hide_secrets
from rag.settings import Settings, read_key

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

READER = "reader"
"""The model that is shipped: it quotes, writes nothing, and needs no other."""

_IMPORTING = Lock()
"""Two threads that import llama-index for the first time at the same time find it half imported."""


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
    "gguf": Provider(
        "gguf:PATH", "a model in a file, run by Footnote itself", llm_loaders.load_gguf, "xllamacpp", "local"
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
    if provider != "gguf" and _holds_key(name):
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
    for problem in problems_of(provider):
        raise problem
    with _IMPORTING:
        return entry.load(name, read_key(entry.keys), settings)


def problems_of(provider: str) -> Iterator[ModelKeyError | ModelUnknownError]:
    """Yield what is missing before a provider can be asked.

    Raises:
        SettingsError: The file that holds its key cannot be read.
    """
    entry = PROVIDERS[provider]
    if not _is_installed(entry.module):
        install = f"pip install 'footnote[{entry.extra}]'" if entry.extra else "pip install footnote"
        yield ModelUnknownError(f"The package for {entry.shape} is not installed.", install)
    if entry.keys and not read_key(entry.keys):
        hint = f"Set {entry.keys[0]}, or {entry.keys[0]}_FILE to a file that holds it."
        yield ModelKeyError(f"There is no key for {entry.shape}.", hint)


def _holds_key(name: str) -> bool:
    """Tell whether a name or an address in it holds a key; LM Studio's `model@q4_k_m` does not."""
    address, _, model = name.rpartition("#")
    model = model if "://" in model else model.replace("@", " ")
    return any(hide_secrets(part) != part for part in (address, model))


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False


def _shorten(text: str) -> str:
    text = hide_secrets(text)
    return text if len(text) <= 60 else text[:60] + "…"
