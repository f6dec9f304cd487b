from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.page.guard import BodyLimit, Policy


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    routes = [Route(path, length, methods=["POST"]) for path in ("/queue/join", "/gradio_api/upload")]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Policy), Middleware(BodyLimit, most_bytes=100)]))


def in_pieces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * 20


def test_a_request_that_is_not_too_large_passes_whether_it_tells_its_length_or_not(client: TestClient) -> None:
    assert client.post("/queue/join", content=b"x" * 100).text == "100"
    assert client.post("/queue/join", content=in_pieces(5)).text == "100"


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    reply = client.post("/queue/join", content=b"x" * 101)
    assert (reply.status_code, reply.json()["detail"]) == (413, "This is more than the page takes at once.")


def test_a_request_that_grows_too_large_is_not_read_to_its_end(client: TestClient) -> None:
    with pytest.raises(ClientDisconnect):
        client.post("/queue/join", content=in_pieces(6))


def test_uploads_have_a_limit_of_their_own(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", content=b"x" * 500).text == "500"


def test_every_reply_forbids_what_is_elsewhere(client: TestClient) -> None:
    policy = client.post("/queue/join").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
