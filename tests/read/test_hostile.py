"""Lines that patterns could be caught in: run in another process, since a hang would hang the tests too."""

import json
import subprocess
import sys

import pytest

SECONDS = 30
UNITS = ["A", "a ", "A ", "By A", "By A ", "Photo: ", "((", "Reporting by A", "published 1", "1. ", '"', "U.S."]
UNITS += ["Follow A", " ", "- ", "> ", "|-", "[a](", "<.", "*a", "AP/", "(AP", "1/", "a, ", "A-", "of", "\t"]
STARTS = ["", "By Aa ", "By A ", "(photo ", "Reporting by A", "Monday, ", "[", "Follow a "]
LENGTHS = [50, 80, 110, 119, 160, 200, 300, 320, 600, 3000]
LINES = [
    start + unit * ((length - len(start) - 1) // len(unit)) + "!"
    for unit in UNITS
    for start in STARTS
    for length in LENGTHS
]
PATTERNS = """
import json, sys
from rag.read.agencies import find_agency
from rag.read.boilerplate import find_byline, is_boilerplate
from rag.read.captions import is_caption
from rag.read.comments import is_form
from rag.read.dates import find_date, read_date_line
from rag.read.pdf import _join_lines
from rag.read.paragraphs import split_paragraphs
from rag.read.sentences import split_sentences
for line in json.load(sys.stdin):
    is_boilerplate(line, True, True), is_caption(line, True), is_form(line), read_date_line(line)
    find_agency([line]), find_byline([line]), find_date([line], line)
    split_paragraphs(line), split_sentences(line), list(_join_lines([line, line]))
"""
FILES = """
import json, sys, tempfile, pathlib
from rag.read import read_articles
path = pathlib.Path(tempfile.mkdtemp()) / sys.argv[1]
for head in json.load(sys.stdin):
    path.write_text("\\n\\n".join(head))
    list(read_articles(path, "a", 10))
path.unlink()
"""


def run(code: str, lines: object, *arguments: str) -> None:
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, input=json.dumps(lines), text=True, check=True, timeout=SECONDS)


def test_no_pattern_is_caught_in_a_line_of_any_length() -> None:
    run(PATTERNS, LINES)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_file_of_such_lines_is_read_without_end(name: str) -> None:
    run(FILES, [LINES[start : start + 5] for start in range(0, len(LINES), 5)], name)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("unit", [" ", "> ", "a", "<....", "- ", "|"])
def test_a_line_of_a_tenth_of_a_megabyte_is_read(name: str, unit: str) -> None:
    run(FILES, [[unit * (100_000 // len(unit)) + "x!"]], name)


def test_letters_without_end_on_a_pdf_line_are_joined() -> None:
    run(PATTERNS, ["a" * 100_000, "a-" * 50_000])
