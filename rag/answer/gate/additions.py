"""Clauses that are added: a true clause must not carry another of which the paragraphs have no word.

"Iran paid for the visit" may stand in a paragraph, and still nothing of "and lied about it".
"""

from collections.abc import Iterator, Sequence

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import Word, word_set

_BEGINS = word_set("and or which who whom whose that where when after before since so until")
"""What begins a clause besides a stop and "but" and the like, which `read_words` counts."""

_LEADING = word_set(
    """
    example instance addition result total overall fact particular contrast comparison similarly additionally besides
    furthermore finally instead consequently today now earlier later then time year month week day
    argue argued argues arguing insist insists believe believed believes warn warned warns claim claimed claims suggest
    suggested suggests report reported reports note notes write wrote writes mention mentioned mentions point pointed
    points out comment commented say says describe described describes call called calls
    get gets got make makes made take takes took come comes came go goes went give gives gave become became put
    """
)
"""Words that join what is told, tell that somebody says it, which is checked by itself, or say nothing alone."""


def doubt_additions(claim: Sequence[Word], sources: Sequence[Source], names: frozenset[str]) -> Iterator[Doubt]:
    """Yield the first clause of a claim whose own words all stand nowhere.

    Names are checked by themselves, and what an earlier clause has is none of a clause's own words.

    Args:
        claim: The words of the claim.
        sources: All sentences of the cited paragraphs.
        names: Words in lower case that are names.
    """
    known = {word.stem for source in sources for word in source.words}
    clauses = split_clauses(claim)
    told: set[str] = set()
    for clause in clauses if len(clauses) > 1 else ():
        own = [word for word in clause if word.is_content and word.stem not in told]
        told |= {word.stem for word in own}
        own = [word for word in own if not word.is_name and word.text not in _LEADING | names]
        if own and not any(are_related(word.stem, other) for word in own for other in known):
            words = ", ".join(f"“{word.text}”" for word in own[:4])
            yield Doubt("addition", f"The paragraph does not plainly say it: it lacks {words}.", grave=False)
            return


def split_clauses(claim: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each clause of a claim, however short.

    Example:
        >>> from rag.answer.gate.words import read_words
        >>> [clause[0].text for clause in split_clauses(read_words("He left, and she, who knew, stayed."))]
        ['he', 'and', 'who', 'stayed']
    """
    clauses: list[list[Word]] = []
    for place, word in enumerate(claim):
        if not place or word.clause != claim[place - 1].clause or word.text in _BEGINS:
            clauses.append([])
        clauses[-1].append(word)
    return clauses
