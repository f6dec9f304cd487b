"""The records that travel through Footnote: plain frozen dataclasses, no behaviour beyond naming a part.

Positions that people see are called *number* and count from 1. Offsets are called *start* and *end*, count
characters from 0 in `Article.text`, and follow Python's slices: `article.text[start:end]` is what is shown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ParagraphKind = Literal["body", "heading", "caption", "boilerplate", "comment"]
"""What a paragraph is. `boilerplate` is what a web page adds ("3 min read"), `comment` what its readers add."""

EVIDENCE_KINDS: frozenset[ParagraphKind] = frozenset({"body", "heading", "caption"})
"""The kinds of paragraph that an answer may rest on. All kinds are numbered, stored and shown."""

DateSource = Literal["front matter", "metadata", "dateline", "text", "file name", "unknown"]
"""Where a publication date was found; `unknown` exactly when there is none."""

Outcome = Literal["answered", "not_in_articles", "empty_index", "model_failed"]
"""How asking ended. A failing model is never told as ignorance, nor an empty index as either."""

Verdict = Literal["supported", "partly", "unsupported", "misattributed"]
"""Whether the cited paragraphs say what a sentence says; `misattributed` if another paragraph does."""

NOT_BORNE_OUT = "(not borne out)"
"""What stands behind a sentence that is shown although nothing bears it out."""

SURE = 0.5
"""Confidence from which on a model holds it likelier that its answer answers than that nothing does."""

UNSURE = "This may not answer the question."
"""What stands before an answer of which the model is unsure."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-empty paragraph of an article.

    Attributes:
        number: Place in the article from 1, in file order, the title not counted.
        kind: What the paragraph is.
        start: Offset of its first character in the article's text.
        end: Offset behind its last character.
        text: The characters themselves, `article.text[start:end]`.
    """

    number: int
    kind: ParagraphKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """What is known of an article besides its text.

    Attributes:
        id: Name for life, unique in an index; `id#number` addresses a paragraph.
        title: Headline on one line; never empty.
        byline: Authors as the article names them, or an empty string.
        agency: News agency or paper that it credits, or an empty string.
        url: Where it was published, or an empty string.
        date: Day of publication, or None.
        date_source: Where the date was found.
    """

    id: str
    title: str
    byline: str
    agency: str
    url: str
    date: date | None
    date_source: DateSource

    @property
    def published(self) -> str:
        """Return the day of publication as people write it, `23 September 2017`, or an empty string."""
        return f"{self.date.day} {self.date:%B %Y}" if self.date else ""


@dataclass(frozen=True, slots=True)
class Article(ArticleHeader):
    r"""An article with its text.

    Attributes:
        text: The whole text as read from the file: decoded, line ends as `\n`, without NUL characters.
        paragraphs: Its paragraphs in order, numbered from 1 without gaps.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one vector stands for: a paragraph, some short ones together, or a window of a long one.

    Attributes:
        id: Unique in an index and different for another version of the same article.
        article_id: The article that it is from.
        first_number: First paragraph that it covers.
        last_number: Last paragraph that it covers, equal to the first for most.
        kind: Kind of its longest paragraph.
        text: What is embedded: the title, a newline, and the text of the paragraphs.
    """

    id: str
    article_id: str
    first_number: int
    last_number: int
    kind: ParagraphKind
    text: str


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Limits a search to some articles.

    Attributes:
        ids: Only these articles, or None for all.
        first_date: Published on this day or later, or None. Articles without a date then fall out.
        last_date: Published on this day or earlier, or None. Articles without a date then fall out.
    """

    ids: tuple[str, ...] | None = None
    first_date: date | None = None
    last_date: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that a search found, best first in its list, and why it was found.

    Attributes:
        article: The article that it is from.
        paragraph: The paragraph.
        score: What the list is sorted by; higher is better, comparable within one search only.
        similarity: Cosine of question and chunk, -1 to 1, or None if not among the nearest vectors.
        dense_rank: Its place by similarity from 1, or None.
        lexical_score: Share of the question's words that it has, by BM25, above 0 to about 1; None if none of the best.
        lexical_rank: Its place by BM25 from 1, or None.
        before: What stands before the paragraph in its article, the last of it; helps to understand it.
    """

    article: ArticleHeader
    paragraph: Paragraph
    score: float
    similarity: float | None = None
    dense_rank: int | None = None
    lexical_score: float | None = None
    lexical_rank: int | None = None
    before: str = ""

    @property
    def ref(self) -> str:
        """Return the paragraph's address, `article-id#number`."""
        return f"{self.article.id}#{self.paragraph.number}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: the very words of one paragraph that a sentence of an answer rests on.

    Attributes:
        number: The footnote's number in its answer, from 1 in order of first use.
        article: The article cited.
        paragraph_number: The paragraph cited.
        start: Offset of the quote in the article's text.
        end: Offset behind it.
        quote: The words, `article.text[start:end]`.
    """

    number: int
    article: ArticleHeader
    paragraph_number: int
    start: int
    end: int
    quote: str

    @property
    def ref(self) -> str:
        """Return the cited paragraph's address, `article-id#number`."""
        return f"{self.article.id}#{self.paragraph_number}"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer with what it rests on.

    Attributes:
        text: The sentence, without marks.
        citations: At least one footnote, unless the verdict is `unsupported`.
        verdict: Whether the footnotes bear the sentence out; None if that was not checked.
        reason: Why the verdict is not `supported`, in one sentence; empty if it is.
        added: Whether the model gave no footnote and the only paragraph that bears the sentence out was added as one.
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict | None = None
    reason: str = ""
    added: bool = False

    @property
    def marks(self) -> str:
        """Return the numbers of its footnotes, `[1][2]`."""
        return "".join(f"[{citation.number}]" for citation in self.citations)

    @property
    def marked(self) -> str:
        """Return the sentence with its marks and, if so, `(not borne out)` behind them."""
        return " ".join(filter(None, (self.text, self.marks, NOT_BORNE_OUT * (self.verdict == "unsupported"))))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question.

    Attributes:
        question: The question as it was asked.
        standalone_question: The question that was searched for: the same, or a follow-up made whole.
        outcome: How it ended.
        sentences: The answer; with the outcome `model_failed` what came before it did, with the others nothing.
        short: The answer in a few words of its quotes, several joined by "; ", or "Yes", "No" or "Yes. Police said so";
            may be empty.
        nearest: The paragraphs that came nearest, best first.
        reason: Why there is no answer, in one sentence; empty if there is one.
        hint: What to do next, or an empty string.
        model: Name of the model that answered.
        seconds: Time from question to whole answer.
        confidence: How sure the model is, also of refusing; higher is surer, within one model. None if untold.
        unanswered: Parts of a question of several that the articles do not answer, while they answer the others.
        unknown_words: Words of the question that stand in no article, in a small index names and numbers only.
        dates: First and last day of the articles that could have answered; None if there is an answer or no date.
        withheld: How many sentences the model wrote that were left out.
        fallback: Why this is the reader's answer and not that of the model that was asked; empty if it is the latter's.
        draft: Words of a sentence that is still being written: unchecked, without marks, and empty in a whole answer.
        checked: Whether the gate judged the sentences; without it, those are left out that cite nothing.
    """

    question: str
    standalone_question: str
    outcome: Outcome
    sentences: tuple[AnswerSentence, ...]
    nearest: tuple[Passage, ...]
    reason: str
    hint: str
    model: str
    seconds: float
    confidence: float | None = None
    short: str = ""
    unanswered: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = ()
    dates: tuple[date, date] | None = None
    withheld: int = 0
    fallback: str = ""
    draft: str = ""
    checked: bool = True

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the footnotes in order, each once."""
        found = {citation.number: citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(found[number] for number in sorted(found))

    @property
    def short_marks(self) -> str:
        """Return the marks of the short answer: for each part of it those of the first sentence that has its words."""
        having = [[each.marks for each in self.sentences if part in each.text] for part in self.short.split("; ")]
        first = [self.sentences[0].marks] if self.sentences else []
        return "".join(dict.fromkeys((marks or first)[0] for marks in having if marks or first))

    @property
    def yes_or_no(self) -> str:
        """Return the short answer's "Yes" or "No", or an empty string."""
        return word if (word := self.short.partition(".")[0]) in ("Yes", "No") else ""

    @property
    def unsure(self) -> bool:
        """Return whether the model holds it likelier that nothing answers than that this does."""
        return bool(self.sentences) and self.confidence is not None and self.confidence < SURE

    @property
    def warning(self) -> str:
        """Return what stands before the answer if the model is unsure of it, or an empty string."""
        return UNSURE if self.unsure else ""

    @property
    def text(self) -> str:
        """Return the answer with its marks and warnings of what is unsure or not borne out, or why there is none.

        A short answer comes first, as a sentence of its own with the marks of the sentences that have its words:
        `May 2012. [1] They left in May 2012. [1] Others stayed. [2]`.
        """
        sentences = [sentence.marked for sentence in self.sentences]
        if self.short and self.sentences:
            sentences.insert(0, f"{self.short.removesuffix('.')}. {self.short_marks}")
        return " ".join(filter(None, (self.warning, *sentences))) or self.reason
