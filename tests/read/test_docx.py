import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from .conftest import ReadBad, ReadOne

BODY = "The first paragraph says what happened, who was there and what they had to say about it."


def saved(fill: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def story(document: Document) -> None:
    document.core_properties.author = "Jane Doe"
    document.add_paragraph("Hamas and Iran", "Title")
    document.add_paragraph(BODY)
    document.add_heading("What next")
    document.add_paragraph("Line one.\nLine two.")
    document.add_paragraph("A man walks", "Caption")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"


def test_styles_give_title_headings_and_captions(read_one: ReadOne) -> None:
    article = read_one("a.docx", saved(story))
    assert (article.title, article.byline, article.date_source) == ("Hamas and Iran", "Jane Doe", "unknown")
    assert [(part.kind, part.text) for part in article.paragraphs] == [
        ("body", BODY),
        ("heading", "What next"),
        ("body", "Line one."),
        ("body", "Line two."),
        ("caption", "A man walks"),
        ("body", "a | b"),
    ]


def test_the_name_of_an_account_is_no_byline(read_one: ReadOne) -> None:
    assert read_one("a.docx", saved(lambda document: document.add_paragraph("Text."))).byline == ""


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"no zip at all", saved(lambda document: None)])
def test_a_broken_or_empty_file_is_an_error(read_bad: ReadBad, content: bytes) -> None:
    assert "word processor" in read_bad("a.docx", content).hint


def test_a_zip_of_something_else_is_an_error(read_bad: ReadBad) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "text")
    assert "no readable Word file" in read_bad("a.docx", file.getvalue()).message


def test_a_zip_bomb_is_refused_before_it_is_parsed(read_bad: ReadBad) -> None:
    file = io.BytesIO(saved(story))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/bomb.xml", b"\0" * (11 << 20))
    assert "FOOTNOTE_MAX_FILE_MEGABYTES" in read_bad("a.docx", file.getvalue()).hint


def test_a_zip_bomb_that_lies_about_its_size_does_no_harm(read_bad: ReadBad) -> None:
    file = io.BytesIO(saved(story))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/bomb.xml", b"\0" * (11 << 20))
    lying = file.getvalue().replace((11 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert read_bad("a.docx", lying).hint
