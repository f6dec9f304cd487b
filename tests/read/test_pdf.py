import io

import pytest

from rag.read.source import clean_field

from .conftest import ReadBad, ReadOne


def pdf(pages: list[list[str]], **about: str) -> bytes:
    """Return a PDF file that shows these lines on its pages in Helvetica, as an office program would write it."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    fonts = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 10 Tf 50 750 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        named = DictionaryObject({NameObject("/F1"): fonts})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): named})
    writer.add_metadata({f"/{key}": value for key, value in about.items()})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


STORY = [
    ["The Paper 1", "Hamas and Iran", "The first paragraph goes on for three lines and its nego-"]
    + ["tiators met in the well-known city of Damascus, as they", "had done before.", "The second one is"]
    + ["as long as the first and it is broken by the end of the"],
    ["The Paper 2", "page, where it goes on as if nothing had happened, well-", "known as it is."],
]


def test_lines_are_joined_to_paragraphs_without_running_heads(read_one: ReadOne) -> None:
    article = read_one("a.pdf", pdf(STORY))
    assert article.title == "Hamas and Iran"
    first, *rest = [part.text for part in article.paragraphs]
    assert first == (
        "The first paragraph goes on for three lines and its negotiators met in the well-known city of Damascus, "
        "as they had done before."
    )
    assert rest[-1].endswith(
        "by the end of the page, where it goes on as if nothing had happened, well-known as it is."
    )


def test_pages_of_nothing_but_alike_lines_are_kept(read_one: ReadOne) -> None:
    assert "Slide 2 of many" in read_one("a.pdf", pdf([[f"Slide {number} of many"] for number in range(1, 5)])).text


def test_raised_digits_and_fractions_stay_what_they_are(read_one: ReadOne) -> None:
    line = "It took 3½ years and 201² attempts."
    assert read_one("a.pdf", pdf([[line]])).text == line


def test_title_and_author_are_read_and_the_time_of_creation_is_no_date(read_one: ReadOne) -> None:
    about = {"Title": "Hamas and Iran", "Author": "Jane Doe", "CreationDate": "D:20170923100000Z"}
    article = read_one("a.pdf", pdf([["Some text."]], **about))
    assert (article.title, article.byline) == ("Hamas and Iran", "Jane Doe")
    assert (article.date, article.date_source) == (None, "unknown")


@pytest.mark.parametrize("title", ["Microsoft Word - story.docx", "untitled", "story.indd"])
def test_what_programs_write_as_title_is_none(read_one: ReadOne, title: str) -> None:
    assert read_one("a.pdf", pdf([["Some text."]], Title=title, Author="jdoe")).title == "a"


def test_a_pdf_without_text_is_an_error(read_bad: ReadBad) -> None:
    assert "no text" in read_bad("a.pdf", pdf([[]])).message


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"no pdf", pdf([["Text."]])[:300], b"%PDF-1.4\n%%EOF"])
def test_a_broken_pdf_is_an_error_and_nothing_is_printed(
    read_bad: ReadBad, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    assert read_bad("a.pdf", content).hint
    assert caplog.records == []


def test_a_pdf_locked_with_a_password_is_an_error_that_says_so(read_bad: ReadBad) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Text."]])))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert "password" in read_bad("a.pdf", file.getvalue()).message


def test_title_and_author_are_cleaned_and_anything_but_text_is_missing(read_one: ReadOne) -> None:
    article = read_one("a.pdf", pdf([["Some text."]], Title="A\0 title", Author="Jane\r\nDoe Roe"))
    assert (article.title, article.byline) == ("A title", "Jane Doe Roe")
    assert (clean_field(5), clean_field(None), clean_field(" a\ud800 ")) == ("", "", "a?")
