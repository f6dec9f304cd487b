"""Language models as whoever asks sees them: in the terminal and as JSON, over a real socket."""

import json
import re
from pathlib import Path
from threading import Barrier

import pytest

from rag.models.llm import PROVIDERS
from tests.conftest import Footnote
from tests.model_server import ModelServer, Script, closed_port, press_ctrl_c, says

WHEN = "When did Hamas move its headquarters out of Damascus?"
MOVED = "Hamas moved its headquarters out of Damascus in 2012. [1]"


@pytest.fixture(autouse=True)
def no_other_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", f"http://127.0.0.1:{closed_port()}")
    for key in ("COMPATIBLE_API_KEY", *(key for provider in PROVIDERS.values() for key in provider.keys)):
        monkeypatch.delenv(key, raising=False)


def test_a_language_model_answers_with_footnotes(
    footnote: Footnote, seeds_index: Path, model_server: ModelServer
) -> None:
    model_server.plays(says(*MOVED))
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", model_server.spec)
    assert run.code == 0
    assert run.out.startswith("Hamas moved its headquarters out of Damascus in 2012. [1]\n\n[1] Iran attempts")
    assert "002_edf3047c270918b1#10" in run.out


def test_the_articles_do_not_say_looks_the_same_whoever_says_it(
    footnote: Footnote, seeds_index: Path, model_server: ModelServer
) -> None:
    model_server.plays(says("The articles do not say."))
    run = footnote("ask", "When was Yahya Sinwar born?", "--index", seeds_index, "--model", model_server.spec)
    assert run.code == 3
    assert run.out == footnote("ask", "When was Yahya Sinwar born?", "--index", seeds_index).out


