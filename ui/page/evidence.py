"""What the reader pane needs: the articles that an answer names, and where in them its quotes stand.

Offsets here count UTF-16 units from the start of a paragraph, as JavaScript does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.gate import FindArticle
from rag.errors import NotFoundError
from rag.records import Answer, Article, ArticleHeader, Citation, ParagraphKind, Passage
from ui.render import plain, render_date

MOST_PARAGRAPHS = 400
"""Paragraphs of an article that are shown; of a longer one those around what is cited."""

AROUND = 60
"""Paragraphs before and behind a cited one that are shown of an article that is too long to be shown whole."""


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph as the reader pane shows it."""

    number: int
    kind: ParagraphKind
    text: str


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as the reader pane shows it.

    Attributes:
        id: Its id.
        title: Its title.
        facts: Byline, agency, date with its source, address; each on a line of its own.
        paragraphs: Its paragraphs, or those around what is cited.
        left_out: How many paragraphs are not shown.
    """

    id: str
    title: str
    facts: tuple[str, ...]
    paragraphs: tuple[ShownParagraph, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A place that an answer points at.

    Attributes:
        key: The footnote's number, or `near1`, `near2`, … for a paragraph that only came nearest.
        article: The article's id.
        title: Its title.
        date: Its day of publication in words.
        paragraph: The paragraph's number.
        start: Where the quote begins in the paragraph.
        end: Where it ends.
        quote: The quoted words.
        changed: Why the article does not show them any more, or an empty string.
    """

    key: str
    article: str
    title: str
    date: str
    paragraph: int
    start: int
    end: int
    quote: str
    changed: str = ""


def find_citations(answer: Answer, find: FindArticle) -> list[ShownCitation]:
    """Return all places that an answer points at: its footnotes, else what came nearest."""
    cited = [_citation(citation, find) for citation in answer.citations]
    if cited or answer.sentences:
        return cited
    return [_nearest(number, passage) for number, passage in enumerate(answer.nearest, 1)]


def find_articles(citations: Sequence[ShownCitation], find: FindArticle) -> Iterator[ShownArticle]:
    """Yield the articles that citations name, each once, without those that are gone."""
    for article_id in dict.fromkeys(citation.article for citation in citations):
        try:
            article = find(article_id)
        except NotFoundError:
            continue
        yield show_article(article, [each.paragraph for each in citations if each.article == article_id])


def show_article(article: Article, around: Sequence[int] = (1,)) -> ShownArticle:
    """Return an article for the reader pane.

    Args:
        article: The article.
        around: Numbers of the paragraphs that must be shown, if it is too long to be shown whole.
    """
    shown = article.paragraphs
    if len(shown) > MOST_PARAGRAPHS:
        near = {number for middle in around for number in range(middle - AROUND, middle + AROUND + 1)}
        shown = tuple(each for each in shown if each.number in near)[:MOST_PARAGRAPHS]
    return ShownArticle(
        article.id,
        plain(article.title),
        _facts(article),
        tuple(ShownParagraph(each.number, each.kind, plain(each.text)) for each in shown),
        len(article.paragraphs) - len(shown),
    )


def _facts(article: ArticleHeader) -> tuple[str, ...]:
    sources = {"file name": "in the file's name", "text": "in the text", "front matter": "at the top of the file"}
    where = sources.get(article.date_source, f"in the {article.date_source}")
    day = f"{render_date(article.date)} (found {where})" if article.date else "date unknown"
    return tuple(plain(fact) for fact in (article.byline, article.agency, day, article.url) if fact)


def _citation(citation: Citation, find: FindArticle) -> ShownCitation:
    start = end = 0
    changed = ""
    try:
        article = find(citation.article.id)
        paragraph = article.paragraphs[citation.paragraph_number - 1]
        if article.text[citation.start : citation.end] == citation.quote and paragraph.start <= citation.start:
            start = _units(plain(article.text[paragraph.start : citation.start]))
            end = start + _units(plain(citation.quote))
        else:
            changed = "The article has changed since this answer."
    except NotFoundError:
        changed = "The article is no longer there."
    except IndexError:
        changed = "The article has changed since this answer."
    return ShownCitation(
        key=str(citation.number),
        article=citation.article.id,
        title=plain(citation.article.title),
        date=render_date(citation.article.date),
        paragraph=citation.paragraph_number,
        start=start,
        end=end,
        quote=plain(citation.quote),
        changed=changed,
    )


def _nearest(number: int, passage: Passage) -> ShownCitation:
    text = plain(passage.paragraph.text)
    return ShownCitation(
        key=f"near{number}",
        article=passage.article.id,
        title=plain(passage.article.title),
        date=render_date(passage.article.date),
        paragraph=passage.paragraph.number,
        start=0,
        end=_units(text),
        quote=text,
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
