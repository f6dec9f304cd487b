"""The grammar of questions, as far as closed classes of words and the order of a question tell it.

No tagger and no dictionary: where a phrase ends that is followed by a verb is told by auxiliaries, prepositions, the
endings of words and a list of frequent verbs, and is now and then told wrongly.
"""

from dataclasses import dataclass
from typing import Literal

from rag.answer.follow_up.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    LINK_WORDS,
    LINKS,
    NOUN_ENDINGS,
    PARTICIPLES,
    PERSONAL,
    POSSESSIVE,
    PREPOSITIONS,
    REQUEST,
    VERBS,
    WH,
    Word,
    cut,
    is_date,
    is_plural,
    read_words,
    takes_part,
)
from rag.answer.nouns import type_of
from rag.search.lexical import STOP_WORDS

ClauseKind = Literal["whole", "subject", "object", "copula"]
"""What a question asks for: yes or no or a when and why; who or what did it; what it was done to; who or what it is."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A question taken apart. Places count words, from 0; each part ends before the word at its end.

    Attributes:
        text: The question.
        words: Its words.
        kind: What it asks for.
        lead_start: Where its question words begin, behind an "and".
        lead_end: Where they end; equal to `lead_start` if it has none.
        aux: Place of its auxiliary, or None.
        subject_start: Where its subject begins.
        subject_end: Where that ends, equal to `subject_start` if the question words are the subject.
    """

    text: str
    words: tuple[Word, ...]
    kind: ClauseKind
    lead_start: int
    lead_end: int
    aux: int | None
    subject_start: int
    subject_end: int

    @property
    def body(self) -> str:
        """Return the question from its auxiliary on, "did the talks begin", or an empty string if it has none."""
        text = self.cut(self.aux) if self.aux is not None else ""
        return text[:1].lower() + text[1:]

    def cut(self, start: int, end: int | None = None) -> str:
        """Return the text from a word to before another, or to the last."""
        return cut(self.text, self.words, start, len(self.words) if end is None else end)

    @property
    def lead(self) -> str:
        """Return the question words, "How many people"."""
        return self.cut(self.lead_start, self.lead_end)

    @property
    def subject(self) -> str:
        """Return the subject, or an empty string if the question words are the subject."""
        return self.cut(self.subject_start, self.subject_end)


def parse_question(text: str) -> Clause | None:
    """Take a question apart.

    Returns:
        Its parts, or None if it is no question that begins with an auxiliary or a question word.
    """
    if request := REQUEST.match(text):
        return _parse_request(text, read_words(text), len(read_words(request[0])))
    words = read_words(text)
    start = 1 if words and words[0].lower in ("and", "but", "so", "then") else 0
    if len(words) < start + 2:
        return None
    if words[start].lower in AUXILIARIES:
        return _with_subject(text, words, start, start, "whole")
    question_word = start + (words[start].lower in PREPOSITIONS)
    if question_word == len(words) or words[question_word].lower not in WH:
        return None
    return _parse_wh(text, words, start, question_word)


def _parse_request(text: str, words: tuple[Word, ...], start: int) -> Clause | None:
    """Take "tell me about the strike" apart: what is asked about is its subject."""
    if start >= len(words) or words[start].lower in WH | LINKS:
        return None
    end = phrase_end(words, start, "is")
    return Clause(text, words, "copula", 0, start, None, start, end) if end > start else None


def _parse_wh(text: str, words: tuple[Word, ...], start: int, question_word: int) -> Clause | None:
    aux = _find_auxiliary(words, question_word)
    asked = words[question_word].lower
    counts = len(words) > question_word + 1 and words[question_word + 1].lower in ("many", "much")
    argument = question_word == start and (asked in ("who", "whom", "whose", "what", "which") or counts)
    if aux is None:
        if question_word + 1 < len(words) and words[question_word + 1].lower in PREPOSITIONS:
            return None  # "What about the others?"
        end = verb_place(words, question_word + 1 + (asked == "how"), asked in ("who", "what"))
        return Clause(text, words, "subject", start, end, None, end, end) if argument and end < len(words) else None
    if aux + 1 == len(words):
        return None
    if argument and not _begins_phrase(words, aux):
        return Clause(text, words, "subject", start, aux, aux, aux + 1, aux + 1)
    clause = _with_subject(text, words, start, aux, "object" if argument else "whole")
    if argument and clause.subject and words[aux].lower in BE and not _goes_on(words, clause.subject_end):
        return Clause(text, words, "copula", start, aux, aux, aux + 1, clause.subject_end)
    return clause


def _with_subject(text: str, words: tuple[Word, ...], start: int, aux: int, kind: ClauseKind) -> Clause:
    return Clause(text, words, kind, start, aux, aux, aux + 1, phrase_end(words, aux + 1, words[aux].lower))


def _goes_on(words: tuple[Word, ...], end: int) -> bool:
    """Tell whether what follows a subject has a verb: "is he | waiting for", not "is he | in Oslo"."""
    return any(is_participle(word) for word in words[end : end + 2])


def _find_auxiliary(words: tuple[Word, ...], question_word: int) -> int | None:
    """Find the auxiliary behind "which party", "how long" or "who", but none of a later clause."""
    alone = words[question_word].lower in ("who", "whom", "when", "where", "why")
    for place in range(question_word + 1, min(question_word + (3 if alone else 7), len(words))):
        lower = words[place].lower
        if lower in AUXILIARIES:
            return place
        passes = lower in ("of", "else", "other", "many", "exactly") or (not alone and takes_part(words[place]))
        if not passes:
            return None
    return None


