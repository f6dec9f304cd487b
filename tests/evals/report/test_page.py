import re
import time
from dataclasses import replace

import pytest
from lxml import html

from evals.report import wording
from evals.report.page import ENVIRONMENT, render_page
from tests.evals.report.summaries import HOSTILE, MODEL, OTHER, PARAGRAPHS, summary


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(render_page(summary()))


def tidy(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    return page.get_element_by_id(name)


def test_nothing_is_loaded_run_or_sent(page: html.HtmlElement) -> None:
    assert not list(page.iter("script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio"))
    assert not page.xpath("//@src | //@srcset | //@action | //@*[starts-with(name(), 'on')]")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert not re.search(r"@import|url\(|https?:", page.xpath("string(//style)"))
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


TAGS = """
a abbr b body caption circle code dd details div dl dt figure g h1 h2 h3 h4 head header html li line main mark meta nav
ol p polyline rect section small span style sup summary svg table tbody td text th thead title tr ul
"""
ATTRIBUTES = """
aria-label charset class colspan content cx cy dir height href http-equiv id lang name open points r role scope tabindex
title transform viewbox width x x1 x2 y y1 y2
"""


def test_hostile_text_makes_no_element_and_no_attribute(page: html.HtmlElement) -> None:
    assert {element.tag for element in page.iter()} <= set(TAGS.split())
    assert {name.lower() for element in page.iter() for name in element.attrib} <= set(ATTRIBUTES.split())
    assert len(list(page.iter("style"))) == len(page.xpath("//head/title")) == 1
    assert wording.shown(HOSTILE) in page.text_content()


def test_no_control_character_is_in_the_page() -> None:
    text = render_page(summary())
    assert wording.shown(text) == text
    assert "<script>" not in text
    text.encode()


def test_everything_in_the_templates_is_escaped_and_cleaned() -> None:
    assert ENVIRONMENT.autoescape is True
    for name in ENVIRONMENT.list_templates(extensions=["jinja"]):
        source = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0]  # type: ignore[union-attr]
        assert not re.search(r"\|\s*safe|autoescape (false|off)|Markup", source), name


def test_every_part_is_there_and_linked(page: html.HtmlElement) -> None:
    titles = [tidy(title) for title in page.iter("h2")]
    assert titles == [
        "What changed",
        "Scores",
        "By kind",
        "Risk and coverage",
        "Calibration",
        "Time",
        "What went wrong",
        "Skipped",
        "Made with",
    ]
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//@href")} <= ids
    assert [tidy(title) for title in page.iter("h1")] == ["seeds"]
    assert "21 November 2026, 04:00 UTC" in tidy(page)


def test_headings_do_not_skip_a_level(page: html.HtmlElement) -> None:
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(lower <= upper + 1 for upper, lower in zip(levels, levels[1:], strict=False))


def test_tables_say_what_their_rows_and_columns_are(page: html.HtmlElement) -> None:
    for one in page.iter("table"):
        assert one.find("caption") is not None
        assert all(head.get("scope") for head in one.iter("th"))
    for box in page.find_class("scroll"):
        assert box.get("tabindex") == "0"
        assert box.get("aria-label")


def test_drawings_have_titles(page: html.HtmlElement) -> None:
    drawings = list(page.iter("svg"))
    assert len(drawings) > 10
    assert all(each.get("role") == "img" and each.findtext("title") for each in drawings)


def test_every_case_is_there_by_model_and_kind(page: html.HtmlElement) -> None:
    wrong = section(page, "wrong")
    summaries = [tidy(each) for each in wrong.xpath(".//details[@class='case']/summary")]
    assert len(summaries) == len(summary().cases)
    for words in (
        "seeds-001 wrong answer",
        "seeds-002 right answer, wrong paragraph",
        "seeds-003 false answer",
        "seeds-004 false refusal",
        "seeds-005 failed: the server said 500",
    ):
        assert any(line.startswith(words) for line in summaries), words
    assert [tidy(each) for each in wrong.iter("h3")] == [f"A {MODEL}: 6 cases", f"B {OTHER}: 1 case"]


def test_a_case_shows_what_was_expected_given_and_found(page: html.HtmlElement) -> None:
    case = section(page, "wrong").xpath(".//details[@class='case']")[0]
    text = tidy(case)
    assert "“As-Safir” or “al-Safir”" in text
    assert "hamas-rift#3 found at place 3" in text
    assert "Abu Ubaida speaks for the Kassam Brigades.[1]" in text
    assert [tidy(short) for short in case.xpath(".//p[@class='short'][following-sibling::p[@class='answer']]")] == [
        "Abu Ubaida"
    ]
    assert "confidence 0.620 · 0.092 s" in text
    assert [tidy(mark) for mark in case.iter("mark")] == ["As-Safir", "the Kassam Brigades"]
    assert "hamas-rift#3 ✓ accepted" in text
    assert "hamas-rift#5 not accepted" in text
    assert PARAGRAPHS["cairo#2"] in text


