"""Who said it: the speaker whom a sentence names must be the one whom its source names or points to with "he"."""

import re
from collections.abc import Iterator

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Evidence, Source, choose_sources
from rag.answer.gate.likeness import are_related
from rag.answer.gate.names import Name, find_names, known_names
from rag.answer.gate.words import read_words, write_out

_SAID = (
    r"(?:said|says|say|told|tells|added|adds|stated|states|announced|announces|declared|declares|insisted|insists|claimed|"
    r"claims|argued|argues|warned|warns|explained|explains|noted|notes|wrote|writes|tweeted|replied|asked|acknowledged|"
    r"admitted|confirmed|suggested|remarked|recalled|stressed|complained|predicted|promised|vowed|joked|commented)\b"
)
_NAME = r"[A-Z](?:[\w'’-]|\.(?!\.))*"  # not the last before an ellipsis
_NAMED = rf"(?:{_NAME}(?:\s(?:(?:of|the|de|van|von|al|bin|for)\s)?{_NAME})*)"
_BETWEEN = r"(?:,[^,\"]{2,70},|,)?\s+(?:(?:also|later|then|has|had|have|earlier|himself|herself|previously|once)\s+)?"
_BEFORE = re.compile(rf"(?P<who>{_NAMED}{_BETWEEN}){_SAID}")
_PRONOUN = re.compile(rf"\b(?:he|she|they|it|who)\s+(?:(?:also|later|then|has|had|have)\s+)?{_SAID}", re.IGNORECASE)
_BEHIND = re.compile(rf"[,?!]['\"”’]*\s+{_SAID}\s+(?:[a-z][\w-]*\s+){{0,4}}(?P<who>{_NAMED})")
_TITLE = re.compile(rf"\b(?:the|an?) (?P<who>[A-Za-z]+) {_SAID}", re.IGNORECASE)
_ACCORDING = re.compile(rf"\b[Aa]ccording to\s+(?:(?!of\b)[a-z][\w-]*\s+){{0,4}}(?P<who>{_NAMED})")


def find_speakers(text: str, known: frozenset[str] = frozenset()) -> list[Name]:
    """Return those who are named as saying something in a sentence, and the names of the title beside.

    Args:
        text: The sentence.
        known: Words in lower case that are names also where they begin a sentence.

    Example:
        >>> said = "“We agreed,” said Ana Petrova, but Oslo's mayor, Ben Lund, told nobody."
        >>> [name.words[-1].title() for name in find_speakers(said)]
        ['Lund', 'Petrova']
    """
    return [name for names in _find_speaking(text, known) for name in names]


def _find_speaking(text: str, known: frozenset[str]) -> list[tuple[Name, ...]]:
    """Return for each who says something the names of it: a person's and mostly behind it those of the title."""
    text = write_out(text)
    found = [match["who"] for pattern in (_BEFORE, _BEHIND, _ACCORDING) for match in pattern.finditer(text)]
    # Behind words in lower case, for "BBC" alone would be a headline.
    return [names for who in found if (names := find_names(f"it was said by {who}", known))]


def doubt_speakers(claim: str, evidence: Evidence) -> Iterator[Doubt]:
    """Yield whom a claim has say what its sources have another say.

    Args:
        claim: The sentence.
        evidence: What it is checked against.
    """
    yield from _doubt_titles(claim, evidence)
    known = known_names(evidence.cited, evidence.around)
    wanted = _find_speaking(claim, known)
    if not wanted or not evidence.sources:
        return
    named = {word for names in wanted for speaker in names for word in speaker.words}
    sources = choose_sources([word for word in read_words(claim) if word.text not in named], evidence.sources)
    theirs = _find_speaking(sources[0].text, known)
    said = [name for names in theirs for name in names]
    for speaker, *beside in wanted:
        if any(_is_same(speaker, other) for other in said):
            continue
        if any(_is_same(name, names[0]) for name in beside for names in theirs):  # "In Oslo, Ben Lund, …, said"
            continue
        if said:
            yield Doubt("speaker", f"The paragraph has {said[0].text} say so, not {speaker.text}.")
        elif not _may_be_meant(speaker, sources[0], evidence):
            yield Doubt("speaker", f"The paragraph does not say that {speaker.text} said so.", grave=False)


def _doubt_titles(claim: str, evidence: Evidence) -> Iterator[Doubt]:
    """Yield who is called only "the Pope" or "the minister", and of whom nothing is said."""
    for match in _TITLE.finditer(write_out(claim)):
        [title] = read_words(match["who"])
        words = read_words(f"{evidence.cited} {evidence.around}")
        if title.is_content and not any(are_related(title.stem, word.stem) for word in words):
            yield Doubt("speaker", f"The paragraph has no {match['who']} say so.", grave=False)


def _may_be_meant(speaker: Name, source: Source, evidence: Evidence) -> bool:
    """Tell whether a source that names no speaker may mean one: it has the name, or points back to it."""
    if _names(source.text, speaker):
        return True
    if _PRONOUN.search(write_out(source.text)) or not _PRONOUN.search(write_out(evidence.cited)):
        return _names(evidence.cited, speaker) or _names(evidence.around, speaker)
    return _names(source.before, speaker)


def _names(text: str, speaker: Name) -> bool:
    words = write_out(text).lower()
    return any(re.search(rf"\b{re.escape(word)}", words) for word in speaker.words)


def _is_same(speaker: Name, other: Name) -> bool:
    return any(are_related(word, each) for word in speaker.words for each in other.words)
