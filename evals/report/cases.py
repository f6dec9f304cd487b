"""What a model got wrong, laid out for somebody to read: what was expected, what was given, what was found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from evals.records import Question, Response, article_of, split_ref
from evals.report.wording import one_line, shown
from evals.summary import SHOWN_FOUND, Case, Change

Fault = Literal[
    "false refusal", "false answer", "wrong answer", "right answer, wrong paragraph", "wrong paragraph", "failed"
]
"""What went wrong. A `wrong paragraph` is one where nobody knows the right words."""

SHOWN_SETS = 6
SNIPPET_CHARACTERS = 280

OUTCOMES = {
    "answered": "Answered, without a word.",
    "not_in_articles": "Refused: the articles do not say it.",
    "empty_index": "No answer: there was nothing to search.",
    "model_failed": "No answer: the model failed.",
    None: "No answer.",
}


def fault_of(case: Case) -> Fault:
    """Return what went wrong."""
    outcome = case.response.outcome
    if case.response.failure or outcome in ("empty_index", "model_failed"):
        return "failed"
    if case.question.answerable is False:
        return "false answer"
    if outcome == "not_in_articles":
        return "false refusal"
    contained = case.scores.get("contained")
    if contained is None:
        return "wrong paragraph"
    return "wrong answer" if contained < 1 else "right answer, wrong paragraph"


def mark_spans(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return text with what lies in the spans marked; spans that meet are one.

    Example:
        >>> mark_spans("a <b> c", [(2, 5), (3, 5)])
        Markup('a <mark>&lt;b&gt;</mark> c')
    """
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif start < end:
            merged.append([start, end])
    parts, here = [], 0
    for start, end in merged:
        parts.append(Markup("{}<mark>{}</mark>").format(shown(text[here:start]), shown(text[start:end])))
        here = end
    return Markup("").join([*parts, shown(text[here:])])


def mark_words(text: str, wanted: Iterable[str]) -> Markup:
    """Return text with each of the wanted words or phrases marked wherever it stands as whole words.

    Example:
        >>> mark_words("Oslo, not Osloers.", ["oslo"])
        Markup('<mark>Oslo</mark>, not Osloers.')
    """
    patterns = [r"\s+".join(map(re.escape, phrase.split())) for phrase in wanted if phrase.strip()]
    spans = [
        found.span() for pattern in patterns for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    ]
    return mark_spans(text, spans)


def mark_quotes(paragraph: str, quotes: Iterable[str]) -> Markup:
    """Return a paragraph with the first place of each quote marked."""
    places = [(paragraph.find(quote), quote) for quote in quotes if quote]
    return mark_spans(paragraph, [(start, start + len(quote)) for start, quote in places if start >= 0])


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph beside a case.

    Attributes:
        number: Its number as a citation, or its place among the found ones, from 1; 0 if it has none.
        ref: Its address.
        text: Its words, the ones that matter marked; empty if they are not known.
        accepted: Whether it is an accepted one, or None if nobody knows which are.
        astray: Quotes that are not in it, or not where the citation says.
    """

    number: int
    ref: str
    text: Markup
    accepted: bool | None = None
    astray: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence of an answer, and the numbers of the paragraphs that it cites."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """What a model gave.

    Attributes:
        sentences: The sentences of its answer.
        instead: What to say where there is no answer: the failure or the refusal.
        cited: The cited paragraphs, each once, in order of first use.
        short: The answer in a few words, in front of the sentences, or an empty string.
    """

    sentences: tuple[ShownSentence, ...]
    instead: str
    cited: tuple[ShownParagraph, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as the page shows it.

    Attributes:
        case: The case.
        fault: What went wrong.
        standalone: The question that was searched for, if it is another.
        answers: The accepted answers in words.
        expected: The accepted sets of paragraphs, at most `SHOWN_SETS`; a number is the place where one was found.
        more_sets: How many more sets there are.
        given: What the model gave.
        found: What a search found first.
    """

    case: Case
    fault: Fault
    standalone: str
    answers: tuple[str, ...]
    expected: tuple[tuple[ShownParagraph, ...], ...]
    more_sets: int
    given: ShownResponse
    found: tuple[ShownParagraph, ...]


