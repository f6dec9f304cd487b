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


def with_body(body: str) -> bytes:
    """Return a Word file with this XML as its body."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(story))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
                content = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()
            new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("body", ["<w:p/>" * 100_001, "<w:tbl><w:tr>" + "<w:tc/>" * 100_001 + "</w:tr></w:tbl>"])
def test_more_paragraphs_and_cells_than_an_article_has_are_refused(read_bad: ReadBad, body: str) -> None:
    assert "100,000 paragraphs and cells" in read_bad("a.docx", with_body(body)).message


def test_a_cell_that_spans_millions_of_columns_is_read_once(read_one: ReadOne) -> None:
    cell = "<w:tc>{}<w:p><w:r><w:t>five</w:t></w:r></w:p></w:tc>"
    wide = cell.format('<w:tcPr><w:gridSpan w:val="20000000"/></w:tcPr>')
    article = read_one("a.docx", with_body(f"<w:tbl><w:tr>{wide}{cell.format('')}</w:tr></w:tbl>"))
    assert article.text == "five | five"


def test_the_byline_in_the_text_wins_over_whoever_typed_it(read_one: ReadOne) -> None:
    def fill(document: Document) -> None:
        document.core_properties.author = "Hospital Secretary"
        document.add_paragraph("Hamas and Iran", "Title")
        document.add_paragraph("By Luis Ortega")
        document.add_paragraph(BODY)

    assert read_one("a.docx", saved(fill)).byline == "Luis Ortega"
