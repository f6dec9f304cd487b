"""What there and then mean after a question."""

import re

from rag.answer.days import find_dates
from rag.answer.follow_up.phrases import name_runs
from rag.answer.follow_up.turns import Turn, is_plain
from rag.answer.follow_up.words import PREPOSITIONS, read_words, words_of

_PLACES = words_of("in at to into near inside around from across")
_TOWARDS = words_of("to into")
_MOTION = re.compile(
    r"\b(go|goes|going|gone|went|come|came|travel\w*|move|moved|fly|flew|return\w*|get|got|sent|send|invited)\W*$", re.I
)
_PLACE_ASKED = re.compile(r"\b(country|city|town|place|village|state|island|region|continent|venue)\b", re.IGNORECASE)

_BODY_ASKED = re.compile(r"\b(company|firm|hospital|school|university|factory|plant|bank|museum|prison|club)\b", re.I)


def find_place(turn: Turn, before: str) -> str:
    """Return "in Oslo" for "there", "to Oslo" behind a verb of motion, "Oslo" behind "from" or "near"."""
    asked = turn.clause.lead if turn.clause else ""
    places = [(word, name) for word, name in _placed_names(turn.question)]
    if turn.shorts and (re.match(r"where\b", asked, re.IGNORECASE) or _PLACE_ASKED.search(asked)):
        places = [_placed(turn.shorts[0], turn)] if len(turn.shorts) == 1 else []
    if len(places) > 1:
        places = [place for place in places if place[0] in _TOWARDS]
    if not places and len(turn.shorts) == 1 and _BODY_ASKED.search(asked) and turn.shorts[0][0].isupper():
        places = [("at", turn.shorts[0])]
    if len(places) != 1 or not is_plain(places[0][1]):
        return ""
    preposition, name = places[0]
    if before.split()[-1:] and before.split()[-1].lower() in PREPOSITIONS:
        return name
    if _MOTION.search(before):
        return f"to {name}"
    return f"{'in' if preposition in _TOWARDS | {'from'} else preposition} {name}"


def _placed_names(question: str) -> list[tuple[str, str]]:
    """Return the names behind "in", "to" and the like, with that word."""
    words = read_words(question)
    found = []
    for start, end in name_runs(words, 1):
        article = start > 1 and words[start - 1].lower == "the"
        first = start - article
        if first and words[first - 1].lower in _PLACES and not words[end - 1].is_possessive:
            found.append((words[first - 1].lower, question[words[first].start : words[end - 1].end]))
    return found


def _placed(short: str, turn: Turn) -> tuple[str, str]:
    """Return a short answer with its preposition, which may stand before it in the sentence that says so."""
    first, _, rest = short.partition(" ")
    if rest and first.lower() in PREPOSITIONS:
        return first.lower(), rest
    for text in turn.sentences:
        before = re.search(rf"\b(in|at|on|near|inside|outside|to|from) (the )?{re.escape(short)}", text)
        if before:
            return before[1], (before[2] or "") + short
    return "in", short


def find_time(turn: Turn, before: str) -> str:
    """Return "in 2012" for "then", "2012" behind "since" or "by"."""
    asked = turn.clause.lead.lower() if turn.clause else ""
    short = turn.shorts[0] if len(turn.shorts) == 1 else ""
    if not short or not (asked.startswith("when") or (re.search(r"\b(year|day|month|date|time)$", asked))):
        return ""
    first, _, rest = short.partition(" ")
    held = bool(rest) and first.lower() in PREPOSITIONS
    if before.split()[-1:] and before.split()[-1].lower() in PREPOSITIONS:
        return rest if held else short
    if held or first.lower() in ("last", "this", "next", "yesterday", "today") or not find_dates(short):
        return short
    return f"{'on' if re.search(r'-..-..$', find_dates(short)[0]) else 'in'} {short}"
