"""What a question ranges over: readers' comments, several accounts, what it names to choose from, what is to come."""

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
_AHEAD = re.compile(r"\W*(?:and |so |but )?(?:when|(?:on |in |by |at )?(?:what|which) \w+) will\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|won['’]t|would|shall|due|until|next|soon|plan(?:s|ned)?|expect(?:s|ed)?|schedule[ds]?|hop(?:es?|ing)|"
    r"aims?|intends?|takes? (?:effect|place|over)|(?:is|are|wants?|likely|meant|about|promised|agreed|set) to)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor\b(?! (?:more|less|fewer)\b)", re.IGNORECASE)


def is_about_comments(question: str) -> bool:
    """Tell whether a question asks for what readers wrote under the articles."""
    return bool(_COMMENTS.search(question.replace("’", "'")))


def offers_choice(question: str) -> bool:
    """Tell whether a question names what is to be chosen from: "Did he resign or was he fired?"."""
    return bool(_CHOICE.search(question))


def compares_accounts(question: str) -> bool:
    """Tell whether a question asks what each of several articles or sides says.

    Example:
        >>> compares_accounts("Who began it? What does each side say?"), compares_accounts("When did both sides sign?")
        (True, False)
    """
    return bool(_COMPARES.match(question))


def asks_ahead(question: str) -> bool:
    """Tell whether a question asks when something will be."""
    return bool(_AHEAD.match(question))


def tells_of_what_comes(sentence: str) -> bool:
    """Tell whether a sentence has a word for what is to come: "will", "until", "planned"."""
    return bool(_TO_COME.search(sentence))
