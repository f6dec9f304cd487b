import json
import re
from pathlib import Path

import pytest

from evals.datasets import load_own
from evals.datasets.new_question import write_question
from rag import Assistant
from rag.errors import StoreError
from rag.records import Answer
from tests.fakes import WordHashEmbedder
from tests.ui.page.answers import answer, find, say
from ui.page.export import export_html, export_markdown
from ui.page.feedback import FeedbackFile
from ui.page.turns import Conversation, Turn

HOSTILE = "<img src=http://evil.example/x onerror=alert(1)> ![x](http://evil.example/y) [z](javascript:alert(1)) `"


def conversation(*answers: Answer) -> Conversation:
    return Conversation(
        "c", tuple(Turn(f"t{place}", each.question, each, done=True) for place, each in enumerate(answers))
    )


def test_an_exported_page_has_question_answer_footnote_quote_date_verdict_and_model() -> None:
    html = export_html(conversation(answer(say("Fish is dear.", "partly", "It says dear."), short="dear")), find)
    for part in [
        "What does &lt;fish&gt; cost?",
        "Fish is dear.",
        "price &amp; more",
        "1 May 2020",
        "paragraph 2",
        "a#2",
        "borne out only in part",
        "reader",
    ]:
        assert part in html


def test_an_exported_page_loads_nothing_and_runs_nothing() -> None:
    html = export_html(conversation(answer(say(HOSTILE), question=HOSTILE, model=HOSTILE)), find)
    assert not re.search(r"<(?:script|img|link|iframe|form)", html)
    assert not re.search(r'<[^>]*(?:src|href)="(?!#)', html)
    assert "default-src 'none'" in html


def test_exported_markdown_shows_hostile_text_as_it_is() -> None:
    markdown = export_markdown(conversation(answer(say(HOSTILE), question=HOSTILE)), find)
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\[z|<img|http://", markdown)
    assert "> price & more".replace("&", "&amp;") in markdown


def test_an_answer_that_broke_off_is_exported_with_the_reason() -> None:
    broken = conversation(answer(say(), outcome="model_failed", reason="The line broke.", withheld=2, confidence=0.4))
    for text in (export_html(broken, find), export_markdown(broken, find)):
        assert "The line broke" in text
        assert "2 sentences were left out" in text
        assert "This may not answer the question" in text


def test_an_answer_that_was_stopped_is_exported_with_its_sentences_and_says_so() -> None:
    stopped = Conversation("c", (Turn("t", "What?", answer(say("Fish is dear.")), done=True, problem="Stopped early"),))
    for text in (export_html(stopped, find), export_markdown(stopped, find)):
        assert "Fish is dear" in text
        assert "Stopped early" in text


def test_what_failed_is_exported_too() -> None:
    failed = Conversation("c", (Turn("t", "What?", done=True, problem="The disk is gone."),))
    assert "The disk is gone." in export_html(failed, find)
    assert "The disk is gone" in export_markdown(failed, find)


def test_feedback_is_a_line_of_json_each(tmp_path: Path) -> None:
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    file.add(answer(say()), "up", "")
    file.add(answer(say()), "down", "Wrong\nfish")
    first, second = [json.loads(line) for line in file.path.read_text().splitlines()]
    assert (first["thumb"], first["cites"], first["model"]) == ("up", ["a#2"], "reader")
    assert second["reason"] == "Wrong\nfish"


def test_feedback_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be kept"):
        FeedbackFile(tmp_path / "no folder" / "feedback.jsonl").add(answer(say()), "up", "")


@pytest.mark.parametrize(
    ("made", "history", "kind"),
    [
        (answer(say(), short="price"), (), "fact"),
        (answer(say(), short="No"), (), "yes or no"),
        (answer(say()), (), "fact"),
        (answer(outcome="not_in_articles", reason="The articles do not say."), (), "near miss"),
        (answer(say(), standalone_question='What does Ann\'s fish cost: "x"?'), ("Who is Ann?",), "follow-up"),
    ],
)
def test_an_answer_becomes_a_question_that_the_evals_take(
    tmp_path: Path, made: Answer, history: tuple[str, ...], kind: str
) -> None:
    (tmp_path / "a.txt").write_text("Fish\n\nFirst.\n\nThe price & more.\n")
    (tmp_path / "questions.yaml").write_text(write_question(made, history))
    with Assistant.open(tmp_path / "a.txt", index=tmp_path / "index", embedder=WordHashEmbedder()) as desk:
        [question] = load_own(tmp_path, tmp_path / "questions.yaml").load_questions(desk)
    assert (question.kind, question.question, question.history) == (kind, made.question, history)
