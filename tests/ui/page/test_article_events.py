from pathlib import Path

import pytest

from ui.page import article_events
from ui.page.article_events import uploaded_files


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
