"""Which names and phrases of a conversation mean a person, which a body of people, and which a thing."""

import re
from collections.abc import Iterable

from rag.answer.follow_up.words import PERSONAL, PREPOSITIONS, is_plural
from rag.answer.nouns import TYPES, type_of

_ONE_PERSON = [noun for noun, wants in TYPES.items() if wants == "person" and not is_plural(noun)]
_PERSON_NOUNS = "|".join([*_ONE_PERSON, "head", r"\w+(?:ist|man|woman)"])
_TITLES = rf"mr|mrs|ms|dr|sir|prof|sheikh|ayatollah|commander|colonel|{_PERSON_NOUNS}"
_MEMBERS = "leaders?|members?|officials?|fighters?|forces|troops|leadership|government|delegation|shares?|employees"
_BODIES = (
    r"party|university|council|agency|bank|ministry|united|union|league|group|company|court|committee|movement|institute|"
    r"army|heights|city|cup|prize|games|republic|states|kingdom|museum|news|corp|inc|club|front|organi[sz]ation"
)
_GROUPS = rf"(?:team|delegation|family|couple|government|board|crew|police|crowd|staff|public|audience|{_BODIES})"
_PERSON_HEAD = re.compile(rf"\b(?:{_PERSON_NOUNS})$", re.IGNORECASE)
_GROUP_HEAD = re.compile(rf"\b{_GROUPS}$", re.IGNORECASE)
_BODY = re.compile(rf"\b(?:{_BODIES})\b", re.IGNORECASE)
_BODY_NAME = re.compile(
    r"\b(?:Foods|Airlines|Airways|Motors|Industries|Systems|Brothers|Holdings|Partners|Steel|Oil|Energy|Media|Records|"
    r"Trust|Authority|Office|Fund|Foundation|Association|Society|School|Hospital|Parliament|Congress|Senate|Commission|"
    r"Federation|Police|Navy|Air|Times|Post|Nations|&)(?!\w)"
    r"|^(?:The )?(?:North|South|East|West|New|Saudi|Great|Mount|Lake|Hong|Sri|Costa|Sierra|San|Santa|Los|Las|El) "
)
"""Is found in the name of a body of people, and in no person's."""


class Names:
    """What a conversation says of the names in it."""

    def __init__(self, text: str, known: Iterable[str]) -> None:
        """Take what was said.

        Args:
            text: All of it.
            known: Names that are known to be persons'.
        """
        self._text = text
        self._known = frozenset(known)

    def is_person(self, name: str) -> bool:
        """Tell whether a name was somebody's who was asked for, or is called one."""
        return any(name in known or known in name for known in self._known) or self._is_told_person(name)

    def looks_person(self, name: str) -> bool:
        """Tell whether a name is a person's by what is said of it, or by having a first name and none of a body."""
        if not name[0].isupper() or self.is_body(name) or is_group(name):
            return False
        return self._is_told_person(name) or len(re.findall(r"\b[A-Z][a-zà-ÿ'’.-]+", name)) > 1

    def _is_told_person(self, name: str) -> bool:
        last = re.escape(name.split()[-1])
        titled = rf"(?i:\b(?:{_TITLES}))(?: executive)?[.,]? (?:[A-Z][\w'’-]+ ){{0,3}}{last}\b"
        said = rf"\b{last}, (?:who\b|[1-9]\d,)|\b{last}\b[^.\n]{{0,99}} (?:he|she)\b"
        return bool(re.search(f"{titled}|{said}", self._text))

    def is_body(self, name: str) -> bool:
        """Tell whether a name is that of a body of people, by its words or by what is said of it."""
        known = re.escape(name)
        said = (
            rf"\b{known}, (?:an?|the|which)\b (?:[\w-]+ ){{0,3}}(?:{_BODIES}|firm|maker|producer|airline|newspaper)\b"
        )
        return bool(_BODY.search(name) or _BODY_NAME.search(name) or re.search(said, self._text))

    def is_thing(self, name: str) -> bool:
        """Tell whether a name is no person's: a body, a place, or what is spoken of as a thing."""
        if self.is_person(name):
            return False
        if _BODY.search(name) or " and " in name or (name.isupper() and len(name) > 1) or is_plural(name):
            return True
        known = re.escape(name)
        pattern = (
            rf"\b(?:in|inside|across|throughout) {known}\b|\b{known}(?:['’]s)? (?:{_MEMBERS})\b|\b{known}, which\b"
        )
        return bool(re.search(pattern, self._text) or re.search(rf"(?i:\bthe) {known}(?! [a-z])", self._text))

    def without_office(self, short: str) -> str:
        """Return "Ann Lee" for "the head of the bank, Ann Lee" and for "Ann Lee, a doctor"."""
        parts = short.split(", ")
        named = [part for part in parts if re.fullmatch(r"(?:[A-Z][\w.'’-]*(?: (?=[A-Z]))?)+", part)]
        return named[0] if len(parts) == 2 and len(named) == 1 and self.looks_person(named[0]) else short

    def find_owner(self, phrase: str) -> str:
        """Return "Ann Lee" for "Ann Lee's defence" and "the trial of Ann Lee", an empty string if no person owns it.

        A phrase that is about nobody's own, or that means a person itself ("Ann Lee's brother"), is returned as it is.
        """
        owned = re.fullmatch(r"(?:the )?(?P<owner>[A-Z].*?)['’]s? (?P<head>[a-z].*)", phrase) or re.fullmatch(
            r"the (?P<head>[a-z][\w -]*) of (?P<owner>[A-Z].*)", phrase
        )
        if not owned or is_person_noun(owned["head"]):
            return phrase
        return owned["owner"] if self.looks_person(owned["owner"]) else ""


def is_person_noun(phrase: str) -> bool:
    """Tell whether a phrase ends with a noun for a person."""
    return bool(_PERSON_HEAD.search(phrase))


def head_of(phrase: str) -> str:
    """Return a phrase without what is attached by a preposition: "the king" of "the king of Spain"."""
    words = phrase.split()
    return " ".join(words[: next((n for n, word in enumerate(words) if n and word in PREPOSITIONS), len(words))])


def is_group(phrase: str) -> bool:
    """Tell whether a phrase means several, or a body of people."""
    if phrase.split()[0].lower() in PERSONAL:
        return False
    head = head_of(phrase)
    return is_plural(phrase) or bool(_GROUP_HEAD.search(head)) or type_of(head.lower().split()) == "group"
