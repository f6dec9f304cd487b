"""What he, she, it, they, there and then mean after the questions and answers before.

The subject of the last question comes first, except that a "who", "where" or "when" was asked for its answer. A name
is taken for a person or a thing by what the conversation says of it ("President X", "X, which", "in X"); where that
leaves two, none is taken.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rag.answer.follow_up.names import Names, head_of, is_group, is_person_noun
from rag.answer.follow_up.phrases import Clause, name_runs, noun_phrases
from rag.answer.follow_up.places import find_place, find_time
from rag.answer.follow_up.turns import Turn, is_plain, read_turn
from rag.answer.follow_up.words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    LINKS,
    PERSONAL,
    PREPOSITIONS,
    WH,
    is_date,
    is_plural,
    read_words,
    words_of,
)
from rag.records import Answer

Kind = Literal["person", "thing", "group", "place", "time"]
"""What a pronoun stands for: he or she, it, they, there, then."""

_NO_NAMES = PERSONAL | PREPOSITIONS | DETERMINERS | AUXILIARIES | WH | ADVERBS | LINKS
_IT_HAPPENS = re.compile(
    r"\bit (?:last|begin|start|end|happen|occur|stop|continue|take place|break out|over|still going)\b"
    r"|^\W*(?:and )?when (?:is|was|will) it(?: be)?\W*$",
    re.IGNORECASE,
)
_ATTACHING = words_of("of in on at between near over")


class Talk:
    """The conversation before a follow-up."""

    def __init__(self, history: Sequence[Answer]) -> None:
        """Read the answers before, oldest first."""
        self.turns = [read_turn(answer) for answer in reversed(history)]
        texts = [turn.question for turn in self.turns] + [text for turn in self.turns for text in turn.sentences]
        known = {short for turn in self.turns if _asks_who(turn) for short in turn.shorts}
        known |= {turn.clause.subject for turn in self.turns if turn.clause and _is_described(turn)}
        self._names = Names("\n".join(texts), known)

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
                if len(options) == 1 and _is_mere_place(options[0], kind, turn, question):
                    return ""
            if options:
                found = re.sub(r"^an? ", "the ", options[0]) if len(options) == 1 and is_plain(options[0]) else ""
                return _by_name(found, turn) if kind == "person" else found
        return ""

    def body(self) -> str:
        """Return what "the company" stands for if the last answer names one and nothing else, or an empty string."""
        shorts, clause = self.turns[0].shorts, self.turns[0].clause
        asked = clause is not None and re.match(r"(?:who|which|what)\b", clause.lead, re.IGNORECASE)
        named = len(shorts) == 1 and shorts[0][0].isupper() and not self._names.looks_person(shorts[0])
        return shorts[0] if asked and named else ""

    def _ranks(self, turn: Turn, kind: Kind) -> Iterator[list[str]]:
        """Yield what a turn offers, the likeliest first; several in one list are equally likely."""
        shorts = [short for short in map(self._names.without_office, turn.shorts) if is_plain(short)]
        if kind != "thing" and shorts and _asks_who(turn):
            yield self._those_who(shorts, kind)
        if kind == "thing" and len(shorts) == 1 and turn.clause and turn.clause.lead.lower().startswith("whose "):
            yield [f"{possessive(shorts[0])} {turn.clause.lead.partition(' ')[2]}"]
        if kind == "group" and len(shorts) > 1:
            yield _joined(shorts)
        if kind == "group" and turn.clause:
            yield _counted(turn.clause)
        phrases = _phrases(turn.clause, False) if turn.clause else _names_in(turn.question, 1)
        subject = _phrases(turn.clause, True) if turn.clause else []
        if kind == "group":
            yield [phrase for phrase in (*subject, *phrases) if is_group(phrase)][:1]
        if kind == "thing" and turn.clause and turn.clause.kind == "copula" and not turn.clause.subject[0].isupper():
            yield [short for short in shorts if short[0].isupper() and self._fits(short, kind)]
        several = kind == "group" and len(subject) == 1 and " " in subject[0] and subject[0][0].isupper()
        yield self._fitting((*subject, *(phrases if several else ())), kind)
        if turn.clause and turn.clause.kind != "whole" and not _asks_for_person(turn):
            yield [short for short in shorts if _is_noun(short) and self._fits(short, kind)]
        yield self._fitting([phrase for phrase in phrases[:1] if _is_object(turn.clause, phrase)], kind)
        yield self._fitting(phrases, kind)
        yield [name for text in turn.sentences[:1] for name in _names_in(text) if self._is_known(name, kind)]

    def _those_who(self, shorts: list[str], kind: Kind) -> list[str]:
        """Return of the answers to a "who" those that a pronoun can stand for: they several, he or she no body."""
        if kind == "group":
            return [] if len(shorts) == 1 and self._names.looks_person(shorts[0]) else _joined(shorts)
        return [short for short in shorts if not is_group(short) and not self._names.is_body(short)]

    def _is_known(self, name: str, kind: Kind) -> bool:
        return kind == "person" and self._names.is_person(name)

    def _fitting(self, phrases: Sequence[str], kind: Kind) -> list[str]:
        """Return the phrases that a pronoun can stand for; for he or she Ann Lee of "Ann Lee's defence"."""
        if kind == "person":
            phrases = [self._names.find_owner(phrase) for phrase in phrases]
        return [phrase for phrase in phrases if phrase and self._fits(phrase, kind)]

    def _fits(self, phrase: str, kind: Kind) -> bool:
        if phrase.split()[0].lower() in PERSONAL or is_date(phrase):
            return False
        named = phrase[0].isupper()
        if kind == "group" and head_of(phrase).split()[-1][0].islower():
            return is_group(phrase)
        if kind == "person":
            is_other = self._names.is_thing(phrase) or is_group(phrase)
            return not is_other if named else is_person_noun(head_of(phrase))
        if kind == "thing" and is_plural(phrase):
            return False
        return not self._names.is_person(phrase) if named else not is_person_noun(head_of(phrase))


def _by_name(phrase: str, turn: Turn) -> str:
    """Return "Ann Lee" for "the trade minister" if the answer speaks of "Trade Minister Ann Lee"."""
    if not phrase.startswith("the ") or head_of(phrase) != phrase:
        return phrase
    said = re.escape(phrase.removeprefix("the "))
    pattern = rf"\b(?i:{said}),? ([A-Z][\w'’-]+(?: (?:(?:de|van|von|bin|al|el) )?[A-Z][\w'’-]+)+)"
    names = {re.sub(r"['’]s$", "", name) for text in turn.sentences for name in re.findall(pattern, text)}
    return names.pop() if len(names) == 1 else phrase


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
    asks = re.match(r"(?:\w+ )?whom?\b", lead, re.IGNORECASE) or is_person_noun(re.sub(r"s$", "", lead))
    return bool(asks) and not (clause.kind == "copula" and clause.subject.removeprefix("the ")[:1].isupper())


def _is_mere_place(name: str, kind: Kind, turn: Turn, question: str) -> bool:
    """Tell whether a name was only where it was, and an event is asked for: "died in Oslo", and then "when was it"."""
    bare = name.removeprefix("the ")
    where = {"group": "in|at|near|on|from|to|into|across", "thing": "in|at|near|on"}.get(kind)
    if where is None or not bare[:1].isupper() or (kind == "thing" and not _IT_HAPPENS.search(question)):
        return False
    return bool(re.search(rf"\b(?:{where}) (?:the )?{re.escape(bare)}\b", turn.question))


def _asks_for_person(turn: Turn) -> bool:
    return _asks_who(turn) or _is_described(turn)


def _is_described(turn: Turn) -> bool:
    """Tell whether a question asks who somebody is: "Who is Greta Thunberg"; its answer is no other."""
    clause = turn.clause
    if clause is None or clause.aux is None or clause.kind != "copula" or clause.lead.lower() != "who":
        return False
    return clause.subject[0].isupper() and clause.words[clause.aux].lower in ("is", "was")


def _is_unknown(turn: Turn, kind: Kind) -> bool:
    """Tell whether a pronoun means an answer that was not given: "who won the race", and then "how old is she"."""
    clause = turn.clause
    told = [short for short in turn.shorts if short.split()[0].lower() not in PERSONAL]  # "her niece" tells nobody
    if clause is None or told or clause.kind not in ("subject", "copula") or kind not in ("person", "group"):
        return False
    return _asks_who(turn) or (kind == "group" and clause.kind == "subject" and is_plural(clause.lead))


def _is_noun(short: str) -> bool:
    """Tell whether a short answer is a name or has an article."""
    return short[0].isupper() or short.split()[0].lower() in ("the", "a", "an")


def _counted(clause: Clause) -> list[str]:
    """Return "the thieves" for "how many thieves were there"."""
    counted = re.fullmatch(r"how many ([a-z][\w -]*)", clause.lead, re.IGNORECASE)
    said = counted[1] if counted and clause.kind == "subject" else ""
    return [f"the {said}"] if is_plural(said) and said not in ("people", "men", "women", "children") else []


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


def _names_in(text: str, first: int = 0) -> list[str]:
    """Return the names from a word on: the first of "Name the ship" or "Please say" has its capital from there."""
    words = read_words(text)
    runs = name_runs(words, first)
    names = [text[words[start].start : words[end - 1].end].removesuffix("'s") for start, end in runs]
    return [name for name in dict.fromkeys(names) if name.lower() not in _NO_NAMES]  # "I", "The"
