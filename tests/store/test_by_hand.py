import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rag.errors import FolderError, NotFoundError
from rag.store.added import added_folder
from rag.store.by_hand import add_by_hand, put_back_by_hand, remove_by_hand
from rag.store.index import Index
from tests.store.rooms import check_in_step, statuses, sync_all, write

BEIRUT = "Talks in Beirut\n\nThe ministers of seven countries met in Beirut on Monday to talk about water.\n"
CAIRO = "Talks in Cairo\n\nThe envoys of nine countries met in Cairo on Tuesday to talk about the border.\n"


def ids(index: Index) -> set[str]:
    check_in_step(index)
    return {header.id for header in index.articles.headers()}


def add(index: Index, folder: Path | None, **texts: str) -> dict[str, str]:
    """Add texts by hand, with `__` for the dot in a name."""
    files = {}
    for name, text in texts.items():
        files[name.replace("__", ".")] = index.folder.parent / name
        write(index.folder.parent / name, text)
    return statuses(add_by_hand(index, folder, files, 1))


def test_an_added_file_is_found_and_stays_through_syncs_while_the_folder_is_left_alone(
    index: Index, folder: Path
) -> None:
    write(folder / "beirut.txt", BEIRUT)
    sync_all(index, folder)
    assert add(index, folder, cairo__txt=CAIRO) == {"cairo.txt": "added"}
    sync_all(index, folder)
    assert ids(index) == {"beirut", "cairo"}
    assert [file.name for file in folder.iterdir()] == ["beirut.txt"]


def test_files_can_be_added_to_an_index_of_no_folder(index: Index) -> None:
    assert add(index, None, cairo__txt=CAIRO) == {"cairo.txt": "added"}
    assert ids(index) == {"cairo"}


def test_adding_while_the_folder_is_gone_costs_no_article(index: Index, folder: Path) -> None:
    write(folder / "beirut.txt", BEIRUT)
    sync_all(index, folder)
    add(index, None, cairo__txt=CAIRO)
    assert ids(index) == {"beirut", "cairo"}


def test_an_added_file_of_a_name_in_the_folder_is_an_article_of_its_own(index: Index, folder: Path) -> None:
    write(folder / "talks.txt", BEIRUT)
    sync_all(index, folder)
    add(index, folder, talks__txt=CAIRO)
    assert ids(index) == {"talks", "talks-2"}


def test_a_file_that_cannot_be_read_is_told_and_not_kept(index: Index) -> None:
    assert add(index, None, empty__txt="", tune__mp3="la") == {"empty.txt": "failed", "tune.mp3": "failed"}
    assert [file for file in added_folder(index).rglob("*") if file.is_file()] == []
    assert sync_all_added(index) == {}


def sync_all_added(index: Index) -> dict[str, str]:
    return statuses(add_by_hand(index, None, {}, 1))


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "..\\x.txt", "<b>.txt", "a\0b.txt", "x" * 300 + ".txt"])
def test_no_name_leads_out_of_the_index(index: Index, name: str) -> None:
    write(index.folder.parent / "given", CAIRO)
    [report] = add_by_hand(index, None, {name: index.folder.parent / "given"}, 1)
    assert report.status == "added"
    [kept] = [file for file in added_folder(index).rglob("*") if file.is_file()]
    assert kept.resolve().is_relative_to(added_folder(index).resolve())
    assert not set("<>\0") & set(kept.name)


def test_a_removed_article_stays_out_while_its_file_stays_in_the_folder(index: Index, folder: Path) -> None:
    write(folder / "beirut.txt", BEIRUT)
    write(folder / "cairo.txt", CAIRO)
    sync_all(index, folder)
    remove_by_hand(index, "beirut")
    assert ids(index) == {"cairo"}
    sync_all(index, folder)
    sync_all(index, folder)
    assert ids(index) == {"cairo"}
    assert (folder / "beirut.txt").exists()


def test_a_new_file_where_a_removed_article_was_is_another_one(index: Index, folder: Path) -> None:
    write(folder / "today.txt", BEIRUT)
    write(folder / "other.txt", "Rain in Rome\n\nIt rained in Rome for nine days.\n")
    sync_all(index, folder)
    remove_by_hand(index, "today")
    (folder / "today.txt").unlink()
    sync_all(index, folder)
    write(folder / "today.txt", CAIRO)
    sync_all(index, folder)
    assert ids(index) == {"today", "other"}


def test_long_names_keep_their_suffix_and_stay_apart(index: Index) -> None:
    long = "a" * 150
    files = {f"{long} {part}__txt": text for part, text in (("one", BEIRUT), ("two", CAIRO))}
    row = json.dumps({"id": "rome", "title": "Rain in Rome", "text": "It rained in Rome for nine days."})
    assert set(add(index, None, **files).values()) == {"added"}
    assert add(index, None, **{"news__2017-09-23__part1__jsonl": row}) == {"news.2017-09-23.part1.jsonl": "added"}
    assert len(ids(index)) == 3


