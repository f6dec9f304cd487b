"""How well what was found is ordered."""

import math
from collections.abc import Collection, Mapping, Sequence

from evals.records import unique


def recall_at(found: Sequence[str], accepted: Collection[frozenset[str]], cut: int) -> float:
    """Return the share of the best covered accepted set that is among the first found.

    Args:
        found: What was found, best first; what is found again does not count.
        accepted: At least one set, none of them empty.
        cut: How many of the first count, from 1.

    Returns:
        0 to 1, higher is better.

    Raises:
        ValueError: Nothing is accepted.
    """
    first = frozenset(unique(found)[:cut])
    return max(len(first & wanted) / len(wanted) for wanted in accepted)


def reciprocal_rank(found: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 divided by the place of the first relevant one.

    Source: Voorhees, The TREC-8 Question Answering Track Report (TREC 1999).

    Args:
        found: What was found, best first; what is found again takes no place.
        relevant: What should be found.

    Returns:
        0 to 1, higher is better; 0 if none is found.
    """
    ranks = (rank for rank, ref in enumerate(unique(found), start=1) if ref in relevant)
    return 1 / next(ranks, math.inf)


def ndcg_at(found: Sequence[str], gains: Mapping[str, float], cut: int) -> float:
    """Return the discounted gain of the first found, divided by the highest possible one.

    Source: Järvelin, Kekäläinen, Cumulated gain-based evaluation of IR techniques (TOIS 2002), with the gain itself
    and a discount of log2(1 + rank) as in trec_eval; the paper leaves the first two places undiscounted.

    Args:
        found: What was found, best first; what is found again takes no place.
        gains: Gain of each that should be found, at least 0.
        cut: How many of the first count, from 1.

    Returns:
        0 to 1, higher is better; 0 if there is nothing to gain.
    """
    reached = _discounted([gains.get(ref, 0.0) for ref in unique(found)[:cut]])
    possible = _discounted(sorted(gains.values(), reverse=True)[:cut])
    return reached / possible if possible else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(1 + rank) for rank, gain in enumerate(gains, start=1))
