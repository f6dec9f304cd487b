"""The terminal: `footnote index`, `ask`, `chat`, `models`, `articles`, `show`, `eval` and `bench`."""

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rag import ArticleFilter, Assistant, FootnoteError
from ui import render
from ui.chat import chat
from ui.conversation import print_answer, print_article, print_articles
from ui.evaluate import evaluate
from ui.models import FallbackOption, ModelOption, list_models
from ui.terminal import IndexOption, JsonOption, complaints, console, open_desk, show_progress

EXIT_CODES = "Exit codes: 0 answered or done, 1 error, 2 wrong usage, 3 the articles do not say."

app = typer.Typer(
    help="Ask a folder of news articles; every sentence of the answer is footnoted to an article and a paragraph.",
    epilog='Start with:  footnote index seeds  and then:  footnote ask "When did Hamas leave Damascus?"  ' + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
ArticleOption = Annotated[list[str] | None, typer.Option("--article", metavar="ID", help="Only this article; repeat.")]
DatesOption = Annotated[str, typer.Option(metavar="FROM..TO", help="Published in these days: 2017-01-01..2017-12-31.")]


def main() -> None:
    """Run the command line: our errors as two lines on standard error and exit code 1."""
    # A byte or a letter that the terminal's encoding lacks is no reason to stop.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        app()
    except FootnoteError as error:
        complaints.print(f"error: {render.plain(error.message)}", style="red", markup=False)
        if error.hint:
            complaints.print(f"hint: {render.plain(error.hint)}", markup=False)
        sys.exit(1)


@app.command(epilog="Examples:  footnote index seeds  ·  footnote index ~/news --index ~/news-index")
def index(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with articles, or one file; the same as last time if left out.")
    ] = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make all vectors anew from the stored articles.")] = False,
) -> None:
    """Index a folder of articles, or bring its index up to date."""
    with open_desk(folder, index, rebuild=rebuild, tell_failures=False) as desk:
        if not desk.reports:
            desk.sync()  # says what is wrong with the folder
        for line in render.render_reports(desk.reports):
            console.print(line)
        counts = {table: desk.index.articles.count(table) for table in ("articles", "paragraphs")}
        where = render.plain(str(desk.index.folder))
        console.print(f"{counts['articles']:,} articles, {counts['paragraphs']:,} paragraphs in {where}", markup=False)
        failed = any(report.status == "failed" for report in desk.reports)
    raise typer.Exit(1 if failed else 0)


@app.command(
    epilog='Examples:  footnote ask "Who met in Beirut?"  ·  footnote ask "…" --folder seeds --json  · ' + EXIT_CODES
)
def ask(  # noqa: PLR0913 - each argument is an option of the command
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    folder: Annotated[Path | None, typer.Option(help="Index this folder of articles first.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    article: ArticleOption = None,
    dates: DatesOption = "..",
    model: ModelOption = None,
    fallback: FallbackOption = None,
) -> None:
    """Ask one question."""
    with open_desk(folder, index, model=model, fallback=fallback) as desk:
        where = _filter(desk, article, dates)
        if as_json:
            answer = desk.ask(question, where=where)
            typer.echo(render.to_json(render.answer_to_dict(answer)))
        else:
            answer = print_answer(desk.stream(question, where=where), console)
    raise typer.Exit({"answered": 0, "not_in_articles": 3}.get(answer.outcome, 1))


app.command(
    epilog="Examples:  footnote chat seeds  ·  footnote chat --terminal  ·  footnote chat --host 0.0.0.0 --auth …"
)(chat)


app.command(
    "models",
    epilog="Examples:  footnote models  ·  footnote models --check  ·  Keys are read from the environment, from "
    "OPENAI_API_KEY for one, or from the file that OPENAI_API_KEY_FILE names.",
)(list_models)


@app.command(epilog="Example:  footnote articles --json")
def articles(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the articles, newest first."""
    with open_desk(None, index) as desk:
        if as_json:
            typer.echo(render.to_json([render.header_to_dict(header) for header in desk.articles()]))
        else:
            print_articles(desk, console)


@app.command(epilog="Examples:  footnote show ARTICLE  ·  footnote show ARTICLE#4")
def show(
    ref: Annotated[str, typer.Argument(metavar="REF", help="An article's id, or a paragraph's address ID#NUMBER.")],
    index: IndexOption = None,
) -> None:
    """Show an article with numbered paragraphs, one of them highlighted."""
    with open_desk(None, index) as desk:
        print_article(desk, ref, console)


app.command(
    "eval",
    epilog="Examples:  footnote eval  ·  footnote eval --compare before  ·  footnote eval --dataset "
    "squad:dev-v2.0.json --fail-under cited=0.8  · Exit codes: 0 done, 1 error, failed questions or a limit not kept.",
)(evaluate)


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

    with show_progress() as on_progress:
        for result in run_benchmark(articles, _sizes(sizes), work, on_progress):
            if as_json:
                typer.echo(json.dumps(result.to_dict()))
            else:
                console.print(result.render())


def _sizes(text: str) -> list[int | None]:
    try:
        sizes = [None if part == "all" else int(part) for part in text.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no list of numbers or all, like 100,1000,all") from error
    if any(size is not None and size < 1 for size in sizes):
        raise typer.BadParameter("at least one article is needed")
    return sizes


def _filter(desk: Assistant, ids: list[str] | None, dates: str) -> ArticleFilter:
    for article_id in ids or []:
        desk.article(article_id)  # raises unless it is there
    try:
        first, last = (date.fromisoformat(day) if day else None for day in dates.split(".."))
    except ValueError as error:
        raise typer.BadParameter(f"{dates!r} is not FROM..TO, like 2017-01-01..2017-12-31 or 2017-09-23..") from error
    if first and last and first > last:
        raise typer.BadParameter(f"{dates} ends before it begins")
    return ArticleFilter(tuple(ids) if ids else None, first, last)


if __name__ == "__main__":
    main()