def test_of_a_file_of_many_only_the_removed_article_is_out(index: Index, folder: Path) -> None:
    rows = [{"id": name, "title": name, "text": f"The {name} met in town on Monday."} for name in ("kings", "envoys")]
    write(folder / "many.jsonl", "\n".join(map(json.dumps, rows)))
    sync_all(index, folder)
    remove_by_hand(index, "kings")
    sync_all(index, folder)
    assert ids(index) == {"envoys"}


def test_a_removed_article_that_was_added_by_hand_is_deleted_and_can_be_added_again(index: Index) -> None:
    add(index, None, cairo__txt=CAIRO)
    remove_by_hand(index, "cairo")
    assert ids(index) == set()
    assert not (added_folder(index) / "cairo.txt").exists()
    add(index, None, cairo__txt=CAIRO)
    assert ids(index) == {"cairo"}


def test_what_was_removed_from_the_folder_can_be_added_by_hand(index: Index, folder: Path) -> None:
    write(folder / "beirut.txt", BEIRUT)
    write(folder / "cairo.txt", CAIRO)
    sync_all(index, folder)
    remove_by_hand(index, "cairo")
    add(index, folder, cairo__txt=CAIRO)
    assert len(ids(index)) == 2


def put_back(index: Index, folder: Path | None, article_id: str) -> None:
    put_back_by_hand(index, folder, article_id, 1)


def test_a_removed_article_of_the_folder_can_be_put_back_and_stays(index: Index, folder: Path) -> None:
    write(folder / "beirut.txt", BEIRUT)
    write(folder / "cairo.txt", CAIRO)
    sync_all(index, folder)
    before = index.articles.article("beirut")
    assert remove_by_hand(index, "beirut")
    put_back(index, folder, "beirut")
    sync_all(index, folder)
    assert ids(index) == {"beirut", "cairo"}
    assert index.articles.article("beirut") == before


def test_of_several_removed_from_one_file_only_the_wanted_one_is_put_back(index: Index, folder: Path) -> None:
    rows = [{"id": name, "title": name, "text": f"The {name} met in town on Monday."} for name in ("kings", "envoys")]
    write(folder / "many.jsonl", "\n".join(map(json.dumps, rows)))
    sync_all(index, folder)
    for name in ("kings", "envoys"):
        assert remove_by_hand(index, name)
    put_back(index, folder, "envoys")
    assert ids(index) == {"envoys"}


def test_what_is_deleted_or_was_never_removed_cannot_be_put_back(index: Index, folder: Path) -> None:
    write(folder / "beirut.txt", BEIRUT)
    sync_all(index, folder)
    add(index, folder, cairo__txt=CAIRO)
    assert not remove_by_hand(index, "cairo")
    for name in ("cairo", "beirut", "nobody"):
        with pytest.raises(NotFoundError, match="cannot be put back"):
            put_back(index, folder, name)
    assert ids(index) == {"beirut"}


def test_removing_what_is_not_there_is_an_error(index: Index) -> None:
    with pytest.raises(NotFoundError):
        remove_by_hand(index, "nobody")


def test_a_folder_that_never_had_articles_is_no_error_where_that_is_said(index: Index, folder: Path) -> None:
    with pytest.raises(FolderError):
        sync_all(index, folder)
    add(index, folder, cairo__txt=CAIRO)
    assert ids(index) == {"cairo"}


class WatchedFiles(dict[str, Path]):
    """Files that note whether somebody else could change the index while they are copied."""

    def __init__(self, index: Index, files: dict[str, Path]) -> None:
        super().__init__(files)
        self.index = index
        self.held: list[bool] = []

    def items(self) -> Any:
        self.held.append(self.index.syncing.locked())
        return super().items()


def test_no_removal_comes_between_the_copying_of_a_file_and_its_reading(index: Index, tmp_path: Path) -> None:
    write(tmp_path / "cairo", CAIRO)
    files = WatchedFiles(index, {"cairo.txt": tmp_path / "cairo"})
    add_by_hand(index, None, files, 1)
    assert files.held == [True]
    assert not index.syncing.locked()


def test_files_added_and_removed_at_once_end_up_whole_or_gone(index: Index, folder: Path) -> None:
    add(index, None, cairo__txt=CAIRO)
    with ThreadPoolExecutor(2) as threads:
        for number in range(10):
            adding = threads.submit(add, index, None, cairo__txt=f"{CAIRO}\nIt rained {number} days.\n")
            removing = threads.submit(remove_by_hand, index, "cairo")
            assert set(adding.result().values()) <= {"added", "changed"}
            assert removing.exception() is None or isinstance(removing.exception(), NotFoundError)
            assert ("cairo" in ids(index)) == (added_folder(index) / "cairo.txt").exists()
