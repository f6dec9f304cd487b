"""A real browser and a real server for the tests of the page."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, Route, expect, sync_playwright

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
)
PATIENCE_SECONDS = 120

expect.set_options(timeout=PATIENCE_SECONDS * 1000)


def find_chromium() -> str:
    """Return the browser's program, or leave the test out."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip("left out: the page in a browser, for there is no Chromium (apt-get install chromium)")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    playwright: Playwright
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS.split())
        yield opened
        opened.close()


@dataclass
class Server:
    """The page's process, which can be killed and started again."""

    folder: Path
    port: int
    options: Sequence[str] = ()
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def control(self) -> Path:
        return self.folder / "control"

    def start(self) -> None:
        arguments = [self.folder / "articles", self.index, self.port, self.control, *self.options]
        command = [sys.executable, "-m", "tests.ui.page.server", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.communicate()

    def call(self, name: str, *arguments: object) -> Any:
        """Ask an endpoint as a program would, and return what it says."""
        url = f"{self.url}gradio_api/call/{name}"
        body = json.dumps({"data": arguments}).encode()
        asked = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as reply:
            event = json.load(reply)["event_id"]
        with urllib.request.urlopen(f"{url}/{event}", timeout=PATIENCE_SECONDS) as reply:
            lines = reply.read().decode().split("\n")
        return json.loads(lines[lines.index("event: complete") + 1].removeprefix("data: "))[0]

    def ask(self, question: str, articles: Sequence[str] | None = None) -> dict[str, Any]:
        told = self.call("ask", question, articles, "", "")
        assert isinstance(told, dict)
        return told

    def article(self, article_id: str) -> dict[str, Any]:
        found = self.call("article", article_id)
        assert isinstance(found, dict)
        return found


def run_page(folder: Path, *options: str) -> Iterator[Server]:
    """Run the page about the seeds, with `--auth` and the like if wanted, until the generator is closed."""
    (folder / "control").mkdir()
    shutil.copytree("seeds", folder / "articles")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = Server(folder, port, options)
    started.start()
    yield started
    started.kill()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_page(tmp_path_factory.mktemp("page"))


@dataclass
class Visitor:
    """Somebody with a browser of their own, what it asked of other hosts, and what went wrong in its scripts."""

    page: Page
    context: BrowserContext
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str, waiting: bool = True) -> Any:
        """Ask a question and return its turn, by default when it is done."""
        before = self.page.locator(".turn").count()
        self.page.fill("#composer textarea", question)
        self.page.press("#composer textarea", "Enter")
        turn = self.page.locator(".turn").nth(before)
        expect(turn.locator(".acts" if waiting else ".question")).to_be_visible()
        return turn

    def wait_until(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < end
            self.page.wait_for_timeout(20)

    def choose_model(self, spec: str) -> None:
        self.page.click("#model input")
        self.page.locator("#model [role=option]", has_text=spec).click()


@pytest.fixture
def visitors(browser: Browser, server: Server) -> Iterator[Any]:
    """Return a function that lets a visitor in; afterwards, neither page nor server may have asked another host."""
    came: list[Visitor] = []

    def let_in(url: str = "", **options: Any) -> Visitor:
        url = url or server.url
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 850}, **options})
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        visitor = Visitor(context.new_page(), context)

        def look_at(route: Route, request: Request) -> None:
            if request.url.startswith((url, "data:", "blob:", "file:")):
                route.continue_()
            else:
                visitor.elsewhere.append(request.url)
                route.abort()

        context.route("**/*", look_at)
        visitor.page.on("dialog", lambda dialog: visitor.elsewhere.append(f"dialog: {dialog.message}"))
        visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        visitor.page.goto(url)
        expect(visitor.page.locator(".examples button").first).to_be_visible()
        came.append(visitor)
        return visitor

    yield let_in
    for visitor in came:
        visitor.context.close()
    assert [visitor.elsewhere + visitor.errors for visitor in came] == [[]] * len(came)
    asked = server.control / "elsewhere"
    assert not asked.exists(), asked.read_text()


@pytest.fixture
def visitor(visitors: Any) -> Visitor:
    found = visitors()
    assert isinstance(found, Visitor)
    return found
