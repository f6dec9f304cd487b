"""Words that the articles spell otherwise: the nearest one, for a word that stands in none of them."""

import unicodedata
from dataclasses import dataclass

from rag.store.index import Index

SHORTEST, LONGEST = 5, 30
"""Letters of a word that is worth a suggestion: among shorter ones any two are near, and longer ones are no words."""

MOST_EDITS = 2
"""By how many edits a long word may differ."""

LONG = 8
"""Letters of a long word; a shorter one may differ by one edit."""

CUT_LETTERS = 4
"""How many letters the index's stemmer may have taken from a word's end, with what it was misspelt by."""

CANDIDATES = 5
"""Terms whose spelling is looked up."""


@dataclass(frozen=True, slots=True, order=True)
class _Spelling:
    """A way to write a word; the least is the nearest, and of those the most frequent."""

    edits: int
    minus_articles: int
    minus_count: int
    spelling: str


def nearest_spelling(index: Index, word: str) -> str:
    """Return the word that the articles spell most like a word that they don't have.

    It has the same first letter, which people seldom get wrong, and differs by one edit, or by two if it is long.

    Args:
        index: The index.
        word: A word that stands in no article.

    Returns:
        The word as the articles write it, or an empty string if none is near.
    """
    folded = _folded(word)
    if not SHORTEST <= len(folded) <= LONGEST or not folded.isalpha():
        return ""
    most = MOST_EDITS if len(folded) >= LONG else 1
    found = [
        _Spelling(edits, -articles, -count, spelling)
        for term, articles in _similar_terms(index, folded).items()
        for spelling, count in index.words.spellings(term).items()
        if (edits := count_edits(folded, _folded(spelling))) <= most
    ]
    return min(found).spelling if found else ""


def count_edits(one: str, other: str) -> int:
    """Return how many letters must be put in, left out, changed, or swapped with the next to get from word to word.

    Source: the optimal string alignment distance, after Damerau (1964) and Levenshtein (1966).

    Example:
        >>> count_edits("netanjahu", "netanyahu"), count_edits("hizbolah", "hezbollah"), count_edits("asasd", "assad")
        (1, 2, 1)
    """
    earlier: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, against in enumerate(other):
            edits = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != against))
            if i and j and letter == other[j - 1] and one[i - 1] == against:
                edits = min(edits, earlier[j - 1] + 1)
            row.append(edits)
    return row[-1]


def _similar_terms(index: Index, word: str) -> dict[str, int]:
    terms = index.words.terms(word[0])
    lengths = range(len(word) - CUT_LETTERS, len(word) + 3)
    letters = set(word)
    # Sets are compared a hundred times as fast as words, and leave few of a large index's terms.
    fitting = [term for term in terms if len(term) in lengths and len(set(term) - letters) <= MOST_EDITS]
    fitting.sort(key=lambda term: (_unlikeness(word, term), -terms[term]))
    return {term: terms[term] for term in fitting[:CANDIDATES]}


def _unlikeness(word: str, term: str) -> int:
    """Return how unlike a word is a term, whose ending is cut off: two for an edit, one for a letter cut."""
    return 2 * count_edits(word[: len(term) + 1], term) + max(0, len(word) - len(term))


def _folded(word: str) -> str:
    """Return a word as the index keeps it, but for its ending: in lower case, without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
