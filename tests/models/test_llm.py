import tomllib

import pytest

from rag.errors import SettingsError
from rag.models.llm import PROVIDERS, check_spec


@pytest.mark.parametrize(
    "spec",
    [
        "reader",
        "ollama:hf.co/someone/model:Q4_K_M",
        "compatible:http://127.0.0.1:1234/v1#org/model@q4_k_m",
        "compatible:https://example.org/v1?version=1#m",
        "gguf:/home/me@work/sk-model-7b.gguf",
        "openai:ft:gpt-5:acme::abc123",
    ],
)
def test_a_spec_of_the_right_form_stays_as_it_is(spec: str) -> None:
    assert check_spec(spec) == spec


@pytest.mark.parametrize(
    "spec",
    [
        "compatible:http://me:secret@127.0.0.1/v1#m",
        "compatible:http://x/v1?api_key=secret#m",
        "compatible:http://x/v1#sk-secret-1234567890",
        "ollama:http://me:secret@127.0.0.1",
        "mistral:sk-secret-1234567890",
    ],
)
def test_a_key_is_in_no_spec_and_in_no_error_of_one(spec: str) -> None:
    with pytest.raises(SettingsError, match="must not hold a key") as caught:
        check_spec(spec)
    assert "secret" not in caught.value.message + caught.value.hint


def test_every_extra_that_an_error_names_is_one(pytestconfig: pytest.Config) -> None:
    told = tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert {provider.extra for provider in PROVIDERS.values()} - {""} <= set(told)
