import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.read import SUFFIXES, read_articles
from rag.records import Article

from .conftest import ReadBad, ReadOne


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.htm", "a.pdf", "a.docx", "a.json", "a.jsonl", "a.jsonl.gz"]
)
@pytest.mark.parametrize("content", [b"", b" \n\t\n "])
def test_an_empty_file_is_an_error(read_bad: ReadBad, name: str, content: bytes) -> None:
    assert read_bad(name, content).hint


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.json"])
def test_a_file_above_the_limit_is_an_error_that_names_the_setting(read_bad: ReadBad, name: str) -> None:
    error = read_bad(name, b"x" * (1 << 20) + b"y")
    assert "larger than 1 MB" in error.message
    assert "FOOTNOTE_MAX_FILE_MEGABYTES" in error.hint


def test_a_suffix_may_be_in_capitals(read_one: ReadOne) -> None:
    assert read_one("A.TXT", "Title\nText.").title == "Title"


def test_an_unknown_suffix_is_an_error_that_lists_the_known_ones(read_bad: ReadBad) -> None:
    assert all(suffix in read_bad("a.xls", "x").hint for suffix in SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_missing_a_folder_or_a_pipe_is_an_error(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"folder{suffix}").mkdir()
    os.mkfifo(tmp_path / f"pipe{suffix}")
    for name in ("missing", "folder", "pipe"):
        [error] = read_articles(tmp_path / f"{name}{suffix}", "a", 1)
        assert isinstance(error, ReadError)
        assert name in error.message


@pytest.mark.usefixtures("ordinary_user")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Title\nText.")
    path.chmod(0)
    [error] = read_articles(path, "a", 1)
    assert isinstance(error, ReadError)


def test_importing_the_room_loads_no_format_library() -> None:
    code = "import sys, rag.read; print(sorted({'trafilatura', 'lxml', 'pypdf', 'docx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SUFFIXES), st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_bad_input_never_raises(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        for result in read_articles(path, "a", 1):
            assert isinstance(result, Article | ReadError)


@pytest.mark.parametrize("error", [MemoryError, RecursionError, UnicodeError("x"), KeyError("x")])
def test_an_error_that_no_reader_expects_is_told_and_not_raised(
    monkeypatch: pytest.MonkeyPatch, read_bad: ReadBad, error: Exception
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr("rag.read.text.split_paragraphs", fail)
    name = error.__name__ if isinstance(error, type) else type(error).__name__
    assert f"could not be read ({name})" in read_bad("a.txt", "Text.").message


def test_a_limit_above_the_memory_takes_no_more_than_the_file(read_one: ReadOne) -> None:
    assert read_one("a.txt", "Title\nText.", max_megabytes=1_000_000_000).title == "Title"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_more_paragraphs_than_an_article_has_are_refused(read_bad: ReadBad, name: str) -> None:
    assert "200,000 paragraphs" in read_bad(name, "a\n\n" * 200_001).message
