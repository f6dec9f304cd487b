import pytest

from rag.errors import SettingsError
from rag.models.llm_loaders import ollama_address


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        (":8000", "http://127.0.0.1:8000"),
        ("box", "http://box:11434"),
        ("box:8000", "http://box:8000"),
        ("http://box", "http://box:80"),
        ("https://box.example", "https://box.example:443"),
        ("https://box.example/ollama/", "https://box.example:443/ollama"),
        ("https://me:secret@box:8000", "https://box:8000"),
    ],
)
def test_the_address_of_ollama_is_read_as_ollama_reads_it(
    monkeypatch: pytest.MonkeyPatch, told: str, address: str
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", told)
    assert ollama_address() == address


def test_an_address_that_is_none_is_an_error_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://me:secret@box:port")
    with pytest.raises(SettingsError, match="no address") as caught:
        ollama_address()
    assert "secret" not in caught.value.message
