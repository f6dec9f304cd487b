import threading
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rag.store.report import FileReport
from ui.page import article_events
from ui.page.article_events import ArticleEvents, uploaded_files
from ui.page.limits import Limits


class SlowDesk:
    """A desk that reads files only when it is told to go on."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.done = threading.Event()
        self.read: dict[str, str] = {}

    def add(self, files: Mapping[str, Path], on_progress: object) -> list[FileReport]:
        self.go.wait(30)
        self.read = {name: file.read_text() for name, file in files.items()}
        self.done.set()
        return [FileReport(name, "added", 1) for name in files]


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr(article_events, "get_upload_folder", lambda: str(folder))
    return folder


def sent(*files: object) -> object:
    return {"files": [{"name": f"{number}.txt", "path": str(file)} for number, file in enumerate(files)]}


def test_what_was_uploaded_is_taken_by_its_name(uploads: Path) -> None:
    (uploads / "x").write_text("x")
    assert uploaded_files(sent(uploads / "x"), 5) == {"0.txt": uploads / "x"}


def test_no_other_file_of_this_machine_is_taken(uploads: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (uploads / "link").symlink_to(tmp_path / "secret")
    wanted = sent("/etc/passwd", uploads / ".." / "secret", uploads / "link", uploads, uploads / "missing")
    assert uploaded_files(wanted, 5) == {}


@pytest.mark.parametrize("data", [None, [], "x", {}, {"files": 7}, {"files": ["x", None, {}]}])
def test_what_is_no_list_of_files_holds_none(uploads: Path, data: object) -> None:
    assert uploads.exists()
    assert uploaded_files(data, 5) == {}


def test_no_more_files_are_taken_than_may_be(uploads: Path) -> None:
    for name in "abc":
        (uploads / name).write_text(name)
    assert len(uploaded_files(sent(*uploads.iterdir()), 2)) == 2


def test_files_are_read_to_the_end_though_the_visitor_has_left(uploads: Path) -> None:
    (uploads / "x").write_text("the text")
    desk: Any = SlowDesk()
    event: Any = SimpleNamespace(_data=sent(uploads / "x"))
    told = ArticleEvents(desk, Limits()).add(event)
    assert next(told)["progress"]["task"] == "reading articles"
    told.close()  # type: ignore[attr-defined]
    desk.go.set()
    assert desk.done.wait(30)
    assert desk.read == {"0.txt": "the text"}


def test_two_visitors_may_send_the_same_file_and_whose_is_gone_is_told(uploads: Path) -> None:
    (uploads / "x").write_text("the text")
    desk: Any = SlowDesk()
    events = ArticleEvents(desk, Limits())
    data: Any = SimpleNamespace(_data=sent(uploads / "x"))
    first, second = events.add(data), events.add(data)
    next(first)
    next(second)
    desk.go.set()
    assert [line["status"] for line in list(first)[-1]["lines"]] == ["added"]
    assert list(second)[-1]["lines"] == [
        {"status": "failed", "path": "0.txt", "details": "It did not arrive. Drop it again."}
    ]
    assert not (uploads / "x").exists()
