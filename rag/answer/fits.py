"""How far some words of an article can be the answer that a question wants, by its type.

Rules, English only, and lenient: what cannot be told is about a half, since a right answer that is thrown out is lost.
"""

import re
from collections import Counter

from rag.answer.days import MONTHS, WEEKDAYS, find_dates
from rag.answer.figures import find_numbers
from rag.answer.nouns import AnswerType, type_of

_WEIGHTS: dict[AnswerType, dict[str, float]] = {
    "date": {
        **{"date": 1.0, "year": 1.0, "era": 0.9, "day": 0.8, "clock": 0.6, "time of day": 0.6, "clause": 0.5},
        **{"vague time": 0.5, "duration": 0.4, "age": 0.5, "frequency": 0.5, "number": 0.2},
    },
    "year": {"year": 1.0, "era": 0.8, "date": 0.7, "day": 0.4, "number": 0.4, "clause": 0.3, "vague time": 0.2},
    "time": {
        **{"clock": 1.0, "time of day": 0.8, "day": 0.4, "clause": 0.5, "date": 0.5, "year": 0.5, "era": 0.5},
        **{"number": 0.4, "vague time": 0.3, "duration": 0.3},
    },
    "number": {
        **{"number": 1.0, "fraction": 0.8, "vague number": 0.7, "percent": 0.7, "age": 0.7, "frequency": 0.6},
        **{"duration": 0.3, "distance": 0.3, "money": 0.3, "year": 0.4, "ordinal": 0.4, "date": 0.1},
    },
    "money": {"money": 1.0, "number": 0.6, "vague number": 0.5, "fraction": 0.4, "percent": 0.4, "year": 0.2},
    "percent": {"percent": 1.0, "fraction": 0.8, "number": 0.6, "vague number": 0.4, "year": 0.1},
    "age": {"age": 1.0, "duration": 0.8, "number": 0.8, "vague number": 0.3, "year": 0.3, "era": 0.3},
    "duration": {
        **{"duration": 1.0, "age": 0.7, "clause": 0.6, "distance": 0.5, "number": 0.6, "date": 0.5, "year": 0.5},
        **{"era": 0.5, "frequency": 0.5, "vague time": 0.4, "day": 0.5, "vague number": 0.4, "time of day": 0.3},
    },
    "distance": {"distance": 1.0, "number": 0.6, "duration": 0.6, "vague number": 0.4, "fraction": 0.4, "year": 0.2},
    "quantity": {
        **{"number": 1.0, "money": 1.0, "percent": 1.0, "distance": 1.0, "duration": 1.0, "frequency": 1.0},
        **{"fraction": 0.9, "vague number": 0.8, "age": 0.7, "digit": 0.6, "ordinal": 0.4, "year": 0.4},
    },
}
"""How far each feature of a span speaks for it; the best counts."""

_LEAST, _UNSURE = 0.1, 0.6

