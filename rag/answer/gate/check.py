"""The gate: is a sentence borne out by the paragraphs that it cites?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.gate.attribution import attribute
from rag.answer.gate.doubting import find_doubts
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Beside, Evidence, Source, choose_sources, gather_evidence, nothing_beside
from rag.answer.gate.signals import is_about_something_else, load_weights, measure_signals, weigh
from rag.answer.gate.words import Word, fold, read_words
from rag.answer.gate.yes_no import YesNo, judge_yes_no
from rag.models.embedder import Embedder
from rag.models.reader import Reader
from rag.records import Passage, Verdict

UNCITED = "The sentence cites no paragraph."

MOST_OTHERS = 2
"""Paragraphs that were offered and not cited and are tried in place of the cited ones."""

SHORTEST = 4
"""Words of a sentence that can be weighed; a shorter one has to stand in the paragraph word for word."""

KEPT = 200
"""Sentences whose vectors are kept."""

_BEGINS = re.compile(r"(?:^|[.!?:…][\"')\]]*(?: |(?![a-z\d]))).$")
_ENDS = re.compile(r"[.!?:…\"')\]](?![a-z\d])")
"""Where a sentence begins and ends in a text; the space between two may be missing."""

_YES_NO = re.compile(r"^(yes|no)(?!-\w)(?:\s*[,.;:!–—-]+(?!\s*\d)\s*|$)", re.IGNORECASE)
"""Not the "No" of "No one came" and "No. 38 won"."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate found out about a sentence.

    Attributes:
        verdict: Whether the cited paragraphs bear it out.
        reason: Why the verdict is not `supported`, in one sentence; empty if it is.
        score: 0 to 1, higher is better borne out by the cited paragraphs.
        moved_to: The paragraph that bears it out instead, exactly if the verdict is `misattributed`.
    """

    verdict: Verdict
    reason: str
    score: float
    moved_to: Passage | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to check: its text on one line, and its words."""

    text: str
    words: tuple[Word, ...]


class Gate:
    """Checks sentences against paragraphs. Safe to use from several threads."""

    def __init__(self, embedder: Embedder, reader: Reader | None = None) -> None:
        """Check with these models.

        Args:
            embedder: Tells how alike a sentence and its sources are.
            reader: Is asked in reverse about what is told in other words, about 30 ms a sentence; None to do without.
        """
        # A paragraph bears out more than one sentence.
        self._embed = lru_cache(KEPT)(lambda text: embedder.embed([text])[0])
        self._reader = reader

    def check(
        self,
        sentence: str,
        cited: Sequence[Passage],
        offered: Sequence[Passage] = (),
        beside: Beside = nothing_beside,
        question: str = "",
    ) -> Judgement:
        """Return whether a sentence is borne out by the paragraphs that it cites.

        A sentence that is quoted whole is, whatever it says. A "Yes" or "No" is taken as the answer to the question.

        Args:
            sentence: A sentence of an answer, without marks.
            cited: The paragraphs that it cites; together they have to bear it out.
            offered: All paragraphs that could have been cited, those among them too.
            beside: Returns the paragraphs beside one, which tell who "he" is.
            question: The question that is answered, or an empty string.

        Raises:
            ModelError: A model failed.
        """
        if is_quoted_whole(sentence, [passage.paragraph.text for passage in cited]):
            return Judgement("supported", "", 1.0)
        judgement = self._judge(sentence, cited, beside, question)
        if judgement.verdict == "supported":
            return judgement
        refs = {passage.ref for passage in cited}
        others = [passage for passage in offered if passage.ref not in refs]
        for other in _nearest(sentence, others):
            if self._judge(sentence, [other], beside, question).verdict == "supported":
                return Judgement("misattributed", _moved(cited, other), judgement.score, other)
        return judgement

    def _judge(self, sentence: str, cited: Sequence[Passage], beside: Beside, question: str) -> Judgement:
        if not cited:
            return Judgement("unsupported", UNCITED, 0.0)
        evidence = gather_evidence(cited, beside)
        text = fold(sentence)
        if yes_no := _YES_NO.match(text):
            text = text[yes_no.end() :]
            if not text:
                return _judge_yes_no("Yes" if yes_no[1].lower() == "yes" else "No", question, evidence)
        claim = Claim(text, read_words(text))
        sources = choose_sources(claim.words, evidence.sources)
        if _is_fragment(claim) and not _stands_there(claim, evidence):
            return Judgement("unsupported", "The paragraph does not have these words.", 0.0)
        doubts = find_doubts(text, claim.words, evidence, sources)
        if not doubts and (_stands_there(claim, evidence) or is_quoted_whole(text, [evidence.cited])):
            return Judgement("supported", "", 1.0)
        return self._weigh(claim, sources, doubts)

    def _weigh(self, claim: Claim, sources: Sequence[Source], doubts: Sequence[Doubt]) -> Judgement:
        if any(doubt.grave for doubt in doubts):
            return Judgement("unsupported", doubts[0].reason, 0.0)
        signals = measure_signals(claim.text, claim.words, sources, self._embed, self._reader)
        weights = load_weights()[signals.weighed_as]
        chance = weigh(signals, weights)
        if is_about_something_else(signals):
            return Judgement("unsupported", doubts[0].reason if doubts else _missing(claim, sources), chance)
        if doubts or chance < weights.supported:
            # Whatever a rule speaks against stays below what it would have to reach.
            score = chance * (weights.supported if doubts else 1.0)
            return Judgement("partly", doubts[0].reason if doubts else _missing(claim, sources), score)
        return Judgement("supported", "", chance)