def test_a_follow_up_shows_its_history_and_what_was_searched_for(page: html.HtmlElement) -> None:
    case = next(each for each in section(page, "wrong").find_class("case") if "seeds-004" in tidy(each))
    assert [tidy(each) for each in case.xpath(".//ul[@class='history']/li")] == [
        "Who is Nasrallah?",
        "What does he want?",
    ]
    assert "Searched for: Which paper?" in tidy(case)
    assert "Refused: the articles do not say it." in tidy(case)


def test_what_changed_is_told_with_both_answers(page: html.HtmlElement) -> None:
    changed = section(page, "changed")
    assert "1 fixed, 1 broken" in tidy(changed)
    broken = next(each for each in changed.find_class("case") if "seeds-001" in tidy(each))
    before, after = broken.xpath(".//div[@class='sides']/div")
    assert "As-Safir reported it" in tidy(before)
    assert "Abu Ubaida" in tidy(after)
    rows = [tidy(row) for row in changed.xpath(".//tbody/tr")]
    assert rows[0].endswith("0.699 → 0.733+0.034+0.01 to +0.07148better")
    assert any(row.endswith("20worse") for row in rows)
    assert rows[-1].endswith("no clear difference")


def test_scores_stand_by_metric_and_system(page: html.HtmlElement) -> None:
    scores = section(page, "scores")
    heads = [tidy(each) for each in scores.xpath(".//table[1]/thead//th")]
    assert heads[2:7] == [f"A {MODEL}", f"B {OTHER}", f"C {MODEL}, no rewriting", "D bm25", "E first paragraph"]
    assert heads[8:] == ["A dev", "A test", "B dev", "B test"]
    row = next(each for each in scores.iter("tr") if tidy(each).startswith("passed"))
    cells = [tidy(cell) for cell in row.iter("td")][1:]
    assert cells[:6] == ["0.7330.66–0.80", "0.7930.73–0.86", "0.6930.62–0.77", "–", "0.4330.35–0.51", "–"]
    assert cells[6] == "0.7430.66–0.82n 112"


def test_a_metric_says_what_it_is_twice(page: html.HtmlElement) -> None:
    scores = section(page, "scores")
    meaning = "Of the unanswerable questions."
    assert scores.xpath(f".//abbr[@title='{meaning}']")
    assert meaning in [tidy(each) for each in scores.xpath(".//details//dd")]


def test_what_the_run_was_made_with_and_skipped_is_told(page: html.HtmlElement) -> None:
    assert "the piece of text is in no article" in tidy(section(page, "skipped"))
    rows = {tidy(row[0]): tidy(row[1]) for row in section(page, "made-with").iter("tr")}
    expected = {"top_k": "8", "footnote": "0.1.0", "peak memory": "512 MB", "wall time": "1 min 24 s", MODEL: "0"}
    assert expected.items() <= rows.items()
    assert "0123456789abcdef" in rows.values()


def test_a_run_without_anything_wrong_is_a_page_too() -> None:
    bare = replace(summary(), systems=summary().systems[:1], cases=(), comparisons=(), skipped=())
    page = html.document_fromstring(render_page(bare))
    assert tidy(section(page, "wrong")) == "What went wrong A extractive: 0 cases"
    assert "What changed" not in tidy(page)
    assert html.document_fromstring(render_page(replace(bare, systems=()))) is not None


def test_a_date_that_is_none_is_shown_as_it_stands() -> None:
    run = summary()
    page = html.document_fromstring(render_page(replace(run, header=replace(run.header, started=HOSTILE))))
    assert wording.shown(HOSTILE) in page.find_class("dateline")[0].text_content()


def test_thousands_of_cases_take_seconds() -> None:
    run = replace(summary(), cases=summary().cases * 500)
    before = time.perf_counter()
    text = render_page(run)
    assert time.perf_counter() - before < 10
    assert text.count('<details class="case">') == 3500 + 2
    assert len(text) < 12_000_000


def test_calibration_is_told_as_of_being_answerable(page: html.HtmlElement) -> None:
    part = section(page, "calibration")
    assert "the probability that a question is answerable" in tidy(part)
    assert "calibration error 0.060" in part.xpath("string(.//*[local-name()='title'])")
    bare = replace(summary(), systems=tuple(replace(each, reliability=()) for each in summary().systems))
    assert "Calibration" not in [tidy(each) for each in html.document_fromstring(render_page(bare)).iter("h2")]


def test_that_questions_were_chosen_by_article_is_told_at_the_head_and_in_full_below() -> None:
    run = summary()
    titles = ("Amazon rainforest", HOSTILE, "Syria")
    page = html.document_fromstring(render_page(replace(run, header=replace(run.header, filter=titles))))
    assert "152 questions · only about 3 articles: Amazon rainforest;" in tidy(page.find_class("dateline")[0])
    rows = {tidy(row[0]): row[1].text_content() for row in section(page, "made-with").iter("tr")}
    assert rows["questions only about"] == "; ".join(map(wording.shown, titles))
