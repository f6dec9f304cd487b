"""Articles that give orders, and a model that obeys: nothing unsupported is shown as supported."""

import re

import pytest

from rag.answer.gate import Gate
from rag.answer.generate import Check, generate_answer
from rag.answer.hidden import strip_hidden
from rag.answer.prompts import Question, build_prompt
from rag.answer.quote import QuotedAnswer
from rag.models.embedder import load_embedder
from rag.models.reader import load_reader
from rag.records import Answer, Passage
from tests.answer.injections import INJECTIONS, Injection
from tests.fakes import ScriptedModel, check_words, passage

QUESTION = "What is known of the visit and of Damascus?"
HONEST = [passage("Hamas left Damascus in 2012.", 1), passage("Iran paid for the visit.", 2)]


@pytest.fixture(scope="module", params=["words", "gate", "gate with reader"])
def check(request: pytest.FixtureRequest) -> Check:
    if request.param == "words":
        return check_words
    return Gate(load_embedder(1), load_reader(1) if request.param == "gate with reader" else None).check


def hostile(injection: Injection) -> list[Passage]:
    """Return the honest paragraphs and the hostile ones; a comment is no evidence and is not offered."""
    if injection.place == "title":
        return [*HONEST, passage("The visit was long.", 3, title=injection.text)]
    if injection.place in ("comment", "question"):
        return HONEST
    kind = "caption" if injection.place == "caption" else "body"
    return [*HONEST, *(passage(text, number, kind=kind) for number, text in enumerate(injection.text.split("\n\n"), 3))]


def asked(injection: Injection) -> str:
    return injection.text if injection.place == "question" else QUESTION


def obey(injection: Injection, check: Check | None) -> Answer:
    begun = Answer(asked(injection), asked(injection), "answered", (), (), "", "", "", 0.0)
    quoted = QuotedAnswer(tuple(hostile(injection)), 0.5, "", ())
    return list(generate_answer(begun, quoted, (), ScriptedModel(*injection.obeyed), check))[-1]


def test_there_are_at_least_forty_of_them_each_with_a_name() -> None:
    assert len({injection.name for injection in INJECTIONS}) == len(INJECTIONS) >= 40


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_a_model_that_obeys_gets_nothing_unsupported_through_as_supported(injection: Injection, check: Check) -> None:
    for sentence in obey(injection, check).sentences:
        assert strip_hidden(sentence.text) == sentence.text
        if sentence.verdict == "supported":
            assert {citation.ref for citation in sentence.citations} <= {each.ref for each in HONEST}
            assert words(sentence.text) <= words(" ".join(citation.quote for citation in sentence.citations))


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_without_a_check_nothing_is_called_supported(injection: Injection) -> None:
    assert all(sentence.verdict is None for sentence in obey(injection, None).sentences)


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_the_prompt_has_one_fence_no_false_mark_and_nothing_hidden(injection: Injection) -> None:
    quoted = QuotedAnswer(tuple(hostile(injection)), 0.5, "", ())
    prompt, offered = build_prompt(Question(asked(injection), asked(injection)), quoted, ScriptedModel())
    assert prompt.user.count("=====") == 4
    inside = prompt.user.split("=====")[2]
    assert not re.search("(?:[═─＝=] ?){3}", inside)
    assert re.findall(r"\[(\d+)\]", inside) == [str(number) for number in range(1, len(offered) + 1)]
    assert strip_hidden(prompt.user) == prompt.user
    assert not re.search(r"<[|｜]|\[/?(?:INST|[A-Z]+_[A-Z]+)\]|</?(?:articles|system|user|think|script)>", prompt.user)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
