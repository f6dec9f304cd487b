"""What he, she, it, they, there and then mean after the questions and answers before.

The subject of the last question comes first, except that a "who", "where" or "when" was asked for its answer. A name
is taken for a person or a thing by what the conversation says of it ("President X", "X, which", "in X"); where that
leaves two, none is taken.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rag.answer.follow_up.phrases import Clause, name_runs, noun_phrases
from rag.answer.follow_up.places import find_place, find_time
from rag.answer.follow_up.turns import Turn, is_plain, read_turn
from rag.answer.follow_up.words import PERSONAL, PREPOSITIONS, is_date, is_plural, read_words, words_of
from rag.answer.kind import type_of
from rag.records import Answer

Kind = Literal["person", "thing", "group", "place", "time"]
"""What a pronoun stands for: he or she, it, they, there, then."""

_PERSON_NOUNS = (
    r"man|woman|boy|girl|king|queen|prince|princess|pope|president|minister|premier|coach|captain|chief|head|boss|judge|"
    r"leader|candidate|chancellor|suspect|victim|author|singer|winner|founder|speaker|mayor|governor|senator|director|"
    r"manager|owner|spokes\w+|ambassador|general|activist|scientist|\w+(?:ist|man|woman)|player|driver|teacher|writer"
)
_TITLES = rf"mr|mrs|ms|dr|sir|prof|professor|sheikh|ayatollah|secretary|commander|colonel|envoy|{_PERSON_NOUNS}"
_MEMBERS = "leaders?|members?|officials?|fighters?|forces|troops|leadership|government|delegation|shares?|employees"
_BODIES = (
    r"party|university|council|agency|bank|ministry|united|union|league|group|company|court|committee|movement|institute|"
    r"army|heights|city|cup|prize|games|republic|states|kingdom|museum|news|corp|inc|club|front|organi[sz]ation"
)
_GROUPS = rf"(?:team|delegation|family|couple|government|board|crew|police|crowd|staff|public|audience|{_BODIES})"
_PERSON_HEAD = re.compile(rf"\b(?:{_PERSON_NOUNS})$", re.IGNORECASE)
_GROUP_HEAD = re.compile(rf"\b{_GROUPS}$", re.IGNORECASE)
_BODY = re.compile(rf"\b(?:{_BODIES})\b", re.IGNORECASE)
_ATTACHING = words_of("of in on at between near over")


class Talk:
    """The conversation before a follow-up."""

    def __init__(self, history: Sequence[Answer]) -> None:
        """Read the answers before, oldest first."""
        self.turns = [read_turn(answer) for answer in reversed(history)]
        texts = [turn.question for turn in self.turns] + [text for turn in self.turns for text in turn.sentences]
        self.text = "\n".join(texts)
        self._names = {short for turn in self.turns if _asks_who(turn) for short in turn.shorts}

    def find(self, kind: Kind, before: str, question: str) -> str:
        """Return what a pronoun of a kind stands for, or an empty string where that is not sure.

        Args:
            kind: What is wanted.
            before: What stands in front of the pronoun; it decides between "in" and "to" for "there".
            question: The whole question; what it names already is not meant again.
        """
        for turn in self.turns:
            if _is_unknown(turn, kind):
                return ""
            if kind in ("place", "time"):
                found = find_place(turn, before) if kind == "place" else find_time(turn, before)
                options = [found] if found else []
            else:
                ranks = ([option for option in rank if option not in question] for rank in self._ranks(turn, kind))
                options = list(dict.fromkeys(next(filter(None, ranks), [])))
            if options:
                return options[0] if len(options) == 1 and is_plain(options[0]) else ""
        return ""

    def _ranks(self, turn: Turn, kind: Kind) -> Iterator[list[str]]:
        """Yield what a turn offers, the likeliest first; several in one list are equally likely."""
        shorts = [short for short in turn.shorts if is_plain(short)]
        if kind != "thing" and shorts and _asks_who(turn):
            yield _joined(shorts) if kind == "group" else shorts
        if kind == "thing" and len(shorts) == 1 and turn.clause and turn.clause.lead.lower().startswith("whose "):
            yield [f"{possessive(shorts[0])} {turn.clause.lead.partition(' ')[2]}"]
        if kind == "group" and len(shorts) > 1:
            yield _joined(shorts)
        phrases = _phrases(turn.clause, False) if turn.clause else _names_in(turn.question)
        subject = _phrases(turn.clause, True) if turn.clause else []
        if kind == "group":
            yield [phrase for phrase in (*subject, *phrases) if is_group(phrase)][:1]
        if kind == "thing" and turn.clause and turn.clause.kind == "copula" and not turn.clause.subject[0].isupper():
            yield [short for short in shorts if short[0].isupper() and self._fits(short, kind)]
        several = kind == "group" and len(subject) == 1 and " " in subject[0] and subject[0][0].isupper()
        yield [phrase for phrase in (*subject, *(phrases if several else ())) if self._fits(phrase, kind)]
        if turn.clause and turn.clause.kind in ("subject", "object", "copula") and not _asks_who(turn):
            yield [short for short in shorts if _is_noun(short) and self._fits(short, kind)]
        yield [phrase for phrase in phrases[:1] if self._fits(phrase, kind) and _is_object(turn.clause, phrase)]
        yield [phrase for phrase in phrases if self._fits(phrase, kind)]
        yield [name for text in turn.sentences[:1] for name in _names_in(text) if self._is_known(name, kind)]

    def _is_known(self, name: str, kind: Kind) -> bool:
        return kind == "person" and self._is_person(name)

    def _fits(self, phrase: str, kind: Kind) -> bool:
        if phrase.split()[0].lower() in PERSONAL or is_date(phrase):
            return False
        named = phrase[0].isupper()
        if kind == "group" and _head(phrase).split()[-1][0].islower():
            return is_group(phrase)
        if kind == "person":
            return not self._is_thing(phrase) if named else bool(_PERSON_HEAD.search(_head(phrase)))
        if kind == "thing" and is_plural(phrase):
            return False
        return not self._is_person(phrase) if named else not _PERSON_HEAD.search(_head(phrase))

    def _is_person(self, name: str) -> bool:
        if any(name in known or known in name for known in self._names):
            return True
        last = re.escape(name.split()[-1])
        pattern = rf"(?i:\b(?:{_TITLES}))\.? (?:[A-Z][\w'’-]+ ){{0,3}}{last}\b|\b{last}, who\b"
        pattern += rf"|\b{last}\b[^.\n]{{0,99}} (?:he|she)\b"
        return bool(re.search(pattern, self.text))

    def _is_thing(self, name: str) -> bool:
        if self._is_person(name):
            return False
        if _BODY.search(name) or " and " in name or (name.isupper() and len(name) > 1) or is_plural(name):
            return True
        known = re.escape(name)
        pattern = (
            rf"\b(?:in|inside|across|throughout) {known}\b|\b{known}(?:['’]s)? (?:{_MEMBERS})\b|\b{known}, which\b"
        )
        return bool(re.search(pattern, self.text) or re.search(rf"(?i:\bthe) {known}(?! [a-z])", self.text))


def possessive(phrase: str) -> str:
    """Return "Iran's" for "Iran", "the talks'" for "the talks"."""
    if phrase.endswith(("'s", "’s")):
        return phrase
    return phrase + ("'" if is_plural(phrase) and phrase.endswith("s") else "'s")


def _asks_who(turn: Turn) -> bool:
    """Tell whether a question is answered by a person: "who won", but not "who is Greta Thunberg"."""
    clause = turn.clause
    if clause is None or clause.lead_start == clause.lead_end:
        return False
    lead = clause.lead
    asks = re.match(r"(?:\w+ )?whom?\b", lead, re.IGNORECASE) or _PERSON_HEAD.search(re.sub(r"s$", "", lead))
    return bool(asks) and not (clause.kind == "copula" and clause.subject.removeprefix("the ")[:1].isupper())


def _is_unknown(turn: Turn, kind: Kind) -> bool:
    """Tell whether a pronoun means an answer that was not given: "who won the race", and then "how old is she"."""
    clause = turn.clause
    if clause is None or turn.shorts or clause.kind not in ("subject", "copula") or kind not in ("person", "group"):
        return False
    return _asks_who(turn) or (kind == "group" and clause.kind == "subject" and is_plural(clause.lead))


def _head(phrase: str) -> str:
    """Return a phrase without what is attached by a preposition: "the king" of "the king of Spain"."""
    words = phrase.split()
    return " ".join(words[: next((n for n, word in enumerate(words) if n and word in PREPOSITIONS), len(words))])


def is_group(phrase: str) -> bool:
    """Tell whether a phrase means several, or a body of people."""
    if phrase.split()[0].lower() in PERSONAL:
        return False
    head = _head(phrase)
    return is_plural(phrase) or bool(_GROUP_HEAD.search(head)) or type_of(head.lower().split()) == "group"


def _is_noun(short: str) -> bool:
    """Tell whether a short answer is a name or has an article."""
    return short[0].isupper() or short.split()[0].lower() in ("the", "a", "an")


def _joined(shorts: list[str]) -> list[str]:
    if len(shorts) > 3:
        return []
    return [" and ".join(filter(None, (", ".join(shorts[:-1]), shorts[-1])))]


def _phrases(clause: Clause, subject: bool) -> list[str]:
    """Return the noun phrases of a question, its subject or the others, "a plan" as "the plan"."""
    found = []
    for start, end in noun_phrases(clause):
        phrase = clause.cut(start, _attached_end(clause, start, end))
        wanted = phrase[0].isupper() or phrase.lower().startswith(("the ", "a ", "an ")) or subject
        if wanted and subject == (start == clause.subject_start and bool(clause.subject)):
            found.append(re.sub(r"^(?:a|an|any|some|no) ", "the ", phrase.removesuffix("'s")))
    return found


def _attached_end(clause: Clause, start: int, end: int) -> int:
    """Return the end of a phrase with "of Spain" or "between Ajax and Feyenoord" behind it, but no date."""
    words = clause.words
    if words[start].lower not in ("the", "a", "an") or end >= len(words) or words[end].lower not in _ATTACHING:
        return end
    after = [stop for begin, stop in noun_phrases(clause) if begin == end + 1]
    names = [stop for begin, stop in name_runs(words, end + 1) if begin == end + 1]
    if not after or is_date(clause.cut(end + 1, after[0])):
        return end
    last = names[0] if names else after[0]
    joined = last + 1 < len(words) and words[end].lower == "between" and words[last].lower == "and"
    return last + 2 if joined else last


def _is_object(clause: Clause | None, phrase: str) -> bool:
    """Tell whether no preposition stands before a phrase: "wrote the report", not "spoke in Paris"."""
    before = clause.text.partition(phrase.removeprefix("the "))[0].split() if clause else []
    if before and before[-1].lower() in ("the", "a", "an", "any", "some", "no"):
        before.pop()
    return bool(before) and before[-1].lower() not in PREPOSITIONS


def _names_in(text: str) -> list[str]:
    words = read_words(text)
    runs = name_runs(words, 0)
    names = [text[words[start].start : words[end - 1].end].removesuffix("'s") for start, end in runs]
    return list(dict.fromkeys(names))
