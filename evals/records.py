"""The records of an eval: what is asked, what came of it, and what a run was made with."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rag import Assistant
from rag.records import Outcome

AnswerForm = Literal["text", "alone", "number", "date", "verdict"]
"""How an expected answer is compared.

`text` stands anywhere in the answer. `alone` is a word too common for that: the answer is nothing else, or begins with
it and a punctuation mark. `verdict` is a yes or a no that the answer begins with.
"""

Split = Literal["dev", "test"]
"""Questions to work with, and questions to look at only when the work is done."""

TEST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """Something that a right answer says.

    Attributes:
        text: The words that people would give as the answer.
        form: What it is.
        normal: The value that is compared, unless these are the words: a decimal number (`1200000`), a date in as many
            parts as were asked for (`2012`, `2012-08`, `2017-08-04`), or `yes` or `no`.
    """

    text: str
    form: AnswerForm = "text"
    normal: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what is known of the right answer.

    Attributes:
        id: Names it within its dataset.
        kind: Questions of one kind are reported together.
        question: The question as somebody would type it.
        history: The questions before it in the conversation, oldest first.
        answerable: Whether the articles say it, or None if nobody knows.
        answers: Accepted answers, each one or several things that all have to be said; empty if unknown.
        cites: Accepted sets of paragraphs (`article-id#number`), each to be cited whole; empty if unknown.
        articles: Accepted sets of articles that a search should find; those of `cites` if empty.
        gains: What finding one of them is worth, above 0; 1 for those that are not there.
        given: What may be read in the task of reading, paragraphs (`article-id#number`) or articles (`article-id`),
            perhaps nothing; None if there is no such task.
        split: Whether one may work with it, or None where a dataset is not split.
        note: For those who read the report.
        skip: Why it cannot be asked, or an empty string.
    """

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    answerable: bool | None = True
    answers: tuple[tuple[ExpectedAnswer, ...], ...] = ()
    cites: tuple[frozenset[str], ...] = ()
    articles: tuple[frozenset[str], ...] = ()
    gains: Mapping[str, float] = field(default_factory=dict)
    given: tuple[str, ...] | None = None
    split: Split | None = None
    note: str = ""
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and the articles that they are about.

    Attributes:
        name: Its kind, such as `squad`.
        articles: A folder or file that can be indexed.
        load_questions: Returns the questions once the articles are there, so that a piece of text can be looked up
            in them. What a question rests on and is not there makes it one to `skip`.
        published: What other systems answered, by system and question id.
    """

    name: str
    articles: Path
    load_questions: Callable[[Assistant], list[Question]]
    published: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitedText:
    """A citation as it is kept with a run, so that it can be scored again without the articles.

    Attributes:
        ref: The cited paragraph, `article-id#number`.
        quote: The quoted words.
        paragraph: The whole text of the cited paragraph.
        exact: Whether the article has exactly the quote at the citation's offsets, within the cited paragraph.
    """

    ref: str
    quote: str
    paragraph: str
    exact: bool


@dataclass(frozen=True, slots=True)
class GivenSentence:
    """A sentence of an answer and its citations."""

    text: str
    citations: tuple[CitedText, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What one system made of one question.

    Attributes:
        question_id: The question.
        system: The system.
        outcome: How asking ended, or None if the system only searches, or failed.
        text: The answer without marks; empty if there is none.
        sentences: Its sentences; empty if the system only gives a text.
        standalone_question: The question that was searched for, if the system makes follow-ups whole by itself.
        found: The paragraphs that a search found, best first, at most `FOUND`; None if the system does not search.
        found_articles: The articles that they and the paragraphs after them are from, each once, at most `FOUND`.
        confidence: How sure the system is that the articles hold the answer, higher is surer, comparable within the
            system only; None if it does not tell.
        seconds: Time from question to whole answer, or None if it was not taken.
        connections: Network connections that were opened meanwhile.
        failure: Why there is neither an answer nor a refusal; empty unless the system failed.
        asked: The conversation as it was asked; another run's question of this id may be a different one.
        short: The answer in a few words, or an empty string where the system gives none.
    """

    question_id: str
    system: str
    outcome: Outcome | None = None
    text: str = ""
    sentences: tuple[GivenSentence, ...] = ()
    standalone_question: str = ""
    found: tuple[str, ...] | None = None
    found_articles: tuple[str, ...] = ()
    confidence: float | None = None
    seconds: float | None = None
    connections: int = 0
    failure: str = ""
    asked: str = ""
    short: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the cited paragraphs, each once, in order of first use."""
        refs = (citation.ref for sentence in self.sentences for citation in sentence.citations)
        return tuple(dict.fromkeys(refs))


FOUND = 20
"""How many found paragraphs, and how many articles, are kept of a search."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, or another statistic, over questions.

    Attributes:
        n: How many questions it was taken over.
        mean: The value.
        low: Lower end of the bootstrap 95 % interval.
        high: Upper end of it.
    """

    n: int
    mean: float
    low: float
    high: float


def split_of(question_id: str) -> Split:
    """Return which split a hand-written question belongs to; a quarter, by a hash of its id, is for testing.

    Example:
        >>> split_of("seeds-001"), split_of("seeds-005")
        ('dev', 'dev')
    """
    share = int.from_bytes(hashlib.sha256(question_id.encode()).digest()[:4]) / 2**32
    return "test" if share < TEST_SHARE else "dev"


def article_of(ref: str) -> str:
    """Return the article of a paragraph's address.

    Example:
        >>> article_of("syria-talks#4")
        'syria-talks'
    """
    return split_ref(ref)[0]


def split_ref(ref: str) -> tuple[str, int]:
    """Return the article and the number of a paragraph's address; 0 if what stands there is no number.

    Example:
        >>> split_ref("syria-talks#4")
        ('syria-talks', 4)
    """
    article, _, number = ref.rpartition("#")
    return article, int(number) if number.isdecimal() else 0


def unique(refs: Sequence[str]) -> tuple[str, ...]:
    """Return the refs, each once, in order."""
    return tuple(dict.fromkeys(refs))


def conversation(question: Question) -> str:
    """Return all that is asked, in a line: what came before, and the question itself."""
    return " / ".join((*question.history, question.question))
