"""Records turned into what a person or a program reads. Pure functions: nothing is looked up or printed here.

Text from articles, file names and models is hostile: whatever a terminal could take for a command is taken out.
"""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from rag.models.llm_states import ModelStatus
from rag.records import Answer, AnswerSentence, Article, ArticleHeader, Citation, Passage
from rag.store.report import FileReport

# Control characters (escape sequences begin with one) and marks that turn the direction of writing round.
NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

SNIPPET_CHARACTERS = 160

MOST_ALIKE = 3
"""Lines of a file that are told one by one if they cannot be read for the same reason."""


def plain(text: str) -> str:
    """Return text without anything that a terminal could obey."""
    return NOT_SHOWN.sub("", text)


def one_line(text: str, most: int = SNIPPET_CHARACTERS) -> str:
    """Return text on one line, cut at a word if it is longer than `most` characters."""
    text = " ".join(plain(text).split())
    if len(text) <= most:
        return text
    cut = text.rfind(" ", most // 2, most)
    return text[: cut if cut > 0 else most].rstrip(",;:") + " …"


def render_date(day: date | None) -> str:
    """Return a day as people write it.

    Example:
        >>> render_date(date(2017, 9, 23)), render_date(None)
        ('23 September 2017', 'date unknown')
    """
    return f"{day.day} {day:%B %Y}" if day else "date unknown"


def render_span(first: date, last: date) -> str:
    """Return the days from one to another as people write them.

    Example:
        >>> render_span(date(2017, 9, 3), date(2017, 9, 23)), render_span(date(2017, 9, 3), date(2017, 9, 3))
        ('between 3 September 2017 and 23 September 2017', 'on 3 September 2017')
    """
    return f"on {render_date(first)}" if first == last else f"between {render_date(first)} and {render_date(last)}"


VERDICTS = {
    "partly": "borne out only in part",
    "unsupported": "not borne out",
    "misattributed": "the footnote was wrong and is put right",
}
"""How a verdict is told, unless it is that all is well."""


def render_sentence(sentence: AnswerSentence) -> Text:
    """Return a sentence with its marks, whether they are not the model's own, and what the gate has against it."""
    text = Text.assemble(plain(sentence.text), " ", (sentence.marks, "bold cyan"))
    if sentence.added:
        text.append(" (footnote added)", style="dim")
    if sentence.verdict in VERDICTS:
        text.append(f" ({VERDICTS[sentence.verdict]}: {one_line(sentence.reason, 300)})", style="yellow")
    return text


def render_draft(answer: Answer) -> Text:
    """Return the end of what is still being written."""
    return Text(one_line(answer.draft, len(answer.draft))[-SNIPPET_CHARACTERS:], style="dim")


def render_warning(answer: Answer) -> Text | None:
    """Return that the model is unsure of its answer, or None if it is not."""
    return Text(answer.warning, style="yellow") if answer.warning else None


def render_short(answer: Answer) -> Text | None:
    """Return the short answer on one line with its marks, or None if there is none."""
    if not answer.short or not answer.sentences:
        return None
    return Text.assemble((one_line(answer.short, 300), "bold"), " ", (answer.short_marks, "bold cyan"))


def render_footnotes(citations: Sequence[Citation]) -> Text:
    """Return the footnotes, one a line: number, title, date and the paragraph's address."""
    return Text("\n").join(
        Text.assemble(
            (f"[{citation.number}] ", "bold cyan"),
            one_line(citation.article.title),
            (f" · {render_date(citation.article.date)} · ", "dim"),
            (plain(citation.ref), "cyan"),
        )
        for citation in citations
    )


def render_asides(answer: Answer) -> Iterator[Text]:
    """Yield what is to be told of how an answer came about: who answered in whose place, what was left out."""
    if answer.fallback:
        yield Text(f"The reader answers instead: {plain(answer.fallback)}", style="yellow")
    if answer.withheld:
        one = answer.withheld == 1
        sentences = "1 sentence was" if one else f"{answer.withheld} sentences were"
        if answer.checked:
            why = "nothing bears it out" if one else "nothing bears them out"
        else:
            why = "it cites no paragraph" if one else "they cite no paragraph"
        yield Text(f"{sentences} left out, because {why}.", style="yellow")


def render_unanswered(answer: Answer) -> Text | None:
    """Return which parts of the question are not answered, or None if all are."""
    if not answer.unanswered:
        return None
    return Text(f"The articles do not say: {one_line(' '.join(answer.unanswered), 300)}", style="yellow")


def render_no_answer(answer: Answer) -> Text:
    """Return why there is no answer, what the articles lack, which days they are from, and what comes nearest."""
    text = Text(plain(answer.reason), style="bold yellow")
    if answer.unknown_words:
        text.append(f"\nNo article mentions: {one_line(', '.join(answer.unknown_words))}", style="not bold default")
    if answer.hint:
        text.append(f"\nhint: {plain(answer.hint)}", style="not bold dim")
    if answer.dates:
        text.append(f"\nThe dated articles were published {render_span(*answer.dates)}.", style="not bold dim")
    nearest = () if answer.sentences else answer.nearest  # what came before a failure has footnotes of its own
    if nearest:
        text.append("\nWhat comes nearest:", style="not bold dim")
    for passage in nearest:
        text.append(f"\n  {plain(passage.ref)}  ", style="not bold cyan")
        text.append(one_line(passage.paragraph.text), style="not bold default")
    return text


def render_article(article: Article, highlighted: int | None = None) -> Text:
    """Return an article with numbered paragraphs, one of them highlighted."""
    text = Text(one_line(article.title, 300), style="bold")
    facts = [article.byline, article.agency, render_date(article.date), article.url]
    found = f"date from {article.date_source}" if article.date else ""
    text.append("\n" + " · ".join(one_line(fact) for fact in [*facts, found] if fact), style="not bold dim")
    for paragraph in article.paragraphs:
        is_it = paragraph.number == highlighted
        style = "reverse" if is_it else "default" if paragraph.kind == "body" else "dim"
        kind = "" if paragraph.kind == "body" else f"({paragraph.kind}) "
        text.append(f"\n\n{'▶' if is_it else ' '}{paragraph.number:>3}  ", style="not bold cyan")
        text.append(kind + " ".join(plain(paragraph.text).split()), style=f"not bold {style}")
    return text


def render_article_line(article: ArticleHeader) -> Text:
    """Return one article on one line: id, date and title."""
    return Text.assemble(
        (plain(article.id), "cyan"), (f"  {render_date(article.date)}  ", "dim"), one_line(article.title)
    )


def render_reports(reports: Sequence[FileReport]) -> Iterator[Text]:
    """Yield a line for each file that a sync did something about, then one that sums up.

    Of the lines of one file that failed for one reason, the first `MOST_ALIKE` are told, and how many more there are.
    """
    colours = {"failed": "red", "added": "green", "changed": "green", "renamed": "green", "removed": "yellow"}
    for report in _condense(report for report in reports if report.status != "unchanged"):
        details = " ".join(part for part in (report.reason, report.hint) if part)
        yield Text.assemble(
            (f"{report.status:>9}  ", colours[report.status]),
            one_line(report.path),
            (f"  {one_line(details, 300)}", "dim"),
        )
    counts = {status: sum(report.status == status for report in reports) for status in (*colours, "unchanged")}
    yield Text(", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing to do")


def _condense(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """Yield reports, those of many lines that failed alike as one behind the others."""
    alike: Counter[tuple[str, str]] = Counter()
    for report in reports:
        file, _, line = report.path.rpartition(":")
        alike[file, report.reason] += line.isdecimal() and report.status == "failed"
        if alike[file, report.reason] <= MOST_ALIKE:
            yield report
    for (file, reason), count in alike.items():
        if count > MOST_ALIKE:
            yield FileReport(file, "failed", 0, f"{count - MOST_ALIKE:,} more lines: {reason}")


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Return an answer for machines: what JSON can hold, dates as 2017-09-23."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "outcome": answer.outcome,
        "text": answer.text,
        "unsure": answer.unsure,
        "short": answer.short,
        "sentences": [
            {
                "text": sentence.text,
                "citations": [citation.number for citation in sentence.citations],
                "added": sentence.added,
                "verdict": sentence.verdict,
                "reason": sentence.reason,
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation_to_dict(citation) for citation in answer.citations],
        "nearest": [_passage_to_dict(passage) for passage in answer.nearest],
        "reason": answer.reason,
        "hint": answer.hint,
        "unanswered": list(answer.unanswered),
        "unknown_words": list(answer.unknown_words),
        "dates": [day.isoformat() for day in answer.dates] if answer.dates else None,
        "model": answer.model,
        "fallback": answer.fallback,
        "withheld": answer.withheld,
        "checked": answer.checked,
        "seconds": round(answer.seconds, 4),
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
    }


def header_to_dict(article: ArticleHeader) -> dict[str, Any]:
    """Return what is known of an article for machines."""
    fields = {field.name: getattr(article, field.name) for field in dataclasses.fields(ArticleHeader)}
    return {**fields, "date": article.date.isoformat() if article.date else None}


def model_to_dict(status: ModelStatus) -> dict[str, Any]:
    """Return a model's state for machines."""
    return dataclasses.asdict(status)


def to_json(value: object) -> str:
    """Return JSON in which nothing is left that a terminal could obey."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return NOT_SHOWN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _citation_to_dict(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "ref": citation.ref,
        "article": header_to_dict(citation.article),
        "paragraph": citation.paragraph_number,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _passage_to_dict(passage: Passage) -> dict[str, Any]:
    return {
        "ref": passage.ref,
        "article": header_to_dict(passage.article),
        "text": passage.paragraph.text,
        "score": round(passage.score, 4),
        "similarity": None if passage.similarity is None else round(passage.similarity, 4),
        "dense_rank": passage.dense_rank,
        "lexical_score": None if passage.lexical_score is None else round(passage.lexical_score, 4),
        "lexical_rank": passage.lexical_rank,
    }
