"""What every provider's class has to keep, each with its real client library, over a real socket."""

import time

import pytest

from rag.errors import (
    ModelBusyError,
    ModelCutError,
    ModelKeyError,
    ModelRefusedError,
    ModelReplyError,
    ModelTimeoutError,
    ModelTooLongError,
    ModelUnknownError,
)
from rag.models.language_model import LanguageModel, Prompt
from rag.models.llm import load_llm
from rag.settings import Settings
from tests.model_server import ModelServer, Script, says

KEY = "sk-secret-1234567890"
PROMPT = Prompt("Be brief.", "What happened?")


class LanguageModelContract:
    """Subclasses name a model at the server and where its client looks for the server and a key."""

    spec = ""
    address = ""
    key = ""
    refuses = True
    tells_of_a_cut = True
    malformed = b"data: {nonsense\n\n{nonsense\n"

    @pytest.fixture
    def model(self, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> LanguageModel:
        return self.make(model_server, monkeypatch, 60.0)

    @pytest.fixture
    def impatient(self, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> LanguageModel:
        """A model that waits for half a second; its library is imported and its server has been asked before."""
        model_server.plays(says("Yes."))
        self.hear(self.make(model_server, monkeypatch, 60.0))
        model_server.requests.clear()
        return self.make(model_server, monkeypatch, 0.5)

    def make(self, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, seconds: float) -> LanguageModel:
        if self.address:
            monkeypatch.setenv(self.address, model_server.url + ("/v1" if "OPENAI" in self.address else ""))
        if self.key:
            monkeypatch.setenv(self.key, KEY)
        spec = self.spec.format(url=model_server.url)
        return load_llm(spec, Settings(model_timeout=seconds, max_reply_tokens=100))

    def hear(self, model: LanguageModel) -> str:
        return "".join(model.stream(PROMPT))

    def test_the_pieces_add_up_to_the_reply(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("Hamas ", "left [", "1]."))
        pieces = [piece for piece in model.stream(PROMPT) if piece]
        assert pieces == ["Hamas ", "left [", "1]."]

    def test_the_model_is_told_the_prompt_and_how_long_it_may_be(
        self, model: LanguageModel, model_server: ModelServer
    ) -> None:
        model_server.plays(says("Yes."))
        self.hear(model)
        assert PROMPT.system in model_server.prompt
        assert PROMPT.user in model_server.prompt
        assert "100" in model_server.prompt

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_refused_key_is_an_error_that_does_not_tell_it(
        self, model: LanguageModel, model_server: ModelServer, status: int
    ) -> None:
        model_server.plays(Script(status=status, error=f"Incorrect API key provided: {KEY}"))
        with pytest.raises(ModelKeyError) as caught:
            self.hear(model)
        assert KEY not in caught.value.message + caught.value.hint

    def test_an_unknown_model_is_told_as_such(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(Script(status=404, error="model 'scripted' not found"))
        with pytest.raises(ModelUnknownError):
            self.hear(model)

    def test_a_prompt_that_is_too_long_is_told_as_such(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(Script(status=400, error="This model's maximum context length is 4096 tokens."))
        with pytest.raises(ModelTooLongError):
            self.hear(model)

    def test_a_server_that_is_silent_is_given_up(self, impatient: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(Script(deaf=True))
        with pytest.raises(ModelTimeoutError):
            self.hear(impatient)
        assert len(model_server.requests) == 1
        assert model_server.left.wait(30)

    def test_a_server_that_falls_silent_is_given_up(self, impatient: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("Hamas ", hangs=True))
        with pytest.raises(ModelTimeoutError):
            self.hear(impatient)
        assert model_server.left.wait(30)

    def test_whoever_stops_closes_the_request(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("Hamas ", "left", hangs=True))
        pieces = model.stream(PROMPT)
        while not next(pieces):
            pass
        assert not model_server.left.is_set()
        pieces.close()  # type: ignore[attr-defined]
        assert model_server.left.wait(30)

    def test_whoever_stops_before_the_first_word_closes_the_request(
        self, model: LanguageModel, model_server: ModelServer
    ) -> None:
        model_server.plays(Script(deaf=True))
        pieces = model.stream(PROMPT)
        while not model_server.requests:
            assert next(pieces) == ""
        pieces.close()  # type: ignore[attr-defined]
        assert model_server.left.wait(30)

    def test_a_connection_that_breaks_off_is_told(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("Hamas le", cut=True))
        heard = []
        with pytest.raises(ModelCutError):
            heard += model.stream(PROMPT)
        assert len(model_server.requests) == 1

    def test_a_reply_that_ends_without_an_end_is_told_as_broken_off(
        self, model: LanguageModel, model_server: ModelServer
    ) -> None:
        model_server.plays(says("Hamas le", finish=""))
        if self.tells_of_a_cut:
            with pytest.raises(ModelCutError):
                self.hear(model)

    def test_what_cannot_be_read_is_an_error(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(Script(raw=self.malformed, finish=""))
        with pytest.raises(ModelReplyError):
            self.hear(model)

    def test_an_empty_reply_is_an_error(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says())
        with pytest.raises(ModelReplyError, match="said nothing"):
            self.hear(model)

    def test_a_reply_that_reached_its_limit_is_an_error(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("Hamas ", "Hamas ", finish="length"))
        with pytest.raises(ModelReplyError, match="did not come to an end"):
            self.hear(model)

    def test_an_endless_reply_is_stopped(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says(*["and so on "] * 10_000, delay=0.001))
        with pytest.raises(ModelReplyError, match="did not come to an end"):
            self.hear(model)
        assert model_server.left.wait(30)

    def test_a_filtered_reply_is_a_refusal(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(says("I", finish="content_filter"))
        if self.refuses:
            with pytest.raises(ModelRefusedError):
                self.hear(model)

    def test_a_busy_server_is_asked_again_when_it_says(self, model: LanguageModel, model_server: ModelServer) -> None:
        busy = Script(status=429, error="slow down", headers={"Retry-After": "0.3"})
        model_server.plays(busy, says("Hamas left."))
        started = time.monotonic()
        assert self.hear(model) == "Hamas left."
        assert time.monotonic() - started >= 0.3
        assert len(model_server.requests) == 2

    def test_a_server_that_wants_to_be_left_alone_for_long_is(
        self, model: LanguageModel, model_server: ModelServer
    ) -> None:
        model_server.plays(Script(status=429, error="slow down", headers={"Retry-After": "3600"}))
        with pytest.raises(ModelBusyError) as raised:
            self.hear(model)
        assert (raised.value.retry_after_seconds, raised.value.hint) == (3600, "Wait 3600 seconds.")
        assert len(model_server.requests) == 1

    def test_a_server_in_trouble_is_asked_three_times(self, model: LanguageModel, model_server: ModelServer) -> None:
        model_server.plays(Script(status=500, error="trouble", headers={"Retry-After": "0"}))
        with pytest.raises(ModelBusyError):
            self.hear(model)
        assert len(model_server.requests) == 3
