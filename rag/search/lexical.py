"""Which words of a question are worth looking for."""

import re

MAX_WORDS = 40
"""Words of a question that are looked for; what a longer one adds is rarely about the same thing."""

SAYS_NOTHING = """
    a about after all also am an and any are as at be because been before being between both but by can could did do
    does doing during each for from had has have having he her here hers him his how i if in into is it its itself
    just me more most my no nor not of off on once only or other our out over own s said same say says she should so
    some such t tell than that the their them then there these they this those through to too under until up us very
    was we were what when where which while who whom whose why will with would you your
"""
STOP_WORDS = frozenset(SAYS_NOTHING.split())
_NAMES = re.compile(r"\b(?:US|WHO|IT|IS)\b")


def content_words(text: str) -> list[str]:
    """Return a text's words in lower case, each once, without those that say nothing of its subject.

    Among others, capitals tell the US from us.

    Example:
        >>> content_words("What did the U.N. say about Syria's war?"), content_words("Did the US tell us?")
        (['u', 'n', 'syria', 'war'], ['us'])
    """
    is_shouted = text.isupper() and " " in text
    names = set() if is_shouted else {word.lower() for word in _NAMES.findall(text)}
    return [word for word in _words(text) if word not in STOP_WORDS or word in names]


def search_words(question: str) -> list[str]:
    """Return the words to look for: those that say something, or all if none does.

    Example:
        >>> search_words('Who said "NEAR" OR Syria*?'), search_words("Who is he?")
        (['near', 'syria'], ['who', 'is', 'he'])
    """
    return (content_words(question) or _words(question))[:MAX_WORDS]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\w+", text.lower())))
