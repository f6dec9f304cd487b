"""The conversation in the terminal: one question after another, with commands that begin with a slash."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress

from rich.console import Console
from rich.live import Live

from rag import Answer, Assistant, FootnoteError
from rag.errors import NotFoundError
from ui import render

COMMANDS = """\
/show NUMBER     open the paragraph that a footnote of the last answer cites
/show ID#NUMBER  open a paragraph by its address
/articles        list the articles
/new             forget the questions so far
/quit            leave"""


def converse(desk: Assistant, console: Console) -> None:
    """Read questions and print answers until the user leaves.

    Args:
        desk: The assistant.
        console: Where to print.
    """
    with suppress(ImportError):
        import readline  # noqa: F401  # its import gives `input` line editing and history; Windows has none
    count = desk.index.articles.count("articles")
    articles = "1 article" if count == 1 else f"{count:,} articles"
    console.print(f"{articles}. Ask away; /help lists the commands.", style="dim")
    history: list[Answer] = []
    while (line := _read_line()) is not None:
        try:
            _take_turn(desk, line, history, console)
        except KeyboardInterrupt:
            console.print("Stopped.", style="dim")
        except FootnoteError as error:
            console.print(f"{render.plain(error.message)} {render.plain(error.hint)}", style="red", markup=False)


def print_answer(answers: Iterator[Answer], console: Console) -> Answer:
    """Print an answer as it comes, a sentence at a time, and return the whole of it."""
    answer = _print_sentences(answers, console)
    for aside in render.render_asides(answer):
        console.print(aside)
    if answer.standalone_question != answer.question:
        console.print(f"searched for: {render.plain(answer.standalone_question)}", style="dim", markup=False)
    if unanswered := render.render_unanswered(answer):
        console.print(unanswered)
    if answer.sentences:
        console.print()
        console.print(render.render_footnotes(answer.citations))
    if answer.outcome != "answered":
        if answer.sentences:
            console.print()
        console.print(render.render_no_answer(answer))
    return answer


def _print_sentences(answers: Iterator[Answer], console: Console) -> Answer:
    """Print the sentences of an answer, and below them what is still being written if a person is there to see it."""
    shown = 0
    with ExitStack() as stack:
        draft: Live | None = None
        for answer in answers:
            if answer.draft and console.is_terminal and draft is None:
                draft = stack.enter_context(Live(console=console, transient=True, auto_refresh=False))
            if draft:
                draft.update(render.render_draft(answer), refresh=True)
            if not shown:
                for line in filter(None, (render.render_warning(answer), render.render_short(answer))):
                    console.print(line)
            for sentence in answer.sentences[shown:]:
                console.print(render.render_sentence(sentence))
            shown = len(answer.sentences)
    return answer


def print_article(desk: Assistant, ref: str, console: Console) -> None:
    """Print an article with numbered paragraphs, one of them highlighted.

    Args:
        desk: The assistant.
        ref: An article's id, or a paragraph's address.
        console: Where to print.

    Raises:
        NotFoundError: There is no such article or paragraph.
    """
    article_id, _, number = ref.partition("#")
    article = desk.article(article_id)
    numbers = [str(paragraph.number) for paragraph in article.paragraphs]
    if number and number not in numbers:
        raise NotFoundError(
            f"Article {article_id} has no paragraph {number!r}.", f"Its paragraphs are numbered 1 to {len(numbers)}."
        )
    console.print(render.render_article(article, int(number) if number else None))


def print_articles(desk: Assistant, console: Console) -> None:
    """Print a line for each article, newest first."""
    for header in desk.articles():
        console.print(render.render_article_line(header))


def _read_line() -> str | None:
    """Return what the user typed, None if they want to leave."""
    try:
        line = input("\n> ").strip()
    except (EOFError, KeyboardInterrupt):
        print()  # noqa: T201  # the shell's prompt begins on a line of its own
        return None
    return None if line in ("/quit", "/exit") else line


def _take_turn(desk: Assistant, line: str, history: list[Answer], console: Console) -> None:
    command, _, argument = line.partition(" ")
    if not line.startswith("/"):
        if line:
            history.append(print_answer(desk.stream(line, history), console))
    elif command == "/new":
        history.clear()
    elif command == "/articles":
        print_articles(desk, console)
    elif command == "/show" and argument:
        print_article(desk, _ref(argument.strip(), history), console)
    else:
        console.print(COMMANDS, markup=False)


def _ref(argument: str, history: list[Answer]) -> str:
    """Return the address that a footnote's number stands for, or the argument as it is."""
    cited = {str(citation.number): citation.ref for answer in history[-1:] for citation in answer.citations}
    return cited.get(argument, argument)