def is_quoted_whole(sentence: str, texts: Sequence[str]) -> bool:
    """Tell whether a text has a sentence word for word, from the beginning of a sentence to the end of one.

    Example:
        >>> texts = ["It is untrue that they met. They talked."]
        >>> is_quoted_whole("They talked.", texts), is_quoted_whole("they met.", texts)
        (True, False)
    """
    wanted = fold(sentence)
    for text in map(fold, texts):
        start = text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            begins = _BEGINS.search(text[max(0, start - 4) : start + 1])
            if begins and (end == len(text) or _ENDS.match(text, end - 1)):
                return True
            start = text.find(wanted, start + 1)
    return False


def _is_fragment(claim: Claim) -> bool:
    """Tell whether a claim has too few words to be weighed, or none that says anything but numbers and days."""
    return len(claim.words) < SHORTEST or not any(word.is_content for word in claim.words)


def _stands_there(claim: Claim, evidence: Evidence) -> bool:
    """Tell whether a short claim stands in a source, word for word."""
    wanted = [word.text for word in claim.words]
    if not wanted or not _is_fragment(claim):
        return False
    return any(
        wanted == [word.text for word in source.words[start : start + len(wanted)]]
        for source in evidence.sources
        for start in range(len(source.words) - len(wanted) + 1)
    )


def _judge_yes_no(told: YesNo, question: str, evidence: Evidence) -> Judgement:
    def judge(sentence: str) -> YesNo:
        return judge_yes_no(question, sentence, evidence.articles[0].title, evidence.cited) if question else ""

    verdicts = {source.text: verdict for source in evidence.sources if (verdict := judge(source.text))}
    if not verdicts:
        return Judgement("partly", "The paragraph does not plainly say yes or no.", 0.5)
    if {*verdicts.values()} != {told}:
        return Judgement("unsupported", "The paragraph says the contrary.", 0.0)
    whose = [attribute(question, told, sentence, judge) for sentence in verdicts]
    if all(whose):
        return Judgement("partly", f"The paragraph only reports it: {whose[0]}.", 0.5)
    return Judgement("supported", "", 1.0)


def _nearest(sentence: str, others: Sequence[Passage]) -> list[Passage]:
    """Return the paragraphs that have most of a sentence's words, best first, if they have half of them."""
    words = {word.stem for word in read_words(fold(sentence)) if word.is_content}
    shares = [
        len(words & {stem for source in gather_evidence([other]).sources for stem in source.stems}) for other in others
    ]
    order = sorted(range(len(others)), key=lambda place: -shares[place])
    return [others[place] for place in order[:MOST_OTHERS] if 2 * shares[place] >= len(words) > 0]


def _moved(cited: Sequence[Passage], other: Passage) -> str:
    before = " and ".join(passage.ref for passage in cited)
    return f"{before or 'No paragraph cited'} does not bear it out; {other.ref} does."


def _missing(claim: Claim, sources: Sequence[Source]) -> str:
    words = [word.text for word in claim.words if word.is_content]
    stems = {stem for source in sources for stem in source.stems}
    lacking = list(dict.fromkeys(word.text for word in claim.words if word.is_content and word.stem not in stems))
    if lacking and len(lacking) < len(words):
        return f"The paragraph does not plainly say it: it lacks {', '.join(f'“{word}”' for word in lacking[:4])}."
    return "The paragraph does not plainly say it." if not lacking else "The paragraph says nothing of it."
