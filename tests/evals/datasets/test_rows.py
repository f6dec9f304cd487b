import gzip
import os
from pathlib import Path

import pytest

from evals.datasets.rows import Row, Text, check_unique, read_rows
from rag import FootnoteError

HINT = "A line is a name."


class Name(Row):
    name: Text
    places: list[str] = []
    is_old: bool = False


def read(path: Path) -> list[Name]:
    return list(read_rows(path, Name, HINT))


def fail(path: Path) -> FootnoteError:
    with pytest.raises(FootnoteError) as caught:
        read(path)
    return caught.value


def test_lines_are_read_plain_and_packed(tmp_path: Path) -> None:
    lines = b'\xef\xbb\xbf{"name": "Ada"}\r\n\n{"name": " Bob ", "unknown": 1}'
    (tmp_path / "names.jsonl").write_bytes(lines)
    (tmp_path / "names.jsonl.gz").write_bytes(gzip.compress(lines))
    for name in ("names.jsonl", "names.jsonl.gz"):
        assert read(tmp_path / name) == [Name(name="Ada"), Name(name="Bob")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{}", "field 'name' is missing."),
        ('{"name": 7}', "field 'name' must be text, not a number."),
        ('{"name": null}', "field 'name' must be text, not nothing."),
        ('{"name": " "}', "field 'name' must not be empty."),
        ('{"name": "Ada", "places": "Oslo"}', "field 'places' must be a list, not text."),
        ('{"name": "Ada", "places": ["Oslo", 2]}', "field 'places', entry 2 must be text, not a number."),
        ('{"name": "Ada", "is_old": "yes"}', "field 'is_old' must be true or false, not text."),
        ("[1]", "this must be an object with fields, not a list."),
        ('{"name": ', "this is no JSON: EOF while parsing a value at column 9."),
        ("[" * 100_000, "this is no JSON: recursion limit exceeded at column 202."),
    ],
)
def test_a_line_that_does_not_fit_is_named(line: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text('{"name": "Ada"}\n\n' + line)
    error = fail(path)
    assert error.message == f"{path}, line 3: {problem}"
    assert error.hint == HINT


def test_bytes_that_are_no_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_bytes(b'{"name": "Ada"}\n{"name": "Ren\xe9"}')
    assert fail(path).message == f"{path}, line 2: this is not UTF-8."


@pytest.mark.parametrize("cut", [5, 30])
def test_a_truncated_archive_is_damaged(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"name": "Ada"}\n' * 9)[:cut])
    error = fail(path)
    assert error.message.startswith(f"{path}: the archive is damaged")
    assert error.hint == "Pack it again with gzip."


def test_what_is_called_an_archive_and_is_none_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl.gz"
    path.write_text('{"name": "Ada"}')
    assert "the archive is damaged" in fail(path).message


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_lines_is_an_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text(content)
    assert fail(path).message == f"{path} is empty."


def test_a_missing_file_a_folder_and_a_pipe_are_errors(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fail(tmp_path / "none").message == f"{tmp_path / 'none'} cannot be read: No such file or directory."
    assert fail(tmp_path).message == f"{tmp_path} is no file."
    assert fail(tmp_path / "pipe").message == f"{tmp_path / 'pipe'} is no file."
    assert "File name too long" in fail(tmp_path / ("n" * 300)).message


@pytest.mark.usefixtures("ordinary_user")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text('{"name": "Ada"}')
    path.chmod(0)
    assert fail(path).message == f"{path} cannot be read: Permission denied."


def test_an_id_may_not_be_there_twice(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match="two questions have the id 'b'"):
        check_unique(tmp_path, ["a", "b", "b"], HINT)


def test_an_archive_made_to_fill_the_memory_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.datasets.rows.MOST_BYTES", 1 << 20)
    (tmp_path / "names.jsonl.gz").write_bytes(gzip.compress(b" " * (3 << 20)))
    assert fail(tmp_path / "names.jsonl.gz").message.endswith("has a line of more than 1 MB.")
