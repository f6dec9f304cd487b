"""What the reader sees in an epoch: groups of examples, the first of which is answered if any is.

The members of a group are rivals: other passages for the same question, or other questions about the same passage.
The network learns to prefer the first.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.training.reader_examples import Example
from rag.training.reword import Synonyms, reword
from rag.training.unanswerable import MAKERS, ask_for_missing

Group = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Diet:
    """How often a source's answered examples are seen, and with what.

    Attributes:
        share: Of the examples, how many are seen in an epoch, 0 to 1.
        found: How many wrong passages out of the search for each, on average.
        changed: Chance that a changed question or passage comes along, if a rule applies.
    """

    share: float
    found: float
    changed: float


DIETS = {
    "squad": Diet(1.0, 0.6, 0.5),
    "squad2": Diet(1.0, 0.6, 0.5),
    "nq": Diet(1.0, 2.0, 0.5),
    "qamr": Diet(0.5, 0.25, 0.3),
    "fairy": Diet(0.5, 0.4, 0.3),
    "covid": Diet(0.5, 0.4, 0.3),
}
UNANSWERED = {"squad": 1.0, "squad2": 1.0, "squad-neg": 0.25, "qamr-neg": 0.25}
"""Share of the unanswered examples of each source that is seen in an epoch."""

MISSING = 0.06
"""Chance that an answered example brings along a question for what its passage does not tell."""

REWORDED = 0.5
"""Chance that a question, with all its rivals, is asked in other words."""

TITLED = 0.5
"""Chance that a passage whose title is known is seen below its title."""


def plan_epoch(
    examples: Sequence[Example], negatives: Sequence[Sequence[str]], synonyms: Synonyms, seed: int
) -> list[Group]:
    """Return the groups of one epoch in random order.

    Args:
        examples: All training examples.
        negatives: For each its wrong passages, likeliest first.
        synonyms: Words that may stand for each other.
        seed: Epochs of the same seed are equal.
    """
    rng = random.Random(seed)
    titles = {example.passage: example.title for example in examples}
    groups: list[Group] = []
    for original, wrong in zip(examples, negatives, strict=True):
        example = original
        if rng.random() < REWORDED:
            example = replace(original, question=reword(original.question, synonyms, rng))
        if not example.answers:
            if rng.random() < UNANSWERED[example.source]:
                groups.append((_title(example, rng),))
        elif rng.random() < DIETS[example.source].share:
            groups.append(_feed(example, wrong, titles, rng))
    rng.shuffle(groups)
    return groups


def _feed(example: Example, wrong: Sequence[str], titles: Mapping[str, str], rng: random.Random) -> Group:
    diet, shown = DIETS[example.source], _title(example, rng)
    rivals = [
        _title(Example("found", example.question, passage, (), -1, titles[passage]), rng)
        for passage in rng.sample(wrong, min(int(diet.found + rng.random()), len(wrong)))
    ]
    if rng.random() < diet.changed and (changed := _change(shown, rng)):
        rivals.append(changed)
    if rng.random() < MISSING and (missing := ask_for_missing(shown, rng)):
        rivals.append(missing)
    return (shown, *rivals)


def _change(example: Example, rng: random.Random) -> Example | None:
    for make in rng.sample(MAKERS, len(MAKERS)):
        if changed := make(example, rng):
            return changed
    return None


def _title(example: Example, rng: random.Random) -> Example:
    return example if example.title and rng.random() < TITLED else replace(example, title="")
