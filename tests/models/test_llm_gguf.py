"""Models in GGUF files, really loaded and run; and files that are none."""

import gc
import json
import struct
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import ModelError, ModelReplyError, ModelTimeoutError, ModelTooLongError, ModelUnknownError
from rag.models.gguf_file import read_gguf
from rag.models.language_model import LanguageModel, Prompt
from rag.models.llm import load_llm
from rag.models.llm_gguf import GgufModel
from rag.models.llm_states import list_models_of
from rag.settings import Settings
from tests.conftest import Footnote

pytest.importorskip("xllamacpp")
tiny_gguf = pytest.importorskip("tests.models.tiny_gguf")

PROMPT = Prompt("Be brief.", "What happened?")
WHEN = "When did Hamas move its headquarters out of Damascus?"
MOVED = "Hamas moved its headquarters out of Damascus in 2012. [1]"


def load(path: Path, **settings: object) -> GgufModel:
    model = load_llm(f"gguf:{path}", Settings(threads=1, **settings))  # type: ignore[arg-type]
    assert isinstance(model, GgufModel)
    return model


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tiny_gguf.write_gguf(tmp_path_factory.mktemp("gguf") / "a model.gguf", *MOVED.split())
    return path


@pytest.fixture(scope="module")
def model(speaking: Path) -> Iterator[LanguageModel]:
    yield load(speaking)


@pytest.fixture
def endless(tmp_path: Path) -> GgufModel:
    path = tiny_gguf.write_gguf(tmp_path / "endless.gguf", "and", "so", "on", endless=True, context_length=100_000)
    return load(path, context_tokens=100_000, max_reply_tokens=50_000)


def is_at_work(model: GgufModel) -> bool:
    runner = model._running()
    request = urllib.request.Request(f"{runner.address}/slots", headers={"Authorization": f"Bearer {runner.key}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
        return any(slot["is_processing"] for slot in json.load(reply))


def test_the_pieces_add_up_to_the_reply(model: LanguageModel) -> None:
    pieces = [piece for piece in model.stream(PROMPT) if piece]
    assert "".join(pieces).strip() == MOVED
    assert len(pieces) > 5


def test_tokens_are_counted_by_the_models_own_tokenizer(model: LanguageModel) -> None:
    assert model.count_tokens("x" * 10) == 13  # one a byte, and three bytes for the sign that words begin with


def test_the_context_is_that_of_the_file_or_less(tmp_path: Path, speaking: Path) -> None:
    assert load(speaking).context_tokens == 4096
    assert load(speaking, context_tokens=512).context_tokens == 512
    assert load(speaking, context_tokens=100_000).context_tokens == 4096
    large = tiny_gguf.write_gguf(tmp_path / "large.gguf", "Yes.", context_length=131_072)
    assert load(large).context_tokens == 8192


def test_a_file_without_a_template_for_chats_answers_all_the_same(tmp_path: Path) -> None:
    bare = tiny_gguf.write_gguf(tmp_path / "bare.gguf", "Yes.", template="")
    assert "".join(load(bare).stream(PROMPT)).strip() == "Yes."


def test_a_reply_without_an_end_is_stopped(tmp_path: Path) -> None:
    path = tiny_gguf.write_gguf(tmp_path / "endless.gguf", "and", "so", "on", endless=True)
    with pytest.raises(ModelReplyError, match="did not come to an end"):
        list(load(path, max_reply_tokens=100).stream(PROMPT))


def test_whoever_stops_stops_the_model(endless: GgufModel) -> None:
    pieces = endless.stream(PROMPT)
    while not next(pieces):
        pass
    assert is_at_work(endless)
    pieces.close()  # type: ignore[attr-defined]
    for _ in range(500):
        if not is_at_work(endless):
            return
        threading.Event().wait(0.02)
    pytest.fail("it goes on")


def test_two_may_ask_at_the_same_time(model: LanguageModel) -> None:
    heard: list[str] = []
    threads = [threading.Thread(target=lambda: heard.append("".join(model.stream(PROMPT)))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.strip() for each in heard] == [MOVED, MOVED]


def test_nobody_without_the_key_can_use_it(model: GgufModel) -> None:
    with pytest.raises(OSError, match="401"):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{model._running().address}/slots")


def test_a_model_that_died_is_loaded_again(speaking: Path) -> None:
    model = load(speaking)
    model.count_tokens("x")
    process = model._running().process
    process.kill()
    process.wait()
    assert "".join(model.stream(PROMPT)).strip() == MOVED


def test_the_process_ends_with_the_model(speaking: Path) -> None:
    model = load(speaking)
    process = model._running().process
    del model
    gc.collect()
    assert process.poll() is not None


def test_an_answer_by_a_file_has_footnotes(footnote: Footnote, seeds_index: Path, speaking: Path) -> None:
    run = footnote("ask", WHEN, "--index", seeds_index, "--model", f"gguf:{speaking}")
    assert run.out.startswith(f"{MOVED}\n\n[1] Iran attempts")
    assert (run.code, run.err) == (0, "")


def test_listing_models_loads_none(speaking: Path) -> None:
    [status, *_] = list_models_of(f"gguf:{speaking}", Settings())
    assert (status.spec, status.ready) == (f"gguf:{speaking}", True)


WORDS = struct.pack("<Q", 3) + b"abc"
NO_MODELS = {
    "empty": (b"", ModelUnknownError, "is no GGUF file"),
    "text": (b"Dear reader, this is a letter.\n", ModelUnknownError, "is no GGUF file"),
    "old": (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), ModelUnknownError, "version"),
    "head only": (b"GGUF" + struct.pack("<IQQ", 3, 1, 1), ModelError, "is cut off"),
    "too many fields": (b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60), ModelError, "is damaged"),
    "too many tensors": (b"GGUF" + struct.pack("<IQQ", 3, 1 << 63, 0), ModelError, "is damaged"),
    "long name": (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1 << 62), ModelError, "is cut off"),
    "odd field": (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + WORDS + struct.pack("<I", 99), ModelError, "is damaged"),
}