_COUNTED = r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?|several|few|many|some|couple|countless|no one)\b"
_CURRENCY = (
    r"(?:dollars?|euros?|pounds?|sterling|shekels?|rupees?|yen|yuan|francs?|marks|lira|rou?bles?|dinars?|riyals?|"
    r"pesos?|cents|pence|crowns?|guilders?|florins|NIS|USD|EUR|GBP)\b"
)
_TIME = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|century|centurie|generation)s?\b"
_LENGTH = (
    r"(?:(?:square |nautical |light[ -])?(?:(?:kilo|centi|milli)?met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?"
    r"|years|blocks)|km|cm|mm|ft|m)\b"
)
_SOME = r"(?:an?|one|several|many|few|some|couple of|half|a half|this|whole|entire|long|of|for)"
_SPELLED_OUT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
_AMOUNT = rf"(?:\d|\b(?:{_SPELLED_OUT}|hundred|thousand|million|{_SOME})\b)"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})s?\b"
_SEASON = r"(?:spring|summer|autumn|winter|(?<=the )fall|fall(?= of)|weekend)\b"
_SPECIFIC: dict[str, str] = {
    "percent": r"%|\bper ?cent(?:age points?)?\b",
    "money": rf"[$€£¥₹₪] ?\d|(?:{_AMOUNT}|s of).{{0,30}}\b{_CURRENCY}",
    "age": r"[\w]-?(?:year|month|week|day)s?-old|\byears? old\b|\b(?:aged?|age of) \d|\bin (?:his|her|their) \w*[- ]?"
    r"(?:teens|\w+ties|\d0s)\b",
    "day": rf"\b(?:{_WEEKDAY}|{_SEASON}|yesterday|today|tomorrow|tonight)|{_TIME} (?:ago|later|earlier|before"
    rf"|after)\b|\b(?:last|next|this|past|previous|same|following) (?:{_TIME}|{_SEASON})"
    rf"|\b(?:within|in) (?!the past|recent|past).{{0,30}}{_TIME}"
    r"|\b(?:christmas|easter|ramadan|hanukkah|thanksgiving|new year|passover|yom kippur|diwali|halloween|eid|lent)\b",
    "clock": r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:\.\d\d)? ?[ap]\.? ?m\b|\b(?:noon|midnight|o'clock)\b"
    r"|\b\d{4} (?:hours|hrs|GMT|UTC)\b",
    "era": r"\b\d{1,3}0'?s\b|\b(?:century|centuries|decades?|millennium|middle ages|renaissance|epoch|era|period"
    r"|dynasty|antiquity)\b|\bc(?:\.|irca)? ?\d{3}|\bin \d{3}$|\d{3}[-–]\d{3}$"
    r"|\b[efnst]\w+ties\b|\bAD \d|\d ?(?:AD|BCE?|CE|B\.C|A\.D)\b",
    "duration": rf"(?:{_AMOUNT}|{_COUNTED})[^.;,]{{0,25}}?[ -]{_TIME}|^{_TIME}"
    r"|\b(?:forever|indefinitely|permanently|overnight|life|rest of)\b",
    "distance": rf"(?:{_AMOUNT}|{_COUNTED})[^.;,]{{0,25}}?[ -]?(?:\b|(?<=\d)(?!m\b)){_LENGTH}",
}
_LOOSE: dict[str, str] = {
    "fraction": r"\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority|most|all|in \d|out of)\b|\d/\d|[½¼¾⅓⅔]",
    "frequency": r"\b(?:once|twice|thrice|daily|weekly|monthly|yearly|(?:bi)?annual(?:ly)?|biennial|quarterly|every"
    r"|each|times|rarely|never|always|regularly|per)\b",
    "vague number": rf"{_COUNTED}|\b(?:both|single|pair|nobody|zero|double|triple|numerous|a number)\b",
    "time of day": r"\b(?:morning|afternoon|evening|night|dawn|dusk|sunrise|sunset|midday|tonight|daybreak)s?\b",
    "vague time": r"\b(?:recent(?:ly)?|soon|now|currently|earlier|later|previously|nowadays|early|late|ago"
    rf"|immediately|eventually|times?|life|lifetime|(?:coming|past) {_TIME}|birth|death|end|beginning|start)\b",
    "clause": r"^(?:after|before|during|until|till|since|when(?:ever)?|while|upon|once|as soon as|following|prior to"
    r"|throughout|between|if|at the|by the|just before|shortly|right)\b.*\w",
    "digit": r"\d",
    "ordinal": r"\b(?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th))\b",
}
_PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in (_SPECIFIC | _LOOSE).items()}
_MERELY = r"\b(?:least|about|over|nearly|almost|some|than|approximately|roughly|up to|only) "
_BEFORE = re.compile(rf"(?:{_MERELY}|(?:US|NZ|[AC])?[$€£¥₹₪] ?|\b(?:aged?|age of|in) )$")
UNIT = re.compile(
    rf" ?%|[ -](?:(?:hundred|thousand|million|billion|trillion)\b ?)?(?:per ?cent\b|{_CURRENCY}"
    rf"|{_TIME}(?:[ -]old\b)?|{_LENGTH}|(?-i:people|men|women|children|[a-z]+s)(?<! was| has| his)\b)",
    re.I,
)
# A bare year that counts: "at least 1500", "2000 people".
_COUNTS = re.compile(rf"{_MERELY}\d{{4}}|\d{{4}} [a-z]+$", re.I)
_VERB_LIST = "is are was were be been being has have had do does did will would can could may might must"
_PRONOUN_LIST = "he she it they him them we us i you who whom which that"
_JOINING_LIST = """to because when while after before since until during although however also and or but if not as then
    so than very more most only even still already again later"""
_AT_LIST = "in on at near outside inside across along around between under over throughout above below behind"
_NO_NAME_LIST = """his her its their this these those a an the
    my our your there here what where why how by from of for with no yes some many several few all both each every other
    another such ad bc ce bce gmt one two three four five six seven eight nine ten eleven twelve hundred thousand
    million billion am pm"""
_VERBS, _PRONOUNS, _AT = frozenset(_VERB_LIST.split()), frozenset(_PRONOUN_LIST.split()), frozenset(_AT_LIST.split())
_NO_NOUN = _VERBS | _PRONOUNS | frozenset(_JOINING_LIST.split())
NOT_IN_A_NAME = _NO_NOUN | _AT | frozenset(_NO_NAME_LIST.split()).union(WEEKDAYS, MONTHS)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|President|Prime Minister|King|Queen|Pope|Judge|Gen)\b")
_ORGANISATION = re.compile(
    r"\b(?:Inc|Corp|Ltd|LLC|Co|Party|University|College|Ministry|Council|Committee|Agency|Association|Company|Bank|Bureau|"
    r"Department|Army|Union|Nations|Court|Institute|Foundation|League|Commission|Authority|Times|Post|News|Office)\b"
)
_WORDS = re.compile(r"[^\W\d_][\w'’.-]*")


