"""Run files: what was asked and answered, a JSON line each, so that a run can go on, be scored again, and compared."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.records import Response
from evals.summary import RunHeader
from rag import FootnoteError

_HEADER = TypeAdapter(RunHeader)
_RESPONSE = TypeAdapter(Response)


class RunFile:
    """A run's file: its header, then a line a response, in the order in which they came.

    Attributes:
        path: The file.
        header: What the run is made with.
        responses: The responses so far, by system and question id; of a question asked twice, the later one.
    """

    def __init__(self, path: Path, header: RunHeader, responses: Sequence[Response] = ()) -> None:
        """Take what is known; `start_run` and `read_run` are the usual ways."""
        self.path = path
        self.header = header
        self.responses = {(response.system, response.question_id): response for response in responses}

    def add(self, response: Response) -> None:
        """Keep a response, on disk too."""
        with self.path.open("ab") as stream:
            stream.write(_RESPONSE.dump_json(response) + b"\n")
        self.responses[response.system, response.question_id] = response


def start_run(folder: Path, header: RunHeader) -> RunFile:
    """Return the run file of this name, made anew or gone on with.

    Args:
        folder: Where run files lie; made if it is missing.
        header: What the run is made with.

    Raises:
        FootnoteError: There is a run of this name that was made with something else.
    """
    path = run_path(folder, header.name)
    if path.exists():
        run = read_run(path)
        if _same(run.header, header):
            _drop_torn_line(path)
            return run
        raise FootnoteError(
            f"There is a run {header.name} already that was made with other {_difference(run.header, header)}.",
            f"Name this one otherwise with --run, or remove {path}.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_HEADER.dump_json(header) + b"\n")
    return RunFile(path, header)


def read_run(path: Path) -> RunFile:
    """Read a run file; a last line that was cut off is left out.

    Raises:
        FootnoteError: There is no such file, or it is no run file.
    """
    try:
        first, *rest = path.read_bytes().splitlines(keepends=True)
        header = _HEADER.validate_json(first)
        return RunFile(path, header, [_RESPONSE.validate_json(line) for line in rest if line.endswith(b"\n")])
    except FileNotFoundError as error:
        raise FootnoteError(f"There is no run {path}.", _hint(path.parent)) from error
    except (OSError, ValueError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise FootnoteError(
            f"{path} is no run of this version: {reason}.", "Runs are made by footnote eval."
        ) from error


def run_path(folder: Path, name: str) -> Path:
    """Return the file of a run that is named, or given as a file.

    Args:
        folder: Where run files lie.
        name: Name of a run in it, or a path that ends in `.jsonl`.

    Raises:
        FootnoteError: The name is none.
    """
    if name.endswith(".jsonl"):
        return Path(name)
    if not name or Path(name).name != name:
        raise FootnoteError(f"{name!r} is no name for a run.", "Letters, digits, points and hyphens will do.")
    return folder / f"{name}.jsonl"


def find_unfinished(folder: Path, header: RunHeader, wanted: int) -> str:
    """Return the name of the newest run that was made with the same and lacks responses, or an empty string.

    Args:
        folder: Where run files lie.
        header: What the run is made with; its name and time are not compared.
        wanted: How many responses a finished run has.
    """
    newest_first = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first:
        try:
            run = read_run(path)
        except FootnoteError:
            continue
        if _same(run.header, header) and len(run.responses) < wanted:
            return run.header.name
    return ""


def _same(one: RunHeader, other: RunHeader) -> bool:
    return replace(one, name=other.name, started=other.started) == other


def _difference(one: RunHeader, other: RunHeader) -> str:
    """Return what two runs were made with otherwise, such as `models, hashes: code`."""
    before, after = (json.loads(_HEADER.dump_json(replace(header, name="", started=""))) for header in (one, other))
    changed = []
    for name, value in before.items():
        if isinstance(value, dict):
            keys = [key for key in {**value, **after[name]} if value.get(key) != after[name].get(key)]
            changed += [f"{name}: {', '.join(keys)}"] if keys else []
        elif value != after[name]:
            changed.append(name)
    return "; ".join(changed)


def _drop_torn_line(path: Path) -> None:
    """Cut off what a killed process had begun to write, so that the next line begins on its own."""
    text = path.read_bytes()
    if not text.endswith(b"\n"):
        path.write_bytes(text[: text.rfind(b"\n") + 1])


def _hint(folder: Path) -> str:
    names = sorted(path.stem for path in folder.glob("*.jsonl"))
    return f"There are: {', '.join(names[-10:])}." if names else "Make one with: footnote eval --run NAME"
