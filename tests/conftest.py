"""What all tests share: property tests that are the same everywhere, an ordinary user, and the command line."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rag import Assistant
from tests.model_server import ModelServer, run_server
from ui.cli import main

# No chance in the examples, and no clock: a slow machine is no fault of the code. Some of the examples are words of the
# code that is loaded, so they change with it, and with the tests that run in the same process.
settings.register_profile(
    "footnote", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("footnote")

# A shell that runs the tests in the background makes them, and all that they start, deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

NOBODY = 65534


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Be a user whom permissions bind, also where the tests run as root; `tmp_path` is this user's."""
    if os.geteuid() != 0:
        yield
        return
    for parent in [tmp_path, *tmp_path.parents][:-2]:
        parent.chmod(0o755)
    os.chown(tmp_path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@dataclass(frozen=True, slots=True)
class Run:
    code: int
    out: str
    err: str


Footnote = Callable[..., Run]


@pytest.fixture
def footnote(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Footnote:
    """Run the command line in this process, as a user's shell would."""

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Run(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds-index")
    Assistant.open("seeds", index=folder).close()
    return folder


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    yield from run_server()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were left out for want of a program, also where reasons are not shown."""
    reasons = {
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    }
    for reason in sorted(reasons):
        if reason.startswith("left out: "):
            terminalreporter.write_line(reason, yellow=True)
