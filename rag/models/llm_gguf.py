"""A model in a GGUF file as a language model: run by a process of ours, which is asked in OpenAI's protocol."""

import json
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from rag.errors import ModelError
from rag.models import gguf_runner
from rag.models.gguf_file import GgufFile, free_memory
from rag.models.language_model import Limits, Prompt
from rag.models.llm_errors import Source, convert_error, too_slow
from rag.models.llm_stream import stream_pieces

if TYPE_CHECKING:
    from rag.models.llm_chat import LlamaIndexModel

SPARE_BYTES = 500_000_000
"""Memory that llama.cpp needs besides the model and its context, and that the machine should keep."""

_LEVEL = re.compile(r"^[\d.]* ?E (?:\w+ +)?(?:\w+:)? *")


class GgufModel:
    """A model in a file. Nothing is loaded before it is asked; it is let go of with this object.

    Attributes:
        name: Its spec.
        context_tokens: Tokens that prompt and reply may have together.
        reply_tokens: Tokens that the reply may have.
    """

    def __init__(self, file: GgufFile, source: Source, limits: Limits, threads: int) -> None:
        """Use a file.

        Args:
            file: The file, which has been looked at.
            source: Who it is, for errors.
            limits: What it may use.
            threads: Threads that it may use; 0 means as many as llama.cpp thinks best.

        Raises:
            ModelError: It does not fit into memory.
        """
        self.name = source.spec
        self.context_tokens = limits.context_tokens
        self.reply_tokens = limits.reply_tokens
        self._file, self._source, self._limits, self._threads = file, source, limits, threads
        self._lock = threading.Lock()
        self._runner: _Runner | None = None
        _check_memory(file, limits.context_tokens)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has, counted by the model's own tokenizer.

        Raises:
            ModelError: The model cannot be loaded.
        """
        runner = self._running()
        try:
            return runner.count_tokens(text, self._limits.library_seconds)
        except (OSError, HTTPException, ValueError, KeyError) as error:
            raise convert_error(error, self._source) from error

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply piece by piece, empty ones while nothing comes; close the iterator to stop the model.

        Raises:
            ModelError: The model failed; the subclasses say how.
        """
        yield from stream_pieces(lambda: self._running().model.ask(prompt), self._source, self._limits.patience)

    def _running(self) -> "_Runner":
        """Return the process that runs the model, started now if there is none or it has ended."""
        with self._lock:
            if self._runner is None or self._runner.process.poll() is not None:
                self._runner = None  # ends what is left of it
                self._runner = self._start()
            return self._runner

    def _start(self) -> "_Runner":
        key = secrets.token_urlsafe(24)
        process, errors = _start_process(self._file.path, self._limits, key, self._threads)
        with errors:
            late = threading.Event()
            address = _wait_for_address(process, self._limits.timeout_seconds, late)
            if not address:
                _end(process)
                raise (
                    too_slow(self._limits.timeout_seconds, self._source) if late.is_set() else self._not_loaded(errors)
                )
        return self._reach(process, address, key)

    def _reach(self, process: "subprocess.Popen[str]", address: str, key: str) -> "_Runner":
        from rag.models.llm_loaders import openai_like

        start = "It is loaded again when it is asked again."
        source = Source(self.name, f"{address}/v1", secret=key, start=start)
        runner = _Runner(process, openai_like("gguf", source, self._limits, by_proxy=False), address, key)
        weakref.finalize(runner, _end, process)
        return runner

    def _not_loaded(self, errors: BinaryIO) -> ModelError:
        errors.seek(0)
        lines = errors.read(20_000).decode("utf-8", "replace").splitlines()
        told = [_LEVEL.sub("", line) for line in lines if _LEVEL.match(line)] or lines[-1:]
        reason = " ".join(told[0].split())[:200] if told else "it tells no reason"
        hint = "Is it a chat model? Newer kinds need a newer xllamacpp: pip install -U xllamacpp"
        return ModelError(f"{self.name} cannot be loaded: {reason}", hint)


@dataclass(frozen=True)
class _Runner:
    """A process that runs a model, and how it is asked. The process ends with this object."""

    process: "subprocess.Popen[str]"
    model: "LlamaIndexModel"
    address: str
    key: str

    def count_tokens(self, text: str, seconds: float) -> int:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=seconds)
        try:
            headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
            connection.request("POST", "/tokenize", json.dumps({"content": text}), headers)
            return len(json.load(connection.getresponse())["tokens"])
        finally:
            connection.close()


def _start_process(path: Path, limits: Limits, key: str, threads: int) -> "tuple[subprocess.Popen[str], BinaryIO]":
    """Return a process that loads a file, and where it writes its errors."""
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the model is loaded, or is not
    # By its path, since `-m` would import all of ours; -P keeps what lies beside it from being taken for a library.
    process = subprocess.Popen(
        [sys.executable, "-P", gguf_runner.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
    )
    told = {"path": str(path), "context_tokens": limits.context_tokens, "key": key, "threads": threads}
    assert process.stdin
    process.stdin.write(json.dumps(told) + "\n")
    process.stdin.flush()
    return process, errors


def _wait_for_address(process: "subprocess.Popen[str]", seconds: float, late: threading.Event) -> str:
    """Return what the process tells, or an empty string if it ends; it is ended, and `late` set, if it takes longer."""

    def give_up() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(seconds, give_up)
    clock.daemon = True
    clock.start()
    try:
        assert process.stdout
        return process.stdout.readline().strip()
    except BaseException:  # Ctrl-C for one
        _end(process)
        raise
    finally:
        clock.cancel()


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _check_memory(file: GgufFile, context_tokens: int) -> None:
    needed, free = file.memory_bytes(context_tokens) + SPARE_BYTES, free_memory()
    if free and needed > free:
        raise ModelError(
            f"{file.path} needs about {needed / 1e9:.1f} GB of memory; {free / 1e9:.1f} GB are free.",
            "Take a smaller one, or a smaller FOOTNOTE_CONTEXT_TOKENS.",
        )
