"""The closed classes of English words that tell how a question is built, and what a single word tells."""

import re
from dataclasses import dataclass

from rag.answer.days import WEEKDAYS, find_dates


def words_of(line: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(line.split())


BE = words_of("is are was were am be been being isn't aren't wasn't weren't")
DO = words_of("do does did don't doesn't didn't")
HAVE = words_of("has have had hasn't haven't hadn't")
AUXILIARIES = BE | DO | HAVE | words_of("will would can could should shall may might must won't can't")

REQUEST = re.compile(
    r"\W*(?:(?:please|can you|could you|and) )*(?:(?:tell|remind) (?:me|us) (?:\w+ )?about|explain|describe|"
    r"summari[sz]e|sum up|outline|recap|"
    r"give (?:me|us) (?:an?|the) (?:\w+ )?(?:overview|summary|timeline|account|outline) of|"
    r"what (?:do|does|did) (?:the |these |your )?(?:articles?|papers?|news|reports?|press) (?:say|tell|write|report)"
    r"(?: \w+)? about|what (?:is|was) (?:\w+ )?(?:known|said|reported|written) about) ",
    re.IGNORECASE,
)
"""Asks to hear of something."""

WH = words_of("who whom whose what which when where why how")
PREPOSITIONS = words_of(
    """
    about above across after against among around as at before behind below between by despite during for from in
    inside into near of off on onto out outside over per regarding since through throughout till to toward towards
    under until up upon via with within without
    """
)
DETERMINERS = words_of("the a an this that these those any some all both each every no another other many")
PERSONAL = words_of("i you he she it we they me him her us them his its their my your our hers theirs")
POSSESSIVE = words_of("his its their my your our")
LINKS = words_of("and or but nor than if whether because while although though that when where who which so")
ADVERBS = words_of(
    """
    ago again already also always else ever finally here instead just later never not now once only still then there
    today together tomorrow tonight too twice yesterday yet soon anymore currently
    """
)
LINK_WORDS = words_of("of de del der di da dos du van von bin ibn ben al el la le")
VERBS = words_of(
    """
    accept agree announce appear approve arrive ask become begin believe belong break bring build buy call carry
    choose close collapse come compete cost crash decide die do earn elect end erupt expect explode fail fall fight
    find fire fly get give go grow happen hear help hold hope hurt join keep kill know last lead learn leave let
    like live look lose make mean meet move need occur offer open pay plan play praise prefer promise react receive
    refuse reject release remain resign respond resume return rise rule run say see seek sell send serve sign spend
    stand start stay stop strike support take talk teach tell think travel try turn use visit vote want win withdraw
    work write
    """
)
PARTICIPLES = words_of(
    """
    able aged alive beaten begun born bought broken brought built caught chosen closed come cut dead died done drawn due
    fallen fled fought found free given going gone grown held hit hurt kept known led left lied lost made met open paid
    put ready right risen run said seen sent shot shut sold spent stolen struck sued taken taught thought thrown tied
    told true used won written wrong
    """
)
NOUN_ENDINGS = ("ship", "tion", "sion", "ment", "ness", "ity", "ism", "ance", "ence", "dom", "hood", "ist", "man")
DATE_WORD = re.compile(
    rf"\b(({'|'.join(WEEKDAYS)})s?|today|yesterday|tomorrow|(last|next|this) \w+|years?|months?|"
    r"weeks?|\d{4}s|century|spring|summer|autumn|winter|christmas|easter)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[.&'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: The word as it stands there.
        start: Offset of its first character.
        end: Offset behind its last character.
    """

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """Return the word in lower case with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_name(self) -> bool:
        """Tell whether it begins like a name; so does the first word of any sentence."""
        return self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """Tell whether it ends in 's."""
        return self.lower.endswith("'s")


def cut(text: str, words: tuple[Word, ...], start: int, end: int) -> str:
    """Return the text from a word to before another."""
    return text[words[start].start : words[end - 1].end] if start < end else ""


def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, "Iran's" and "U.N" as one."""
    return tuple(Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))


def is_date(text: str) -> bool:
    """Tell whether a text tells a time."""
    return bool(find_dates(text) or DATE_WORD.search(text))


def is_plural(phrase: str) -> bool:
    """Tell whether a phrase looks like more than one: "the talks", "Iran and Iraq", "two men"."""
    head = re.split(r" (?:of|from|in|at|on|for|with|to|between|near|over) ", phrase)[0].split()
    last = head[-1].lower() if head else ""
    common = bool(head) and not head[-1][0].isupper()
    many = last in ("people", "police", "men", "women", "children") or (last.endswith("s") and not last.endswith("ss"))
    people = len(head) == 2 and head[0].lower() == "the" and last.endswith("s") and not last.endswith(("'s", "ss"))
    return "and" in head or people or (common and many and not last.endswith(("'s", "’s", "us", "is")))


def takes_part(word: Word) -> bool:
    """Tell whether a word can stand within a noun phrase, behind its article."""
    lower = word.lower
    closed = PREPOSITIONS | AUXILIARIES | DETERMINERS | PERSONAL | LINKS | ADVERBS | WH
    return lower not in closed and not (lower.endswith("ly") and not word.is_name)
