"""What stands before the page's server: what browsers may load, and how much they may send."""

from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's own scripts are inline and make functions from text, so those two cannot be forbidden; all that leads to
# another host is.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class Policy:
    """Tells every browser to load nothing from elsewhere, and to show the page in no other page."""

    def __init__(self, app: "ASGIApp") -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, and add to its reply what the browser has to keep to."""

        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers: Any = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_with_policy)


class BodyLimit:
    """Refuses requests that are larger than the page's own ever are; uploads have a limit of their own."""

    def __init__(self, app: "ASGIApp", most_bytes: int) -> None:
        """Stand before an app.

        Args:
            app: The app.
            most_bytes: Bytes that a request may have.
        """
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].endswith("/upload"):
            return await self._app(scope, receive, send)
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdigit() or int(told) > self._most_bytes:
            refusal = JSONResponse({"detail": "This is more than the page takes at once."}, status_code=413)
            return await refusal(scope, receive, send)
        return await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: "Receive") -> "Receive":
        """Return what receives a body whose length was not told, and ends it where it grows too large."""
        got = 0

        async def receive_some() -> "Message":
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            return message if got <= self._most_bytes else {"type": "http.disconnect"}

        return receive_some
