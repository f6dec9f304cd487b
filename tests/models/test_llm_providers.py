"""The providers' classes against the contract; those whose library is not installed are left out."""

import subprocess
import sys

import pytest

from tests.models.llm_contract import LanguageModelContract


class TestCompatible(LanguageModelContract):
    spec = "compatible:{url}/v1#scripted"
    key = "COMPATIBLE_API_KEY"


class TestOpenAI(LanguageModelContract):
    spec = "openai:scripted"
    address = "OPENAI_BASE_URL"
    key = "OPENAI_API_KEY"


class TestOllama(LanguageModelContract):
    spec = "ollama:scripted"
    address = "OLLAMA_HOST"


class TestAnthropic(LanguageModelContract):
    spec = "anthropic:scripted"
    address = "ANTHROPIC_BASE_URL"
    malformed = b"event: content_block_delta\ndata: {nonsense\n\n"
    key = "ANTHROPIC_API_KEY"

    @pytest.fixture(autouse=True)
    def installed(self) -> None:
        pytest.importorskip("llama_index.llms.anthropic")


class TestGemini(LanguageModelContract):
    spec = "gemini:scripted"
    address = "GOOGLE_GEMINI_BASE_URL"
    key = "GEMINI_API_KEY"
    tells_of_a_cut = False  # the adapter keeps the reason why a reply ended to itself

    @pytest.fixture(autouse=True)
    def installed(self) -> None:
        pytest.importorskip("llama_index.llms.google_genai")


class TestMistral(LanguageModelContract):
    spec = "mistral:scripted"
    address = "MISTRAL_ENDPOINT"
    key = "MISTRAL_API_KEY"

    @pytest.fixture(autouse=True)
    def installed(self) -> None:
        pytest.importorskip("llama_index.llms.mistralai")


LOAD_TWO = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from rag.models.llm import load_llm
from rag.settings import Settings
both = Barrier(2)
def load(spec):
    both.wait()
    return load_llm(spec, Settings()).name
with ThreadPoolExecutor(2) as pool:
    print(*pool.map(load, ["ollama:a", "compatible:http://x/v1#b"]))
"""


def test_two_models_may_be_loaded_at_once_though_nothing_is_imported_yet() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOAD_TWO], capture_output=True, text=True)
    assert (loaded.stdout, loaded.returncode) == ("ollama:a compatible:http://x/v1#b\n", 0), loaded.stderr
