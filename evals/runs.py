"""Run files: what was asked and answered, a JSON line each, so that a run can go on, be scored again, and compared."""

import itertools
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.records import Response
from evals.summary import RunHeader
from rag import FootnoteError

_HEADER = TypeAdapter(RunHeader)
_RESPONSE = TypeAdapter(Response)
_FINISHED = b'{"finished":true}\n'


class RunFile:
    """A run's file: its header, a line a response in the order in which they came, and a last line when all is told.

    Attributes:
        path: The file.
        header: What the run is made with; its name is the file's.
        responses: The responses so far, by system and question id; of a question asked twice, the later one.
    """

    def __init__(self, path: Path, header: RunHeader, responses: Sequence[Response] = ()) -> None:
        """Take what is known; `start_run` and `read_run` are the usual ways."""
        self.path = path
        self.header = replace(header, name=path.stem)
        self.responses = {(response.system, response.question_id): response for response in responses}

    def add(self, response: Response) -> None:
        """Keep a response, on disk too.

        Raises:
            FootnoteError: It cannot be written.
        """
        _append(self.path, _RESPONSE.dump_json(response) + b"\n")
        self.responses[response.system, response.question_id] = response


def start_run(folder: Path, header: RunHeader) -> RunFile:
    """Return the run file of this name, made anew or gone on with.

    Args:
        folder: Where run files lie; made if it is missing.
        header: What the run is made with.

    Raises:
        FootnoteError: There is a run of this name that was made with something else, or it cannot be written.
    """
    path = run_path(folder, header.name)
    with _writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            new = path.with_suffix(".new")
            new.write_bytes(_HEADER.dump_json(header) + b"\n")
            new.replace(path)
            return RunFile(path, header)
        run = read_run(path)
        if not _same(run.header, header):
            raise FootnoteError(
                f"There is a run {header.name} already that was made with other {tell_difference(run.header, header)}.",
                f"Name this one otherwise with --run, or remove {path}.",
            )
        _drop_torn_line(path)
        return run


def read_run(path: Path) -> RunFile:
    """Read a run file; a last line that was cut off is left out.

    Raises:
        FootnoteError: There is no such file, or it is no run file.
    """
    number = 1
    try:
        lines = path.read_bytes().splitlines(keepends=True) or [b""]
        header = _HEADER.validate_json(lines[0])
        responses = []
        for number, line in enumerate(lines[1:], start=2):  # noqa: B007 - an error tells the line
            if line.endswith(b"\n") and line != _FINISHED:
                responses.append(_RESPONSE.validate_json(line))
        return RunFile(path, header, responses)
    except FileNotFoundError as error:
        raise FootnoteError(f"There is no run {path}.", _hint(path.parent)) from error
    except (OSError, ValueError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        problem = f"{path}, line {number}: this is no run of this version: {reason}."
        raise FootnoteError(problem, "Runs are made by footnote eval.") from error


def finish_run(path: Path) -> None:
    """Note that the report of a run was written: the next run without a name is a new one.

    Raises:
        FootnoteError: It cannot be written.
    """
    if not _is_finished(path):
        _append(path, _FINISHED)


def run_path(folder: Path, name: str) -> Path:
    """Return the file of a run.

    Args:
        folder: Where run files lie.
        name: Its name.

    Raises:
        FootnoteError: The name is none.
    """
    if not name or Path(name).name != name or len(os.fsencode(name)) > 200 or not name.isprintable():
        raise FootnoteError(f"{name[:200]!r} is no name for a run.", "It names a file: no slash, and not too long.")
    return folder / f"{name}.jsonl"


def free_name(folder: Path, name: str) -> str:
    """Return a name that no run has: this one, or with a number behind it."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(name for name in names if not run_path(folder, name).exists())


def find_unfinished(folder: Path, header: RunHeader) -> str:
    """Return the name of the newest run that was made with the same and is not finished, or an empty string.

    Args:
        folder: Where run files lie.
        header: What the run is made with; its name and time are not compared.
    """
    for path in sorted(folder.glob("*.jsonl"), key=_changed, reverse=True):
        try:
            # A file may hold tens of thousands of responses; its first line tells whether they are worth reading.
            with path.open("rb") as stream:
                fits = _same(_HEADER.validate_json(stream.readline()), header)
            if fits and not _is_finished(path):
                return read_run(path).header.name
        except (OSError, ValueError, FootnoteError):
            continue
    return ""


def tell_difference(one: RunHeader, other: RunHeader) -> str:
    """Return what two runs were made with otherwise, such as `models; hashes: code`."""
    before, after = (json.loads(_HEADER.dump_json(replace(header, name="", started=""))) for header in (one, other))
    changed = []
    for name, value in before.items():
        if isinstance(value, dict):
            keys = [key for key in {**value, **after[name]} if value.get(key) != after[name].get(key)]
            changed += [f"{name}: {', '.join(keys)}"] if keys else []
        elif value != after[name]:
            changed.append(name)
    return "; ".join(changed)


def _same(one: RunHeader, other: RunHeader) -> bool:
    # A dataset may be spelt in several ways; what is in it is among the hashes.
    return replace(one, name=other.name, started=other.started, dataset=other.dataset) == other


def _is_finished(path: Path) -> bool:
    return b"\n" + _FINISHED in path.read_bytes()


def _append(path: Path, line: bytes) -> None:
    with _writing(path), path.open("ab") as stream:
        stream.write(line)


def _drop_torn_line(path: Path) -> None:
    """Cut off what a killed process had begun to write, so that the next line begins on its own."""
    text = path.read_bytes()
    if not text.endswith(b"\n"):
        os.truncate(path, text.rfind(b"\n") + 1)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # removed since it was listed
        return 0.0


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FootnoteError(
            f"{path} cannot be written: {error.strerror or error}.",
            "What was answered is kept: make room, or name another folder with --work, and go on.",
        ) from error


def _hint(folder: Path) -> str:
    names = sorted(path.stem for path in folder.glob("*.jsonl"))
    return f"There are: {', '.join(names[-10:])}." if names else "Make one with: footnote eval --run NAME"
