"""The terminal: `footnote index`, `ask`, `chat`, `articles`, `show`, `eval` and `bench`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from rag import Answer, ArticleFilter, Assistant, FootnoteError
from rag.errors import NotFoundError
from rag.store.index import OnProgress
from rag.store.index import Progress as IndexProgress
from ui import render

EXIT_CODES = "Exit codes: 0 answered or done, 1 error, 2 wrong usage, 3 the articles do not say."

app = typer.Typer(
    help="Ask a folder of news articles; every sentence of the answer is footnoted to an article and a paragraph.",
    epilog='Start with:  footnote index seeds  and then:  footnote ask "When did Hamas leave Damascus?"  ' + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# Prose is wrapped for a person's window, and left alone for a program behind a pipe.
console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
complaints = Console(highlight=False, soft_wrap=True, stderr=True)

IndexOption = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index [.footnote].")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ArticleOption = Annotated[list[str] | None, typer.Option("--article", metavar="ID", help="Only this article; repeat.")]
DatesOption = Annotated[str, typer.Option(metavar="FROM..TO", help="Published in these days: 2017-01-01..2017-12-31.")]


def main() -> None:
    """Run the command line: our errors as two lines on standard error and exit code 1."""
    try:
        app()
    except FootnoteError as error:
        complaints.print(f"error: {render.plain(error.message)}", style="red", markup=False)
        if error.hint:
            complaints.print(f"hint: {render.plain(error.hint)}", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        complaints.print("\nStopped. What was done is kept; the same command goes on from here.")
        sys.exit(130)


@app.command(epilog="Examples:  footnote index seeds  ·  footnote index ~/news --index ~/news-index")
def index(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with articles, or one file; the same as last time if left out.")
    ] = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make all vectors anew from the stored articles.")] = False,
) -> None:
    """Index a folder of articles, or bring its index up to date."""
    with _open(folder, index, rebuild) as desk:
        for line in render.render_reports(desk.reports):
            console.print(line)
        counts = {table: desk.index.articles.count(table) for table in ("articles", "paragraphs")}
        console.print(
            f"{counts['articles']:,} articles with {counts['paragraphs']:,} paragraphs in {desk.index.folder}"
        )
        failed = any(report.status == "failed" for report in desk.reports)
    raise typer.Exit(1 if failed else 0)


@app.command(
    epilog='Examples:  footnote ask "Who met in Beirut?"  ·  footnote ask "…" --folder seeds --json  · ' + EXIT_CODES
)
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    folder: Annotated[Path | None, typer.Option(help="Index this folder of articles first.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    article: ArticleOption = None,
    dates: DatesOption = "..",
) -> None:
    """Ask one question."""
    with _open(folder, index) as desk:
        where = _filter(desk, article, dates)
        if as_json:
            answer = desk.ask(question, where=where)
            typer.echo(json.dumps(render.answer_to_dict(answer), ensure_ascii=False, indent=2))
        else:
            answer = _print_answer(desk.stream(question, where=where))
    raise typer.Exit({"answered": 0, "not_in_articles": 3}.get(answer.outcome, 1))


@app.command(epilog="Example:  footnote chat seeds")
def chat(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with articles; the same as last time if left out.")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Ask one question after another; a follow-up may point back to the one before."""
    with _open(folder, index) as desk:
        count = desk.index.articles.count("articles")
        console.print(
            f"{count:,} articles. Ask away; /show REF opens a paragraph, /new forgets, /quit leaves.", style="dim"
        )
        history: list[Answer] = []
        while (line := _read_line()) is not None:
            try:
                _chat_turn(desk, line, history)
            except FootnoteError as error:
                console.print(f"{render.plain(error.message)} {render.plain(error.hint)}", style="red", markup=False)


