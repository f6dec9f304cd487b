"""The page in a real browser: articles in and out, and what a hostile one can do (nothing)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.page.conftest import Server, Visitor
from tests.ui.page.server import LIMITS

EVIL = "http://evil.example"
HOSTILE = f"""<img src="{EVIL}/a.png" onerror="hacked()"><script>hacked()</script> ${{hacked()}} {{{{hacked()}}}}

The zeppelin <script>hacked()</script> landed in Ulm <img src={EVIL}/b.png onerror=hacked()> on Monday ${{hacked()}}.

<form action="{EVIL}/form"><input name=x><button>Send</button></form> <iframe src="{EVIL}/frame"></iframe>

![picture]({EVIL}/c.png) <a href="javascript:hacked()" onclick="hacked()">click</a> <svg onload=hacked()>
<b onmouseover=hacked()>
"""


def drop(visitor: Visitor, *files: Path) -> None:
    visitor.page.click("[data-tab=articles]")
    visitor.page.set_input_files("[aria-label='Files with articles']", list(files))


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_dropped_files_are_read_and_each_tells_what_became_of_it(
    server: Server, visitor: Visitor, tmp_path: Path
) -> None:
    good = write(tmp_path, "good.txt", "Kites over Bern\n\nThe mayor of Bern flew seven red kites on Tuesday.\n")
    drop(visitor, good, write(tmp_path, "empty.txt", ""), write(tmp_path, "tune.mp3", "la"))
    lines = visitor.page.locator(".drop li")
    expect(lines).to_have_count(3)
    expect(lines.filter(has_text="good.txt")).to_contain_text("added good.txt 1 article")
    expect(lines.filter(has_text="empty.txt")).to_contain_text("failed empty.txt the file is empty")
    expect(lines.filter(has_text="tune.mp3")).to_contain_text("This kind of file cannot be read.")
    expect(visitor.page.locator("#articles .list .title", has_text="Kites over Bern")).to_be_visible()
    expect(visitor.ask("Who flew seven red kites?").locator(".footnotes")).to_contain_text("Kites over Bern")
    assert not (server.folder / "articles" / "good.txt").exists()


def write_folder(folder: Path) -> Path:
    (folder / "city" / "north").mkdir(parents=True)
    write(folder / "city", "fog.txt", "Fog over Biel\n\nThe green fog of Biel lifted on Monday.\n")
    write(folder / "city" / "north", "hail.md", "# Hail in Aarau\n\nThe blue hail of Aarau fell on Tuesday.\n")
    write(folder / "city", ".hidden.txt", "Hidden\n\nNobody should read this.\n")
    return folder / "city"


def test_a_folder_can_be_chosen_and_what_lies_below_it_is_read(visitor: Visitor, tmp_path: Path) -> None:
    visitor.page.click("[data-tab=articles]")
    visitor.page.set_input_files("[aria-label='A folder of articles']", write_folder(tmp_path))
    expect(visitor.page.locator(".drop li")).to_have_text(
        [re.compile("city/fog.txt 1 article"), re.compile("city/north/hail.md 1 article")]
    )
    expect(visitor.page.locator("#articles .list .title", has_text="Hail in Aarau")).to_be_visible()


def test_files_and_folders_can_be_dropped_with_the_mouse_anywhere_on_the_page(visitor: Visitor, tmp_path: Path) -> None:
    single = write(tmp_path, "rain.txt", "Rain in Sion\n\nThe orange rain of Sion stopped on Friday.\n")
    mouse = visitor.context.new_cdp_session(visitor.page)
    files = [str(write_folder(tmp_path)), str(single)]
    data = {"items": [], "files": files, "dragOperationsMask": 1}
    zone = visitor.page.locator(".drop")
    mouse.send("Input.dispatchDragEvent", {"type": "dragEnter", "x": 300, "y": 400, "data": data})
    for _ in range(100):  # as long as a mouse holds files over a page, the browser says so again and again
        mouse.send("Input.dispatchDragEvent", {"type": "dragOver", "x": 300, "y": 400, "data": data})
        if zone.is_visible():
            break
        visitor.page.wait_for_timeout(100)
    expect(zone).to_be_visible()
    at = zone.bounding_box()
    assert at
    place = {"x": at["x"] + 20, "y": at["y"] + 20}
    for kind in ("dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})
    expect(visitor.page.locator(".drop li")).to_have_count(3)
    expect(visitor.page.locator(".drop li.failed")).to_have_count(0)
    expect(visitor.page.locator("#articles .list .title", has_text="Rain in Sion")).to_be_visible()


def test_a_file_that_is_too_large_is_told_and_the_others_are_read(
    server: Server, visitor: Visitor, tmp_path: Path
) -> None:
    large = write(tmp_path, "large.txt", "Large\n\n" + "word " * (LIMITS.upload_megabytes * 250_000))
    drop(visitor, large, write(tmp_path, "thaw.txt", "Thaw in Visp\n\nThe grey ice of Visp broke on Sunday.\n"))
    lines = visitor.page.locator(".drop li")
    expect(lines.filter(has_text="large.txt")).to_contain_text("failed large.txt It is larger than 1 MB.")
    expect(lines.filter(has_text="thaw.txt")).to_contain_text("1 article")
    part = {"name": "large.txt", "mimeType": "text/plain", "buffer": large.read_bytes()}
    sent = visitor.context.request.post(f"{server.url}gradio_api/upload", multipart={"files": part})
    assert sent.status == 413


def test_of_too_many_files_the_first_are_read_and_the_others_are_told(visitor: Visitor, tmp_path: Path) -> None:
    names = [f"wind-{number}.txt" for number in range(LIMITS.upload_files + 2)]
    drop(visitor, *(write(tmp_path, name, f"Wind {name}\n\nThe wind of {name} blew hard.\n") for name in names))
    lines = visitor.page.locator(".drop li")
    expect(lines).to_have_count(len(names))
    expect(lines.filter(has_text="1 article")).to_have_count(LIMITS.upload_files)
    expect(lines.filter(has_text="At most 5 files at once; drop it again.")).to_have_count(2)


def test_an_article_is_removed_after_a_question_and_answers_no_more(visitor: Visitor, tmp_path: Path) -> None:
    drop(visitor, write(tmp_path, "snow.txt", "Snow in Chur\n\nThe purple snow of Chur melted on Sunday.\n"))
    remove = visitor.page.get_by_role("button", name="Remove: Snow in Chur")
    remove.click()
    visitor.page.get_by_role("button", name="Cancel").click()
    remove.click()
    visitor.page.locator("dialog").get_by_role("button", name="Remove").click()
    expect(remove).to_have_count(0)
    expect(visitor.ask("When did the purple snow melt?").locator(".not_in_articles")).to_be_visible()


def test_what_was_removed_can_be_put_back_at_once_unless_it_is_deleted(visitor: Visitor, tmp_path: Path) -> None:
    drop(visitor, write(tmp_path, "ice.txt", "Ice in Davos\n\nThe white ice of Davos cracked on Sunday.\n"))
    for title, can_be_put_back in (("Ice in Davos", False), ("Report: Nasrallah is pushing", True)):
        listed = visitor.page.locator("#articles .list li", has_text=title)
        listed.get_by_role("button", name="Remove").click()
        visitor.page.locator("dialog").get_by_role("button", name="Remove").click()
        expect(visitor.page.locator("#notice")).to_contain_text("Removed.")
        expect(listed).to_have_count(0)
        put_back = visitor.page.locator("#notice").get_by_role("button", name="Put it back")
        expect(put_back).to_have_count(int(can_be_put_back))
    put_back.click()
    expect(visitor.page.locator("#notice")).to_contain_text("It is back.")
    expect(listed).to_have_count(1)


def test_a_question_can_be_limited_to_an_article(visitor: Visitor) -> None:
    visitor.page.click("[data-tab=articles]")
    visitor.page.fill("[type=search]", "Nasrallah pushing")
    expect(visitor.page.locator("#articles .list li")).to_have_count(1)
    chosen = visitor.page.locator("#articles .list li").get_attribute("data-id")
    visitor.page.locator("#articles .list input").check()
    expect(visitor.page.locator(".limit")).to_contain_text("Asking only: 1 chosen article")
    turn = visitor.ask("What did Hamas say about Syria?")
    turn.locator("[data-cite]").first.click()
    expect(visitor.page.locator("#reader .address")).to_have_text(chosen or "")
    visitor.page.get_by_role("button", name="Ask all articles").click()
    expect(visitor.page.locator(".limit")).to_be_empty()


def test_the_list_is_filtered_by_date_and_by_what_the_answer_used(visitor: Visitor) -> None:
    visitor.page.click("[data-tab=articles]")
    visitor.page.get_by_label("Published from").fill("2017-09-23")
    visitor.page.get_by_label("to", exact=True).fill("2017-09-23")
    expect(visitor.page.locator("#articles .list li")).to_have_count(1)
    visitor.page.get_by_role("button", name="Ask only these dates").click()
    expect(visitor.page.locator(".limit")).to_contain_text("published from 2017-09-23 to 2017-09-23")
    visitor.ask("Who headed the Hamas delegation in Beirut?")
    visitor.page.get_by_label("used by the answer on screen").check()
    expect(visitor.page.locator("#articles .list li")).to_have_count(1)


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_nothing_in_a_hostile_article_runs_or_loads(visitor: Visitor, tmp_path: Path, suffix: str) -> None:
    visitor.page.evaluate("window.hacks = 0; window.hacked = () => { window.hacks += 1 }")
    name = f"<img src=x onerror=hacked()>${{hacked()}}-{suffix}.{suffix}"
    drop(visitor, write(tmp_path, name, HOSTILE))
    expect(visitor.page.locator(".drop li")).to_contain_text("added")
    turn = visitor.ask("Where did the zeppelin land? <img src=http://evil.example/q.png onerror=hacked()> ${hacked()}")
    turn.locator("[data-cite]").first.click()
    expect(visitor.page.locator("#reader")).to_contain_text("zeppelin")
    turn.locator("[data-cite]").first.hover()
    visitor.page.click("[data-tab=kept]")
    visitor.page.click("[data-tab=articles]")
    visitor.page.locator("#articles .list .title").first.hover()
    visitor.page.reload()
    expect(visitor.page.locator(".turn")).to_be_visible()
    assert visitor.page.evaluate("window.hacks || 0") == 0
    ours = "#transcript, #reader, #articles, #kept"
    assert visitor.page.locator(f":is({ours}) :is(img, script, iframe, form, svg, [onerror], [onclick])").count() == 0