def fit(wants: AnswerType, span: str, sentence: str) -> float:
    """Return how far a span can be an answer of a type.

    Args:
        wants: The type.
        span: Words of an article.
        sentence: The sentence that they stand in: its capitals, and the "$" or "percent" beside the span, count too.

    Returns:
        0.0, plainly not, to 1.0, plainly; about 0.5 if it cannot be told. A span without letters and digits is 0.0.

    Example:
        >>> sentence = "In May 2012, the 34-year-old paid some $5 million to Harrods."
        >>> fit("date", "May 2012", sentence), fit("number", "Harrods", sentence), fit("person", "2012", sentence)
        (1.0, 0.1, 0.0)
        >>> fit("money", "5 million", sentence), fit("age", "34", sentence), fit("group", "Harrods", sentence)
        (1.0, 1.0, 1.0)
    """
    start, end = trim_span(wants, span)
    text, sentence = (" ".join(each.replace("’", "'").split()) for each in (span[start:end], sentence))
    if not re.search(r"[^\W_]", text):
        return 0.0
    if wants == "any":
        return 1.0
    features = _features(text, _widen(text, sentence))
    if wants == "number" and features & {"duration", "distance", "money"}:
        features -= {"number"}  # a unit that was not asked for: "20 inches of snow" are no homes
    if wants in _WEIGHTS:
        return max((_WEIGHTS[wants].get(feature, 0.0) for feature in features), default=_LEAST) or _LEAST
    return _fit_name(wants, text, sentence, features)


def _widen(text: str, sentence: str) -> str:
    """Return a number with the currency before it and the unit behind it in the sentence, anything else as it is."""
    start = sentence.find(text)
    if start < 0 or not find_numbers(text):
        return text
    end = start + len(text)
    before, after = _BEFORE.search(sentence[max(0, start - 10) : start]), UNIT.match(sentence[end : end + 40])
    return f"{before[0] if before else ''}{text}{after[0] if after else ''}"


def _features(text: str, wide: str) -> set[str]:
    features: set[str] = {name for name, pattern in _PATTERNS.items() if pattern.search(wide)}
    dates, numbers = find_dates(text), find_numbers(text)
    dated = sum(part.isdigit() for day in dates for part in day.split("-"))
    if dates and not features & {"money", "percent"}:
        features.add("date" if any("-" in day for day in dates) else "year")
    if len(numbers) > max(dated, len(features & {"era", "clock", "day", "ordinal"})):
        features.add("number")
    if dates and not features & {"date", "money", "percent"} and _COUNTS.search(wide):
        features.add("number")
    return features


def _fit_name(wants: AnswerType, text: str, sentence: str, features: set[str]) -> float:
    words = _WORDS.findall(text)
    names = [word for word in words if _is_name(word)]
    if not names:
        return _fit_noun(wants, words, features)
    score = 1.0
    office = next((word for word in reversed(words) if word.islower() and type_of([word]) == "person"), "")
    title, body = _TITLE.search(text), _ORGANISATION.search(text.rpartition(office)[2] if office else text)
    is_body = body or type_of(words[-1:]) == "group"
    if (wants == "person" and is_body and not title) or (wants == "group" and title and not body):
        score = 0.4
    if wants == "place" and title and type_of([words[-1].lower()]) != "place":  # "King Fahd Airport" is one
        score = 0.3
    score *= 0.7 if any(word in _VERBS for word in words) else 1.0
    at_start = sentence.lstrip("\"'“‘(").startswith(names[0])
    return score * 0.8 if len(names) == 1 and at_start and names[0][1:].islower() else score


def _is_name(word: str) -> bool:
    """Tell whether a word is of a name: "Qaeda", "al-Qaeda"."""
    return any(part[:1].isupper() and (part.lower() not in NOT_IN_A_NAME or part == "US") for part in word.split("-"))


def _fit_noun(wants: AnswerType, words: list[str], features: set[str]) -> float:
    """Return how far words without a name can be somebody or somewhere: "a police officer", "two men", "at home"."""
    lower = [word.lower() for word in words]
    others = [word for word in lower if word not in NOT_IN_A_NAME and not _MEASURE_WORD.fullmatch(word)]
    if not others or (features & _MEASURED and len(others) < 2):
        return 0.2 if words and all(word in _PRONOUNS for word in lower) else 0.0
    if features & _MEASURED:
        return 0.4
    if lower[0] in _NO_NOUN or (len(lower) == 1 and lower[0].endswith(("ly", "ing", "ed"))):
        return 0.3
    if lower[0] in _AT:
        return 0.7 if wants == "place" else 0.3
    return 0.3 if any(word in _VERBS for word in lower) else _UNSURE


