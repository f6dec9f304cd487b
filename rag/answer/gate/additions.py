"""What is added: a true clause must not carry another of which the paragraphs have no word, nor a cause of theirs.

"Iran paid for the visit" may stand in a paragraph, and still nothing of "and lied about it". And what stands there side
by side is no cause of each other.
"""

from collections.abc import Iterator, Sequence

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import Word, split_clauses, word_set

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

_CAUSES = word_set("because therefore thus hence consequently")
_CAUSES_TO = word_set("due owing thanks")
_MAY_CAUSE = _CAUSES | word_set(
    """
    as since so due owing thanks after following amid over when once given if unless reason reasons why result results
    resulted resulting lead leads led leading cause causes caused causing blame blamed blames spark sparked sparking
    prompt prompted prompting trigger triggered triggering force forced forcing mean means meant meaning explain
    explains explained account accounts accounted attribute attributes attributed citing cited cites
    """
)
"""What may give a cause in a paragraph."""


def doubt_additions(claim: Sequence[Word], sources: Sequence[Source], names: frozenset[str]) -> Iterator[Doubt]:
    """Yield the first clause of a claim whose own words all stand nowhere.

    Names are checked by themselves, and what an earlier clause has is none of a clause's own words.

    Args:
        claim: The words of the claim.
        sources: All sentences of the cited paragraphs.
        names: Words in lower case that are names.
    """
    known = {word.stem for source in sources for word in source.words}
    clauses = split_clauses(claim, _BEGINS)
    told: set[str] = set()
    for clause in clauses if len(clauses) > 1 else ():
        own = [word for word in clause if word.is_content and word.stem not in told]
        told |= {word.stem for word in own}
        own = [word for word in own if not word.is_name and word.text not in _LEADING | names]
        if own and not any(are_related(word.stem, other) for word in own for other in known):
            words = ", ".join(f"“{word.text}”" for word in own[:4])
            yield Doubt("addition", f"The paragraph does not plainly say it: it lacks {words}.", grave=False)
            return


def doubt_causes(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield the word by which a claim gives a cause where its sources give none.

    Args:
        claim: The words of the claim.
        sources: The sentences that it is drawn from.
    """
    given = [word.text for place, word in enumerate(claim) if _gives_cause(claim, place)]
    if given and not any(word.text in _MAY_CAUSE for source in sources for word in source.words):
        yield Doubt("addition", f"The paragraph gives no cause, as “{given[0]}” does.", grave=False)


def _gives_cause(words: Sequence[Word], place: int) -> bool:
    word, following = words[place], words[place + 1].text if place + 1 < len(words) else ""
    if word.text == "so":
        return place > 0 and words[place - 1].clause != word.clause and following not in ("far", "did", "do", "does")
    return word.text in _CAUSES or (word.text in _CAUSES_TO and following == "to")
