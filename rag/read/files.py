"""Which reader reads which file; the one way into this room."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from rag.errors import ReadError
from rag.read.source import SourceFile
from rag.records import Article

# Imported when a file needs it: asking a question reads no files and should not wait for this room's patterns.
_READERS = {
    ".txt": "text.read_text",
    ".md": "markdown.read_markdown",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".pdf": "pdf.read_pdf",
    ".docx": "docx.read_docx",
    ".json": "json_lines.read_json",
    ".jsonl": "json_lines.read_json_lines",
    ".jsonl.gz": "json_lines.read_json_lines",
}
SUFFIXES: tuple[str, ...] = tuple(_READERS)
"""Suffixes of the files that can be read, in lower case; those of files may be in any."""


def suffix_of(name: str) -> str:
    """Return which of the suffixes a file's name ends in, or an empty string if it cannot be read.

    Example:
        >>> suffix_of("News.1.JSONL.gz"), suffix_of("notes.rtf")
        ('.jsonl.gz', '')
    """
    lower = name.lower()
    return next((suffix for suffix in SUFFIXES if lower.endswith(suffix)), "")


def read_articles(path: Path, article_id: str, max_megabytes: int) -> Iterator[Article | ReadError]:
    """Read the articles of a file.

    Args:
        path: The file; its suffix tells the format.
        article_id: Id of its article. In a file of many, a record's own `id` wins, else it is followed by `-1`, `-2`,
            … for its place in the file.
        max_megabytes: Largest file that is read, above 0; in a `.jsonl` file the longest line.

    Yields:
        Articles, and a `ReadError` in the place of each that cannot be read. Bad input raises nothing.
    """
    source = SourceFile(path, article_id, max_megabytes)
    suffix = suffix_of(path.name)
    if not suffix:
        yield source.error("this kind of file cannot be read.", f"Readable are {' '.join(SUFFIXES)}.")
        return
    try:
        yield from _load_reader(suffix)(source)
    except ReadError as error:
        yield error
    except OSError as error:
        yield source.error(f"the file cannot be opened ({error.strerror or error}).", "Check that you may read it.")
    # The readers convert what they know of, but the parsers of three libraries stand behind them, and one hostile
    # file, with an error of theirs or one too large for the memory, must not keep all the others from being read.
    except Exception as error:
        yield source.error(f"it could not be read ({type(error).__name__}).", "Save its text as a .txt file.")


def _load_reader(suffix: str) -> Callable[[SourceFile], Iterator[Article | ReadError]]:
    module, _, function = _READERS[suffix].partition(".")
    reader: Callable[[SourceFile], Iterator[Article | ReadError]] = getattr(
        import_module(f"rag.read.{module}"), function
    )
    return reader
