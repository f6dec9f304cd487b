"""Follow-ups made whole without a language model: what a question leaves to the conversation is put into it.

Only words of the conversation are used, little words of grammar excepted. A question that is whole stays as it is,
character for character.
"""

import re
from collections.abc import Sequence

from rag.answer.follow_up.ellipsis import is_elliptic, rebuild
from rag.answer.follow_up.phrases import is_participle, name_runs
from rag.answer.follow_up.pronouns import Rewrite, fill_pronouns
from rag.answer.follow_up.referents import Talk
from rag.answer.follow_up.turns import MORE, Turn
from rag.answer.follow_up.words import ADVERBS, AUXILIARIES, VERBS, WH, read_words, words_of
from rag.records import Answer
from rag.search.lexical import content_words

_STARTS = re.compile(
    r"^\W*(?:and|but|so(?! (?:far|many|much|called)\b)|then|what about|how about|what of)\b[\s,]*", re.IGNORECASE
)
_ONE_OF = re.compile(r"\bthe ((?:first|second|third|last|other)(?= one)|former|latter)(?: one)?\b", re.IGNORECASE)

_FRAGMENT = re.compile(
    rf"^\W*why (?!(?:{'|'.join(sorted(AUXILIARIES))})\b|not\W*$)(?:\w+\W*){{1,4}}$",
    re.IGNORECASE,
)
"""Leaves out all of the question before: "Why so late?"."""

_SAID = re.compile(
    r"\b(?:that|this|these|those|says? so|said so|think so)\W*$"
    r"|^\W*(?:was|is|were|are|did|does|do|has|have|had) (?:that|this|these|those)\b"
    r"|^\W*(?:who|what|which \w+|when|where|why|how(?: \w+)?) (?:was|is|did|does|has|will|would|can|could|should) "
    r"(?:that|this)\b|^\W*whose \w+ (?:is|was) it\W*$|^\W*(?:really|are you sure|says who|who says(?: that)?)\W*$"
    r"|^\W*is it (?:true|likely|possible|probable|certain|known|so)\W*$|^\W*(?:who|what) else\W*$",
    re.IGNORECASE,
)
"""Points at what was said as a whole; elsewhere it is a "that Iran would pay" or a "this year"."""

_DEICTIC = re.compile(
    r"\b(?:this|that|these|those) (?:\w+ )?"
    r"(?:year|month|week|day|time|morning|evening|summer|winter|spring)s?\b",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"\b(?:the|this|that|these|those) (?:deal|agreement|accord|talks|meeting|attack|strike|ceasefire|truce|vote|match|"
    r"game|crash|accident|plan|visit|project|incident|announcement|decision|offer|proposal|ruling|verdict|victims|"
    r"others|rest|reaction|response|result|outcome|reason|cause|consequences|aim|purpose|score|motive|effort)\b"
    r"\W*(\w*)",
    re.IGNORECASE,
)
"""Means what was spoken of, if no more is said of it."""

_EFFORT = re.compile(r"\b(?:this|these|those) [a-z]+\b\W*(\w*)|^\W*\w+ \w+ that [a-z]+\W*$", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"^\W*(?:how (?:many|much)) (?:was|were|is|are|did|have|has)\b(?! (?:the|a)\b)"
    r"|\bhow many \w+ (?:were|are) there\W*$"
    r"|^\W*what (?:happened|came) (?:next|afterwards)\W*$",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:in the end|at last|as well|in return|in response|after all|instead|else|too|either|eventually|finally|later|"
    r"afterwards|differently|again|so far|people|persons|men|women|children|many)\b",
    re.IGNORECASE,
)
"""Says that there was something before, or nothing of what."""

_GENERAL = words_of("people government police country world first last new same")
"""Speaks of something new as often as of what was spoken of."""

_ANYONE = re.compile(
    r"^\W*(?:was|were|is|are|did|has|have) (?:anyone|anybody|someone|there)(?: been)? (?:any |more )?\w+\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\W*(?:(?:and|ok|okay|yes|please)\W+)*(?:(?:can|could) you )?(?:(?:tell|give|show) (?:me|us) )?(?:some |any )?"
    r"(?:(?:more|further)(?: (?:details|information|about (?:that|this|it)))?|elaborate|go on|explain|anything else)"
    r"(?: please)?\W*$",
    re.IGNORECASE,
)
"""Asks for more of the same."""


