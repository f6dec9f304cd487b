"""Serving the page: where, to whom, within which limits, and with no other host involved."""

import ipaddress
import os
import socket
from dataclasses import dataclass

# Gradio asks a host for its version, and another one for who uses it, unless this is said before it is imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
from starlette.middleware import Middleware

from rag import Assistant, FootnoteError
from ui.page.guard import BodyLimit, Policy
from ui.page.limits import Limits
from ui.page.page import build_page
from ui.page.templates import ASSETS, asset, page_script
from ui.page.theme import build_theme

DEFAULT_PORT = 7860
PORTS_TRIED = 20


class ServeError(FootnoteError):
    """The page cannot be served as it was asked."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is served and to whom.

    Attributes:
        host: Address to bind to.
        port: Port, or None for the first free one from `DEFAULT_PORT` on.
        root_path: Path under which a proxy serves the page, or an empty string.
        auth: `name:password`, several by commas, or an empty string.
        no_auth: Whether everybody who can reach the host may come in.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    root_path: str = ""
    auth: str = ""
    no_auth: bool = False


def serve_page(desk: Assistant, address: Address, limits: Limits | None = None) -> gr.Blocks:
    """Serve the chat page of an assistant in the background, and return the running page.

    Args:
        desk: The assistant.
        address: Where and to whom.
        limits: What visitors may do at most.

    Raises:
        ServeError: The address is open to others without a password, or the port is taken.
    """
    limits = limits or Limits(
        upload_megabytes=desk.settings.max_file_megabytes, question_characters=desk.settings.max_question_characters
    )
    check_address(address)
    port = find_port(address)
    page = build_page(desk, limits)
    most_bytes = limits.request_megabytes * 2**20
    page.queue(max_size=limits.queue, default_concurrency_limit=limits.answers)
    page.launch(
        server_name=address.host,
        server_port=port,
        root_path=address.root_path or None,
        auth=parse_auth(address.auth),
        theme=build_theme(),
        # Not as `css`: Gradio puts a class of its own before every rule of that, also before those about <body>.
        head=f"<style>{asset('page.css')}</style><script>{page_script()}</script>",
        favicon_path=ASSETS / "favicon.svg",
        app_kwargs={"middleware": [Middleware(Policy), Middleware(BodyLimit, most_bytes=most_bytes)]},
        max_file_size=f"{limits.upload_megabytes}mb",
        footer_links=[],
        share=False,
        ssr_mode=False,
        quiet=True,
        prevent_thread_lock=True,
        enable_monitoring=False,
        # Else Gradio gives up where its own first page takes more than three seconds, or a proxy does not know it.
        _frontend=False,
    )
    return page


def check_address(address: Address) -> None:
    """Check that nobody is let in by mistake.

    Raises:
        ServeError: The host can be reached by others, and there is neither a password nor a word that none is wanted.
    """
    if not (_is_this_machine(address.host) or address.auth or address.no_auth):
        raise ServeError(
            f"Whoever can reach {address.host} could read, add and remove articles.",
            "Say who may: --auth NAME:PASSWORD, or that all may: --no-auth",
        )


def parse_auth(text: str) -> list[tuple[str, str]] | None:
    """Return names and passwords from `name:password,name:password`, or None if there are none.

    Raises:
        ServeError: A name or a password is missing.
    """
    pairs = [part.partition(":") for part in text.split(",") if part]
    if any(not name or not password for name, _, password in pairs):
        raise ServeError("--auth wants a name and a password.", "Write --auth NAME:PASSWORD, several by commas.")
    return [(name, password) for name, _, password in pairs] or None


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def find_port(address: Address) -> int:
    """Return the port to serve at: the one that was wanted, or the first that is free.

    Raises:
        ServeError: It is taken, or all are.
    """
    wanted = [address.port] if address.port else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for port in wanted:
        with socket.socket(socket.AF_INET6 if ":" in address.host else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((address.host, port))
            except OSError as error:
                if address.port:
                    problem = f"The page cannot be served at {address.host}:{port}: {error.strerror}."
                    raise ServeError(problem, "Choose another port: --port NUMBER") from error
                continue
            return port
    raise ServeError(
        f"No port from {wanted[0]} to {wanted[-1]} of {address.host} is free.", "Choose one: --port NUMBER"
    )