_MEASURE_WORD = re.compile(
    rf"(?:{_TIME}|{_LENGTH}|{_CURRENCY}|per|cent|percent|ago|later|earlier|last|next|past|recent|coming|early|late|mid|noon"
    r"|midnight|yesterday|today|tomorrow|tonight|old|age|aged|about|around|nearly|almost|least|over|up|once|twice|th|st)"
)
_MEASURED: set[str] = {"date", "year", "day", "clock", "money", "percent", "duration", "distance"}
_PAIRS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "“": "”", "”": "“", "«": "»", "»": "«"}
_ALPHANUMERIC = re.compile(r"[^\W_]")
_DECIMAL = re.compile(r"\.\d")
_LOOSE_ENDS = frozenset(" \t\n\r,;:.!?…-–—·*_/|")
_INITIALS = re.compile(r"\b(?:[^\W\d_]|Jr|Sr|Inc|Corp|Ltd|Co|St|Bros|No|Dr|Mr|Mrs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")
_DANGLING = re.compile(r"\s(?:and|or|but|of|the|an?|in|on|at|by|for|with|to|from|who|which|that)$")
MONTH = "|".join(month.title() for month in MONTHS)
_LEADING: dict[AnswerType, str] = {
    "person": r"(?:by|from|to|with|of|for|against|and|but|that|when|as)\s",
    "place": r"(?:in|at|from|to|into|of|for|on|and)\s(?=(?:the\s)?[^\W\d_a-z])",
    "date": rf"(?:in|on|of|and|at)\s(?=(?:the\s)?(?:early|late|mid|spring|summer|autumn|fall|winter|\d|{MONTH}"
    rf"|{'|'.join(map(str.title, WEEKDAYS))}))",
    "time": r"(?:at|and)\s",
    "number": r"(?:of|by|at|to|for|in|with|on|and)\s(?!least|most|all)(?=[\d$€£¥₹₪]|[a-z])",
    "age": r"(?:at\s)?(?:the\s)?(?:age\sof|age|aged|at)\s(?=\d|[a-z])",
    "duration": r"(?:for|of|in|and)\s",
}
_SAME: dict[AnswerType, AnswerType] = {
    **{"group": "person", "person or group": "person", "year": "date"},
    **{"money": "number", "percent": "number", "distance": "number", "quantity": "number"},
}
_LEADS = {wants: re.compile(pattern) for wants, pattern in _LEADING.items()}


def trim_span(wants: AnswerType, span: str) -> tuple[int, int]:
    """Return where the part of a span that people write starts and ends, as offsets within the span.

    Args:
        wants: The type of the answer that it is. With "any", only loose punctuation goes.
        span: Words of an article.

    Returns:
        Offsets of a part with a letter or digit if there is one in the span, else of the whole span.

    Example:
        >>> span = "in May 2012,"
        >>> span[slice(*trim_span("date", span))], trim_span("any", '"betrayal')
        ('May 2012', (1, 9))
    """
    if not _ALPHANUMERIC.search(span):
        return 0, len(span)
    counts = Counter(span)
    lead = _LEADS.get(_SAME.get(wants, wants))
    start, end, before = 0, len(span), (-1, -1)
    while before != (start, end):
        before = start, end
        start = _trim_start(span, start, end, counts, lead)
        end = _trim_end(span, start, end, counts, may_cut=wants != "any")
    return start, end


def _trim_start(span: str, start: int, end: int, counts: Counter[str], lead: re.Pattern[str] | None) -> int:
    last = next(place for place in range(end - 1, -1, -1) if _ALPHANUMERIC.match(span[place]))
    while True:
        char, match = span[start], lead.match(span, start, end) if lead else None
        if match and match.end() <= last:
            start = match.end()
        elif (char in _LOOSE_ENDS and not _DECIMAL.match(span, start)) or _is_unbalanced(char, counts):
            counts[char] -= 1
            start += 1
        else:
            return start


def _trim_end(span: str, start: int, end: int, counts: Counter[str], *, may_cut: bool) -> int:
    while True:
        char, near = span[end - 1], max(start, end - 8)
        cut = _DANGLING.search(span, near, end) if may_cut else None
        if cut and _ALPHANUMERIC.search(span, start, cut.start()):
            end = cut.start()
        elif (char in _LOOSE_ENDS and not _INITIALS.search(span, near, end)) or _is_unbalanced(char, counts):
            counts[char] -= 1
            end -= 1
        else:
            return end


def _is_unbalanced(char: str, counts: Counter[str]) -> bool:
    if char in _PAIRS:
        return counts[char] > counts[_PAIRS[char]]
    return char == '"' and counts[char] % 2 == 1
