"""Whether a paragraph bears out a sentence: baselines that compare words.

They know nothing of negation, nor of who did what to whom: "Hamas did not leave Syria" is as good as "Syria left
Hamas" to one that counts words. Their thresholds were chosen before anything was measured with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from evals.metrics.text import folded_words, has_run
from rag.search.lexical import content_words

SupportScore = Callable[[str, str], float]
"""Takes a premise and a claim and returns how well the first bears out the second, 0 to 1, higher is better."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """A way to tell whether a premise bears out a claim.

    Attributes:
        name: Its name in reports.
        score: Tells how well.
        threshold: The score from which on it does, 0 to 1.
    """

    name: str
    score: SupportScore
    threshold: float

    def entails(self, premise: str, claim: str) -> bool:
        """Tell whether a premise bears out a claim."""
        return self.score(premise, claim) >= self.threshold


def score_verbatim(premise: str, claim: str) -> float:
    """Tell whether a claim stands in a premise word for word; case, accents and punctuation do not matter.

    It never takes a rewording for support. It knows nothing of what surrounds the words: "It is untrue that they
    met" has "they met".

    Returns:
        1.0 if it does, else 0.0; a claim without words stands nowhere.
    """
    return float(has_run(folded_words(premise), folded_words(claim)))


def score_words(premise: str, claim: str) -> float:
    """Return the share of a claim's content words that a premise has, in any order.

    It knows nothing of negation, "not" being no content word, nor of who did what to whom.

    Returns:
        0 to 1, higher is better supported; 0 for a claim without content words.
    """
    wanted = content_words(claim)
    return len(set(wanted) & set(content_words(premise))) / len(wanted) if wanted else 0.0


def score_word_pairs(premise: str, claim: str) -> float:
    """Return the share of a claim's pairs of neighbouring words that a premise has as neighbours.

    It knows a little of order and nothing of negation: one "not" costs two pairs. A single word is its own pair.

    Returns:
        0 to 1, higher is better supported; 0 for a claim without words.
    """
    words = folded_words(claim)
    pairs = set(pairwise(words))
    if not pairs:
        return score_verbatim(premise, claim)
    return len(pairs & set(pairwise(folded_words(premise)))) / len(pairs)


ENTAILMENTS = {
    entailment.name: entailment
    for entailment in (
        Entailment("verbatim", score_verbatim, threshold=1.0),
        Entailment("words", score_words, threshold=1.0),
        Entailment("word-pairs", score_word_pairs, threshold=0.5),
    )
}
