"""The page in a real browser: narrow, dark, by keyboard alone, and by axe-core's rules."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.page.conftest import Server, Visitor
from tests.ui.page.server import SLOW

AXE = Path(".venv/axe/node_modules/axe-core/axe.min.js")
DAMASCUS = "When did Hamas move its headquarters out of Damascus?"
NARROW = {"width": 390, "height": 844}


def test_on_a_phone_nothing_sticks_out_and_a_mark_opens_the_article_over_the_page(visitors: Any) -> None:
    visitor = visitors(viewport=NARROW)
    visitor.ask(DAMASCUS).locator(".sentences .mark").first.click()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    expect(visitor.page.locator("#reader mark")).to_be_in_viewport()
    visitor.page.get_by_role("button", name="Back to the answer").click()
    expect(visitor.page.locator("#reader mark")).to_be_hidden()
    expect(visitor.page.locator(".sentences")).to_be_in_viewport()


def test_on_a_phone_the_focus_stays_in_the_open_pane_and_goes_back_when_it_closes(visitors: Any) -> None:
    visitor = visitors(viewport=NARROW)
    page = visitor.page
    visitor.ask(DAMASCUS)
    for opener in ("[data-page=articles]", ".sentences .mark >> nth=0"):
        page.locator(opener).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#right")).to_be_visible()
        for _ in range(25):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('#right')"
            )
        page.keyboard.press("Escape")
        expect(page.locator("#right")).to_be_hidden()
        expect(page.locator(opener)).to_be_focused()


def test_escape_closes_a_dialog_over_the_pane_and_not_the_pane(visitors: Any) -> None:
    page = visitors(viewport=NARROW).page
    page.click("[data-page=articles]")
    page.locator("#articles .list li button").last.click()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#right")).to_be_visible()


def test_everything_can_be_reached_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#composer textarea").focus()
    page.keyboard.type(DAMASCUS)
    page.keyboard.press("Enter")
    expect(page.locator(".acts")).to_be_visible()
    press_until(visitor, "Shift+Tab", ".sentences .mark")
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".mark.current").first).to_be_focused()
    press_until(visitor, "Tab", "#tab-reader")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-articles")).to_be_focused()
    press_until(visitor, "Tab", "#articles .list .title")
    page.keyboard.press("Enter")
    expect(page.locator("#reader h2")).to_be_visible()


def press_until(visitor: Visitor, key: str, selector: str) -> None:
    for _ in range(60):
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        visitor.page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {selector}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visitors: Any, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("left out: axe-core's rules (npm install --no-save --prefix .venv/axe axe-core)")
    visitor = visitors(color_scheme=scheme)
    page = visitor.page
    ink = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(ink) < 200) == (scheme == "dark")
    visitor.ask(DAMASCUS).locator(".sentences .mark").first.click()
    visitor.ask("How much does a litre of olive oil cost in Portugal?")
    page.evaluate(AXE.read_text())
    for tab in ("reader", "articles", "kept"):
        page.click(f"[data-tab={tab}]")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = {
            each["id"]: [node["html"][:200] for node in each["nodes"]]
            for each in found
            if each["impact"] in ("serious", "critical")
        }
        assert serious == {}, tab


def test_a_streaming_answer_moves_nothing_that_is_there(server: Server, visitor: Visitor) -> None:
    visitor.ask(DAMASCUS)
    visitor.choose_model(SLOW)
    turn = visitor.ask("Who is Khaled Mashaal?", waiting=False)
    expect(turn.locator(".draft")).to_be_visible()
    places = [turn.locator(".question"), turn.locator(".sentence").first, visitor.page.locator("#composer")]
    before = [place.bounding_box() for place in places]
    (server.control / "go").touch()
    expect(turn.locator(".acts")).to_be_visible()
    (server.control / "go").unlink()
    assert turn.locator(".sentence").count() == 2
    assert [place.bounding_box() for place in places] == before
