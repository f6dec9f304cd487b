"""A reverse proxy that serves the page under a path of its own, as nginx would: streams are passed on at once."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = "/news"
OWN_HEADERS = {"transfer-encoding", "connection", "content-length", "date", "server"}


@dataclass
class Proxy:
    """A proxy that runs.

    Attributes:
        url: Where it serves the page.
        behind: Port of the page's server.
        strayed: Paths that were asked for outside its own.
    """

    url: str
    behind: int
    strayed: list[str] = field(default_factory=list)


def run_proxy(behind: int) -> Iterator[Proxy]:
    """Run a proxy before the server at a port until the generator is closed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    running = Proxy(f"http://127.0.0.1:{server.server_port}{PATH}/", behind)
    server.proxy = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    server.shutdown()
    server.server_close()
    thread.join()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        if not self.path.startswith(f"{PATH}/"):
            proxy.strayed.append(self.path)
            self.send_error(404)
            return
        asking = HTTPConnection("127.0.0.1", proxy.behind)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asking.request(self.command, self.path.removeprefix(PATH), body, dict(self.headers.items()))
        reply = asking.getresponse()
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in OWN_HEADERS:
                self.send_header(name, value)
        self.end_headers()
        try:
            while piece := reply.read1(2**16):
                self.wfile.write(piece)
        except OSError:  # the browser has left
            pass
        finally:
            asking.close()

    do_POST = do_GET
