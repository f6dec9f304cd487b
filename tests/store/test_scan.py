import os
import time
from pathlib import Path

import pytest

from rag.errors import FolderError
from rag.store.report import FileReport
from rag.store.scan import scan_folder


def paths(folder: Path) -> list[str]:
    return [file.path for file in scan_folder(folder).files]


def passed_over(folder: Path) -> list[FileReport]:
    return scan_folder(folder).passed_over


def test_files_with_articles_are_found_below_in_order_of_folders(folder: Path) -> None:
    (folder / "2017").mkdir()
    for name in ("b.txt", "a.MD", "2017/c.jsonl.gz", "picture.png", "notes"):
        (folder / name).write_text("x")
    assert paths(folder) == ["a.MD", "b.txt", "2017/c.jsonl.gz"]
    assert passed_over(folder) == []


def test_size_and_time_are_those_of_the_file(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"12345")
    os.utime(folder / "a.txt", ns=(7, 1_500_000_000_123_456_789))
    [found] = scan_folder(folder).files
    assert (found.size, found.modified_ns) == (5, 1_500_000_000_123_456_789)


@pytest.mark.parametrize(
    "name", ["two words.txt", "Ünïcode ☃ новости 新聞.txt", "new\nline.txt", 'it\'s "quoted".txt', "%s {0} ; --.txt"]
)
def test_a_file_may_have_any_name(folder: Path, name: str) -> None:
    (folder / name).write_text("x")
    assert paths(folder) == [name]


def test_a_name_that_is_no_unicode_is_passed_over_with_a_report(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (folder / "cafe.txt").write_text("x")
    [report] = passed_over(folder)
    assert paths(folder) == ["cafe.txt"]
    assert (report.path, report.status) == ("caf\\xe9.txt", "failed")
    assert "Rename" in report.hint


def test_names_that_begin_with_a_dot_are_passed_over_in_silence(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("x")
    (folder / ".hidden.txt").write_text("x")
    (folder / ".link").symlink_to(tmp_path)
    assert (paths(folder), passed_over(folder)) == ([], [])


def test_links_that_lead_out_of_the_folder_are_reported_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text("x")
    (folder / "file.txt").symlink_to(tmp_path / "secret" / "a.txt")
    (folder / "below").symlink_to(tmp_path / "secret")
    assert paths(folder) == []
    assert {report.path: report.status for report in passed_over(folder)} == {"file.txt": "failed", "below": "failed"}


def test_a_link_to_a_neighbour_whose_name_only_begins_alike_leads_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles-2").mkdir()
    (tmp_path / "articles-2" / "a.txt").write_text("x")
    (folder / "a.txt").symlink_to(tmp_path / "articles-2" / "a.txt")
    assert paths(folder) == []


def test_a_link_inside_the_folder_is_a_file_like_any_other(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    (folder / "b.txt").symlink_to("a.txt")
    assert paths(folder) == ["a.txt", "b.txt"]


def test_a_folder_that_is_itself_a_link_is_scanned(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to(folder)
    assert paths(tmp_path / "link") == ["a.txt"]


@pytest.mark.parametrize("target", ["loop.txt", "gone.txt"])
def test_a_link_that_leads_nowhere_is_reported(folder: Path, target: str) -> None:
    (folder / "loop.txt").symlink_to(target)
    [report] = passed_over(folder)
    assert (report.path, report.status) == ("loop.txt", "failed")


def test_a_pipe_is_reported_and_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    [report] = passed_over(folder)
    assert paths(folder) == []
    assert (report.path, report.status) == ("pipe.txt", "failed")


@pytest.mark.usefixtures("ordinary_user")
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_an_unreadable_subfolder_is_reported_and_nothing_in_it_is_taken_for_gone(tmp_path: Path, mode: int) -> None:
    (tmp_path / "own" / "closed").mkdir(parents=True)
    (tmp_path / "own" / "closed" / "a.txt").write_text("x")
    (tmp_path / "own" / "closed").chmod(mode)
    scan = scan_folder(tmp_path / "own")
    (tmp_path / "own" / "closed").chmod(0o755)
    assert scan.files == []
    assert scan.passed_over[0].path.startswith("closed")
    assert scan.missing(["closed/a.txt", "closed2/a.txt"]) == ["closed2/a.txt"]


@pytest.mark.usefixtures("ordinary_user")
@pytest.mark.parametrize("closed", ["own", "own/articles"])
def test_a_folder_that_may_not_be_listed_is_an_error_that_names_it(tmp_path: Path, closed: str) -> None:
    folder = tmp_path / "own" / "articles"
    folder.mkdir(parents=True)
    (tmp_path / closed).chmod(0o000)
    try:
        with pytest.raises(FolderError, match="articles") as caught:
            scan_folder(folder)
    finally:
        (tmp_path / closed).chmod(0o755)
    assert caught.value.hint


def test_a_missing_folder_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="does not exist") as caught:
        scan_folder(tmp_path / "gone")
    assert "footnote index" in caught.value.hint


def test_a_pipe_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FolderError, match="is no folder"):
        scan_folder(tmp_path / "pipe")


def test_a_single_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "notes.rtf").write_text("x")
    with pytest.raises(FolderError, match=r"notes.rtf ends in none of .txt"):
        scan_folder(tmp_path / "notes.rtf")


def test_a_single_file_is_a_folder_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert paths(tmp_path / "a.txt") == ["a.txt"]


def test_what_is_missing_is_found_in_no_time_among_many_files(folder: Path) -> None:
    for number in range(3000):
        (folder / f"{number}.txt").touch()
    scan = scan_folder(folder)
    started = time.perf_counter()
    assert scan.missing([f"{number}.txt" for number in range(1, 3001)]) == ["3000.txt"]
    assert time.perf_counter() - started < 1


def test_a_link_that_would_not_be_read_anyway_is_passed_over_in_silence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("x")
    (folder / "key.pem").symlink_to(tmp_path / "key.pem")
    (folder / "~$open.docx").write_text("x")
    scan = scan_folder(folder)
    assert (scan.files, scan.passed_over) == ([], [])
