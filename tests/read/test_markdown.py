import time
from datetime import date

import pytest

from .conftest import ReadBad, ReadOne

STORY = """\
---
title: "Hamas and Iran: a thaw"
date: 2017-09-23T10:00:00Z
authors:
  - Jane Doe
  - John Roe
url: https://x.com/a  # where it was
---
# Hamas and Iran: a thaw

First *paragraph* with a [link](https://x.com/a_(b)) and **bold *nested* text**
going on &amp; on.

![A man walks](a.jpg)

## What next?

> A quote
> goes on.

A line above a rule
---

- one **thing**
- another thing
"""


def test_front_matter_and_blocks_are_read(read_one: ReadOne) -> None:
    article = read_one("a.md", STORY)
    assert (article.title, article.byline) == ("Hamas and Iran: a thaw", "Jane Doe, John Roe")
    assert (article.url, article.date) == ("https://x.com/a", date(2017, 9, 23))
    assert article.date_source == "front matter"
    assert [(part.kind, part.text) for part in article.paragraphs] == [
        ("body", "First paragraph with a link and bold nested text going on & on."),
        ("caption", "A man walks"),
        ("heading", "What next?"),
        ("body", "A quote goes on."),
        ("heading", "A line above a rule"),
        ("body", "one thing"),
        ("body", "another thing"),
    ]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        (r"\*not emphasis\* and 5 \# 6", "*not emphasis* and 5 # 6"),
        ("He said f*** you", "He said f*** you"),
        ("a <b>tag</b> and <https://x.com/a>", "a tag and https://x.com/a"),
        ("[text][1] and ![a picture](b.png) here", "text and  here"),
        ("before <!-- hidden --> after", "before  after"),
        ("~~gone~~ and `code`", "gone and code"),
        ("[click to enlarge] and 3 < 4 > 2", "[click to enlarge] and 3 < 4 > 2"),
        ("| a | **b** |", "a | b"),
        ("It left Damascus in\n2012. The war went on.", "It left Damascus in 2012. The war went on."),
        ("12. It left", "It left"),
        ("[Minister]: Yes, we did.", "[Minister]: Yes, we did."),
    ],
)
def test_markup_is_taken_off_and_what_only_looks_like_it_stays(read_one: ReadOne, markup: str, plain: str) -> None:
    assert read_one("a.md", f"# T\n\n{markup}\n").paragraphs[0].text == plain


def test_a_first_heading_is_the_title(read_one: ReadOne) -> None:
    article = read_one("a.md", "# The *title*\n\nText.\n\n[1]: https://x.com\n\n```\ncode\n```\n")
    assert article.title == "The title"
    assert [part.text for part in article.paragraphs] == ["Text.", "code"]


def test_front_matter_alone_is_an_error(read_bad: ReadBad) -> None:
    assert "no text" in read_bad("a.md", "---\ntitle: T\n---\n").message


def test_a_rule_at_the_top_is_no_front_matter(read_one: ReadOne) -> None:
    assert read_one("a.md", "---\nOne line.\n\nAnother line.").title == "One line."


@pytest.mark.parametrize(
    "unit", ["*a ", "**", "[", "[a](", "](", "<a ", "<!--", "_a ", "`a", "#", "> ", "---\n", "a: b\n", "\\", "![", "- "]
)
def test_half_a_megabyte_of_any_mark_is_read_in_seconds(read_one: ReadOne, unit: str) -> None:
    started = time.process_time()
    read_one("a.md", "# Title\n\nText.\n\n" + unit * (500_000 // len(unit)))
    assert time.process_time() - started < 3


def test_a_list_nested_without_end_in_the_front_matter_is_read(read_one: ReadOne) -> None:
    assert read_one("a.md", f"---\ntitle: T\ntags: {'[' * 3000}{']' * 3000}\n---\nText.").title == "T"
