"""What the commands share: where they print, options of the same meaning, and a progress bar."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from rag import Assistant
from rag.store.index import OnProgress
from rag.store.index import Progress as IndexProgress

# Prose is wrapped for a person's window, and left alone for a program behind a pipe.
console = Console(highlight=False, emoji=False, soft_wrap=not (sys.stdout and sys.stdout.isatty()))
complaints = Console(highlight=False, emoji=False, soft_wrap=True, stderr=True)

IndexOption = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index [.footnote].")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@contextmanager
def show_progress() -> Iterator[OnProgress]:
    """Show a bar with rate and remaining time on standard error, if a person is there to see it."""
    columns = [
        *(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[rate]}"), TimeRemainingColumn()),
    ]
    with Progress(*columns, console=complaints, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("opening", total=None, rate="")

        def on_progress(progress: IndexProgress) -> None:
            if progress.task != bar.tasks[task].description:
                bar.reset(task, description=progress.task)  # the time that is left is told by this task's own speed
            seconds = bar.tasks[task].elapsed or 0.0
            known = progress.characters and seconds
            rate = f"{progress.characters / seconds / 1000:,.0f} k characters/s" if known else ""
            bar.update(task, completed=progress.done, total=progress.total, rate=rate)

        yield on_progress


@contextmanager
def open_desk(  # noqa: PLR0913 - all but two by keyword
    folder: Path | None,
    index: Path | None,
    *,
    model: str | None = None,
    fallback: str | None = None,
    rebuild: bool = False,
    tell_failures: bool = True,
    may_be_empty: bool = False,
) -> Iterator[Assistant]:
    """Open an index for one command, and show how far that has come.

    Args:
        folder: The folder of articles, or None for the same as last time.
        index: The index folder, or None for the usual one.
        model: Who answers, or None for the usual one.
        fallback: Who answers if that model fails, or None for the usual one.
        rebuild: Make all vectors anew.
        tell_failures: Tell how many files could not be read.
        may_be_empty: Whether an index without articles is as good as any.
    """
    try:
        with show_progress() as on_progress:
            desk = Assistant.open(
                folder,
                index=index,
                model=model,
                fallback=fallback,
                rebuild=rebuild,
                may_be_empty=may_be_empty,
                on_progress=on_progress,
            )
    except KeyboardInterrupt:
        complaints.print("Stopped. What was done is kept; the same command goes on from here.")
        raise typer.Exit(130) from None
    failed = sum(report.status == "failed" for report in desk.reports)
    if failed and tell_failures:
        complaints.print(f"{failed:,} could not be read; footnote index tells which and why.", style="yellow")
    with desk:
        yield desk
