"""Which accounts a question is about: readers' comments, the latest, or several side by side."""

import re

_TELLERS = "(?:side|article|report|voice|account|version|source|outlet|paper)"
_COMPARES = re.compile(
    rf"(?i)compare\b|.*\b(?:each|every|both|different|various|two)\s{_TELLERS}s?\s(?:says?|said|reports?|tells?|told|"
    rf"claims?|puts?|explains?|describes?|gives?)\b|.*\b{_TELLERS}s\b.*\b(?:differ|disagree|contradict|not agree)"
)
_COMMENTS = re.compile(r"""(?ix)\bcommenters?\b|\b(?:reader|user)s?'?s?\scomments?\b|\bcomments?\ssection\b
    |\b(?:in|under|of|among)\sthe\scomments\b(?!\s(?:of|by|from|made)\b)
    |\bcomments?\s(?:of|by|from|left\sby|under)\s(?:the\s)?(?:readers?|users?|articles?)\b
    |\bwhat\s(?:do|did)\s(?:the\s)?comments\b
    |\b(?:readers?|(?:readers?'?|users?'?)\scomments)\s(?:\w+ly\s)?(?:say|said|think|thought|wr[io]te|feel|felt
        |comment(?:ed)?|react(?:ed)?|respond(?:ed)?|complain(?:ed)?|ask(?:ed)?|argued?|believed?|make\sof|call(?:ed)?)\b""")
_LATEST = re.compile(
    r"\b(?:latest|newest|currently|nowadays|at present|at the moment|these days|most recent(?:ly)?|today|"
    r"(?:the|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|'s) current(?= \w)|(?<!until )(?<!by )now)(?![-\w'])"
)


def is_about_comments(question: str) -> bool:
    """Tell whether a question asks for what readers wrote under the articles."""
    return bool(_COMMENTS.search(question.replace("’", "'")))


def wants_latest(question: str) -> bool:
    """Tell whether a question asks how things stand now."""
    return bool(_LATEST.search(question[:1].lower() + question[1:]))


def compares_accounts(question: str) -> bool:
    """Tell whether a question asks what each of several articles or sides says.

    Example:
        >>> compares_accounts("Who began it? What does each side say?"), compares_accounts("When did both sides sign?")
        (True, False)
    """
    return bool(_COMPARES.match(question))
