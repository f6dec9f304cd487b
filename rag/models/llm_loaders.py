"""How each provider's client is made: no retries and no keep-alive of its own, so that `llm_stream` has the say.

Addresses other than the usual come from the variables that the providers' own tools read.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.errors import SettingsError
from rag.models.language_model import LanguageModel, Limits
from rag.models.llm_connection import client_options
from rag.models.llm_errors import Source, hide_secrets
from rag.settings import Settings, read_address, read_key

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from rag.models.llm_chat import LlamaIndexModel

HOSTED_CONTEXT = 100_000
"""Tokens that every hosted model of today has; more paragraphs than are offered never need more."""

LOCAL_CONTEXT = 8192
"""Tokens that a local model is given, or taken to have where its server does not tell."""


def load_ollama(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of the Ollama server at `OLLAMA_HOST`; it is given the context that it is told here."""
    import httpx
    import ollama
    from llama_index.llms.ollama import Ollama

    from rag.models.llm_chat import LlamaIndexModel

    limits = _limits(settings, LOCAL_CONTEXT)
    address = ollama_address()
    client = ollama.Client(address, timeout=limits.library_seconds, **client_options(httpx))
    llm = Ollama(
        model=name,
        client=client,
        temperature=0.0,
        context_window=limits.context_tokens,
        additional_kwargs={"num_predict": limits.reply_tokens},
    )
    source = Source(f"ollama:{name}", address, start="Start it with: ollama serve", get=f"ollama pull {name}")
    return LlamaIndexModel(llm, source, limits, tells_finish=True)


def ollama_address() -> str:
    """Return where the Ollama server is, from `OLLAMA_HOST`, which may be no more than a host or a port.

    As Ollama reads it: a URL without a port has the usual one of its scheme.
    """
    told = read_address("OLLAMA_HOST", "127.0.0.1")
    parts = urlsplit(told if "://" in told else f"//{told}", "http")
    host = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1"}.get(parts.hostname or "", parts.hostname)
    usual = {"https": 443, "http": 80}.get(parts.scheme, 11434) if "://" in told else 11434
    try:
        return f"{parts.scheme}://{host}:{parts.port or usual}{parts.path.rstrip('/')}"
    except ValueError as error:
        raise SettingsError(
            f"OLLAMA_HOST is no address: {hide_secrets(told)}.", "It is a host, host:port or URL."
        ) from error


