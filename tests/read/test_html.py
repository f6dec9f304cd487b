import time
from datetime import date

import pytest

from .conftest import ReadBad, ReadOne

PARAGRAPH = "The first paragraph of the story is long enough to be kept, since it says what happened and who was there."
PAGE = f"""<!doctype html><html><head><title>Hamas &amp; Iran | The Paper</title>
<meta property="og:title" content="Hamas &amp; Iran">
<meta property="article:published_time" content="2017-09-23T10:00:00Z">
<meta name="author" content="Jane Doe"><meta property="og:site_name" content="The Paper">
<link rel="canonical" href="https://x.com/a"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Hamas &amp; Iran</h1>
<figure><img src="a.jpg"><figcaption>A man walks in the street</figcaption></figure>
<p>{PARAGRAPH}</p><h2>What next</h2><p>It costs &pound;5&nbsp;million, and {PARAGRAPH}</p>
<ul><li>One thing</li><li>Another thing</li></ul>
<p style="display: none">Hidden by style {PARAGRAPH}</p><p hidden>Hidden by attribute {PARAGRAPH}</p>
<script>alert("script")</script><p>Line one<br>Line two</p></article>
<div id="comments"><h3>Comments</h3><p>I disagree with all of this, and so does everybody I know.</p></div>
</body></html>"""


def page(head: str = "", body: str = "") -> str:
    return f"<html><head><title>T</title>{head}</head><body><article>{body}<p>{PARAGRAPH}</p></article></body></html>"


def test_metadata_and_paragraphs_are_read(read_one: ReadOne) -> None:
    article = read_one("a.html", PAGE)
    assert (article.title, article.byline, article.agency) == ("Hamas & Iran", "Jane Doe", "The Paper")
    assert (article.url, article.date, article.date_source) == ("https://x.com/a", date(2017, 9, 23), "metadata")
    assert [(part.kind, part.text) for part in article.paragraphs] == [
        ("caption", "A man walks in the street"),
        ("body", PARAGRAPH),
        ("heading", "What next"),
        ("body", f"It costs £5 million, and {PARAGRAPH}"),
        ("body", "One thing"),
        ("body", "Another thing"),
        ("body", "Line one"),
        ("body", "Line two"),
        ("boilerplate", "Comments"),
        ("comment", "I disagree with all of this, and so does everybody I know."),
    ]


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2017-09-23T10:00:00Z"}]}</script>',
        '<script type="application/ld+json">[{"datePublished": "2017-09-23"}]</script>',
        '<meta name="DC.date.issued" content="23 September 2017">',
        '<meta itemprop="datePublished" content="2017-09-23">',
    ],
)
def test_the_day_is_read_from_metadata(read_one: ReadOne, head: str) -> None:
    article = read_one("a.html", page(head))
    assert (article.date, article.date_source) == (date(2017, 9, 23), "metadata")


def test_the_one_day_of_the_page_itself_is_taken_and_of_several_none(read_one: ReadOne) -> None:
    line, other = '<p class="date">23 September 2017</p>', '<p class="date">24 September 2017</p>'
    tag = '<time datetime="2017-09-23T10:00">Saturday</time>'
    found = [read_one("a.html", page(body=body)).date_source for body in (line, tag, line + other)]
    assert found == ["text", "metadata", "unknown"]


def test_a_line_end_in_the_source_is_a_space_and_a_div_can_be_a_paragraph(read_one: ReadOne) -> None:
    article = read_one(
        "a.html",
        page(body="<p>One paragraph on\ntwo lines.</p><div>A <b>division</b> with a\nwhole sentence in it.</div>"),
    )
    texts = [part.text for part in article.paragraphs]
    assert texts == ["One paragraph on two lines.", "A division with a whole sentence in it.", PARAGRAPH]


def test_comments_under_a_short_story_are_not_taken_for_it(read_one: ReadOne) -> None:
    comments = '<div id="comments"><p>I disagree with all of this.</p></div>'
    article = read_one("a.html", page().replace("</article>", f"</article>{comments}"))
    assert [part.kind for part in article.paragraphs] == ["body", "comment"]


def test_a_page_of_endless_elements_is_refused(read_bad: ReadBad) -> None:
    assert "elements" in read_bad("a.html", "<p>" * 250_000).message


@pytest.mark.parametrize(
    "body",
    [
        "<p>On September 23, 2017 he left the city, and nobody has seen him there since that day in autumn.</p>",
        '<p>Read <a href="/2017/09/23/other">the other story</a> that we had about this matter some time before.</p>',
        "<footer>Copyright 2017</footer>",
        '<script type="application/ld+json">{"dateModified": "2017-09-23", "datePublished": 5}</script>',
        '<script type="application/ld+json">' + "[" * 9999 + "</script>",
    ],
)
def test_no_day_is_guessed(read_one: ReadOne, body: str) -> None:
    assert read_one("a.html", page(body=body)).date_source == "unknown"


def test_a_declared_encoding_is_used_and_a_wrong_one_is_not(read_one: ReadOne) -> None:
    story = f"<p>Новости дня: {PARAGRAPH}</p>"
    for declared, actual in (("windows-1251", "cp1251"), ("utf-8", "utf-8"), ("nonsense", "utf-8")):
        article = read_one("a.html", page(f'<meta charset="{declared}">', story).encode(actual))
        assert article.paragraphs[0].text.startswith("Новости дня")


@pytest.mark.parametrize("actual", ["cp1252", "utf-8"])
def test_a_page_that_says_iso_8859_1_is_read_as_browsers_read_it(read_one: ReadOne, actual: str) -> None:
    markup = page('<meta charset="iso-8859-1">', f"<p>“We don’t know,” he said. {PARAGRAPH}</p>")
    assert read_one("a.html", markup.encode(actual)).paragraphs[0].text.startswith("“We don’t know,” he said.")


@pytest.mark.parametrize(
    "content", ["<html><body></body></html>", "<script>x</script>", "<div>" * 50_000, "<!-- -->", "<html/>", "<?xml?>"]
)
def test_a_page_without_text_is_an_error(read_bad: ReadBad, content: str) -> None:
    assert read_bad("a.html", content).hint


def test_external_entities_are_not_resolved(read_one: ReadOne) -> None:
    content = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + page(body="<p>This is &e; the end of it.</p>")
    assert "root:" not in read_one("a.html", content).text


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "unicode_escape", "utf-16", "rot13", "nonsense"])
def test_a_charset_that_no_page_is_written_in_is_passed_over(read_one: ReadOne, charset: str) -> None:
    assert PARAGRAPH in read_one("a.html", page(f'<meta charset="{charset}">', "<p>Café</p>")).text


def test_many_hidden_parts_are_dropped_in_one_pass_and_what_stands_between_is_kept(read_one: ReadOne) -> None:
    started = time.process_time()
    article = read_one("a.html", page(body="<p>" + "<b hidden>x</b>y<!-- z --> " * 20_000 + "</p>"))
    assert "y y y" in article.text and "x" not in article.paragraphs[0].text and "z" not in article.text
    assert time.process_time() - started < 10
