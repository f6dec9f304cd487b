import json
import os
import threading
import time
from pathlib import Path

import pytest

from rag.errors import FolderError, IndexFolderError
from rag.records import Passage
from rag.search.hybrid import search
from rag.store.index import Index
from rag.store.sync import sync
from tests.store.rooms import (
    CountingEmbedder,
    check_in_step,
    check_like_clean_build,
    contents,
    open_index,
    statuses,
    sync_all,
    write,
)

BEIRUT = "Talks in Beirut\n\nThe ministers of seven countries met in Beirut on Monday to talk about water.\n"
CAIRO = "Talks in Cairo\n\nThe envoys of nine countries met in Cairo on Tuesday to talk about the border.\n"
OSLO = "Talks in Oslo\n\nThe kings of two countries met in Oslo on Friday to talk about the price of fish.\n"


def ids(index: Index, path: str) -> list[str]:
    return sorted(index.files.article_ids(path))


def found(index: Index, question: str) -> Passage:
    return search(index, question, 1)[0]


# One file


def test_a_new_file_is_added_and_can_be_found(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    assert statuses(sync_all(index, folder)) == {"a.txt": "added"}
    assert found(index, "Who met in Beirut?").ref == "a#1"


def test_an_unchanged_file_is_neither_read_nor_embedded_again(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    embedder.texts.clear()
    assert statuses(sync_all(index, folder)) == {"a.txt": "unchanged"}
    assert embedder.texts == []


def test_a_touched_file_is_unchanged_and_not_embedded_again(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.txt", BEIRUT)
    assert statuses(sync_all(index, folder)) == {"a.txt": "unchanged"}
    assert embedder.texts == []


def test_an_edited_file_keeps_its_id_and_only_its_chunks_are_embedded(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", CAIRO)
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.txt", OSLO)
    assert statuses(sync_all(index, folder)) == {"a.txt": "changed", "b.txt": "unchanged"}
    assert ids(index, "a.txt") == ["a"]
    assert [text.split("\n")[0] for text in embedder.texts] == ["Talks in Oslo"]
    check_like_clean_build(index, folder)


def test_a_file_edited_within_the_tick_of_the_clock_is_seen(index: Index, folder: Path) -> None:
    (folder / "a.txt").write_text(BEIRUT)
    status = (folder / "a.txt").stat()
    sync_all(index, folder)
    (folder / "a.txt").write_text(BEIRUT.replace("seven", "eight"))
    os.utime(folder / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert statuses(sync_all(index, folder)) == {"a.txt": "changed"}
    assert "eight" in found(index, "Who met in Beirut?").paragraph.text


def test_a_renamed_file_keeps_its_id_and_is_not_embedded_again(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    embedder.texts.clear()
    (folder / "a.txt").rename(folder / "z.txt")
    [report] = sync_all(index, folder)
    assert (report.path, report.status, report.reason) == ("z.txt", "renamed", "It was called a.txt.")
    assert (ids(index, "z.txt"), embedder.texts) == (["a"], [])
    check_like_clean_build(index, folder)


def test_a_renamed_file_keeps_its_id_when_it_is_edited_later(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    (folder / "a.txt").rename(folder / "z.txt")
    sync_all(index, folder)
    write(folder / "z.txt", OSLO)
    assert statuses(sync_all(index, folder)) == {"z.txt": "changed"}
    assert ids(index, "z.txt") == ["a"]


def test_a_removed_file_takes_its_articles_with_it(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", CAIRO)
    sync_all(index, folder)
    (folder / "a.txt").unlink()
    assert statuses(sync_all(index, folder)) == {"a.txt": "removed", "b.txt": "unchanged"}
    assert index.articles.article_ids() == ["b"]
    check_like_clean_build(index, folder)


def test_a_folder_that_is_suddenly_empty_costs_no_article(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    (folder / "a.txt").unlink()
    with pytest.raises(FolderError, match="There are no articles") as caught:
        sync_all(index, folder)
    assert "Is its disk there?" in caught.value.hint
    assert found(index, "Who met in Beirut?").ref == "a#1"


def test_a_file_that_cannot_be_read_is_reported_and_keeps_its_old_articles(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    (folder / "a.txt").write_bytes(b"\x89PNG and no text")
    [report] = sync_all(index, folder)
    assert (report.path, report.status) == ("a.txt", "failed")
    assert report.hint
    assert found(index, "Who met in Beirut?").ref == "a#1"


def test_a_file_that_fails_is_reported_at_every_sync_until_it_is_mended(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", "")
    assert statuses(sync_all(index, folder)) == {"a.txt": "added", "b.txt": "failed"}
    assert statuses(sync_all(index, folder)) == {"a.txt": "unchanged", "b.txt": "failed"}
    write(folder / "b.txt", CAIRO)
    assert statuses(sync_all(index, folder)) == {"a.txt": "unchanged", "b.txt": "added"}


@pytest.mark.usefixtures("ordinary_user")
def test_a_file_that_may_not_be_opened_is_reported_and_keeps_its_old_articles(tmp_path: Path) -> None:
    write(tmp_path / "own" / "a.txt", BEIRUT)
    index = open_index(tmp_path / "closed")
    sync_all(index, tmp_path / "own")
    write(tmp_path / "own" / "a.txt", CAIRO)
    (tmp_path / "own" / "a.txt").chmod(0o000)
    [report] = sync_all(index, tmp_path / "own")
    assert (report.status, report.hint) == ("failed", "Check its permissions.")
    assert index.articles.article("a").title == "Talks in Beirut"
    index.close()


@pytest.mark.usefixtures("ordinary_user")
def test_articles_in_a_folder_that_may_not_be_opened_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "own" / "below" / "a.txt", BEIRUT)
    index = open_index(tmp_path / "closed")
    sync_all(index, tmp_path / "own")
    (tmp_path / "own" / "below").chmod(0o000)
    assert statuses(sync_all(index, tmp_path / "own")) == {"below": "failed"}
    (tmp_path / "own" / "below").chmod(0o755)
    assert index.articles.article_ids() == ["below/a"]
    index.close()


def test_a_file_of_200_megabytes_is_refused_quickly(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200 << 20)
    started = time.perf_counter()
    assert statuses(sync_all(index, folder)) == {"a.txt": "added", "huge.txt": "failed"}
    assert time.perf_counter() - started < 5


# The same content in several files


def test_the_same_content_under_two_names_is_one_article_in_two_files(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", BEIRUT)
    assert statuses(sync_all(index, folder)) == {"a.txt": "added", "b.txt": "added"}
    assert index.articles.article_ids() == ids(index, "a.txt") == ids(index, "b.txt") == ["a"]
    check_like_clean_build(index, folder)


def test_a_copy_made_later_is_the_same_article_and_not_embedded_again(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "b.txt", BEIRUT)
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.txt", BEIRUT)
    reports = sync_all(index, folder)
    assert statuses(reports) == {"a.txt": "added", "b.txt": "unchanged"}
    assert reports[0].reason == "It has the same content as b.txt."
    assert (ids(index, "a.txt"), index.articles.article_ids(), embedder.texts) == (["b"], ["b"], [])


@pytest.mark.parametrize(("edited", "other"), [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_editing_one_of_two_copies_leaves_the_other_as_it_was(
    index: Index, folder: Path, edited: str, other: str
) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", BEIRUT)
    sync_all(index, folder)
    write(folder / edited, CAIRO)
    assert statuses(sync_all(index, folder)) == {edited: "changed", other: "unchanged"}
    assert ids(index, other) == ["a"]
    check_like_clean_build(index, folder)
    (folder / edited).unlink()
    assert statuses(sync_all(index, folder)) == {edited: "removed", other: "unchanged"}
    check_like_clean_build(index, folder)


@pytest.mark.parametrize("deleted", ["a.txt", "b.txt"])
def test_deleting_one_of_two_copies_keeps_the_article(index: Index, folder: Path, deleted: str) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", BEIRUT)
    sync_all(index, folder)
    (folder / deleted).unlink()
    sync_all(index, folder)
    assert index.articles.article_ids() == ["a"]
    check_like_clean_build(index, folder)


def test_two_files_of_the_same_name_in_two_folders_are_two_articles(index: Index, folder: Path) -> None:
    write(folder / "2016" / "a.txt", BEIRUT)
    write(folder / "2017" / "a.txt", CAIRO)
    sync_all(index, folder)
    assert index.articles.article_ids() == ["2016/a", "2017/a"]


def test_two_files_that_differ_only_in_their_suffix_are_two_articles(index: Index, folder: Path) -> None:
    write(folder / "a.md", BEIRUT)
    write(folder / "a.txt", CAIRO)
    sync_all(index, folder)
    assert (ids(index, "a.md"), ids(index, "a.txt")) == (["a"], ["a-2"])


# Names that change hands


def test_a_file_that_was_rotated_away_and_its_successor_are_both_there(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    (folder / "a.txt").rename(folder / "b.txt")
    write(folder / "a.txt", CAIRO)
    sync_all(index, folder)
    check_like_clean_build(index, folder)


def test_two_files_that_swap_their_contents_swap_their_articles(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", CAIRO)
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.txt", CAIRO)
    write(folder / "b.txt", BEIRUT)
    assert statuses(sync_all(index, folder)) == {"a.txt": "changed", "b.txt": "changed"}
    assert (ids(index, "a.txt"), ids(index, "b.txt"), embedder.texts) == (["b"], ["a"], [])
    check_like_clean_build(index, folder)


def test_a_renamed_file_stays_known_when_another_takes_its_name(index: Index, folder: Path) -> None:
    write(folder / "b.txt", BEIRUT)
    write(folder / "c.txt", CAIRO)
    sync_all(index, folder)
    (folder / "b.txt").rename(folder / "a.txt")
    write(folder / "b.md", CAIRO)
    sync_all(index, folder)
    assert sorted(index.files.files()) == ["a.txt", "b.md", "c.txt"]
    (folder / "a.txt").unlink()
    assert statuses(sync_all(index, folder))["a.txt"] == "removed"
    check_like_clean_build(index, folder)


def test_a_renamed_file_keeps_its_text_when_a_record_asks_for_its_id(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    (folder / "a.txt").rename(folder / "z.txt")
    write(folder / "c.jsonl", json.dumps({"id": "a", "title": "Fish", "text": OSLO}))
    sync_all(index, folder)
    assert len(ids(index, "z.txt")) == 1
    check_like_clean_build(index, folder)


def test_the_same_bytes_are_read_anew_under_another_suffix(index: Index, folder: Path) -> None:
    write(folder / "a.txt", f"<html><body><h1>Talks</h1><p>{BEIRUT}</p></body></html>")
    sync_all(index, folder)
    (folder / "a.txt").rename(folder / "a.html")
    assert statuses(sync_all(index, folder)) == {"a.txt": "removed", "a.html": "added"}
    assert "<p>" not in index.articles.article(*ids(index, "a.html")).text


def test_a_file_from_the_far_future_is_a_file_like_any(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    os.utime(folder / "a.txt", (10_413_792_000, 10_413_792_000))
    assert statuses(sync_all(index, folder)) == {"a.txt": "added"}
    assert statuses(sync_all(index, folder)) == {"a.txt": "unchanged"}


# Files with many articles


def lines(*records: tuple[str, str] | str) -> str:
    """Return JSON lines from pairs of id and text, a string being a line as it stands."""
    rows = [r if isinstance(r, str) else json.dumps({"id": r[0], "title": "News", "text": r[1]}) for r in records]
    return "\n".join(rows) + "\n"


def test_json_lines_keep_their_own_ids_and_the_others_are_counted(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("own", BEIRUT), ("", CAIRO)))
    [report] = sync_all(index, folder)
    assert (report.status, report.articles) == ("added", 2)
    assert ids(index, "a.jsonl") == ["a-2", "own"]


def test_two_articles_that_ask_for_one_id_get_two(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("own", BEIRUT), ("own", CAIRO)))
    write(folder / "b.jsonl", lines(("own", OSLO)))
    sync_all(index, folder)
    assert (ids(index, "a.jsonl"), ids(index, "b.jsonl")) == (["own", "own-2"], ["own-3"])
    check_like_clean_build(index, folder)


def test_a_bad_line_among_good_ones_is_reported_with_its_number(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), "{no json", ("y", CAIRO)))
    assert statuses(sync_all(index, folder)) == {"a.jsonl": "added", "a.jsonl:2": "failed"}
    assert ids(index, "a.jsonl") == ["x", "y"]


def test_a_bad_line_is_told_at_every_sync_until_it_is_mended(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), "{no json"))
    sync_all(index, folder)
    assert statuses(sync_all(index, folder)) == {"a.jsonl": "unchanged", "a.jsonl:2": "failed"}
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", CAIRO)))
    assert statuses(sync_all(index, folder)) == {"a.jsonl": "changed"}
    check_like_clean_build(index, folder)


def test_a_line_that_goes_bad_keeps_the_article_that_it_gave(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", CAIRO)))
    sync_all(index, folder)
    write(folder / "a.jsonl", lines(("x", OSLO), "{no json"))
    sync_all(index, folder)
    assert ids(index, "a.jsonl") == ["x", "y"]
    assert index.articles.article("x").text == OSLO
    check_in_step(index)


def test_a_record_put_in_above_the_others_takes_no_name_from_them(
    index: Index, folder: Path, embedder: CountingEmbedder
) -> None:
    write(folder / "a.jsonl", lines(("", BEIRUT), ("", CAIRO)))
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.jsonl", lines(("", OSLO), ("", BEIRUT), ("", CAIRO)))
    sync_all(index, folder)
    assert [index.articles.article(name).text for name in ("a-1", "a-2", "a-1-2")] == [BEIRUT, CAIRO, OSLO]
    assert [text for text in embedder.texts if "Oslo" not in text] == []


def test_only_the_edited_line_is_embedded(index: Index, folder: Path, embedder: CountingEmbedder) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", CAIRO)))
    sync_all(index, folder)
    embedder.texts.clear()
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", OSLO)))
    sync_all(index, folder)
    assert [text for text in embedder.texts if "Oslo" not in text] == []
    check_like_clean_build(index, folder)


def test_a_line_that_is_taken_out_takes_its_article_with_it(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", CAIRO)))
    sync_all(index, folder)
    write(folder / "a.jsonl", lines(("y", CAIRO)))
    assert statuses(sync_all(index, folder)) == {"a.jsonl": "changed"}
    assert index.articles.article_ids() == ["y"]
    check_like_clean_build(index, folder)


# Folders


def test_a_missing_folder_is_an_error_and_costs_no_article(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(FolderError, match="does not exist"):
        sync_all(index, folder)
    assert index.articles.article_ids() == ["a"]


def test_an_empty_folder_is_an_error_that_names_the_suffixes(index: Index, folder: Path) -> None:
    with pytest.raises(FolderError, match="no articles") as caught:
        sync_all(index, folder)
    assert ".txt" in caught.value.hint


def test_another_folder_is_refused(index: Index, folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(tmp_path / "other" / "a.txt", CAIRO)
    sync_all(index, folder)
    with pytest.raises(IndexFolderError, match=f"not of {tmp_path / 'other'}"):
        sync_all(index, tmp_path / "other")
    assert index.articles.article("a").title == "Talks in Beirut"


def test_a_single_file_is_synced_and_followed(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(folder / "b.txt", CAIRO)
    assert statuses(sync_all(index, folder / "a.txt")) == {"a.txt": "added"}
    write(folder / "a.txt", OSLO)
    assert statuses(sync_all(index, folder / "a.txt")) == {"a.txt": "changed"}
    assert index.articles.article_ids() == ["a"]


@pytest.mark.parametrize("name", ["two words", "Ünïcode ☃ новости", "new\nline", 'it\'s "quoted"', "%s ; --", "#3"])
def test_an_article_of_a_file_with_any_name_can_be_found_and_removed(index: Index, folder: Path, name: str) -> None:
    write(folder / f"{name}.txt", BEIRUT)
    write(folder / "other.txt", OSLO)
    sync_all(index, folder)
    passage = found(index, "Who met in Beirut?")
    assert index.files.paths(passage.article.id) == [f"{name}.txt"]
    assert passage.ref.count("#") == 1
    assert not any(character.isspace() for character in passage.ref)
    (folder / f"{name}.txt").unlink()
    sync_all(index, folder)
    assert index.articles.article_ids() == ["other"]


def test_what_cannot_be_taken_is_reported_beside_what_can(index: Index, folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    write(tmp_path / "outside.txt", CAIRO)
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(OSLO)
    os.mkfifo(folder / "pipe.txt")
    found = statuses(sync_all(index, folder))
    assert found == {"a.txt": "added", "caf\\xe9.txt": "failed", "link.txt": "failed", "pipe.txt": "failed"}


# At the same time


def test_progress_tells_articles_done_of_all(index: Index, folder: Path) -> None:
    write(folder / "a.jsonl", lines(("x", BEIRUT), ("y", CAIRO)))
    write(folder / "b.txt", OSLO)
    told: list[tuple[int, int]] = []
    sync(index, folder, 1, lambda progress: told.append((progress.done, progress.total)))
    assert (told[0], told[-1]) == ((0, 3), (3, 3))


def test_a_search_during_a_sync_finds_the_old_version_or_the_new(index: Index, folder: Path) -> None:
    write(folder / "a.txt", BEIRUT)
    sync_all(index, folder)
    seen: list[str] = []

    def look(*_: object) -> None:
        seen.append(found(index, "Who met in Beirut to talk about water?").article.title)

    for age in range(1, 4):
        write(folder / "a.txt", BEIRUT.replace("Talks", f"Talks {age}"))
        sync(index, folder, 1, look)
        look()
    assert set(seen) <= {"Talks in Beirut", *(f"Talks {age} in Beirut" for age in range(1, 4))}
    assert seen[-1] == "Talks 3 in Beirut"


def test_two_syncs_at_once_are_like_one(index: Index, folder: Path) -> None:
    for number in range(30):
        write(folder / f"{number}.txt", BEIRUT.replace("seven", f"seven{number}"))
    errors: list[BaseException] = []

    def work() -> None:
        try:
            sync_all(index, folder)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(contents(index)) == 30
    check_like_clean_build(index, folder)
