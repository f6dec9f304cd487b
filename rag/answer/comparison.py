"""Questions that set several accounts side by side."""

import re

_TELLERS = "(?:side|article|report|voice|account|version|source|outlet|paper)"
_COMPARES = re.compile(
    rf"(?i)compare\b|.*\b(?:each|every|both|different|various|two)\s{_TELLERS}s?\s(?:says?|said|reports?|tells?|told|"
    rf"claims?|puts?|explains?|describes?|gives?)\b|.*\b{_TELLERS}s\b.*\b(?:differ|disagree|contradict|not agree)"
)


def compares_accounts(question: str) -> bool:
    """Tell whether a question asks what each of several articles or sides says.

    Example:
        >>> compares_accounts("Who began it? What does each side say?"), compares_accounts("When did both sides sign?")
        (True, False)
    """
    return bool(_COMPARES.match(question))
