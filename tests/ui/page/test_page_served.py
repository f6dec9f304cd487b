"""The page in a real browser: behind a proxy, behind a password, with a full queue, and asked by a program."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.page.conftest import Server, Visitor, run_page
from tests.ui.page.proxy import PATH, Proxy, run_proxy
from tests.ui.page.server import LIMITS, SLOW

DAMASCUS = "When did Hamas move its headquarters out of Damascus?"
BEIRUT = "Who headed the Hamas delegation in Beirut?"


@pytest.fixture(scope="module")
def proxied(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_page(tmp_path_factory.mktemp("proxied"), "--root-path", PATH)


@pytest.fixture
def proxy(proxied: Server) -> Iterator[Proxy]:
    yield from run_proxy(proxied.port)


@pytest.fixture(scope="module")
def guarded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_page(tmp_path_factory.mktemp("guarded"), "--auth", "ann:a secret,ben:b:c")


def test_behind_a_proxy_the_page_answers_bit_by_bit_reads_files_and_opens_articles(
    proxied: Server, proxy: Proxy, visitors: Any, tmp_path: Path
) -> None:
    visitor = visitors(proxy.url)
    visitor.choose_model(SLOW)
    turn = visitor.ask(DAMASCUS, waiting=False)
    expect(turn.locator(".sentences")).to_contain_text("The first sentence.")
    expect(turn.locator(".sentences")).not_to_contain_text("The second sentence.")
    (proxied.control / "go").touch()
    expect(turn.locator(".acts")).to_be_visible()
    (tmp_path / "kite.txt").write_text("Kites over Thun\n\nThe mayor of Thun flew nine kites on Friday.\n")
    visitor.page.click("[data-tab=articles]")
    visitor.page.set_input_files("[aria-label='Files with articles']", tmp_path / "kite.txt")
    visitor.page.locator("#articles .list .title", has_text="Kites over Thun").click()
    expect(visitor.page.locator("#reader .paragraphs")).to_contain_text("nine kites")
    assert proxy.strayed == []


def test_each_of_several_people_comes_in_with_their_own_password_and_nobody_else(
    guarded: Server, browser: Browser
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(guarded.url)
    expect(page.locator("input[type=password]")).to_be_visible()
    assert DAMASCUS not in page.content()
    for name, password, comes_in in (("ann", "wrong", False), ("ann", "b:c", False), ("ben", "b:c", True)):
        sent = context.request.post(f"{guarded.url}login", form={"username": name, "password": password})
        assert sent.ok == comes_in, (name, password)
    page.goto(guarded.url)
    page.fill("#composer textarea", BEIRUT)
    page.press("#composer textarea", "Enter")
    expect(page.locator(".turn .acts")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["gradio_api/call/articles", "gradio_api/queue/join", "gradio_api/upload"])
def test_without_a_password_no_endpoint_answers(guarded: Server, path: str) -> None:
    asked = urllib.request.Request(f"{guarded.url}{path}", b'{"data": []}', {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked)
    with caught.value as refusal:
        assert refusal.code == 401


def test_a_question_that_finds_the_queue_full_is_told_so_and_can_be_asked_again(server: Server, visitors: Any) -> None:
    slow, late = visitors(), visitors()
    late.ask(BEIRUT)
    slow.choose_model(SLOW)
    expect(slow.ask(DAMASCUS, waiting=False).locator(".draft")).to_be_visible()
    for _ in range(LIMITS.queue):
        body = json.dumps({"data": [BEIRUT, None, "", ""]}).encode()
        url = f"{server.url}gradio_api/call/ask"
        urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"})).close()
    refused = late.ask(DAMASCUS)
    expect(refused.locator(".outcome")).to_have_text("No answer")
    expect(refused.locator(".reason")).to_contain_text("Too many questions are waiting")
    expect(late.page.locator(".question")).to_have_text([BEIRUT, DAMASCUS])
    expect(late.page.locator(".turn").first.locator(".footnotes")).to_be_visible()
    slow.page.get_by_role("button", name="Stop").click()
    expect(slow.page.locator(".broken-off")).to_be_visible()
    refused.get_by_role("button", name="Ask again").click()
    expect(late.page.locator(".turn").nth(1).locator(".answered")).to_be_visible()


def test_the_readmes_example_for_programs_runs_as_it_stands(server: Server) -> None:
    readme = Path("README.md").read_text()
    [example] = re.findall(r"```python\n(from gradio_client .+?)```", readme, re.DOTALL)
    program = example.replace("http://127.0.0.1:7860", server.url) + 'print(answer["outcome"])'
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "answered"), run.stderr


def test_a_model_that_is_not_in_the_menu_is_never_asked(visitor: Visitor) -> None:
    visitor.ask(BEIRUT)
    told = visitor.page.evaluate(
        """async () => {
            const config = await (await fetch("config")).json();
            const answer = config.dependencies.find((each) => each.api_name.startsWith("answer"));
            const turn = { id: "a", question: "Who met?" };
            const data = [{ id: "c", turns: [turn] }, {}, "compatible:http://evil.example/v1#x"];
            const sent = { data, fn_index: answer.id, session_hash: "stranger", trigger_id: null, event_data: null };
            const headers = { "Content-Type": "application/json" };
            await fetch("gradio_api/queue/join", { method: "POST", headers, body: JSON.stringify(sent) });
            const reply = await fetch("gradio_api/queue/data?session_hash=stranger");
            const reader = reply.body.getReader();
            let text = "";
            while (!text.includes("process_completed")) text += new TextDecoder().decode((await reader.read()).value);
            return text;
        }"""
    )
    assert "not in the list of choices" in told