@app.command(epilog="Example:  footnote articles --json")
def articles(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the articles, newest first."""
    with _open(None, index) as desk:
        headers = desk.articles()
    if as_json:
        typer.echo(json.dumps([render.header_to_dict(header) for header in headers], ensure_ascii=False, indent=2))
        return
    for header in headers:
        console.print(render.render_article_line(header))


@app.command(epilog="Examples:  footnote show ARTICLE  ·  footnote show ARTICLE#4")
def show(
    ref: Annotated[str, typer.Argument(metavar="REF", help="An article's id, or a paragraph's address ID#NUMBER.")],
    index: IndexOption = None,
) -> None:
    """Show an article with numbered paragraphs, one of them highlighted."""
    with _open(None, index) as desk:
        _show(desk, ref)


@app.command("eval", epilog="Example:  footnote eval --dataset squad:dev-v2.0.jsonl.gz --index .bench/squad")
def evaluate(
    dataset: Annotated[
        str, typer.Option(metavar="KIND:PATH", help="squad:FILE or asked:FOLDER; the seeds if left out.")
    ] = "",
    distractors: Annotated[Path | None, typer.Option(help="Hide its articles among these (asked only).")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how often search finds the right paragraph."""
    from evals.retrieval import run_retrieval

    with _progress() as on_progress:
        table = run_retrieval(dataset, index or Path(".bench") / "eval", distractors, on_progress)
    if as_json:
        typer.echo(json.dumps([line.to_dict() for line in table], indent=2))
        return
    for line in table:
        console.print(line.render())


@app.command(epilog="Example:  footnote bench --articles news.jsonl.gz --sizes 100,1000,all")
def bench(
    articles: Annotated[Path, typer.Option(help="A folder of articles, or one file.")] = Path("seeds"),
    sizes: Annotated[str, typer.Option(help="How many articles to measure with, one after the other.")] = "all",
    work: Annotated[
        Path, typer.Option(help="Folder for indexes and results; finished sizes in it are not run again.")
    ] = Path(".bench"),
    as_json: JsonOption = False,
) -> None:
    """Measure indexing and search: speed, memory, size on disk."""
    from evals.benchmark import run_benchmark

    with _progress() as on_progress:
        for result in run_benchmark(articles, _sizes(sizes), work, on_progress):
            if as_json:
                typer.echo(json.dumps(result.to_dict()))
            else:
                console.print(result.render())


@contextmanager
def _open(folder: Path | None, index: Path | None, rebuild: bool = False) -> Iterator[Assistant]:
    with _progress() as on_progress:
        desk = Assistant.open(folder, index=index, rebuild=rebuild, on_progress=on_progress)
    with desk:
        yield desk


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """Show a bar with rate and remaining time on standard error, if a person is there to see it."""
    columns = [
        *(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[rate]}"), TimeRemainingColumn()),
    ]
    with Progress(*columns, console=complaints, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("opening", total=None, rate="")

        def on_progress(progress: IndexProgress) -> None:
            seconds = bar.tasks[task].elapsed or 0.0
            rate = f"{progress.characters / seconds / 1000:,.0f} k characters/s" if seconds else ""
            bar.update(task, description=progress.task, completed=progress.done, total=progress.total, rate=rate)

        yield on_progress


def _sizes(text: str) -> list[int | None]:
    try:
        sizes = [None if part == "all" else int(part) for part in text.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no list of numbers or all, like 100,1000,all") from error
    if any(size is not None and size < 1 for size in sizes):
        raise typer.BadParameter("at least one article is needed")
    return sizes


def _filter(desk: Assistant, ids: list[str] | None, dates: str) -> ArticleFilter:
    known = {header.id for header in desk.articles()}
    for article_id in ids or []:
        if article_id not in known:
            raise NotFoundError(f"There is no article {article_id!r}.", "See all articles with: footnote articles")
    try:
        first, last = (date.fromisoformat(day) if day else None for day in dates.split(".."))
    except ValueError as error:
        raise typer.BadParameter(f"{dates!r} is not FROM..TO, like 2017-01-01..2017-12-31 or 2017-09-23..") from error
    return ArticleFilter(tuple(ids) if ids else None, first, last)


def _print_answer(answers: Iterator[Answer]) -> Answer:
    """Print an answer as it comes, a sentence at a time, and return the whole of it."""
    shown = 0
    for answer in answers:
        for sentence in answer.sentences[shown:]:
            console.print(render.render_sentence(sentence))
        shown = len(answer.sentences)
    if answer.standalone_question != answer.question:
        console.print(f"searched for: {render.plain(answer.standalone_question)}", style="dim", markup=False)
    if answer.outcome == "answered":
        console.print()
        console.print(render.render_footnotes(answer.citations))
    else:
        console.print(render.render_no_answer(answer))
    return answer


def _read_line() -> str | None:
    """Return what the user typed, None if they want to leave."""
    try:
        line = console.input("\n[bold]> [/bold]").strip()
    except EOFError:
        return None
    return None if line in ("/quit", "/exit") else line


def _chat_turn(desk: Assistant, line: str, history: list[Answer]) -> None:
    if line == "/new":
        history.clear()
    elif line == "/articles":
        for header in desk.articles():
            console.print(render.render_article_line(header))
    elif line.startswith("/show "):
        _show(desk, line.removeprefix("/show ").strip())
    elif line:
        history.append(_print_answer(desk.stream(line, history)))


def _show(desk: Assistant, ref: str) -> None:
    article_id, _, number = ref.partition("#")
    article = desk.article(article_id)
    numbers = [str(paragraph.number) for paragraph in article.paragraphs]
    if number and number not in numbers:
        raise NotFoundError(
            f"Article {article_id} has no paragraph {number!r}.", f"Its paragraphs are numbered 1 to {len(numbers)}."
        )
    console.print(render.render_article(article, int(number) if number else None))


if __name__ == "__main__":
    main()
