from dataclasses import replace
from io import StringIO

from rich.console import Console

from rag.records import Answer, AnswerSentence, ArticleHeader, Citation
from ui.conversation import print_answer

HEADER = ArticleHeader("a", "Talks in Oslo", "", "", "", None, "unknown")
SENTENCES = tuple(
    AnswerSentence(text, (Citation(number, HEADER, number, 0, len(text), text),))
    for number, text in enumerate(["They left in May 2012.", "Others stayed."], start=1)
)
ANSWER = Answer("When?", "When?", "answered", SENTENCES, (), "", "", "scripted", 0.0, short="May 2012")


def printed(*parts: Answer, colours: bool = False) -> str:
    console = Console(file=StringIO(), force_terminal=colours, width=200)
    assert print_answer(iter(parts), console) is parts[-1]
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_short_answer_stands_once_before_the_sentences_however_many_parts_come() -> None:
    lines = printed(replace(ANSWER, sentences=SENTENCES[:1]), ANSWER).splitlines()
    assert lines[:3] == ["May 2012 [1]", "They left in May 2012. [1]", "Others stayed. [2]"]


def test_the_short_answer_is_bold() -> None:
    assert printed(ANSWER, colours=True).startswith("\x1b[1mMay 2012\x1b[0m ")


def test_without_a_short_answer_nothing_stands_before_the_sentences() -> None:
    assert printed(replace(ANSWER, short="")).startswith("They left in May 2012. [1]\n")


def test_a_hostile_short_answer_commands_nothing() -> None:
    shown = printed(replace(ANSWER, short="[red]May\x1b[2J\n2012\u202e[/red]"))
    assert shown.startswith("[red]May[2J 2012[/red] [1]\n")


def test_what_is_being_written_is_shown_to_a_person_alone_and_is_gone_at_the_end() -> None:
    parts = [replace(ANSWER, short="", sentences=(), draft="They left\x1b[2J in"), replace(ANSWER, short="")]
    shown = printed(*parts, colours=True)
    assert "They left[2J in" in shown
    assert shown.rindex("They left in May 2012.") > shown.rindex("They left[2J in")
    assert "They left[2J" not in printed(*parts)


def test_what_was_left_out_and_who_answered_instead_are_told() -> None:
    shown = printed(replace(ANSWER, withheld=2, fallback="x:y refused the key."))
    assert "The reader answers instead: x:y refused the key.\n2 sentences were left out" in shown


def test_an_added_footnote_is_told_as_added() -> None:
    assert "(footnote added)" in printed(replace(ANSWER, short="", sentences=(replace(SENTENCES[0], added=True),)))


def test_a_failure_behind_some_sentences_has_both_footnotes_and_a_reason() -> None:
    shown = printed(replace(ANSWER, outcome="model_failed", reason="The connection broke off.", hint="Ask again."))
    assert shown.index("[1] Talks in Oslo") < shown.index("The connection broke off.\nhint: Ask again.")
