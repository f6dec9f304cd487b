"""A language model's reply as it comes: heard by a thread of its own, so that whoever waits can stop at once.

All patience is here, the libraries have none: how long a model may be silent, how often it is asked again, and how
long a server's wish to wait is followed.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from rag.errors import ModelBusyError, ModelCutError, ModelError, ModelReplyError
from rag.models.llm_connection import Line, following
from rag.models.llm_errors import Source, convert_error, endless, too_slow

Request = Callable[[], Iterable[str]]
"""Asks the model and returns its words piece by piece; an empty piece tells that it is at work."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, and for how much.

    Attributes:
        timeout_seconds: A model may be silent for so long, before its first word and between two.
        max_pieces: A reply of more pieces has no end.
        max_characters: The same for its characters.
        attempts: How often a request is made whose server is busy or breaks off before the first word.
        backoff_seconds: Time before the second attempt; twice that before the third.
        longest_wait_seconds: A server that asks to wait longer is not waited for.
        beat_seconds: So often whoever listens is given an empty piece, and with it a chance to stop.
    """

    timeout_seconds: float = 120.0
    max_pieces: int = 8_000
    max_characters: int = 16_000
    attempts: int = 3
    backoff_seconds: float = 0.5
    longest_wait_seconds: float = 20.0
    beat_seconds: float = 0.2


def stream_pieces(request: Request, source: Source, patience: Patience) -> Iterator[str]:
    """Yield a reply piece by piece, empty ones while nothing comes; close the generator to stop the model.

    Args:
        request: Asks the model; called again only if nothing was heard yet.
        source: Who is asked, for errors.
        patience: How long to wait.

    Raises:
        ModelError: The model failed; the subclasses say how.
    """
    for attempt in range(1, patience.attempts + 1):
        heard = False
        try:
            with closing(_listen(request, source, patience)) as pieces:
                for piece in _within_bounds(pieces, source, patience):
                    heard = heard or bool(piece)
                    yield piece
            return
        except (ModelBusyError, ModelCutError) as error:
            wait = _time_to_wait(error, attempt, patience)
            if heard or wait is None:
                raise
        yield from _pause(wait, patience.beat_seconds)


def _listen(request: Request, source: Source, patience: Patience) -> Generator[str, None, None]:
    heard: SimpleQueue[str | BaseException | None] = SimpleQueue()
    line = Line()
    threading.Thread(target=_speak, args=(request, heard, line), daemon=True).start()
    last, words = time.monotonic(), False
    try:
        while True:
            try:
                piece = heard.get(timeout=patience.beat_seconds)
            except Empty:
                if time.monotonic() - last > patience.timeout_seconds:
                    raise too_slow(patience.timeout_seconds, source, words) from None
                yield ""
                continue
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise convert_error(piece, source) from piece
            last, words = time.monotonic(), words or bool(piece)
            yield piece
    finally:
        line.close()


def _speak(request: Request, heard: "SimpleQueue[str | BaseException | None]", line: Line) -> None:
    try:
        with following(line):
            for piece in request():
                heard.put(piece)
                if line.closed:
                    return
        heard.put(None)
    except BaseException as error:  # noqa: B036 - told to whoever listens, who raises it
        heard.put(error)


def _within_bounds(pieces: Iterator[str], source: Source, patience: Patience) -> Iterator[str]:
    characters = words = 0
    for piece in pieces:
        characters += len(piece)
        words += bool(piece)  # empty ones only tell that time goes by
        if characters > patience.max_characters or words > patience.max_pieces:
            raise endless(source)
        yield piece
    if not characters:
        raise ModelReplyError(f"{source.spec} said nothing at all.", "Is it a chat model? Try another one.")


def _time_to_wait(error: ModelError, attempt: int, patience: Patience) -> float | None:
    """Return the seconds before another attempt, or None if there is to be none."""
    asked = error.retry_after_seconds if isinstance(error, ModelBusyError) else None
    wait = patience.backoff_seconds * 2 ** (attempt - 1) if asked is None else asked
    return None if attempt == patience.attempts or wait > patience.longest_wait_seconds else wait


def _pause(seconds: float, beat: float) -> Iterator[str]:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, beat))
        yield ""
