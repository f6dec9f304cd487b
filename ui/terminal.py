"""What the commands share: where they print, options of the same meaning, and a progress bar."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

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
