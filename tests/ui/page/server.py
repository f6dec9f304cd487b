"""The page with small fakes in place of the models.

Run it as `python -m tests.ui.page.server ARTICLES INDEX PORT CONTROL [--auth …] [--root-path …]`.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag import Assistant
from rag.models.llm_states import ModelStatus
from rag.records import Answer, AnswerSentence
from rag.settings import load_settings
from rag.store.index import Index
from tests.fakes import WordHashEmbedder, WordReader
from ui.page.limits import Limits
from ui.page.serve import Address, serve_page

LIMITS = Limits(answers=1, queue=3, upload_megabytes=1, upload_files=5)
SLOW, DOWN, REAL = "slow:writer", "down:writer", "real:writer"


class Desk(Assistant):
    """An assistant with models more: one that is slow, one that cannot be reached, one that is asked over a socket.

    The slow one writes a sentence, and waits with the next until there is a file `go` in the folder `control`; a file
    `spec` in it names the last one.
    """

    control: Path

    def models(self, check: bool = False) -> list[ModelStatus]:
        down = ModelStatus(DOWN, ready=False, reason="Nobody answers at port 11434.", hint="Start it: ollama serve")
        return [*super().models(check), ModelStatus(SLOW, ready=True), down, ModelStatus(REAL, ready=True)]

    def stream(self, question: str, *rest: Any, **named: Any) -> Iterator[Answer]:
        model = named.get("model")
        if model in (SLOW, DOWN):
            named["model"] = None
        elif model == REAL:
            named["model"] = (self.control / "spec").read_text()
        for answer in super().stream(question, *rest, **named):
            if model == DOWN:
                yield replace(
                    answer, outcome="model_failed", sentences=(), reason="Nobody answers.", hint="ollama serve"
                )
            elif model == SLOW:
                yield from self._write_slowly(answer)
            else:
                yield answer

    def _write_slowly(self, answer: Answer) -> Iterator[Answer]:
        cited = answer.sentences[0].citations
        sentences = [
            AnswerSentence("The first sentence.", cited, "supported"),
            AnswerSentence("The second sentence.", cited, "partly", "The paragraph names another day."),
        ]
        while not (self.control / "go").exists():
            yield replace(answer, short="", model=SLOW, sentences=tuple(sentences[:1]), draft="The sec")
            time.sleep(0.1)
        yield replace(answer, short="", model=SLOW, sentences=tuple(sentences))


def note_who_is_asked(file: Path) -> None:
    """Write down every host but this machine that the process asks for or connects to."""

    def look_at(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = arguments[0]
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        else:
            return
        if host not in (None, "", "127.0.0.1", "localhost", "::1", "0.0.0.0"):
            with file.open("a") as asked:
                asked.write(f"{host}\n")

    sys.addaudithook(look_at)


def main(given: argparse.Namespace) -> None:
    note_who_is_asked(given.control / "elsewhere")
    settings: Any = load_settings(index=given.index)
    desk = Desk(Index(given.index, WordHashEmbedder()), settings, WordReader())
    desk.control = given.control
    desk.sync(given.articles)
    page = serve_page(desk, Address(port=given.port, root_path=given.root_path, auth=given.auth), LIMITS)
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    page.block_thread()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name, kind in {"articles": Path, "index": Path, "port": int, "control": Path}.items():
        parser.add_argument(name, type=kind)
    parser.add_argument("--auth", default="")
    parser.add_argument("--root-path", default="")
    main(parser.parse_args())
