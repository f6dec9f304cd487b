"""The command `footnote chat`: the page in the browser, or the conversation in the terminal."""

import signal
from pathlib import Path
from threading import Event, Thread
from typing import Annotated

import typer

from ui.conversation import converse
from ui.models import FallbackOption, ModelOption
from ui.terminal import IndexOption, console, open_desk

HostOption = Annotated[str, typer.Option(help="Address to serve the page at; others than this machine need --auth.")]
PortOption = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Port of the page; the first free one from 7860 on if left out.")
]
RootPathOption = Annotated[
    str, typer.Option(metavar="PATH", help="Path under which a proxy serves the page, like /news.")
]
AuthOption = Annotated[str, typer.Option(metavar="NAME:PASSWORD", help="Who may come in; several by commas.")]


def chat(  # noqa: PLR0913 - each argument is an option of the command
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with articles; the same as last time if left out.")
    ] = None,
    index: IndexOption = None,
    model: ModelOption = None,
    fallback: FallbackOption = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="Ask in the terminal, without a page.")] = False,
    host: HostOption = "127.0.0.1",
    port: PortOption = None,
    root_path: RootPathOption = "",
    auth: AuthOption = "",
    no_auth: Annotated[bool, typer.Option("--no-auth", help="Let everybody in who can reach the host.")] = False,
) -> None:
    """Ask in the browser: a page with the answers and, beside them, the articles at the very words."""
    if terminal:
        with open_desk(folder, index, model=model, fallback=fallback) as desk:
            converse(desk, console)
        return
    from ui.page.serve import Address, check_address, serve_page  # Gradio takes two seconds to import

    address = Address(host, port, root_path, auth, no_auth)
    check_address(address)
    with open_desk(folder, index, model=model, fallback=fallback, may_be_empty=True) as desk:
        page = serve_page(desk, address)
        warming = Thread(target=desk.search, args=("warm up",))  # loads the reader before it is asked
        warming.start()
        console.print(f"Footnote is at {page.local_url}  (Ctrl-C stops it)", markup=False)
        _wait_for_the_end()
        page.close(verbose=False)
        warming.join()


def _wait_for_the_end() -> None:
    ended = Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        ended.wait()
    except KeyboardInterrupt:
        return