FAILURES = {
    "wrong key": (Script(status=401, error="bad key sk-secret-1234567890"), "refused the key", "COMPATIBLE_API_KEY"),
    "no credit": (Script(status=429, error="You exceeded your current quota"), "no credit left", "Top it up"),
    "unknown model": (Script(status=404, error="no such model"), "does not know", "the name right"),
    "hangs": (Script(deaf=True), "said nothing for 1 second.", "FOOTNOTE_MODEL_TIMEOUT"),
    "hangs later": (says("Hamas mo", hangs=True), "said nothing more for 1 second.", "Ask again"),
    "cut": (says("Hamas mo", cut=True), "broke off", "Ask again"),
    "malformed": (Script(raw=b"data: {nonsense\n\n", finish=""), "cannot be read", "language model at its address"),
    "a web page": (
        Script(raw=b"<html>Hello</html>\n\n", bare=True, finish=""),
        "cannot be read",
        "language model at its address",
    ),
    "empty": (says(), "said nothing at all", "chat model"),
    "endless": (says("Hamas moved.", finish="length"), "did not come to an end", "FOOTNOTE_MAX_REPLY_TOKENS"),
    "refusal": (says("I'm sorry, but I can't help with that."), "declined", "another model"),
    "another language": (
        says("Die Hamas ist nicht mehr in der Stadt. [1]"),
        "another language (German)",
        "one language",
    ),
    "busy": (Script(status=429, error="slow", headers={"Retry-After": "99"}), "too many requests", "Wait 99 s"),
    "too long": (Script(status=400, error="the context has 4096 tokens"), "too long", "FOOTNOTE_CONTEXT_TOKENS"),
    "trouble": (Script(status=503, error="loading", headers={"Retry-After": "0"}), "HTTP 503: loading", "later"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_is_told_with_what_to_do(
    footnote: Footnote,
    seeds_index: Path,
    model_server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    failure: str,
) -> None:
    script, reason, hint = FAILURES[failure]
    monkeypatch.setenv("COMPATIBLE_API_KEY", "sk-secret-1234567890")
    if failure.startswith("hangs"):
        monkeypatch.setenv("FOOTNOTE_MODEL_TIMEOUT", "1")
    model_server.plays(script)
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", model_server.spec, "--json")
    answer = json.loads(run.out)
    assert (run.code, answer["outcome"], answer["sentences"]) == (1, "model_failed", [])
    assert reason in answer["reason"]
    assert hint in answer["hint"]
    assert "sk-secret" not in run.out + run.err


def test_a_key_that_nobody_gave_is_asked_for(footnote: Footnote, seeds_index: Path, model_server: ModelServer) -> None:
    model_server.plays(Script(status=401))
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", model_server.spec)
    assert f"{model_server.spec} wants a key.\nhint: Set COMPATIBLE_API_KEY, or" in run.out


def test_a_failure_in_the_terminal_is_its_reason_and_a_hint(footnote: Footnote, seeds_index: Path) -> None:
    spec = f"compatible:http://127.0.0.1:{closed_port()}/v1#scripted"
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", spec)
    assert run.code == 1
    assert run.out.startswith(f"No server answers for {spec} at http://127.0.0.1:")
    assert "\nhint: Is its server running?\n" in run.out


def test_what_was_said_before_a_failure_stands_with_its_footnotes(
    footnote: Footnote, seeds_index: Path, model_server: ModelServer
) -> None:
    model_server.plays(says(MOVED, " It was the", cut=True))
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", model_server.spec)
    assert run.code == 1
    assert run.out.startswith("Hamas moved its headquarters out of Damascus in 2012. [1]\n\n[1] Iran")
    assert run.out.endswith(
        f"\n\nThe connection to {model_server.spec} broke off before its reply was whole.\nhint: Ask again.\n"
    )


def test_the_reader_answers_in_place_of_a_model_that_fails_and_says_so(
    footnote: Footnote, seeds_index: Path, model_server: ModelServer
) -> None:
    model_server.plays(Script(status=401))
    arguments = ["ask", WHEN, "--index", seeds_index, "--model", model_server.spec, "--fallback", "reader"]
    run = footnote(*arguments)
    assert run.code == 0
    assert run.out.startswith("2012 [1]\nIn 2012, Hamas moved its headquarters")
    assert f"The reader answers instead: {model_server.spec} wants a key." in run.out
    answer = json.loads(footnote(*arguments, "--json").out)
    assert (answer["outcome"], "wants a key" in answer["fallback"]) == ("answered", True)
    assert "reader" in answer["model"]


def test_ctrl_c_closes_the_request_and_leaves_no_traceback(
    footnote: Footnote, seeds_index: Path, model_server: ModelServer
) -> None:
    model_server.plays(Script(obey=press_ctrl_c, hangs=True))
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", model_server.spec)
    assert run.code == 130
    assert "Traceback" not in run.out + run.err
    assert model_server.left.wait(30)


def test_a_missing_key_is_told_before_anything_is_asked(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", "openai:gpt-5", "--json")
    answer = json.loads(run.out)
    assert answer["reason"] == "There is no key for openai:NAME."
    assert answer["hint"] == "Set OPENAI_API_KEY, or OPENAI_API_KEY_FILE to a file that holds it."


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("olama:llama", "There is no model 'olama:llama'", "Did you mean ollama?"),
        ("gpt-5", "There is no model 'gpt-5'", "reader, ollama:NAME, compatible:URL#NAME"),
        ("ollama:", "does not name a model", "ollama:NAME"),
        ("compatible:http://x/v1", "does not name a model", "compatible:URL#NAME"),
        ("compatible:http://me:secret@x/v1#m", "must not hold a key", "environment"),
        ("compatible:me:secret@x/v1#m", "must not hold a key", "environment"),
        ("compatible:http://x/v1?access_token=secret#m", "must not hold a key", "environment"),
        ("https://me:secret@x/v1#m", "There is no model 'https://…@x/v1#m'", "compatible:URL#NAME"),
        ("sk-secret-1234567890", "There is no model '…'", "openai:NAME"),
        ("openai:sk-secret-1234567890", "must not hold a key", "environment"),
    ],
)
def test_a_wrong_spec_is_an_error(footnote: Footnote, seeds_index: Path, spec: str, message: str, hint: str) -> None:
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", spec)
    assert run.code == 1
    assert message in run.err
    assert hint in run.err
    assert "secret" not in run.err


def test_models_are_listed_with_what_is_missing(footnote: Footnote) -> None:
    run = footnote("models")
    assert run.code == 0
    assert run.out.splitlines()[0] == "reader  ready"
    assert set(re.findall(r"^(\w+:\S+)", run.out, re.M)) == {provider.shape for provider in PROVIDERS.values()}
    assert "There is no key for openai:NAME. Set OPENAI_API_KEY" in run.out
    assert {status["spec"] for status in json.loads(footnote("models", "--json").out) if status["ready"]} == {"reader"}


def test_the_models_of_a_local_server_are_listed_and_checked(
    footnote: Footnote, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", model_server.url)
    monkeypatch.setenv("FOOTNOTE_MODEL", model_server.spec)
    model_server.plays(says("Blue."), Script(status=404, error="gone"))
    run = footnote("models", "--check")
    lines = run.out.splitlines()
    assert lines[0] == f"{model_server.spec}  answers"
    assert lines[1] == "reader  ready"
    assert lines[2].startswith("ollama:scripted  The server does not know ollama:scripted. ollama pull scripted")


def test_a_local_server_that_is_down_is_listed_as_such(footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in ("ollama:llama3", f"compatible:http://127.0.0.1:{closed_port()}/v1#m"):
        monkeypatch.setenv("FOOTNOTE_MODEL", spec)
        line = footnote("models").out.splitlines()[0]
        assert line.startswith(f"{spec}  No server answers for {spec} at http://127.0.0.1:")


@pytest.mark.parametrize(
    ("spec", "state"),
    [
        ("ollama:scripted", "ready"),
        ("ollama:scripted:latest", "ready"),
        ("ollama:other", "The Ollama server has no model other. ollama pull other"),
        ("compatible:URL/v1#scripted", "ready"),
        ("compatible:URL/elsewhere#scripted", "ready"),
        ("openai:gpt-5", "There is no key for openai:NAME. Set OPENAI_API_KEY"),
    ],
)
def test_the_state_of_a_model_is_true_though_no_model_is_asked(
    footnote: Footnote, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, spec: str, state: str
) -> None:
    named = spec.replace("URL", model_server.url)
    monkeypatch.setenv("OLLAMA_HOST", model_server.url)
    monkeypatch.setenv("FOOTNOTE_MODEL", named)
    assert footnote("models").out.replace("\n", " ").startswith(f"{named}  {state}")
    assert model_server.requests == []


def test_models_of_different_providers_are_asked_at_the_same_time_and_listed_in_order(
    footnote: Footnote, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_ask = Barrier(2, timeout=300)

    def wait(prompt: str) -> tuple[str, ...]:
        both_ask.wait()
        return ("Blue.",)

    monkeypatch.setenv("OLLAMA_HOST", model_server.url)
    monkeypatch.setenv("FOOTNOTE_MODEL", model_server.spec)
    model_server.plays(Script(obey=wait))
    lines = footnote("models", "--check").out.splitlines()
    assert lines[:3] == [f"{model_server.spec}  answers", "reader  ready", "ollama:scripted  answers"]


def test_a_key_may_lie_in_a_file_and_is_never_told(
    footnote: Footnote, seeds_index: Path, tmp_path: Path, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text("sk-secret-1234567890\n")
    monkeypatch.setenv("OPENAI_API_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("OPENAI_BASE_URL", f"{model_server.url}/v1")
    model_server.plays(Script(status=500, error="trouble with sk-secret-1234567890", headers={"Retry-After": "0"}))
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", "openai:gpt-5", "--json")
    assert model_server.requests[0]["headers"]["authorization"] == "Bearer sk-secret-1234567890"
    assert "HTTP 500" in run.out
    assert "sk-secret" not in run.out + run.err


def test_a_password_in_an_address_is_never_told(
    footnote: Footnote, seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"me:secret@127.0.0.1:{closed_port()}"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234567890")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://{address}/v1")
    monkeypatch.setenv("OLLAMA_HOST", f"http://{address}x")
    for spec in ("openai:gpt-5", "ollama:llama3"):
        run = footnote("ask", WHEN, "--index", seeds_index, "--model", spec)
        assert run.code == 1
        assert "secret" not in run.out + run.err