def standalone_question(question: str, history: Sequence[Answer]) -> str:
    """Return a question that can be searched for by itself.

    Args:
        question: The question.
        history: The answers before it, oldest first.

    Returns:
        The question as it is if it is whole; with what its pronouns mean in their place; made again from the question
        before; or, where none of that is sure, with names of the question before in brackets.

    Example:
        >>> from rag.records import Answer
        >>> first = Answer("Who won?", "Who won the race?", "answered", (), (), "", "", "", 0.0, short="Ann Lee")
        >>> standalone_question("When was she born?", [first])
        'When was Ann Lee born?'
    """
    if not history:
        return question
    talk = Talk(history)
    question = _pick(question, talk)
    rewrite = fill_pronouns(question, talk)
    before = talk.turns[0]
    whole = f"{MORE}{before.question}" if _MORE.search(question) else _rebuild(question, rewrite, before)
    if whole:
        return f"{whole} ({before.aside})" if before.aside else whole
    question = rewrite.text if rewrite.filled else question
    fragment = bool(_FRAGMENT.search(question))
    if rewrite.filled and not fragment:
        return _with_aside(_begin(question), before)
    points_back = rewrite.points_back or is_elliptic(question) or _STARTS.search(question)
    if points_back or fragment or _points_at_said(question, before):
        return _add_names(question, before, fragment or bool(_SAID.search(question)))
    return question


def _with_aside(question: str, before: Turn) -> str:
    """Return a question that names nobody and nothing with the names from the brackets of the one before."""
    names = [each for each in before.aside.split(", ") if each[:1].isupper()]
    return f"{question} ({', '.join(names)})" if names and not name_runs(read_words(question), 1) else question


def _pick(question: str, talk: Talk) -> str:
    """Return a question with one of the answers in the place of "the first one", "the latter" or "the other one"."""
    match = _ONE_OF.search(question)
    if not match or re.match(r"\W*(?:and |so )?who(?:'s| is| was| were| are)\b", question, re.IGNORECASE):
        return question
    before = talk.turns[0]
    places = {"first": 0, "former": 0, "second": 1, "third": 2, "last": -1, "latter": -1}
    place = places.get(match[1].lower())
    if place is None:
        pair = next((turn.shorts for turn in talk.turns if len(turn.shorts) == 2), ())
        left = [short for short in pair if short not in before.question]
        chosen = left[0] if len(left) == 1 else ""
    else:
        chosen = before.shorts[place] if len(before.shorts) > max(place, 1) else ""
    return f"{question[: match.start()]}{chosen}{question[match.end() :]}" if chosen else question


def _begin(question: str) -> str:
    """Return a question without the "and" that it began with."""
    bare = _STARTS.sub("", question) if not re.match(r"\W*(?:what|how)\b", question, re.IGNORECASE) else ""
    question = bare or question
    return question[:1].upper() + question[1:]


def _rebuild(question: str, rewrite: Rewrite, before: Turn) -> str:
    """Return a fragment made whole, with its pronouns filled if it has any; empty if it is none."""
    if not (rewrite.filled and _STARTS.search(question)):
        return rebuild(question, before)
    of_the_answer = any(short in rewrite.text for short in before.shorts)
    if of_the_answer and before.clause and before.clause.kind != "copula":
        return ""  # "Who won?", and then "And his deputy?": not "Who won his deputy?"
    return rebuild(rewrite.text, before) or rebuild(question, before)


def _points_at_said(question: str, before: Turn) -> bool:
    question = _DEICTIC.sub("", question)
    if _SAID.search(question):
        return True
    if _adds_nothing(_EFFORT.search(question)):
        return True
    if name_runs(read_words(question), 1):
        return False
    spoken_of = set(re.findall(r"\bthe (\w+)", question.lower())) & set(content_words(before.question)) - _GENERAL
    points = spoken_of or _LEFT_OUT.search(question) or _ANYONE.search(question)
    return bool(points) or _says_little(question) or _adds_nothing(_SHELL.search(question))


def _adds_nothing(pointing: re.Match[str] | None) -> bool:
    """Tell whether a question speaks of "the deal" and says no more of it."""
    return pointing is not None and (pointing[1] or "").lower() in VERBS | AUXILIARIES | ADVERBS | {""}


def _says_little(question: str) -> bool:
    """Tell whether a question has nothing but a verb: "Who was killed?", "What happened?"."""
    words = read_words(_ADDED.sub("", question))
    said = content_words(" ".join(word.text for word in words))
    if len(said) != 1 or words[0].lower not in WH or words[-1].lower != said[0]:
        return False
    return is_participle(words[-1]) or words[0].lower == "who"


def _add_names(question: str, turn: Turn, all_words: bool) -> str:
    """Return a question with the names of the one before in brackets, or its other words where it has none."""
    known = set(content_words(question))
    asked = f"{turn.question} and {turn.aside}" if turn.aside else turn.question
    words = read_words(asked)
    names = [asked[words[start].start : words[end - 1].end] for start, end in name_runs(words, 1)]
    named = set(content_words(" ".join(names)))
    others = [word for word in content_words(asked) if word not in named]
    added = [*names, *others] if all_words or not names else names
    added += [short for short in turn.shorts[:1] if all_words and len(short.split()) < 7]
    added = [name for name in dict.fromkeys(added) if not known & set(content_words(name))]
    return f"{question} ({', '.join(added)})" if added else question
