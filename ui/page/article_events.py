"""What happens to the articles: files dropped in, an article removed or put back."""

import queue
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag import Assistant, FootnoteError
from rag.store.index import Progress
from rag.store.report import FileReport
from ui.page.limits import Limits
from ui.page.turns import Json, new_id
from ui.render import one_line, plain

if TYPE_CHECKING:
    from ui.page.page import Parts


class ArticleEvents:
    """The events of the list of articles."""

    def __init__(self, desk: Assistant, limits: Limits) -> None:
        """Change this desk's articles, within these limits."""
        self.desk = desk
        self.limits = limits

    def wire(self, parts: "Parts") -> None:
        """Tie the events to the components."""
        private: dict[str, Json] = {"api_visibility": "private", "show_progress": "hidden"}
        parts.articles.bring(self.add, None, [parts.articles], concurrency_limit=2, concurrency_id="adding", **private)
        for event, change in ((parts.articles.remove, self.remove), (parts.articles.putback, self.put_back)):
            event(change, None, [parts.articles, parts.outbox], concurrency_id="removing", **private)

    def add(self, event: gr.EventData) -> Iterator[Json]:
        """Index the files that a visitor has dropped, and tell how far that has come.

        The work goes on in a thread of its own, so that it is finished also when the visitor leaves.
        """
        folder = _own_folder()
        files = _take(uploaded_files(event._data, self.limits.upload_files), folder)
        missing = [name for name, _ in _sent(event._data) if name not in files]
        lost = [_line("failed", name, "It did not arrive. Drop it again.") for name in missing]
        news: queue.Queue[Progress | list[FileReport] | FootnoteError] = queue.Queue()
        threading.Thread(target=_add, args=(self.desk, files, folder, news), daemon=True).start()
        yield {"progress": {"task": "reading articles", "done": 0, "total": 0}, "lines": []}
        while isinstance(told := news.get(), Progress):
            yield {"progress": {"task": told.task, "done": told.done, "total": told.total}, "lines": []}
        if isinstance(told, FootnoteError):
            lines = [_line("failed", "", f"{told.message} {told.hint}")]
        else:
            lines = [_line(each.status, each.path, _details(each)) for each in told]
        yield {"lines": lines + lost, "changed": new_id()}

    def remove(self, event: gr.EventData) -> list[Json]:
        """Remove an article that a visitor has chosen and confirmed."""
        article_id = _chosen(event)
        return _told(lambda: {"notice": "Removed.", "putback": article_id if self.desk.remove(article_id) else ""})

    def put_back(self, event: gr.EventData) -> list[Json]:
        """Bring an article back that a visitor has just removed."""

        def put_back() -> Json:
            self.desk.put_back(_chosen(event))
            return {"notice": "It is back."}

        return _told(put_back)


def _chosen(event: gr.EventData) -> str:
    return str(event._data.get("id")) if isinstance(event._data, dict) else ""


def _told(change: Callable[[], Json]) -> list[Json]:
    """Change the articles, and return what the list and the outbox are given."""
    try:
        told = change()
    except FootnoteError as error:
        told = {"notice": f"{plain(error.message)} {plain(error.hint)}"}
    return [{"lines": [], "changed": new_id()}, {**told, "id": new_id()}]


def uploaded_files(data: object, most: int) -> dict[str, Path]:
    """Return the files that a browser says it has uploaded, by name; what lies elsewhere than uploads do is left out.

    Args:
        data: What the browser sent: `{"files": [{"name": …, "path": …}]}`.
        most: How many are taken.
    """
    uploads = Path(get_upload_folder()).resolve()
    files: dict[str, Path] = {}
    for name, path in _sent(data):
        file = Path(path).resolve()
        if name and file.is_relative_to(uploads) and file.is_file() and len(files) < most:
            files[name] = file
    return files


def _sent(data: object) -> Iterator[tuple[str, str]]:
    """Yield name and path of each file that a browser says it has uploaded."""
    listed = data.get("files") if isinstance(data, dict) else None
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield str(each.get("name", "")), str(each.get("path", ""))


def _own_folder() -> Path:
    """Return a new folder beside the uploads, so that moving a file there copies nothing."""
    uploads = Path(get_upload_folder())
    uploads.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(dir=uploads))


def _take(files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Move uploads to where no other visitor has them: Gradio keeps files of the same content in the same place."""
    taken = {}
    for number, (name, file) in enumerate(files.items()):
        with suppress(FileNotFoundError):
            taken[name] = file.replace(folder / str(number))
    return taken


def _add(desk: Assistant, files: Mapping[str, Path], folder: Path, news: "queue.Queue[Any]") -> None:
    try:
        news.put(desk.add(files, news.put))
    except FootnoteError as error:
        news.put(error)
    except Exception as error:  # the visitor who waits must hear of it, whatever it is
        news.put(FootnoteError(f"The files could not be read ({type(error).__name__}).", "Try again with fewer."))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _details(report: FileReport) -> str:
    counted = "" if report.status == "failed" else f"{report.articles} article{'' if report.articles == 1 else 's'}"
    return " ".join(part for part in (counted, report.reason, report.hint) if part)


def _line(status: str, path: str, details: str) -> dict[str, str]:
    return {"status": status, "path": plain(path), "details": one_line(details, 300)}
