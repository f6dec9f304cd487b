"""All that rules say against a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answer.gate.additions import doubt_additions, doubt_causes
from rag.answer.gate.amounts import doubt_amounts
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Evidence, Source
from rag.answer.gate.names import doubt_names, first_names, known_names
from rag.answer.gate.overlap import CLOSE, share_pairs
from rag.answer.gate.polarity import doubt_polarity
from rag.answer.gate.quantities import doubt_quantities
from rag.answer.gate.quotations import doubt_quotations
from rag.answer.gate.relative_days import doubt_dates
from rag.answer.gate.roles import doubt_roles
from rag.answer.gate.speakers import doubt_speakers
from rag.answer.gate.words import Word


def find_doubts(claim: str, words: Sequence[Word], evidence: Evidence, sources: Sequence[Source]) -> list[Doubt]:
    """Return what speaks against a sentence, the grave first.

    Args:
        claim: The sentence.
        words: Its words.
        evidence: What it is checked against.
        sources: The sentences that it is drawn from, the best first.
    """
    published = [article.date for article in evidence.articles]
    known = known_names(evidence.cited, evidence.around, claim) | first_names(claim)
    facts = [
        *doubt_quotations(claim, evidence.cited, sources),
        *doubt_amounts(claim, evidence.cited),
        *doubt_dates(claim, evidence.cited, evidence.around, published),
        *doubt_names(claim, evidence, sources),
    ]
    build = [
        *doubt_speakers(claim, evidence),
        *doubt_polarity(words, sources),
        *doubt_roles(words, evidence.sources, known),
        *doubt_quantities(words, evidence.sources),
        *doubt_additions(words, evidence.sources, known),
        *doubt_causes(words, sources),
    ]
    if share_pairs(words, sources) < CLOSE:  # in other words it is built otherwise, and may still say the same
        build = [replace(doubt, grave=False) for doubt in build]
    if claim.endswith("?"):
        facts.append(Doubt("hedge", "It asks, and says nothing.", grave=False))
    return sorted([*facts, *build], key=lambda doubt: not doubt.grave)
