"""Whether the right paragraphs are cited, and whether what is cited bears what is said."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from evals.records import GivenSentence

Entails = Callable[[str, str], bool]
"""Tells whether a premise, the first text, bears out a claim, the second."""


@dataclass(frozen=True, slots=True)
class AlceScores:
    """How well the citations of an answer bear it out, 0 to 1, higher is better.

    Attributes:
        recall: Share of sentences that follow from what they cite; None if there is no sentence.
        precision: Share of citations that are needed; None if there is no citation.
    """

    recall: float | None
    precision: float | None


def citation_precision(cited: Collection[str], accepted: Collection[frozenset[str]]) -> float | None:
    """Return the share of the cited paragraphs that are in any accepted set.

    Args:
        cited: What is cited; what is cited again does not count.
        accepted: Accepted sets of paragraphs.

    Returns:
        0 to 1, higher is better; None if nothing is cited.
    """
    given = frozenset(cited)
    return len(given & frozenset().union(*accepted)) / len(given) if given else None


def citation_recall(cited: Collection[str], accepted: Collection[frozenset[str]]) -> float:
    """Return the share of the best covered accepted set that is cited.

    Args:
        cited: What is cited.
        accepted: At least one set, none of them empty.

    Returns:
        0 to 1, higher is better.

    Raises:
        ValueError: Nothing is accepted.
    """
    return max(len(wanted.intersection(cited)) / len(wanted) for wanted in accepted)


def citation_f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of the two, 0 to 1, higher is better; 0 if both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def alce(sentences: Sequence[GivenSentence], entails: Entails) -> AlceScores:
    """Tell how many sentences follow from what they cite, and how many citations they need for it.

    A citation counts as needed if its sentence follows from all that it cites, unless the sentence does not follow
    from it alone and follows from the others without it.

    Source: Gao, Yen, Yu, Chen, Enabling Large Language Models to Generate Text with Citations (EMNLP 2023),
    citation quality. They ask T5-11B trained on entailment, we whatever is passed in; a paragraph that a sentence
    cites twice is one citation here.

    Args:
        sentences: The sentences of an answer.
        entails: Tells whether paragraphs, one a line, bear out a sentence.
    """
    supported, needed = [], []
    for sentence in sentences:
        paragraphs = list({citation.ref: citation.paragraph for citation in sentence.citations}.values())
        follows = _follows(paragraphs, sentence.text, entails)
        supported.append(follows)
        needed += [
            follows and not _is_irrelevant(number, paragraphs, sentence.text, entails)
            for number in range(len(paragraphs))
        ]
    return AlceScores(_share(supported), _share(needed))


def exact_spans(sentences: Sequence[GivenSentence]) -> float | None:
    """Return the share of an answer's citations whose quote stands at its offsets.

    Returns:
        0 to 1, higher is better and 1 the only right value; None if nothing is cited.
    """
    return _share([citation.exact for sentence in sentences for citation in sentence.citations])


def uncited_share(sentences: Sequence[GivenSentence]) -> float | None:
    """Return the share of an answer's sentences that cite nothing.

    Returns:
        0 to 1, lower is better; None if there is no sentence.
    """
    return _share([not sentence.citations for sentence in sentences])


def _follows(paragraphs: Sequence[str], claim: str, entails: Entails) -> bool:
    return bool(paragraphs) and entails("\n".join(paragraphs), claim)


def _is_irrelevant(number: int, paragraphs: Sequence[str], claim: str, entails: Entails) -> bool:
    others = [*paragraphs[:number], *paragraphs[number + 1 :]]
    return _follows(others, claim, entails) and not entails(paragraphs[number], claim)


def _share(holds: Sequence[bool]) -> float | None:
    return sum(holds) / len(holds) if holds else None
