"""The command `footnote eval`. It imports the evals late: they take longer to load than all other commands."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag import FootnoteError
from ui import render
from ui.terminal import JsonOption, complaints, console, show_progress

if TYPE_CHECKING:
    from evals.floors import Limit
    from evals.records import Dataset
    from evals.run import EvalPlan
    from evals.summary import Summary

DATASET_HELP = (
    "squad:FILE, asked:FOLDER, news:FOLDER, support:FILE or beir:FOLDER; our own questions about seeds/ if left out."
)


MOST_UNREAD = 10
"""Lines about files and articles that could not be read; a file of something else has thousands."""


def evaluate(  # noqa: PLR0913 - each argument is an option of the command
    dataset: Annotated[str, typer.Option(metavar="KIND:PATH", help=DATASET_HELP)] = "",
    articles: Annotated[Path | None, typer.Option(help="Your own folder of articles, with --questions.")] = None,
    questions: Annotated[Path | None, typer.Option(help="Your own questions: a YAML file or a folder of them.")] = None,
    distractors: Annotated[
        Path | None, typer.Option(help="Hide the dataset's articles among these, which have them by the same ids.")
    ] = None,
    model: Annotated[list[str] | None, typer.Option(metavar="SPEC", help="A model; repeat. [reader]")] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="ARTICLE", help="Only questions about this article, by title or id; repeat."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many questions, evenly spread.")] = None,
    run: Annotated[str, typer.Option(metavar="NAME", help="Name of this run; one that was interrupted goes on.")] = "",
    compare: Annotated[str, typer.Option(metavar="RUN", help="An earlier run, by name or file.")] = "",
    fail_under: Annotated[
        list[str] | None,
        typer.Option(metavar="METRIC=VALUE", help="Exit with 1 if a model does not reach it; test:METRIC=VALUE too."),
    ] = None,
    floors: Annotated[bool, typer.Option("--floors", help="Exit with 1 below evals/floors.json.")] = False,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Move the floors up to what was reached.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="The HTML report [.evals/reports/RUN.html].")] = None,
    work: Annotated[Path, typer.Option(help="Folder for indexes, runs and reports.")] = Path(".evals"),
    index: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the index [in the work folder].")] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure what is found, said, cited and refused, and write a report."""
    from evals.floors import parse_limit, read_floors
    from evals.floors import raise_floors as move_floors
    from evals.report.machine import summary_to_dict
    from evals.report.terminal import render_summary
    from evals.run import EvalPlan
    from evals.runs import finish_run, run_path
    from rag.models.llm import READER

    limits = [parse_limit(text) for text in fail_under or []]
    if (floors or raise_floors) and (dataset or articles or questions or distractors or about or limit):
        raise typer.BadParameter("the floors are for all of our own questions about seeds/")
    limits += read_floors() if floors or raise_floors else []
    plan = EvalPlan(
        dataset=_load(dataset, articles, questions, work),
        title=_title(dataset, questions, distractors),
        work=work,
        models=tuple(model or [READER]),
        name=run,
        limit=limit,
        distractors=distractors,
        index=index,
        compare=compare,
        about=tuple(about or ()),
    )
    summary = _run(plan)
    page = _write_page(summary, report or work / "reports" / f"{summary.header.name}.html")
    finish_run(run_path(work / "runs", summary.header.name))
    if as_json:
        typer.echo(render.to_json(summary_to_dict(summary)))
    else:
        console.print(render_summary(summary, console.width))
        console.print(f"Report: {render.plain(str(page))}", markup=False)
    if not _tell_what_is_wrong(summary, limits):
        if floors:
            complaints.print("hint: footnote eval --compare RUN tells what broke since a run that held them.")
        raise typer.Exit(1)
    if limits and not as_json:
        console.print(f"Limits: all {len(limits)} kept.")
    if raise_floors:
        for floor in move_floors(summary.systems[0]):
            complaints.print(f"floor: {floor.metric} is now {floor.value:g}")


def _load(spec: str, articles: Path | None, questions: Path | None, work: Path) -> "Dataset":
    from evals.datasets import load_dataset, load_own

    if spec and (articles or questions):
        raise typer.BadParameter(
            "--dataset brings its own articles and questions; leave out --articles and --questions"
        )
    if bool(articles) != bool(questions):
        raise typer.BadParameter("--articles and --questions need each other")
    return load_own(articles, questions) if articles and questions else load_dataset(spec, work / "articles")


def _title(spec: str, questions: Path | None, distractors: Path | None) -> str:
    title = spec or (str(questions) if questions else "seeds")
    return f"{title} among {distractors}" if distractors else title


def _run(plan: "EvalPlan") -> "Summary":
    from evals.run import run_eval

    try:
        with show_progress() as on_progress:
            return run_eval(plan, on_progress)
    except KeyboardInterrupt:
        complaints.print("Stopped. What was answered is kept; the same command goes on from here.")
        raise typer.Exit(130) from None


def _write_page(summary: "Summary", page: Path) -> Path:
    from evals.report.page import render_page

    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render_page(summary), encoding="utf-8")
    except OSError as error:
        hint = f"Nothing is asked again: footnote eval --run {summary.header.name} --report FILE"
        raise FootnoteError(f"The report cannot be written: {error}.", hint) from error
    return page


def _tell_what_is_wrong(summary: "Summary", limits: "Sequence[Limit]") -> bool:
    """Print on standard error which limits are not kept and how many questions failed; True if there is none."""
    from evals.floors import check_limits

    wrong = [f"limit: {line}" for line in check_limits(summary, limits)]
    wrong += [
        f"failed: {system.system} on {system.failed:,} of {system.asked:,} questions; the report tells why."
        for system in summary.systems
        if system.failed
    ]
    unread = [f"unread: {line}" for line in summary.unread[:MOST_UNREAD]]
    if more := len(summary.unread) - len(unread):
        unread.append(f"unread: {more:,} more, which --json tells")
    for line in unread:
        complaints.print(render.plain(line), style="yellow", markup=False)
    for line in wrong:
        complaints.print(render.plain(line), style="red", markup=False)
    return not wrong