def show_case(case: Case) -> ShownCase:
    """Return a case as the page shows it."""
    question, response = case.question, case.response
    standalone = response.standalone_question
    sets = list(dict.fromkeys(question.cites))
    return ShownCase(
        case=case,
        fault=fault_of(case),
        standalone="" if standalone == question.question else standalone,
        answers=accepted_answers(question),
        expected=tuple(_show_set(refs, case) for refs in sets[:SHOWN_SETS]),
        more_sets=max(len(sets) - SHOWN_SETS, 0),
        given=show_response(question, response),
        found=_show_found(case),
    )


def accepted_answers(question: Question) -> tuple[str, ...]:
    """Return the accepted answers in words, each once.

    Example:
        >>> from evals.records import ExpectedAnswer
        >>> accepted_answers(Question("1", "fact", "Who?", answers=((ExpectedAnswer("Ann"), ExpectedAnswer("Bo")),)))
        ('“Ann” and “Bo”',)
    """
    answers = (" and ".join(f"“{one_line(part.text, 200)}”" for part in parts) for parts in question.answers)
    return tuple(dict.fromkeys(answers))


def _show_set(refs: frozenset[str], case: Case) -> tuple[ShownParagraph, ...]:
    wanted = [part.text for parts in case.question.answers for part in parts]
    found = case.response.found or ()
    return tuple(
        ShownParagraph(found.index(ref) + 1 if ref in found else 0, ref, mark_words(case.texts.get(ref, ""), wanted))
        for ref in sorted(refs, key=split_ref)
    )


def _show_found(case: Case) -> tuple[ShownParagraph, ...]:
    return tuple(
        ShownParagraph(place, ref, _snippet(case.texts.get(ref, "")), is_accepted(case.question, ref))
        for place, ref in enumerate((case.response.found or ())[:SHOWN_FOUND], start=1)
    )


def _snippet(text: str) -> Markup:
    return Markup.escape(one_line(text, SNIPPET_CHARACTERS))


def is_accepted(question: Question, ref: str) -> bool | None:
    """Tell whether a paragraph, or else its article, is an accepted one; None if nobody knows which are."""
    if question.cites:
        return any(ref in refs for refs in question.cites)
    return any(article_of(ref) in articles for articles in question.articles) if question.articles else None


def show_response(question: Question, response: Response) -> ShownResponse:
    """Return what a system gave: its short answer, its sentences with numbers, and the paragraphs these stand for."""
    numbers = {ref: number for number, ref in enumerate(response.cited, start=1)}
    sentences = tuple(
        ShownSentence(sentence.text, tuple(dict.fromkeys(numbers[citation.ref] for citation in sentence.citations)))
        for sentence in response.sentences
    )
    if not sentences and response.text:
        sentences = (ShownSentence(response.text, ()),)
    instead = f"Failed: {response.failure}" if response.failure else OUTCOMES[response.outcome]
    cited = tuple(_show_cited(number, ref, question, response) for ref, number in numbers.items())
    said = bool(sentences or response.short) and not response.failure
    return ShownResponse(sentences, "" if said else instead, cited, response.short)


def _show_cited(number: int, ref: str, question: Question, response: Response) -> ShownParagraph:
    citations = [each for sentence in response.sentences for each in sentence.citations if each.ref == ref]
    text = mark_quotes(citations[0].paragraph, [each.quote for each in citations])
    astray = [each.quote for each in citations if not each.exact or each.quote not in each.paragraph]
    return ShownParagraph(number, ref, text, is_accepted(question, ref), tuple(dict.fromkeys(astray)))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A question whose answer became right or wrong, with both answers."""

    question: Question
    answers: tuple[str, ...]
    before: ShownResponse
    after: ShownResponse


def show_changes(changes: Sequence[Change]) -> tuple[ShownChange, ...]:
    """Return changes as the page shows them."""
    return tuple(
        ShownChange(
            change.question,
            accepted_answers(change.question),
            show_response(change.question, change.before),
            show_response(change.question, change.after),
        )
        for change in changes
    )