@pytest.mark.parametrize("kind", NO_MODELS)
def test_a_file_that_is_no_model_is_told_before_anything_is_loaded(tmp_path: Path, kind: str) -> None:
    content, error, reason = NO_MODELS[kind]
    (tmp_path / "x.gguf").write_bytes(content)
    with pytest.raises(error, match=reason) as caught:
        load(tmp_path / "x.gguf")
    assert caught.value.hint


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.6, 0.99])
def test_a_file_that_is_cut_off_is_told_wherever_it_is_cut(tmp_path: Path, speaking: Path, share: float) -> None:
    whole = speaking.read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ModelError, match=r"is cut off|corrupted or incomplete") as caught:
        load(tmp_path / "cut.gguf").count_tokens("x")
    assert "again" in caught.value.hint


@pytest.mark.parametrize("name", ["nowhere.gguf", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelUnknownError, match="There is no file") as caught:
        load(tmp_path / name)
    assert "gguf:PATH" in caught.value.hint


def test_a_file_that_does_not_fit_into_memory_is_told(tmp_path: Path, speaking: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(speaking.read_bytes())
    with (tmp_path / "x.gguf").open("r+b") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    with pytest.raises(ModelError, match=r"needs about 1\d{3}\.\d GB of memory") as caught:
        load(tmp_path / "x.gguf")
    assert "FOOTNOTE_CONTEXT_TOKENS" in caught.value.hint


def test_a_context_takes_memory_too(speaking: Path) -> None:
    file = read_gguf(speaking)
    assert file.memory_bytes(1000) - file.file_bytes == 1000 * 2 * 2 * 32  # keys and values, two bytes, one layer


def test_a_model_that_llama_cpp_does_not_know_is_told_with_its_reason(tmp_path: Path, speaking: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(speaking.read_bytes().replace(b"llama", b"lhama"))
    with pytest.raises(ModelError, match="cannot be loaded: .*lhama") as caught:
        load(tmp_path / "x.gguf").count_tokens("x")
    assert "xllamacpp" in caught.value.hint


def test_a_model_that_takes_too_long_to_load_is_given_up(speaking: Path) -> None:
    with pytest.raises(ModelTimeoutError):
        load(speaking, model_timeout=0.001).count_tokens("x")


def test_a_context_too_small_for_the_prompt_is_told(speaking: Path) -> None:
    with pytest.raises(ModelTooLongError):
        list(load(speaking, context_tokens=256).stream(Prompt("Be brief.", "What happened? " * 200)))
