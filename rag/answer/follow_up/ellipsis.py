"""Questions that leave out what the question before has: "Why?", "By whom?", "How many?"."""

import re

from rag.answer.follow_up.phrases import Clause, is_participle, noun_phrases, parse_question
from rag.answer.follow_up.swap import as_question, swap_phrase, swap_subject
from rag.answer.follow_up.turns import Turn
from rag.answer.follow_up.words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    DO,
    PERSONAL,
    PREPOSITIONS,
    WH,
    Word,
    cut,
    is_date,
    is_plural,
    read_words,
    takes_part,
    words_of,
)

_LEAD_IN = re.compile(r"^\W*(?:(?:and|but|so|then|ok|okay|what about|how about|what of)\b[\s,]*)+", re.IGNORECASE)
_TRAILING = words_of("too also though then exactly")
_ASKS = re.compile(
    r"^(?:(?:according to|since|until|till|by|for|from|to|with|at|in|on|of|about|against|after|before) )?"
    r"(?:when|where|why|whom?|what|which|how)\b(?: (?:else|exactly|come|so|not))?$"
    r"|^(?:for )?how (?:long|often|far|soon|fast|badly|many times)(?: ago)?$"
    r"|^what for$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^(?P<ask>(?:since |until )?(?:when|where|why|how)) (?:(?:is|was|were|are) (?:that|this)|(?:did|does|do|has|had) "
    r"(?:that|this|it|he|she|they) (?:happen|take place|occur|come about|(?:do|done) (?:that|this|so|it)|happened))$",
    re.IGNORECASE,
)
_DID = re.compile(
    r"^(?P<ask>when|where|why|how) (?:did|does|do|has|have|had|will|would) (?:he|she|it|they)(?: be)?$", re.IGNORECASE
)
"""Leaves out a verb: "Why did they?"."""

_WHO_DID = re.compile(r"^who (did|does|do|has|have|had|is|was|will|would|can|could)$", re.IGNORECASE)
_CONDITIONS = words_of("if unless because once")
_AGREE = re.compile(
    r"^(?:is|was|are) (?:that|this|it) (?:really )?(?:true|so|right|correct|the case)$|^really$", re.IGNORECASE
)
_ADVERBIAL = re.compile(
    r"^how (?:long|often|far|soon|fast|come|badly|exactly)\b|^\w+ how (?:long|far)\b", re.IGNORECASE
)


def rebuild(question: str, turn: Turn) -> str:
    """Return an elliptic question made whole by the one before, or an empty string if it is none or none can be made.

    Args:
        question: The question.
        turn: The last turn.
    """
    bare = _bare(question)
    clause = turn.clause
    if not bare or clause is None:
        return ""
    if _AGREE.search(bare):
        return as_question(clause.cut(clause.lead_start)) if clause.lead_start == clause.lead_end else ""
    if (who := _WHO_DID.search(bare)) and not clause.lead and clause.subject and clause.cut(clause.subject_end):
        return as_question(f"Who {who[1]} {clause.cut(clause.subject_end)}")
    happened = _HAPPENED.search(bare) or _DID.search(bare)
    asked = happened["ask"] if happened else bare
    if _ASKS.search(asked) or is_question_phrase(asked):
        return _ask_again(asked, turn, clause)
    if parallel := _with_the_rest(bare, clause):
        return parallel
    words = read_words(bare)
    if words[0].lower in _CONDITIONS and clause.lead_end and _LEAD_IN.search(question):
        return as_question(f"{clause.cut(clause.lead_start)} {bare}")
    if words[0].lower in AUXILIARIES and clause.subject:
        return swap_subject(words, bare, clause)
    return swap_phrase(bare, clause) if _begins_as_fragment(question, words) and _is_fragment(words) else ""


def _with_the_rest(bare: str, clause: Clause) -> str:
    """Return "What did Ben say about taxes" for "What did Ann say about taxes" and "What did Ben say"."""
    asked = parse_question(bare)
    if not asked or asked.aux is None or clause.aux is None or not asked.subject or not clause.subject:
        return ""
    if asked.words[asked.subject_start].lower in PERSONAL or asked.lead.lower() != clause.lead.lower():
        return ""
    own = [word.lower for word in asked.words[asked.subject_end :]]
    rest = [word.lower for word in clause.words[clause.subject_end :]]
    more = rest[len(own) :]
    if not own or rest[: len(own)] != own or not more or more[0] not in PREPOSITIONS:
        return ""
    return as_question(f"{bare} {clause.cut(clause.subject_end + len(own))}")


