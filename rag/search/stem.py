"""What the forms of a word have in common."""

import re
from functools import lru_cache

from rag.search.irregular import BASES, other_forms

_ENDING = re.compile(r"(?<=\w{3})(?:ations?|ments?|ings?|ions?|ers?|ed|es|s|e|y|ies|ied|ly)$|(?<=\w{2})(?:ed|es|e)$")
_DOUBLED = re.compile(r"([bdfgklmnprtz])\1$")
_REGULAR = (("s", ""), ("es", ""), ("ies", "y"), ("ing", ""), ("ing", "e"))
"""Endings that irregular words have too, each with what it stands for."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, of an irregular one the form that comes first in the alphabet.

    Args:
        word: A word in lower case.

    Example:
        >>> stem("resigned"), stem("resigns"), stem("resignation"), stem("planned"), stem("left"), stem("leaving")
        ('resign', 'resign', 'resign', 'plan', 'leav', 'leav')
    """
    base = base_form(word)
    return _DOUBLED.sub(r"\1", _ENDING.sub("", min([base, *other_forms(base)])))


def base_form(word: str) -> str:
    """Return the irregular word that a regular form is of; any other word as it is.

    Args:
        word: A word in lower case.

    Example:
        >>> base_form("pays"), base_form("running"), base_form("leaving"), base_form("founding")
        ('pay', 'run', 'leave', 'founding')
    """
    for ending, meant in _REGULAR:
        if word.endswith(ending):
            base = word.removesuffix(ending) + meant
            for form in (base, _DOUBLED.sub(r"\1", base)):
                if form in BASES:
                    return form
    return word
