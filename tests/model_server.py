"""A scripted language model behind a real socket. It speaks what OpenAI's, Ollama's and the other servers speak."""

import json
import select
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Script:
    """What the model does with one question.

    Attributes:
        pieces: The reply, piece by piece.
        status: HTTP status; the reply is an error unless it is 200.
        error: The error's message.
        headers: More headers.
        finish: Why the reply ends, in OpenAI's words; empty to end without saying.
        delay: Seconds before each piece.
        hangs: Say nothing more behind the pieces, and keep the connection.
        cut: Break the connection off behind the pieces.
        deaf: Send not even headers, and keep the connection.
        raw: Bytes sent in place of the pieces.
        bare: Send nothing in front of them.
        obey: Makes the pieces out of the prompt, in place of `pieces`.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: str = "stop"
    delay: float = 0.0
    hangs: bool = False
    cut: bool = False
    deaf: bool = False
    raw: bytes = b""
    bare: bool = False
    obey: Callable[[str], tuple[str, ...]] | None = None


def says(*pieces: str, **behaviour: Any) -> Script:
    return Script(pieces, **behaviour)


def press_ctrl_c(prompt: str) -> tuple[str, ...]:
    """Be an `obey` whose user stops it as soon as it begins."""
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    return ("The first words ",)


@dataclass
class ModelServer:
    """A server with a script for each question to come; the last one is for all further questions.

    Attributes:
        url: Its address, without `/v1`.
        requests: What was asked, as the client sent it, and the headers in small letters.
        left: Set when a client has gone before its reply was whole.
    """

    url: str
    server: ThreadingHTTPServer
    scripts: list[Script] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def plays(self, *scripts: Script) -> "ModelServer":
        self.scripts = list(scripts)
        return self

    def next(self) -> Script:
        return self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]

    @property
    def spec(self) -> str:
        return f"compatible:{self.url}/v1#scripted"

    @property
    def prompt(self) -> str:
        """All that the last request said to the model."""
        return json.dumps(self.requests[-1], ensure_ascii=False)


def run_server() -> Iterator[ModelServer]:
    """Run a server until the generator is closed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    running = ModelServer(f"http://127.0.0.1:{server.server_port}", server)
    server.model = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def model(self) -> ModelServer:
        return self.server.model  # type: ignore[attr-defined,no-any-return]

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        answers = {
            "/v1/models": {"data": [{"id": "scripted", "object": "model", "max_model_len": 4096}]},
            "/api/tags": {"models": [{"name": "scripted:latest", "model": "scripted:latest"}]},
        }
        body = json.dumps(answers.get(self.path, {})).encode()
        self._head(200 if self.path in answers else 404, {"Content-Type": "application/json"}, len(body))
        self.wfile.write(body)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/show":
            self._plain(200, {"model_info": {"scripted.context_length": 4096}})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.model.requests.append({"path": self.path, "headers": headers, **asked})
        script = self.model.next()
        speak = next(speak for path, speak in _PROTOCOLS.items() if path in self.path)
        try:
            self._play(script, speak, asked)
        except OSError:
            self.model.left.set()
        self.close_connection = True

    def _play(self, script: Script, speak: "_Protocol", asked: dict[str, Any]) -> None:
        if script.deaf:
            self._wait()
        elif script.status != 200:
            self._plain(script.status, speak.error(script.error), script.headers)
        elif asked.get("stream") is False:
            self._plain(200, speak.whole("".join(script.pieces), script.finish))
        else:
            self._stream(script, speak, json.dumps(asked, ensure_ascii=False))

    def _plain(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        encoded = json.dumps(body).encode()
        self._head(status, {"Content-Type": "application/json", **(headers or {})}, len(encoded))
        self.wfile.write(encoded)

    def _stream(self, script: Script, speak: "_Protocol", prompt: str) -> None:
        self._head(200, {"Content-Type": speak.content_type, "Transfer-Encoding": "chunked", **script.headers})
        for part in () if script.bare else speak.start():
            self._chunk(part)
        for piece in script.obey(prompt) if script.obey else script.pieces:
            if script.delay and self.model.closing.wait(script.delay):
                return
            self._chunk(speak.piece(piece))
        if script.raw:
            self._chunk(script.raw)
        if script.hangs:
            self._wait()
        if not script.cut and not script.hangs:
            for part in speak.end(script.finish):
                self._chunk(part)
            self._chunk(b"")

    def _wait(self) -> None:
        """Say nothing until the client leaves or the server is closed."""
        while not self.model.closing.is_set():
            if select.select([self.connection], [], [], 0.02)[0]:
                self.model.left.set()
                return

    def _head(self, status: int, headers: Mapping[str, str], length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def _chunk(self, part: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.flush()


class _Protocol:
    """OpenAI's, which Mistral's server and many others speak too."""

    content_type = "text/event-stream"

    def start(self) -> Iterator[bytes]:
        yield self._event({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        return self._event({"content": text})

    def end(self, finish: str) -> Iterator[bytes]:
        if finish:
            yield self._event({}, finish)
            yield b"data: [DONE]\n\n"

    def whole(self, text: str, finish: str) -> object:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        return {"id": "1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}

    def error(self, message: str) -> object:
        return {"error": {"message": message, "type": "error", "code": None}}

    def _event(self, delta: Mapping[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        return sse(chunk)


class _Ollama(_Protocol):
    content_type = "application/x-ndjson"

    def start(self) -> Iterator[bytes]:
        yield from ()

    def piece(self, text: str) -> bytes:
        return self._line(text, done=False)

    def end(self, finish: str) -> Iterator[bytes]:
        if finish:
            yield self._line("", done=True, done_reason=finish)

    def error(self, message: str) -> object:
        return {"error": message}

    def _line(self, text: str, **more: object) -> bytes:
        message = {"role": "assistant", "content": text}
        return json.dumps({"model": "scripted", "message": message, **more}).encode() + b"\n"


class _Anthropic(_Protocol):
    def start(self) -> Iterator[bytes]:
        usage = {"input_tokens": 1, "output_tokens": 1}
        message = {"id": "1", "type": "message", "role": "assistant", "model": "scripted", "content": []}
        yield self._named("message_start", message={**message, "stop_reason": None, "usage": usage})
        yield self._named("content_block_start", index=0, content_block={"type": "text", "text": ""})

    def piece(self, text: str) -> bytes:
        return self._named("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    def end(self, finish: str) -> Iterator[bytes]:
        reasons = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
        if finish:
            yield self._named("content_block_stop", index=0)
            yield self._named("message_delta", delta={"stop_reason": reasons[finish]}, usage={"output_tokens": 9})
            yield self._named("message_stop")

    def error(self, message: str) -> object:
        return {"type": "error", "error": {"type": "error", "message": message}}

    def _named(self, name: str, **more: object) -> bytes:
        return f"event: {name}\n".encode() + sse({"type": name, **more})


class _Gemini(_Protocol):
    def start(self) -> Iterator[bytes]:
        yield from ()

    def piece(self, text: str) -> bytes:
        return sse({"candidates": [self._candidate(text)]})

    def end(self, finish: str) -> Iterator[bytes]:
        reasons = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
        if finish:
            yield sse({"candidates": [{**self._candidate(""), "finishReason": reasons[finish]}]})

    def error(self, message: str) -> object:
        return {"error": {"code": 400, "message": message, "status": "ERROR"}}

    def _candidate(self, text: str) -> dict[str, object]:
        return {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}


def sse(data: object) -> bytes:
    """Return an event as servers send it."""
    return f"data: {json.dumps(data)}\n\n".encode()


_PROTOCOLS = {
    "/chat/completions": _Protocol(),
    "/api/chat": _Ollama(),
    "/messages": _Anthropic(),
    "GenerateContent": _Gemini(),
}