def is_elliptic(question: str) -> bool:
    """Tell whether a question is a mere fragment: a question word, or a phrase behind "and"."""
    bare = _bare(question)
    words = read_words(bare)
    asks = _ASKS.search(bare) or _HAPPENED.search(bare) or is_question_phrase(bare)
    return bool(
        asks or not words or bare.lower() == "why not" or (_begins_as_fragment(question, words) and _is_fragment(words))
    )


def _bare(question: str) -> str:
    """Return a question without "and" or "what about" before it, and "too" and its mark behind it."""
    text = _LEAD_IN.sub("", question)
    words = read_words(text)
    end = len(words)
    while end and words[end - 1].lower in _TRAILING:
        end -= 1
    return cut(text, words, 0, end)


def _begins_as_fragment(question: str, words: tuple[Word, ...]) -> bool:
    return bool(_LEAD_IN.search(question)) or (bool(words) and words[0].lower in PREPOSITIONS)


def _is_fragment(words: tuple[Word, ...]) -> bool:
    """Tell whether words are a phrase without verb: "the second round", "in 2012"."""
    if not words or words[0].lower in WH | AUXILIARIES | _CONDITIONS or len(words) > 7:
        return False
    if all((word.lower in ADVERBS and not is_date(word.text)) or is_participle(word) for word in words):
        return False  # "and now?", "and injured?"
    return not any(word.lower in AUXILIARIES | WH for word in words)


def is_question_phrase(text: str) -> bool:
    """Tell whether a text is question words and a noun: "on which channel", "how many delegates", "by how much"."""
    words = read_words(text)
    start = 1 if words and words[0].lower in PREPOSITIONS else 0
    if len(words) < start + 2 or words[start].lower not in ("what", "which", "whose", "how"):
        return False
    nouns = words[start + 1 :]
    if any(is_participle(word) for word in nouns):
        return False
    if words[start].lower == "how":
        return len(nouns) <= 2 and nouns[0].lower in ("many", "much") and all(map(takes_part, nouns[1:]))
    return (
        len(nouns) <= (3 if start else 2)
        and all(map(takes_part, nouns))
        and not any(word.is_name for word in nouns[1:])
    )


def _ask_again(asked: str, turn: Turn, clause: Clause) -> str:
    lower = asked.lower()
    if lower.endswith(" else"):
        same = lower.split()[0] == clause.lead.lower().split()[0] if clause.lead else False
        return (
            as_question(f"{asked} {clause.cut(clause.lead_start + 1)}") if same and " else" not in clause.text else ""
        )
    if lower == "why not":
        return _deny(clause)
    if re.match(r"how (?:many|much)\b", lower):
        return _count(asked, clause)
    if lower in ("who", "what", "which", "whom", "how come", "what for"):
        return _who_of_anyone(asked, clause)
    if clause.kind == "whole" and lower == clause.lead.lower():
        return ""
    body = _body(turn, clause)
    if body:
        return as_question(f"{asked} {body}")
    return _cleft(asked, turn, clause)


def _deny(clause: Clause) -> str:
    """Return "Why did Iran not agree" for "Did Iran agree"."""
    if clause.lead or clause.aux is None or not clause.subject or " not " in clause.text:
        return ""
    aux = clause.words[clause.aux].lower
    negation = "" if aux.endswith("n't") else "not"
    parts = ("Why", aux, clause.subject, negation, clause.cut(clause.subject_end))
    return as_question(" ".join(filter(None, parts)))


