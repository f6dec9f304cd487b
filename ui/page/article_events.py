"""What happens to the articles: files dropped in, an article removed."""

import queue
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag import Assistant, FootnoteError
from rag.records import FileReport
from rag.store.index import Progress
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
        parts.articles.remove(self.remove, None, [parts.articles, parts.outbox], concurrency_id="removing", **private)

    def add(self, event: gr.EventData) -> Iterator[Json]:
        """Index the files that a visitor has dropped, and tell how far that has come.

        The work goes on in a thread of its own, so that it is finished also when the visitor leaves.
        """
        files = uploaded_files(event._data, self.limits.upload_files)
        news: queue.Queue[Progress | list[FileReport] | FootnoteError] = queue.Queue()
        threading.Thread(target=_add, args=(self.desk, files, news), daemon=True).start()
        yield {"progress": {"task": "reading articles", "done": 0, "total": 0}, "lines": []}
        while isinstance(told := news.get(), Progress):
            yield {"progress": {"task": told.task, "done": told.done, "total": told.total}, "lines": []}
        if isinstance(told, FootnoteError):
            yield {"lines": [_line("failed", "", f"{told.message} {told.hint}")], "changed": new_id()}
        else:
            yield {"lines": [_line(each.status, each.path, _details(each)) for each in told], "changed": new_id()}

    def remove(self, event: gr.EventData) -> list[Json]:
        """Remove an article that a visitor has chosen and confirmed."""
        article_id = event._data.get("id") if isinstance(event._data, dict) else ""
        try:
            self.desk.remove(str(article_id))
            said = "Removed."
        except FootnoteError as error:
            said = f"{plain(error.message)} {plain(error.hint)}"
        return [{"lines": [], "changed": new_id()}, {"notice": said, "id": new_id()}]


def uploaded_files(data: object, most: int) -> dict[str, Path]:
    """Return the files that a browser says it has uploaded, by name; what lies elsewhere than uploads do is left out.

    Args:
        data: What the browser sent: `{"files": [{"name": …, "path": …}]}`.
        most: How many are taken.
    """
    uploads = Path(get_upload_folder()).resolve()
    listed = data.get("files") if isinstance(data, dict) else None
    files: dict[str, Path] = {}
    for each in listed if isinstance(listed, list) else []:
        name, path = (str(each.get(key, "")) for key in ("name", "path")) if isinstance(each, dict) else ("", "")
        file = Path(path).resolve()
        if name and file.is_relative_to(uploads) and file.is_file() and len(files) < most:
            files[name] = file
    return files


def _add(desk: Assistant, files: Mapping[str, Path], news: "queue.Queue[Any]") -> None:
    try:
        news.put(desk.add(files, news.put))
    except FootnoteError as error:
        news.put(error)
    except Exception as error:  # the visitor who waits must hear of it, whatever it is
        news.put(FootnoteError(f"The files could not be read ({type(error).__name__}).", "Try again with fewer."))
        raise
    finally:
        for file in files.values():
            file.unlink(missing_ok=True)


def _details(report: FileReport) -> str:
    counted = "" if report.status == "failed" else f"{report.articles} article{'' if report.articles == 1 else 's'}"
    return " ".join(part for part in (counted, report.reason, report.hint) if part)


def _line(status: str, path: str, details: str) -> dict[str, str]:
    return {"status": status, "path": plain(path), "details": one_line(details, 300)}
