"""What goes wrong in the libraries that speak to language models, said in our errors. The only place that converts it.

Each library has a tree of its own, over the one of httpx. They are told apart by the HTTP status that they carry and
by the names of their classes, so that none has to be imported, and a user's own LLM object is understood too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from rag.errors import (
    ModelBusyError,
    ModelCutError,
    ModelError,
    ModelKeyError,
    ModelRefusedError,
    ModelReplyError,
    ModelTimeoutError,
    ModelTooLongError,
    ModelUnknownError,
    ModelUnreachableError,
)

_UNREACHABLE = re.compile(
    r"ConnectError|ConnectTimeout|ConnectionRefused|gaierror|UnsupportedProtocol|^ConnectionError$"
)
_TIMEOUT = re.compile(r"Timeout")
_CUT = re.compile(r"RemoteProtocol|ReadError|WriteError|ConnectionReset|BrokenPipe|IncompleteRead|ConnectionAborted")
_MALFORMED = re.compile(r"JSON|Decode|Validation|^KeyError$|^TypeError$|^AttributeError$|^IndexError$|^ValueError$")
_NOT_JSON = re.compile(r"JSONDecode")
_TOO_LONG = re.compile(r"context|too long|too many tokens|maximum.{0,20}tokens|n_ctx", re.IGNORECASE)
_EARLY = re.compile(r"terminated early: (\w+)")  # what the adapter for Gemini makes of the reason why a reply ended
_NO_CREDIT = re.compile(r"quota|billing|credit|balance", re.IGNORECASE)
_WAIT = re.compile(r"(?:retry|try again) in (\d+(?:\.\d+)?) ?(ms|s|m)\b", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_NO_MODEL = re.compile(
    r"model.{0,80}(?:not found|does not exist|unknown|invalid)|(?:unknown|invalid) model", re.IGNORECASE
)
_TAG = re.compile(r"<!--.*?-->|<style.*?</style>|</?[a-z!][^>]*>", re.IGNORECASE)  # a proxy answers with a web page
_KEY_LIKE = re.compile(
    r"\b(?:sk|pk|key|gsk|xai)-[\w*-]{4,}|\bAIza[\w*-]{8,}|(?<=Bearer )\S+|[^/@\s]+(?=@)"
    r"|(?<=[?&])[^=&#\s]*(?:key|token|secret|password)[^=&#\s]*=[^&#\s]+",
    re.IGNORECASE,
)

MOST_CHARACTERS = 200
"""Of what a server says."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who was asked, as errors tell it.

    Attributes:
        spec: What the model is named by.
        address: The server, or an empty string.
        keys: Variables that may hold its key.
        secret: The key itself, to be taken out of every message.
        start: What to do if no server answers.
        get: What to do if it does not know the model.
    """

    spec: str
    address: str = ""
    keys: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    start: str = "Is its server running?"
    get: str = "Is the name right? footnote models"


def convert_error(error: BaseException, source: Source) -> ModelError:
    """Return what a foreign error means.

    Args:
        error: Whatever a library raised.
        source: Who was asked.
    """
    if isinstance(error, ModelError):
        return error
    chain = list(_chain(error))
    status = next((status for each in chain if (status := _status(each))), 0)
    said = _redact(" ".join(str(_message(error)).split()), source)
    if status:
        return _from_status(status, said, _retry_after(chain), source)
    return _from_names(" ".join(type(each).__name__ for each in chain).split(), said, source)


def hide_secrets(text: str) -> str:
    """Return a text without what looks like a key, or like a name and password in an address.

    Example:
        >>> hide_secrets("https://me:secret@example.org/v1?api_key=abc")
        'https://…@example.org/v1?…'
    """
    return _KEY_LIKE.sub("…", text)


def too_slow(seconds: float, source: Source, heard: bool = False) -> ModelTimeoutError:
    """Return the error of a model that says nothing, or nothing more once something was heard."""
    what = "nothing more" if heard else "nothing"
    silent = f"{source.spec} said {what} for {seconds:g} second{'' if seconds == 1 else 's'}."
    if heard:
        return ModelTimeoutError(silent, "Ask again; a longer time is allowed by FOOTNOTE_MODEL_TIMEOUT.")
    hint = "A longer time is allowed by FOOTNOTE_MODEL_TIMEOUT; a large model needs minutes to load."
    return ModelTimeoutError(silent, hint)


def cut_off(source: Source) -> ModelCutError:
    """Return the error of a connection that ended too early."""
    return ModelCutError(f"The connection to {source.spec} broke off before its reply was whole.", "Ask again.")


def malformed(said: str, source: Source) -> ModelReplyError:
    """Return the error of a reply that is not in the agreed form."""
    hint = "Is there a language model at its address?" if source.address else "Is it a chat model?"
    return ModelReplyError(f"{source.spec} replied with something that cannot be read: {said[:MOST_CHARACTERS]}", hint)


def refused(source: Source) -> ModelRefusedError:
    """Return the error of a model that its provider did not let answer."""
    return ModelRefusedError(f"{source.spec} was kept from answering by its provider.", "Ask another model.")


def endless(source: Source) -> ModelReplyError:
    """Return the error of a reply without an end."""
    return ModelReplyError(
        f"The reply of {source.spec} did not come to an end and was stopped.",
        "Longer ones are allowed by FOOTNOTE_MAX_REPLY_TOKENS; a small model may repeat itself for ever.",
    )


def _from_status(status: int, said: str, retry_after: float | None, source: Source) -> ModelError:
    server = f"{source.spec} answers with HTTP {status}: {said}"
    if status in (401, 403):
        sent = source.secret or not source.address  # an LLM object of somebody's own has its key from elsewhere
        did = "refused the key" if sent else "wants a key"
        return ModelKeyError(f"{source.spec} {did}.", _where_keys_are(source))
    # Who tells when to come again has no account in mind, though Google speaks of a quota then too.
    if status == 402 or (status in (400, 429) and _NO_CREDIT.search(said) and retry_after is None):
        hint = f"Top it up, or use another key. {_where_keys_are(source)}"
        return ModelKeyError(f"The account of the key for {source.spec} has no credit left.", hint)
    if status in (400, 413, 422) and _TOO_LONG.search(said):
        hint = "Set FOOTNOTE_CONTEXT_TOKENS to what it has."
        return ModelTooLongError(f"Question and paragraphs are too long for {source.spec}.", hint)
    if status in (404, 405) or _NO_MODEL.search(said):
        return ModelUnknownError(f"The server does not know {source.spec}.", source.get)
    if status in (408, 504):
        return ModelTimeoutError(f"The server of {source.spec} waited in vain for its model.", "Ask again.")
    if status == 429:
        hint = f"Wait {retry_after:.0f} seconds." if retry_after else "Wait a little."
        return ModelBusyError(f"{source.spec} has too many requests.", hint, retry_after)
    if status >= 500:
        return ModelBusyError(server, "The trouble is at the server; ask again later.", retry_after)
    return ModelError(server, "footnote models --check asks each model for one word.")


def _from_names(names: list[str], said: str, source: Source) -> ModelError:
    def have(pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(name) for name in names)

    if have(_UNREACHABLE):
        where = f" at {hide_secrets(source.address)}" if source.address else ""
        return ModelUnreachableError(f"No server answers for {source.spec}{where}.", source.start)
    if have(_TIMEOUT):
        return ModelTimeoutError(f"{source.spec} said nothing in time.", "Ask again, or raise FOOTNOTE_MODEL_TIMEOUT.")
    if have(_CUT):
        return cut_off(source)
    if early := _EARLY.search(said):
        return endless(source) if early[1] == "MAX_TOKENS" else refused(source)
    if _NO_MODEL.search(said):
        return ModelUnknownError(f"The package for {source.spec} does not know it.", source.get)
    if have(_MALFORMED):
        return malformed("it is no JSON" if have(_NOT_JSON) else said, source)
    return ModelError(f"{source.spec} failed: {said or names[0]}", "footnote models --check")


def _where_keys_are(source: Source) -> str:
    if not source.keys and source.address:
        return "No key is sent to it; sign in at the server itself, with Ollama by: ollama signin"
    if not source.keys:
        return "Its own key is set where the LLM object is made."
    return f"Set {source.keys[0]}, or {source.keys[0]}_FILE to a file that holds it."


def _redact(said: str, source: Source) -> str:
    if source.secret:
        said = said.replace(source.secret, "…")
    # Cut before each step too: both take the square of a word's length, or more.
    plain = " ".join(_TAG.sub(" ", said[: 50 * MOST_CHARACTERS]).split())
    return hide_secrets(plain[: 5 * MOST_CHARACTERS])[:MOST_CHARACTERS]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(8):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _message(error: BaseException) -> object:
    body = _read_body(getattr(error, "body", None))
    inner = body.get("error")
    said = body.get("message") or (inner.get("message") if isinstance(inner, dict) else inner)
    return said or getattr(error, "message", None) or getattr(error, "error", None) or error


def _read_body(body: object) -> dict[str, object]:
    """Return what a server sent as an error, which some libraries keep as JSON; nothing if it is none."""
    try:
        read = json.loads(body) if isinstance(body, str) else body
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _status(error: BaseException) -> int:
    found = [getattr(error, name, None) for name in ("status_code", "code", "http_status")]
    found.append(getattr(getattr(error, "response", None), "status_code", None))
    return next((status for status in found if isinstance(status, int) and 400 <= status < 600), 0)


def _retry_after(chain: list[BaseException]) -> float | None:
    """Return how many seconds a server asks to wait, as a header tells or else its words, or None."""
    for error in chain:
        headers = getattr(getattr(error, "response", None), "headers", None) or getattr(error, "headers", None) or {}
        told = headers.get("retry-after") if isinstance(headers, Mapping) else None
        if told and (seconds := _seconds_until(str(told))) is not None:
            return seconds
    found = next((found for error in chain if (found := _WAIT.search(str(error)))), None)
    return float(found[1]) * _SECONDS[found[2].lower()] if found else None


def _seconds_until(told: str) -> float | None:
    """Return the seconds that a header gives as a number, or as the time at which they are over."""
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a time zone
        return None
