from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.read import clean_id
from rag.read.source import SourceFile, clean_text

SOURCE = SourceFile(Path("a.txt"), "a", 1)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    text = "Zahar’s café cost £5." if encoding not in ("cp1252", "latin-1") else "Zahar's café cost £5."
    assert SOURCE.decode(text.encode(encoding)) == text


def test_one_broken_byte_does_not_spoil_the_rest_of_a_utf_8_file() -> None:
    assert SOURCE.decode("“Ça va”, dit-elle à Zoé ".encode() + b"\xff") == "“Ça va”, dit-elle à Zoé \ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"pixels",
        b"%PDF-1.7 text",
        b"PK\x03\x04 zipped",
        b"\x7fELF" + bytes(range(256)) * 20,
        bytes((7 * number * number + 13 * number) % 256 for number in range(5000)),
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="a.txt"):
        SOURCE.decode(data)


def test_only_nuls_is_no_text() -> None:
    with pytest.raises(ReadError, match="no text"):
        SOURCE.decode(b"\0\0\0")


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    assert clean_text("a\ud800b é").encode() == b"a?b \xc3\xa9"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("reuters/2017-09-23_a.txt", "reuters/2017-09-23_a.txt"),
        (" my article #3\n", "my-article--3"),
        ("été/日本/हिन्दी", "été/日本/हिन्दी"),
        ("a\u200bb\tc", "a-b-c"),
    ],
)
def test_an_id_keeps_letters_of_any_script_and_nothing_that_breaks_an_address(text: str, cleaned: str) -> None:
    assert clean_id(text) == cleaned


@given(st.text())
def test_cleaning_an_id_twice_changes_nothing(text: str) -> None:
    cleaned = clean_id(text)
    assert clean_id(cleaned) == cleaned
    assert "#" not in cleaned
    assert not any(character.isspace() for character in cleaned)


def test_an_id_is_as_long_as_the_longest_path_at_most() -> None:
    assert len(clean_id("a" + "\u0301\u0316" * 100_000)) <= 4096
