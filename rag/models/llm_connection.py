"""The connections that a request to a language model opens, so that they can be closed from outside.

A thread that waits in a socket's `recv` is woken by nothing but `shutdown`. httpx tells of its sockets by the public
`trace` extension; each request is followed by the line of the thread that makes it.
"""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

CONNECT_SECONDS = 10.0
"""A server that does not even take the connection by then is taken to be down."""

_OPENED = (".connect_tcp.complete", ".start_tls.complete")


class Line:
    """What one question opens. Safe to close from another thread, also before anything is open."""

    def __init__(self) -> None:
        """Begin with no connection."""
        self.closed = False
        self._streams: list[Any] = []
        self._lock = threading.Lock()

    def follow(self, event: str, details: Mapping[str, Any]) -> None:
        """Remember a connection; called by httpx."""
        if event.endswith(_OPENED):
            with self._lock:
                self._streams.append(details["return_value"])
                if self.closed:
                    _shut(self._streams[-1])

    def close(self) -> None:
        """End all that is open: whoever waits for it, in whichever thread, is woken by an error."""
        with self._lock:
            self.closed = True
            for stream in self._streams:
                _shut(stream)

    def let_go(self) -> None:
        """Give the sockets back, in the thread that used them; some clients would do so some time or other."""
        with self._lock:
            for stream in self._streams:
                stream.close()


@contextmanager
def following(line: Line) -> Iterator[None]:
    """Let a line follow all requests that this thread makes in the block, and end them with it."""
    _here.line = line
    try:
        yield
    finally:
        _here.line = None
        line.let_go()


def client_options(library: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx, or httpx2 that some use in its place
    """Return the options of an httpx client whose requests can be followed: each has a connection of its own."""
    return {"event_hooks": {"request": [_watch]}, "limits": library.Limits(max_keepalive_connections=0)}


def _watch(request: Any) -> None:  # noqa: ANN401 - of either library
    timeouts = request.extensions.get("timeout", {})
    request.extensions["timeout"] = {**timeouts, "connect": CONNECT_SECONDS}
    line: Line | None = getattr(_here, "line", None)
    if line is not None:
        request.extensions["trace"] = line.follow


def _shut(stream: Any) -> None:  # noqa: ANN401 - a stream of either library
    with suppress(OSError):  # it may be closed already
        stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


_here = threading.local()
