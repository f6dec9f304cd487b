"""What the reader sees in an epoch: groups of examples, the first of which is answered if any is.

The members of a group are rivals: other passages for the same question, or other questions about the same passage.
The network learns to prefer the first.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.training.pieces import cut_passage, most_alike
from rag.training.reader_examples import Example
from rag.training.reword import Synonyms, reword
from rag.training.unanswerable import MAKERS, ask_for_missing

Group = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Diet:
    """How often a source's answered examples are seen, and with what.

    Attributes:
        share: How often each example is seen in an epoch, on average.
        found: How many wrong passages out of the search for each, on average.
        changed: Chance that a changed question or passage comes along, if a rule applies.
    """

    share: float
    found: float
    changed: float


DIETS = {
    "squad": Diet(1.0, 0.5, 0.5),
    "squad2": Diet(1.0, 0.5, 0.5),
    "nq": Diet(2.0, 1.5, 0.5),
    "qamr": Diet(0.35, 0.25, 0.3),
    "fairy": Diet(0.7, 0.4, 0.3),
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

PRECEDED = 0.8
"""Chance that a piece is seen below what stands before it."""

CUT, UNANSWERED_CUT = 0.4, 0.2
"""Chance that only a piece of a passage is seen, if the passage answers and if it does not."""

MOST_NEIGHBOURS = 2
"""Other pieces of the same passage that compete with the one that answers."""


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
        share = DIETS[original.source].share if original.answers else UNANSWERED[original.source]
        for _ in range(int(share + rng.random())):
            example = original
            if rng.random() < REWORDED:
                example = replace(original, question=reword(original.question, synonyms, rng))
            groups.append(_feed(example, wrong, titles, rng) if example.answers else (_see_unanswered(example, rng),))
    rng.shuffle(groups)
    return groups


def _see_unanswered(example: Example, rng: random.Random) -> Example:
    pieces = cut_passage(example, rng) if rng.random() < UNANSWERED_CUT else []
    return _show(most_alike(pieces) if pieces else example, rng)


def _feed(example: Example, wrong: Sequence[str], titles: Mapping[str, str], rng: random.Random) -> Group:
    diet = DIETS[example.source]
    pieces = cut_passage(example, rng) if rng.random() < CUT else []
    shown = _show(pieces[0] if pieces else example, rng)
    rivals = [_show(piece, rng) for piece in rng.sample(pieces[1:], min(MOST_NEIGHBOURS, len(pieces[1:])))]
    for passage in rng.sample(wrong, min(int(diet.found + rng.random()), len(wrong))):
        rival = Example("found", example.question, passage, (), -1, titles[passage])
        rival_pieces = cut_passage(rival, rng) if pieces else []
        rivals.append(_show(most_alike(rival_pieces) if rival_pieces else rival, rng))
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


def _show(example: Example, rng: random.Random) -> Example:
    """Return an example, its title and what stands before it each left out now and then."""
    title = example.title if rng.random() < TITLED else ""
    return replace(example, title=title, before=example.before if rng.random() < PRECEDED else "")