def verb_place(words: tuple[Word, ...], start: int, alone: bool) -> int:
    """Find the verb behind question words that are the subject: "which paper | wrote about"."""
    if alone:
        return start + (start < len(words) and words[start].lower == "else")
    place = start
    while place < len(words) and (takes_part(words[place]) or words[place].lower in ("of", "many", "other")):
        if place > start and words[place].is_name and not words[place - 1].is_name and not _acts(words, place):
            break
        place += 1
    return max(place - 1, start)


def _acts(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether a verb follows a name: "which senior Iranians | met"."""
    return place + 1 < len(words) and is_participle(words[place + 1])


def _begins_phrase(words: tuple[Word, ...], aux: int) -> bool:
    """Tell whether a subject follows an auxiliary, and not a verb."""
    word = words[aux + 1]
    if word.lower in DETERMINERS | PERSONAL or word.is_name or word.is_possessive or words[aux].lower in DO:
        return True
    return word.lower.endswith("s") and takes_part(word) and word.lower not in STOP_WORDS


def phrase_end(words: tuple[Word, ...], start: int, aux: str) -> int:
    """Find where a subject ends.

    Args:
        words: The words of a question.
        start: Where the subject begins, behind the auxiliary.
        aux: The auxiliary, which tells what verb to expect.
    """
    if start < len(words) and words[start].lower in PERSONAL - POSSESSIVE:
        return start + 1
    first = start + (start < len(words) and words[start].lower in DETERMINERS | POSSESSIVE)
    end = _core_end(words, first, aux)
    while end < len(words) - 1 and _is_attached(words, end, first, aux):
        after = end + 1 + (words[end + 1].lower in DETERMINERS | POSSESSIVE)
        further = _core_end(words, after, aux)
        if further == after:
            break
        end = further
    return end


def _is_attached(words: tuple[Word, ...], end: int, first: int, aux: str) -> bool:
    """Tell whether what follows belongs to the subject: "of …", "and Name", or "in …" before a verb is seen."""
    lower = words[end].lower
    if lower == "of":
        return True
    if lower == "and":
        return words[end + 1].is_name or words[end + 1].lower in DETERMINERS
    expects_verb = aux not in BE and lower in PREPOSITIONS and end > first
    return expects_verb and len(words) > end + 2 and any(_is_verb(word, aux) for word in words[end + 2 :])


def _core_end(words: tuple[Word, ...], start: int, aux: str) -> int:
    """Find the end of nouns and names without what is attached to them."""
    end = start
    while end < len(words) and (takes_part(words[end]) or _links_names(words, end)):
        if end > start and not words[end].is_name and _ends_before(words, start, end, aux):
            break
        end += 1
    return end


def _ends_before(words: tuple[Word, ...], start: int, place: int, aux: str) -> bool:
    """Tell whether a lower-case word is the verb behind a subject."""
    word, before = words[place], words[place - 1]
    if before.is_possessive:
        return False
    if _is_verb(word, aux) or word.lower in ("first", "last"):
        return True
    if aux in BE | HAVE:
        alone = before.is_name and start == place - 1 and aux in BE and not is_plural(word.text)
        return alone and not (words[start - 1].lower == "the" and type_of([word.lower]) != "any")
    last = place + 1 == len(words) or not takes_part(words[place + 1]) or words[place + 1].is_name
    before_of = place + 1 < len(words) and words[place + 1].lower == "of"
    noun = (word.lower.endswith("s") and not word.lower.endswith("ss")) or word.lower.endswith(NOUN_ENDINGS)
    return last and not before_of and not noun


def _is_verb(word: Word, aux: str) -> bool:
    if word.is_name:
        return False
    return is_participle(word) if aux in BE | HAVE else word.lower in VERBS


def is_participle(word: Word) -> bool:
    """Tell whether a word is a participle, or follows "be" like one."""
    return word.lower in PARTICIPLES or (not word.is_name and word.lower.endswith(("ed", "ing")) and len(word.text) > 4)


def _links_names(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether a word is the "of" of "Bank of England"."""
    if not 0 < place < len(words) - 1 or words[place].lower not in LINK_WORDS:
        return False
    return words[place - 1].is_name and words[place + 1].is_name


def noun_phrases(clause: Clause) -> list[tuple[int, int]]:
    """Return where the noun phrases of a question stand: its subject, and what follows its verb."""
    found = [(clause.subject_start, clause.subject_end)] if clause.subject else []
    place = clause.subject_end
    if clause.kind != "copula" and place < len(clause.words) and not _is_passed(clause.words[place]):
        place += 1
    while place < len(clause.words):
        end = _phrase_from(clause.words, place)
        if end > place:
            found.append((place, end))
        place = max(end, place + 1)
    return found


def _is_passed(word: Word) -> bool:
    """Tell whether a word behind a subject is no verb."""
    return word.lower in ADVERBS | DETERMINERS | PREPOSITIONS or word.is_name


def _phrase_from(words: tuple[Word, ...], start: int) -> int:
    """Return the end of the noun phrase that begins here, or its beginning if none does."""
    if words[start].lower in VERBS and words[start - 1].lower in ("to", "not"):
        return start
    first = end = start + (words[start].lower in DETERMINERS | POSSESSIVE)
    while end < len(words) and (takes_part(words[end]) or _links_names(words, end)):
        end += 1
    return end if end > first else start


def name_runs(words: tuple[Word, ...], start: int) -> list[tuple[int, int]]:
    """Return where names stand from a word on, neighbours together; days and months are none."""
    found: list[tuple[int, int]] = []
    place = start
    while place < len(words):
        end = place
        while end < len(words) and (words[end].is_name or (end > place and _links_names(words, end))):
            end += 1
            if words[end - 1].is_possessive:
                break
        if end > place and not is_date(" ".join(word.text for word in words[place:end])):
            found.append((place, end))
        place = max(end, place + 1)
    return found
