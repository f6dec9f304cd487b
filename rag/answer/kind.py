"""What a question asks for: a fact, a list, reasons, an overview, a yes or no, or somebody's words; and of what type.

Rules over question words and nouns, English only. What they do not know is "span" and "any", which rule nothing out.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

from rag.answer.nouns import TYPES, AnswerType, type_of
from rag.answer.scope import asks_ahead, compares_accounts, is_about_comments
from rag.read import split_sentences

QuestionKind = Literal["span", "list", "explain", "summary", "yes_no", "quotation"]
"""`span`: an exact answer; `list`: several; `explain`: why, how, what happened; `quotation`: who said it, or what."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        kind: How the answer has to be put together.
        wants: Type of the exact answer, or of each in a list; `any` if every type will do or none is known.
        count: How many answers a list is to have, at least 2, or None if the question does not tell.
        about_comments: Whether it asks for what readers wrote under the articles.
        compares: Whether it asks what each of several articles or sides says.
        ahead: Whether it asks on which day or when something will be.
    """

    kind: QuestionKind
    wants: AnswerType
    count: int | None = None
    about_comments: bool = False
    compares: bool = False
    ahead: bool = False


_MEASURES = frozenset(TYPES.values()) - {"person", "group", "person or group", "place", "time"}
_ALWAYS_PLURAL = frozenset(["people", "men", "women", "children"])
_NEVER_PLURAL = frozenset(["news", "politics", "series", "species", "economics", "physics", "athletics"])
_AUX = (
    "is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|"
    "isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|can't|couldn't|won't|wouldn't|shouldn't"
)
_PREPOSITION = (
    "about|after|against|among|around|at|before|behind|besides|between|by|during|for|from|in|into|near|of|on|over|"
    "since|through|to|toward|towards|under|until|up to|via|with|within"
)
_STOP = frozenset(f"{_AUX}|{_PREPOSITION}|today|that|who|whom|whose|what|which|where|when|and|or|if|as".split("|"))
_MANNER = r"(?:(?:about|approximately|roughly|exactly|and|but|so)\s+)"
_WORD = r"(?:who|whom|whose|what|which|when|where|why|how)\b"
_ASKS = rf"{_MANNER}?(?:(?:{_PREPOSITION})\s+)?{_MANNER}?{_WORD}"
_GREETING = re.compile(r"(?:(?:please|hello|hi|hey|ok|okay|well|also|so|and|but|now|then|thanks)\b[,!.]*\s+)+", re.I)
_COURTESY = re.compile(rf"""(?ix)(?:(?:can|could|would|will)\s(?:you|anyone|anybody|someone)\s(?:please\s|kindly\s)?
            (?:tell|show|remind|inform|explain\sto|let|say)(?:\s(?:me|us))?(?:\sknow)?
        |do(?:es)?\s(?:you|we|anyone)\s(?:happen\sto\s)?know|(?:tell|remind|show)\s(?:me|us)|let\s(?:me|us)\sknow|say
        |i(?:'d|\swould|'m|\sam)?\s(?:like|love|want|need|wonder|wondering|curious)(?:\sto\s(?:know|learn|understand))?
        |any\sidea|is\sit\s(?:known|clear|reported|said)|do(?:es)?\sthe\s(?:articles?|news|reports?)\s(?:say|tell|mention|explain)
        )\b[,:]?\s+(?=(?:{_ASKS}|if\b|whether\b))
    |(?:can|could|would|will)\syou\s(?:please\s|kindly\s)?
        (?=(?:list|name|give|explain|describe|summari[sz]e|compare|tell\s(?:me|us)\s(?:\w+\s)?about)\b)""")
_SHORT_IS = re.compile(rf"\b({_WORD})'s\b", re.I)
_AT_FRONT = re.compile(rf"{_MANNER}?(?:(?:{_PREPOSITION})\s+)?{_MANNER}?(?P<word>{_WORD})", re.I)
# A relative "who", "which", "when" or "where" is passed over as long as there is anything else.
_INSIDE = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"[,;:.!]\s+{_MANNER}?(?:(?:{_PREPOSITION})\s+)?(?P<word>(?:what|how|why)\b)",
        r"(?P<word>\b(?:when|where|who|whom|what|why|how|which(?:\s\w+)?))\W*$",
        r"(?P<word>\b(?:how|what|whose|why)\b)",
        rf"[,;:.!]\s+(?P<word>(?:who|whom)\s(?:{_AUX}|\w+ed)\b|(?:when|where)\s(?:{_AUX})\b|which\b)",
        rf"(?P<word>\b{_WORD})",
    )
]
_LEAD_CLAUSE = re.compile(
    rf"(?i)(?:when|where)\s(?!(?:{_AUX})\b)"
    rf"(?:[^,]*?\s(?=(?:what|who|how)\s(?:is|was|were|did|does|much|many)\b)|[^,]*,\s(?={_ASKS}))"
    rf"|(?:if|whether|unless|once)\s[^,]*,\s(?={_ASKS})"
)
# "While others left, did he stay?"
_LEAD_YES_NO = re.compile(rf"(?:when\s(?!(?:{_AUX})\b)|(?!{_WORD}))[^,?;]+,\s(?=(?:{_AUX})\s(?!\w+\W*$))", re.I)
_SECOND = re.compile(rf"\sand\s(?:say\s)?(?:(?:{_PREPOSITION})\s)?{_WORD}", re.I)
_TAG = re.compile(rf",\s(?:(?:{_AUX})(?:\snot)?\s\w+|right|correct|true)\W*$", re.I)
# "May 2012" and "Will Smith was born when?" begin with no verb.
_YES_NO = re.compile(
    rf"(?!may\W*\d|(?-i:(?:Will|May)\s[A-Z]\w*)\s(?:is|was|has|had|did)\b)(?:{_AUX}|if|whether)\b", re.I
)
_KINDS: dict[QuestionKind, re.Pattern[str]] = {
    "summary": re.compile(r"""(?ix)(?:summari[sz]e|sum\sup|recap|outline|compare)\b|tell\s(?:me|us)\s(?:\w+\s)?about\b
        |(?:\w+\s){0,3}(?:overview|summary|gist|rundown|timeline|chronology)\s(?:of|on|about)\b
        |(?:give|show)\s.{0,40}\b(?:overview|summary|gist|rundown|timeline|chronology|information|details|background)\b
        |(?:\w+\s)?(?:information|news|details|everything|anything)\s(?:about|on)\b
        |what\s(?:do|does|did)\s(?:the\s|these\s|those\s|your\s|all\s)*(?:news\s)?(?:articles?|news|reports?|papers?|press
            |stories|coverage)\s(?:say|tell|report|write|mention)(?:\s\w+)?\s(?:about|on|of|regarding)\b
        |what\s(?:is|was|are)\s(?:\w+\s)?(?:known|reported|written|said|there)\s(?:\w+\s)?(?:about|on|of|regarding)\b
        |what\s(?:is|was)\s(?:the\s(?:latest|news|situation|background|state\sof)|going\son|new\s(?:in|on|with))\b
        |what\s(?:do|can|have)\s(?:you|we)\s(?:got\s)?(?:know|say|tell|learn)?(?:\s(?:me|us))?\s?(?:about|on)\b"""),
    "quotation": re.compile(r"""(?ix)who(?:m|\selse)?\s(?:has\s|had\s|have\s|was\s|is\s|\w+ly\s)?(?:sa(?:id|ys?)
            |call(?:ed|s)|describe[ds]|claim(?:ed|s)|told|accuse[ds]|warn(?:ed|s)|insist(?:ed|s)|argue[ds]|remark(?:ed|s)|talk(?:ed|s)\sof|sp(?:oke|eaks)\sof|compare[ds]
            |quoted|denounce[ds])\b
        |(?:who|which|what)\s.*\s(?:used?|using)\sthe\s(?:words?|phrase|term|expression)\b
        |whose\s(?:words?|quot|statement|phrase)|what\s(?:exactly\s)?(?:was|were|is)\s.*\b(?:quoted|said|words)\b
        |what\s(?:did|does|do|had|has|have)\s.*?\s(?:sa(?:y|id)|tell|told|claim|call|describe|argue|warn|think|state|remark
            |comment|reply|tweet|write\s(?:about|of|that))\b
        |how\s(?:did|does|do)\s.*?\s(?:describe|call|comment|put\sit|characteri[sz]e)\b"""),
    "explain": re.compile(rf"""(?ix)why\b|how\scome\b|explain\b|describe\b
        |how\s(?:(?!likely|early|recently)\w+ly\s|else\s)?(?:{_AUX})\b
        |what\s(?:(?:{_AUX})\s)?happen\w*|what\s(?:caus|prompt|trigger|explain|motivat|spark|chang)\w*|what\s(?:led|leads|made|makes|drove)\b
        |what\s(?:has|have|had)\s(?:\w+\s)?changed\b|what(?:\s(?:has|have|had))?\sgo(?:ne|es)\swrong\b|what\swent\swrong\b
        |what\s(?:else\s)?(?:is|was|were|are|will\sbe|has\sbeen)\s(?:the\s|some\s|its\s|his\s|their\s|\w+'s?\s)(?:[\w']+\s){{0,2}}(?:reason
            |cause|purpose|motive|consequence|effect|impact|significance|difference|aim|goal|reaction|response|argument|criticism
            |objection|concern|view|opinion|implication|background|context|problem)s?\b
        |(?:what|which)\s(?:\w+\s)?(?:reason|purpose|way|manner|means|extent)s?\b
        |what\s(?:{_AUX})\s.*\s(?:happen|happened|mean|good\sfor|change|changed)\W*$"""),
}
_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_LISTED = r"(?:who|what|which)(?:\selse)?\s(?:are|were)\s(?:the|some|his|her|its|their|all|\S+'s?)\b"
_COMMAND = r"(?:list|enumerate|name|(?:give|tell|show)(?:\s(?:me|us))?|identify)\b"
_COUNT = re.compile(
    rf"(?i)(?:what|which|{_LISTED}|{_COMMAND})(?:\s(?:the|other|all|main|first|last|only|names\sof)\b)*"
    rf"\s(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<digits>[2-9]|[1-9]\d))(?![-\w.,:])"
)
_LIST = re.compile(
    rf"(?i)(?:list|enumerate)\b|{_LISTED}|(?:what|who)\selse\b|(?:what|which)\sof\b.*\b(?:are|were)\b"
    rf"|{_COMMAND}\s(?:(?:the\s|all\s)*names|a\slist)\b"
)
# "Who are the Houthis?" asks what they are; a name stands after it and nothing else.
_WHO_IS = re.compile(r"[Ww]ho (?:is|was|(?:are|were)(?: the)?) [^\W\d_a-z][\w.'-]*+(?:\s[^\W\d_a-z][\w.'-]*+)*\W*+")
_ABOUT_WHAT = re.compile(r"(?i)what\s(?:are|were)\b[^,]*\s(?:about|for|like|called|named|worth)\W*$")
# The name of the first group that matches is the type.
_HOW = re.compile(r"""(?x)(?P<age>how\s(?:old|many\syears\sold)\b|(?:what|which)\sage\b)
    |(?P<money>how\s(?:many|much)\s(?:\w+\s)?(?:dollars|euros|pounds|shekels|rupees|yen|yuan|money|cash|funding)\b
        |how\smuch\s(?:is|was|did|do|does|has|have|had|can|will|would)\b.*\b(?:sell|sold|borrow\w*|lend|lent)\b
        |how\s(?:much|expensive)\b.*\b(?:cost|pay|paid|spen[dt]|price|worth|rais(?:e|ed|ing)|earn|earned|fined?|donat\w+
            |invest\w*|owed?|charged?|fund\w*|budget|aid|salary)\b)
    |(?P<money_>what\s(?:is|was|are|were|would|will|does|did|do|has|had)\b.*\s(?:cost|worth|pay\sfor\b.*|paid|fetch|fined)
            \W*(?:$|(?=\s(?:to|per|a|each|for|in|at|if)\b))|(?:what|which)\s(?:fine|fee|penalty|reward|price|sum)\b)
    |(?P<percent>how\smany\sper\s?cent\b)
    |(?P<duration>how\smany\s(?:more\s)?(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)\b
        |(?:what|which)\s(?:is\s|was\s)?(?:the\s)?(?:\w+\s)?length\sof\stime\b)
    |(?P<distance>how\smany\s(?:miles|kilomet(?:er|re)s|met(?:er|re)s|feet|yards|inches)\b
        |how\slong\s(?:is|are|was|were)\s(?:(?!(?:for|to|until|on|in|of)\b)\S+\s)*?(?:bridge|river|road|tunnel|wall
            |border|coast|coastline|runway|ship|snake|car|train|fence|pipeline|route|track|hair|street|railway|canal)
            (?:\s(?:between|from|of|in|across|around|through|under|over|to|with|that|which)\b.*|(?<=river)\s\w+)?\W*$
        |how\sfar\s(?:away|apart|from|is|are|was|were|do|does|did|can)\b|how\s(?:tall|wide|deep|thick)\b)
    |(?P<number>how\smany\b)|(?P<duration_>how\s(?:much\s)?longe?r?\b)
    |(?P<date>how\s(?:soon|recently|early|late)\b|(?:what|which)\stime\s(?:of|in)\s(?:the\s)?(?:year|month|week)\b)
    |(?P<quantity>how\s(?:much|often|frequently|high|large|big|small|heavy|fast|hot|cold|strong|loud|low|close|near)\b)""")
_IMPERATIVE = re.compile(rf"(?i){_COMMAND}|explain\b|describe\b")
_BEFORE_NOUN = re.compile(rf"(?:what|which|{_COMMAND})\s(?:of\s)?(?:(?:the|these|those|all|some|other|one)\s)*", re.I)
_NAME_OF = re.compile(rf"(?:(?:what|{_COMMAND})\s)?(?:(?:is|are|was|were|the|all|a)\s)*(?:names?|list)\sof\s(?:the\s)*")
_NAME_IS = re.compile(
    r"what\s(?:is|was|were|are)\s(?:the\s)*(?P<whose>[\w\s-]+?)(?:'s|s')\s(?:full\s|first\s|last\s)?names?\b"
)
_WHAT_IS = re.compile(r"(?:(?:what|which)\s(?:is|are|was|were)\s)?(?:(?:the|its|his|her|their|a|an)\s)?")
_ONE_PLACE = re.compile(r"(?:birthplace|capital|hometown|location)$|\b(?:\w+est|first|last|only|most|second|third)\b")
_DETERMINER = re.compile(r"the|an?|its|his|her|their|this|these|those|my|our|your|any|each|every")
_WHO: dict[str, AnswerType] = dict.fromkeys(["who", "whom", "whose"], "person or group")
_WHO |= {"when": "date", "where": "place"}


def analyse_question(question: str) -> Asked:
    """Return what a question asks for.

    Args:
        question: A question that stands by itself; anything at all.

    Example:
        >>> analyse_question("Do you know which three countries signed the treaty?")
        Asked(kind='list', wants='place', count=3, about_comments=False, compares=False, ahead=False)
    """
    core = _core(question)
    about_comments = is_about_comments(question)
    kind = _kind(core, about_comments)
    wants: AnswerType = "any" if kind in ("explain", "summary", "yes_no") or _SECOND.search(core) else _wants(core)
    count = _COUNT.match(core) if kind == "list" else None
    number = count and (_NUMBERS.index(count["word"].lower()) + 2 if count["word"] else int(count["digits"]))
    ahead = wants in ("date", "year", "time") and asks_ahead(question)
    return Asked(kind, wants, number, about_comments, compares_accounts(question), ahead)


def _core(question: str) -> str:
    """Return a question from its question word on, without courtesies and prepositions before it."""
    question = _SHORT_IS.sub(r"\1 is", " ".join(question.replace("’", "'").split()))
    if question.find("?") == len(question) - 1 and (sentences := split_sentences(question)):
        question = question[slice(*sentences[-1])]  # "I read of a trial. Who was accused?"
    for courtesy in (_GREETING, _COURTESY, _LEAD_CLAUSE, _LEAD_YES_NO):
        if match := courtesy.match(question):
            question = question[match.end() :]
    if match := _AT_FRONT.match(question):
        return question[match.start("word") :]
    if _YES_NO.match(question) or _IMPERATIVE.match(question) or _KINDS["summary"].match(question):
        return question
    inside = next(filter(None, (pattern.search(question) for pattern in _INSIDE)), None)
    return question[inside.start("word") :] if inside else question


def _kind(core: str, about_comments: bool) -> QuestionKind:
    if _YES_NO.match(core) or _TAG.search(core):
        return "yes_no"
    for kind, pattern in _KINDS.items():
        if pattern.match(core):
            return "summary" if kind == "quotation" and about_comments and core.lower().startswith("what") else kind
    if _WHO_IS.fullmatch(core) or _ABOUT_WHAT.match(core):
        return "span"
    several = (_LIST.match, _COUNT.match, _SECOND.search, _asks_for_several)
    return "list" if any(tells(core) for tells in several) else "span"


def _asks_for_several(core: str) -> bool:
    """Tell whether a plural stands behind "which", "what", "name the" or the like."""
    start = _BEFORE_NOUN.match(core)
    words = _phrase(core[start.end() :]) if start and " of " not in start[0] else []
    return any(_is_plural(noun) for noun in _head(words) or words[-1:])


def _wants(core: str) -> AnswerType:
    lower = core.lower()
    first = lower.partition(" ")[0].strip("?.,!:;")
    if first in _WHO:
        return "any" if _WHO_IS.fullmatch(core) else _WHO[first]
    special = _HOW.match(lower)
    if special or first == "how":
        return cast(AnswerType, str(special.lastgroup).rstrip("_")) if special else "any"
    if named := _NAME_OF.match(lower):
        wants = type_of(_phrase(lower[named.end() :])[-1:])
        return "any" if wants in _MEASURES else wants
    if named := _NAME_IS.match(lower):
        return type_of(named["whose"].split())
    start = _BEFORE_NOUN.match(lower)
    words = _phrase(lower[start.end() :]) if start else []
    if words:
        return type_of(_head(words))
    # "The highest point in Peru": known for what is measured, and for the one place of a kind.
    words = _phrase(_WHAT_IS.sub("", lower, count=1))
    wants = type_of(words)
    return wants if wants in _MEASURES or (wants == "place" and _ONE_PLACE.search(" ".join(words))) else "any"


def _phrase(text: str) -> list[str]:
    """Return the words of a noun phrase in lower case: at most six, up to a verb or preposition that is known."""
    words: list[str] = []
    for word in re.findall(r"[\w'-]+", re.split(r"[?(]", text[:200])[0].lower())[:6]:
        if _DETERMINER.fullmatch(word):
            # In "which candidate opposes the bill" the word before "the" is a verb.
            return words[:-1]
        if word in _STOP:
            break
        words.append(word)
    return words


def _head(words: list[str]) -> list[str]:
    """Return the first noun that is known, or the last of several such side by side, as a list; empty if none is.

    A time is passed over where somebody or something stands behind it, as in "which 20th century coach".
    """
    owner = next((place for place, word in enumerate(words) if word.endswith("'s")), len(words))
    words = [word.removesuffix("'s") for word in words[: owner + 1]]
    known = [place for place, word in enumerate(words) if type_of([word]) != "any"]
    while len(known) > 1 and (known[1] == known[0] + 1 or type_of([words[known[0]]]) == "date"):
        known.pop(0)
    return [words[known[0]]] if known else []


def _is_plural(noun: str) -> bool:
    ends_so = noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s"))
    return noun in _ALWAYS_PLURAL or (ends_so and noun not in _NEVER_PLURAL and noun not in TYPES)
