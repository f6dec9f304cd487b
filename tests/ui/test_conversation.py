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