def load_openai(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of OpenAI's."""
    address = read_address("OPENAI_BASE_URL", "https://api.openai.com/v1")
    source = Source(f"openai:{name}", address, ("OPENAI_API_KEY",), key, start="Is there a network?")
    return openai_like(name, source, _limits(settings, HOSTED_CONTEXT))


def load_compatible(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of any server that speaks OpenAI's protocol; its key, if it wants one, is `COMPATIBLE_API_KEY`."""
    address, _, model = name.partition("#")
    keys = ("COMPATIBLE_API_KEY",)
    get = "Is the name right, and does the address end in /v1 ?"
    source = Source(f"compatible:{name}", address.rstrip("/"), keys, read_key(keys), get=get)
    return openai_like(model, source, _limits(settings, LOCAL_CONTEXT))


def load_gguf(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return the model in a file; it is loaded when it is first asked."""
    from rag.models.gguf_file import read_gguf
    from rag.models.llm_gguf import GgufModel

    file = read_gguf(Path(name).expanduser())
    limits = _limits(settings, LOCAL_CONTEXT, file.context_tokens)
    return GgufModel(file, Source(f"gguf:{name}"), limits, settings.threads)


def load_anthropic(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of Anthropic's."""
    import httpx
    from llama_index.llms.anthropic import Anthropic

    from rag.models.llm_chat import LlamaIndexModel

    limits = _limits(settings, HOSTED_CONTEXT)
    address = read_address("ANTHROPIC_BASE_URL", "https://api.anthropic.com")
    llm = _of_any_name(Anthropic)(
        model=name,
        api_key=key,
        base_url=address,
        max_tokens=limits.reply_tokens,
        temperature=0.0,
        timeout=limits.library_seconds,
        max_retries=0,
    )
    # The adapter takes no client of ours.
    llm._client = llm._client.with_options(http_client=httpx.Client(**client_options(httpx)))
    source = Source(f"anthropic:{name}", address, ("ANTHROPIC_API_KEY",), key, start="Is there a network?")
    return LlamaIndexModel(llm, source, limits, tells_finish=True)


def load_gemini(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of Google's."""
    import httpx
    from llama_index.llms.google_genai import GoogleGenAI

    from rag.models.llm_chat import LlamaIndexModel

    limits = _limits(settings, HOSTED_CONTEXT)
    address = read_address("GOOGLE_GEMINI_BASE_URL", "https://generativelanguage.googleapis.com")
    llm = GoogleGenAI(
        model=name,
        api_key=key,
        max_tokens=limits.reply_tokens,
        context_window=limits.context_tokens,
        max_retries=0,
        file_mode="inline",
        http_options={  # type: ignore[arg-type]  # only a dict, which it takes too, can hold functions
            "base_url": address,
            "timeout": round(limits.library_seconds * 1000),
            "client_args": client_options(httpx),
        },
    )
    source = Source(f"gemini:{name}", address, ("GEMINI_API_KEY",), key, start="Is there a network?")
    return LlamaIndexModel(llm, source, limits)


def load_mistral(name: str, key: str, settings: Settings) -> LanguageModel:
    """Return a model of Mistral's, which speaks OpenAI's protocol and a few words more."""
    import httpx2
    from llama_index.llms.mistralai import MistralAI
    from mistralai.client import Mistral

    from rag.models.llm_chat import LlamaIndexModel

    limits = _limits(settings, HOSTED_CONTEXT)
    address = read_address("MISTRAL_ENDPOINT", "https://api.mistral.ai")
    llm = _of_any_name(MistralAI)(
        model=name, api_key=key, endpoint=address, max_tokens=limits.reply_tokens, temperature=0.0
    )
    # The adapter takes no client of ours.
    client = httpx2.Client(**client_options(httpx2))
    milliseconds = round(limits.library_seconds * 1000)
    llm._client = Mistral(api_key=key, server_url=address, client=client, timeout_ms=milliseconds)
    source = Source(f"mistral:{name}", address, ("MISTRAL_API_KEY",), key, start="Is there a network?")
    return LlamaIndexModel(llm, source, limits, tells_finish=True)


def adapt_llm(llm: "LLM", settings: Settings) -> LanguageModel:
    """Return any llama-index LLM as a language model, with the context that it tells."""
    from rag.models.llm_chat import LlamaIndexModel

    metadata = llm.metadata
    name = f"{type(llm).__name__} {metadata.model_name}"
    return LlamaIndexModel(llm, Source(name), _limits(settings, metadata.context_window))


def openai_like(model: str, source: Source, limits: Limits, by_proxy: bool = True) -> "LlamaIndexModel":
    """Return a model of a server that speaks OpenAI's protocol.

    Args:
        model: What the server calls it.
        source: Where the server is, and its key.
        limits: What the model may use.
        by_proxy: Whether a proxy that the environment names is used.
    """
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    from rag.models.llm_chat import LlamaIndexModel

    llm = OpenAILike(
        model=model,
        api_base=source.address,
        api_key=source.secret or "none",
        is_chat_model=True,
        context_window=limits.context_tokens,
        max_tokens=limits.reply_tokens,
        temperature=0.0,
        timeout=limits.library_seconds,
        max_retries=0,
        http_client=httpx.Client(**client_options(httpx), trust_env=by_proxy),
    )
    return LlamaIndexModel(llm, source, limits, tells_finish=True)


def _of_any_name(adapter: Any) -> Any:  # noqa: ANN401 - a class of a library that may be missing
    """Return the class of an adapter that refuses names newer than itself, made to take any."""
    from llama_index.core.llms import LLMMetadata

    class AnyName(adapter):  # type: ignore[misc]
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(is_chat_model=True, model_name=self.model)

    return AnyName


def _limits(settings: Settings, usual: int, most: int = 0) -> Limits:
    """Return what a model may use: the context that is set, else the usual one, but never more than it has."""
    wanted = settings.context_tokens or usual
    context = min(wanted, most) if most else wanted
    return Limits(context, min(settings.max_reply_tokens, context // 2), settings.model_timeout)