def _body(turn: Turn, clause: Clause) -> str:
    """Return the question before from its auxiliary on, the answer in the place of its question words."""
    if clause.aux is None:
        return ""
    rest = clause.body
    short = turn.shorts[0] if len(turn.shorts) == 1 and len(turn.shorts[0].split()) <= 6 else ""
    if clause.kind == "whole":
        lead = clause.lead.split()
        measured = len(lead) == 2 and lead[0].lower() == "how" and not _ADVERBIAL.search(clause.lead)
        return f"{rest} {lead[1]}" if measured else rest
    aux = clause.words[clause.aux].lower
    if short and re.match(r"how (?:many|much) \w", clause.lead, re.IGNORECASE):
        counted = " ".join(clause.lead.split()[2:])
        short = short if counted.lower() in short.lower() else f"{short} {counted}"
    if clause.kind == "object":
        return _with_object(clause, short or ("that" if clause.lead.lower() == "what" else ""))
    if (
        clause.kind == "copula"
        and clause.subject[0].isupper()
        and not clause.words[clause.subject_end - 1].is_possessive
    ):
        return f"{rest} {short}" if short else ""
    return f"{aux} {short} {clause.cut(clause.aux + 1)}" if short else ""


def _with_object(clause: Clause, short: str) -> str:
    """Return what follows an object that was asked for, with the answer in its place: "did NASA launch | it"."""
    verb = clause.subject_end
    end = next((n for n in range(verb + 1, len(clause.words)) if clause.words[n].lower in PREPOSITIONS), None)
    if end is None or end == len(clause.words) - 1:
        return f"{clause.body} {short}".strip()
    return " ".join(filter(None, (_from_aux(clause, end), short if end == verb + 1 else "", clause.cut(end))))


def _cleft(asked: str, turn: Turn, clause: Clause) -> str:
    """Return "When was it that X won" for a "who won" that was answered with X."""
    if clause.kind != "subject" or clause.aux is not None or not turn.shorts or len(turn.shorts) > 3:
        return ""
    verb = clause.words[clause.lead_end].lower
    now = verb.endswith("s") and not verb.endswith("ss") and verb != "was"
    who = " and ".join(filter(None, (", ".join(turn.shorts[:-1]), turn.shorts[-1])))
    if len(who.split()) > 8:
        return ""
    return as_question(f"{asked} {'is' if now else 'was'} it that {who} {clause.cut(clause.lead_end)}")


def _who_of_anyone(asked: str, clause: Clause) -> str:
    """Return "Who has been charged" for "Has anyone been charged" and "Who?"."""
    indefinite = {"who": ("anyone", "anybody", "someone", "somebody"), "what": ("anything", "something")}
    if clause.lead or clause.subject.lower() not in indefinite.get(asked.lower(), ()) or clause.aux is None:
        return ""
    aux = "" if clause.words[clause.aux].lower in DO else clause.words[clause.aux].text.lower() + " "
    rest = clause.cut(clause.subject_end)
    return as_question(f"{asked} {aux}{rest}") if aux and rest else ""


def _count(asked: str, clause: Clause) -> str:
    """Return "How many cars has Tesla recalled" for "Has Tesla recalled any cars" and "How many?"."""
    if clause.aux is None or clause.kind not in ("whole", "subject"):
        return ""
    noun = " ".join(asked.split()[2:])
    if clause.kind == "subject":
        lead = clause.lead.split()
        plural = len(lead) > 1 and lead[0].lower() in ("which", "what") and is_plural(clause.lead)
        return as_question(f"{asked} {' '.join(lead[1:])} {clause.cut(clause.aux)}") if plural and not noun else ""
    if not noun and asked.lower() == "how much" and not clause.lead:
        return as_question(f"{asked} {clause.body}")
    for start, end in noun_phrases(clause):
        phrase = clause.cut(start, end)
        counted = (
            phrase.lower().endswith(noun.lower()) if noun else is_plural(phrase) and not clause.words[start].is_name
        )
        if counted and clause.words[start].lower not in DETERMINERS - {"any", "some", "the"}:
            return _take_out(asked, noun, clause, start, end)
    return ""


def _take_out(asked: str, noun: str, clause: Clause, start: int, end: int) -> str:
    """Return a question for the number of what one of its phrases names."""
    aux = clause.aux or 0
    if start == clause.subject_start and clause.words[aux].lower in DO:
        return ""
    first = start + (clause.words[start].lower in DETERMINERS)
    counted = asked if noun else f"{asked} {clause.cut(first, end)}"
    return as_question(" ".join(filter(None, (counted, _from_aux(clause, start), clause.cut(end)))))


def _from_aux(clause: Clause, end: int) -> str:
    """Return a question from its auxiliary to before a word."""
    text = clause.cut(clause.aux or 0, end)
    return text[:1].lower() + text[1:]
