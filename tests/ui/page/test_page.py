"""The page in a real browser: the conversation and the reader pane."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.model_server import ModelServer, says
from tests.ui.page.conftest import Server, Visitor
from tests.ui.page.server import DOWN, REAL, SLOW

DAMASCUS = "When did Hamas move its headquarters out of Damascus?"
BEIRUT = "Who headed the Hamas delegation in Beirut?"
NOWHERE = "How much does a litre of olive oil cost in Portugal?"


def test_each_mark_opens_its_article_at_the_very_words_without_asking_the_server(
    server: Server, visitor: Visitor
) -> None:
    turn = visitor.ask(DAMASCUS)
    told = server.ask(DAMASCUS)
    expect(turn.locator(".sentence")).to_have_count(len(told["sentences"]))
    for place, sentence in enumerate(told["sentences"]):
        expect(turn.locator(".sentence").nth(place)).to_contain_text(sentence["text"])
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    for citation in told["citations"]:
        turn.locator(f'.sentences .mark[data-cite="{citation["number"]}"]').first.click()
        mark = visitor.page.locator("#reader mark")
        expect(mark).to_be_in_viewport()
        assert mark.text_content() == citation["quote"]
        number = visitor.page.locator("#reader .cited-now").get_attribute("data-number")
        assert f"{citation['article']['id']}#{number}" == citation["ref"]
        [stored] = [
            each
            for each in server.article(citation["article"]["id"])["paragraphs"]
            if each["number"] == int(number or 0)
        ]
        assert citation["quote"] in stored["text"]
        shown = visitor.page.locator(f'#reader .paragraph[data-number="{number}"] p').evaluate(
            "p => [...p.childNodes].filter(node => node.className !== 'kind').map(node => node.textContent).join('')"
        )
        assert shown == stored["text"]
    assert asked == []


def test_a_mark_of_an_older_answer_shows_that_answers_evidence(server: Server, visitor: Visitor) -> None:
    first, second = visitor.ask(DAMASCUS), visitor.ask(BEIRUT)
    for turn, question in ((first, DAMASCUS), (second, BEIRUT), (first, DAMASCUS)):
        turn.locator(".sentences .mark").first.click()
        assert visitor.page.locator("#reader mark").text_content() == server.ask(question)["citations"][0]["quote"]


def test_hovering_over_a_mark_tells_article_date_paragraph_and_words(server: Server, visitor: Visitor) -> None:
    turn = visitor.ask(DAMASCUS)
    citation = server.ask(DAMASCUS)["citations"][0]
    turn.locator(".sentences .mark").first.hover()
    card = visitor.page.locator("#card")
    for part in (citation["article"]["title"], f"paragraph {citation['paragraph']}", citation["quote"]):
        expect(card).to_contain_text(part)
    visitor.page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_footnotes_of_an_answer_can_be_walked_through(server: Server, visitor: Visitor) -> None:
    turn = visitor.ask("What did Hamas say about Syria?")
    count = turn.locator(".footnotes li").count()
    turn.locator(".footnotes a").first.click()
    expect(visitor.page.locator(".citation-bar")).to_contain_text(f"Footnote 1 of {count}")
    visitor.page.click("[aria-label='Previous footnote']")
    expect(visitor.page.locator(".citation-bar")).to_contain_text(f"Footnote {count} of {count}")


def test_a_follow_up_is_shown_made_whole_and_can_be_asked_as_it_is_written(visitor: Visitor) -> None:
    visitor.ask("Who is Khaled Mashaal?")
    turn = visitor.ask("Where does he live?")
    expect(turn.locator(".rewritten")).to_contain_text("Where does Khaled Mashaal live?")
    turn.get_by_role("button", name="ask it as written").click()
    again = visitor.page.locator(".turn").nth(1)
    expect(again.locator(".rewritten")).to_have_count(0)
    expect(again.locator(".acts")).to_be_visible()
    expect(again.locator(".question")).to_have_text("Where does he live?")
    expect(visitor.page.locator(".turn")).to_have_count(2)


def test_a_refusal_says_so_and_shows_what_comes_nearest(visitor: Visitor) -> None:
    turn = visitor.ask(NOWHERE)
    expect(turn.locator(".answer.not_in_articles .outcome")).to_have_text("The articles do not say.")
    turn.locator(".nearest a").first.click()
    expect(visitor.page.locator("#reader mark")).to_be_in_viewport()


def test_a_model_that_fails_is_told_with_reason_and_hint(visitor: Visitor) -> None:
    visitor.choose_model(DOWN)
    turn = visitor.ask(DAMASCUS)
    expect(turn.locator(".answer.model_failed")).to_contain_text("The model failed")
    expect(turn.locator(".reason")).to_have_text("Nobody answers.")
    expect(turn.locator(".hint")).to_have_text("ollama serve")


def test_an_answer_streams_can_be_stopped_and_others_see_their_place(server: Server, visitors: Any) -> None:
    slow, other = visitors(), visitors()
    slow.choose_model(SLOW)
    turn = slow.ask(DAMASCUS, waiting=False)
    expect(turn.locator(".sentences")).to_contain_text("The first sentence.")
    expect(turn.locator(".draft")).to_have_text("Being written, not checked yetThe sec")
    waiting = other.ask(BEIRUT, waiting=False)
    expect(waiting.locator(".waiting-line")).to_have_text("Waiting for another answer to be finished; yours is next.")
    slow.page.get_by_role("button", name="Stop").click()
    expect(turn.locator(".reason")).to_contain_text("Stopped")
    expect(turn.locator(".sentences")).to_contain_text("The first sentence.")
    expect(turn.locator(".draft")).to_have_count(0)
    expect(slow.page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(waiting.locator(".acts")).to_be_visible()
    slow.page.reload()
    expect(slow.page.locator(".turn .sentences")).to_contain_text("The first sentence.")
    slow.choose_model(SLOW)
    (server.control / "go").touch()
    done = slow.ask(DAMASCUS)
    expect(done.locator(".verdict.partly")).to_contain_text("borne out only in part: The paragraph names another day.")
    (server.control / "go").unlink()


def test_stop_closes_the_request_to_the_model(server: Server, visitor: Visitor, model_server: ModelServer) -> None:
    (server.control / "spec").write_text(model_server.spec)
    model_server.plays(says("The first words ", hangs=True))
    visitor.choose_model(REAL)
    turn = visitor.ask(DAMASCUS, waiting=False)
    expect(turn.locator(".draft")).to_contain_text("The first words")
    assert not model_server.left.is_set()
    visitor.page.get_by_role("button", name="Stop").click()
    expect(turn.locator(".reason")).to_contain_text("Stopped")
    # Playwright lets the page's requests through only while it is waited for by its own means.
    visitor.wait_until(model_server.left.is_set)


def test_a_question_can_be_edited_copied_and_undone(visitor: Visitor) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = visitor.ask(DAMASCUS)
    turn.get_by_role("button", name="Copy").click()
    expect(turn.get_by_role("button", name="Copied")).to_be_visible()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(DAMASCUS)
    assert "[1]" in copied
    turn.get_by_role("button", name="Edit").click()
    turn.locator("textarea").fill(BEIRUT)
    turn.locator("textarea").press("Enter")
    expect(visitor.page.locator(".turn .question")).to_have_text([BEIRUT])
    expect(visitor.page.locator(".turn .acts")).to_be_visible()
    visitor.page.get_by_role("button", name="Undo").click()
    expect(visitor.page.locator(".turn")).to_have_count(0)
    expect(visitor.page.locator("#composer textarea")).to_have_value(BEIRUT)


def test_an_older_question_is_asked_again_only_after_a_warning_for_it_takes_the_place_of_the_newer(
    visitor: Visitor,
) -> None:
    first = visitor.ask(DAMASCUS)
    visitor.ask(BEIRUT)
    first.get_by_role("button", name="Ask again").click()
    expect(visitor.page.locator("dialog")).to_contain_text("The question after it is taken out")
    visitor.page.get_by_role("button", name="Cancel").click()
    expect(visitor.page.locator(".question")).to_have_text([DAMASCUS, BEIRUT])
    first.get_by_role("button", name="Ask again").click()
    visitor.page.locator("dialog").get_by_role("button", name="Ask again").click()
    expect(visitor.page.locator(".question")).to_have_text([DAMASCUS])


def test_an_example_asks_itself(visitor: Visitor) -> None:
    example = visitor.page.locator(".examples button").first
    text = example.text_content() or ""
    example.click()
    expect(visitor.page.locator(".turn .question")).to_have_text([text])
    expect(visitor.page.locator(".turn .acts")).to_be_visible()


def test_visitors_see_nothing_of_each_other(visitors: Any) -> None:
    one, other = visitors(), visitors()
    one.choose_model(DOWN)
    one.page.click("[data-tab=articles]")
    one.page.locator("#articles .list input").first.check()
    one.ask(DAMASCUS)
    other.ask(BEIRUT)
    expect(other.page.locator(".question")).to_have_text([BEIRUT])
    expect(one.page.locator(".question")).to_have_text([DAMASCUS])
    expect(other.page.locator(".limit")).to_be_empty()
    expect(other.page.locator(".answered, .not_in_articles")).to_be_visible()


def test_feedback_is_kept_beside_the_index(server: Server, visitor: Visitor) -> None:
    turn = visitor.ask(DAMASCUS)
    turn.get_by_role("button", name="Bad answer").click()
    visitor.page.fill("dialog textarea", "Not <b>this</b> year.")
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.locator("#notice")).to_contain_text("Thank you")
    line = json.loads((server.index / "feedback.jsonl").read_text().splitlines()[-1])
    assert (line["thumb"], line["reason"], line["question"]) == ("down", "Not <b>this</b> year.", DAMASCUS)


def test_an_answer_becomes_a_test_question(visitor: Visitor) -> None:
    visitor.ask(DAMASCUS).get_by_role("button", name="Test question").click()
    expect(visitor.page.locator("dialog textarea")).to_have_value(re.compile("^- id: when-did-hamas"))


@pytest.mark.parametrize("kind", ["HTML", "Markdown"])
def test_a_conversation_can_be_taken_along_as_a_file(
    server: Server, visitor: Visitor, kind: str, tmp_path: Path
) -> None:
    visitor.ask(DAMASCUS)
    visitor.page.click("[data-tab=kept]")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=f"Export as {kind}").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    quote = server.ask(DAMASCUS)["citations"][0]["quote"]
    if kind == "HTML":
        opened = visitor.context.new_page()
        opened.goto(file.as_uri())
        expect(opened.locator("h2")).to_have_text(DAMASCUS)
        expect(opened.locator("blockquote").first).to_have_text(quote)
    else:
        assert quote[:20] in file.read_text()


def test_conversations_are_kept_in_the_browser_and_deleted_there(visitor: Visitor) -> None:
    visitor.ask(DAMASCUS)
    visitor.page.get_by_role("button", name="New conversation").click()
    expect(visitor.page.locator(".turn")).to_have_count(0)
    visitor.ask(BEIRUT)
    visitor.page.click("[data-tab=kept]")
    expect(visitor.page.locator("#kept .title")).to_have_text([BEIRUT, DAMASCUS])
    visitor.page.get_by_role("button", name=DAMASCUS, exact=True).click()
    expect(visitor.page.locator(".question")).to_have_text([DAMASCUS])
    visitor.page.get_by_role("button", name=f"Delete: {DAMASCUS}").click()
    visitor.page.locator("dialog").get_by_role("button", name="Delete").click()
    expect(visitor.page.locator("#kept .title")).to_have_text([BEIRUT])
    expect(visitor.page.locator(".turn")).to_have_count(0)


def test_a_conversation_that_has_grown_too_long_says_how_much_of_it_is_gone(visitor: Visitor) -> None:
    visitor.ask(DAMASCUS)
    visitor.page.evaluate(
        """() => {
            const name = Object.keys(localStorage).find((each) => each.startsWith("footnote.kept."));
            const entry = JSON.parse(localStorage[name]);
            const [turn] = entry.conversation.turns;
            entry.conversation.turns = Array.from({ length: 103 }, (_, place) => ({ ...turn, id: "t" + place }));
            localStorage[name] = JSON.stringify(entry);
        }"""
    )
    visitor.page.reload()
    expect(visitor.page.locator(".forgotten")).to_have_text("3 earlier questions are no longer kept here.")
    expect(visitor.page.locator(".turn")).to_have_count(100)


def test_after_the_server_was_killed_conversation_and_articles_are_there(server: Server, visitor: Visitor) -> None:
    visitor.ask(DAMASCUS)
    server.kill()
    server.start()
    visitor.page.reload()
    expect(visitor.page.locator(".question")).to_have_text([DAMASCUS])
    visitor.page.locator(".sentences .mark").first.click()
    expect(visitor.page.locator("#reader mark")).to_be_in_viewport()
    expect(visitor.ask(BEIRUT).locator(".answered")).to_be_visible()


def test_programs_have_three_endpoints_and_no_more(server: Server, visitor: Visitor) -> None:
    described = visitor.page.evaluate("fetch('gradio_api/info').then(reply => reply.json())")
    assert set(described["named_endpoints"]) == {"/ask", "/articles", "/article"}
    assert described["unnamed_endpoints"] == {}
    assert server.ask(DAMASCUS, ["004_9ac7acf72945896c"])["question"] == DAMASCUS
    assert "000_36583eb5ba8d5c25" in {each["id"] for each in server.call("articles")}
