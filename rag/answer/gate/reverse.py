"""The reader asked in reverse: from a sentence questions are made, which its sources have to answer with its own words.

"Hamas left Damascus in 2012." becomes "who left Damascus in 2012?", "Hamas left what in 2012?" and so on. What is asked
for is compared with what the reader marks.
"""

from collections.abc import Sequence

from rag.answer.days import find_dates
from rag.answer.figures import find_figures
from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.names import find_names
from rag.answer.gate.words import read_words, write_out
from rag.models.reader import ReadableText, Reader

MOST_QUESTIONS = 3
"""Questions made of a sentence; each takes about ten milliseconds."""

BEST_SPANS = 2
"""Spans of a reading that may be the answer."""


def make_questions(claim: str) -> list[tuple[str, str]]:
    """Return questions that a sentence answers, each with the words of the sentence that answer it.

    The beginning of a sentence is asked for first, since it mostly tells who; then its last names and numbers.

    Example:
        >>> make_questions("Hamas left Damascus in 2012.")
        [('Who or what left Damascus in 2012?', 'Hamas'), ('Hamas left Damascus in what year?', '2012'), \
('Hamas left what in 2012?', 'Damascus')]
    """
    claim = write_out(claim).strip(" .")
    targets = [(each, "what") for each in _names(claim)]
    figures = [(claim[figure.start : figure.end], "how many") for figure in find_figures(claim)]
    figures = [(text, "what year" if find_dates(text) else asked) for text, asked in figures]
    asked = [*figures[::-1], *targets[::-1]]
    questions = [_first_question(claim)] if len(claim.split()) > 1 else []
    questions += [(f"{claim.replace(text, word, 1)}?", text) for text, word in asked if not claim.startswith(text)]
    return [each for each in questions if each[1]][:MOST_QUESTIONS]


def _names(claim: str) -> list[str]:
    return [name.text for name in find_names(claim)]


def _first_question(claim: str) -> tuple[str, str]:
    """Ask for the words before the first small word behind a content word: the verb, mostly."""
    words = claim.split()
    known = [name.text for name in find_names(claim) if claim.startswith(name.text)]
    if known:
        return f"Who or what{claim[len(known[0]) :]}?", known[0]
    end = 2 if words[0].lower() in ("the", "a", "an", "his", "her", "its", "their") and len(words) > 2 else 1
    return f"Who or what {' '.join(words[end:])}?", " ".join(words[:end])


def measure_agreement(claim: str, sources: Sequence[Source], reader: Reader, title: str = "") -> float:
    """Return how far a reader finds the words of a claim in its sources when it is asked for them.

    Args:
        claim: The sentence.
        sources: The sentences that it is drawn from.
        reader: Any reader.
        title: Title of the article.

    Returns:
        0 to 1, higher is better supported: the mean over the questions of the share of the words asked for that the
        reader marked; 0.5 if nothing can be asked.
    """
    text = " ".join(dict.fromkeys(part for source in sources for part in (source.before, source.text) if part))
    questions = make_questions(claim)
    if not questions or not text:
        return 0.5
    shares = []
    for question, answer in questions:
        [reading] = reader.read(question, [ReadableText(title=title, text=text)])
        shares.append(
            max((_share(answer, text[span.start : span.end]) for span in reading.spans[:BEST_SPANS]), default=0.0)
        )
    return sum(shares) / len(shares)


def _share(answer: str, marked: str) -> float:
    wanted = [word.stem for word in read_words(answer) if word.is_content] or [word.stem for word in read_words(answer)]
    found = [word.stem for word in read_words(marked)]
    return sum(any(are_related(word, other) for other in found) for word in wanted) / max(len(wanted), 1)
