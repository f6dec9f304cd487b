"""What libraries raise, in our words. No network: the errors are made by hand."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from rag.errors import ModelBusyError, ModelError, ModelKeyError, ModelUnknownError
from rag.models.llm_errors import Source, convert_error

HOSTED = Source("gemini:flash", "https://example.org", ("GEMINI_API_KEY",), "abcdefgh12345678")
OLLAMA = Source("ollama:llama3", "http://127.0.0.1:11434")


class StatusError(Exception):
    def __init__(self, status: int, said: str = "", **headers: str) -> None:
        super().__init__(said)
        self.status_code = status
        self.headers = httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()})


def busy(error: Exception) -> ModelBusyError:
    converted = convert_error(error, HOSTED)
    assert isinstance(converted, ModelBusyError)
    return converted


def test_a_server_may_say_when_to_come_again_in_seconds_as_a_time_or_in_words() -> None:
    assert busy(StatusError(429, retry_after="7")).retry_after_seconds == 7
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    assert 500 < (busy(StatusError(503, retry_after=later)).retry_after_seconds or 0) <= 600
    assert busy(StatusError(429, "Please retry in 34.5s.")).retry_after_seconds == 34.5
    assert busy(StatusError(429, "Try again in 20ms")).retry_after_seconds == 0.02


@pytest.mark.parametrize("told", ["", "soon", "Sat, 99 Nov", "Sat, 21 Nov 2026 10:00:00"])
def test_a_time_that_cannot_be_read_is_none(told: str) -> None:
    assert busy(StatusError(429, retry_after=told)).retry_after_seconds is None


def test_the_hint_of_a_busy_server_says_how_long() -> None:
    assert busy(StatusError(429, retry_after="99")).hint == "Wait 99 seconds."
    assert busy(StatusError(429)).hint == "Wait a little."


def test_a_quota_that_comes_back_is_a_busy_server_and_one_that_does_not_is_no_credit() -> None:
    quota = "You exceeded your current quota, please check your plan and billing details."
    assert busy(StatusError(429, f"{quota} Please retry in 34s.")).retry_after_seconds == 34
    assert isinstance(convert_error(StatusError(429, quota), HOSTED), ModelKeyError)
    assert isinstance(convert_error(StatusError(400, "Your credit balance is too low"), HOSTED), ModelKeyError)


def test_a_refused_key_is_told_from_one_that_was_not_sent() -> None:
    assert convert_error(StatusError(401), HOSTED).message == "gemini:flash refused the key."
    unsent = convert_error(StatusError(401), replace(HOSTED, secret=""))
    assert (unsent.message, unsent.hint.startswith("Set GEMINI_API_KEY")) == ("gemini:flash wants a key.", True)
    signed_out = convert_error(StatusError(401), OLLAMA)
    assert (signed_out.message, "ollama signin" in signed_out.hint) == ("ollama:llama3 wants a key.", True)


def test_a_web_page_in_place_of_an_error_is_told_without_its_tags() -> None:
    page = "<!DOCTYPE html><html><style>b{c:d}</style><h1>502 Bad Gateway</h1><!-- x --><hr/>nginx: 3 < 4</html>"
    assert busy(StatusError(502, page)).message == "gemini:flash answers with HTTP 502: 502 Bad Gateway nginx: 3 < 4"


@pytest.mark.parametrize(
    "body",
    [
        {"message": "trouble"},
        {"error": {"message": "trouble"}},
        {"error": "trouble"},
        '{"object": "error", "message": "trouble"}',
        '{"error": {"message": "trouble"}}',
    ],
)
def test_what_a_server_says_is_told_without_the_form_that_it_says_it_in(body: object) -> None:
    error = StatusError(500, f"Error code: 500 - {body}")
    error.body = body  # type: ignore[attr-defined]
    assert busy(error).message == "gemini:flash answers with HTTP 500: trouble"


@pytest.mark.parametrize("word", ["a", "?key", "<!--", "<style"])
def test_an_endless_reply_is_told_in_no_time(word: str) -> None:
    started = time.process_time()
    assert len(busy(StatusError(502, word * 50_000)).message) < 300
    assert time.process_time() - started < 2


@pytest.mark.parametrize("status", [404, 405])
def test_an_address_where_no_model_is_asked_is_an_unknown_model(status: int) -> None:
    assert isinstance(convert_error(StatusError(status), OLLAMA), ModelUnknownError)


def test_anything_else_is_told_with_what_the_server_says_but_no_key() -> None:
    error = convert_error(StatusError(418, "abcdefgh12345678 is a teapot"), HOSTED)
    assert (type(error), error.message) == (ModelError, "gemini:flash answers with HTTP 418: … is a teapot")
