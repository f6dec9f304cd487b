"""Patience: what is asked again, and what is not. No network; the requests are plain functions."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from rag.errors import ModelBusyError, ModelCutError, ModelError, ModelReplyError, ModelTimeoutError
from rag.models.llm_errors import Source, convert_error
from rag.models.llm_stream import Patience, stream_pieces

SOURCE = Source("ollama:llama", "http://127.0.0.1:1", secret="abcdefgh12345678")
QUICK = Patience(timeout_seconds=5.0, max_pieces=100, max_characters=200, backoff_seconds=0.01, beat_seconds=0.01)
BUSY = ModelBusyError("busy")
CUT = ModelCutError("cut")


class Asked:
    """A request that plays a part a time, and raises an error where there is one."""

    def __init__(self, *parts: list[str | Exception]) -> None:
        self.parts = list(parts)
        self.times = 0

    def __call__(self) -> Iterator[str]:
        self.times += 1
        for piece in self.parts.pop(0) if len(self.parts) > 1 else self.parts[0]:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def hear(request: Callable[[], Iterator[str]], patience: Patience = QUICK) -> str:
    return "".join(stream_pieces(request, SOURCE, patience))


@pytest.mark.parametrize("error", [BUSY, CUT, ConnectionResetError("reset")])
def test_what_may_pass_is_asked_again_while_nothing_was_heard(error: Exception) -> None:
    asked = Asked([error], ["", error], ["Hamas ", "left."])
    assert (hear(asked), asked.times) == ("Hamas left.", 3)


@pytest.mark.parametrize("error", [BUSY, CUT])
def test_nothing_is_asked_again_once_a_word_was_heard(error: Exception) -> None:
    asked = Asked(["Hamas ", error])
    with pytest.raises(type(error)):
        hear(asked)
    assert asked.times == 1


def test_it_is_asked_three_times_and_no_more() -> None:
    asked = Asked([BUSY])
    with pytest.raises(ModelBusyError):
        hear(asked)
    assert asked.times == 3


@pytest.mark.parametrize("error", [ModelTimeoutError("slow"), ModelReplyError("odd"), ModelError("wrong")])
def test_what_will_not_pass_is_not_asked_again(error: Exception) -> None:
    asked = Asked([error])
    with pytest.raises(type(error)):
        hear(asked)
    assert asked.times == 1


def test_a_server_that_asks_for_more_time_than_anyone_has_is_not_waited_for() -> None:
    asked = Asked([ModelBusyError("busy", retry_after_seconds=60)])
    with pytest.raises(ModelBusyError):
        hear(asked)
    assert asked.times == 1


def test_a_reply_of_too_many_letters_has_no_end() -> None:
    with pytest.raises(ModelReplyError, match="did not come to an end"):
        hear(Asked(["and so on "] * 30))


def test_a_reply_of_too_many_pieces_has_no_end_but_waiting_for_its_first_word_is_no_piece() -> None:
    assert hear(Asked([""] * 150 + ["Hamas left."])) == "Hamas left."
    with pytest.raises(ModelReplyError, match="did not come to an end"):
        hear(Asked(["a"] * 101))


def test_a_model_that_only_thinks_says_nothing() -> None:
    with pytest.raises(ModelReplyError, match="said nothing"):
        hear(Asked(["", "", ""]))


@pytest.mark.parametrize(
    "said", ["bad key abcdefgh12345678", "bad key sk-abcdef", "at http://me:pass@host", "Bearer xyzxyz99"]
)
def test_no_key_is_ever_told(said: str) -> None:
    message = convert_error(RuntimeError(said), SOURCE).message
    assert not any(secret in message for secret in ("abcdefgh12345678", "sk-abcdef", "me:pass", "xyzxyz99"))
    assert "abcdefgh12345678" not in repr(SOURCE)


def test_whoever_stops_waits_for_nobody_who_still_connects() -> None:
    connected = Event()

    def connect() -> Iterator[str]:
        connected.wait(300)
        yield "Hamas left."

    pieces = stream_pieces(connect, SOURCE, QUICK)
    assert next(pieces) == ""
    pieces.close()  # type: ignore[attr-defined]
    assert not connected.is_set()
    connected.set()
